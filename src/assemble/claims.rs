//! The claims that a document may make, each with its words in the document's language and its grounds.

use super::escape::collapse;
use crate::case::view::{Told, View};
use crate::case::{Citation, Date, Status, Text};
use crate::diag::Place;
use crate::document::{ClaimId, FactId, Origin};
use crate::reference::fill;

/// A claim as it may be printed.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The entry of the case that it tells.
    pub id: ClaimId,
    /// Its words, white space collapsed.
    pub text: String,
    /// Facts it rests on.
    pub grounds: Vec<FactId>,
    /// Citations, needed together.
    pub cites: Vec<Citation>,
    /// Citations that only corroborate.
    pub also: Vec<Citation>,
    /// Reservations that go with it, or with the facts it rests on.
    pub caveats: Vec<String>,
    /// The firmness of a fact.
    pub status: Option<Status>,
    /// Its place in the case file.
    pub place: Place,
}

/// All claims of a document, by number.
#[derive(Debug, Default)]
pub struct Claims(Vec<Claim>);

impl Claims {
    /// Adds a claim and gives its number.
    pub fn add(&mut self, claim: Claim) -> usize {
        self.0.push(claim);
        self.0.len() - 1
    }

    /// Adds all claims of another document and returns the number that must be added to their indices.
    pub fn append(&mut self, mut others: Self) -> usize {
        let before = self.0.len();
        self.0.append(&mut others.0);
        before
    }

    /// The claim with this number.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&Claim> {
        self.0.get(index)
    }
}

impl Claim {
    /// A claim without citations.
    #[must_use]
    pub fn new(id: ClaimId, text: &str, place: &Place) -> Self {
        Self {
            id,
            text: collapse(text),
            grounds: Vec::new(),
            cites: Vec::new(),
            also: Vec::new(),
            caveats: Vec::new(),
            status: None,
            place: place.clone(),
        }
    }

    /// The same claim with these citations.
    #[must_use]
    pub fn cited(mut self, cites: Vec<Citation>, also: Vec<Citation>) -> Self {
        self.cites = cites;
        self.also = also;
        self
    }

    /// The same claim with these facts as its grounds.
    #[must_use]
    pub fn resting_on(mut self, grounds: &[FactId], view: &View) -> Self {
        self.cites = of_facts(grounds, view);
        self.grounds = grounds.to_vec();
        self
    }
}

/// The citations of a fact; a derived one has those of its inputs.
#[must_use]
pub fn citations(told: &Told, view: &View) -> Vec<Citation> {
    if !told.cites.is_empty() {
        return told.cites.clone();
    }
    let inputs = || told.fact.derived.iter().flat_map(|derived| &derived.from);
    // The case has no circles; a fact that derives from itself is refused earlier.
    if inputs().any(|id| *id == told.fact.id) { Vec::new() } else { of_facts(inputs(), view) }
}

/// The citations of several facts, each place once.
fn of_facts<'a>(ids: impl IntoIterator<Item = &'a FactId>, view: &View) -> Vec<Citation> {
    let mut all: Vec<Citation> = Vec::new();
    for citation in ids.into_iter().filter_map(|id| view.fact(id)).flat_map(|told| citations(told, view)) {
        if !all.iter().any(|known| known.place == citation.place) {
            all.push(citation);
        }
    }
    all
}

/// Words in a language.
#[must_use]
pub fn in_language<'a>(text: &'a Text, language: &str) -> Option<&'a str> {
    text.get(language).map(|words| words.value.as_str())
}

/// The place where the words in a language were typed; else `otherwise`.
#[must_use]
pub fn place_of(text: &Text, language: &str, otherwise: &Place) -> Place {
    text.get(language).map_or_else(|| otherwise.clone(), |words| words.place.clone())
}

/// A place as an origin.
#[must_use]
pub fn origin(place: &Place) -> Origin {
    Origin { file: place.file.to_string(), line: place.line, bytes: place.bytes.clone() }
}

/// A date in words; a date that was worked out is told as a bound.
#[must_use]
pub fn date_words(date: &Date, locale: &crate::reference::Locale) -> String {
    let words = day_words(date, locale);
    if date.is_bound() { fill(&locale.words.not_later_than, &[("date", &words)]) } else { words }
}

/// A date in words, without the mark of a bound.
#[must_use]
pub fn day_words(date: &Date, locale: &crate::reference::Locale) -> String {
    locale.format.date_to(date.first, date.precision)
}
