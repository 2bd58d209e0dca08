//! Conflicts, gaps, categories, steps.

use super::page::{CellWords, flat, ids};
use super::report::Report;
use crate::document::FactId;

impl Report<'_> {
    pub(super) fn conflicts(&mut self) {
        self.section(
            "conflicts",
            "Where two sources differ, what we go by, and why. Before you believe a new message, see whether it takes \
             a side here.",
        );
        let rows = self.case.conflicts.iter().map(|conflict| {
            let values = conflict
                .values
                .iter()
                .map(|(says, source, at)| CellWords::of(format!("{} ({source} {at})", flat(says))));
            let what = CellWords::new().strong(flat(&conflict.about)).line().say(conflict.kind.name());
            let facts =
                (!conflict.facts.is_empty()).then(|| CellWords::of(format!("Matters to {}.", ids(&conflict.facts))));
            let by = match flat(&conflict.resolution) {
                words if words.is_empty() => CellWords::new().strong("Not resolved."),
                words => CellWords::new().strong("We go by: ").say(words),
            };
            let why = CellWords::of(format!("Why: {}", flat(&conflict.why)));
            vec![what, CellWords::lines(values), CellWords::lines([Some(by), Some(why), facts].into_iter().flatten())]
        });
        let rows = rows.collect();
        self.table(&["About", "What each source says", "What we go by"], rows);
        for (topic, one, other) in self.standing.ties.clone() {
            let words = format!("Nothing orders {one} and {other} on the topic {topic}: both would hold.");
            self.paragraph(CellWords::new().strong("Tie. ").say(words));
        }
    }

    pub(super) fn gaps(&mut self) {
        self.section(
            "gaps",
            "What nobody has told us. These are the questions for the next talk with family or counsel.",
        );
        let rows = self.case.gaps.iter().map(|gap| {
            let arises = self.view.gaps.iter().any(|one| one.id == gap.id);
            let fields =
                (!gap.fields.is_empty()).then(|| CellWords::of(format!("Fields of forms: {}", ids(&gap.fields))));
            let between = (!gap.between.is_empty()).then(|| CellWords::of(format!("Between {}", ids(&gap.between))));
            let topic = gap.topic.as_ref().map(|topic| CellWords::of(format!("While {topic} has a state")));
            let standing = (!arises).then(|| CellWords::of("Does not arise on this date"));
            let about = [fields, between, topic, standing].into_iter().flatten();
            vec![CellWords::new().strong(&gap.id), CellWords::lines(about), self.all(&gap.text)]
        });
        let rows = rows.collect();
        self.table(&["Gap", "Where it shows", "What is not said"], rows);
    }

    pub(super) fn categories(&mut self) {
        self.section(
            "categories",
            "For a form that asks under which categories something is claimed: what we claim under each of them, and what \
             we do not claim, and why.",
        );
        let known = &self.request.categories;
        let rows = known.iter().map(|id| match self.case.arguments.iter().find(|one| one.category == *id) {
            None => {
                vec![
                    CellWords::new().strong(id),
                    CellWords::of("no entry"),
                    CellWords::of("The case file says nothing of it."),
                ]
            }
            Some(_) => self.category(id),
        });
        let others = self.case.arguments.iter().map(|one| one.category.as_str());
        let others: Vec<&str> = others.filter(|id| known.iter().all(|own| own != id)).collect();
        let rows = rows.chain(others.into_iter().map(|id| self.category(id))).collect();
        self.table(&["Category", "Claimed", "Argument, or why not"], rows);
    }

    fn category(&self, id: &str) -> Vec<CellWords> {
        let arguments = self.case.arguments.iter().filter(|one| one.category == id);
        let mut cells = vec![CellWords::new().strong(id), CellWords::new(), CellWords::new()];
        for argument in arguments {
            let word = if argument.claimed { "claimed" } else { "not claimed" };
            let norms = ids(argument.norms.iter().map(|norm| norm.value.as_str()));
            let why = argument.why.as_ref().map(|why| CellWords::of(format!("Why not: {}", flat(why))));
            let facts = (!argument.facts.is_empty())
                .then(|| CellWords::of(format!("Facts: {}", self.facts_in(&argument.facts))));
            let norms = (!norms.is_empty()).then(|| CellWords::of(format!("Norms: {norms}")));
            let says = [Some(self.all(&argument.text)), why, facts, norms].into_iter().flatten();
            cells[1] = cells[1].clone().line().say(word);
            cells[2] = cells[2].clone().line().then(CellWords::lines(says));
        }
        cells
    }

    /// Facts by id; those that do not hold on the day are marked.
    pub(super) fn facts_in(&self, all: &[FactId]) -> String {
        let shown = all.iter().map(|id| match self.view.fact(id) {
            Some(told) if told.current() => id.to_string(),
            Some(_) => format!("{id} (replaced)"),
            None => format!("{id} (not counted)"),
        });
        ids(shown)
    }

    pub(super) fn steps(&mut self) {
        self.section(
            "steps",
            "What was filed, sent or decided before. “Unknown” is a question to ask, and is never told as “none”.",
        );
        let rows = self.case.steps.iter().map(|step| {
            let source = step.cites.first().map(|one| one.source.as_str());
            let date = match &step.date {
                None => CellWords::new().strong("date unknown"),
                Some(date) if date.last > self.as_of => {
                    self.date(date, source).line().say("later than this report: not counted")
                }
                Some(date) => self.date(date, source),
            };
            let outcome = match &step.outcome {
                None => CellWords::new().strong("Outcome unknown"),
                Some(outcome) => CellWords::of(format!("Outcome: {}", flat(outcome))),
            };
            let cites = ids(step.cites.iter().map(Self::at));
            let cites = if cites.is_empty() {
                CellWords::of("No source cited")
            } else {
                CellWords::of(format!("Rests on {cites}"))
            };
            vec![CellWords::new().strong(&step.body), date, CellWords::lines([self.all(&step.text), outcome, cites])]
        });
        let rows = rows.collect();
        self.table(&["Body", "Date", "What, and its outcome"], rows);
    }
}
