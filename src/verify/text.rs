//! The second check: the pages have exactly the words of the ledger, in order, and no others.

use super::{Check, Finding};
use crate::diag::Code;
use crate::document::words::{Token, words};
use crate::render::format::Finished;
use crate::render::ledger::{Carried, CarriedPassage, digest, passage, running};
use crate::render::reading::{Page, Reading};

/// The number of words in a finding.
const SHOWN: usize = 8;

/// Compares the pages with the ledger.
pub(super) fn check(file: &dyn Finished, carried: &Carried) -> Check {
    let mut findings = Vec::new();
    match file.reading() {
        Ok(reading) => compare(file, &reading, carried, &mut findings),
        Err(why) => findings.push(format!("the pages cannot be read: {why}")),
    }
    let says = format!("{} passages and {} claims stand there, in order", carried.text.len(), carried.claims.len());
    let findings = findings.into_iter().map(|words| Finding::new(Code::VerifyText, words)).collect();
    Check::of(Code::VerifyText, findings, says)
}

fn compare(file: &dyn Finished, reading: &Reading, carried: &Carried, findings: &mut Vec<String>) {
    findings.extend(passages(&reading.tokens, &carried.text));
    findings.extend(claims(&reading.tokens, carried));
    findings.extend(reading.doubtful.iter().map(|what| format!("the words may not be those that are seen: {what}")));
    if !reading.stray.trim().is_empty() {
        findings.push(format!("words outside the text: “{}”", reading.stray.trim()));
    }
    if !reading.visits.iter().copied().eq(1..=reading.pages.len()) {
        findings.push("the pages are not in the order of the text".to_owned());
    }
    let count = reading.pages.len();
    let marks = (1..).zip(&reading.pages).filter_map(|(number, page)| furniture(number, count, page, carried));
    findings.extend(marks);
    let said = squeezed(&running(&reading.tokens));
    let outline = file.outline();
    let strange = outline.iter().filter(|title| !said.contains(&words(title).concat()));
    findings.extend(strange.map(|title| format!("the outline says “{title}”, and no page does")));
    // Changed words change the markup too, and are told already.
    if findings.is_empty() && reading.markup != carried.markup {
        let seen = "words may be hidden, in another order, or in another list, cell or note";
        findings.push(format!("the markup is not that of the ledger: {seen}"));
    }
}

fn squeezed(words: &[&str]) -> String {
    words.concat()
}

/// Compares passage by passage. After a difference it continues with the next passage that is found again, so that each
/// change is reported at its own place.
fn passages(tokens: &[Token], wanted: &[CarriedPassage]) -> Vec<String> {
    let mut found = Vec::new();
    let (mut at, mut index) = (0, 0);
    while let Some(next) = wanted.get(index) {
        if is(tokens, at, next) {
            at += next.lines;
            index += 1;
            continue;
        }
        let again = again(tokens, at, &wanted[index..]);
        let (skipped, place) = again.unwrap_or((wanted.len() - index, tokens.len()));
        let (here, there) = (shown(&tokens[at.min(place)..place]), index + 1);
        found.push(match (skipped, here.is_empty()) {
            (0, _) => format!("before passage {there} stands what the ledger does not have: {here}"),
            (_, true) => format!("passage {there} of the ledger is not on the pages"),
            (1, false) => format!("passage {there} is not as the ledger has it; the pages say: {here}"),
            (_, false) => {
                format!("passages {there} to {} are not as the ledger has them; the pages say: {here}", index + skipped)
            }
        });
        at = place;
        index += skipped;
    }
    if at < tokens.len() {
        found.push(format!("behind the last passage stands what the ledger does not have: {}", shown(&tokens[at..])));
    }
    found
}

fn is(tokens: &[Token], at: usize, wanted: &CarriedPassage) -> bool {
    let end = at.checked_add(wanted.lines);
    end.and_then(|end| tokens.get(at..end)).is_some_and(|piece| wanted.lines > 0 && passage(piece) == *wanted)
}

/// The number of passages to skip, and the start of the one after them: the nearest such place. Only a few are tried,
/// and only nearby, because each needs a digest for each word.
fn again(tokens: &[Token], from: usize, wanted: &[CarriedPassage]) -> Option<(usize, usize)> {
    const TRIED: usize = 6;
    const FAR: usize = 400;
    // A changed word does not change the length of the passage.
    let behind = from.saturating_add(wanted.first()?.lines);
    if wanted.get(1).is_some_and(|next| is(tokens, behind, next)) {
        return Some((1, behind));
    }
    let mut nearest: Option<(usize, usize)> = None;
    for (skipped, next) in wanted.iter().enumerate().take(TRIED) {
        let end = nearest.map_or(tokens.len().min(from + FAR), |(_, place)| place);
        let found = (from..end).find(|at| is(tokens, *at, next));
        nearest = found.map(|at| (skipped, at)).or(nearest);
    }
    nearest
}

fn shown(tokens: &[Token]) -> String {
    let mut words: Vec<&str> = running(tokens);
    let more = words.len() > SHOWN;
    words.truncate(SHOWN);
    match words.as_slice() {
        [] if tokens.is_empty() => String::new(),
        [] => "the number of an item or a note".to_owned(),
        words => format!("“{}{}”", words.join(" "), if more { " …" } else { "" }),
    }
}

/// Checks that each claim is at the place in the ledger, in order.
fn claims(tokens: &[Token], carried: &Carried) -> Vec<String> {
    let running = running(tokens);
    let mut found = Vec::new();
    let mut last = 0;
    for claim in &carried.claims {
        let end = claim.at.checked_add(claim.words);
        let here = end.and_then(|end| running.get(claim.at..end)).unwrap_or_default();
        let said = words(&claim.text).concat();
        if digest(here) != claim.sha256 || !squeezed(here).contains(&said) {
            let name = if claim.id.is_empty() { String::new() } else { format!(" `{}`", claim.id) };
            let place = claim.at.saturating_add(1);
            found.push(format!("the {}{name} that the ledger has at word {place} does not stand there", claim.kind));
        }
        if claim.at < last {
            found.push(format!("the ledger has its claims in another order than the pages ({})", claim.kind));
        }
        last = claim.at;
    }
    found
}

/// Errors in the header, footer and marks of a page: they must be those of the ledger, with the page number in each
/// footer.
fn furniture(number: usize, count: usize, page: &Page, carried: &Carried) -> Option<String> {
    let marks = &carried.marks;
    let mut rest = words(&page.furniture).concat();
    let mark = format!("{number}/{count}");
    let lines = marks.footer.iter().map(|line| (line, marks.feet)).chain(marks.draft.iter().map(|line| (line, 2)));
    for (line, times) in lines {
        let squeezed = words(line).concat();
        for _ in 0..times {
            if squeezed.is_empty() {
                continue;
            }
            if !rest.contains(&squeezed) {
                return Some(format!("page {number} lacks the mark “{line}”"));
            }
            rest = rest.replacen(&squeezed, " ", 1);
        }
    }
    // One table head may begin with another.
    let mut heads: Vec<String> = marks.table_heads.iter().map(|head| words(head).concat()).collect();
    heads.sort_by_key(|head| std::cmp::Reverse(head.len()));
    for squeezed in heads {
        rest = if squeezed.is_empty() { rest } else { rest.replace(&squeezed, " ") };
    }
    // A point separates parts of the footer on one line.
    let rest = words(&rest).concat().replace('·', "");
    let (feet, other) = (rest.matches(&mark).count(), rest.replace(&mark, ""));
    if !other.is_empty() {
        return Some(format!("page {number} of {count} has a mark that the ledger does not have: “{other}”"));
    }
    let told = marks.feet;
    (feet != told)
        .then(|| format!("page {number} of {count} bears its number {feet} times, and the ledger says {told}"))
}
