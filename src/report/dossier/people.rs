//! The persons and things of the case: spellings, relations, consents.

use super::page::{CellWords, flat, ids};
use super::report::Report;
use crate::case::{Named, NamedKind, Spelling};
use crate::source::LegalStatus;

impl Report<'_> {
    pub(super) fn people(&mut self) {
        self.section(
            "people",
            "How to write each name, which spellings in the sources mean the same, and who stands to whom. Whoever is \
             marked “not to be named” has no name in any paper.",
        );
        let groups = ["Persons", "Organisations", "Institutions", "Places"];
        for (index, title) in groups.into_iter().enumerate() {
            self.heading(2, None, title);
            let named = self.case.names.values().filter(|named| group(&named.kind) == index);
            let rows = named.map(|named| vec![self.who(named), self.relations(named), self.spellings(named)]).collect();
            self.table(&["Who", "Relations and remarks", "Spellings"], rows);
            if title == "Organisations" {
                self.laws();
            }
        }
    }

    /// The status of organisations in the law of countries; equal entries are printed once for all organisations.
    fn laws(&mut self) {
        let mut said: Vec<(&LegalStatus, Vec<&str>)> = Vec::new();
        for (named, status) in
            self.case.names.values().flat_map(|named| named.status.iter().map(move |one| (named, one)))
        {
            match said.iter_mut().find(|(known, _)| *known == status) {
                Some((_, all)) => all.push(&named.id),
                None => said.push((status, vec![&named.id])),
            }
        }
        if said.is_empty() {
            return;
        }
        self.heading(2, None, "What the law says of organisations");
        let who = |all: Vec<&str>| CellWords::lines(all.into_iter().map(|id| CellWords::new().strong(id)));
        let rows = said.into_iter().map(|(status, all)| vec![who(all), self.law(status)]).collect();
        self.table(&["Who", "What, since when, and who says so"], rows);
    }

    fn who(&self, named: &Named) -> CellWords {
        let kind = match named.kind {
            NamedKind::Institution(kind) => CellWords::of(kind.name()),
            _ => CellWords::new(),
        };
        let victim =
            self.case.victims.contains(&named.id).then(|| CellWords::of("the papers are written for this person"));
        let protected = named.protected.then(|| CellWords::new().strong("Not to be named"));
        let all = [Some(CellWords::new().strong(&named.id)), Some(self.name(&named.id)), Some(kind), victim, protected];
        CellWords::lines(all.into_iter().flatten())
    }

    fn spellings(&self, named: &Named) -> CellWords {
        let printed = named.names.iter().map(|(code, name)| {
            let basis = named.basis.get(code).map(|basis| format!(" ({})", flat(basis))).unwrap_or_default();
            CellWords::of(format!("{code}: ")).then(self.foreign(code, name.plain())).say(basis)
        });
        let described = named
            .describe
            .iter()
            .map(|(code, words)| CellWords::of(format!("{code}, described: ")).then(self.foreign(code, words)));
        let found = |word: &'static str, all: &[Spelling]| {
            let each = all.iter().map(move |one| {
                let words = self.in_source(&one.source, &one.spelling);
                CellWords::of(format!("{word}: ")).then(words).say(format!(" ({} {})", one.source, one.at))
            });
            each.collect::<Vec<_>>()
        };
        let sources = found("variant", &named.variants).into_iter().chain(found("slip", &named.slips));
        CellWords::lines(printed.chain(described).chain(sources))
    }

    fn relations(&self, named: &Named) -> CellWords {
        let relations = named.relations.iter().map(|relation| {
            let period = relation.period.as_ref().map(|period| format!(", {}", flat(period))).unwrap_or_default();
            let said = match relation.said_by.as_slice() {
                [] => " (no source named)".to_owned(),
                sources => format!(" ({})", ids(sources)),
            };
            CellWords::of(format!("{}: ", flat(&relation.kind))).then(self.name(&relation.to)).say(period + &said)
        });
        let office = named.directory.as_ref().map(|id| CellWords::of(format!("office in the directory: {id}")));
        let told = (!named.audience.is_empty())
            .then(|| CellWords::of(format!("told of only to: {}", ids(named.audience.iter().map(|one| one.name())))));
        CellWords::lines(relations.chain(office).chain(told))
    }

    /// Words of a source, in its language.
    pub(super) fn in_source(&self, source: &str, words: &str) -> CellWords {
        let language = self.case.records.get(source).and_then(|record| record.language.as_ref());
        self.foreign(language.map_or("", |language| language.code.as_str()), words)
    }

    pub(super) fn consents(&mut self) {
        self.section("consents", "Who has agreed that a name goes where. Without consent a name goes to no body.");
        let consents = self.case.names.values().flat_map(|named| named.consents.iter().map(move |one| (named, one)));
        let rows = consents.map(|(named, consent)| {
            let state = match consent.withdrawn_on {
                Some(day) if day <= self.as_of => CellWords::new().strong(format!("Withdrawn on {day}")),
                Some(day) => CellWords::of(format!("To be withdrawn on {day}, later than this report")),
                None if consent.on > self.as_of => CellWords::of("Given later than this report: not counted"),
                None => CellWords::of("Holds"),
            };
            let given = format!("{}, by {}", consent.on, flat(&consent.given_by));
            vec![
                self.name(&named.id).say(format!(" ({})", named.id)),
                CellWords::of(&consent.scope),
                CellWords::of(given),
                state,
            ]
        });
        let rows = rows.collect();
        self.table(&["For whom", "What for", "Given", "Whether it holds"], rows);
    }
}

fn group(kind: &NamedKind) -> usize {
    match kind {
        NamedKind::Person => 0,
        NamedKind::Organisation => 1,
        NamedKind::Institution(_) => 2,
        NamedKind::Place => 3,
    }
}
