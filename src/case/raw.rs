//! The typed case: [`RawCase`] mirrors `case.yaml` key by key, each value with its place. The types of its entries are
//! in the files of their nouns.
//!
//! Only the shape is checked here. [`super::convert()`] checks the rest and makes a [`super::Case`].

use schemars::JsonSchema;
use serde::Deserialize;

use super::argument::RawArgument;
use super::caveat::RawCaveat;
use super::conflict::RawConflict;
use super::demand::RawDemand;
use super::fact::RawFact;
use super::gap::RawGap;
use super::institution::{RawInstitution, RawPlace};
use super::organisation::RawOrganisation;
use super::paper::RawDocument;
use super::person::RawPerson;
use super::step::RawStep;
use super::topic::RawTopic;
use crate::yaml::{At, Entries};

/// A case file, or one of the files that it includes.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawCase {
    /// Name of the case; the folder bears the same name.
    pub id: Option<At<String>>,
    /// Further files of this case, in this folder.
    pub includes: Vec<At<String>>,
    /// ISO 3166 code of the State concerned.
    pub country: Option<At<String>>,
    /// The persons for whom the papers are written.
    pub victims: Vec<At<String>>,
    /// Languages in which every outward text must be given.
    pub languages: Vec<At<String>>,
    /// The date which the documents bear, unless `--as-of` gives another. Without it: the day of the build.
    pub date: Option<At<String>>,
    /// Persons who appear.
    pub persons: Entries<RawPerson>,
    /// Organisations that appear.
    pub organisations: Entries<RawOrganisation>,
    /// Courts, prisons, services, offices, laws' authors: bodies of a State.
    pub institutions: Entries<RawInstitution>,
    /// Towns, regions, countries.
    pub places: Entries<RawPlace>,
    /// Topics on which a state can change: `sentence`, `charge/a`, `place-of-detention`.
    pub topics: Entries<RawTopic>,
    /// Facts that are known: events and states.
    pub facts: Entries<RawFact>,
    /// Demands: requests of ours, and those that sources made.
    pub demands: Entries<RawDemand>,
    /// Reservations that travel with facts.
    pub caveats: Entries<RawCaveat>,
    /// Points on which sources differ.
    pub conflicts: Vec<RawConflict>,
    /// Questions that the sources leave open.
    pub gaps: Entries<RawGap>,
    /// Arguments of the drafter, by category: `wgad/II`.
    pub arguments: Entries<RawArgument>,
    /// Steps taken before: what was filed, sent, decided or refused.
    pub steps: Vec<RawStep>,
    /// The papers to build.
    pub documents: Vec<RawDocument>,
    /// Words that this case guards in addition to the shipped lists, per language.
    pub guarded: Entries<Vec<At<String>>>,
}
