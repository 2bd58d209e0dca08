//! Forms of bodies: their fields in order, the content of each, the missing parts, and the records that must exist
//! before filing.
//!
//! A form is data under `form:` in `template.yaml`. This room fills it from a [view](crate::case::view::View) and lists
//! the missing parts; it prints nothing. A point without a source stays open, and an unknown step never counts as no
//! step.
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
    /// Scopes of consent that must be recorded for each person the form names.
    pub consents: Vec<At<String>>,
    /// True if a note must say that counsel knows.
    pub counsel: bool,
    /// The most pages.
    pub pages: Option<Dated<u32>>,
    /// Languages in which it may be filed.
    pub languages: Option<Dated<Vec<String>>>,
    /// Categories for claims, in their order.
    pub categories: Vec<Category>,
    /// The fewest cited facts for each claimed category.
    pub facts_per_category: usize,
    /// Other procedures that matter for this one.
    pub procedures: Vec<Procedure>,
    /// Sections, in the order of the form.
    pub sections: Vec<Section>,
}

/// A category for claims.
#[derive(Debug, Clone)]
pub struct Category {
    /// Its id in the case: `wgad/II`.
    pub id: String,
    /// The printed label per language.
    pub label: Dated<PerLanguage<String>>,
}

/// A procedure of another body that matters for this form.
#[derive(Debug, Clone)]
pub struct Procedure {
    /// The id of the body in steps.
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
    /// The need of the body for it.
    pub required: Required,
    /// Its content.
    pub fill: Fill,
    /// The most days without news between one state of its topic and the next.
    pub unbroken_within: Option<u32>,
    /// Its place in the template.
    pub place: Place,
}

closed! {
    /// The need of a body for a field.
    Required {
        /// Its own rule demands it.
        Mandatory = "mandatory",
        /// It asks for it, but accepts the form without it.
        Asked = "asked",
        /// It may stay empty.
        Optional = "optional",
    }
}

/// The content of a field.
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
    /// The steps taken before.
    Steps,
    /// The arguments of the drafter.
    Arguments,
    /// Filled in by hand by the sender.
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
