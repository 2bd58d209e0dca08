//! Citations and bibliographic records as a ledger carries them.

use std::collections::BTreeSet;

use super::careful::Careful;
use crate::case::Citation as Citing;
use crate::case::view::View;
use crate::check::{Evidence, Support};
use crate::document::{Cited, Document, Entry};
use crate::render::ledger::{CarriedCitation, CarriedSource, Selector};
use crate::source::Record;

/// The citations of a claim whose sources the audience may see.
pub(super) fn citations(entry: &Entry, evidence: &Evidence, view: &View, careful: &Careful) -> Vec<CarriedCitation> {
    let cited = entry.citations.iter().filter(|cited| view.sources.contains_key(&cited.source));
    let one = |cited: &Cited| CarriedCitation {
        source: name(&cited.source, view),
        at: cited.locator.clone(),
        selector: selector(cited, evidence, view, careful),
        verdict: cited.verdict.name().to_owned(),
        tier: cited.tier.clone(),
    };
    cited.map(one).collect()
}

fn selector(cited: &Cited, evidence: &Evidence, view: &View, careful: &Careful) -> Option<Selector> {
    if !careful.allows(&cited.quote) {
        return None;
    }
    let (prefix, suffix) = around(cited, evidence, view, careful).unwrap_or_default();
    Some(Selector { kind: "TextQuoteSelector".to_owned(), exact: cited.quote.clone(), prefix, suffix })
}

/// The words around a quotation, if the record of its source allows any and there is a readable copy.
fn around(cited: &Cited, evidence: &Evidence, view: &View, careful: &Careful) -> Option<(String, String)> {
    let record = view.sources.get(&cited.source).filter(|_| !careful.is_shared(&cited.source, &cited.locator))?;
    let most = Some(record.context).filter(|most| *most > 0)?;
    let language = &record.language.as_ref()?.code;
    let of_facts = view.facts.iter().flat_map(|told| told.cites.iter().chain(&told.also));
    let of_others = view.made.iter().flat_map(|made| &made.cites).chain(view.steps.iter().flat_map(|step| &step.cites));
    let same = |citation: &&Citing| citation.source == cited.source && citation.quote.value == cited.quote;
    let citation = of_facts.chain(of_others).find(|one| same(one) && one.at.to_string() == cited.locator)?;
    let Support::Now(found) = evidence.support(citation) else { return None };
    let text = evidence.paragraph(citation)?;
    let before = text.get(..found.ranges.first()?.start)?;
    let after = text.get(found.ranges.last()?.end..)?;
    Some((careful.before(before, most, language).to_owned(), careful.after(after, most, language).to_owned()))
}

/// The records of the sources that a document cites and its audience may see, in the order of their ids.
pub(super) fn cited(document: &Document, view: &View, careful: &Careful) -> Vec<CarriedSource> {
    cited_by(document, view).map(|record| source(record, view, careful)).collect()
}

/// The records of the sources that a document cites, in the order of their ids.
pub(super) fn cited_by<'v>(document: &Document, view: &'v View) -> impl Iterator<Item = &'v Record> {
    let cited = document.ledger.entries.iter().flat_map(|entry| &entry.citations);
    let ids: BTreeSet<String> = cited.map(|cited| cited.source.clone()).collect();
    ids.into_iter().filter_map(|id| view.sources.get(&id))
}

/// The name of a source in the ledger: its id. A source with a hidden publisher has a number, because its id may
/// contain the name.
pub(super) fn name(id: &str, view: &View) -> String {
    let number = view.sources.keys().position(|known| known == id).filter(|_| view.withheld.contains(id));
    number.map_or_else(|| id.to_owned(), |number| format!("source-{}", number + 1))
}

fn source(record: &Record, view: &View, careful: &Careful) -> CarriedSource {
    // The ledger tells of a source only what its note tells.
    let told = |words: Option<&String>| words.filter(|words| careful.prints(words)).cloned().unwrap_or_default();
    let authors = record.authors.iter().map(|author| match &author.given_name {
        Some(given) => format!("{}, {given}", author.name),
        None => author.name.clone(),
    });
    CarriedSource {
        id: name(&record.id, view),
        title: told(Some(&record.title.value)),
        author: authors.filter(|author| careful.prints(author)).collect(),
        parent: told(record.site.as_ref()),
        publisher: told(record.publisher.as_ref()),
        serial_number: told(record.number.as_ref()),
        date: record.date.map(|date| date.last.to_string()).unwrap_or_default(),
        url: told(record.url.as_ref()),
        language: record.language.as_ref().map(|language| language.code.clone()).unwrap_or_default(),
        digest: record.digest.as_ref().map(|digest| digest.value.to_string()).unwrap_or_default(),
        extractor: record.extractor.to_string(),
        original: record.original.as_ref().map(|original| original.digest.value.to_string()).unwrap_or_default(),
    }
}
