//! Is each quotation in its source, where the citation says? Now, against a copy; else as the lock remembers it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::case::{Case, Citation};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::Cited;
use crate::extract::Format;
use crate::load::{Archive, Loaded};
use crate::reference::{List, Reference};
use crate::source::{Digest, Extractor, Fingerprint, Locator, Lock, Locked, Record};
use crate::text::meaning::{self, Lists, Prompt, PromptKind};
use crate::text::{self, Canonical, Found, Haystack, Nearest, Quotation, Verdict};

/// The most words a phrase should have: enough to find the place, short enough to be a quotation.
const MOST_WORDS: usize = 12;

/// How far a citation can be relied on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Support {
    /// Found in the copy, now.
    Now(Found),
    /// Found before, against a copy with the recorded digest.
    Locked(Locked),
    /// There is no copy, and the lock does not know this citation.
    Unchecked,
    /// The copy does not say so.
    Failed,
}

/// For each citation, what it was found to be.
#[derive(Debug, Default)]
pub struct Evidence {
    supports: BTreeMap<Key, Support>,
    digests: BTreeMap<String, Option<Digest>>,
    extractors: BTreeMap<String, Extractor>,
    texts: BTreeMap<String, Haystack>,
    /// Of each copy with pages, the paragraphs of each page, from 0.
    pages: BTreeMap<String, Vec<Range<usize>>>,
}

type Key = (String, Locator, String);

fn key(citation: &Citation) -> Key {
    (citation.source.clone(), citation.at, citation.quote.value.clone())
}

impl Evidence {
    /// Looks for every quotation of the case.
    #[must_use]
    pub fn gather(case: &Case, loaded: &Loaded, reference: &Reference, strict: bool) -> (Self, Vec<Diagnostic>) {
        let mut evidence = Self::default();
        let mut problems = Vec::new();
        for record in case.records().values() {
            evidence.digests.insert(record.id.clone(), record.digest.as_ref().map(|digest| digest.value));
            evidence.extractors.insert(record.id.clone(), record.extractor.clone());
        }
        evidence.open_archive(case, loaded, strict, &mut problems);
        let mut gatherer = Gatherer { case, reference, lock: &loaded.lock, loaded, strict, problems };
        for (_, citation) in case.citations() {
            let support = gatherer.support(&evidence, citation);
            evidence.supports.entry(key(citation)).or_insert(support);
        }
        (evidence, gatherer.problems)
    }

    fn open_archive(&mut self, case: &Case, loaded: &Loaded, strict: bool, problems: &mut Vec<Diagnostic>) {
        let here = Place::file(loaded.case_file.clone());
        let copies = match &loaded.archive {
            Archive::Folder(_, copies) => copies,
            Archive::Missing(folder) => {
                let words = format!("there is no archive folder `{}`", folder.display());
                problems.push(
                    Diagnostic::error(Code::SourceArchiveMissing, here, words)
                        .hint("check the spelling of `--archive`, or leave it out: then the lock speaks"),
                );
                return;
            }
            Archive::None => {
                let words = "no copies of the sources are at hand: quotations are taken as the lock remembers them";
                let hint = "name the folder of the copies with `--archive DIR` to verify them now";
                let make = if strict { Diagnostic::error } else { Diagnostic::note };
                problems.push(make(Code::SourceArchiveMissing, here, words.to_owned()).hint(hint));
                return;
            }
        };
        for record in case.records().values() {
            problems.extend(original(record, loaded, strict));
            problems.extend(other_extractor(record));
            match copies.get(&record.id).and_then(Option::as_ref) {
                Some(bytes) => self.open_copy(record, bytes, problems),
                None => problems.push(no_copy(record, strict)),
            }
        }
    }

    fn open_copy(&mut self, record: &Record, bytes: &Arc<[u8]>, problems: &mut Vec<Diagnostic>) {
        let found = Digest::of(bytes);
        match &record.digest {
            Some(recorded) if recorded.value != found => {
                let words = format!("the copy of `{}` is not the one that was recorded", record.id);
                problems.push(
                    Diagnostic::error(Code::SourceDigestDiffers, recorded.place.clone(), words)
                        .label("recorded here")
                        .with_note(format!("the copy has {found}"))
                        .hint("find the recorded copy; or, if the source has changed, compare each quotation with `amparo source recheck` and record the new digest"),
                );
                return;
            }
            Some(_) => {}
            None => problems.push(
                Diagnostic::warning(
                    Code::SourceDigestDiffers,
                    record.place.clone(),
                    format!("`{}` has no digest", record.id),
                )
                .hint(format!("add `digest: {found}`, so that a changed copy is noticed")),
            ),
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            let words = format!("the copy of `{}` is not UTF-8 text", record.id);
            problems.push(
                Diagnostic::error(Code::SourceNotText, record.place.clone(), words)
                    .hint("save the text of the source as UTF-8 and record that file"),
            );
            return;
        };
        let read = if record.extractor.is_plain() { Canonical::from_plain } else { Canonical::from_extracted };
        let Canonical { paragraphs, pages } = read(text);
        let paragraphs = paragraphs.into_iter().map(|paragraph| paragraph.text).collect();
        self.texts.insert(record.id.clone(), Haystack::new(paragraphs));
        self.pages.insert(record.id.clone(), pages);
    }

    /// How far a citation can be relied on.
    #[must_use]
    pub fn support(&self, citation: &Citation) -> &Support {
        self.supports.get(&key(citation)).unwrap_or(&Support::Unchecked)
    }

    /// The paragraph a citation points to; `None` without a copy.
    #[must_use]
    pub fn paragraph(&self, citation: &Citation) -> Option<&str> {
        let index = match self.support(citation) {
            Support::Now(found) => found.paragraph,
            _ => citation.at.paragraphs(self.pages(&citation.source))?.next()?,
        };
        self.texts.get(&citation.source)?.paragraph(index)
    }

    /// The paragraphs of each page of a source, from 0; none where the copy has no pages or is not open.
    #[must_use]
    pub fn pages(&self, source: &str) -> &[Range<usize>] {
        self.pages.get(source).map_or(&[], Vec::as_slice)
    }

    /// Whether a copy of this source is open.
    #[must_use]
    pub fn has_copy(&self, source: &str) -> bool {
        self.texts.contains_key(source)
    }

    /// A citation as the ledger shows it.
    #[must_use]
    pub fn cited(&self, citation: &Citation) -> Cited {
        let (verdict, tier) = match self.support(citation) {
            Support::Now(found) => ("verified", found.tier.name().to_owned()),
            Support::Locked(locked) => ("locked", locked.tier.clone()),
            Support::Unchecked => ("not-checkable", String::new()),
            Support::Failed => ("absent", String::new()),
        };
        let digest = self.digests.get(&citation.source).copied().flatten();
        Cited {
            source: citation.source.clone(),
            locator: citation.at.to_string(),
            quote: citation.quote.value.clone(),
            verdict: verdict.to_owned(),
            tier,
            digest: digest.map(|digest| digest.to_string()).unwrap_or_default(),
        }
    }

    /// How many citations are verified now, locked, unchecked and failed, in words.
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

    /// A lock of what was verified now; what could not be checked keeps what the old lock says of it. An entry that
    /// says the same as before keeps its day, so that a lock changes only where something changed.
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

fn no_copy(record: &Record, strict: bool) -> Diagnostic {
    let make = if strict { Diagnostic::error } else { Diagnostic::warning };
    let hint = match &record.file {
        Some(file) => format!("put `{}` into the archive folder, or correct `file`", file.value),
        None => "add a line `file: …` with the name of the copy".to_owned(),
    };
    make(
        Code::SourceCopyMissing,
        record.file.as_ref().map_or(&record.place, |file| &file.place).clone(),
        format!("the archive has no copy of `{}`", record.id),
    )
    .hint(hint)
}

/// A text that this program would make in another way. One that another program made is none of its business.
fn other_extractor(record: &Record) -> Option<Diagnostic> {
    record.original.as_ref()?;
    let Extractor { name, version } = &record.extractor;
    let now = Format::version_of(name).filter(|now| now != version)?;
    let words = format!("the text of `{}` was made by {name} {version}; this program has {now}", record.id);
    let hint = "nothing must be done; to use the newer one, add the original as a new source and compare";
    Some(Diagnostic::note(Code::SourceExtractor, record.place.clone(), words).hint(hint))
}

/// What is wrong with the file from which a copy was made: it is gone, or another one.
fn original(record: &Record, loaded: &Loaded, strict: bool) -> Option<Diagnostic> {
    let original = record.original.as_ref()?;
    match loaded.originals.get(&record.id).copied().flatten() {
        Some(found) if found == original.digest.value => None,
        Some(found) => {
            let words = format!("the original of `{}` is not the one that was recorded", record.id);
            Some(
                Diagnostic::error(Code::SourceDigestDiffers, original.digest.place.clone(), words)
                    .label("recorded here")
                    .with_note(format!("the file has {found}"))
                    .hint("find the recorded file; `amparo source audit CASE` shows when it was added"),
            )
        }
        None => {
            let make = if strict { Diagnostic::error } else { Diagnostic::warning };
            let words = format!("the archive has no original of `{}`", record.id);
            let hint = format!("put `{}` into the archive folder", original.file.value);
            Some(make(Code::SourceCopyMissing, original.file.place.clone(), words).hint(hint))
        }
    }
}

struct Gatherer<'a> {
    case: &'a Case,
    reference: &'a Reference,
    lock: &'a Lock,
    loaded: &'a Loaded,
    strict: bool,
    problems: Vec<Diagnostic>,
}

impl Gatherer<'_> {
    fn support(&mut self, evidence: &Evidence, citation: &Citation) -> Support {
        let Some(quotation) = self.quotation(citation) else { return Support::Failed };
        self.slips(citation);
        let Some(record) = self.case.records().get(&citation.source) else { return Support::Failed };
        match evidence.texts.get(&citation.source) {
            Some(text) => self.verify(text, evidence.pages(&citation.source), citation, &quotation),
            None => self.remembered(record, citation),
        }
    }

    fn quotation(&mut self, citation: &Citation) -> Option<Quotation> {
        match Quotation::parse(&citation.quote) {
            Ok(quotation) => {
                let words = quotation.word_count();
                if words > MOST_WORDS {
                    self.problems.push(
                        Diagnostic::warning(
                            Code::CiteLong,
                            citation.quote.place.clone(),
                            format!(
                                "this quotation has {words} words; a phrase of at most {MOST_WORDS} finds the place"
                            ),
                        )
                        .hint("shorten it to the words that carry the statement"),
                    );
                }
                Some(quotation)
            }
            Err(error) => {
                self.problems.push(
                    Diagnostic::error(Code::QuoteTooShort, citation.quote.place.clone(), error.to_string())
                        .hint("quote at least three words, or twelve characters, that stand together in the source"),
                );
                None
            }
        }
    }

    fn slips(&mut self, citation: &Citation) {
        let slips = self.case.names().values().flat_map(|named| &named.slips);
        for slip in slips.filter(|slip| citation.quote.value.contains(&slip.spelling.value)) {
            self.problems.push(
                Diagnostic::error(
                    Code::QuoteSlip,
                    citation.quote.place.clone(),
                    format!("the quotation repeats a slip of the source: `{}`", slip.spelling.value),
                )
                .and_at(slip.spelling.place.clone(), "recorded as a slip here")
                .hint("shorten the phrase so that the slip is outside"),
            );
        }
    }

    fn verify(
        &mut self,
        text: &Haystack,
        pages: &[Range<usize>],
        citation: &Citation,
        quotation: &Quotation,
    ) -> Support {
        let Some(record) = self.case.records().get(&citation.source) else { return Support::Failed };
        let Some(here) = self.locator_fits(text, pages, record, citation) else { return Support::Failed };
        let allowed = |index: usize| record.excluded(index + 1).is_none();
        let there = |index: usize| here.contains(&index) && allowed(index);
        if let Verdict::Verified(found) = text.verify(quotation, Some(here.start), &there) {
            self.meaning(text, record, citation, &found);
            self.locked(record, citation);
            return Support::Now(found);
        }
        let preferred = Some(here.start);
        match text.verify(quotation, preferred, &allowed) {
            Verdict::Verified(_) => self.moved(text, pages, citation, quotation, &allowed),
            Verdict::Absent { nearest } => match text.verify(quotation, preferred, &|_| true) {
                Verdict::Verified(found) => self.only_in_excluded(record, citation, found.paragraph + 1),
                Verdict::Absent { .. } => match joined(text, quotation, preferred, nearest.as_ref()) {
                    Some(first) => self.spans(record, citation, first),
                    None => self.absent(text, record, citation, nearest.as_ref()),
                },
            },
        }
        Support::Failed
    }

    /// The paragraphs to which a citation points, from 0, if it may point there.
    fn locator_fits(
        &mut self,
        text: &Haystack,
        pages: &[Range<usize>],
        record: &Record,
        citation: &Citation,
    ) -> Option<Range<usize>> {
        let by_page = !matches!(citation.at, Locator::Para(_));
        let here = citation.at.paragraphs(pages).filter(|here| !here.is_empty() && here.end <= text.len());
        let Some(here) = here else {
            let (words, hint) = match pages.len() {
                0 if by_page => (format!("the copy of `{}` has no pages", record.id), "cite by paragraph: `para 12`"),
                count if by_page => (
                    format!("`{}` has {count} pages; there is no text at {}", record.id, citation.at),
                    "count the paragraphs of a page from 1; `amparo source list` knows the copies",
                ),
                _ => (
                    format!("`{}` ends with para {}; there is no {}", record.id, text.len(), citation.at),
                    "count the non-empty lines of the copy, from 1",
                ),
            };
            self.problems.push(Diagnostic::error(Code::CiteLocator, citation.place.clone(), words).hint(hint));
            return None;
        };
        let why = here.clone().map(|index| record.excluded(index + 1)).collect::<Option<Vec<&str>>>();
        if let Some(why) = why.and_then(|why| why.first().copied()) {
            self.problems.push(
                Diagnostic::error(
                    Code::CiteExcluded,
                    citation.place.clone(),
                    format!("{} of `{}` is not part of the text: {why}", citation.at, record.id),
                )
                .hint("cite the article itself; if the range is wrong, correct `limits` in `sources.yaml`"),
            );
            return None;
        }
        Some(here)
    }

    fn moved(
        &mut self,
        text: &Haystack,
        pages: &[Range<usize>],
        citation: &Citation,
        quotation: &Quotation,
        allowed: &dyn Fn(usize) -> bool,
    ) {
        let found = text.matches(quotation, allowed);
        let places: Vec<String> = found.iter().map(|found| Locator::of(found.paragraph, pages).to_string()).collect();
        self.problems.push(
            Diagnostic::error(
                Code::CiteMoved,
                citation.place.clone(),
                format!("these words do not stand in {}, but in {}", citation.at, places.join(", ")),
            )
            .hint(format!("write `at: {}`, if that is the passage you mean", places[0])),
        );
    }

    fn only_in_excluded(&mut self, record: &Record, citation: &Citation, number: usize) {
        let why = record.excluded(number).unwrap_or_default();
        self.problems.push(
            Diagnostic::error(
                Code::CiteExcluded,
                citation.place.clone(),
                format!(
                    "these words stand only in para {number} of `{}`, which is not part of the text: {why}",
                    record.id
                ),
            )
            .hint("cite the article itself; if the range is wrong, correct `limits` in `sources.yaml`"),
        );
    }

    fn spans(&mut self, record: &Record, citation: &Citation, first: usize) {
        let words = format!("these words run from para {} into para {} of `{}`", first + 1, first + 2, record.id);
        self.problems.push(
            Diagnostic::error(Code::QuoteAbsent, citation.quote.place.clone(), words)
                .hint("a quotation stands in one paragraph: give each paragraph a citation of its own"),
        );
    }

    fn absent(&mut self, text: &Haystack, record: &Record, citation: &Citation, nearest: Option<&Nearest>) {
        let Some(nearest) = nearest else {
            self.problems.push(
                Diagnostic::error(
                    Code::QuoteAbsent,
                    citation.quote.place.clone(),
                    format!("`{}` does not say this anywhere", record.id),
                )
                .hint("copy the phrase from the source again; if it stands in another source, cite that one"),
            );
            return;
        };
        let words =
            if nearest.words_differing == 1 { "1 word".into() } else { format!("{} words", nearest.words_differing) };
        let passage =
            text.paragraph(nearest.paragraph).and_then(|text| text.get(nearest.range.clone())).unwrap_or_default();
        let headline = format!("the quotation differs from its source in {words}");
        let mut problem = Diagnostic::error(Code::QuoteAltered, self.word_place(citation, nearest), headline)
            .with_note(format!(
                "nearest passage: {}, para {}: “{}”",
                record.id,
                nearest.paragraph + 1,
                shortened(passage)
            ))
            .hint("copy the passage again, or mark the change with `[…]` or `[x]`");
        if let Some(label) = difference(nearest) {
            problem = problem.label(label);
        }
        self.problems.push(problem);
    }

    /// The place of the first word that differs, where the quotation is written plainly on one line.
    fn word_place(&self, citation: &Citation, nearest: &Nearest) -> Place {
        let place = citation.quote.place.clone();
        let word = nearest.differing.iter().find_map(|difference| difference.quoted.as_ref());
        let (Some((range, _)), Some(bytes)) = (word, place.bytes.clone()) else { return place };
        let Some(typed) = self.loaded.files.text(&place.file).and_then(|text| text.get(bytes.clone())) else {
            return place;
        };
        let Some(offset) = typed.find(&citation.quote.value) else { return place };
        let start = bytes.start + offset + range.start;
        let column =
            place.column + typed[..offset].chars().count() + citation.quote.value[..range.start].chars().count();
        Place { bytes: Some(start..start + range.len()), column, ..place }
    }

    /// A verified citation that the lock does not know: the lock is behind.
    fn locked(&mut self, record: &Record, citation: &Citation) {
        let known = self.lock.find(&citation.source, citation.at, &citation.quote);
        let fits = known.is_some_and(|locked| record.digest.as_ref().is_none_or(|digest| digest.value == locked.copy));
        if !fits {
            self.problems.push(not_locked(citation, "verified now, but the lock does not know it"));
        }
    }

    fn remembered(&mut self, record: &Record, citation: &Citation) -> Support {
        let known = self.lock.find(&citation.source, citation.at, &citation.quote);
        let fits = |locked: &&Locked| {
            record.digest.as_ref().is_some_and(|digest| digest.value == locked.copy)
                && record.excluded(locked.paragraph).is_none()
        };
        if self.strict {
            self.problems.push(
                Diagnostic::error(
                    Code::QuoteNotCheckable,
                    citation.quote.place.clone(),
                    format!("there is no copy of `{}` to check this quotation against", record.id),
                )
                .hint("name the folder of the copies with `--archive DIR`, or leave out `--strict`"),
            );
        }
        if let Some(locked) = known.filter(fits) {
            return Support::Locked(locked.clone());
        }
        if !self.strict {
            self.problems.push(not_locked(citation, "neither a copy nor the lock vouches for this quotation"));
        }
        Support::Unchecked
    }

    /// Questions for a human about what exact words can still hide. Answered once in `meaning`.
    fn meaning(&mut self, text: &Haystack, record: &Record, citation: &Citation, found: &Found) {
        let language = record.language.as_ref().map_or("en", |language| language.code.as_str());
        let Some(wording) = self.reference.wording(language) else { return };
        let list = |list| wording.list(list).iter().map(|pattern| pattern.typed.clone()).collect::<Vec<String>>();
        let (negations, exceptions, conditionals) =
            (list(List::Negations), list(List::Exceptions), list(List::Conditionals));
        let lists = Lists { negations: &negations, exceptions: &exceptions, conditionals: &conditionals };
        let Some(paragraph) = text.paragraph(found.paragraph) else { return };
        let prompts = meaning::prompts(paragraph, &found.ranges, &lists);
        if citation.meaning.is_some() {
            return;
        }
        if let Some(prompt) = prompts.iter().find(|prompt| worth_asking(prompt)) {
            let how = match prompt.kind {
                PromptKind::Dropped => "leaves out",
                PromptKind::StartsAfter => "starts after",
                PromptKind::StopsBefore | PromptKind::StopsInside => "stops inside a sentence with",
            };
            self.problems.push(
                Diagnostic::note(
                    Code::QuoteMeaning,
                    citation.quote.place.clone(),
                    format!("the quotation {how} `{}`: does it still mean what the source says?", prompt.word),
                )
                .hint("read the sentence in the source; then add `meaning: why it is right` to the citation"),
            );
        }
    }
}

/// The first (from 0) of two paragraphs in a row that have the quotation only together. Looks where the citation points
/// to and where the nearest passage is.
fn joined(text: &Haystack, quotation: &Quotation, at: Option<usize>, nearest: Option<&Nearest>) -> Option<usize> {
    let around = at.into_iter().chain(nearest.map(|nearest| nearest.paragraph));
    around.flat_map(|index| [Some(index), index.checked_sub(1)]).flatten().find(|first| {
        let Some((one, two)) = text.paragraph(*first).zip(text.paragraph(first + 1)) else { return false };
        let both = Haystack::new(vec![format!("{one} {two}")]);
        matches!(both.verify(quotation, Some(0), &|_| true), Verdict::Verified(_))
    })
}

/// An omission that drops a negation or an exception, a start right after a negation, a stop inside a condition: the
/// rest is asked too often to be read.
fn worth_asking(prompt: &Prompt) -> bool {
    match prompt.kind {
        PromptKind::Dropped => true,
        PromptKind::StartsAfter => prompt.list == meaning::List::Negation,
        PromptKind::StopsInside => prompt.list == meaning::List::Conditional,
        PromptKind::StopsBefore => false,
    }
}

fn not_locked(citation: &Citation, words: &str) -> Diagnostic {
    Diagnostic::warning(Code::CiteNotLocked, citation.quote.place.clone(), words.to_owned())
        .hint("run `amparo check CASE --archive DIR --lock` and commit `citations.lock`")
}

fn difference(nearest: &Nearest) -> Option<String> {
    let first = nearest.differing.first()?;
    Some(match (&first.quoted, &first.source) {
        (Some(_), Some(word)) => format!("the source reads `{word}`"),
        (Some(_), None) => "the source has no such word here".to_owned(),
        (None, Some(word)) => format!("the source has `{word}` here"),
        (None, None) => return None,
    })
}

fn shortened(passage: &str) -> String {
    let words: Vec<&str> = passage.split_whitespace().collect();
    if words.len() <= 2 * MOST_WORDS { words.join(" ") } else { words[..2 * MOST_WORDS].join(" ") + " …" }
}
