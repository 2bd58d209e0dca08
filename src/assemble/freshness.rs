//! The age of the news in a document: the day of the latest news, and the marks of a document that must not be sent.

use std::collections::BTreeSet;

use super::assembler::Assembler;
use super::claims::day_words;
use crate::case::Date;
use crate::case::view::{Told, View};
use crate::document::{ClaimKind, FactId, Ledger, Parts};
use crate::reference::fill;

impl Assembler<'_> {
    /// Puts the day of the latest news in the page footer, and the reasons against sending in the mark on each page.
    pub(super) fn freshness(&self, ledger: &Ledger, parts: &mut Parts) {
        let words = &self.locale.words;
        let latest = latest(ledger, self.view).map(|date| day_words(date, self.locale));
        if self.spec.parts.footer {
            parts.footer.extend(latest.iter().map(|day| fill(&words.latest_news, &[("date", day)])));
        }
        if self.spec.on_envelope {
            return;
        }
        if self.stale {
            let as_of = || self.locale.format.date(self.view.as_of);
            parts.mark(&fill(&words.do_not_send, &[("date", &latest.unwrap_or_else(as_of))]));
        }
        if self.request.reconstruction {
            let as_of = self.locale.format.date(self.view.as_of);
            parts.mark(&fill(&words.reconstruction, &[("date", &as_of)]));
        }
        if self.request.without_source {
            parts.mark(&words.without_source);
        }
    }
}

/// True if a document tells a present state whose last news is too old, or leaves one out for want of dated words.
pub(super) fn tells_stale(ledger: &Ledger, view: &View) -> bool {
    let printed = printed(ledger);
    let of_demands = ledger.entries.iter().filter(|entry| entry.id.kind() == ClaimKind::Demand);
    let grounds: BTreeSet<&FactId> = of_demands.flat_map(|entry| &entry.grounds).collect();
    view.stale.iter().any(|stale| !stale.told || printed.contains(&stale.fact) || grounds.contains(&stale.fact))
}

/// Ids of the facts that a document prints.
pub(super) fn printed(ledger: &Ledger) -> BTreeSet<&FactId> {
    ledger.entries.iter().filter_map(|entry| entry.id.fact()).collect()
}

/// The date of the latest news that a document prints. A day that was worked out counts only if there is no other,
/// because the news may be older.
fn latest<'v>(ledger: &Ledger, view: &'v View) -> Option<&'v Date> {
    let printed = printed(ledger);
    let told = view.facts.iter().filter(|told| printed.contains(&told.fact.id));
    told.filter_map(day).max_by_key(|date| (!date.is_bound(), date.last))
}

/// The date of the news of a fact; for a state, the date on which it was last seen.
fn day(told: &Told) -> Option<&Date> {
    told.fact.last_known().or(told.date.as_ref())
}
