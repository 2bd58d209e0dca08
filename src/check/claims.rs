//! What a case states in words, each with what it rests on: facts and what sources demanded on citations, requests and
//! arguments of the drafter on facts and norms.

use super::review::{fact_seal, seal_of};
use crate::case::{Argument, Case, Citation, Demand, Fact, Gap, OwnWording, Step};
use crate::document::ClaimId;
use crate::reference::{Name, Norm, Reference};
use crate::yaml::At;

/// A statement of the case with what it rests on.
pub(super) struct CaseClaim<'a> {
    pub(super) id: ClaimId,
    /// The words to name it in a message: ``fact `arrest` ``.
    pub(super) name: String,
    /// Its texts, each with its language.
    pub(super) texts: Vec<(&'a str, &'a At<String>)>,
    pub(super) ground: ClaimGround<'a>,
    /// Every citation of it, those that only corroborate too.
    pub(super) citations: Vec<&'a Citation>,
    /// Words that follow by a recorded rule, and names of offices.
    pub(super) derived: Vec<&'a str>,
    /// The author's answers.
    pub(super) own_words: &'a [OwnWording],
    /// The seal that an answer must bear.
    pub(super) seal: String,
}

impl CaseClaim<'_> {
    /// True for a demand that a source made.
    pub(super) fn is_demand(&self) -> bool {
        matches!((&self.id, &self.ground), (ClaimId::Demand(_), ClaimGround::Citations(_)))
    }
}

/// What a statement rests on.
pub(super) enum ClaimGround<'a> {
    /// Sufficient sets of citations: each whole set is enough alone.
    Citations(Vec<&'a [Citation]>),
    /// Facts and norms: a request, or an argument.
    Facts {
        facts: Vec<&'a Fact>,
        norms: Vec<&'a Norm>,
        /// True for a request, which may ask for what no fact tells.
        is_request: bool,
    },
    /// Facts between which something is not said: its numbers, dates and names are theirs.
    Between(Vec<&'a Fact>),
}

/// Everything that a case states.
pub(super) fn claims<'a>(case: &'a Case, reference: &'a Reference) -> Vec<CaseClaim<'a>> {
    let gatherer = ClaimGatherer { case, reference };
    let mut all: Vec<CaseClaim> = case.facts().values().map(|fact| gatherer.fact(fact)).collect();
    all.extend(case.demands().values().map(|demand| gatherer.demand(demand)));
    all.extend(case.arguments().iter().filter(|argument| argument.claimed).map(|argument| gatherer.argument(argument)));
    // What the supporters did themselves has no source.
    let reported = case.steps().iter().filter(|step| !step.cites.is_empty());
    all.extend(reported.map(|step| gatherer.step(step)));
    all.extend(case.gaps().iter().map(|gap| gatherer.gap(gap)));
    all
}

struct ClaimGatherer<'a> {
    case: &'a Case,
    reference: &'a Reference,
}

impl<'a> ClaimGatherer<'a> {
    fn fact(&self, fact: &'a Fact) -> CaseClaim<'a> {
        CaseClaim {
            id: ClaimId::Fact(fact.id.clone()),
            name: format!("fact `{}`", fact.id),
            texts: fact.wordings().map(|(language, text)| (language.as_str(), text)).collect(),
            ground: ClaimGround::Citations(fact.sets.iter().map(Vec::as_slice).collect()),
            citations: fact.citations().collect(),
            derived: fact.derived.iter().flat_map(|derived| &derived.words).map(|words| words.value.as_str()).collect(),
            own_words: &fact.own_words,
            seal: fact_seal(self.case, fact),
        }
    }

    fn demand(&self, demand: &'a Demand) -> CaseClaim<'a> {
        let id = ClaimId::Demand(demand.id.clone());
        if let Some(made) = &demand.made_by {
            let texts = demand.text.iter();
            let ground = ClaimGround::Citations(vec![&made.cites]);
            return self.claim(id, format!("demand `{}`", demand.id), texts, ground, &demand.own_words);
        }
        let texts = demand.ask.values().flatten();
        let facts = demand.grounds.iter().filter_map(|ground| self.case.facts().get(&ground.value)).collect();
        let ground = ClaimGround::Facts { facts, norms: self.norms(&demand.norms), is_request: true };
        self.claim(id, format!("request `{}`", demand.id), texts, ground, &demand.own_words)
    }

    fn argument(&self, argument: &'a Argument) -> CaseClaim<'a> {
        let facts = argument.facts.iter().filter_map(|fact| self.case.facts().get(fact)).collect();
        let ground = ClaimGround::Facts { facts, norms: self.norms(&argument.norms), is_request: false };
        let name = format!("argument `{}`", argument.category);
        let id = ClaimId::Argument(argument.category.clone());
        self.claim(id, name, argument.text.iter(), ground, &argument.own_words)
    }

    /// A step; the name of the office to which it went is known.
    fn step(&self, step: &'a Step) -> CaseClaim<'a> {
        let ground = ClaimGround::Citations(vec![&step.cites]);
        let id = ClaimId::Step(step.body.clone());
        let office = self.reference.office(&step.body).into_iter();
        let names = office.flat_map(|office| office.name.values()).flat_map(Name::forms);
        let is_name = |word: &&str| word.starts_with(char::is_uppercase);
        let derived = names.flat_map(|name| std::iter::once(name).chain(name.split(' ').filter(is_name))).collect();
        let claim = self.claim(id, format!("step `{}`", step.body), step.text.iter(), ground, &step.own_words);
        CaseClaim { derived, ..claim }
    }

    fn gap(&self, gap: &'a Gap) -> CaseClaim<'a> {
        let between = gap.between.iter().filter_map(|fact| self.case.facts().get(fact)).collect();
        let id = ClaimId::Gap(gap.id.clone());
        self.claim(id, format!("gap `{}`", gap.id), gap.text.iter(), ClaimGround::Between(between), &[])
    }

    fn claim(
        &self,
        id: ClaimId,
        name: String,
        texts: impl Iterator<Item = (&'a String, &'a At<String>)>,
        ground: ClaimGround<'a>,
        own_words: &'a [OwnWording],
    ) -> CaseClaim<'a> {
        let texts: Vec<_> = texts.map(|(language, text)| (language.as_str(), text)).collect();
        let citations = ground.citations();
        let seal = seal_of(self.case, &texts, &ground.facts(), &citations);
        CaseClaim { id, name, texts, ground, citations, derived: Vec::new(), own_words, seal }
    }

    fn norms(&self, ids: &[At<String>]) -> Vec<&'a Norm> {
        ids.iter().filter_map(|id| self.reference.norm(id)).collect()
    }
}

impl<'a> ClaimGround<'a> {
    /// The facts on which it rests.
    pub(super) fn facts(&self) -> Vec<&'a Fact> {
        match self {
            Self::Citations(_) => Vec::new(),
            Self::Facts { facts, .. } | Self::Between(facts) => facts.clone(),
        }
    }

    /// The citations on which it rests directly.
    pub(super) fn citations(&self) -> Vec<&'a Citation> {
        match self {
            Self::Citations(sets) => sets.iter().copied().flatten().collect(),
            Self::Facts { .. } | Self::Between(_) => Vec::new(),
        }
    }
}
