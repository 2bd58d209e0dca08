//! Papers that the case asks for.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::clearance::{Clearance, RawCleared, RawConfirmed};
use super::reader::{CaseReader, NAMED};
use crate::diag::{Code, Place};
use crate::document::FactId;
use crate::yaml::{At, Entries};

/// A paper to build.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawDocument {
    /// Id of the template.
    pub template: At<String>,
    /// Recipients: ids of the directory, `place-of-detention/head`, `place-of-detention/prosecutor`.
    #[serde(default)]
    pub to: Vec<At<String>>,
    /// Languages.
    pub languages: Vec<At<String>>,
    /// Why an office of a State that is not the one concerned is written to.
    #[serde(default)]
    pub because: Option<At<String>>,
    /// The permission for a letter to the place of detention: by `family`, `counsel` or `organisation`; when and how.
    #[serde(default)]
    pub cleared_by: Option<RawCleared>,
    /// For a paper on which people sign: who collects, and where the signatures go. What is not given is a ruled line.
    #[serde(default)]
    pub collect: Option<At<RawCollect>>,
    /// For a form: the one victim for whom it is filled in. Not needed where the case has one.
    #[serde(default)]
    pub victim: Option<At<String>>,
    /// For a form: counsel knows that it is filed; when and how that was made sure.
    #[serde(default)]
    pub counsel_informed: Option<RawConfirmed>,
    /// For a form: the facts that answer a field, by the id of the field.
    #[serde(default)]
    pub answers: Entries<Vec<At<String>>>,
}

/// The collection of signatures: who collects them, and where they go.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawCollect {
    /// Id of the organisation that answers for the names.
    pub organiser: Option<At<String>>,
    /// The lines of the postal address to which what is signed goes back.
    pub return_to: Vec<At<String>>,
    /// The day by which it should be there.
    pub return_by: Option<At<String>>,
    /// The day until which it is kept, before it is destroyed.
    pub keep_until: Option<At<String>>,
}

/// A paper the case asks for.
#[derive(Debug, Clone)]
pub struct ListedPaper {
    /// Template.
    pub template: At<String>,
    /// Recipients.
    pub to: Vec<At<String>>,
    /// Languages.
    pub languages: Vec<At<String>>,
    /// The reason for writing to an office of another State.
    pub because: Option<String>,
    /// The permission for a letter to the place of detention.
    pub cleared_by: Option<Clearance>,
    /// The collection of signatures, if people sign.
    pub collect: Option<Collect>,
    /// The entries of the case for a form.
    pub filing: Filing,
}

/// The collector of signatures and the return address. Missing values are left blank, to be filled in by hand.
#[derive(Debug, Clone)]
pub struct Collect {
    /// The organisation that answers for the names, by its id.
    pub organiser: Option<At<String>>,
    /// The lines of the postal address to which signed sheets return.
    pub return_to: Vec<String>,
    /// The day by which they should arrive.
    pub return_by: Option<NaiveDate>,
    /// The last day on which they are kept.
    pub keep_until: Option<NaiveDate>,
    /// Its place in the case file.
    pub place: Place,
}

/// The entries of the case for one form that is filed.
#[derive(Debug, Clone, Default)]
pub struct Filing {
    /// The victim for whom it is filled in, where the file names one.
    pub victim: Option<At<String>>,
    /// The day and the way in which counsel was informed.
    pub counsel_informed: Option<(NaiveDate, String)>,
    /// The facts that answer a field, by the id of the field.
    pub answers: Vec<(At<String>, Vec<FactId>)>,
}

impl RawDocument {
    /// Converts a typed paper; a form is filled in for one of the victims.
    pub(super) fn convert(&self, victims: &[At<String>], reader: &mut CaseReader) -> ListedPaper {
        ListedPaper {
            template: self.template.clone(),
            to: self.to.clone(),
            languages: self.languages.clone(),
            because: self.because.as_ref().map(|why| why.value.clone()),
            cleared_by: self.cleared_by.as_ref().and_then(|cleared| cleared.convert(reader)),
            collect: self.collect.as_ref().map(|collect| collect.convert(&collect.place, reader)),
            filing: self.filing(victims, reader),
        }
    }

    fn filing(&self, victims: &[At<String>], reader: &mut CaseReader) -> Filing {
        let victim = self.victim.as_ref();
        if let Some(victim) = victim.filter(|one| !victims.iter().any(|known| known.value == one.value)) {
            let ids: Vec<&str> = victims.iter().map(|known| known.value.as_str()).collect();
            let words = format!("`{}` is no victim of this case", victim.value);
            reader.error(Code::CaseUnknownId, victim, words, format!("name one of: {}", ids.join(", ")));
        }
        Filing {
            victim: victim.cloned(),
            counsel_informed: self.counsel_informed.as_ref().map(|informed| informed.convert(reader)),
            answers: self.answers.iter().map(|(field, facts)| (field.clone(), reader.facts(facts))).collect(),
        }
    }
}

impl RawCollect {
    fn convert(&self, place: &Place, reader: &mut CaseReader) -> Collect {
        if let Some(organiser) = &self.organiser {
            reader.id(NAMED, organiser);
        }
        let return_by = self.return_by.as_ref().map(|day| reader.day(day));
        let keep_until = self.keep_until.as_ref().map(|day| reader.day(day));
        if let Some(typed) = self.keep_until.as_ref().filter(|_| keep_until < return_by) {
            let words = "what is signed would be destroyed before the day by which it comes back";
            reader.error(Code::CaseBadDate, typed, words, "keep it at least until it has been counted and handed over");
        }
        let return_to = self.return_to.iter().map(|line| line.value.clone()).collect();
        Collect { organiser: self.organiser.clone(), return_to, return_by, keep_until, place: place.clone() }
    }
}
