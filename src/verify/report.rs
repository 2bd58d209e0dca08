//! The report on one page, for somebody who will never open a terminal.

use chrono::NaiveDate;

use super::shown::LIMITS;
use super::{Check, Result, State, Verdict};
use crate::diag::Code;
use crate::document::{Block, BlockKind, Document, Inline, Language, Ledger, Line, Origin, Paper, Parts, Print};

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
    blocks.push(paragraph(&capital(&format!("{LIMITS}."))));
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
        blocks.push(paragraph(&format!("Its title: {}. It speaks of {}.", about.title, about.as_of)));
    }
    for check in &verdict.checks {
        blocks.push(heading(question(check.code)));
        blocks.push(paragraph(&answer(check)));
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
    let results: Vec<Result> = verdicts.iter().map(Verdict::result).collect();
    blocks.push(paragraph(&capital(&format!("{}.", super::summary(&results)))));
    let open = |verdict: &&Verdict| verdict.result() != Result::Verified;
    let first = verdicts.iter().filter(open).chain(verdicts.iter().filter(|verdict| !open(verdict)));
    let item = |verdict: &Verdict| {
        let words = match verdict.result() {
            Result::Verified => "nothing is wrong".to_owned(),
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

fn answer(check: &Check) -> String {
    let says =
        |start: &str| if check.says.is_empty() { format!("{start}.") } else { format!("{start}: {}.", check.says) };
    match check.state {
        State::Passed => says("Yes"),
        State::Partly => says("Yes, as far as it could be checked"),
        State::Failed => "No.".to_owned(),
        State::Impossible => says("It could not be checked"),
        State::NotChecked => says("It was not checked"),
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
