//! Checks one quotation: its source must have the exact words at the place of the citation.

use std::ops::Range;

use super::support::Support;
use crate::case::load::Loaded;
use crate::case::{Case, Citation};
use crate::diag::{Code, Diagnostic, Place};
use crate::source::{CopyText, Locator, Locked, Record};
use crate::text::{Haystack, Nearest, Quotation, QuotationVerdict};

/// The most words for a phrase: enough to find the place, few enough for a quotation.
const MOST_WORDS: usize = 12;

/// Compares the quotations of one source with its copy.
pub(super) struct QuotationComparer<'a> {
    pub(super) case: &'a Case,
    pub(super) loaded: &'a Loaded,
    pub(super) strict: bool,
    /// The problems that were found.
    pub(super) problems: Vec<Diagnostic>,
}

impl QuotationComparer<'_> {
    /// The support for a citation; without the text of its copy, the lock decides.
    pub(super) fn support(&mut self, text: Option<&CopyText>, citation: &Citation) -> Support {
        let Some(quotation) = self.quotation(citation) else { return Support::Failed };
        self.slips(citation);
        let Some(record) = self.case.records().get(&citation.source) else { return Support::Failed };
        match text {
            Some(text) => self.verify(&text.haystack, &text.pages, citation, &quotation),
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
        if let QuotationVerdict::Verified(found) = text.verify(quotation, Some(here.start), &there) {
            self.locked(record, citation);
            return Support::Now(found);
        }
        let preferred = Some(here.start);
        match text.verify(quotation, preferred, &allowed) {
            QuotationVerdict::Verified(_) => self.moved(text, pages, citation, quotation, &allowed),
            QuotationVerdict::Absent { nearest } => match text.verify(quotation, preferred, &|_| true) {
                QuotationVerdict::Verified(found) => self.only_in_excluded(record, citation, found.paragraph + 1),
                QuotationVerdict::Absent { .. } => match joined(text, quotation, preferred, nearest.as_ref()) {
                    Some(first) => self.spans(record, citation, first),
                    None => self.absent(text, record, citation, nearest.as_ref()),
                },
            },
        }
        Support::Failed
    }

    /// The paragraphs to which a citation points, from 0, if that place is allowed.
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

    fn across_reading_break(&mut self, record: &Record, citation: &Citation, number: usize) {
        let words = format!(
            "these words stand on both sides of a place in para {number} of `{}` where the reader could not tell in which order the file is read",
            record.id
        );
        self.problems.push(
            Diagnostic::error(Code::QuoteAbsent, citation.quote.place.clone(), words)
                .hint("look at the file itself, and give the words on each side a citation of their own"),
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
        if nearest.words_differing == 0 && nearest.has_reading_break {
            self.across_reading_break(record, citation, nearest.paragraph + 1);
            return;
        }
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

    /// The place of the first word that differs, if the quotation is written on one line without escapes.
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

    /// Reports a verified citation that is missing in an old lock.
    fn locked(&mut self, record: &Record, citation: &Citation) {
        let known = self.loaded.lock.find(&citation.source, citation.at, &citation.quote);
        let fits = known.is_some_and(|locked| record.digest.as_ref().is_none_or(|digest| digest.value == locked.copy));
        if !fits {
            self.problems.push(not_locked(citation, "verified now, but the lock does not know it"));
        }
    }

    fn remembered(&mut self, record: &Record, citation: &Citation) -> Support {
        let known = self.loaded.lock.find(&citation.source, citation.at, &citation.quote);
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
}

/// The first (from 0) of two neighbouring paragraphs across which the quotation stands. Looks at the place of the
/// citation and at the nearest passage.
fn joined(text: &Haystack, quotation: &Quotation, at: Option<usize>, nearest: Option<&Nearest>) -> Option<usize> {
    let around = at.into_iter().chain(nearest.map(|nearest| nearest.paragraph));
    around.flat_map(|index| [Some(index), index.checked_sub(1)]).flatten().find(|first| {
        let Some((one, two)) = text.paragraph(*first).zip(text.paragraph(first + 1)) else { return false };
        let both = Haystack::new(vec![format!("{one} {two}")]);
        matches!(both.verify(quotation, Some(0), &|_| true), QuotationVerdict::Verified(_))
    })
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
