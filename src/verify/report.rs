//! The report on one page, for somebody who will never open a terminal.

use chrono::NaiveDate;

use super::{Check, Result, State, Verdict};
use crate::diag::Code;
use crate::document::{Block, BlockKind, Document, Inline, Language, Ledger, Line, Origin, Paper, Parts, Print};
use crate::ledger::Extent;

/// What no check but the last one can know, for somebody who reads no manual.
const LIMITS: &str = "What the eye sees can differ from the words inside a file, if the shapes of its letters were altered \
                      or something covers them. Only building the paper again from its case shows that. And no check tells \
                      who made a paper.";

/// So many findings of a file are told; a file with more is wrong enough.
const MOST_FINDINGS: usize = 8;

/// So many files are told one by one.
const MOST_FILES: usize = 30;

/// The report on some files.
#[must_use]
pub fn report(verdicts: &[Verdict], day: NaiveDate) -> Document {
    let mut blocks = Vec::new();
    match verdicts {
        [one] => of_one(one, &mut blocks),
        many => of_many(many, &mut blocks),
    }
    blocks.push(heading("What this does not show"));
    blocks.push(paragraph(LIMITS));
    Document {
        name: "report".to_owned(),
        template: "report".to_owned(),
        layout: "leaf".to_owned(),
        language: Language { code: "en".to_owned(), region: "GB".to_owned() },
        title: "Report of a check".to_owned(),
        paper: Paper::A4,
        print: Print::Normal,
        most_pages: None,
        as_of: day,
        names: Vec::new(),
        identity: format!("report/{day}"),
        parts: Parts {
            letterhead: vec![Line::Text("Report of a check".to_owned())],
            subject: Some(headline(verdicts).to_owned()),
            footer: vec![format!("Checked on {day} with amparo {}", env!("CARGO_PKG_VERSION"))],
            ..Parts::default()
        },
        blocks,
        notes: Vec::new(),
        ledger: Ledger::default(),
        attachments: Vec::new(),
    }
}

fn headline(verdicts: &[Verdict]) -> &'static str {
    match verdicts.iter().map(Verdict::result).max() {
        Some(Result::Wrong) => "Something is wrong",
        Some(Result::Unchecked) => "Not everything could be checked",
        Some(Result::Verified) if verdicts.len() == 1 => "The paper says what it was made to say",
        _ => "The papers say what they were made to say",
    }
}

fn of_one(verdict: &Verdict, blocks: &mut Vec<Block>) {
    blocks.push(paragraph(&format!("The file: {}", short(&verdict.file))));
    if let Some(carried) = &verdict.carried {
        let about = &carried.document;
        blocks.push(paragraph(&format!("Its title: {}. It tells what was known on {}.", about.title, about.as_of)));
    }
    for check in &verdict.checks {
        blocks.push(heading(question(check.code)));
        blocks.push(paragraph(&answer(check, verdict)));
        let told = check.findings.iter().take(MOST_FINDINGS).map(|finding| vec![paragraph(&capital(&finding.words))]);
        let mut items: Vec<Vec<Block>> = told.collect();
        if check.findings.len() > MOST_FINDINGS {
            items.push(vec![paragraph(&format!("And {} more.", check.findings.len() - MOST_FINDINGS))]);
        }
        if !items.is_empty() {
            blocks.push(block(BlockKind::List { start: None, items }));
        }
    }
}

fn of_many(verdicts: &[Verdict], blocks: &mut Vec<Block>) {
    let count = |wanted: Result| verdicts.iter().filter(|verdict| verdict.result() == wanted).count();
    blocks.push(paragraph(&format!(
        "Files looked at: {}. Nothing wrong: {}. Something wrong: {}. Could not be checked: {}.",
        verdicts.len(),
        count(Result::Verified),
        count(Result::Wrong),
        count(Result::Unchecked),
    )));
    let open = |verdict: &&Verdict| verdict.result() != Result::Verified;
    let first = verdicts.iter().filter(open).chain(verdicts.iter().filter(|verdict| !open(verdict)));
    let item = |verdict: &Verdict| {
        let words = match verdict.result() {
            Result::Verified => "nothing that was checked is wrong".to_owned(),
            Result::Unchecked => "not everything could be checked".to_owned(),
            Result::Wrong => verdict.findings().next().map(|finding| finding.words.clone()).unwrap_or_default(),
        };
        vec![paragraph(&format!("{}: {words}", short(&verdict.file)))]
    };
    blocks.push(heading("The files"));
    let items: Vec<Vec<Block>> = first.take(MOST_FILES).map(item).collect();
    blocks.push(block(BlockKind::List { start: None, items }));
    if verdicts.len() > MOST_FILES {
        blocks.push(paragraph(&format!("And {} more.", verdicts.len() - MOST_FILES)));
    }
}

fn question(code: Code) -> &'static str {
    match code {
        Code::VerifyText => "Do the pages say what the file was made to say?",
        Code::VerifySources => "Do the quotations stand in the sources that it names?",
        Code::VerifyRebuild => "Does its case still give the same paper?",
        _ => "Is the file whole?",
    }
}

/// In plain words: whoever reads this knows neither the program nor its options.
fn answer(check: &Check, verdict: &Verdict) -> String {
    let right = match check.code {
        Code::VerifyText => "every block of the text and every statement is as it was written, in order",
        Code::VerifySources => check.says.as_str(),
        Code::VerifyRebuild => "building it again from its case gives exactly the same file",
        _ => "it carries its ledger, and nothing was added to it",
    };
    match check.state {
        State::Passed => format!("Yes: {right}."),
        State::Partly => format!("Yes, as far as it could be checked: {right}."),
        State::Failed => "No:".to_owned(),
        State::Impossible => format!("It could not be checked: {}.", check.says),
        State::NotChecked => format!("It was not checked: {}.", not_checked(check.code, verdict)),
    }
}

fn not_checked(code: Code, verdict: &Verdict) -> &'static str {
    let digests = verdict.carried.as_ref().is_some_and(|carried| carried.extent == Extent::Digests);
    match code {
        Code::VerifyRebuild => "the paper was not built again from its case",
        Code::VerifySources if digests => {
            "such a paper carries nothing about its sources, on purpose, so that nobody is at risk for carrying it"
        }
        Code::VerifySources if verdict.carried.is_some() => "no copies of the sources were at hand",
        _ => "without its ledger there is nothing to compare it with",
    }
}

/// The name of a file without the folders around it: they are nobody's business.
fn short(file: &str) -> String {
    file.rsplit(['/', '\\']).next().unwrap_or(file).chars().filter(|c| !c.is_control()).collect()
}

fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

fn heading(words: &str) -> Block {
    let content = vec![Inline::Text(words.to_owned())];
    block(BlockKind::Heading { level: 1, id: None, classes: Vec::new(), content })
}

fn paragraph(words: &str) -> Block {
    // A file may say anything; what no font has must not stand in the way of the report.
    let plain: String = words.chars().map(|c| if is_plain(c) { c } else { '?' }).filter(|c| *c != '`').collect();
    block(BlockKind::Paragraph(vec![Inline::Text(plain)]))
}

/// Letters that the fonts of the program have for certain, and common marks.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{17F}' | 'Ё' | 'А'..='я' | 'ё' | '–' | '—' | '‘' | '’' | '“' | '”' | '„' | '…' | '•' | '№')
}

fn block(kind: BlockKind) -> Block {
    Block { kind, origin: Origin::default() }
}
