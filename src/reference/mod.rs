//! Reusable knowledge: offices, norms, lists of words and the fixed words of each language.
//!
//! All of it is data under `templates/`. This room reads the texts it is given, checks that they fit together, and
//! answers by id or language. A value that can age carries its source, the day of its last verification and the place
//! at which it was typed, so that it can be reported as `directory/unverified` when it is printed.

pub mod audience;
pub mod calendar;
pub mod dated;
pub mod directory;
pub mod format;
pub mod law;
pub mod layers;
pub mod locale;
pub mod name;
pub mod numbers;
pub mod pattern;
pub mod sense;
#[cfg(test)]
pub(crate) mod tests;
pub mod vocabulary;
pub mod wording;
pub mod words;

pub use audience::{Audience, AudienceSet};
pub use calendar::{CalendarDate, Precision, day};
pub use dated::{Dated, Doubt, FRESH_DAYS, PerLanguage};
pub use directory::{Country, Office, OfficeKind, OfficeNeed};
pub use format::{Counted, Join, LocaleFormat};
pub use law::{Binds, Norm, Stage};
pub use locale::Locale;
pub use name::{GrammaticalCase, Name};
pub use pattern::{Pattern, Word, words};
pub use sense::SenseWords;
pub use vocabulary::{Power, Status};
pub use wording::{Hit, WordList, Wording};
pub use words::{NoteWords, fill};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::de::DeserializeOwned;

use sense::LexiconText;

use crate::diag::{Code, Diagnostic, Place};
use crate::text::sense::Lexicon;
use crate::yaml::{self, At, Entries};

/// The folder that holds one folder for each language.
const LANGUAGES: &str = "languages";

/// All data that do not depend on a case.
#[derive(Debug, Clone, Default)]
pub struct Reference {
    countries: BTreeMap<String, Country>,
    offices: BTreeMap<String, Office>,
    norms: BTreeMap<String, Norm>,
    wordings: BTreeMap<String, Wording>,
    locales: BTreeMap<String, Locale>,
    senses: BTreeMap<String, SenseWords>,
}

/// The files read so far, before they are checked as a whole.
#[derive(Default)]
struct Loading {
    reference: Reference,
    references: Vec<At<String>>,
    meanings: BTreeMap<String, LexiconText>,
    problems: Vec<Diagnostic>,
}

impl Reference {
    /// Reads the files of `directory/`, `law/` and `languages/`; files of other folders are skipped.
    ///
    /// A name is a path such as `templates/directory/ru.yaml` or `templates/languages/ru/locale.yaml`. A file with a
    /// problem of form is left out whole; everything else is loaded, so that all problems are reported at once.
    #[must_use]
    pub fn load(files: &[(String, String)]) -> (Self, Vec<Diagnostic>) {
        let mut loading = Loading::default();
        for (name, text) in files {
            loading.file(name, text);
        }
        loading.join();
        (loading.reference, loading.problems)
    }

    /// The office with this id, for instance `ru/fsin`.
    #[must_use]
    pub fn office(&self, id: &str) -> Option<&Office> {
        self.offices.get(id)
    }

    /// Every office, by id.
    pub fn offices(&self) -> impl Iterator<Item = &Office> {
        self.offices.values()
    }

    /// The State or organisation with this code, for instance `RU`.
    #[must_use]
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.countries.get(code)
    }

    /// The norm with this id, for instance `iccpr/9`.
    #[must_use]
    pub fn norm(&self, id: &str) -> Option<&Norm> {
        self.norms.get(id)
    }

    /// Every norm, by id.
    pub fn norms(&self) -> impl Iterator<Item = &Norm> {
        self.norms.values()
    }

    /// The lists of words of a language.
    #[must_use]
    pub fn wording(&self, language: &str) -> Option<&Wording> {
        self.wordings.get(language)
    }

    /// Adds the guarded words of a case to the shipped lists, per language. A word that cannot be searched for is a
    /// problem.
    #[must_use]
    pub fn guard(&mut self, added: &Entries<Vec<At<String>>>) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for (language, typed) in added {
            match self.wordings.get_mut(&language.value) {
                Some(wording) => wording.add(WordList::Guarded, typed, &mut problems),
                None => problems.push(
                    Diagnostic::error(
                        Code::CaseBadValue,
                        language.place.clone(),
                        format!("there are no lists of words for `{}`", language.value),
                    )
                    .hint("name a language of `templates/languages/` that has a `wording.yaml`, or add one"),
                ),
            }
        }
        problems
    }

    /// The fixed words of a language.
    #[must_use]
    pub fn locale(&self, language: &str) -> Option<&Locale> {
        self.locales.get(language)
    }

    /// The words by which a statement in a language is compared with its source; `None`: nothing is compared.
    #[must_use]
    pub fn lexicon(&self, language: &str) -> Option<&Lexicon> {
        Some(self.senses.get(language)?.lexicon(self.wordings.get(language)?))
    }

    /// The languages in which documents can be made: those that have both fixed words and lists of words.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.locales.keys().map(String::as_str).filter(|language| self.wordings.contains_key(*language))
    }

    /// Words that precede a number, of all languages, because a paper also quotes other languages.
    #[must_use]
    pub fn before_numbers(&self) -> Vec<String> {
        let words: BTreeSet<&String> = self.locales.values().flat_map(|locale| &locale.before_numbers).collect();
        words.into_iter().cloned().collect()
    }

    /// Letters that change at the end of a word, of all languages, because a name may appear in another language.
    #[must_use]
    pub fn ending_letters(&self) -> String {
        self.wordings.values().map(|wording| wording.ending_letters.as_str()).collect()
    }

    /// The lines of an office's postal address. On mail from abroad the country comes last, in Latin capitals.
    #[must_use]
    pub fn address(&self, office: &Office, language: &str, from_abroad: bool) -> Option<Vec<String>> {
        let mut lines = office.address.as_ref()?.value.get(language)?.clone();
        if from_abroad {
            lines.extend(self.country(&office.of).and_then(|country| country.postal.get(language)).cloned());
        }
        Some(lines)
    }
}

/// The JSON Schema of each kind of file.
#[must_use]
pub fn schemas() -> [(&'static str, schemars::Schema); 5] {
    [
        ("directory", schemars::schema_for!(directory::RawDirectory)),
        ("law", schemars::schema_for!(law::RawLaw)),
        ("wording", schemars::schema_for!(wording::RawWording)),
        ("locale", schemars::schema_for!(locale::RawLocale)),
        ("sense", schemars::schema_for!(sense::RawSense)),
    ]
}

impl Loading {
    fn file(&mut self, name: &str, text: &str) {
        let mut parts = name.rsplit('/');
        let Some((file, ending)) = parts.next().and_then(|file| file.rsplit_once('.')) else { return };
        if !matches!(ending, "yaml" | "txt") {
            return;
        }
        let (folder, above) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let name: Arc<str> = name.into();
        match (above, folder, file, ending) {
            (LANGUAGES, tag, "lexicon", "txt") => self.meanings(&name, tag, text),
            (LANGUAGES, tag, "wording", "yaml") => self.wording(&name, tag, text),
            (LANGUAGES, tag, "locale", "yaml") => self.locale(&name, tag, text),
            (LANGUAGES, tag, "sense", "yaml") => self.sense(&name, tag, text),
            (LANGUAGES, ..) | (_, LANGUAGES, ..) => self.problems.push(no_file_of_a_language(&name)),
            (_, "directory", _, "yaml") => self.directory(&name, text),
            (_, "law", _, "yaml") => self.law(&name, text),
            (_, "wording", tag, "yaml") => self.problems.push(moved(&name, tag, "wording")),
            (_, "locales", tag, "yaml") => self.problems.push(moved(&name, tag, "locale")),
            _ => {}
        }
    }

    fn read<T: DeserializeOwned>(&mut self, name: &Arc<str>, text: &str) -> Option<T> {
        yaml::read(name, text).map_err(|problems| self.problems.extend(problems)).ok()
    }

    fn directory(&mut self, name: &Arc<str>, text: &str) {
        let Some(raw) = self.read::<directory::RawDirectory>(name, text) else { return };
        let (country, offices) = raw.convert(&mut self.problems);
        self.references.extend(raw.references().cloned());
        let place = country.place.clone();
        keep(
            &mut self.reference.countries,
            country.code.clone(),
            country,
            &place,
            |own| &own.place,
            &mut self.problems,
        );
        for office in offices {
            let place = office.place.clone();
            keep(&mut self.reference.offices, office.id.clone(), office, &place, |own| &own.place, &mut self.problems);
        }
    }

    fn law(&mut self, name: &Arc<str>, text: &str) {
        let Some(raw) = self.read::<law::RawLaw>(name, text) else { return };
        for norm in raw.convert(&mut self.problems) {
            let place = norm.says.place.clone();
            let id = norm.id.clone();
            keep(&mut self.reference.norms, id, norm, &place, |own| &own.says.place, &mut self.problems);
        }
    }

    fn wording(&mut self, name: &Arc<str>, tag: &str, text: &str) {
        let Some(raw) = self.read::<wording::RawWording>(name, text) else { return };
        self.problems.extend(other_language(tag, &raw.language));
        let wording = raw.convert(&mut self.problems);
        let (language, place) = (wording.language.clone(), wording.place.clone());
        keep(&mut self.reference.wordings, language, wording, &place, |own| &own.place, &mut self.problems);
    }

    fn locale(&mut self, name: &Arc<str>, tag: &str, text: &str) {
        let Some(raw) = self.read::<locale::RawLocale>(name, text) else { return };
        self.problems.extend(other_language(tag, &raw.language));
        let Some(locale) = raw.convert(&mut self.problems) else { return };
        let (language, place) = (locale.language.clone(), locale.place.clone());
        keep(&mut self.reference.locales, language, locale, &place, |own| &own.place, &mut self.problems);
    }

    fn sense(&mut self, name: &Arc<str>, tag: &str, text: &str) {
        let Some(raw) = self.read::<sense::RawSense>(name, text) else { return };
        self.problems.extend(other_language(tag, &raw.language));
        let Some(sense) = raw.convert(&mut self.problems) else { return };
        let (language, place) = (sense.language.clone(), sense.place.clone());
        keep(&mut self.reference.senses, language, sense, &place, |own| &own.place, &mut self.problems);
    }

    fn meanings(&mut self, name: &Arc<str>, tag: &str, text: &str) {
        let meanings = LexiconText::read(name, text, &mut self.problems);
        self.meanings.insert(tag.to_owned(), meanings);
    }

    /// Checks the references between files, and enters the ratifications into the norms.
    fn join(&mut self) {
        for (language, meanings) in std::mem::take(&mut self.meanings) {
            if let Some(sense) = self.reference.senses.get_mut(&language) {
                sense.mean(meanings);
            }
        }
        let offices: Vec<&String> = self.reference.offices.keys().collect();
        for named in &self.references {
            if !self.reference.offices.contains_key(&named.value) {
                self.problems.push(unknown("office", &named.value, &named.place, &offices));
            }
        }
        let mut instruments: Vec<&String> = self.reference.norms.values().map(|norm| &norm.instrument).collect();
        instruments.dedup();
        for country in self.reference.countries.values() {
            for (instrument, ratified) in &country.treaties {
                if !instruments.contains(&instrument) {
                    self.problems.push(unknown("instrument", instrument, &ratified.place, &instruments));
                }
            }
        }
        for norm in self.reference.norms.values_mut() {
            let ratified =
                |country: &Country| Some((country.code.clone(), country.treaties.get(&norm.instrument)?.clone()));
            norm.bound = self.reference.countries.values().filter_map(ratified).collect();
        }
    }
}

/// The report of a file in the place where files of languages were kept earlier.
fn moved(name: &Arc<str>, tag: &str, file: &str) -> Diagnostic {
    let words = "what belongs to a language has a folder of its own: this file is not read here";
    Diagnostic::error(Code::TemplateUnknown, Place::file(name.clone()), words)
        .hint(format!("move it to `languages/{tag}/{file}.yaml` of the same templates"))
}

fn no_file_of_a_language(name: &Arc<str>) -> Diagnostic {
    Diagnostic::error(Code::TemplateUnknown, Place::file(name.clone()), "this file of a language is not read")
        .hint("a language has `locale.yaml`, `wording.yaml`, `sense.yaml` and `lexicon.txt`")
}

/// The report of a file whose language differs from that of its folder.
fn other_language(tag: &str, language: &At<String>) -> Option<Diagnostic> {
    (language.value != tag).then(|| {
        let words = format!("this file stands in the folder of `{tag}` and says that it is of `{}`", language.value);
        Diagnostic::error(Code::CaseBadValue, language.place.clone(), words).hint("let both say the same")
    })
}

/// Keeps a value under its key; a second value with the same key is a problem at its place.
fn keep<T>(
    map: &mut BTreeMap<String, T>,
    key: String,
    value: T,
    place: &Place,
    place_of: impl Fn(&T) -> &Place,
    problems: &mut Vec<Diagnostic>,
) {
    if let Some(first) = map.get(&key) {
        let words = format!("`{key}` is defined a second time");
        problems.push(
            Diagnostic::error(Code::CaseDuplicateKey, place.clone(), words)
                .and_at(place_of(first).clone(), "defined here first")
                .hint("keep one of the two; nothing is merged silently"),
        );
        return;
    }
    map.insert(key, value);
}

fn unknown(what: &str, id: &str, place: &Place, known: &[&String]) -> Diagnostic {
    let hint = yaml::nearest(id, known).unwrap_or_else(|| format!("define it, or name another {what}"));
    Diagnostic::error(Code::CaseUnknownId, place.clone(), format!("no {what} has the id `{id}`")).hint(hint)
}
