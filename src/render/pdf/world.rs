//! The files that Typst can read for one document: layouts, fonts and one generated text. No disk, clock or network.

use std::collections::BTreeMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::fonts::Fonts;
use crate::document::Attachment;

/// The folder of the layouts inside Typst.
pub(super) const LAYOUTS: &str = "/layouts/";

/// The folder of the document's attachments inside Typst.
pub(super) const ATTACHMENTS: &str = "/attachments/";

/// The data that all documents share and that never change.
#[derive(Debug)]
pub(super) struct SharedWorld {
    pub(super) fonts: Fonts,
    pub(super) library: LazyHash<Library>,
    pub(super) layouts: BTreeMap<String, ParsedLayout>,
}

/// A parsed layout.
#[derive(Debug, Clone)]
pub(super) struct ParsedLayout {
    /// The name of its file in messages.
    pub(super) shown: String,
    pub(super) source: Source,
}

/// The data for one document.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    shared: &'a SharedWorld,
    main: Source,
    today: Option<Datetime>,
    attachments: &'a [Attachment],
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        shared: &'a SharedWorld,
        main: Source,
        today: Option<Datetime>,
        attachments: &'a [Attachment],
    ) -> Self {
        Self { shared, main, today, attachments }
    }

    /// The name of a layout's file in messages, by its path under the folder of the layouts.
    pub(super) fn shown(&self, layout: &str) -> Option<&str> {
        Some(self.shared.layouts.get(layout)?.shown.as_str())
    }

    /// An attachment of the document.
    fn attachment(&self, id: FileId) -> Option<&Attachment> {
        let path = id.get();
        let name = match path.root() {
            VirtualRoot::Project => path.vpath().get_with_slash().strip_prefix(ATTACHMENTS),
            VirtualRoot::Package(_) => None,
        };
        self.attachments.iter().find(|attachment| Some(attachment.name.as_str()) == name)
    }
}

/// The name of a text in this world. Equal paths give equal ids, so Typst's cache works across documents.
///
/// `None` if the path leads out of this world.
pub(super) fn id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.shared.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        let path = id.get();
        let layout = match path.root() {
            VirtualRoot::Project => path.vpath().get_with_slash().strip_prefix(LAYOUTS),
            VirtualRoot::Package(_) => None,
        };
        let layout = layout.and_then(|name| self.shared.layouts.get(name));
        layout
            .map(|layout| layout.source.clone())
            .ok_or_else(|| FileError::Other(Some("a layout reads only other layouts".into())))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if let Some(attachment) = self.attachment(id) {
            return Ok(Bytes::new(attachment.bytes.clone()));
        }
        self.source(id).map(|source| Bytes::from_string(source.text().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
