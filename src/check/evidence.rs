//! Looks for each quotation in its source, at the place of the citation: in a copy if there is one, else in the lock.
//!
//! Copies are read one by one, compared with all quotations from them, and dropped. Only the digest and the cited
//! paragraphs of each are kept, so that the need of memory depends on the largest copy, not on all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::copy;
use super::quotation::QuotationComparer;
use super::reread;
use super::support::Support;
use crate::case::load::{Archive, Loaded};
use crate::case::{Case, Citation};
use crate::diag::{Code, Diagnostic, Failure, Place};
use crate::disk::Digest;
use crate::disk::pool;
use crate::document::{Cited, Verdict};
use crate::reference::Name;
use crate::source::{CopyText, Extractor, Fingerprint, Locator, Lock, Locked, Record};
use crate::text;

/// The number of copies that are read at a time.
const AT_A_TIME: usize = 2;

/// The result for each citation.
#[derive(Debug, Default)]
pub struct Evidence {
    supports: BTreeMap<Key, Support>,
    /// The cited paragraphs, if there is a copy.
    paragraphs: BTreeMap<Key, Arc<str>>,
    /// The recorded digests.
    digests: BTreeMap<String, Option<Digest>>,
    extractors: BTreeMap<String, Extractor>,
    /// The digests of the copies that were read.
    copies: BTreeMap<String, Digest>,
    /// For each copy that was read: the persons for whom the papers are written and whom it names.
    named: BTreeMap<String, BTreeSet<String>>,
}

type Key = (String, Locator, String);

fn key(citation: &Citation) -> Key {
    (citation.source.clone(), citation.at, citation.quote.value.clone())
}

/// The result of reading one copy.
struct Looked {
    digest: Option<Digest>,
    problems: Vec<Diagnostic>,
    citations: Vec<Compared>,
    named: BTreeSet<String>,
}

/// A citation, compared with the copy.
struct Compared {
    /// Its index among all citations of the case, from 0.
    index: usize,
    support: Support,
    paragraph: Option<Arc<str>>,
    problems: Vec<Diagnostic>,
}

/// All citations by source, each with its index among all citations of the case.
type BySource<'a> = BTreeMap<&'a str, Vec<(usize, &'a Citation)>>;

impl Evidence {
    /// Looks for every quotation of the case.
    ///
    /// # Errors
    /// A copy cannot be read.
    pub fn gather(case: &Case, loaded: &Loaded, strict: bool) -> Result<(Self, Vec<Diagnostic>), Failure> {
        let mut evidence = Self::default();
        for record in case.records().values() {
            evidence.digests.insert(record.id.clone(), record.digest.as_ref().map(|digest| digest.value));
            evidence.extractors.insert(record.id.clone(), record.extractor.clone());
        }
        let citations: Vec<&Citation> = case.citations().into_iter().map(|(_, citation)| citation).collect();
        let mut by_source = BySource::new();
        for (index, citation) in citations.iter().enumerate() {
            by_source.entry(&citation.source).or_default().push((index, citation));
        }
        let records: Vec<&Record> = case.records().values().collect();
        let looked = pool::in_order(&records, AT_A_TIME, |record| {
            let comparer = QuotationComparer { case, loaded, strict, problems: Vec::new() };
            look(record, by_source.get(record.id.as_str()).map_or(&[], Vec::as_slice), comparer)
        });
        let mut problems: Vec<Diagnostic> = no_archive(loaded, strict).into_iter().collect();
        let mut compared = Vec::new();
        for (record, looked) in records.iter().zip(looked) {
            let looked = looked?;
            evidence.copies.extend(looked.digest.map(|digest| (record.id.clone(), digest)));
            problems.extend(looked.problems);
            evidence.named.insert(record.id.clone(), looked.named);
            compared.extend(looked.citations);
        }
        compared.sort_by_key(|compared| compared.index);
        for one in compared {
            let key = key(citations[one.index]);
            evidence.paragraphs.extend(one.paragraph.map(|paragraph| (key.clone(), paragraph)));
            evidence.supports.entry(key).or_insert(one.support);
            problems.extend(one.problems);
        }
        Ok((evidence, problems))
    }

    /// The support that was found for a citation.
    #[must_use]
    pub fn support(&self, citation: &Citation) -> &Support {
        self.supports.get(&key(citation)).unwrap_or(&Support::Unchecked)
    }

    /// The paragraph a citation points to; `None` without a copy.
    #[must_use]
    pub fn paragraph(&self, citation: &Citation) -> Option<&str> {
        self.paragraphs.get(&key(citation)).map(AsRef::as_ref)
    }

    /// True if the copy of a source names this person, for whom the papers are written.
    pub(super) fn names(&self, source: &str, person: &str) -> bool {
        self.named.get(source).is_some_and(|named| named.contains(person))
    }

    /// The digest of each copy that was looked into, by source.
    #[must_use]
    pub fn copies(&self) -> &BTreeMap<String, Digest> {
        &self.copies
    }

    /// A citation as the ledger shows it.
    #[must_use]
    pub fn cited(&self, citation: &Citation) -> Cited {
        let (verdict, tier) = match self.support(citation) {
            Support::Now(found) => (Verdict::Verified, found.tier.name().to_owned()),
            Support::Locked(locked) => (Verdict::Locked, locked.tier.clone()),
            Support::Unchecked => (Verdict::NotCheckable, String::new()),
            Support::Failed => (Verdict::Absent, String::new()),
        };
        let digest = self.digests.get(&citation.source).copied().flatten();
        Cited {
            source: citation.source.clone(),
            locator: citation.at.to_string(),
            quote: citation.quote.value.clone(),
            verdict,
            tier,
            digest: digest.map(|digest| digest.to_string()).unwrap_or_default(),
        }
    }

    /// The numbers of citations that are verified now, locked, unchecked and failed, in words.
    #[must_use]
    pub fn summary(&self, case: &Case) -> String {
        let mut counts = [0usize; 4];
        for (_, citation) in case.citations() {
            counts[match self.support(citation) {
                Support::Now(_) => 0,
                Support::Locked(_) => 1,
                Support::Unchecked => 2,
                Support::Failed => 3,
            }] += 1;
        }
        let words = ["verified now", "verified before (lock)", "not checkable", "wrong"];
        let parts: Vec<String> = counts
            .iter()
            .zip(words)
            .filter(|(count, _)| **count > 0)
            .map(|(count, words)| format!("{count} {words}"))
            .collect();
        if parts.is_empty() { "nothing to verify".to_owned() } else { parts.join(", ") }
    }

    /// A lock of the citations that were verified now. Citations that could not be checked keep their old entry. An
    /// unchanged entry keeps its day, so that a lock changes only with its content.
    #[must_use]
    pub fn lock(&self, on: chrono::NaiveDate, before: &Lock) -> Lock {
        let locked = self.supports.iter().filter_map(|((source, at, quote), support)| match support {
            Support::Now(found) => {
                let now = Locked {
                    source: source.clone(),
                    at: *at,
                    quote: Fingerprint::of(quote),
                    verdict: "verified".to_owned(),
                    tier: found.tier.name().to_owned(),
                    paragraph: found.paragraph + 1,
                    checked: on,
                    copy: self.digests.get(source).copied().flatten()?,
                    extractor: self.extractors.get(source)?.clone(),
                    normaliser: text::fold::VERSION,
                };
                let same = |old: &&Locked| Locked { checked: on, ..(*old).clone() } == now;
                Some(before.find(source, *at, quote).filter(same).cloned().unwrap_or(now))
            }
            Support::Locked(locked) => Some(locked.clone()),
            Support::Unchecked | Support::Failed => None,
        });
        locked.collect()
    }
}

/// Reports that there is no copy at all, with the reason.
fn no_archive(loaded: &Loaded, strict: bool) -> Option<Diagnostic> {
    let here = Place::file(loaded.case_file.clone());
    match &loaded.archive {
        Archive::Folder(_) => None,
        Archive::Missing(folder) => {
            let words = format!("there is no archive folder `{}`", folder.display());
            Some(
                Diagnostic::error(Code::SourceArchiveMissing, here, words)
                    .hint("check the spelling of `--archive`, or leave it out: then the lock speaks"),
            )
        }
        Archive::None => {
            let words = "no copies of the sources are at hand: quotations are taken as the lock remembers them";
            let hint = "name the folder of the copies with `--archive DIR` to verify them now";
            let make = if strict { Diagnostic::error } else { Diagnostic::note };
            Some(make(Code::SourceArchiveMissing, here, words.to_owned()).hint(hint))
        }
    }
}

/// Reads one copy and compares all quotations from it.
fn look(record: &Record, citations: &[(usize, &Citation)], mut comparer: QuotationComparer) -> Result<Looked, Failure> {
    let mut problems = Vec::new();
    let archive = &comparer.loaded.archive;
    let (digest, text) = match archive {
        Archive::Folder(_) => copy::look(archive, record, comparer.strict, &mut problems)?,
        Archive::Missing(_) | Archive::None => (None, None),
    };
    problems.extend(reread::compare(archive, record, text.as_ref(), citations));
    let mut kept = BTreeMap::new();
    let compare = |(index, citation): &(usize, &Citation)| {
        let support = comparer.support(text.as_ref(), citation);
        let number = text.as_ref().and_then(|text| cited_paragraph(text, citation, &support));
        let paragraph = text.as_ref().zip(number).and_then(|(text, number)| paragraph(text, number, &mut kept));
        Compared { index: *index, support, paragraph, problems: std::mem::take(&mut comparer.problems) }
    };
    let citations = citations.iter().map(compare).collect();
    let named = text.as_ref().map(|text| victims_in(text, comparer.case)).unwrap_or_default();
    Ok(Looked { digest, problems, citations, named })
}

/// The persons for whom the papers are written and whom a copy names, by the last word of any of their names.
fn victims_in(text: &CopyText, case: &Case) -> BTreeSet<String> {
    let paragraphs: Vec<&str> = (0..text.haystack.len()).filter_map(|number| text.haystack.paragraph(number)).collect();
    let is_named = |id: &&String| {
        let named = case.names().get(*id);
        let spelled = named.iter().flat_map(|named| named.variants.iter().chain(&named.slips));
        let spelled = spelled.map(|spelling| spelling.spelling.value.as_str());
        let forms = named.iter().flat_map(|named| named.names.values()).flat_map(Name::forms);
        let last = |name: &str| name.split(' ').next_back().map(str::to_owned);
        forms.chain(spelled).filter_map(last).any(|last| paragraphs.iter().any(|text| text.contains(&last)))
    };
    case.victims().iter().filter(is_named).cloned().collect()
}

/// The paragraph, from 0, in which a citation was found, or to which it points.
fn cited_paragraph(text: &CopyText, citation: &Citation, support: &Support) -> Option<usize> {
    match support {
        Support::Now(found) => Some(found.paragraph),
        _ => citation.at.paragraphs(&text.pages)?.next(),
    }
}

/// The text of a paragraph, from 0; it is kept once even if it is cited often.
fn paragraph(text: &CopyText, number: usize, kept: &mut BTreeMap<usize, Arc<str>>) -> Option<Arc<str>> {
    let words = text.haystack.paragraph(number)?;
    Some(kept.entry(number).or_insert_with(|| words.into()).clone())
}
