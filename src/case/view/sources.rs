//! The sources and citations that may be used.

use std::collections::{BTreeMap, BTreeSet};

use super::cut::Cut;
use crate::case::Citation;
use crate::case::timeline::Clock;
use crate::reference::audience::Audience;
use crate::source::{LegalStatus, Record};

impl Cut<'_> {
    /// True if a citation may be used: its source is published, not withdrawn, and open to this audience.
    pub(super) fn allows(&self, citation: &Citation) -> bool {
        let Some(record) = self.case.records.get(&citation.source) else { return false };
        let published = self.clock == Clock::Event || record.known_from().is_some_and(|day| day <= self.as_of);
        let open = self.open(record) && (citation.audience.is_empty() || self.readers.are_in(&citation.audience));
        // The quotation is printed in a note and in the ledger, so the names in it count.
        let named = || self.names_someone(&citation.quote.value);
        record.withdrawn.is_none() && published && open && !named()
    }

    /// True if each reader may see a source cited and no law closes it for one of them. A paper for several readers is
    /// signed and carried about after it was made, so there a status counts on every day before its end.
    fn open(&self, record: &Record) -> bool {
        let readers = self.readers.closed();
        let closes = |status: &LegalStatus| !status.is_over(self.as_of) && !status.closes.intersect(readers).is_empty();
        let carried = !self.readers.also.is_empty() && record.status.iter().any(closes);
        !carried && self.readers.all_in(|reader| record.allowed(reader, self.as_of))
    }

    /// The citations, without translations that would print the name of a hidden person.
    pub(super) fn printable(&self, mut citations: Vec<Citation>) -> Vec<Citation> {
        for citation in citations.iter_mut().filter(|citation| citation.translation.is_some()) {
            let translated = citation.translation.iter().flat_map(|translation| translation.text.values());
            if translated.chain([&citation.quote]).any(|words| self.names_someone(&words.value)) {
                citation.translation = None;
            }
        }
        citations
    }

    /// The sources that may be cited, and those whose publisher must not be named here.
    pub(super) fn sources(&self) -> (BTreeMap<String, Record>, BTreeSet<String>) {
        let published =
            |record: &Record| self.clock == Clock::Event || record.known_from().is_some_and(|day| day <= self.as_of);
        let open = |record: &&Record| {
            record.withdrawn.is_none()
                && published(record)
                && (self.audience == Audience::Internal || self.open(record))
        };
        let mut withheld = BTreeSet::new();
        let known = self.case.records.iter().filter(|(_, record)| open(record));
        let told = known.map(|(id, record)| {
            let named = record.publishers().any(|name| self.names_someone(name));
            if named {
                withheld.insert(id.clone());
            }
            (id.clone(), if named { record.without_publisher() } else { record.clone() })
        });
        (told.collect(), withheld)
    }
}
