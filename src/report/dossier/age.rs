//! The age of the news about states, of papers, and of shipped data.

use chrono::NaiveDate;

use super::page::CellWords;
use super::report::Report;
use crate::case::FactKind;
use crate::case::view::Told;
use crate::reference::{Doubt, Office};

impl Report<'_> {
    pub(super) fn age(&mut self) {
        self.section(
            "age",
            "What may have changed without our knowing. A state that nobody has seen for too long is told as old news, \
             and its papers are not sent.",
        );
        self.heading(2, None, "Present states");
        let rows = self.present().map(|told| {
            let topic = told.topic.clone().unwrap_or_default();
            let limit = self.limit(told).map_or_else(|| "no limit".to_owned(), |days| format!("old after {days} days"));
            let seen = self.last_seen(told).map_or_else(
                || "never seen".to_owned(),
                |day| format!("last seen {day}, {} days before this report", (self.as_of - day).num_days()),
            );
            let confirmed = self.confirmed(told).map(|day| CellWords::of(format!("confirmed {day}")));
            let stale = self.is_stale(told).then(|| CellWords::new().strong("Too old: do not send"));
            let seen = [Some(CellWords::of(seen)), confirmed, stale].into_iter().flatten();
            vec![
                CellWords::new().strong(&told.fact.id),
                CellWords::of(topic),
                CellWords::of(limit),
                CellWords::lines(seen),
            ]
        });
        let rows = rows.collect();
        self.table(&["State", "Topic", "Limit", "Last seen"], rows);
        self.heading(2, None, "Papers");
        let rows = self.request.papers.iter().map(|paper| {
            let use_until = CellWords::of(format!("use until {}", paper.use_until));
            vec![CellWords::of(format!("for {}", paper.audience)), use_until, CellWords::of(&paper.name)]
        });
        let rows = rows.collect();
        self.table(&["Reader", "Last day of its use", "Paper"], rows);
    }

    /// States that hold on the day.
    pub(super) fn present(&self) -> impl Iterator<Item = &Told> {
        let state = |told: &&Told| matches!(told.fact.kind, FactKind::State { .. });
        self.view.facts.iter().filter(state).filter(|told| told.current())
    }

    fn limit(&self, told: &Told) -> Option<u32> {
        self.case.topics.get(told.topic.as_ref()?)?.stale_after
    }

    fn confirmed(&self, told: &Told) -> Option<NaiveDate> {
        told.fact.confirmed.as_ref().map(|(on, _)| *on).filter(|on| *on <= self.as_of)
    }

    fn last_seen(&self, told: &Told) -> Option<NaiveDate> {
        let FactKind::State { from, seen, .. } = &told.fact.kind else { return None };
        let seen = seen.as_ref().filter(|date| date.last <= self.as_of).or(from.as_ref());
        seen.map(|date| date.last).max(self.confirmed(told))
    }

    /// Days since a state was last seen, if there are more than its topic allows.
    pub(super) fn too_old(&self, told: &Told) -> Option<i64> {
        let age = (self.as_of - self.last_seen(told)?).num_days();
        (age > i64::from(self.limit(told)?)).then_some(age)
    }

    fn is_stale(&self, told: &Told) -> bool {
        self.too_old(told).is_some()
    }

    /// Shipped data that the papers of the case use and that must be looked up again, each with the reason.
    pub(super) fn doubts(&self) -> Vec<String> {
        let mut out = Vec::new();
        let demands = self.case.demands.values().flat_map(|demand| &demand.norms);
        let argued = self.case.arguments.iter().flat_map(|argument| &argument.norms);
        let norms: std::collections::BTreeSet<&str> = demands.chain(argued).map(|norm| norm.value.as_str()).collect();
        for norm in norms.into_iter().filter_map(|id| self.request.reference.norm(id)) {
            out.extend(norm.says.doubt(self.as_of).map(|doubt| format!("{}, its words: {}", norm.id, words(doubt))));
            let bound = norm.bound.get(&self.case.country).and_then(|bound| bound.doubt(self.as_of));
            out.extend(bound.map(|doubt| format!("{}, that it binds the State: {}", norm.id, words(doubt))));
        }
        let offices: std::collections::BTreeSet<&str> =
            self.request.papers.iter().flat_map(|paper| &paper.offices).map(String::as_str).collect();
        for office in offices.into_iter().filter_map(|id| self.request.reference.office(id)) {
            out.extend(self.doubts_of(office));
        }
        out
    }

    fn doubts_of(&self, office: &Office) -> Option<String> {
        let day = self.as_of;
        let address = office.address.as_ref();
        let mut found = Vec::new();
        if address.is_none() {
            found.push("no address".to_owned());
        }
        found.extend(address.and_then(|one| one.doubt(day)).map(|doubt| format!("address {}", words(doubt))));
        found.extend(office.powers.doubt(day).map(|doubt| format!("powers {}", words(doubt))));
        let salutation = office.salutation.values().find_map(|one| one.doubt(day));
        found.extend(salutation.map(|doubt| format!("form of address {}", words(doubt))));
        (!found.is_empty()).then(|| format!("{}: {}", office.id, found.join(", ")))
    }
}

fn words(doubt: Doubt) -> String {
    match doubt {
        Doubt::Unverified => "not verified".to_owned(),
        Doubt::Old(day) => format!("verified long ago, on {day}"),
        Doubt::NotYet(day) => format!("holds only from {day}"),
        Doubt::Over(day) => format!("held until {day}"),
    }
}
