//! The third check: every quotation of the ledger is in its source, at its place, word for word.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use super::{Check, Finding, State};
use crate::diag::Code;
use crate::disk::digest::hex;
use crate::render::ledger::{Carried, CarriedCitation, CarriedSource, Extent, Selector};
use crate::source::{Extractor, Locator};
use crate::text::{Canonical, Haystack, Quotation, QuotationVerdict};

/// The number of digits of a digest in messages: enough to identify a file.
const SHOWN: usize = 16;

/// The copies of sources that the user gave.
#[derive(Debug, Default)]
pub struct ArchiveCopies {
    /// True if the user named a folder.
    asked: bool,
    by_digest: BTreeMap<String, Vec<u8>>,
    /// The names of the files without their endings.
    names: BTreeSet<String>,
}

impl ArchiveCopies {
    /// The files of a folder: name and bytes.
    #[must_use]
    pub fn new(files: Vec<(String, Vec<u8>)>) -> Self {
        let mut copies = Self { asked: true, ..Self::default() };
        for (name, bytes) in files {
            copies.add(&name, bytes);
        }
        copies
    }

    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let digest = format!("sha256:{}", hex(&bytes));
        let name = name.rsplit('/').next().unwrap_or_default();
        self.names.insert(name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned());
        self.by_digest.insert(digest, bytes);
    }
}

/// Looks for every quotation in the copies inside the file, and in those of the user.
pub(super) fn check(carried: &Carried, attached: &[(String, Vec<u8>)], at_hand: &ArchiveCopies) -> Check {
    let not = |state, words: &str| Check::not(Code::VerifySources, state, words);
    if carried.extent == Extent::Digests {
        let why = "this paper carries nothing about its sources, so that nobody is at risk for carrying it; to compare it \
                   with them, build it again with `--case DIR`";
        return not(State::NotChecked, why);
    }
    if !at_hand.asked && attached.is_empty() {
        return not(State::NotChecked, "there are no copies to look into: name their folder with `--archive DIR`");
    }
    let mut own = ArchiveCopies::default();
    for (name, bytes) in attached {
        own.add(name, bytes.clone());
    }
    let mut looker = Looker { carried, own, at_hand, texts: BTreeMap::new(), tally: Tally::default() };
    for citation in carried.claims.iter().flat_map(|claim| &claim.citations) {
        looker.citation(citation);
    }
    looker.tally.check()
}

/// The results so far.
#[derive(Default)]
struct Tally {
    right: usize,
    /// The number of quotations that the paper leaves out.
    withheld: usize,
    /// Sources whose text was made from a file that is missing.
    without_original: BTreeSet<String>,
    /// Reasons for which other quotations could not be looked for.
    open: BTreeSet<String>,
    findings: Vec<Finding>,
}

impl Tally {
    fn check(self) -> Check {
        if !self.findings.is_empty() {
            return Check::of(Code::VerifySources, self.findings, String::new());
        }
        let mut says = format!("{} quotations stand where the ledger says, word for word", self.right);
        if self.withheld > 0 {
            let _ = write!(
                says,
                "; {} more were not checked, for the paper does not carry them: they hold names or numbers that it does \
                 not print",
                self.withheld
            );
        }
        if !self.without_original.is_empty() {
            let names = listed(&self.without_original);
            let _ = write!(says, "; the files from which the texts of {names} were made are not at hand");
        }
        if !self.open.is_empty() {
            let _ = write!(says, "; not checked: {}", listed(&self.open).replace(", ", "; "));
        }
        let is_whole = self.withheld == 0 && self.without_original.is_empty();
        let state = match (self.open.is_empty(), is_whole) {
            (false, _) => State::Impossible,
            (true, true) => State::Passed,
            (true, false) => State::Partly,
        };
        Check::not(Code::VerifySources, state, says)
    }

    fn wrong(&mut self, words: String) {
        let finding = Finding::new(Code::VerifySources, words);
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

struct Looker<'a> {
    carried: &'a Carried,
    own: ArchiveCopies,
    at_hand: &'a ArchiveCopies,
    /// The opened texts, by source; `None` if a copy cannot be read.
    texts: BTreeMap<&'a str, Option<Text>>,
    tally: Tally,
}

/// A copy of a source, split as its citations count.
struct Text {
    words: Haystack,
    /// The paragraphs of each page, from 0; empty if the copy has no pages.
    pages: Vec<Range<usize>>,
}

impl Text {
    /// Reads a copy in the way in which it was read for the paper.
    fn new(bytes: &[u8], extractor: &str) -> Option<Self> {
        let is_typed = extractor.split(' ').next() == Some(Extractor::PLAIN);
        let Canonical { paragraphs, pages } = Canonical::of_copy(std::str::from_utf8(bytes).ok()?, is_typed);
        let words = Haystack::new(paragraphs.into_iter().map(|paragraph| paragraph.text).collect());
        Some(Self { words, pages })
    }
}

impl<'a> Looker<'a> {
    fn citation(&mut self, citation: &CarriedCitation) {
        let Some(source) = self.carried.sources.iter().find(|source| source.id == citation.source) else {
            return self.tally.wrong(format!("the ledger cites `{}` and does not say what that is", citation.source));
        };
        let Some(selector) = &citation.selector else {
            self.tally.withheld += 1;
            return;
        };
        if !self.texts.contains_key(source.id.as_str()) {
            let text = self.open(source);
            self.texts.insert(&source.id, text);
        }
        let Some(Some(text)) = self.texts.get(source.id.as_str()) else { return };
        match compare(text, source, citation, selector) {
            Ok(()) => self.tally.right += 1,
            Err(words) => self.tally.wrong(words),
        }
    }

    /// The text of a source, if the copy used for the paper is available.
    fn open(&mut self, source: &'a CarriedSource) -> Option<Text> {
        let id = &source.id;
        let Some(digits) = source.digest.strip_prefix("sha256:") else {
            self.tally.open.insert(format!(
                "nobody can tell which copy of `{id}` was meant, its record had no `digest`: record one and build the \
                 paper again"
            ));
            return None;
        };
        self.original(source);
        let Some(bytes) = [&self.own, self.at_hand].into_iter().find_map(|copies| copies.by_digest.get(&source.digest))
        else {
            let digits = digits.get(..SHOWN).unwrap_or(digits);
            if self.at_hand.names.contains(&id.replace('/', "-")) {
                self.tally.wrong(format!(
                    "the copy of `{id}` is not the one against which the paper was made, and the one that it names (its \
                     SHA-256 begins with {digits}) is not at hand"
                ));
            } else {
                self.tally.open.insert(format!(
                    "there is no copy of `{id}`: put the file whose SHA-256 begins with {digits} into the folder"
                ));
            }
            return None;
        };
        let text = Text::new(bytes, &source.extractor);
        if text.is_none() {
            self.tally.wrong(format!("the copy of `{id}` is no text in UTF-8"));
        }
        text
    }

    /// Checks that the file from which a text was made is unchanged: an archive names it by its digest.
    fn original(&mut self, source: &CarriedSource) {
        let Some(digits) = source.original.strip_prefix("sha256:") else { return };
        if self.at_hand.by_digest.contains_key(&source.original) {
            return;
        }
        if self.at_hand.names.contains(digits) {
            let words = format!("the file from which the text of `{}` was made has been changed", source.id);
            self.tally.wrong(words);
        } else {
            self.tally.without_original.insert(format!("`{}`", source.id));
        }
    }
}

/// Looks for a quotation at its place.
fn compare(text: &Text, source: &CarriedSource, citation: &CarriedCitation, selector: &Selector) -> Result<(), String> {
    let told = format!("“{}” is not in `{}`, {}", selector.exact, source.id, citation.at);
    let Ok(quotation) = Quotation::parse(&selector.exact) else {
        return Err(format!("“{}” is too short to be a quotation", selector.exact));
    };
    let place = citation.at.parse::<Locator>().ok().and_then(|at| at.paragraphs(&text.pages));
    let Some(here) = place.filter(|here| !here.is_empty() && here.end <= text.words.len()) else {
        return Err(format!("{told}: its copy has no such place"));
    };
    match text.words.verify(&quotation, Some(here.start), &|index| here.contains(&index)) {
        QuotationVerdict::Verified(found) => {
            let paragraph = text.words.paragraph(found.paragraph).unwrap_or_default();
            let is_there = is_around(selector, paragraph, found.ranges.first(), found.ranges.last());
            let words = || format!("the words around “{}” are not those of `{}`", selector.exact, source.id);
            is_there.then_some(()).ok_or_else(words)
        }
        QuotationVerdict::Absent { .. } => Err(match text.words.verify(&quotation, Some(here.start), &|_| true) {
            QuotationVerdict::Verified(found) => {
                format!("{told}: it stands in {}", Locator::of(found.paragraph, &text.pages))
            }
            QuotationVerdict::Absent { nearest: Some(nearest) }
                if nearest.words_differing == 0 && nearest.has_reading_break =>
            {
                format!("{told}: the order in which these words are read there is not known")
            }
            QuotationVerdict::Absent { nearest: Some(nearest) } => {
                format!("{told}: {} words differ", nearest.words_differing)
            }
            QuotationVerdict::Absent { nearest: None } => told,
        }),
    }
}

fn listed(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// True if the words before and after a quotation are those of the paragraph.
fn is_around(
    selector: &Selector,
    paragraph: &str,
    first: Option<&std::ops::Range<usize>>,
    last: Option<&std::ops::Range<usize>>,
) -> bool {
    let before = first.and_then(|first| paragraph.get(..first.start)).unwrap_or_default();
    let after = last.and_then(|last| paragraph.get(last.end..)).unwrap_or_default();
    before.trim_end().ends_with(&selector.prefix) && after.trim_start().starts_with(&selector.suffix)
}
