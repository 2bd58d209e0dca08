//! The fourth check: building the same case again gives the same bytes; else the differences are reported.

use std::collections::BTreeMap;

use super::{Check, Finding, State, open};
use crate::diag::Code;
use crate::document::PaperSize;
use crate::render::formats;
use crate::render::ledger::{Carried, CarriedClaim};

/// The result of building the paper again.
#[derive(Debug)]
pub enum Rebuilt {
    /// It was built.
    Bytes(Vec<u8>),
    /// The case makes no such paper.
    NoSuchPaper,
    /// The case could not be built, with the reason.
    Impossible(String),
}

/// The options of the order for a paper, as far as the file shows them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ordered {
    /// The date for which it was made.
    pub as_of: String,
    /// True if facts count from the day on which they happened.
    pub event_clock: bool,
    /// True for a sheet of US Letter, or an envelope for one.
    pub us_letter: bool,
    /// True if copies of sources are attached.
    pub attach_sources: bool,
    /// True for large print.
    pub large_print: bool,
    /// The number of sheets or cards that people can sign.
    pub copies: Option<usize>,
    /// Its template: only that one need be built.
    pub template: String,
    /// The format of the file.
    pub format: String,
}

/// Reads the options of its order from a file.
#[must_use]
pub fn ordered(bytes: &[u8], carried: &Carried) -> Ordered {
    let format = formats::of(bytes);
    let file = format.and_then(|format| format.open(bytes).ok());
    let pages = file.and_then(|file| file.reading().ok()).map(|reading| reading.pages);
    let first = pages.as_ref().and_then(|pages| pages.first());
    let (width, height) = first.map(|page| (page.width, page.height)).unwrap_or_default();
    // A sheet to sign is printed in landscape.
    let is = |paper: PaperSize| [width, height].iter().any(|side| (paper.size().0 - side).abs() < 1.0);
    Ordered {
        as_of: carried.document.as_of.clone(),
        event_clock: carried.document.clock == "event",
        us_letter: is(PaperSize::UsLetter) || is(PaperSize::No10),
        attach_sources: !carried.attached.is_empty(),
        copies: carried.document.copies,
        large_print: carried.document.name.ends_with(".large-print"),
        template: carried.document.template.clone(),
        format: format.map_or("pdf", |format| format.name()).to_owned(),
    }
}

/// Compares a file with the result of building it again.
#[must_use]
pub fn check(bytes: &[u8], carried: &Carried, rebuilt: &Rebuilt) -> Check {
    let ours = match rebuilt {
        Rebuilt::Bytes(ours) => ours,
        Rebuilt::NoSuchPaper => {
            let words = format!("the case makes no paper `{}` on {}", carried.document.name, carried.document.as_of);
            return Check::of(Code::VerifyRebuild, vec![Finding::new(Code::VerifyRebuild, words)], String::new());
        }
        Rebuilt::Impossible(why) => return Check::not(Code::VerifyRebuild, State::Impossible, why.clone()),
    };
    if ours == bytes {
        return Check::of(Code::VerifyRebuild, Vec::new(), "building it again gives the same bytes".to_owned());
    }
    let Some(ours) = open(ours).carried else {
        return Check::not(Code::VerifyRebuild, State::Impossible, "the paper that was built again has no ledger");
    };
    let other_release = carried.made_with.cargo_lock != ours.made_with.cargo_lock;
    let mut differs = differences(carried, &ours);
    if other_release && differs.is_empty() {
        let why = format!(
            "it was made by another release ({}; this is {}), which may set the same words in other bytes",
            carried.made_with.amparo, ours.made_with.amparo
        );
        return Check::not(Code::VerifyRebuild, State::Impossible, why);
    }
    if differs.is_empty() {
        differs.push(
            "the ledgers are the same and the files are not: letters, pictures or the file itself differ".to_owned(),
        );
    }
    let findings = differs.into_iter().map(|words| Finding::new(Code::VerifyRebuild, words)).collect();
    Check::of(Code::VerifyRebuild, findings, String::new())
}

fn differences(theirs: &Carried, ours: &Carried) -> Vec<String> {
    let mut out = Vec::new();
    let (made, now) = (&theirs.made_with, &ours.made_with);
    let parts = [
        (made.template != now.template, "the template has changed"),
        (made.layout != now.layout, "the layout has changed"),
        (made.reference != now.reference, "directory, law, languages or style of citation have changed"),
        (theirs.extent != ours.extent, "the ledger tells more or less"),
        (theirs.document != ours.document, "name, title, date, clock or audience are others"),
        (theirs.marks != ours.marks, "the lines at the foot of the pages, or the mark of a draft, are others"),
        (theirs.sources != ours.sources, "the records of the sources have changed"),
        (theirs.attached != ours.attached, "other copies of sources are attached"),
    ];
    out.extend(parts.into_iter().filter(|(differs, _)| *differs).map(|(_, words)| words.to_owned()));
    out.extend(claims(theirs, ours));
    if theirs.text != ours.text && out.is_empty() {
        let pairs = theirs.text.iter().zip(&ours.text).filter(|(theirs, ours)| theirs != ours).count();
        let more = theirs.text.len().abs_diff(ours.text.len());
        out.push(format!("the words of the pages differ, in {} passages", pairs + more));
    }
    out
}

/// Claims that only one of them has, and those with other grounds or citations.
fn claims(theirs: &Carried, ours: &Carried) -> Vec<String> {
    // One id may have several wordings. Their positions do not matter here.
    let named = |carried: &Carried| {
        let mut named: BTreeMap<String, Vec<CarriedClaim>> = BTreeMap::new();
        for claim in carried.claims.iter().filter(|claim| !claim.id.is_empty()) {
            named.entry(claim.id.clone()).or_default().push(CarriedClaim { at: 0, ..claim.clone() });
        }
        named
    };
    let (before, now) = (named(theirs), named(ours));
    let gone = before.keys().filter(|id| !now.contains_key(*id)).map(|id| format!("`{id}` is no longer in it"));
    let new = now.keys().filter(|id| !before.contains_key(*id)).map(|id| format!("`{id}` is new in it"));
    let changed = now.iter().filter_map(|(id, now)| {
        let before = before.get(id)?;
        let words = |claims: &[CarriedClaim]| claims.iter().map(|claim| claim.text.clone()).collect::<Vec<_>>();
        let what = if words(before) == words(now) { "rests on something else" } else { "has other words" };
        (before != now).then(|| format!("`{id}` {what}"))
    });
    gone.chain(new).chain(changed).collect()
}
