//! The firmness of facts: facts from one origin only, reservations, voices, worked-out values, reviews.

use std::collections::BTreeSet;

use super::page::{CellWords, flat, ids};
use super::report::Report;
use crate::case::{Citation, Fact, Text};
use crate::check::fact_seal;
use crate::document::ClaimId;

/// The origins of a fact.
struct Roots<'a> {
    sources: BTreeSet<&'a str>,
    /// Groups of publishers; a source without a group is a group of its own.
    groups: BTreeSet<&'a str>,
    /// The origins behind the publishers: the voices that they quote, and the sources on which they rest.
    origins: BTreeSet<&'a str>,
    /// True if two citations share no origin.
    independent: bool,
}

impl Report<'_> {
    /// The origins of all citations of a fact whose source was not withdrawn.
    fn roots<'a>(&'a self, fact: &'a Fact) -> Roots<'a> {
        let records = &self.case.records;
        let stands = |one: &&Citation| records.get(&one.source).is_some_and(|record| record.withdrawn.is_none());
        let citations: Vec<&Citation> = fact.citations().filter(stands).collect();
        let origins: Vec<BTreeSet<&str>> = citations.iter().map(|one| self.case.origins(one)).collect();
        let mut pairs = (1..).zip(&origins);
        let independent = pairs.any(|(next, one)| origins[next..].iter().any(|other| one.is_disjoint(other)));
        let group = |one: &&'a Citation| records.get(&one.source)?.group.as_deref();
        let groups: BTreeSet<&str> = citations.iter().map(|one| group(one).unwrap_or(&one.source)).collect();
        let sources = citations.iter().map(|one| one.source.as_str()).collect();
        let origins = origins.into_iter().flatten().filter(|one| !groups.contains(one)).collect();
        Roots { sources, groups, origins, independent }
    }

    pub(super) fn firmness(&mut self) {
        self.section(
            "firmness",
            "If this one source, this one publisher or their common origin is wrong, these facts are wrong. A second, independent source \
             for any of them is worth looking for.",
        );
        let roots = self.case.facts.values().map(|fact| (fact, self.roots(fact)));
        let thin = roots.filter(|(_, roots)| !roots.sources.is_empty() && !roots.independent);
        let rows = thin.map(|(fact, roots)| {
            let primary =
                roots.sources.iter().filter_map(|id| self.case.records.get(*id)).any(crate::source::Record::is_primary);
            let how = match (primary, roots.sources.len()) {
                (true, _) => "a document of the proceedings or the law",
                (false, 1) => "one source",
                (false, _) if roots.groups.len() == 1 => "several sources of one group",
                (false, _) => "several publishers with a common origin",
            };
            let status = self.view.fact(&fact.id).map_or("not counted", |told| told.status.name());
            let from = match ids(&roots.origins) {
                none if none.is_empty() => CellWords::new(),
                origins => CellWords::of(format!("which has it from {origins}")),
            };
            let on = CellWords::lines([
                CellWords::of(ids(&roots.sources)),
                CellWords::of(format!("group {}", ids(&roots.groups))),
                from,
            ]);
            vec![CellWords::new().strong(&fact.id).line().say(status), CellWords::of(how), on]
        });
        let rows = rows.collect();
        self.table(&["Fact", "Rests on", "Which"], rows);
    }

    pub(super) fn caveats(&mut self) {
        self.section("caveats", "Reservations that travel with facts: whoever tells the fact tells this too.");
        let rows = self.case.caveats.iter().map(|(id, caveat)| {
            let facts = self.case.facts.values().filter(|fact| fact.caveats.contains(id)).map(|fact| &fact.id);
            let facts = ids(facts);
            let facts = if facts.is_empty() { "no fact".to_owned() } else { facts };
            vec![CellWords::new().strong(id), CellWords::of(facts), self.all(&caveat.text)]
        });
        let rows = rows.collect();
        self.table(&["Caveat", "Travels with", "Words"], rows);
    }

    pub(super) fn voices(&mut self) {
        self.section(
            "voices",
            "Where a source passes on what somebody else says. Such words are told as that voice’s, never as ours.",
        );
        let rows = self.case.citations().into_iter().filter(|(_, citation)| !citation.voices.is_empty());
        let rows = rows.map(|(owner, citation)| {
            let voices = CellWords::join(citation.voices.iter().map(|voice| self.name(voice)), " from ");
            let chain = CellWords::of(format!("{} has it from ", citation.source)).then(voices);
            vec![CellWords::new().strong(owner.to_string()), CellWords::of(Self::at(citation)), chain]
        });
        let rows = rows.collect();
        self.table(&["Belongs to", "Stands in", "Who speaks, nearest first"], rows);
    }

    pub(super) fn derived(&mut self) {
        self.section("derived", "What no source says in so many words, with the rule by which we worked it out.");
        let all = self.case.facts.values().flat_map(|fact| fact.derived.iter().map(move |one| (fact, one)));
        let rows = all.map(|(fact, derived)| {
            let words = CellWords::join(
                derived.words.iter().map(|words| self.words_of(&[&fact.text, &fact.dated], words)),
                "; ",
            );
            let words = if words.is_empty() { CellWords::of("the whole") } else { words };
            let from = if derived.from.is_empty() {
                ids(fact.citations().map(Self::at).collect::<BTreeSet<_>>())
            } else {
                self.facts_in(&derived.from)
            };
            let rule = CellWords::of(format!("From {from}")).line().say(format!("Rule: {}", flat(&derived.how)));
            vec![CellWords::new().strong(&fact.id), words, rule]
        });
        let rows = rows.collect();
        self.table(&["Fact", "Words", "Inputs and rule"], rows);
    }

    /// Words of a fact, in the language of the text that has them.
    pub(super) fn words_of(&self, texts: &[&Text], words: &str) -> CellWords {
        let has = |text: &str| flat(text).to_lowercase().contains(&flat(words).to_lowercase());
        let of = texts.iter().flat_map(|text| text.iter()).find(|(_, text)| has(text));
        self.foreign(of.map_or("", |(code, _)| code.as_str()), words)
    }

    pub(super) fn reviews(&mut self) {
        self.section(
            "reviews",
            "Which facts a second person has compared with their paragraphs. A review is void once the words, the \
             citations or the copy change.",
        );
        let reviewed = self.case.facts.values().filter(|fact| fact.reviewed.is_some());
        let rows = reviewed.filter_map(|fact| {
            let review = fact.reviewed.as_ref()?;
            let state = match (self.is_void(fact), review.on > self.as_of) {
                (true, _) => CellWords::new().strong("Void: it has changed since"),
                (false, true) => CellWords::of("Holds; made later than this report"),
                (false, false) => CellWords::of("Holds"),
            };
            let by = CellWords::of(format!("{}, {}", review.on, flat(&review.by)));
            Some(vec![CellWords::new().strong(&fact.id), by, state])
        });
        let rows = rows.collect();
        self.table(&["Fact", "Compared on, by (role)", "Whether it holds"], rows);
        let open: Vec<String> = self
            .case
            .facts
            .values()
            .filter(|fact| fact.reviewed.is_none())
            .map(|fact| format!("{} (seal {})", fact.id, fact_seal(self.case, fact)))
            .collect();
        if !open.is_empty() {
            let words = CellWords::new().strong("Not yet compared: ").say(ids(open)).say(".");
            self.paragraph(words);
        }
    }

    pub(super) fn is_void(&self, fact: &Fact) -> bool {
        fact.reviewed.as_ref().is_some_and(|review| review.seal.value != fact_seal(self.case, fact))
    }

    /// The role of a citation: in the sufficient sets of its fact, or only corroborating.
    pub(super) fn role(&self, owner: &ClaimId, citation: &Citation) -> &'static str {
        let fact = owner.fact().and_then(|id| self.case.facts.get(id));
        let corroborates = fact.is_some_and(|fact| fact.also.iter().any(|one| one.place == citation.place));
        if corroborates { " (only supports)" } else { "" }
    }
}
