//! The report on one page, for readers who do not use a terminal.

use chrono::NaiveDate;
use icu::properties::CodePointMapData;
use icu::properties::props::{BidiClass, GeneralCategory, GeneralCategoryGroup};

use super::{Check, FileVerdict, Result, State};
use crate::diag::Code;
use crate::document::{Block, BlockKind, Document, Inline, Language, Ledger, Line, Origin, PaperSize, Parts, Print};
use crate::render::ledger::Extent;

/// The limits of the checks, for readers without a manual.
const LIMITS: &str = "What the eye sees can differ from the words inside a file, if the shapes of its letters were altered \
                      or something covers them. Only building the paper again from its case shows that. And no check tells \
                      who made a paper.";

/// The explanation of a report, for first-time readers.
const WHAT: &str = "A paper of the program amparo holds, inside its file, a list of what it was made to say. Here both were \
                    compared. Nobody needs to be trusted for this: whoever has the file can do it again with the free \
                    program (amparo verify), without a network.";

/// The most findings of a file in the report.
const MOST_FINDINGS: usize = 8;

/// The most files with a section of their own.
const MOST_FILES: usize = 30;

/// The name of a report, also in its ledger.
pub const REPORT: &str = "report";

/// The report on some files. A file may contain any characters: those that are not `printable` are replaced.
#[must_use]
pub fn report(verdicts: &[FileVerdict], day: NaiveDate, printable: &dyn Fn(char) -> bool) -> Document {
    let mut blocks = vec![paragraph(WHAT)];
    match verdicts {
        [one] => of_one(one, &mut blocks),
        many => of_many(many, &mut blocks),
    }
    blocks.push(heading("What this does not show"));
    blocks.push(paragraph(LIMITS));
    make_plain(&mut blocks, printable);
    Document {
        stale: false,
        name: REPORT.to_owned(),
        template: REPORT.to_owned(),
        layout: layout(verdicts).to_owned(),
        language: Language::of_program(),
        title: "Report of a check".to_owned(),
        paper: PaperSize::A4,
        print: Print::Normal,
        most_pages: Some(1),
        as_of: day,
        names: Vec::new(),
        before_numbers: Vec::new(),
        identity: format!("report/{day}"),
        parts: Parts {
            letterhead: vec![Line::Text("Report of a check".to_owned())],
            subject: Some(headline(verdicts).to_owned()),
            footer: vec![format!("Checked on {} with amparo {}", words(day), env!("CARGO_PKG_VERSION"))],
            ..Parts::default()
        },
        blocks,
        notes: Vec::new(),
        ledger: Ledger::default(),
        attachments: Vec::new(),
    }
}

fn headline(verdicts: &[FileVerdict]) -> &'static str {
    match verdicts.iter().map(FileVerdict::result).max() {
        Some(Result::Wrong) if verdicts.iter().all(|verdict| verdict.carried.is_none()) => "This does not prove itself",
        Some(Result::Wrong) => "Something is wrong",
        Some(Result::Unchecked) => "Not everything could be checked",
        Some(Result::Verified) if verdicts.len() == 1 => "The paper says what it was made to say",
        _ => "The papers say what they were made to say",
    }
}

/// The layout with larger letters, if there is room for them.
fn layout(verdicts: &[FileVerdict]) -> &'static str {
    const FEW: usize = 5;
    match verdicts {
        [one] if one.findings().count() <= FEW => "submission",
        _ => "leaf",
    }
}

fn of_one(verdict: &FileVerdict, blocks: &mut Vec<Block>) {
    let mut about = vec![("The file", short(&verdict.file))];
    if let Some(carried) = &verdict.carried {
        let day = carried.document.as_of.parse().map_or_else(|_| carried.document.as_of.clone(), words);
        about.push(("Its title", carried.document.title.clone()));
        about.push(("It tells what was known on", day));
    }
    if !verdict.digest.is_empty() {
        about.push(("Its SHA-256, by which anybody can tell that it is this file", verdict.digest.clone()));
    }
    blocks.extend(about.iter().map(|(what, value)| paragraph(&format!("{what}: {value}"))));
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

fn of_many(verdicts: &[FileVerdict], blocks: &mut Vec<Block>) {
    let count = |wanted: Result| verdicts.iter().filter(|verdict| verdict.result() == wanted).count();
    blocks.push(paragraph(&format!(
        "Files looked at: {}. Nothing wrong: {}. Something wrong: {}. Could not be checked: {}.",
        verdicts.len(),
        count(Result::Verified),
        count(Result::Wrong),
        count(Result::Unchecked),
    )));
    let done = |code: Code| {
        let is_done =
            |check: &&Check| check.code == code && matches!(check.state, State::Passed | State::Failed | State::Partly);
        verdicts.iter().filter(|verdict| verdict.checks.iter().any(|check| is_done(&check))).count()
    };
    blocks.push(paragraph(&format!(
        "Of them, quotations were compared with their sources in {}, and {} were built again from their case.",
        done(Code::VerifySources),
        done(Code::VerifyRebuild),
    )));
    let mut room = MOST_FILES;
    for (result, title) in [
        (Result::Wrong, "Something is wrong with"),
        (Result::Unchecked, "Not everything could be checked of"),
        (Result::Verified, "Nothing that was checked is wrong with"),
    ] {
        let files: Vec<&FileVerdict> = verdicts.iter().filter(|verdict| verdict.result() == result).collect();
        if files.is_empty() {
            continue;
        }
        blocks.push(heading(title));
        let items: Vec<Vec<Block>> = files.iter().take(room).map(|verdict| vec![paragraph(&line(verdict))]).collect();
        let more = files.len() - items.len();
        room -= items.len();
        if !items.is_empty() {
            blocks.push(block(BlockKind::List { start: None, items }));
        }
        if more > 0 {
            blocks.push(paragraph(&format!("Further files: {more}.")));
        }
    }
}

/// A line for one of many files: its first error, or the reason for not checking it.
fn line(verdict: &FileVerdict) -> String {
    let open = verdict.checks.iter().find(|check| check.state == State::Impossible);
    let why = match verdict.result() {
        Result::Verified => None,
        Result::Unchecked => open.map(|check| told(check, verdict)),
        Result::Wrong => verdict.findings().next().map(|finding| finding.words.clone()),
    };
    short(&verdict.file) + &why.map(|why| format!(": {why}")).unwrap_or_default()
}

/// The words of a check, without the folders of the file.
fn told(check: &Check, verdict: &FileVerdict) -> String {
    check.says.replace(&verdict.file, &short(&verdict.file))
}

/// `1 June 2026`.
fn words(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

fn question(code: Code) -> &'static str {
    match code {
        Code::VerifyText => "Do the pages say what the file was made to say?",
        Code::VerifySources => "Do the quotations stand in the sources that it names?",
        Code::VerifyRebuild => "Does making it again give the same file?",
        _ => "Is the file as it was made?",
    }
}

/// The answer in plain words: the reader may know neither the program nor its options.
fn answer(check: &Check, verdict: &FileVerdict) -> String {
    let right = match check.code {
        Code::VerifyText => "every block of the text and every statement is as it was written, in order",
        Code::VerifySources => check.says.as_str(),
        Code::VerifyRebuild => "building it again from its case gives exactly the same file",
        _ => "it carries its list (the ledger), and its own checksum shows no byte that was changed or added since",
    };
    match check.state {
        State::Passed => format!("Yes: {right}."),
        State::Partly => format!("Yes, as far as it could be checked: {right}."),
        State::Failed => "No:".to_owned(),
        State::Impossible => format!("It could not be checked: {}.", told(check, verdict)),
        State::NotChecked => format!("It was not checked: {}.", not_checked(check.code, verdict)),
    }
}

fn not_checked(code: Code, verdict: &FileVerdict) -> &'static str {
    let digests = verdict.carried.as_ref().is_some_and(|carried| carried.extent == Extent::Digests);
    match code {
        Code::VerifyRebuild => {
            "it takes the file of the case, which stays with those who work on it; they can build the paper again and \
             compare the two"
        }
        Code::VerifySources if digests => {
            "such a paper carries nothing about its sources, on purpose, so that nobody is at risk for carrying it"
        }
        Code::VerifySources if verdict.carried.is_some() => "no copies of the sources were at hand",
        _ => "without the list that it should carry there is nothing to compare it with",
    }
}

/// The name of a file without its folders, which are private.
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
    block(BlockKind::Paragraph(vec![Inline::Text(words.replace('`', ""))]))
}

/// Replaces each character that cannot be printed, or could change the order of others, by a question mark.
fn make_plain(blocks: &mut [Block], printable: &dyn Fn(char) -> bool) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(content) => {
                for inline in content {
                    let Inline::Text(words) = inline else { continue };
                    *words = words.chars().map(|c| if is_plain(c) && printable(c) { c } else { '?' }).collect();
                }
            }
            BlockKind::List { items, .. } => items.iter_mut().for_each(|item| make_plain(item, printable)),
            _ => {}
        }
    }
}

/// True for a visible character of a script that is written from left to right.
fn is_plain(c: char) -> bool {
    let class = CodePointMapData::<BidiClass>::new().get(c);
    let backwards = matches!(class, BidiClass::RightToLeft | BidiClass::ArabicLetter | BidiClass::ArabicNumber);
    let kind = CodePointMapData::<GeneralCategory>::new().get(c);
    let seen = GeneralCategoryGroup::Letter
        .union(GeneralCategoryGroup::Number)
        .union(GeneralCategoryGroup::Punctuation)
        .union(GeneralCategoryGroup::Symbol);
    !backwards && (c == ' ' || seen.contains(kind))
}

fn block(kind: BlockKind) -> Block {
    Block { kind, origin: Origin::default() }
}
