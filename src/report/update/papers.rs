//! The papers that change, and their changes.

use super::words::{Diff, diff};
use crate::document::{BlockKind, Document};
use crate::render::markdown::markdown;

/// The change of one paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperFate {
    /// It can be made now.
    New,
    /// It can no longer be made.
    Gone,
    /// Its words are unchanged.
    Same,
    /// Its words have changed: a line for each passage.
    Changed(Vec<String>),
}

/// Compares each paper of both sides, by its name.
#[must_use]
pub fn compare(before: &[Document], after: &[Document]) -> Vec<(String, PaperFate)> {
    let find = |all: &'_ [Document], name: &str| all.iter().find(|document| document.name == name).map(text);
    let mut fates: Vec<(String, PaperFate)> = Vec::new();
    for document in after {
        let fate = match find(before, &document.name) {
            None => PaperFate::New,
            Some(old) => match diff(&old, &text(document)) {
                Diff::Same => PaperFate::Same,
                Diff::Changed(_) if repeats_a_letter(document) => {
                    PaperFate::Changed(vec!["(it repeats its letter in two languages: see there)".to_owned()])
                }
                Diff::Changed(lines) => PaperFate::Changed(lines),
            },
        };
        fates.push((document.name.clone(), fate));
    }
    let is_gone = |document: &&Document| after.iter().all(|other| other.name != document.name);
    fates.extend(before.iter().filter(is_gone).map(|document| (document.name.clone(), PaperFate::Gone)));
    fates.sort_by(|a, b| a.0.cmp(&b.0));
    fates
}

fn repeats_a_letter(document: &Document) -> bool {
    document.blocks.iter().any(|block| matches!(block.kind, BlockKind::SideBySide(_)))
}

/// The words of a paper as Markdown, without its notes: the numbers of notes change with every fact, and their sources
/// are reported with the facts.
fn text(document: &Document) -> String {
    let bare = Document { notes: Vec::new(), ..document.clone() };
    let whole = markdown(&bare);
    let mut out = String::with_capacity(whole.len());
    let mut rest = whole.as_str();
    while let Some((before, after)) = rest.split_once("[^") {
        out.push_str(before);
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        rest = match after[digits..].strip_prefix(']') {
            Some(behind) if digits > 0 => behind,
            _ => {
                out.push_str("[^");
                after
            }
        };
    }
    out + rest
}
