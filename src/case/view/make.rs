//! Makes a view of a case.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use memchr::memmem::Finder;

use super::cut::Cut;
use super::model::View;
use super::readers::Readers;
use crate::case::Case;
use crate::case::timeline::Clock;
use crate::reference::audience::Audience;

impl Case {
    /// The part of the case that an audience may be told on a date.
    #[must_use]
    pub fn view(&self, as_of: NaiveDate, clock: Clock, audience: Audience) -> View {
        self.view_for(as_of, clock, Readers::only(audience), &BTreeSet::new())
    }

    /// The part of the case that all readers of one paper may be told on a date, without facts that name a hidden
    /// person.
    #[must_use]
    pub fn view_for(&self, as_of: NaiveDate, clock: Clock, readers: Readers, hidden: &BTreeSet<String>) -> View {
        let standing = self.standing(as_of, clock);
        let (audience, unspoken, left_out) = (readers.first, Vec::new(), Vec::new());
        let mut cut =
            Cut { case: self, standing: &standing, as_of, clock, audience, readers, hidden, unspoken, left_out };
        cut.unspoken = cut.spellings(|named| !cut.is_named(named)).map(Finder::new).collect();
        let names = cut.names();
        let mut facts = cut.facts();
        let stale = cut.stale(&mut facts);
        let asks = cut.asks(&facts);
        let made = cut.made(&facts, &asks, &names);
        let gaps = cut.gaps(&facts);
        let steps = cut.steps();
        let awaited = cut.awaited(&facts);
        let topics = cut.topics(&facts, &awaited);
        let caveats = cut.caveats(&facts);
        let arguments = cut.arguments(&facts);
        let (sources, withheld) = cut.sources();
        View {
            case: self.id.clone(),
            country: self.country.clone(),
            as_of,
            clock,
            audience,
            readers,
            victims: self.victims.iter().filter(|id| names.contains_key(*id)).cloned().collect(),
            names,
            topics,
            facts,
            asks,
            made,
            gaps,
            arguments,
            steps,
            awaited,
            stale,
            caveats,
            sources,
            withheld,
            left_out: cut.left_out,
        }
    }
}
