//! States, chronology, and what does not count on the day.

use super::{Report, text};
use crate::case::{Citation, Date, Fact, Kind, Text};
use crate::check::{Support, seal};

impl Report<'_> {
    /// Each topic: what holds now, what held before, and how one became the other.
    pub(super) fn states(&mut self) {
        self.section("States");
        let case = self.case;
        for (id, topic) in &case.topics {
            self.line(&format!("### {} (`{id}`)\n", self.first(&topic.title)));
            let mut states: Vec<&Fact> = case.facts.values().filter(|fact| fact.topic() == Some(id)).collect();
            states.sort_by_key(|fact| (fact.date().map(|date| date.last), fact.order));
            for fact in states {
                self.state(fact);
            }
            self.line("");
        }
        for (topic, one, other) in self.standing.ties.clone() {
            self.line(&format!("**Tie** on `{topic}`: nothing orders `{one}` and `{other}`.\n"));
        }
    }

    fn state(&mut self, fact: &Fact) {
        let Kind::State { from, seen, until, change, via_unknown, .. } = &fact.kind else { return };
        let standing = match (self.standing.counted.contains_key(&fact.id), self.standing.superseded.get(&fact.id)) {
            (false, _) => "not known on this date".to_owned(),
            (true, Some(by)) if *by == fact.id => "ended".to_owned(),
            (true, Some(by)) => format!("replaced by `{by}`"),
            (true, None) => "**current**".to_owned(),
        };
        let dates: Vec<String> = [("from", from), ("last seen", seen), ("until", until)]
            .into_iter()
            .filter_map(|(word, date)| date.as_ref().map(|date| format!("{word} {}", shown(date))))
            .collect();
        let target =
            change.target().map_or_else(|| "first on its topic".to_owned(), |id| format!("{} `{id}`", change.word()));
        self.line(&format!("- `{}`: {} ({}; {target}): {standing}", fact.id, self.first(&fact.text), dates.join(", ")));
        if let Some(between) = via_unknown {
            let days: Vec<String> = between.iter().map(ToString::to_string).collect();
            self.line(&format!("  - **No source reports the step**, between {}.", days.join(" and ")));
        }
        if let Some((day, how)) = &fact.confirmed {
            self.line(&format!("  - Confirmed on {day}: {}.", text(how)));
        }
    }

    /// Every fact that counts, in the order of the day it happened, with the day it became known.
    pub(super) fn chronology(&mut self) {
        self.section("Chronology");
        for told in self.view.facts.clone() {
            let fact = &told.fact;
            let date = told.date.as_ref().map(shown).unwrap_or_default();
            let known = self.standing.counted.get(&fact.id).copied().flatten();
            let known = known.map_or_else(|| "unknown".to_owned(), |day| day.to_string());
            self.line(&format!("### {date}: `{}`\n", fact.id));
            for words in fact.text.values() {
                self.line(&format!("> {}\n>", text(words)));
            }
            self.line("");
            let detail = fact.part_of.as_ref().map(|whole| format!(", detail of `{whole}`")).unwrap_or_default();
            let superseded = told.superseded_by.as_ref().map(|by| format!(", replaced by `{by}`")).unwrap_or_default();
            let status = told.status.name();
            self.line(&format!("- {status}{detail}{superseded}; known from {known}; told to {}", audiences(fact)));
            let groups = self.groups(told.cites.iter().chain(&told.also));
            if groups == 1 {
                self.line("- rests on one group of publishers");
            }
            for (index, set) in fact.sets.iter().enumerate() {
                let word = if index == 0 { "cites" } else { "or cites" };
                for citation in set {
                    self.citation(word, citation);
                }
            }
            for citation in &fact.also {
                self.citation("also", citation);
            }
            self.remarks(fact);
            self.line("");
        }
    }

    fn groups<'c>(&self, citations: impl Iterator<Item = &'c Citation>) -> usize {
        let records = citations.filter_map(|citation| self.case.records.get(&citation.source));
        let groups: std::collections::BTreeSet<&str> =
            records.map(|record| record.group.as_deref().unwrap_or(&record.id)).collect();
        groups.len()
    }

    pub(super) fn citation(&mut self, word: &str, citation: &Citation) {
        self.citation_at("", word, citation);
    }

    /// A citation as an item of a list that is indented so far.
    pub(super) fn citation_at(&mut self, indent: &str, word: &str, citation: &Citation) {
        let verdict = match self.evidence.support(citation) {
            Support::Now(found) => format!("verified now ({})", found.tier.name()),
            Support::Locked(locked) => format!("verified on {} ({})", locked.checked, locked.tier),
            Support::Unchecked => "**not checkable**".to_owned(),
            Support::Failed => "**wrong**".to_owned(),
        };
        let voices: Vec<String> = citation.voices.iter().map(|voice| self.name(voice)).collect();
        let voices = if voices.is_empty() { String::new() } else { format!(", in the voice of {}", voices.join(", ")) };
        self.line(&format!(
            "{indent}- {word} `{}` {}: “{}”{voices}: {verdict}",
            citation.source,
            citation.at,
            text(&citation.quote)
        ));
        if let Some(meaning) = &citation.meaning {
            self.line(&format!("{indent}  - meaning: {}", text(meaning)));
        }
    }

    fn remarks(&mut self, fact: &Fact) {
        for derived in &fact.derived {
            let words: Vec<&str> = derived.words.iter().map(|words| words.value.as_str()).collect();
            let from =
                if derived.from.is_empty() { String::new() } else { format!(" from `{}`", derived.from.join("`, `")) };
            let words = if words.is_empty() { "the whole".to_owned() } else { text(&words.join("; ")) };
            self.line(&format!("- derived{from}: {words}: {}", text(&derived.how)));
        }
        for caveat in &fact.caveats {
            if let Some(words) = self.case.caveats.get(caveat) {
                self.line(&format!("- caveat: {}", self.first(&words.text)));
            }
        }
        if let Some((topic, words)) = &fact.awaits {
            self.line(&format!("- awaits a decision on `{topic}`: {}", self.first(words)));
        }
        let now = seal(self.case, fact);
        match &fact.reviewed {
            Some(review) if review.seal.value == now => {
                self.line(&format!("- compared with its paragraphs by {} on {}", text(&review.by), review.on));
            }
            Some(review) => self.line(&format!("- **changed since** it was reviewed on {}", review.on)),
            None => self.line(&format!("- not yet compared with its paragraphs by a second person (seal {now})")),
        }
    }

    /// What is in the file and does not count on the day.
    pub(super) fn not_counted(&mut self) {
        self.section("In the file, but not counted on this date");
        let left_out = self.view.left_out.clone();
        if left_out.is_empty() {
            self.line("Nothing.");
        }
        for left in left_out {
            self.line(&format!("- `{}`: {}", left.id, left.why));
        }
    }

    pub(super) fn first(&self, words: &Text) -> String {
        let found = self.case.languages.iter().find_map(|language| words.get(language));
        text(found.map(|words| words.value.as_str()).unwrap_or_default())
    }
}

/// A date with the words of its source and the reckoning.
fn shown(date: &Date) -> String {
    let printed = date.printed.as_ref().map(|words| format!("printed “{}”", text(words)));
    let reckoning = date.reckoning.as_ref().map(|words| text(words));
    let remarks: Vec<String> = printed.into_iter().chain(reckoning).collect();
    if remarks.is_empty() { date.to_string() } else { format!("{date} ({})", remarks.join("; ")) }
}

fn audiences(fact: &Fact) -> String {
    fact.audience.iter().map(|audience| audience.name()).collect::<Vec<_>>().join(", ")
}
