//! Languages of documents, and the language of the program's messages.

/// The language of messages and reports.
pub const PROGRAM_LANGUAGE: &str = "en";

/// A language of a document and the country whose conventions it follows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language {
    /// ISO 639 code: `en`, `ru`.
    pub code: String,
    /// ISO 3166 code: `GB`, `RU`. Empty if unknown.
    pub region: String,
}

impl Language {
    /// The language of messages and reports.
    #[must_use]
    pub fn of_program() -> Self {
        Self { code: PROGRAM_LANGUAGE.to_owned(), region: "GB".to_owned() }
    }
}
