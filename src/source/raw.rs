//! The content of `sources.yaml` as typed, key by key, each value with its place.
//!
//! Bibliographic keys have Hayagriva's names, so that a record can be copied from and to other tools. They are read
//! here and not by its own reader, which skips unknown keys and changes `$` and braces in titles.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::diag::Place;
use crate::yaml::{At, Entries};

/// The sources of a case, by id.
pub type RawSources = Entries<RawSource>;

/// One source: a document that says something.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawSource {
    /// The kind of document: `web`, `article`, `blog`, `post`, `report`, `case`, `legislation`, `misc`.
    #[serde(rename = "type")]
    pub kind: Option<At<String>>,
    /// Title, exactly as printed. With `short` for later notes and `translation` per language where wanted.
    pub title: Option<At<RawTitle>>,
    /// The author or authors: a name, printed as typed, or `{name, given-name}`, or a list of these.
    pub author: RawAuthors,
    /// Date of publication as the source prints it: `2024-09-09`, `2024-09`, `2024`. Without one: `published`.
    pub date: Option<At<String>>,
    /// A reason to doubt that the text was written on this date: what the text says is then not told as said on that
    /// day, but on a page that bears it.
    pub date_doubt: Option<At<String>>,
    /// Address, or `{value, date}` with the date of the visit.
    pub url: Option<At<RawUrl>>,
    /// Publisher, as printed.
    pub publisher: Option<At<String>>,
    /// Language of the text: `en`, `ru`, `en-GB`.
    pub language: Option<At<String>>,
    /// The site, newspaper or series in which it stands.
    pub parent: Option<RawParent>,
    /// The kind of text, printed before the date, per language: `{en: press release}`.
    pub genre: Entries<At<String>>,
    /// Number of the document: of a judgment, a statute, a report.
    pub serial_number: Option<At<String>>,
    /// A remark for those who work on the case. Never printed.
    pub note: Option<At<String>>,
    /// Name of the copy in the archive.
    pub file: Option<At<String>>,
    /// Digest of the copy: `sha256:` and 64 hexadecimal digits.
    pub digest: Option<At<String>>,
    /// The file from which the copy was made, as it was found: a page, a PDF, a letter. Kept untouched.
    pub original: Option<RawOriginal>,
    /// The program that made the canonical text from the copy. Without it: `plain`, version `1`.
    pub extractor: Option<RawExtractor>,
    /// Keys of this record that the program filled in by itself, and at which nobody has looked yet.
    pub guessed: Vec<At<String>>,
    /// When it was published, as an interval: for a source that bears no date.
    pub published: Option<At<RawPublished>>,
    /// The publisher, where the source does not name it plainly.
    pub publisher_name: Option<RawPublisherName>,
    /// Id of the group of publishers to which it belongs: sources of one group are not independent.
    pub group: Option<At<String>>,
    /// Id of the person who speaks in it as “I”: a diary, a letter, an interview.
    pub narrator: Option<At<String>>,
    /// Id of the person whom all of it is about and whom it seldom names: a medical record, a personal file.
    pub about: Option<At<String>>,
    /// Ids of sources or organisations from which it has what it says.
    pub rests_on: Vec<At<String>>,
    /// The limits of the copy: what it lacks, and what of it is not part of the text.
    pub limits: RawParagraphLimits,
    /// The number of words before and after a quotation that its owner lets us pass on, at most 12. Without it: none.
    pub context: Option<At<u32>>,
    /// The audiences that may see this source cited: `custodian`, `state`, `other-state`, `un`, `public`,
    /// `inside-country`, `internal`. Without it: `internal` only.
    pub audience: Vec<At<String>>,
    /// The status of its publisher under the law of a country, with the day from which it holds.
    pub status: Vec<RawStatus>,
    /// The publisher, or we, took it back.
    pub withdrawn: Option<RawWithdrawn>,
}

/// A title: plain, or with a short form and translations.
#[derive(Debug, Clone, Default)]
pub struct RawTitle {
    /// As printed.
    pub value: Option<At<String>>,
    /// For later notes of a source without author.
    pub short: Option<At<String>>,
    /// Per language.
    pub translation: Entries<At<String>>,
}

/// A name of an author.
#[derive(Debug, Clone)]
pub struct RawAuthor {
    /// Family name, or the whole name of a person or a body.
    pub name: At<String>,
    /// Given name.
    pub given_name: Option<At<String>>,
}

/// Authors: one or several.
#[derive(Debug, Clone, Default)]
pub struct RawAuthors(pub Vec<RawAuthor>);

/// An address, with the date of the visit.
#[derive(Debug, Clone, Default)]
pub struct RawUrl {
    /// The address.
    pub value: Option<At<String>>,
    /// When it was visited.
    pub date: Option<At<String>>,
}

/// The site, newspaper or series in which a text stands.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawParent {
    /// `web`, `newspaper`, `periodical`, `blog`.
    #[serde(rename = "type")]
    pub kind: Option<At<String>>,
    /// Its title.
    pub title: Option<At<String>>,
    /// Its publisher.
    pub publisher: Option<At<String>>,
}

/// A file as it was found.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawOriginal {
    /// Its name in the archive.
    pub file: At<String>,
    /// Its digest: `sha256:` and 64 hexadecimal digits.
    pub digest: At<String>,
    /// The encoding of its letters, if it was named when the file was added: `windows-1251`, `koi8-r`…
    #[serde(default)]
    pub encoding: Option<At<String>>,
}

/// The program that made the canonical text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawExtractor {
    /// Its name.
    pub name: At<String>,
    /// Its version.
    pub version: At<String>,
}

/// A date of publication that is not printed.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawPublished {
    /// Not before this day, for instance the newest day it tells of.
    pub not_before: Option<At<String>>,
    /// Not after this day, for instance the day on which it was first seen.
    pub not_after: Option<At<String>>,
    /// From what this follows.
    pub basis: Option<At<String>>,
    /// A reason to doubt this interval.
    pub doubt: Option<At<String>>,
    /// A recorded decision: the source counts from this day on.
    pub counted_from: Option<RawDecision>,
}

/// A day that somebody decided or noted, and why.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawDecision {
    /// The day.
    pub on: At<String>,
    /// Why.
    pub why: At<String>,
}

/// The name of the publisher, and how we know it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawPublisherName {
    /// Per language.
    pub name: Entries<At<String>>,
    /// `stated` (the copy says so) or `inferred`: then it is printed in square brackets.
    pub basis: At<String>,
    /// The reason for the name: where the copy states it, or from what it was inferred.
    #[serde(default)]
    pub how: Option<At<String>>,
}

/// The limits of a copy: what it lacks, and what of it is not part of the text.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawParagraphLimits {
    /// The part that is missing; printed as “copy incomplete”.
    pub truncated: Option<At<String>>,
    /// Paragraphs that are menus, appeals for money or other furniture of the page. They may lie in mid-article.
    pub not_text: Vec<At<RawNotText>>,
}

/// Paragraphs that are not part of the text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawNotText {
    /// First paragraph, from 1.
    pub from: At<usize>,
    /// Last paragraph, itself included.
    pub to: At<usize>,
    /// The nature of these paragraphs, for instance an appeal for money.
    pub why: At<String>,
}

/// The status of a publisher or another organisation under the law of a country.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawStatus {
    /// ISO 3166 code.
    pub country: At<String>,
    /// Since when.
    pub from: At<String>,
    /// The last day on which it held; without it, it still does.
    #[serde(default)]
    pub until: Option<At<String>>,
    /// The status in words, per language.
    pub what: Entries<At<String>>,
    /// Audiences that may no longer see this source cited, from that day on.
    #[serde(default)]
    pub closes: Vec<At<String>>,
    /// The source that says so: an address on the web, or a document.
    pub source: At<String>,
    /// When somebody last looked it up.
    pub verified_on: At<String>,
}

/// A source was taken back.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawWithdrawn {
    /// When.
    pub on: At<String>,
    /// Why.
    pub why: At<String>,
}

/// Words without a place; the `At` around the value has the place.
fn bare(text: &str) -> At<String> {
    At { value: text.to_owned(), place: Place::default() }
}

/// Reads a value that is either plain words or a mapping.
macro_rules! words_or_mapping {
    ($type:ident, $expecting:literal, |$text:ident| $plain:expr, $parts:ident { $($field:ident: $kind:ty),+ }) => {
        #[derive(Default, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
        struct $parts { $($field: $kind),+ }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Reader;
                impl<'de> Visitor<'de> for Reader {
                    type Value = $type;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expecting)
                    }
                    fn visit_str<E: Error>(self, $text: &str) -> Result<$type, E> {
                        Ok($plain)
                    }
                    fn visit_u64<E: Error>(self, number: u64) -> Result<$type, E> {
                        self.visit_str(&number.to_string())
                    }
                    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<$type, A::Error> {
                        $parts::deserialize(MapAccessDeserializer::new(map))?.finish()
                    }
                }
                deserializer.deserialize_any(Reader)
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).trim_start_matches("Raw").into()
            }
            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let parts = generator.subschema_for::<$parts>();
                schemars::json_schema!({ "anyOf": [{ "type": ["string", "integer"] }, parts] })
            }
        }
    };
}

words_or_mapping!(
    RawTitle,
    "a title, or a mapping with `value`, `short` and `translation`",
    |text| RawTitle { value: Some(bare(text)), ..RawTitle::default() },
    TitleParts { value: Option<At<String>>, short: Option<At<String>>, translation: Entries<At<String>> }
);

words_or_mapping!(
    RawUrl,
    "an address, or a mapping with `value` and `date`",
    |text| RawUrl { value: Some(bare(text)), date: None },
    UrlParts { value: Option<At<String>>, date: Option<At<String>> }
);

words_or_mapping!(
    RawAuthor,
    "a name, or a mapping with `name` and `given-name`",
    |text| RawAuthor { name: bare(text), given_name: None },
    AuthorParts { name: Option<At<String>>, given_name: Option<At<String>> }
);

impl TitleParts {
    #[allow(clippy::unnecessary_wraps, reason = "one shape for the three readers")]
    fn finish<E: Error>(self) -> Result<RawTitle, E> {
        Ok(RawTitle { value: self.value, short: self.short, translation: self.translation })
    }
}

impl UrlParts {
    #[allow(clippy::unnecessary_wraps, reason = "one shape for the three readers")]
    fn finish<E: Error>(self) -> Result<RawUrl, E> {
        Ok(RawUrl { value: self.value, date: self.date })
    }
}

impl AuthorParts {
    fn finish<E: Error>(self) -> Result<RawAuthor, E> {
        let name = self.name.ok_or_else(|| E::missing_field("name"))?;
        Ok(RawAuthor { name, given_name: self.given_name })
    }
}

impl<'de> Deserialize<'de> for RawAuthors {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = RawAuthors;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or a mapping with `name` and `given-name`, or a list of these")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<RawAuthors, E> {
                Ok(RawAuthors(vec![RawAuthor { name: bare(text), given_name: None }]))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawAuthors, A::Error> {
                let author = AuthorParts::deserialize(MapAccessDeserializer::new(map))?.finish()?;
                Ok(RawAuthors(vec![author]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<RawAuthors, A::Error> {
                Vec::<RawAuthor>::deserialize(SeqAccessDeserializer::new(list)).map(RawAuthors)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl JsonSchema for RawAuthors {
    fn schema_name() -> Cow<'static, str> {
        "Authors".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<RawAuthor>();
        schemars::json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}
