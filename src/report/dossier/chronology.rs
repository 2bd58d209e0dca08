//! Every fact by the day of its event, with the day from which it could be known.

use super::page::{CellWords, flat, ids};
use super::report::Report;
use crate::case::{Citation, Fact};

impl Report<'_> {
    pub(super) fn chronology(&mut self) {
        self.section(
            "chronology",
            "Put a new message beside this first. Left, when it happened; in the middle, from when anybody could know \
             it and by which source.",
        );
        let mut facts: Vec<&Fact> = self.case.facts.values().collect();
        facts.sort_by_key(|fact| {
            (self.case.date_of(fact).map(|date| date.last), self.case.known_from(fact), fact.order)
        });
        let rows = facts.iter().map(|fact| vec![self.happened(fact), self.known(fact), self.told(fact)]).collect();
        self.table(&["Happened", "Known from", "What, and what it rests on"], rows);
    }

    fn happened(&self, fact: &Fact) -> CellWords {
        match (fact.date(), self.case.date_of(fact)) {
            (Some(date), _) => self.date(date, fact.citations().next().map(|one| one.source.as_str())),
            (None, Some(date)) => CellWords::of(format!("{date} (as its whole)")),
            (None, None) => CellWords::of("no date"),
        }
    }

    /// The day from which a fact is known, and the source of its earliest sufficient set that was published last.
    fn known(&self, fact: &Fact) -> CellWords {
        let day = self.case.known_from(fact);
        let words = CellWords::of(day.map_or_else(|| "never".to_owned(), |day| day.to_string()));
        let last = |set: &&Vec<Citation>| self.case.set_known_from(set);
        let set = fact.sets.iter().filter(|set| last(set) == day && day.is_some()).min_by_key(last);
        let by = set.and_then(|set| set.iter().max_by_key(|citation| self.published(citation)));
        match by {
            Some(citation) => {
                let decided = self.case.records.get(&citation.source).is_some_and(|one| one.counted_from.is_some());
                words.line().say(format!("by {}", citation.source)).say(if decided { " (by decision)" } else { "" })
            }
            None if day.is_some() => words.line().say("by the facts it follows from"),
            None => words,
        }
    }

    fn published(&self, citation: &Citation) -> Option<chrono::NaiveDate> {
        self.case.records.get(&citation.source)?.known_from()
    }

    fn told(&self, fact: &Fact) -> CellWords {
        let told = self.view.fact(&fact.id);
        let mut about = vec![fact.about.name().to_owned()];
        about.extend(told.map(|told| told.status.name().to_owned()));
        about.extend(fact.topic().map(|topic| format!("state of {topic}")));
        about.extend(fact.part_of.as_ref().map(|whole| format!("detail of {whole}")));
        about.extend(fact.at.as_ref().map(|at| format!("at {at}")));
        about.extend(fact.urgent.then(|| "told under “why now”".to_owned()));
        let superseded = self.standing.superseded.get(&fact.id).map(|by| match by {
            by if *by == fact.id => "Ended.".to_owned(),
            by => format!("No longer holds: {by} took its place."),
        });
        let not_counted = self.not_counted(fact).map(|why| CellWords::new().strong("Not counted: ").say(why));
        let caveats = (!fact.caveats.is_empty()).then(|| CellWords::of(format!("Caveats: {}", ids(&fact.caveats))));
        let awaits = fact.awaits.as_ref().map(|(topic, words)| {
            let open = self.view.awaited.iter().any(|one| one.fact == fact.id);
            let awaits = if open { "Awaits a decision" } else { "Awaited a decision (made since, or not counted)" };
            CellWords::of(format!("{awaits} on {topic}: ")).then(self.first(words))
        });
        let head = CellWords::new().strong(&fact.id).say(format!(" ({})", about.join(", ")));
        let rest = [
            Some(head),
            Some(self.all(&fact.text)),
            superseded.map(CellWords::of),
            not_counted,
            Some(CellWords::of(Self::rests_on(fact))),
            caveats,
            awaits,
        ];
        CellWords::lines(rest.into_iter().flatten())
    }

    /// The places of the sufficient sets and of corroborating citations.
    fn rests_on(fact: &Fact) -> String {
        let places = |all: &[Citation]| {
            let mut places: Vec<String> = all.iter().map(Self::at).collect();
            places.dedup();
            places.join(" and ")
        };
        let sets: Vec<String> = fact.sets.iter().map(|set| places(set)).collect();
        let from: Vec<String> =
            fact.derived.iter().flat_map(|derived| derived.from.iter().map(|id| flat(id.as_str()))).collect();
        let mut out = match (sets.is_empty(), from.is_empty()) {
            (true, true) => "Rests on nothing that is cited.".to_owned(),
            (true, false) => format!("Follows from {}.", from.join(", ")),
            (false, _) => format!("Rests on {}.", sets.join("; or on ")),
        };
        if !fact.also.is_empty() {
            out = format!("{out} Supported by {}.", places(&fact.also));
        }
        out
    }
}
