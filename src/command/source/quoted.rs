//! The quotations from a source, each with its fate and with what rests on it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use super::words::{visible, wrapped};
use crate::case::{Case, Citation};
use crate::command::options::BuildOptions;
use crate::command::papers;
use crate::command::prepared::CaseDay;
use crate::source::{Locator, QuotationFate, Record};

/// A quotation with everything that rests on it.
pub(super) struct QuotedRow<'a> {
    pub(super) citation: &'a Citation,
    /// `facts.verdict (facts.yaml:12)`.
    pub(super) owners: Vec<String>,
    pub(super) papers: BTreeSet<String>,
    pub(super) fate: QuotationFate,
}

/// The papers of a citation.
pub(super) type PapersByCitation = BTreeMap<(String, String, String), BTreeSet<String>>;

/// The papers that rest on a citation, by source, place and words.
pub(super) fn papers(day: &CaseDay) -> PapersByCitation {
    let documents = papers::documents(day, &BuildOptions::whole(Path::new("")));
    let mut papers = PapersByCitation::new();
    for document in &documents {
        for cited in document.ledger.entries.iter().flat_map(|entry| &entry.citations) {
            let key = (cited.source.clone(), cited.locator.clone(), cited.quote.clone());
            papers.entry(key).or_default().insert(document.name.clone());
        }
    }
    papers
}

/// The quotations from a source: the same words at the same place once.
pub(super) fn rows<'a>(
    case: &'a Case,
    record: &Record,
    papers: &PapersByCitation,
    fate: &dyn Fn(&Citation) -> QuotationFate,
) -> Vec<QuotedRow<'a>> {
    let mut rows: Vec<QuotedRow> = Vec::new();
    for (by, citation) in case.citations().into_iter().filter(|(_, one)| one.source == record.id) {
        let owner = format!("{by} ({}:{})", citation.place.file, citation.place.line);
        let same =
            |row: &&mut QuotedRow| row.citation.at == citation.at && row.citation.quote.value == citation.quote.value;
        if let Some(row) = rows.iter_mut().find(same) {
            row.owners.push(owner);
            continue;
        }
        let key = (citation.source.clone(), citation.at.to_string(), citation.quote.value.clone());
        let papers = papers.get(&key).cloned().unwrap_or_default();
        rows.push(QuotedRow { citation, owners: vec![owner], papers, fate: fate(citation) });
    }
    rows
}

/// The state of a quotation that is not at its place any more, in lines.
fn told(fate: &QuotationFate) -> Vec<String> {
    match fate {
        QuotationFate::Same | QuotationFate::Unreadable => Vec::new(),
        QuotationFate::Moved(places) => {
            let places: Vec<String> = places.iter().map(Locator::to_string).collect();
            vec![format!("now in {}", places.join(", "))]
        }
        QuotationFate::NotText(number, why) => vec![format!("only in {number}, which is not part of the text: {why}")],
        QuotationFate::Gone => vec!["nothing like it stands in the copy".to_owned()],
        QuotationFate::Altered { at, reads, words } => {
            let change = |(cited, reads): &(String, String)| match (cited.as_str(), reads.as_str()) {
                ("", word) => format!("`{word}` is new"),
                (word, "") => format!("`{word}` is missing"),
                (cited, reads) => format!("`{cited}` is now `{reads}`"),
            };
            let changes: Vec<String> = words.iter().map(change).collect();
            vec![format!("{at} reads: “{}”", visible(reads)), changes.join(", ")]
        }
    }
}

impl QuotedRow<'_> {
    pub(super) fn human(&self) -> String {
        let mut out = format!("  {}: {} “{}”\n", self.fate.name(), self.citation.at, visible(&self.citation.quote));
        for line in told(&self.fate) {
            let _ = writeln!(out, "      {line}");
        }
        let _ = writeln!(out, "      cited by {}", self.owners.join(", "));
        let papers: Vec<&str> = self.papers.iter().map(String::as_str).collect();
        out + &match papers.as_slice() {
            [] => "      no paper of the case prints it\n".to_owned(),
            papers => {
                format!("      {}\n", wrapped(&format!("papers that rest on it: {}", papers.join(", ")), "      "))
            }
        }
    }

    pub(super) fn json(&self) -> String {
        let mut value = serde_json::json!({
            "source": self.citation.source,
            "at": self.citation.at.to_string(),
            "quote": self.citation.quote.value,
            "fate": self.fate.name(),
            "cited-by": self.owners,
            "papers": self.papers,
        });
        match &self.fate {
            QuotationFate::Moved(places) => value["now"] = places.iter().map(Locator::to_string).collect(),
            QuotationFate::Altered { at, reads, words } => {
                value["now"] = vec![at.to_string()].into();
                value["reads"] = reads.clone().into();
                value["words"] = words.iter().map(|(cited, reads)| serde_json::json!([cited, reads])).collect();
            }
            QuotationFate::Same | QuotationFate::NotText(..) | QuotationFate::Gone | QuotationFate::Unreadable => {}
        }
        value.to_string()
    }
}
