//! Names that a language may decline.
//!
//! English writes “to the Prosecutor General”; Russian changes the name itself: «Генеральному прокурору». A name is
//! therefore either one form for every use, or a form for each grammatical case. No form is ever guessed from another.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::yaml::At;

/// A grammatical case of a language that declines names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GrammaticalCase {
    /// The nominative: who or what.
    Nominative,
    /// Of whom or what (родительный).
    Genitive,
    /// To whom or what (дательный): the case of an address block.
    Dative,
    /// Whom or what (винительный).
    Accusative,
    /// By or with whom or what (творительный).
    Instrumental,
    /// About or in whom or what (предложный).
    Prepositional,
}

impl GrammaticalCase {
    /// All of them, in the order in which grammars give them.
    pub const ALL: [Self; 6] =
        [Self::Nominative, Self::Genitive, Self::Dative, Self::Accusative, Self::Instrumental, Self::Prepositional];

    /// The key in a file and the name in a template.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nominative => "nom",
            Self::Genitive => "gen",
            Self::Dative => "dat",
            Self::Accusative => "acc",
            Self::Instrumental => "ins",
            Self::Prepositional => "prep",
        }
    }
}

/// A name in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// One form for every use.
    Same(String),
    /// A form for each case that the file gives; the nominative is always among them.
    Declined(BTreeMap<GrammaticalCase, String>),
}

impl Name {
    /// The form for this case, if the file gives it.
    #[must_use]
    pub fn in_case(&self, case: GrammaticalCase) -> Option<&str> {
        match self {
            Self::Same(words) => Some(words),
            Self::Declined(forms) => forms.get(&case).map(String::as_str),
        }
    }

    /// The form for use alone, for instance in a heading or a list.
    #[must_use]
    pub fn plain(&self) -> &str {
        self.in_case(GrammaticalCase::Nominative).unwrap_or_default()
    }

    /// The form for this case; if the file gives none, the form for use alone.
    #[must_use]
    pub fn in_case_or_plain(&self, case: GrammaticalCase) -> &str {
        self.in_case(case).unwrap_or(self.plain())
    }

    /// Every form, the nominative first.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        let (same, declined) = match self {
            Self::Same(words) => (Some(words), None),
            Self::Declined(forms) => (None, Some(forms)),
        };
        same.into_iter().chain(declined.into_iter().flat_map(BTreeMap::values)).map(String::as_str)
    }

    /// The same name with each form changed.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Same(words) => Self::Same(change(words)),
            Self::Declined(forms) => Self::Declined(forms.iter().map(|(case, words)| (*case, change(words))).collect()),
        }
    }
}

/// A name as a file gives it: words, or a form for each grammatical case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawDeclined {
    /// Words that serve in every case.
    Plain(String),
    /// A form for each case.
    Cases(Box<RawCases>),
}

/// The forms of a name that a language declines.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawCases {
    /// Nominative: who or what (именительный).
    pub nom: At<String>,
    /// Genitive: of whom or what (родительный).
    pub r#gen: At<String>,
    /// Dative: to whom or what (дательный).
    pub dat: At<String>,
    /// Accusative: whom or what (винительный).
    pub acc: Option<At<String>>,
    /// Instrumental: by or with whom or what (творительный).
    pub ins: Option<At<String>>,
    /// Prepositional: about or in whom or what (предложный).
    pub prep: Option<At<String>>,
}

impl RawDeclined {
    /// Converts the typed name.
    #[must_use]
    pub fn name(&self) -> Name {
        let cases = match self {
            Self::Plain(words) => return Name::Same(words.clone()),
            Self::Cases(cases) => cases,
        };
        let given = [
            (GrammaticalCase::Nominative, Some(&cases.nom)),
            (GrammaticalCase::Genitive, Some(&cases.r#gen)),
            (GrammaticalCase::Dative, Some(&cases.dat)),
            (GrammaticalCase::Accusative, cases.acc.as_ref()),
            (GrammaticalCase::Instrumental, cases.ins.as_ref()),
            (GrammaticalCase::Prepositional, cases.prep.as_ref()),
        ];
        Name::Declined(given.into_iter().filter_map(|(case, form)| Some((case, form?.value.clone()))).collect())
    }
}

impl<'de> Deserialize<'de> for RawDeclined {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = RawDeclined;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or its grammatical cases (nom, gen, dat…)")
            }
            fn visit_str<E>(self, words: &str) -> Result<Self::Value, E> {
                Ok(RawDeclined::Plain(words.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                RawCases::deserialize(MapAccessDeserializer::new(map)).map(|cases| RawDeclined::Cases(Box::new(cases)))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl JsonSchema for RawDeclined {
    fn schema_name() -> Cow<'static, str> {
        "Name".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let cases = generator.subschema_for::<RawCases>();
        schemars::json_schema!({
            "description": "A name, or its grammatical cases where the language declines names.",
            "anyOf": [{ "type": "string" }, cases],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Entries, read};

    fn names(text: &str) -> Entries<RawDeclined> {
        read(&"names.yaml".into(), text).expect("the text is a mapping of names")
    }

    #[test]
    fn a_missing_form_is_not_guessed() {
        let names = names("en: Prosecutor\nru: {nom: прокурор, gen: прокурора, dat: прокурору}\n");
        let (en, ru) = (names.get("en").map(RawDeclined::name), names.get("ru").map(RawDeclined::name));
        let table = [
            (&en, GrammaticalCase::Dative, Some("Prosecutor")),
            (&ru, GrammaticalCase::Dative, Some("прокурору")),
            (&ru, GrammaticalCase::Genitive, Some("прокурора")),
            (&ru, GrammaticalCase::Instrumental, None),
        ];
        for (name, case, expected) in table {
            assert_eq!(name.as_ref().and_then(|name| name.in_case(case)), expected, "{name:?} {case:?}");
        }
    }

    #[test]
    fn an_unknown_case_is_refused_at_its_line() {
        let found = read::<Entries<RawDeclined>>(&"n.yaml".into(), "ru:\n  nom: а\n  gen: б\n  dat: в\n  dative: г\n");
        let found = found.expect_err("`dative` is not a case");
        assert_eq!((found[0].code.name(), found[0].primary.place.line), ("case/unknown-key", 5));
    }
}
