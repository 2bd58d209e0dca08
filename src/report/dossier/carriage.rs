//! Each fact beside the words it is cited to: which words are the author's own, which questions are open, and what was
//! not compared.

use std::collections::BTreeMap;

use super::page::CellWords;
use super::report::Report;
use crate::case::{Fact, OwnWording};
use crate::check::CarriedFact;

impl Report<'_> {
    pub(super) fn carriage(&mut self) {
        self.section(
            "carriage",
            "Whether each statement says more than the words it is cited to, as far as the program can see: it knows words and \
             cues, no grammar. A fact that is not listed has neither own words nor open questions.",
        );
        self.paragraph(CellWords::of(format!("{}.", self.request.carriage.summary())));
        let mut facts: Vec<&Fact> = self.case.facts.values().collect();
        facts.sort_by_key(|fact| fact.order);
        let rows: Vec<Vec<CellWords>> = facts.into_iter().filter_map(|fact| self.carriage_of(fact)).collect();
        for line in self.not_compared() {
            self.paragraph(CellWords::of(line));
        }
        self.table(&["Fact", "Own words and open questions"], rows);
    }

    /// For each language and reason: the number of texts that were not compared.
    fn not_compared(&self) -> Vec<String> {
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let carried = self.case.facts.keys().filter_map(|fact| self.request.carriage.of(fact));
        for (language, why) in carried.flat_map(|carried| &carried.not_compared) {
            *counts.entry((language, why)).or_default() += 1;
        }
        let told = |((language, why), count)| {
            format!(
                "{language}: the texts of {count} of {} facts were not compared: {why}. Numbers, dates and names were \
                 compared with the other language; the rest has to be read by somebody who knows both.",
                self.case.facts.len()
            )
        };
        counts.into_iter().map(told).collect()
    }

    /// The row of a fact; `None` if it has neither own words nor open questions.
    fn carriage_of(&self, fact: &Fact) -> Option<Vec<CellWords>> {
        let carried = self.request.carriage.of(&fact.id)?;
        let own = fact.own_words.iter().map(|own| self.own_words(fact, own));
        let open = (carried.open > 0).then(|| CellWords::new().strong(open(carried)));
        let cell = CellWords::lines(open.into_iter().chain(own));
        (!cell.is_empty()).then(|| vec![CellWords::new().strong(&fact.id), cell])
    }

    fn own_words(&self, fact: &Fact, own: &OwnWording) -> CellWords {
        let why = format!(" ({}): {}", own.kind, super::page::flat(&own.why));
        self.words_of(fact, &own.words).say(why)
    }
}

fn open(carried: &CarriedFact) -> String {
    if carried.open == 1 { "1 open question".to_owned() } else { format!("{} open questions", carried.open) }
}
