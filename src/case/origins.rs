//! The origins of knowledge: citations that share an origin (a publisher, or a source behind both) count once.

use std::collections::BTreeSet;

use super::citation::Citation;
use super::model::Case;

impl Case {
    /// The origins of a citation: its publisher, the voices it quotes, and the sources it rests on.
    #[must_use]
    pub fn origins<'a>(&'a self, citation: &'a Citation) -> BTreeSet<&'a str> {
        let mut origins: BTreeSet<&str> = citation.voices.iter().map(String::as_str).collect();
        let mut open = vec![citation.source.as_str()];
        while let Some(id) = open.pop() {
            match self.records.get(id) {
                Some(record) => {
                    if origins.insert(record.group.as_deref().unwrap_or(id)) {
                        open.extend(record.rests_on.iter().map(|origin| origin.value.as_str()));
                    }
                }
                None => {
                    origins.insert(id);
                }
            }
        }
        origins
    }

    /// The sources of these citations in groups with a common origin; each group counts once. There are two groups or
    /// more exactly if two citations share no origin.
    #[must_use]
    pub fn independent<'a>(&'a self, citations: &[&'a Citation]) -> Vec<Vec<&'a str>> {
        let mut known: Vec<(BTreeSet<&str>, &str)> = Vec::new();
        for citation in citations {
            let one = (self.origins(citation), citation.source.as_str());
            if !known.contains(&one) {
                known.push(one);
            }
        }
        known.sort_by_key(|(origins, _)| origins.len());
        let chosen = (0..known.len()).rev().map(|first| apart(&known, first)).max_by_key(Vec::len).unwrap_or_default();
        let mut groups: Vec<Vec<&str>> = chosen.iter().map(|index| vec![known[*index].1]).collect();
        for (origins, source) in &known {
            let shared = chosen.iter().position(|index| !known[*index].0.is_disjoint(origins));
            if let Some(group) = shared.and_then(|at| groups.get_mut(at)).filter(|group| !group.contains(source)) {
                group.push(source);
            }
        }
        groups
    }
}

/// Citations that share no origin with each other, beginning with `first`; those with few origins come before others.
fn apart(known: &[(BTreeSet<&str>, &str)], first: usize) -> Vec<usize> {
    let mut chosen = vec![first];
    for (index, (origins, _)) in known.iter().enumerate() {
        if chosen.iter().all(|other| known[*other].0.is_disjoint(origins)) {
            chosen.push(index);
        }
    }
    chosen
}
