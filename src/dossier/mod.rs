//! The working report of a case, in Markdown: everything that is known, how firmly, and what it rests on.
//!
//! It is for those who work on the case and for nobody else, and says so on its face.

mod facts;
mod record;

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::audience::Audience;
use crate::case::Case;
use crate::case::timeline::{Clock, Standing};
use crate::check::Evidence;
use crate::view::View;

/// What a report is made from.
pub struct Report<'a> {
    case: &'a Case,
    evidence: &'a Evidence,
    view: View,
    standing: Standing,
    clock: Clock,
    out: String,
}

/// Writes the report of a case as of a day.
#[must_use]
pub fn dossier(case: &Case, evidence: &Evidence, as_of: NaiveDate, clock: Clock) -> String {
    let view = case.view(as_of, clock, Audience::Internal);
    let standing = case.standing(as_of, clock);
    let mut report = Report { case, evidence, view, standing, clock, out: String::new() };
    report.head(as_of);
    report.states();
    report.chronology();
    report.not_counted();
    report.demands();
    report.conflicts();
    report.gaps();
    report.arguments();
    report.steps();
    report.people();
    report.sources();
    report.out
}

impl Report<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn section(&mut self, title: &str) {
        let _ = write!(self.out, "\n## {title}\n\n");
    }

    fn head(&mut self, as_of: NaiveDate) {
        let clock = match self.clock {
            Clock::Event => "a fact counts when it had happened",
            Clock::Knowledge => "a fact counts when a source had published it",
        };
        let case = self.case;
        let titles: Vec<String> = case.victims.iter().map(|id| self.name(id)).collect();
        self.line(&format!("# Dossier: {}", titles.join(", ")));
        self.line("");
        self.line("**INTERNAL.** For those who work on the case. It holds what must not be published.");
        self.line("");
        self.line(&format!("- As of {as_of}; {clock}."));
        self.line(&format!("- {} facts, {} sources.", case.facts.len(), case.records.len()));
        self.line(&format!("- Citations: {}.", self.evidence.summary(case)));
        for record in case.records.values() {
            if let Some((day, why)) = &record.counted_from {
                self.line(&format!("- Decision: `{}` counts from {day}. {}", record.id, text(why)));
            }
        }
    }

    /// The name of somebody or something in the first language of the case, or the description of who is not named.
    fn name(&self, id: &str) -> String {
        let Some(named) = self.case.names.get(id) else { return format!("`{id}`") };
        let languages = self.case.languages.iter();
        let name = languages.clone().find_map(|language| named.names.get(language)?.get("nom"));
        let described = languages.clone().find_map(|language| Some(&named.describe.get(language)?.value));
        text(name.or(described).map_or(id, String::as_str))
    }
}

/// Words of a case on one line, with nothing in them that Markdown would read as its own.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
