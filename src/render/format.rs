//! A format of a document: it renders a document, and reads back what was rendered.

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::reading::Reading;
use crate::diag::Diagnostic;
use crate::document::Document;
use crate::document::events::ReadingOrder;

/// A format of a file.
pub trait Format: Sync + Debug {
    /// As users type it, and as its files end: `pdf`.
    fn name(&self) -> &'static str;

    /// What it is, for whoever chooses one.
    fn about(&self) -> &'static str;

    /// In which order its files have the words of a document.
    fn order(&self) -> ReadingOrder;

    /// Whether its files have pages, which have a size of paper and of print.
    fn has_pages(&self) -> bool;

    /// What writes documents, set up once for many of them.
    ///
    /// # Errors
    /// A font or a layout that cannot be used.
    fn renderer(&self, setup: &Setup) -> Result<Box<dyn Renderer>, Vec<Diagnostic>>;

    /// Whether bytes are those of such a file and may carry a ledger.
    fn recognises(&self, bytes: &[u8]) -> bool;

    /// Opens a finished file.
    ///
    /// # Errors
    /// It is no such file, locked or broken.
    fn open<'a>(&self, bytes: &'a [u8]) -> Result<Box<dyn Finished + 'a>, Unreadable>;
}

/// What renderers need beside documents.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// Files of fonts beside the embedded ones, tried in this order.
    pub fonts: Vec<Vec<u8>>,
    /// Typst texts by their path under the folder of the layouts: `common.typ`, `letter/layout.typ`.
    pub layouts: BTreeMap<String, String>,
    /// Whether the same documents will be rendered once more, a little changed.
    pub again: bool,
}

/// What writes documents in one format.
pub trait Renderer: Sync + Debug {
    /// Puts other layouts in the place of those it has.
    ///
    /// # Errors
    /// A layout that cannot be used; then those of before stay.
    fn lay_out(&mut self, layouts: &BTreeMap<String, String>) -> Result<(), Vec<Diagnostic>>;

    /// The file of a document.
    ///
    /// # Errors
    /// What in the document or its layout cannot be rendered.
    fn render(&self, document: &Document) -> Result<Rendered, Vec<Diagnostic>>;
}

/// A file that was rendered and not yet read back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
}

/// A finished file that was opened.
pub trait Finished {
    /// What it says.
    ///
    /// # Errors
    /// What cannot be understood, in words.
    fn reading(&self) -> Result<Reading, String>;

    /// The files inside it.
    fn enclosed(&self) -> Vec<Enclosed>;

    /// What it says of itself.
    fn properties(&self) -> Vec<Property>;

    /// What stands in it that no paper of ours has, each in words. Empty for a paper as it was made.
    fn strange(&self) -> Vec<String>;

    /// Whether the bytes are those that were written: its own checksum fits. Whoever forges can compute it as well.
    fn is_as_made(&self) -> bool;

    /// The titles of its outline.
    fn outline(&self) -> Vec<String>;

    /// How many times it was saved: 1 for a file as it was made.
    fn revisions(&self) -> usize;
}

/// Why a file cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is none of this format.
    Other,
    /// It is encrypted.
    Encrypted,
    /// It is one, but broken, or larger than any of ours.
    Broken(String),
}

/// A file inside the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// Its name.
    pub name: String,
    /// Its MIME type.
    pub mime: String,
    /// What it is, in words.
    pub description: String,
    /// `Data`, `Supplement`…
    pub relationship: String,
    /// When it was last changed, as written.
    pub modified: String,
    /// The bytes, or why they cannot be had.
    pub bytes: Result<Vec<u8>, String>,
}

/// A property with its value, as a file reveals it.
pub type Property = (String, String);
