//! What each audience may and may not be told, with the reasons.

use std::collections::BTreeMap;

use super::Report;
use super::page::Words;
use crate::reference::audience::Audience;

/// Those who read papers: all but the team itself.
const READERS: [Audience; 6] = [
    Audience::Custodian,
    Audience::State,
    Audience::OtherState,
    Audience::Un,
    Audience::Public,
    Audience::InsideCountry,
];

impl Report<'_> {
    pub(super) fn audiences(&mut self) {
        self.section(
            "audiences",
            "Look here before you tell anybody anything, on the telephone too. A number says why not; the reasons \
             stand under the tables.",
        );
        let mut reasons = BTreeMap::new();
        let kinds: [(&str, &str, Vec<&String>); 4] = [
            ("facts", "Facts", self.case.facts.keys().collect()),
            ("demands", "Demands", self.case.demands.keys().collect()),
            ("gaps", "Gaps", self.case.gaps.iter().map(|gap| &gap.id).collect()),
            ("names", "Names", self.case.names.keys().collect()),
        ];
        let tables = kinds.map(|(kind, title, all)| {
            let rows: Vec<Vec<Words>> = all.into_iter().map(|id| self.row(kind, id, &mut reasons)).collect();
            (title, rows)
        });
        let header = ["Custodian", "State", "Other State", "UN", "Public", "In country"];
        for (title, rows) in tables {
            self.heading(2, None, title);
            let head: Vec<&str> = std::iter::once("Id").chain(header).collect();
            self.table(&head, rows);
        }
        self.heading(2, None, "Sources");
        let rows = self.case.records.values().map(|record| {
            let may = READERS
                .iter()
                .map(|audience| Words::of(if record.allowed(*audience, self.as_of) { "may be cited" } else { "no" }));
            std::iter::once(Words::of(&record.id)).chain(may).collect()
        });
        let rows = rows.collect();
        let head: Vec<&str> = std::iter::once("Id").chain(header).collect();
        self.table(&head, rows);
        self.heading(2, None, "Why not");
        let mut each: Vec<(usize, &str)> = reasons.into_iter().map(|(why, number)| (number, why)).collect();
        each.sort_unstable();
        let items =
            each.into_iter().map(|(number, why)| vec![Words::of(format!("no {number}")), Words::of(why)]).collect();
        self.table(&["Number", "Reason"], items);
    }

    fn row(&self, kind: &str, id: &str, reasons: &mut BTreeMap<&'static str, usize>) -> Vec<Words> {
        let key = format!("{kind}.{id}");
        let cells = READERS.iter().map(|audience| {
            let view = self.request.views.get(audience);
            match view.and_then(|view| view.left_out.iter().find(|left| left.id == key)) {
                None => Words::of("yes"),
                Some(left) => {
                    let next = reasons.len() + 1;
                    Words::of(format!("no {}", reasons.entry(left.why).or_insert(next)))
                }
            }
        });
        std::iter::once(Words::of(id)).chain(cells).collect()
    }
}
