//! A format of a document: it renders a document, and reads the result back.

use std::collections::BTreeMap;
use std::fmt::{self, Debug, Display};
use std::time::Duration;

use super::reading::Reading;
use crate::diag::Diagnostic;
use crate::document::Document;
use crate::document::events::ReadingOrder;
use crate::reference::layers::LayoutText;

/// A format of a file.
pub trait Format: Sync + Debug {
    /// The name that users type, which is also the ending of its files: `pdf`.
    fn name(&self) -> &'static str;

    /// A description for users who choose a format.
    fn about(&self) -> &'static str;

    /// The order of the words in its files.
    fn order(&self) -> ReadingOrder;

    /// True if its files have pages, with a size of paper and of print.
    fn has_pages(&self) -> bool {
        false
    }

    /// A renderer, set up once for many documents.
    ///
    /// # Errors
    /// A font or a layout cannot be used.
    fn renderer(&self, setup: &Setup) -> Result<Box<dyn Renderer>, Vec<Diagnostic>>;

    /// True if bytes are such a file and may contain a ledger.
    fn recognises(&self, bytes: &[u8]) -> bool;

    /// Opens a finished file.
    ///
    /// # Errors
    /// It is not such a file, or is encrypted or broken.
    fn open<'a>(&self, bytes: &'a [u8]) -> Result<Box<dyn Finished + 'a>, Unreadable>;
}

/// The data for renderers besides documents.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// Files of fonts beside the embedded ones, tried in this order.
    pub fonts: Vec<Vec<u8>>,
    /// Typst texts by their path under the folder of the layouts: `common.typ`, `letter/layout.typ`.
    pub layouts: BTreeMap<String, LayoutText>,
    /// True if the same documents will be rendered again with small changes.
    pub again: bool,
    /// The longest time for one document; `None`: it is not measured.
    pub limit: Option<Duration>,
}

/// Renders documents in one format.
pub trait Renderer: Send + Sync + Debug {
    /// Replaces the layouts, in a format that has any.
    ///
    /// # Errors
    /// A layout cannot be used; then the earlier ones stay.
    fn lay_out(&mut self, _layouts: &BTreeMap<String, LayoutText>) -> Result<(), Vec<Diagnostic>> {
        Ok(())
    }

    /// The name of the file that gives a document its look, in a format that has layouts.
    fn layout(&self, _document: &Document) -> Option<String> {
        None
    }

    /// True if its fonts have a character; a format without fonts has every one.
    fn has(&self, _character: char) -> bool {
        true
    }

    /// The file of a document.
    ///
    /// # Errors
    /// Each part of the document or its layout that cannot be rendered.
    fn render(&self, document: &Document) -> Result<Rendered, Vec<Diagnostic>>;
}

/// A rendered file, not yet read back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// Warnings for the user.
    pub warnings: Vec<Diagnostic>,
}

/// An opened finished file.
pub trait Finished {
    /// Its words.
    ///
    /// # Errors
    /// A part of it cannot be understood; the message is in words.
    fn reading(&self) -> Result<Reading, String>;

    /// The files inside it.
    fn enclosed(&self) -> Vec<Enclosed> {
        Vec::new()
    }

    /// Its metadata.
    fn properties(&self) -> Vec<Property> {
        Vec::new()
    }

    /// Contents that no paper of ours has, each in words. Empty for an unchanged paper.
    fn strange(&self) -> Vec<String> {
        Vec::new()
    }

    /// True if its own checksum fits. That shows accidental changes only, because a forger can compute it too.
    fn is_as_made(&self) -> bool {
        false
    }

    /// The titles of its outline.
    fn outline(&self) -> Vec<String> {
        Vec::new()
    }

    /// The number of times it was saved: 1 for an unchanged file.
    fn revisions(&self) -> usize {
        1
    }
}

/// The reason for which a file cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not in this format.
    Other,
    /// It is encrypted.
    Encrypted,
    /// It is in this format, but broken, or larger than any file of ours.
    Broken(String),
}

/// The end of a sentence about the file: “this PDF …”.
impl Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other => out.write_str("is in another format"),
            Self::Encrypted => out.write_str("is locked with a password, so nothing in it can be read"),
            Self::Broken(why) => write!(out, "is broken: {why}"),
        }
    }
}

/// A file inside the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// Its name.
    pub name: String,
    /// Its MIME type.
    pub mime: String,
    /// Its description, in words.
    pub description: String,
    /// `Data`, `Supplement`…
    pub relationship: String,
    /// The time of its last change, as written.
    pub modified: String,
    /// The bytes, or the reason for which they cannot be read.
    pub bytes: Result<Vec<u8>, String>,
}

/// A property with its value, as found in a file.
pub type Property = (String, String);
