//! Copies of sources that travel in a file, where somebody asked for them.

use std::path::Path;

use super::careful::Careful;
use super::sources;
use crate::case::view::View;
use crate::disk::Digest;
use crate::document::{Attachment, Document, Relationship};
use crate::render::ledger::Attached;
use crate::source::Record;

/// Who reads the copy of a source; `None` where there is none.
type Reader<'a> = dyn Fn(&Record) -> Option<Vec<u8>> + 'a;

/// Why the copy of a source stays whose publisher is kept back.
const PUBLISHER: &str = "its publisher must not be named to the readers of this paper";

/// The copies at hand, each read when it is needed.
pub struct AttachedCopies<'a>(Box<Reader<'a>>);

/// A copy that stays at home, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBack {
    /// Id of the source.
    pub source: String,
    /// Why.
    pub why: &'static str,
}

impl<'a> AttachedCopies<'a> {
    /// Copies as somebody reads them.
    pub fn new(read: impl Fn(&Record) -> Option<Vec<u8>> + 'a) -> Self {
        Self(Box::new(read))
    }

    /// The copies that go with a document, and those that stay.
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

/// The ending of the copy's own name, where it is one of a text.
fn ending(record: &Record) -> &'static str {
    let name = record.file.as_ref().map(|file| file.value.as_str()).unwrap_or_default();
    match Path::new(name).extension().and_then(|ending| ending.to_str()) {
        Some("md") => "md",
        _ => "txt",
    }
}
