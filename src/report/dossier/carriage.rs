//! Each fact beside the words it is cited to: which words are the author's own, which questions are open, and what was
//! not compared.

use std::collections::BTreeMap;

use super::page::CellWords;
use super::report::Report;
use crate::case::{Fact, OwnWording, Text};
use crate::document::ClaimId;

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
        let facts = facts.into_iter().filter_map(|fact| self.carriage_of_fact(fact));
        let rows: Vec<Vec<CellWords>> = facts.chain(self.carriage_of_others()).collect();
        for line in self.not_compared() {
            self.paragraph(CellWords::of(line));
        }
        self.table(&["Statement", "Own words and open questions"], rows);
    }

    /// For each language and reason: the number of texts that were not compared.
    fn not_compared(&self) -> Vec<String> {
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let carried = self.case.facts.keys().flat_map(|fact| self.request.carriage.of(&ClaimId::Fact(fact.clone())));
        for (language, why) in carried.flat_map(|carried| &carried.not_compared) {
            *counts.entry((language, why)).or_default() += 1;
        }
        let told = |((language, why), count)| {
            format!(
                "{language}: the texts of {count} of {} facts were not compared: {why}. Numbers, dates, names and what is \
                 denied or may be were compared with the other language; the rest has to be read by somebody who knows \
                 both.",
                self.case.facts.len()
            )
        };
        counts.into_iter().map(told).collect()
    }

    fn carriage_of_fact(&self, fact: &Fact) -> Option<Vec<CellWords>> {
        let texts: Vec<&Text> = vec![&fact.text, &fact.dated];
        self.carriage_of(&ClaimId::Fact(fact.id.clone()), fact.id.as_str(), &texts, &fact.own_words)
    }

    /// The rows of requests, arguments and steps.
    fn carriage_of_others(&self) -> Vec<Vec<CellWords>> {
        let demands = self.case.demands.values().filter_map(|demand| {
            let texts: Vec<&Text> = std::iter::once(&demand.text).chain(demand.ask.values()).collect();
            self.carriage_of(&ClaimId::Demand(demand.id.clone()), demand.id.as_str(), &texts, &demand.own_words)
        });
        let arguments = self.case.arguments.iter().filter_map(|argument| {
            let id = ClaimId::Argument(argument.category.clone());
            self.carriage_of(&id, &argument.category, &[&argument.text], &argument.own_words)
        });
        let steps = self.case.steps.iter().filter_map(|step| {
            self.carriage_of(&ClaimId::Step(step.body.clone()), &step.body, &[&step.text], &step.own_words)
        });
        demands.chain(arguments).chain(steps).collect()
    }

    /// The row of a statement; `None` if it has neither own words nor open questions.
    fn carriage_of(&self, id: &ClaimId, name: &str, texts: &[&Text], own: &[OwnWording]) -> Option<Vec<CellWords>> {
        let questions = self.request.carriage.open(id);
        let own = own.iter().map(|own| self.own_words(texts, own));
        let open = (questions > 0).then(|| CellWords::new().strong(open(questions)));
        let cell = CellWords::lines(open.into_iter().chain(own));
        (!cell.is_empty()).then(|| vec![CellWords::new().strong(name), cell])
    }

    fn own_words(&self, texts: &[&Text], own: &OwnWording) -> CellWords {
        let why = format!(" ({}): {}", own.kind, super::page::flat(&own.why));
        self.words_of(texts, &own.words).say(why)
    }
}

fn open(questions: usize) -> String {
    if questions == 1 { "1 open question".to_owned() } else { format!("{questions} open questions") }
}
