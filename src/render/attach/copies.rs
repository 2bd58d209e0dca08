//! Copies of sources in a file, if the user asks for them.

use std::path::Path;

use super::careful::Careful;
use super::sources;
use crate::case::view::View;
use crate::disk::Digest;
use crate::document::{Attachment, Document, Relationship};
use crate::render::ledger::Attached;
use crate::source::Record;

/// Reads the copy of a source; `None` if there is none.
type Reader<'a> = dyn Fn(&Record) -> Option<Vec<u8>> + 'a;

/// The reason for keeping back the copy of a source with a hidden publisher.
const PUBLISHER: &str = "its publisher must not be named to the readers of this paper";

/// The available copies, each read when it is needed.
pub struct AttachedCopies<'a>(Box<Reader<'a>>);

/// A copy that is kept back, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBack {
    /// Id of the source.
    pub source: String,
    /// The reason.
    pub why: &'static str,
}

impl<'a> AttachedCopies<'a> {
    /// Copies that are read by `read`.
    pub fn new(read: impl Fn(&Record) -> Option<Vec<u8>> + 'a) -> Self {
        Self(Box::new(read))
    }

    /// The copies to attach to a document, and those that are kept back.
    pub(super) fn of(
        &self,
        document: &Document,
        view: &View,
        careful: &Careful,
    ) -> (Vec<(Attached, Attachment)>, Vec<KeptBack>) {
        let (mut go, mut stay) = (Vec::new(), Vec::new());
        for record in sources::cited_by(document, view) {
            let named = view.withheld.contains(&record.id);
            let copy = if named { Err(PUBLISHER) } else { self.copy(record, view, careful) };
            match copy {
                Ok(copy) => go.push(copy),
                Err(why) => stay.push(KeptBack { source: record.id.clone(), why }),
            }
        }
        (go, stay)
    }

    fn copy(&self, record: &Record, view: &View, careful: &Careful) -> Result<(Attached, Attachment), &'static str> {
        let bytes = (self.0)(record).ok_or("there is no copy of it at hand")?;
        let digest = Digest::of(&bytes);
        if record.digest.as_ref().is_none_or(|recorded| recorded.value != digest) {
            return Err("its copy is not the one that was recorded");
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| "nobody can tell whom it names: it is no plain text")?;
        if careful.hides(text) {
            return Err("it names somebody of whom the readers of this paper are not told");
        }
        let attached = Attached {
            name: format!("{}.{}", sources::name(&record.id, view), ending(record)),
            source: sources::name(&record.id, view),
            digest: digest.to_string(),
        };
        let attachment = Attachment {
            name: attached.name.clone(),
            mime: "text/plain".to_owned(),
            description: "Copy of a source that this document cites".to_owned(),
            relationship: Relationship::Supplement,
            bytes,
        };
        Ok((attached, attachment))
    }
}

/// The ending of the copy's own name, if it is that of a text.
fn ending(record: &Record) -> &'static str {
    let name = record.file.as_ref().map(|file| file.value.as_str()).unwrap_or_default();
    match Path::new(name).extension().and_then(|ending| ending.to_str()) {
        Some("md") => "md",
        _ => "txt",
    }
}
