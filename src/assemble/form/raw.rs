//! `form:` in `template.yaml`, as typed, and its conversion.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Category, Field, Fill, Form, Procedure, Required, Section};
use crate::case::FactAbout;
use crate::diag::{Code, Diagnostic};
use crate::reference::dated::{Dated, PerLanguage, RawDated};
use crate::yaml::{At, Entries, nearest};

/// A form of a body: its fields in their order, what fills each, and what must be there before it is filed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawForm {
    /// Consents that the body asks for: `submit-to-un`, `name-to-government`…
    #[serde(default)]
    pub consents: Vec<At<String>>,
    /// `true`: it is filed only when a note says that counsel knows.
    #[serde(default)]
    pub counsel: bool,
    /// At most so many pages.
    #[serde(default)]
    pub pages: Option<RawDated<u32>>,
    /// Languages in which it may be filed.
    #[serde(default)]
    pub languages: Option<RawDated<Vec<String>>>,
    /// Categories under which something may be claimed.
    #[serde(default)]
    pub categories: Vec<RawLabelled>,
    /// At least so many cited facts for each claimed category.
    #[serde(default)]
    pub facts_per_category: Option<At<u32>>,
    /// Other procedures that matter to this one.
    #[serde(default)]
    pub procedures: Vec<RawProcedure>,
    /// Sections, in the order of the form.
    pub sections: Vec<RawSection>,
}

/// Something with a printed label.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawLabelled {
    /// Its stable id: `wgad/II`.
    pub id: At<String>,
    /// The printed label per language.
    pub label: Entries<At<String>>,
    /// The source of the label.
    #[serde(default)]
    pub source: Option<At<String>>,
    /// When somebody compared it with its source.
    #[serde(default)]
    pub verified_on: Option<At<String>>,
}

/// Another procedure.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawProcedure {
    /// The body, as a step names it.
    pub body: At<String>,
    /// The meaning of an earlier step there for this form, in a sentence for those who file it.
    pub means: At<String>,
    /// The source that says so.
    #[serde(default)]
    pub source: Option<At<String>>,
    /// When somebody compared it with its source.
    #[serde(default)]
    pub verified_on: Option<At<String>>,
}

/// A section of a form.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawSection {
    /// Its stable id.
    pub id: At<String>,
    /// The printed label per language.
    pub label: Entries<At<String>>,
    /// The source of the label.
    #[serde(default)]
    pub source: Option<At<String>>,
    /// When somebody compared it with its source.
    #[serde(default)]
    pub verified_on: Option<At<String>>,
    /// Fields, in their order.
    pub fields: Vec<RawField>,
}

/// A field of a form.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawField {
    /// Its stable id, whatever number a print of the form gives it.
    pub id: At<String>,
    /// The printed label per language, in the form's own words.
    pub label: Entries<At<String>>,
    /// The source of the label.
    #[serde(default)]
    pub source: Option<At<String>>,
    /// When somebody compared it with its source.
    #[serde(default)]
    pub verified_on: Option<At<String>>,
    /// `mandatory`, `asked` (the body asks for it) or `optional`.
    pub required: At<String>,
    /// Its content: `answers` (the facts that the case names), `family-name`, `first-name`, `topic`, `story`, `steps`,
    /// `arguments` or `hand`. Answers of the case come before a topic and a story. Without it: `answers`.
    #[serde(default)]
    pub from: Option<At<String>>,
    /// The topic whose states fill it.
    #[serde(default)]
    pub topic: Option<At<String>>,
    /// The parts of the story that fill it.
    #[serde(default)]
    pub story: Vec<At<String>>,
    /// At most so many days may lie between one state of the topic and the next with no word on them.
    #[serde(default)]
    pub unbroken_within: Option<At<u32>>,
}

const FILLS: [&str; 8] = ["answers", "family-name", "first-name", "topic", "story", "steps", "arguments", "hand"];

impl RawForm {
    /// Converts the form; every problem is added to the list.
    pub fn convert(&self, languages: &[At<String>], problems: &mut Vec<Diagnostic>) -> Form {
        let mut reader = Reader { languages, problems };
        let form = Form {
            consents: self.consents.clone(),
            counsel: self.counsel,
            pages: self.pages.as_ref().map(|pages| pages.dated(false, reader.problems)),
            languages: self.languages.as_ref().map(|languages| languages.dated(false, reader.problems)),
            categories: self.categories.iter().map(|category| reader.category(category)).collect(),
            facts_per_category: self.facts_per_category.as_ref().map_or(1, |least| least.value as usize),
            procedures: self.procedures.iter().map(|procedure| reader.procedure(procedure)).collect(),
            sections: self.sections.iter().map(|section| reader.section(section)).collect(),
        };
        reader.once(self);
        if let Some(allowed) = &form.languages {
            let others = languages.iter().filter(|language| !allowed.value.contains(&language.value));
            for language in others {
                let words = format!("the form cannot be filed in `{}`", language.value);
                let hint = format!("it is taken in: {}", allowed.value.join(", "));
                reader.error(Code::CaseBadValue, language, words, hint);
            }
        }
        form
    }
}

struct Reader<'a> {
    languages: &'a [At<String>],
    problems: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn error(&mut self, code: Code, at: &At<String>, words: String, hint: String) {
        self.problems.push(Diagnostic::error(code, at.place.clone(), words).hint(hint));
    }

    /// Reports ids that are used twice: answers and gaps find a field by its id.
    fn once(&mut self, raw: &RawForm) {
        let fields = raw.sections.iter().flat_map(|section| &section.fields).map(|field| &field.id);
        let mut seen: Vec<&str> = Vec::new();
        let twice: Vec<At<String>> = fields
            .filter(|id| {
                let known = seen.contains(&id.value.as_str());
                seen.push(&id.value);
                known
            })
            .cloned()
            .collect();
        for id in twice {
            let words = format!("the field `{}` stands twice", id.value);
            self.error(Code::CaseDuplicateKey, &id, words, "give each field its own id".to_owned());
        }
    }

    fn label(
        &mut self,
        id: &At<String>,
        label: &Entries<At<String>>,
        source: Option<&At<String>>,
        verified_on: Option<&At<String>>,
    ) -> Dated<PerLanguage<String>> {
        for language in self.languages {
            if label.get(language).is_none_or(|words| words.trim().is_empty()) {
                let words = format!("the label of `{}` in `{}` is missing", id.value, language.value);
                self.error(Code::CaseLanguageMissing, id, words, format!("add `{}: …`", language.value));
            }
        }
        let value = label.iter().map(|(language, words)| (language.value.clone(), words.value.clone())).collect();
        self.dated(id.with(value), source, verified_on)
    }

    fn dated<T: Clone>(
        &mut self,
        value: At<T>,
        source: Option<&At<String>>,
        verified_on: Option<&At<String>>,
    ) -> Dated<T> {
        let raw = RawDated {
            value,
            source: source.cloned(),
            verified_in: None,
            verified_on: verified_on.cloned(),
            valid_from: None,
            valid_to: None,
        };
        raw.dated(false, self.problems)
    }

    fn category(&mut self, raw: &RawLabelled) -> Category {
        let label = self.label(&raw.id, &raw.label, raw.source.as_ref(), raw.verified_on.as_ref());
        Category { id: raw.id.value.clone(), label }
    }

    fn procedure(&mut self, raw: &RawProcedure) -> Procedure {
        let means = self.dated(raw.means.clone(), raw.source.as_ref(), raw.verified_on.as_ref());
        Procedure { body: raw.body.value.clone(), means }
    }

    fn section(&mut self, raw: &RawSection) -> Section {
        let fields = raw.fields.iter().map(|field| self.field(field)).collect();
        let label = self.label(&raw.id, &raw.label, raw.source.as_ref(), raw.verified_on.as_ref());
        Section { id: raw.id.value.clone(), label, fields }
    }

    fn field(&mut self, raw: &RawField) -> Field {
        let words: Vec<&str> = Required::ALL.iter().map(|required| required.name()).collect();
        let required = Required::from_name(&raw.required).unwrap_or_else(|| {
            self.unknown(&raw.required, &words);
            Required::Asked
        });
        Field {
            id: raw.id.value.clone(),
            label: self.label(&raw.id, &raw.label, raw.source.as_ref(), raw.verified_on.as_ref()),
            required,
            fill: self.fill(raw),
            unbroken_within: self.unbroken_within(raw),
            place: raw.id.place.clone(),
        }
    }

    fn unbroken_within(&mut self, raw: &RawField) -> Option<u32> {
        let days = raw.unbroken_within.as_ref()?;
        if raw.topic.is_none() {
            self.error(
                Code::CaseBadValue,
                &raw.id,
                "only states of a topic follow one another".into(),
                "add `from: topic`".into(),
            );
        }
        Some(days.value)
    }

    fn unknown(&mut self, typed: &At<String>, known: &[&str]) {
        let hint = nearest(typed, known).unwrap_or_else(|| format!("use one of: {}", known.join(", ")));
        self.error(Code::CaseBadValue, typed, format!("`{}` cannot stand here", typed.value), hint);
    }

    fn fill(&mut self, raw: &RawField) -> Fill {
        let from = raw.from.as_ref();
        if from.is_none_or(|from| from.value != "topic") && raw.topic.is_some() {
            self.error(Code::CaseBadValue, &raw.id, "a topic fills nothing here".into(), "add `from: topic`".into());
        }
        if from.is_none_or(|from| from.value != "story") && !raw.story.is_empty() {
            self.error(Code::CaseBadValue, &raw.id, "a story fills nothing here".into(), "add `from: story`".into());
        }
        let Some(from) = from else { return Fill::Answers };
        match from.value.as_str() {
            "answers" => Fill::Answers,
            "family-name" => Fill::FamilyName,
            "first-name" => Fill::FirstName,
            "topic" => {
                if raw.topic.is_none() {
                    self.error(Code::CaseMissingKey, from, "no topic is named".into(), "add `topic: …`".into());
                }
                Fill::Topic(raw.topic.as_deref().cloned().unwrap_or_default())
            }
            "story" => Fill::Story(self.story(from, &raw.story)),
            "steps" => Fill::Steps,
            "arguments" => Fill::Arguments,
            "hand" => Fill::Hand,
            _ => {
                self.unknown(from, &FILLS);
                Fill::Answers
            }
        }
    }

    fn story(&mut self, from: &At<String>, parts: &[At<String>]) -> Vec<FactAbout> {
        if parts.is_empty() {
            self.error(Code::CaseMissingKey, from, "no part of the story is named".into(), "add `story: […]`".into());
        }
        let known: Vec<&str> = FactAbout::ALL.iter().map(|about| about.name()).collect();
        let mut story = Vec::new();
        for part in parts {
            match FactAbout::from_name(part) {
                Some(about) => story.push(about),
                None => self.unknown(part, &known),
            }
        }
        story
    }
}
