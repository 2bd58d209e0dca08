//! The dates, numbers and names of a fact that several of its sources share, beyond the quoted words.

use super::compare::Comparer;
use super::evidence::Evidence;
use super::quantity::quantities;
use super::told::{dates, numbers};
use crate::case::{Case, Fact};
use crate::reference::{Reference, Wording};

/// A date, a number or a name of a fact, and the sources that have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedWords {
    /// Its kind.
    pub kind: SharedKind,
    /// The value in the fact; for a name, its id.
    pub words: String,
    /// The sources whose cited paragraphs have it.
    pub sources: Vec<String>,
}

closed! {
    /// The kinds of values that sources can share beside the quoted words.
    SharedKind {
        /// A day, month or year.
        Date = "date",
        /// A number with its unit.
        Number = "number",
        /// A court or prison.
        Name = "name",
    }
}

/// The dates, numbers and names of a fact that some of the sources have.
#[must_use]
pub fn shared(
    fact: &Fact,
    sources: &[&str],
    case: &Case,
    evidence: &Evidence,
    reference: &Reference,
) -> Vec<SharedWords> {
    Comparer { case, evidence, reference }.shared(fact, sources)
}

impl Comparer<'_> {
    /// The comparable values of a fact in its first language, each with the sources that have it.
    fn shared(&self, fact: &Fact, sources: &[&str]) -> Vec<SharedWords> {
        let mut languages = self.case.languages.iter().filter_map(|code| Some((fact.text.get(code)?, code)));
        let read = languages.find_map(|(text, code)| Some((text, self.reference.wording(code)?)));
        let Some((text, wording)) = read else { return Vec::new() };
        let mut shared: Vec<SharedWords> = Vec::new();
        let mut add = |kind, words: String, has: &dyn Fn(&str, &Wording) -> bool| {
            if shared.iter().any(|one| one.kind == kind && one.words == words) {
                return;
            }
            let says = |source: &&&str| {
                self.wording_of(source).is_some_and(|wording| has(&self.said_by(fact, source), wording))
            };
            let sources = sources.iter().filter(says).map(|source| (*source).to_owned()).collect();
            shared.push(SharedWords { kind, words, sources });
        };
        for (date, range) in dates(text, wording) {
            let has =
                |said: &str, wording: &Wording| dates(said, wording).iter().any(|(other, _)| date.is_within(*other));
            add(SharedKind::Date, text[range].to_owned(), &has);
        }
        for quantity in quantities(text, wording) {
            let value = quantity.value.to_string();
            let has = |said: &str, wording: &Wording| numbers(said, wording).iter().any(|(number, _)| *number == value);
            add(SharedKind::Number, quantity.written, &has);
        }
        for named in self.bodies(text) {
            let has = |said: &str, _: &Wording| self.bodies(said).iter().any(|other| other.id == named.id);
            add(SharedKind::Name, named.id.clone(), &has);
        }
        shared
    }
}
