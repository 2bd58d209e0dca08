//! Conversion of the typed data to [`Record`]s. All problems of all records are reported at once, each at its line.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::diag::{Code, Diagnostic, Place};
use crate::disk::Digest;
use crate::document::Language;
use crate::reference::audience::{Audience, AudienceSet};
use crate::reference::{CalendarDate, day};
use crate::yaml::{At, Entries, nearest};

use super::interval::Interval;
use super::raw::{
    RawNotText, RawOriginal, RawParagraphLimits, RawPublished, RawPublisherName, RawSource, RawSources, RawStatus,
    RawTitle, RawUrl,
};
use super::record::{
    Author, Extractor, LegalStatus, Original, ParentKind, PublisherName, Record, Records, SourceKind, Title, Withdrawn,
};

/// The clean records. A value that cannot be read is left out of its record and reported.
#[must_use]
pub fn records(raw: &RawSources) -> (Records, Vec<Diagnostic>) {
    let mut converter = Converter { problems: Vec::new() };
    let records = raw.iter().map(|(id, source)| (id.value.clone(), converter.record(id, source))).collect();
    (records, converter.problems)
}

/// The most words before and after a quotation that may be passed on.
const MOST_CONTEXT: usize = 12;

/// The legal status of an organisation that is not a source. If `closes` is empty, the name is closed to everybody who
/// could be punished for it or could punish for it: to all audiences except bodies of the United Nations.
#[must_use]
pub fn statuses(raw: &[RawStatus]) -> (Vec<LegalStatus>, Vec<Diagnostic>) {
    let mut converter = Converter { problems: Vec::new() };
    let everybody = AudienceSet::all().without(Audience::Internal).without(Audience::Un);
    let status = |typed: &RawStatus| {
        let status = converter.status(typed);
        if typed.closes.is_empty() { LegalStatus { closes: everybody, ..status } } else { status }
    };
    let found = raw.iter().map(status).collect();
    (found, converter.problems)
}

/// The keys that the program may fill in when a source is added.
const GUESSED: [&str; 10] =
    ["type", "title", "author", "date", "published", "parent", "publisher", "url", "language", "not-text"];

struct Converter {
    problems: Vec<Diagnostic>,
}

impl Converter {
    fn record(&mut self, id: &At<String>, raw: &RawSource) -> Record {
        let before = self.problems.len();
        let date = raw.date.as_ref().and_then(|typed| self.source_date(typed));
        let (published, counted_from) = self.publication(raw, date);
        let dates_were_read = self.problems.len() == before;
        let (url, accessed) = self.url(raw.url.as_ref());
        let parent = raw.parent.as_ref();
        let record = Record {
            id: id.value.clone(),
            place: id.place.clone(),
            kind: self.kind(id, raw),
            title: self.title(id, raw.title.as_ref()),
            authors: raw.author.0.iter().map(author).collect(),
            genre: per_language(&raw.genre),
            parent: parent.and_then(|parent| self.parent_kind(parent.kind.as_ref()?)).unwrap_or_default(),
            site: parent.and_then(|parent| owned(parent.title.as_ref())),
            publisher: owned(raw.publisher.as_ref()).or_else(|| owned(parent?.publisher.as_ref())),
            publisher_name: raw.publisher_name.as_ref().map(|name| self.publisher_name(name)),
            number: owned(raw.serial_number.as_ref()),
            url,
            accessed,
            language: self.language(id, raw.language.as_ref()),
            file: raw.file.as_ref().and_then(|file| self.file(file)),
            digest: raw.digest.as_ref().and_then(|digest| self.digest(digest)),
            original: raw.original.as_ref().and_then(|original| self.original(original)),
            extractor: self.extractor(raw),
            guessed: self.guessed(id, &raw.guessed),
            date,
            date_doubt: owned(raw.date_doubt.as_ref()),
            published,
            counted_from,
            group: owned(raw.group.as_ref()),
            narrator: raw.narrator.clone(),
            about: raw.about.clone(),
            rests_on: raw.rests_on.clone(),
            truncated: owned(raw.limits.truncated.as_ref()),
            excluded: self.excluded(&raw.limits),
            context: self.context(raw.context.as_ref()),
            audiences: self.audiences(&raw.audience).with(Audience::Internal),
            status: raw.status.iter().map(|status| self.status(status)).collect(),
            withdrawn: raw
                .withdrawn
                .as_ref()
                .map(|typed| Withdrawn { on: self.day(&typed.on), why: typed.why.value.clone() }),
        };
        // A date that could not be read has been reported already.
        if record.known_from().is_none() && dates_were_read {
            self.never_counts(id);
        }
        record
    }

    fn error(&mut self, code: Code, place: &Place, words: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Diagnostic::error(code, place.clone(), words).hint(hint));
    }

    /// The words of context that are allowed. More than a dozen words on each side would no longer be context for a
    /// quotation.
    fn context(&mut self, typed: Option<&At<u32>>) -> usize {
        let Some(typed) = typed else { return 0 };
        match usize::try_from(typed.value) {
            Ok(words) if words <= MOST_CONTEXT => words,
            _ => {
                let words = format!("{} words before and after a quotation are more than a quotation", typed.value);
                let hint = format!("write a number up to {MOST_CONTEXT}, or leave the line out");
                self.error(Code::CaseBadValue, &typed.place, words, hint);
                0
            }
        }
    }

    fn never_counts(&mut self, id: &At<String>) {
        let words = format!("nothing says when `{}` was published, so it counts on no date", id.value);
        self.problems.push(Diagnostic::warning(Code::SourceDate, id.place.clone(), words).hint(
            "write `date`, or `published` with `not-after` (at the latest the day the copy was made) or with \
             `counted-from: {on, why}`",
        ));
    }

    fn missing(&mut self, id: &At<String>, key: &str) {
        let words = format!("the source `{}` has no `{key}`", id.value);
        self.error(Code::CaseMissingKey, &id.place, words, format!("add a line `{key}: …`"));
    }

    fn unknown(&mut self, typed: &At<String>, known: &[&str]) {
        let hint = nearest(&typed.value, known).unwrap_or_else(|| format!("use one of: {}", known.join(", ")));
        let words = format!("`{}` is not one of the values this key takes", typed.value);
        self.error(Code::CaseBadValue, &typed.place, words, hint);
    }

    fn kind(&mut self, id: &At<String>, raw: &RawSource) -> SourceKind {
        let Some(typed) = &raw.kind else {
            self.missing(id, "type");
            return SourceKind::Misc;
        };
        SourceKind::from_name(typed).unwrap_or_else(|| {
            self.unknown(typed, &SourceKind::ALL.map(SourceKind::name));
            SourceKind::Misc
        })
    }

    fn parent_kind(&mut self, typed: &At<String>) -> Option<ParentKind> {
        let kind = ParentKind::from_name(typed);
        if kind.is_none() {
            self.unknown(typed, &ParentKind::ALL.map(ParentKind::name));
        }
        kind
    }

    fn title(&mut self, id: &At<String>, typed: Option<&At<RawTitle>>) -> Title {
        let value = typed.and_then(|title| owned(title.value.value.as_ref())).unwrap_or_default();
        if value.trim().is_empty() {
            self.missing(id, "title");
        }
        Title {
            value,
            short: typed.and_then(|title| owned(title.short.as_ref())),
            translations: typed.map(|title| per_language(&title.translation)).unwrap_or_default(),
        }
    }

    fn language(&mut self, id: &At<String>, typed: Option<&At<String>>) -> Option<Language> {
        let Some(typed) = typed else {
            self.missing(id, "language");
            return None;
        };
        let (code, region) = typed.split_once('-').unwrap_or((typed, ""));
        let lower = code.len() >= 2 && code.len() <= 3 && code.bytes().all(|byte| byte.is_ascii_lowercase());
        let upper = region.is_empty() || region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase());
        if !lower || !upper {
            let words = format!("`{}` is not a language code", typed.value);
            self.error(Code::CaseBadValue, &typed.place, words, "write `en`, `ru`, `en-GB`");
            return None;
        }
        Some(Language { code: code.to_owned(), region: region.to_owned() })
    }

    fn url(&mut self, typed: Option<&At<RawUrl>>) -> (Option<String>, Option<NaiveDate>) {
        let Some(typed) = typed else { return (None, None) };
        let accessed = typed.date.as_ref().and_then(|date| self.day(date));
        let url = owned(typed.value.value.as_ref());
        // A space or an angle bracket would end the address in the note, which prints it between angle brackets.
        if url.as_ref().is_none_or(|url| url.is_empty() || url.contains([' ', '<', '>'])) {
            let hint = "write the address as the browser shows it, without spaces and pointed brackets";
            self.error(Code::CaseBadValue, &typed.place, "this is not an address of a page", hint);
            return (None, accessed);
        }
        (url, accessed)
    }

    fn publisher_name(&mut self, typed: &RawPublisherName) -> PublisherName {
        if !matches!(typed.basis.as_str(), "stated" | "inferred") {
            self.unknown(&typed.basis, &["stated", "inferred"]);
        }
        // Everything except `stated` is printed as inferred: the cautious reading.
        let inferred = typed.basis.value != "stated";
        if typed.basis.value == "inferred" && typed.how.is_none() {
            let words = "an inferred publisher does not say how it was inferred";
            self.error(Code::CaseMissingKey, &typed.basis.place, words, "add a line `how: …`");
        }
        PublisherName { name: per_language(&typed.name), inferred, how: owned(typed.how.as_ref()) }
    }

    fn file(&mut self, typed: &At<String>) -> Option<At<String>> {
        let outside = typed.is_empty() || typed.starts_with('.') || typed.contains(['/', '\\', ':']);
        if outside || typed.contains("..") {
            let words = format!("`{}` is not the name of a file in the archive", typed.value);
            let hint = "write the bare name of the copy; the folder is named by `--archive`";
            self.error(Code::CaseBadValue, &typed.place, words, hint);
            return None;
        }
        Some(typed.clone())
    }

    fn original(&mut self, typed: &RawOriginal) -> Option<Original> {
        let (file, digest) = (self.file(&typed.file), self.digest(&typed.digest));
        let encoding = owned(typed.encoding.as_ref());
        Some(Original { file: file?, digest: digest?, encoding })
    }

    /// The keys that still need a check by a person; each is one that the program fills in.
    fn guessed(&mut self, id: &At<String>, typed: &[At<String>]) -> Vec<String> {
        for key in typed.iter().filter(|key| !GUESSED.contains(&key.as_str())) {
            self.unknown(key, &GUESSED);
        }
        let keys: Vec<String> = typed.iter().map(|key| key.value.clone()).collect();
        if let Some(first) = typed.first() {
            let words = format!("nobody has looked at what the program read for `{}`: {}", id.value, keys.join(", "));
            let hint = "compare each with the original; then take its name out of `guessed`";
            self.problems.push(Diagnostic::note(Code::SourceGuessed, first.place.clone(), words).hint(hint));
        }
        keys
    }

    fn digest(&mut self, typed: &At<String>) -> Option<At<Digest>> {
        let digest = typed.parse().ok();
        if digest.is_none() {
            let hint = "write `sha256:` and 64 hexadecimal digits, as `amparo source add` prints them";
            self.error(Code::CaseBadValue, &typed.place, "this is not a digest", hint);
        }
        Some(typed.with(digest?))
    }

    fn extractor(&mut self, raw: &RawSource) -> Extractor {
        let Some(typed) = &raw.extractor else { return Extractor::default() };
        for part in [&typed.name, &typed.version] {
            if part.is_empty() || part.contains(char::is_whitespace) {
                self.error(
                    Code::CaseBadValue,
                    &part.place,
                    "an extractor's name or version is one word",
                    "`plain`, `1`",
                );
            }
        }
        Extractor { name: typed.name.value.clone(), version: typed.version.value.clone() }
    }

    fn audiences(&mut self, typed: &[At<String>]) -> AudienceSet {
        let mut set = AudienceSet::default();
        for name in typed {
            match Audience::from_name(name) {
                Some(audience) => set = set.with(audience),
                None => self.unknown(name, &Audience::ALL.map(Audience::name)),
            }
        }
        set
    }

    fn status(&mut self, typed: &RawStatus) -> LegalStatus {
        let mut closes = self.audiences(&typed.closes);
        if closes.contains(Audience::Internal) {
            let place = typed.closes.first().map_or(&typed.country.place, |name| &name.place);
            let words = "`internal` cannot be closed: those who work on the case see each source";
            self.error(Code::CaseBadValue, place, words, "delete `internal` here");
            closes = closes.without(Audience::Internal);
        }
        // An unreadable name could mean any audience, so all are excluded until it is corrected.
        if typed.closes.iter().any(|name| Audience::from_name(name).is_none()) {
            closes = AudienceSet::all().without(Audience::Internal);
        }
        LegalStatus {
            country: typed.country.value.clone(),
            from: self.day(&typed.from),
            // An unreadable end counts as no end: the status then closes more, not less.
            until: typed.until.as_ref().and_then(|until| self.day(until)),
            what: per_language(&typed.what),
            closes,
            source: typed.source.value.clone(),
            verified_on: self.day(&typed.verified_on),
        }
    }

    fn day(&mut self, typed: &At<String>) -> Option<NaiveDate> {
        self.read_date(typed, day(typed), "write a day of the calendar as `2024-09-09`")
    }

    fn source_date(&mut self, typed: &At<String>) -> Option<CalendarDate> {
        let hint = "write `2024-09-09`, `2024-09` or `2024`; without a date: `published`";
        self.read_date(typed, CalendarDate::parse(typed), hint)
    }

    fn read_date<T>(&mut self, typed: &At<String>, read: Result<T, String>, hint: &str) -> Option<T> {
        read.map_err(|words| self.error(Code::CaseBadDate, &typed.place, words, hint)).ok()
    }

    fn publication(&mut self, raw: &RawSource, date: Option<CalendarDate>) -> (Interval, Option<(NaiveDate, String)>) {
        let Some(typed) = &raw.published else {
            let (first, last) = (date.map(|date| date.first), date.map(|date| date.last));
            return (Interval { not_before: first, not_after: last, ..Interval::default() }, None);
        };
        if raw.date.is_some() {
            let words = "a source with a `date` has no `published`";
            self.error(Code::SourceDate, &typed.place, words, "keep `date` if the source prints it, else `published`");
        }
        self.interval(typed)
    }

    fn interval(&mut self, typed: &At<RawPublished>) -> (Interval, Option<(NaiveDate, String)>) {
        let not_before = typed.not_before.as_ref().and_then(|date| self.day(date));
        let not_after = typed.not_after.as_ref().and_then(|date| self.day(date));
        if let (Some(from), Some(to), Some(at)) = (not_before, not_after, &typed.not_after)
            && from > to
        {
            let words = format!("the interval ends on {to}, before it begins on {from}");
            self.error(
                Code::SourceDate,
                &at.place,
                words,
                "exchange `not-before` and `not-after`, or mend one of them",
            );
        }
        if typed.basis.is_none() {
            let words = "`published` does not say from what the interval follows";
            self.error(Code::CaseMissingKey, &typed.place, words, "add a line `basis: …`");
        }
        let decision = typed.counted_from.as_ref().and_then(|decision| {
            let on = self.day(&decision.on)?;
            let outside = not_before.is_some_and(|from| on < from) || not_after.is_some_and(|to| on > to);
            if outside {
                let words = format!("the decision counts this source from {on}, a day outside its interval");
                let hint = "choose a day of the interval, or mend the interval";
                self.error(Code::SourceDate, &decision.on.place, words, hint);
            }
            (!outside).then(|| (on, decision.why.value.clone()))
        });
        let (basis, doubt) = (owned(typed.basis.as_ref()), owned(typed.doubt.as_ref()));
        (Interval { not_before, not_after, basis, doubt }, decision)
    }

    fn excluded(&mut self, limits: &RawParagraphLimits) -> Vec<(RangeInclusive<usize>, String)> {
        let mut sorted: Vec<&At<RawNotText>> = limits.not_text.iter().collect();
        sorted.sort_by_key(|range| range.from.value);
        let mut out: Vec<(RangeInclusive<usize>, String)> = Vec::new();
        for range in sorted {
            let (from, to) = (range.from.value, range.to.value);
            if from == 0 || from > to {
                let words = format!("paragraphs {from} to {to} are no range");
                let hint = "paragraphs count from 1, and `from` is not after `to`";
                self.error(Code::CaseBadValue, &range.from.place, words, hint);
                continue;
            }
            if let Some((before, _)) = out.last().filter(|(before, _)| *before.end() >= from) {
                let words = format!("paragraphs {from} to {to} overlap {} to {}", before.start(), before.end());
                self.error(Code::CaseBadValue, &range.from.place, words, "name each paragraph in one range");
            }
            out.push((from..=to, range.why.value.clone()));
        }
        out
    }
}

fn author(raw: &super::raw::RawAuthor) -> Author {
    Author { name: raw.name.value.clone(), given_name: owned(raw.given_name.as_ref()) }
}

fn owned(typed: Option<&At<String>>) -> Option<String> {
    typed.map(|typed| typed.value.clone())
}

fn per_language(typed: &Entries<At<String>>) -> BTreeMap<String, String> {
    typed.iter().map(|(language, words)| (language.value.clone(), words.value.clone())).collect()
}

#[cfg(test)]
#[path = "convert_tests.rs"]
mod tests;
