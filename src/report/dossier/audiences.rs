//! The parts of the case that each audience may be told and those it may not, with the reasons.

use std::collections::BTreeMap;

use super::page::CellWords;
use super::report::Report;
use crate::case::view::CutEntry;
use crate::document::ClaimId;
use crate::reference::audience::Audience;

/// The readers of papers: all audiences except the team itself.
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
        let facts = self.case.facts.keys().map(|id| (id.as_str(), ClaimId::Fact(id.clone()).into()));
        let demands = self.case.demands.keys().map(|id| (id.as_str(), ClaimId::Demand(id.clone()).into()));
        let gaps = self.case.gaps.iter().map(|gap| (gap.id.as_str(), ClaimId::Gap(gap.id.clone()).into()));
        let names = self.case.names.keys().map(|id| (id.as_str(), CutEntry::Name(id.clone())));
        let kinds: [(&str, Vec<(&str, CutEntry)>); 4] = [
            ("Facts", facts.collect()),
            ("Demands", demands.collect()),
            ("Gaps", gaps.collect()),
            ("Names", names.collect()),
        ];
        let tables = kinds.map(|(title, all)| {
            let rows: Vec<Vec<CellWords>> = all.iter().map(|(id, what)| self.row(id, what, &mut reasons)).collect();
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
            let may = READERS.iter().map(|audience| {
                CellWords::of(if record.allowed(*audience, self.as_of) { "may be cited" } else { "no" })
            });
            std::iter::once(CellWords::of(&record.id)).chain(may).collect()
        });
        let rows = rows.collect();
        let head: Vec<&str> = std::iter::once("Id").chain(header).collect();
        self.table(&head, rows);
        self.heading(2, None, "Why not");
        let mut each: Vec<(usize, &str)> = reasons.into_iter().map(|(why, number)| (number, why)).collect();
        each.sort_unstable();
        let items = each
            .into_iter()
            .map(|(number, why)| vec![CellWords::of(format!("no {number}")), CellWords::of(why)])
            .collect();
        self.table(&["Number", "Reason"], items);
    }

    fn row(&self, id: &str, what: &CutEntry, reasons: &mut BTreeMap<&'static str, usize>) -> Vec<CellWords> {
        let cells = READERS.iter().map(|audience| {
            let view = self.request.views.get(audience);
            match view.and_then(|view| view.why_left_out(what)) {
                None => CellWords::of("yes"),
                Some(why) => {
                    let next = reasons.len() + 1;
                    CellWords::of(format!("no {}", reasons.entry(why).or_insert(next)))
                }
            }
        });
        std::iter::once(CellWords::of(id)).chain(cells).collect()
    }
}
