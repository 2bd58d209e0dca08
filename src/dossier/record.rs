//! Demands, conflicts, gaps, arguments, steps, people and sources.

use super::{Report, text};
use crate::case::NamedKind;

impl Report<'_> {
    pub(super) fn demands(&mut self) {
        self.section("Demands");
        let case = self.case;
        self.line("### What we ask, because of facts\n");
        for demand in case.demands.values().filter(|demand| demand.made_by.is_none()) {
            let current = self.view.asks.iter().any(|ask| ask.id == demand.id);
            let standing = if current { "**current**" } else { "not on this date" };
            self.line(&format!("- `{}` (order {}): {standing}", demand.id, demand.priority));
            for (power, words) in &demand.ask {
                self.line(&format!("  - {}: {}", power.name(), self.first(words)));
            }
            let grounds: Vec<String> = demand.grounds.iter().map(|ground| format!("`{}`", ground.value)).collect();
            self.line(&format!("  - because of {}", grounds.join(", ")));
            let norms: Vec<&str> = demand.norms.iter().map(|norm| norm.value.as_str()).collect();
            if !norms.is_empty() {
                self.line(&format!("  - norms: {}", norms.join(", ")));
            }
        }
        self.line("\n### What sources have demanded\n");
        for demand in case.demands.values() {
            let Some(made) = &demand.made_by else { continue };
            let on = made.on.as_ref().map_or_else(|| "the date of the source".to_owned(), ToString::to_string);
            self.line(&format!("- `{}`: {} on {on}: {}", demand.id, self.name(&made.who), self.first(&demand.text)));
            let told = self.view.made.iter().find(|other| other.id == demand.id);
            let standing = match told {
                Some(made) if made.current => "still fits the state of the case".to_owned(),
                Some(made) => format!("overtaken; restated by `{}`", made.restated_by.clone().unwrap_or_default()),
                None => "not used on this date".to_owned(),
            };
            self.line(&format!("  - {standing}"));
            for citation in &made.cites {
                self.citation_at("  ", "cites", citation);
            }
        }
    }

    pub(super) fn conflicts(&mut self) {
        self.section("Where the sources differ");
        for conflict in &self.case.conflicts {
            self.line(&format!("### {} ({})\n", text(&conflict.about), conflict.kind.name()));
            for (says, source, at) in &conflict.values {
                self.line(&format!("- `{source}` {at}: {}", text(says)));
            }
            self.line(&format!("- **We go by:** {}", text(&conflict.resolution)));
            self.line(&format!("- Because: {}", text(&conflict.why)));
            if !conflict.facts.is_empty() {
                self.line(&format!("- Matters to `{}`", conflict.facts.join("`, `")));
            }
            self.line("");
        }
    }

    pub(super) fn gaps(&mut self) {
        self.section("What the sources do not say");
        for gap in &self.case.gaps {
            let fields =
                if gap.fields.is_empty() { String::new() } else { format!(" (fields: {})", gap.fields.join(", ")) };
            self.line(&format!("- `{}`: {}{fields}", gap.id, self.first(&gap.text)));
        }
    }

    pub(super) fn arguments(&mut self) {
        self.section("Categories");
        for argument in &self.case.arguments {
            let claimed = if argument.claimed { "claimed" } else { "not claimed" };
            self.line(&format!("- `{}`: **{claimed}**. {}", argument.category, self.first(&argument.text)));
            if let Some(why) = &argument.why {
                self.line(&format!("  - because {}", text(why)));
            }
            if !argument.facts.is_empty() {
                let norms: Vec<&str> = argument.norms.iter().map(|norm| norm.value.as_str()).collect();
                self.line(&format!("  - facts `{}`; norms {}", argument.facts.join("`, `"), norms.join(", ")));
            }
        }
    }

    pub(super) fn steps(&mut self) {
        self.section("Steps taken before");
        for step in &self.case.steps {
            let date = step.date.as_ref().map_or_else(|| "date unknown".to_owned(), ToString::to_string);
            let outcome = step.outcome.as_deref().unwrap_or("outcome unknown");
            self.line(&format!("- `{}`: {date}; {}. {}", step.body, text(outcome), self.first(&step.text)));
            for citation in &step.cites {
                self.citation_at("  ", "cites", citation);
            }
        }
    }

    pub(super) fn people(&mut self) {
        self.section("Who and what appears");
        for named in self.case.names.values() {
            let kind = match &named.kind {
                NamedKind::Person => "person",
                NamedKind::Organisation => "organisation",
                NamedKind::Institution(kind) => kind,
                NamedKind::Place => "place",
            };
            let protected = if named.protected { ", **not to be named**" } else { "" };
            self.line(&format!("- `{}` ({kind}{protected}): {}", named.id, self.name(&named.id)));
            for (language, forms) in &named.names {
                let basis = named.basis.get(language).map(|basis| format!(" ({basis})")).unwrap_or_default();
                self.line(&format!("  - {language}: {}{basis}", text(forms.get("nom").map_or("", String::as_str))));
            }
            for (word, spellings) in [("variant", &named.variants), ("slip", &named.slips)] {
                for spelling in spellings {
                    self.line(&format!(
                        "  - {word}: {} (`{}` {})",
                        text(&spelling.spelling),
                        spelling.source,
                        spelling.at
                    ));
                }
            }
            for relation in &named.relations {
                let period = relation.period.as_ref().map(|period| format!(", {}", text(period))).unwrap_or_default();
                let said = if relation.said_by.is_empty() {
                    String::new()
                } else {
                    format!(" (`{}`)", relation.said_by.join("`, `"))
                };
                self.line(&format!("  - {} {}{period}{said}", text(&relation.kind), self.name(&relation.to)));
            }
            for consent in &named.consents {
                let withdrawn = consent.withdrawn_on.map(|day| format!(", withdrawn on {day}")).unwrap_or_default();
                self.line(&format!(
                    "  - consent `{}` by {} on {}{withdrawn}",
                    consent.scope,
                    text(&consent.given_by),
                    consent.on
                ));
            }
        }
    }

    pub(super) fn sources(&mut self) {
        self.section("Sources");
        for record in self.case.records.values() {
            self.line(&format!("### `{}`: {}\n", record.id, text(&record.title.value)));
            let publisher = record.publisher_name.as_ref().and_then(|publisher| {
                let name = self.case.languages.iter().find_map(|language| publisher.name.get(language))?;
                Some(format!("{}{}", text(name), if publisher.inferred { " (inferred)" } else { "" }))
            });
            self.line(&format!("- Publisher: {}", publisher.unwrap_or_else(|| "not stated".to_owned())));
            let known = record.known_from().map_or_else(|| "never".to_owned(), |day| day.to_string());
            self.line(&format!("- Counts from {known}"));
            if record.date.is_none() {
                self.line("- Undated:");
                let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
                self.line(&format!(
                    "  - between {} and {}",
                    day(record.published.not_before),
                    day(record.published.not_after)
                ));
                for remark in [&record.published.basis, &record.published.doubt].into_iter().flatten() {
                    self.line(&format!("  - {}", text(remark)));
                }
            }
            if let Some(what) = &record.truncated {
                self.line(&format!("- **Cut off:** {}", text(what)));
            }
            for (range, why) in &record.excluded {
                self.line(&format!("- Not part of the text: para {} to {}: {}", range.start(), range.end(), text(why)));
            }
            for status in &record.status {
                let words = self.case.languages.iter().find_map(|language| status.what.get(language));
                let words = words.map(|words| text(words)).unwrap_or_default();
                self.line(&format!("- In {}: {words}", status.country));
            }
            if let Some(withdrawn) = &record.withdrawn {
                let on = withdrawn.on.map(|day| format!(" on {day}")).unwrap_or_default();
                self.line(&format!("- **Withdrawn**{on}: {}", text(&withdrawn.why)));
            }
            let audiences: Vec<&str> = record.audiences.iter().map(crate::audience::Audience::name).collect();
            self.line(&format!("- May be cited to: {}", audiences.join(", ")));
            self.line("");
        }
    }
}
