//! The firmness of a fact by the citations that remain after the cut.

use std::collections::BTreeSet;

use crate::case::{Case, Citation, Fact, Status};
use crate::source::Record;

impl Case {
    /// The firmness of a fact on these citations.
    pub(super) fn status(&self, fact: &Fact, citations: &[&Citation]) -> Status {
        match fact.ceiling {
            Some(ceiling) => return ceiling,
            None if citations.is_empty() => return Status::Derived,
            None => {}
        }
        let primary = citations.iter().any(|citation| {
            citation.voices.is_empty() && self.records.get(&citation.source).is_some_and(Record::is_primary)
        });
        let origins: Vec<BTreeSet<&str>> = citations.iter().map(|citation| self.origins(citation)).collect();
        let independent = origins
            .iter()
            .enumerate()
            .any(|(index, one)| origins[index + 1..].iter().any(|other| one.is_disjoint(other)));
        if primary || independent { Status::Established } else { Status::Reported }
    }
}
