//! Each topic: the present state, the earlier states, and the changes between them.

use super::page::CellWords;
use super::report::Report;
use crate::case::{Fact, FactKind, StateChange};
use crate::document::FactId;

impl Report<'_> {
    pub(super) fn states(&mut self) {
        self.section(
            "states",
            "What holds today on each question, and the way there. A step that no source reports is the first thing \
             to ask the family or counsel.",
        );
        if self.case.topics.is_empty() {
            self.paragraph(CellWords::of("None recorded."));
        }
        for (id, topic) in &self.case.topics {
            let title = crate::document::plain(&self.first(&topic.title).0);
            self.heading(2, None, &format!("{title} ({id})"));
            if !topic.unknown.is_empty() {
                let words = self.first(&topic.unknown);
                self.paragraph(CellWords::of("Not known: ").then(words));
            }
            let mut states: Vec<&Fact> = self.case.facts.values().filter(|fact| fact.topic() == Some(id)).collect();
            states.sort_by_key(|fact| (fact.date().map(|date| date.last), fact.order));
            let rows = states.iter().filter_map(|fact| self.state(fact)).collect();
            self.table(&["State, dates", "How it came, and whether it holds", "Words"], rows);
        }
    }

    fn state(&self, fact: &Fact) -> Option<Vec<CellWords>> {
        let FactKind::State { from, seen, until, change, via_unknown, .. } = &fact.kind else { return None };
        let dates = [("from", from), ("last seen", seen), ("until", until)];
        let dates =
            dates.into_iter().filter_map(|(word, date)| Some(CellWords::of(format!("{word} {}", date.as_ref()?))));
        let how = match change {
            StateChange::First => "The first on its topic.".to_owned(),
            change => format!("It {} {}.", change.word(), change.target().map_or("", FactId::as_str)),
        };
        let unknown = via_unknown.as_ref().map(|between| {
            let days: Vec<String> = between.iter().map(ToString::to_string).collect();
            let between =
                if days.is_empty() { String::new() } else { format!(" It lies between {}.", days.join(" and ")) };
            CellWords::new().strong("No source reports the step.").say(between)
        });
        let confirmed = fact.confirmed.as_ref().map(|(day, how)| {
            let later = if *day > self.as_of { " (later than this report)" } else { "" };
            CellWords::of(format!("Confirmed on {day}{later}: {}.", super::page::flat(how)))
        });
        let all = [Some(CellWords::of(how)), unknown, Some(self.holds(fact)), confirmed];
        let what = CellWords::lines(std::iter::once(CellWords::new().strong(&fact.id)).chain(dates));
        Some(vec![what, CellWords::lines(all.into_iter().flatten()), self.all(&fact.text)])
    }

    fn holds(&self, fact: &Fact) -> CellWords {
        if let Some(why) = self.not_counted(fact) {
            return CellWords::of(format!("Not counted: {why}."));
        }
        match self.standing.superseded.get(&fact.id) {
            Some(by) if *by == fact.id => CellWords::of("It has ended."),
            Some(by) => CellWords::of(format!("It no longer holds: {by} took its place.")),
            None => CellWords::new().strong("It holds."),
        }
    }
}
