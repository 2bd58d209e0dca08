//! The third check: every quotation of the ledger stands in its source, at its place, word for word.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Check, Finding, State};
use crate::diag::Code;
use crate::digest::hex;
use crate::ledger::{Carried, Citation, Extent, Selector, Source};
use crate::source::Locator;
use crate::text::{Canonical, Haystack, Quotation, Verdict};

/// Copies of sources that are at hand.
#[derive(Debug, Default)]
pub struct Copies {
    /// Whether a folder was named.
    asked: bool,
    by_digest: BTreeMap<String, Vec<u8>>,
    /// The digests by the name of the file without its ending.
    by_name: BTreeMap<String, String>,
}

impl Copies {
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
        let stem = name.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
        self.by_name.insert(stem.to_owned(), digest.clone());
        self.by_digest.insert(digest, bytes);
    }
}

/// Looks for every quotation in the copies that the file carries, and in those at hand.
pub(super) fn check(carried: &Carried, attached: &[(String, Vec<u8>)], at_hand: &Copies) -> Check {
    let not = |state, words: &str| Check::not(Code::VerifySources, state, words);
    if carried.extent == Extent::Digests {
        let why = "this paper carries nothing about its sources, so that nobody is at risk for carrying it; to compare it \
                   with them, build it again with `--case DIR`";
        return not(State::NotChecked, why);
    }
    if !at_hand.asked && attached.is_empty() {
        return not(State::NotChecked, "there are no copies to look into: name their folder with `--archive DIR`");
    }
    let mut own = Copies::default();
    for (name, bytes) in attached {
        own.add(name, bytes.clone());
    }
    let mut looker = Looker { carried, own, at_hand, texts: BTreeMap::new(), tally: Tally::default() };
    for citation in carried.claims.iter().flat_map(|claim| &claim.citations) {
        looker.citation(citation);
    }
    looker.tally.check()
}

/// What was found.
#[derive(Default)]
struct Tally {
    right: usize,
    /// Quotations that the paper does not carry.
    withheld: usize,
    /// Why others could not be looked for.
    open: Vec<String>,
    findings: Vec<Finding>,
}

impl Tally {
    fn check(mut self) -> Check {
        self.open.sort();
        self.open.dedup();
        let mut says = format!("{} quotations stand where the ledger says, word for word", self.right);
        if self.withheld > 0 {
            let _ = write!(says, "; {} are not carried by the paper and were not checked", self.withheld);
        }
        if !self.open.is_empty() {
            let _ = write!(says, "; not checked: {}", self.open.join("; "));
        }
        let state = match (self.findings.is_empty(), self.open.is_empty(), self.withheld) {
            (false, ..) => State::Failed,
            (true, false, _) => State::Impossible,
            (true, true, 0) => State::Passed,
            (true, true, _) => State::Partly,
        };
        Check { code: Code::VerifySources, state, says, findings: self.findings }
    }
}

struct Looker<'a> {
    carried: &'a Carried,
    own: Copies,
    at_hand: &'a Copies,
    /// The texts that were opened, by digest; `None` where a copy is no plain text.
    texts: BTreeMap<String, Option<Haystack>>,
    tally: Tally,
}

impl Looker<'_> {
    fn citation(&mut self, citation: &Citation) {
        let Some(source) = self.carried.sources.iter().find(|source| source.id == citation.source) else {
            return self.wrong(format!("the ledger cites `{}` and does not say what that is", citation.source));
        };
        let Some(selector) = &citation.selector else {
            self.tally.withheld += 1;
            return;
        };
        let Some(digest) = self.copy(source) else { return };
        let Ok(Locator::Para(number)) = citation.at.parse() else {
            return self.tally.open.push(format!("`{}`: {} counts in pages", source.id, citation.at));
        };
        let Ok(quotation) = Quotation::parse(&selector.exact) else {
            return self.wrong(format!("“{}” is too short to be a quotation", selector.exact));
        };
        let Some(Some(text)) = self.texts.get(&digest) else {
            return self.tally.open.push(format!("the copy of `{}` is no plain text", source.id));
        };
        let told = format!("“{}” is not in `{}`, {}", selector.exact, source.id, citation.at);
        match text.verify(&quotation, number.checked_sub(1), &|_| true) {
            Verdict::Verified(found) if found.paragraph + 1 != number => {
                self.wrong(format!("{told}: it stands in para {}", found.paragraph + 1));
            }
            Verdict::Verified(found) => {
                let paragraph = text.paragraph(found.paragraph).unwrap_or_default();
                if is_around(selector, paragraph, found.ranges.first(), found.ranges.last()) {
                    self.tally.right += 1;
                } else {
                    self.wrong(format!("the words around “{}” are not those of `{}`", selector.exact, source.id));
                }
            }
            Verdict::Absent { nearest } => {
                let differ = nearest.map(|nearest| format!(": {} words differ", nearest.words_differing));
                self.wrong(told + &differ.unwrap_or_default());
            }
        }
    }

    /// The digest of the copy of a source, its text opened.
    fn copy(&mut self, source: &Source) -> Option<String> {
        if source.digest.is_empty() {
            self.tally.open.push(format!("no digest of the copy of `{}` is known", source.id));
            return None;
        }
        if source.extractor != "plain 1" {
            self.tally.open.push(format!("the text of `{}` was made by `{}`", source.id, source.extractor));
            return None;
        }
        let Some(bytes) = [&self.own, self.at_hand].into_iter().find_map(|copies| copies.by_digest.get(&source.digest))
        else {
            if self.at_hand.by_name.contains_key(&source.id) {
                self.wrong(format!("the copy of `{}` is not the one against which the paper was made", source.id));
            } else {
                self.tally.open.push(format!("there is no copy of `{}`", source.id));
            }
            return None;
        };
        self.texts.entry(source.digest.clone()).or_insert_with(|| {
            let text = std::str::from_utf8(bytes).ok()?;
            let paragraphs = Canonical::from_plain(text).paragraphs;
            Some(Haystack::new(paragraphs.into_iter().map(|paragraph| paragraph.text).collect()))
        });
        Some(source.digest.clone())
    }

    fn wrong(&mut self, words: String) {
        let finding = Finding::new(Code::VerifySources, words);
        if !self.tally.findings.contains(&finding) {
            self.tally.findings.push(finding);
        }
    }
}

/// Whether the words before and after a quotation are those of the paragraph.
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
