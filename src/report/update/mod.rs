//! The effects of a change of the case on facts, demands and papers, and on papers that were sent.
//!
//! Two prepared cases are compared, before and after: the last build and the present case, the case on an earlier day,
//! or the case with and without a source. This room does not need to know which.

mod changes;
mod papers;
mod sent;
mod words;

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::case::timeline::Clock;
use crate::case::view::View;
use crate::case::{Case, Text};
use crate::document::Document;
use crate::reference::audience::Audience;
pub use changes::FactChange;
pub use papers::PaperFate;
pub use sent::{Sent, SentClaim, SentFinding, by_document, by_manifest};
pub use words::{Diff, diff};

/// One of the two states of a case.
#[derive(Debug)]
pub struct Side<'a> {
    /// The case.
    pub case: &'a Case,
    /// The view of those who work on it.
    pub view: View,
    /// Its papers.
    pub papers: Vec<Document>,
    /// Its name in the report.
    pub name: String,
}

impl<'a> Side<'a> {
    /// A state of a case on a day.
    #[must_use]
    pub fn new(case: &'a Case, as_of: NaiveDate, clock: Clock, papers: Vec<Document>, name: String) -> Self {
        Self { case, view: case.view(as_of, clock, Audience::Internal), papers, name }
    }

    /// Words in the first language of the case that has them.
    fn words(&self, text: &Text) -> String {
        let found = self.case.languages.iter().find_map(|language| text.get(language));
        found.map(|words| words.value.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
    }
}

/// The report on the changes between two states of a case, for the team: the most urgent tasks come first.
#[must_use]
pub fn report(before: &Side, after: &Side, sent: &[Sent]) -> String {
    let mut out = format!("Before: {}.\nNow: {}.\n", before.name, after.name);
    let fates = papers::compare(&before.papers, &after.papers);
    let findings: Vec<(&Sent, Vec<SentFinding>)> = sent.iter().map(|sent| (sent, findings(sent, after))).collect();
    section(&mut out, "Sources", &changes::sources(before, after));
    section(&mut out, "Facts", &changes::facts(before, after));
    section(&mut out, "Demands", &changes::demands(before, after));
    section(&mut out, "What the sources do not say", &changes::gaps(before, after));
    told(&mut out, &fates);
    post(&mut out, &findings);
    to_do(&mut out, &fates, &findings);
    out
}

fn findings(sent: &Sent, after: &Side) -> Vec<SentFinding> {
    let all = sent::judge(sent, after).into_iter();
    all.filter(|finding| !finding.wrong || !sent::told_as_history(sent, after, &finding.said)).collect()
}

fn section(out: &mut String, title: &str, changes: &[FactChange]) {
    if changes.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title}");
    for FactChange { what, id, words } in changes {
        let _ = writeln!(out, "- {what}: `{id}`: {}", words.replace('\n', "\n  "));
    }
}

fn told(out: &mut String, fates: &[(String, PaperFate)]) {
    let count = |wanted: fn(&PaperFate) -> bool| fates.iter().filter(|(_, fate)| wanted(fate)).count();
    let changed = count(|fate| matches!(fate, PaperFate::Changed(_)));
    let (new, gone) = (count(|fate| *fate == PaperFate::New), count(|fate| *fate == PaperFate::Gone));
    let same = count(|fate| *fate == PaperFate::Same);
    let _ = writeln!(out, "\nPapers: {changed} change, {new} new, {gone} can no longer be made, {same} stay");
    for (name, fate) in fates {
        match fate {
            PaperFate::New => _ = writeln!(out, "- new: `{name}`"),
            PaperFate::Gone => _ = writeln!(out, "- can no longer be made: `{name}`"),
            PaperFate::Same => {}
            PaperFate::Changed(lines) => {
                let _ = writeln!(out, "- changes: `{name}`");
                for line in lines {
                    let _ = writeln!(out, "    {line}");
                }
            }
        }
    }
}

fn post(out: &mut String, findings: &[(&Sent, Vec<SentFinding>)]) {
    if findings.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nPapers that were sent");
    for (sent, found) in findings {
        let Sent { body, paper, day, claims, remade } = sent;
        let wrong = found.iter().any(|finding| finding.wrong);
        let verdict = match (claims, found.is_empty(), wrong) {
            (None, ..) => {
                "what it said is not known: no build of that day lies in the output folder, and none can be made"
            }
            (_, true, _) => "still says what we would say",
            (_, _, true) => "WRONG: it says what was not so, or what we can no longer show",
            _ => "overtaken: it was right on its day",
        };
        let _ = writeln!(out, "- `{paper}` of {day} to `{body}`: {verdict}");
        if *remade && claims.is_some() {
            let _ =
                writeln!(out, "    (no build of that day is at hand: judged by what the case would write for it now)");
        }
        for SentFinding { said, why, .. } in found {
            let _ = writeln!(out, "    “{said}”\n      {why}");
        }
    }
}

fn to_do(out: &mut String, fates: &[(String, PaperFate)], findings: &[(&Sent, Vec<SentFinding>)]) {
    let _ = writeln!(out, "\nWhat to do");
    let mut steps = 0;
    for (sent, found) in findings.iter().filter(|(_, found)| !found.is_empty()) {
        let verb = if found.iter().any(|finding| finding.wrong) { "correct" } else { "bring up to date" };
        let _ = writeln!(out, "- Write to `{}` again: {verb} `{}` of {}.", sent.body, sent.paper, sent.day);
        steps += 1;
    }
    if fates.iter().any(|(_, fate)| *fate != PaperFate::Same) {
        let _ = writeln!(
            out,
            "- Read what changes, then build the case anew. Do not send the papers of the earlier build."
        );
        steps += 1;
    }
    if steps == 0 {
        let _ = writeln!(out, "- Nothing.");
    }
}
