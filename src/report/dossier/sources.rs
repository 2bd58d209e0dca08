//! Every citation, and the sources with their dates, limits and status.

use super::page::{CellWords, flat, ids};
use super::report::Report;
use crate::case::{Citation, Translation};
use crate::check::Support;
use crate::document::ClaimId;
use crate::reference::audience::Audience;
use crate::source::{LegalStatus, Record};

impl Report<'_> {
    pub(super) fn citations(&mut self) {
        self.section(
            "citations",
            "Each phrase that something rests on, source by source, with how it was verified. Open the source at the \
             place named and read the whole paragraph.",
        );
        let all = self.case.citations();
        for record in self.case.records.values() {
            let mut own: Vec<_> = all.iter().filter(|(_, citation)| citation.source == record.id).collect();
            own.sort_by_key(|(owner, citation)| (citation.at, owner.to_string()));
            self.heading(2, None, &record.id);
            let rows = own.iter().map(|(owner, citation)| self.citation(owner, citation)).collect();
            self.table(&["Place", "Verdict", "Supports", "Quotation"], rows);
        }
    }

    fn citation(&self, owner: &ClaimId, citation: &Citation) -> Vec<CellWords> {
        let quoted = CellWords::of("“").then(self.in_source(&citation.source, &citation.quote)).say("”");
        let voices = CellWords::join(citation.voices.iter().map(|voice| self.name(voice)), " from ");
        let voices = if voices.is_empty() { voices } else { CellWords::of("In the voice of ").then(voices) };
        let translated =
            citation.translation.as_ref().map(|translation| self.translation(translation, &citation.quote));
        let meaning =
            citation.meaning.as_ref().map(|answer| CellWords::of(format!("Meaning looked at: {}", flat(&answer.why))));
        let audience = (!citation.audience.is_empty()).then(|| {
            CellWords::of(format!("May be shown only to: {}", ids(citation.audience.iter().map(|one| one.name()))))
        });
        let all = [Some(quoted), Some(voices), translated, meaning, audience];
        let supports = format!("{owner}{}", self.role(owner, citation));
        let place = CellWords::of(citation.at.to_string());
        vec![place, self.verdict(citation), CellWords::of(supports), CellWords::lines(all.into_iter().flatten())]
    }

    /// A translation of a quotation: the translator, the day, its reliability, and if the words have changed since.
    fn translation(&self, translation: &Translation, quote: &str) -> CellWords {
        let (by, on, status) = (flat(&translation.by), translation.on, translation.status.name());
        let stale = if translation.fits(quote) { "" } else { ", not of these words" };
        CellWords::of(format!("Translated by {by} on {on} ({status}{stale}): ")).then(self.all(&translation.text))
    }

    fn verdict(&self, citation: &Citation) -> CellWords {
        match self.request.evidence.support(citation) {
            Support::Now(found) => CellWords::of(format!("verified now, {}", found.tier.name())),
            Support::Locked(locked) => CellWords::of(format!("verified on {}, {}", locked.checked, locked.tier)),
            Support::Unchecked => CellWords::new().strong("not checkable"),
            Support::Failed => CellWords::new().strong("wrong: the copy does not say so"),
        }
    }

    pub(super) fn sources(&mut self) {
        self.section(
            "sources",
            "How far each source carries: since when it counts, what its copy lacks, who stands behind it, and who \
             may see it cited.",
        );
        if self.case.records.is_empty() {
            self.paragraph(CellWords::of("None recorded."));
        }
        for record in self.case.records.values() {
            self.heading(2, None, &record.id);
            let mut rows = vec![("Title", self.in_source(&record.id, &record.title.value))];
            let translations = record.title.translations.iter().map(|(code, words)| self.foreign(code, words));
            rows.push(("Title translated", CellWords::lines(translations)));
            rows.extend(self.origin(record));
            rows.extend(Self::dates(record, self.as_of));
            rows.extend(Self::copy(record));
            rows.extend(self.standing_of(record));
            let rows = rows.into_iter().filter(|(_, words)| !words.is_empty());
            let rows = rows.map(|(what, words)| vec![CellWords::of(what), words]).collect();
            self.table(&["What", "Says"], rows);
        }
    }

    fn origin(&self, record: &Record) -> Vec<(&'static str, CellWords)> {
        let authors = record.authors.iter().map(|author| match &author.given_name {
            Some(given) => format!("{given} {}", author.name),
            None => author.name.clone(),
        });
        let authors: Vec<String> = authors.collect();
        let author = self.in_source(&record.id, &authors.join(", "));
        let publisher = match &record.publisher_name {
            Some(one) => {
                let name = one.name.iter().map(|(code, words)| self.foreign(code, words));
                let how = one.how.as_ref().map(|how| format!(": {}", flat(how))).unwrap_or_default();
                let basis = if one.inferred { "inferred" } else { "stated" };
                CellWords::join(name, " / ").say(format!(" ({basis}{how})"))
            }
            None => match &record.publisher {
                Some(name) => self.in_source(&record.id, name).say(" (as printed)"),
                None => CellWords::of("not stated"),
            },
        };
        let site = record.site.as_ref().map(|site| self.in_source(&record.id, site)).unwrap_or_default();
        let rests_on: Vec<&str> = record.rests_on.iter().map(|one| one.value.as_str()).collect();
        let group = record.group.clone().unwrap_or_else(|| "none: stands for itself".to_owned());
        vec![
            ("Author", author),
            ("Published in", site),
            ("Publisher", publisher),
            ("Group", CellWords::of(group)),
            ("Has it from", CellWords::of(ids(rests_on))),
            ("Number", CellWords::of(record.number.clone().unwrap_or_default())),
            ("Address", CellWords::of(record.url.clone().unwrap_or_default())),
        ]
    }

    fn dates(record: &Record, as_of: chrono::NaiveDate) -> Vec<(&'static str, CellWords)> {
        let day =
            |day: Option<chrono::NaiveDate>| day.map_or_else(|| "an unknown day".to_owned(), |day| day.to_string());
        let counts = match record.known_from() {
            None => CellWords::new().strong("never: it has no date and no decision"),
            Some(known) if known > as_of => CellWords::of(format!("{known}, later than this report: not counted")),
            Some(known) => CellWords::of(known.to_string()),
        };
        let mut rows = vec![("Counts from", counts)];
        if record.date.is_none() {
            let between =
                format!("between {} and {}", day(record.published.not_before), day(record.published.not_after));
            rows.push(("Undated", CellWords::of(between)));
            let remark = |words: &Option<String>| CellWords::of(words.as_deref().map(flat).unwrap_or_default());
            rows.push(("Because", remark(&record.published.basis)));
            rows.push(("Doubt", remark(&record.published.doubt)));
        }
        if let Some((on, why)) = &record.counted_from {
            rows.push(("Decision", CellWords::of(format!("counts from {on}: {}", flat(why)))));
        }
        rows.push(("Visited", CellWords::of(record.accessed.map(|day| day.to_string()).unwrap_or_default())));
        rows
    }

    fn copy(record: &Record) -> Vec<(&'static str, CellWords)> {
        let truncated = record.truncated.as_ref().map(|words| CellWords::new().strong(flat(words))).unwrap_or_default();
        let excluded = record
            .excluded
            .iter()
            .map(|(range, why)| CellWords::of(format!("para {} to {}: {}", range.start(), range.end(), flat(why))));
        let digest = record
            .digest
            .as_ref()
            .map_or_else(|| CellWords::new().strong("none recorded"), |digest| CellWords::of(digest.value.to_string()));
        vec![
            ("Cut off", truncated),
            ("Not part of the text", CellWords::lines(excluded)),
            ("Digest of the copy", digest),
            ("Text made by", CellWords::of(record.extractor.to_string())),
            ("Made from", CellWords::of(record.original.as_ref().map(|one| flat(&one.file)).unwrap_or_default())),
            ("Guessed, not yet compared", CellWords::of(ids(&record.guessed))),
        ]
    }

    fn standing_of(&self, record: &Record) -> Vec<(&'static str, CellWords)> {
        let withdrawn = record.withdrawn.as_ref().map(|one| {
            let on = one.on.map(|day| format!(" on {day}")).unwrap_or_default();
            CellWords::new()
                .strong(format!("Taken back{on}"))
                .say(format!(": {}. It supports nothing.", flat(&one.why)))
        });
        let status = record.status.iter().map(|status| self.law(status));
        let may = Audience::ALL.into_iter().filter(|one| record.allowed(*one, self.as_of)).map(Audience::name);
        vec![
            ("Withdrawn", withdrawn.unwrap_or_default()),
            ("Law of a country", CellWords::lines(status)),
            ("May be cited to", CellWords::of(ids(may))),
        ]
    }

    /// The status of a publisher or organisation in the law of a country: the kind, the days of its beginning and end,
    /// and the source for it.
    pub(super) fn law(&self, status: &LegalStatus) -> CellWords {
        let what = CellWords::join(status.what.iter().map(|(code, words)| self.foreign(code, words)), " / ");
        let from = status.from.map_or_else(|| "at all times".to_owned(), |day| format!("from {day}"));
        let until = status.until.map(|day| format!(" until {day}")).unwrap_or_default();
        let held = match (status.is_over(self.as_of), status.holds(self.as_of)) {
            (true, _) => " (over)",
            (_, true) => "",
            (false, false) => " (later than this report)",
        };
        let looked = status.verified_on.map_or_else(|| "not verified".to_owned(), |day| format!("looked up on {day}"));
        let closed = format!(" {from}{until}{held}; closed to {}; {}, {looked}", status.closes, flat(&status.source));
        CellWords::of(format!("{}: ", status.country)).then(what).say(closed)
    }
}
