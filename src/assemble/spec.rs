//! `template.yaml`, as typed, and its conversion.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::folder::Folder;
use super::layout::Layout;
use crate::assemble::form::{Form, RawForm};
use crate::diag::{Code, Diagnostic, Place};
use crate::reference::audience::Audience;
use crate::yaml::{At, Entries, nearest};

/// The days for which a document may be used if its template sets none: six weeks.
pub const VALID_DAYS: u32 = 42;

/// The most lines on a page, 9 mm each.
const MOST_ROWS: u32 = 25;

/// The most cards on a page.
const MOST_PER_PAGE: u32 = 4;

/// The needs of a template and the look of its document.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Id.
    pub id: String,
    /// The name of its layout.
    pub layout: String,
    /// Title per language, a line of template.
    pub title: BTreeMap<String, At<String>>,
    /// Subject per language, a line of template.
    pub subject: BTreeMap<String, At<String>>,
    /// Languages that have words.
    pub languages: Vec<String>,
    /// The audience of the document; `None`: that of the recipient.
    pub audience: Option<Audience>,
    /// The conditions for making the document.
    pub needs: BTreeSet<TemplateNeed>,
    /// Limits.
    pub limits: Limits,
    /// True if notes also name sources that only corroborate.
    pub full_notes: bool,
    /// The days for which the document may be used.
    pub valid_days: u32,
    /// Words of the template that may hold a number, a month or a name.
    pub exceptions: Vec<String>,
    /// Fixed places of the page.
    pub parts: PartsSpec,
    /// The papers that go with each letter in a language of its office.
    pub companions: Vec<Companion>,
    /// The name of the file in a supporter's pack, without the ending.
    pub in_pack: Option<String>,
    /// True if a PDF carries its sources and quotations for programs that check it: never on a paper that supporters
    /// carry.
    pub full_ledger: bool,
    /// True if it is printed on an envelope, not on a sheet.
    pub on_envelope: bool,
    /// The part that people sign, if they sign it.
    pub signing: Option<SigningSpec>,
    /// The form that the document fills in, if it is one.
    pub form: Option<Form>,
    /// The place of the file, for messages.
    pub place: Place,
}

/// A paper that goes with a letter.
#[derive(Debug, Clone)]
pub struct Companion {
    /// Its template.
    pub template: At<String>,
    /// True if it is in the language of the letter; else one is made in each other language of the template.
    pub same_language: bool,
    /// True if it is only in packs.
    pub in_packs: bool,
}

/// Limits of a document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Limits {
    /// The most pages.
    pub pages: Option<usize>,
    /// The most words of the running text.
    pub words: Option<usize>,
    /// The most demands for one recipient.
    pub asks: Option<usize>,
}

/// Fixed parts of the page.
#[derive(Debug, Clone, Default)]
pub struct PartsSpec {
    /// Head of the page per language, a line of template.
    pub letterhead: BTreeMap<String, At<String>>,
    /// True if the sender is printed, with ruled blanks.
    pub sender: bool,
    /// True if the office and its address are printed at the top.
    pub recipient: bool,
    /// True if the address is printed in the window of an envelope, under a line with the sender.
    pub window: bool,
    /// The kind of date.
    pub date: Dating,
    /// True if there is a place to sign.
    pub signature: bool,
    /// Enclosures per language.
    pub enclosures: BTreeMap<String, Vec<String>>,
    /// True if the footer has the day of the document and its last day of use.
    pub footer: bool,
    /// True if there is a last day of use.
    pub use_until: bool,
}

/// The part of a paper that people sign.
#[derive(Debug, Clone, Copy)]
pub struct SigningSpec {
    /// The lines of each sheet; 0 for a card that one person signs.
    pub rows: usize,
    /// The copies on a page.
    pub per_page: usize,
}

/// The kind of date on a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dating {
    /// No date.
    #[default]
    None,
    /// The day for which it is made.
    AsOf,
    /// A blank to fill in by hand when signing.
    Blank,
}

macro_rules! needs {
    ($($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)?) => {
        /// A condition for making a document.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum TemplateNeed { $($(#[$doc])* $variant),+ }

        impl TemplateNeed {
            /// Words of `template.yaml`.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

needs! {
    /// A recipient.
    Recipient = "recipient",
    /// A sentence that may be told.
    Sentence = "sentence",
    /// A place of detention that may be told.
    Custody = "custody",
    /// A demand that the recipient has the power to meet.
    Asks = "asks",
}

/// `template.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawSpec {
    /// Id: the name of the folder.
    pub id: At<String>,
    /// The look: a folder under `layouts/`.
    pub layout: At<String>,
    /// Title per language. Values in `{{ }}` are allowed.
    pub title: Entries<At<String>>,
    /// Subject line per language. Values in `{{ }}` are allowed.
    #[serde(default)]
    pub subject: Entries<At<String>>,
    /// Languages; each has a file `LANGUAGE.md`.
    pub languages: Vec<At<String>>,
    /// Whom the document tells: `recipient`, or one of the audiences.
    pub audience: At<String>,
    /// Without these there is no document: `recipient`, `sentence`, `custody`, `asks`.
    #[serde(default)]
    pub needs: Vec<At<String>>,
    /// Limits.
    #[serde(default)]
    pub limits: RawLimits,
    /// `short`: a note names one sufficient set of citations; `full`: also what corroborates.
    #[serde(default)]
    pub notes: Option<At<String>>,
    /// For how many days the document may be used; 42 without it.
    #[serde(default)]
    pub valid_days: Option<At<u32>>,
    /// Words of the template that may hold a number, a month or a name.
    #[serde(default)]
    pub exceptions: Vec<At<String>>,
    /// The papers that go with each letter in a language of its office: a leaf, an envelope.
    #[serde(default)]
    pub companions: Vec<RawCompanion>,
    /// The name of the file in a supporter's pack; a number in front gives the order.
    #[serde(default)]
    pub in_pack: Option<At<String>>,
    /// The ledger of a PDF, for programs that check it: `digests` (without it), or `full`, with sources and quotations
    /// too. `full` is for papers with one audience that is not in the country: never for what supporters carry.
    #[serde(default)]
    pub ledger: Option<At<String>>,
    /// Fixed places of the page.
    #[serde(default)]
    pub parts: RawParts,
    /// People sign it: a sheet for several (`rows`) or a card for one.
    #[serde(default)]
    pub signing: Option<RawSigning>,
    /// The form that the document fills in.
    #[serde(default)]
    pub form: Option<RawForm>,
}

/// A paper that goes with a letter.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawCompanion {
    /// Its template.
    pub template: At<String>,
    /// `same`: in the language of the letter; `other`: in each other language that it has.
    pub languages: At<String>,
    /// Only in a supporter's pack (`build --pack`).
    #[serde(default)]
    pub in_packs: bool,
}

/// The arrangement of a paper on which people sign.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawSigning {
    /// Lines of each sheet; without it, a card for one person.
    pub rows: Option<At<u32>>,
    /// Copies on a page; 1 without it.
    pub per_page: Option<At<u32>>,
}

/// Audiences whose papers may carry a full ledger: holding such a paper puts none of these readers at risk.
const FULL_LEDGER: [Audience; 4] = [Audience::OtherState, Audience::Un, Audience::Public, Audience::Internal];

/// Limits of a document.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawLimits {
    /// Pages.
    pub pages: Option<At<u32>>,
    /// Words of the running text.
    pub words: Option<At<u32>>,
    /// Demands of one recipient.
    pub asks: Option<At<u32>>,
}

/// Fixed places of the page.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawParts {
    /// Head of the page per language. Values in `{{ }}` are allowed.
    pub letterhead: Entries<At<String>>,
    /// `true`: name and address of the sender, ruled blanks where they are not given.
    pub sender: bool,
    /// `false`: without the office and its address at the head.
    pub recipient: Option<bool>,
    /// `true`: the address shows in the window of an envelope, under a line with the address of the sender.
    pub window: bool,
    /// `none`, `as-of`, or `blank` to date it by hand.
    pub date: Option<At<String>>,
    /// `true`: closing words and a place to sign.
    pub signature: bool,
    /// Enclosures per language.
    pub enclosures: Entries<Vec<At<String>>>,
    /// `true`: the foot of the page says as of when it is and until when it may be used.
    pub footer: bool,
    /// `false`: there is no last day of use.
    pub use_until: Option<bool>,
}

impl RawSpec {
    pub(super) fn convert(
        &self,
        id: &str,
        folder: &Folder,
        layouts: &BTreeMap<String, Layout>,
        problems: &mut Vec<Diagnostic>,
    ) -> Spec {
        if self.id.value != id {
            problems.push(bad(&self.id, &[id]));
        }
        one_of(&self.layout, &layouts.keys().map(String::as_str).collect::<Vec<_>>(), problems);
        let layout = layouts.get(&self.layout.value).copied().unwrap_or_default();
        let languages: Vec<String> = self.languages.iter().map(|language| language.value.clone()).collect();
        for language in &self.languages {
            self.check_language(language, folder, problems);
        }
        let notes = self.notes.as_ref().filter(|notes| one_of(notes, &["short", "full"], problems));
        let audiences: Vec<&str> = Audience::ALL.iter().map(|audience| audience.name()).chain(["recipient"]).collect();
        one_of(&self.audience, &audiences, problems);
        let audience = Audience::from_name(&self.audience);
        let full_ledger = self.full_ledger(audience, problems);
        let needs: Vec<&At<String>> =
            self.needs.iter().filter(|need| one_of(need, TemplateNeed::WORDS, problems)).collect();
        let form = self.form.as_ref().map(|form| form.convert(&self.languages, problems));
        let form_pages = form.as_ref().and_then(|form| usize::try_from(form.pages.as_ref()?.value).ok());
        let count = |limit: &Option<At<u32>>| limit.as_ref().and_then(|limit| usize::try_from(limit.value).ok());
        Spec {
            id: id.to_owned(),
            layout: self.layout.value.clone(),
            title: lines(&self.title),
            subject: lines(&self.subject),
            languages,
            audience,
            needs: needs.into_iter().filter_map(|need| TemplateNeed::from_word(need)).collect(),
            limits: Limits {
                pages: count(&self.limits.pages).or(form_pages),
                words: count(&self.limits.words),
                asks: count(&self.limits.asks),
            },
            full_notes: notes.is_some_and(|notes| notes.value == "full"),
            valid_days: self.valid_days.as_ref().map_or(VALID_DAYS, |days| days.value),
            exceptions: self.exceptions.iter().map(|words| words.value.clone()).collect(),
            parts: self.parts.convert(problems),
            companions: self.companions.iter().map(|raw| raw.convert(problems)).collect(),
            in_pack: self.in_pack.as_ref().filter(|name| is_file_name(name, problems)).map(|name| name.value.clone()),
            full_ledger,
            on_envelope: layout.on_envelope,
            signing: self.signing(layout, problems),
            form,
            place: Place::file(self.id.place.file.clone()),
        }
    }

    fn full_ledger(&self, audience: Option<Audience>, problems: &mut Vec<Diagnostic>) -> bool {
        let ledger = self.ledger.as_ref().filter(|ledger| one_of(ledger, &["digests", "full"], problems));
        let Some(full) = ledger.filter(|ledger| ledger.value == "full") else { return false };
        let fits = audience.is_some_and(|audience| FULL_LEDGER.contains(&audience));
        if !fits {
            let words = format!("a paper for `{}` must not carry its sources in the file", self.audience.value);
            problems.push(
                Diagnostic::error(Code::CaseBadValue, full.place.clone(), words).hint(
                    "write `ledger: digests`: whoever carries the paper must not be put at risk by what is in it",
                ),
            );
        }
        fits
    }

    /// A layout for signing needs the keys for signing, and no other layout may have them.
    fn signing(&self, layout: Layout, problems: &mut Vec<Diagnostic>) -> Option<SigningSpec> {
        if layout.signing != self.signing.is_some() {
            let words = format!("the layout `{}` and `signing` do not fit", self.layout.value);
            let hint = "`signing` goes with layouts on which people sign (`signing: true` in their `layout.yaml`)";
            problems.push(Diagnostic::error(Code::CaseBadValue, self.layout.place.clone(), words).hint(hint));
        }
        let raw = self.signing.as_ref()?;
        for (count, most) in [(&raw.rows, MOST_ROWS), (&raw.per_page, MOST_PER_PAGE)] {
            if let Some(typed) = count.as_ref().filter(|typed| typed.value == 0 || typed.value > most) {
                let words = format!("`{}` cannot stand here", typed.value);
                let problem = Diagnostic::error(Code::CaseBadValue, typed.place.clone(), words);
                problems.push(problem.hint(format!("write a number from 1 to {most}")));
            }
        }
        let number = |count: &Option<At<u32>>| count.as_ref().and_then(|typed| usize::try_from(typed.value).ok());
        Some(SigningSpec { rows: number(&raw.rows).unwrap_or(0), per_page: number(&raw.per_page).unwrap_or(1).max(1) })
    }

    fn check_language(&self, language: &At<String>, folder: &Folder, problems: &mut Vec<Diagnostic>) {
        let file = format!("documents/{}/{}.md", folder.id, language.value);
        let mut missing = |what: String, hint: String| {
            problems.push(Diagnostic::error(Code::CaseLanguageMissing, language.place.clone(), what).hint(hint));
        };
        if !folder.files.contains_key(&file) {
            missing(
                format!("the template has no file `{}.md`", language.value),
                "write it, or delete the language".into(),
            );
        }
        if self.title.get(language).is_none() {
            missing(format!("the title in `{}` is missing", language.value), format!("add `{}: …`", language.value));
        }
    }
}

impl RawCompanion {
    fn convert(&self, problems: &mut Vec<Diagnostic>) -> Companion {
        one_of(&self.languages, &["same", "other"], problems);
        let same_language = self.languages.value == "same";
        Companion { template: self.template.clone(), same_language, in_packs: self.in_packs }
    }
}

impl RawParts {
    fn convert(&self, problems: &mut Vec<Diagnostic>) -> PartsSpec {
        let date = self.date.as_ref().filter(|date| one_of(date, &["none", "as-of", "blank"], problems));
        let words = |list: &Vec<At<String>>| list.iter().map(|item| item.value.clone()).collect();
        PartsSpec {
            letterhead: lines(&self.letterhead),
            sender: self.sender,
            recipient: self.recipient.unwrap_or(true),
            window: self.window,
            date: match date.map(|date| date.value.as_str()) {
                Some("as-of") => Dating::AsOf,
                Some("blank") => Dating::Blank,
                _ => Dating::None,
            },
            signature: self.signature,
            enclosures: self.enclosures.iter().map(|(language, list)| (language.value.clone(), words(list))).collect(),
            footer: self.footer,
            use_until: self.use_until.unwrap_or(true),
        }
    }
}

/// Checks a name of letters, digits and hyphens, which becomes the name of a file.
fn is_file_name(name: &At<String>, problems: &mut Vec<Diagnostic>) -> bool {
    let fits = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-');
    if !fits {
        let words = format!("`{}` cannot be the name of a file", name.value);
        let problem = Diagnostic::error(Code::CaseBadValue, name.place.clone(), words);
        problems.push(problem.hint("write letters, digits and hyphens, for instance `1-read-first`"));
    }
    fits
}

fn lines(entries: &Entries<At<String>>) -> BTreeMap<String, At<String>> {
    entries.iter().map(|(language, line)| (language.value.clone(), line.clone())).collect()
}

fn one_of(typed: &At<String>, known: &[&str], problems: &mut Vec<Diagnostic>) -> bool {
    let fits = known.contains(&typed.value.as_str());
    if !fits {
        problems.push(bad(typed, known));
    }
    fits
}

fn bad(typed: &At<String>, known: &[&str]) -> Diagnostic {
    let hint = nearest(typed, known).unwrap_or_else(|| format!("use one of: {}", known.join(", ")));
    Diagnostic::error(Code::CaseBadValue, typed.place.clone(), format!("`{}` cannot stand here", typed.value))
        .hint(hint)
}
