//! Forms of bodies: fields in their order, what fills each, what is missing, and what must be recorded before it is
//! filed.
//!
//! A form is data: it stands under `form:` in `template.yaml`. This room fills it from a [view](crate::case::view::View) and tells what is
//! lacking; it prints nothing. What no source says stays open, and an open step is never taken for none.
//!
//! Source: forms specification, 0.2 (rules 4, 5, 10), 1.4 and 1.6.

mod fill;
mod lacking;
mod raw;
mod report;

pub use fill::{Filled, fill, is_open, is_remedy};
pub use lacking::{consented, doubts, hidden, keeps_draft, lacking, scope};
pub use raw::RawForm;
pub use report::report;

use crate::case::FactAbout;
use crate::diag::Place;
use crate::reference::{Dated, PerLanguage};
use crate::yaml::At;

/// A form of a body.
#[derive(Debug, Clone)]
pub struct Form {
    /// Scopes of consent that must be recorded for whoever it names.
    pub consents: Vec<At<String>>,
    /// Whether a note must say that counsel knows.
    pub counsel: bool,
    /// At most so many pages.
    pub pages: Option<Dated<u32>>,
    /// Languages in which it may be filed.
    pub languages: Option<Dated<Vec<String>>>,
    /// Categories under which something may be claimed, in their order.
    pub categories: Vec<Category>,
    /// At least so many cited facts for each claimed category.
    pub facts_per_category: usize,
    /// Other procedures that matter to this one.
    pub procedures: Vec<Procedure>,
    /// Sections, in the order of the form.
    pub sections: Vec<Section>,
}

/// A category under which something may be claimed.
#[derive(Debug, Clone)]
pub struct Category {
    /// As the case calls it: `wgad/II`.
    pub id: String,
    /// The printed label per language.
    pub label: Dated<PerLanguage<String>>,
}

/// What a step at another body means for this form.
#[derive(Debug, Clone)]
pub struct Procedure {
    /// The body, as a step names it.
    pub body: String,
    /// A sentence for those who file the form.
    pub means: Dated<String>,
}

/// A section of a form.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its stable id.
    pub id: String,
    /// The printed label per language.
    pub label: Dated<PerLanguage<String>>,
    /// Fields, in their order.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its stable id.
    pub id: String,
    /// The printed label per language.
    pub label: Dated<PerLanguage<String>>,
    /// How much the body needs it.
    pub required: Required,
    /// What fills it.
    pub fill: Fill,
    /// At most so many days lie between one state of its topic and the next with no word on them.
    pub unbroken_within: Option<u32>,
    /// Where it was typed.
    pub place: Place,
}

closed! {
    /// How much a body needs a field.
    Required {
        /// By the body's own rule.
        Mandatory = "mandatory",
        /// The body asks for it; without it the form is not refused.
        Asked = "asked",
        /// It may stay empty.
        Optional = "optional",
    }
}

/// What fills a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fill {
    /// The facts that the case names for it.
    Answers,
    /// The family name of the person.
    FamilyName,
    /// The first name of the person.
    FirstName,
    /// All states of a topic, in their order.
    Topic(String),
    /// The facts of these parts of the story, in their order.
    Story(Vec<FactAbout>),
    /// What was filed, decided or refused before.
    Steps,
    /// What the drafter argues.
    Arguments,
    /// Whoever files the form, by hand.
    Hand,
}

impl Form {
    /// All fields, in the order of the form.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// The printed label of a category, if the form has it.
    #[must_use]
    pub fn category(&self, id: &str, language: &str) -> Option<&str> {
        let category = self.categories.iter().find(|category| category.id == id)?;
        category.label.value.get(language).map(String::as_str)
    }
}
