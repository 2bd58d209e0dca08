//! Our demands and those of others, and if each can be asked on the day.

use super::page::{CellWords, ids};
use super::report::Report;
use crate::case::Demand;
use crate::document::{ClaimId, DemandId, FactId};

impl Report<'_> {
    pub(super) fn demands(&mut self) {
        self.section(
            "demands",
            "What we ask and what it stands on: if a ground falls, the demand falls. Below it, what others have asked, \
             which is never mixed with ours.",
        );
        self.heading(2, None, "What we ask, because of facts");
        let mut ours: Vec<&Demand> = self.case.demands.values().filter(|demand| demand.made_by.is_none()).collect();
        ours.sort_by_key(|demand| (demand.priority, &demand.id));
        let rows = ours.iter().map(|demand| vec![self.demand(demand), self.stands_on(demand), self.wordings(demand)]);
        let rows = rows.collect();
        self.table(&["Demand", "Rests on", "Wording for each power"], rows);
        self.heading(2, None, "What sources have demanded");
        let theirs = self.case.demands.values().filter(|demand| demand.made_by.is_some());
        let rows = theirs.map(|demand| vec![self.theirs(demand), self.made(demand), self.all(&demand.text)]).collect();
        self.table(&["Demand", "Made by, and where", "What was asked"], rows);
    }

    fn demand(&self, demand: &Demand) -> CellWords {
        let current = self.view.asks.iter().any(|ask| ask.id == demand.id);
        let standing = if current { CellWords::new().strong("Current") } else { self.fallen(demand) };
        let priority = CellWords::of(format!("priority {}", demand.priority));
        let risk = demand.risk.as_ref().map(|risk| {
            let says = risk.says.split_whitespace().collect::<Vec<_>>().join(" ");
            let seen = risk.verified_on.map_or_else(|| "not verified".to_owned(), |day| format!("looked up on {day}"));
            CellWords::new().strong("It can do harm: ").say(format!("{says} ({}; {seen})", risk.source))
        });
        let counsel = demand.needs_counsel.then(|| match &demand.cleared_by {
            Some(cleared) => format!("Counsel has to agree: {}, {}, {}", cleared.who, cleared.on, cleared.how),
            None => "Counsel has to agree, and has not".to_owned(),
        });
        let all = [
            Some(CellWords::new().strong(&demand.id)),
            Some(priority),
            Some(standing),
            risk,
            counsel.map(CellWords::of),
        ];
        CellWords::lines(all.into_iter().flatten())
    }

    /// The reason for which a demand cannot be asked on the day: a missing ground, or the reason in the view.
    fn fallen(&self, demand: &Demand) -> CellWords {
        let gone: Vec<String> = demand.grounds.iter().filter_map(|ground| self.ground_gone(&ground.value)).collect();
        let words = if gone.is_empty() { self.why_left_out(&demand.id).to_owned() } else { gone.join("; ") };
        CellWords::of(format!("Not current: {words}"))
    }

    fn ground_gone(&self, id: &FactId) -> Option<String> {
        if let Some(told) = self.view.fact(id) {
            return told.superseded_by.as_ref().map(|by| format!("{id} was replaced by {by}"));
        }
        let why = self.case.facts.get(id).and_then(|fact| self.not_counted(fact));
        Some(format!("{id}: {}", why.unwrap_or_else(|| "not in the file".to_owned())))
    }

    fn why_left_out(&self, id: &DemandId) -> &'static str {
        let why = self.view.why_left_out(&ClaimId::Demand(id.clone()).into());
        why.unwrap_or("not for those who work on the case")
    }

    fn stands_on(&self, demand: &Demand) -> CellWords {
        let grounds: Vec<FactId> = demand.grounds.iter().map(|ground| ground.value.clone()).collect();
        let norms = ids(demand.norms.iter().map(|norm| norm.value.as_str()));
        let norms = if norms.is_empty() { "no norm".to_owned() } else { norms };
        CellWords::lines([CellWords::of(self.facts_in(&grounds)), CellWords::of(format!("Norms: {norms}"))])
    }

    fn wordings(&self, demand: &Demand) -> CellWords {
        CellWords::lines(
            demand
                .ask
                .iter()
                .map(|(power, words)| CellWords::new().strong(format!("{}: ", power.name())).then(self.all(words))),
        )
    }

    fn theirs(&self, demand: &Demand) -> CellWords {
        let told = self.view.made.iter().find(|made| made.id == demand.id);
        let standing = match told {
            Some(made) if made.current => CellWords::new().strong("Still fits the state of the case"),
            Some(made) => CellWords::of(format!(
                "Overtaken: restated by {}",
                made.restated_by.as_ref().map_or("", DemandId::as_str)
            )),
            None => CellWords::of(format!("Not used: {}", self.why_left_out(&demand.id))),
        };
        let restated = (!demand.restated_by.is_empty())
            .then(|| CellWords::of(format!("Says it today: {}", ids(&demand.restated_by))));
        CellWords::lines([Some(CellWords::new().strong(&demand.id)), Some(standing), restated].into_iter().flatten())
    }

    fn made(&self, demand: &Demand) -> CellWords {
        let Some(made) = &demand.made_by else { return CellWords::new() };
        let source = made.cites.first().map(|one| one.source.as_str());
        let on =
            made.on.as_ref().map_or_else(|| CellWords::of("on the date of its source"), |date| self.date(date, source));
        let places = ids(made.cites.iter().map(Self::at));
        let grounds: Vec<FactId> = demand.grounds.iter().map(|ground| ground.value.clone()).collect();
        let stands = (!grounds.is_empty()).then(|| CellWords::of(format!("Stands while: {}", self.facts_in(&grounds))));
        let all = [Some(self.name(&made.who)), Some(on), Some(CellWords::of(places)), stands];
        CellWords::lines(all.into_iter().flatten())
    }
}
