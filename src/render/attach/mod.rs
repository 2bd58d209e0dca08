//! The attachments of a PDF: its ledger, and copies of sources if the user asks for them.
//!
//! The attachments are cut for the audience like the text, and then once more: a quotation and the words around it come
//! from a text of somebody else, so everything that the paper itself does not print is left out ([`careful`]).

mod careful;
mod copies;
mod sources;

use std::collections::{BTreeMap, BTreeSet};

use crate::case::view::View;
use crate::case::{Case, timeline::Clock};
use crate::check::Evidence;
use crate::disk::digest::hex;
use crate::document::events::ReadingOrder;
use crate::document::{Attachment, Document};
use crate::reference::Reference;
use crate::render::ledger::{Carried, CarriedClaim, Extent, Folded, MadeWith};
use careful::Careful;

pub use copies::{AttachedCopies, KeptBack};

/// The data for the ledgers of a run besides the documents.
#[derive(Clone, Copy)]
pub struct Enclosing<'a> {
    /// The whole case: hidden entries must be known to be left out.
    pub case: &'a Case,
    /// The result for each quotation.
    pub evidence: &'a Evidence,
    /// The part of the case that the audience may be told.
    pub view: &'a View,
    /// The shipped data, for guarded words.
    pub reference: &'a Reference,
    /// The extent of the ledger.
    pub extent: Extent,
    /// Digest of each file that was read, by its name.
    pub inputs: &'a BTreeMap<String, String>,
    /// The copies of the sources, if they are attached.
    pub copies: Option<&'a AttachedCopies<'a>>,
}

impl Enclosing<'_> {
    /// The attachments of a document, the ledger first, and the sources whose copies are kept back.
    ///
    /// # Errors
    /// The ledger cannot be written, which is an error of the program.
    pub fn attachments(&self, document: &Document) -> Result<(Vec<Attachment>, Vec<KeptBack>), String> {
        let is_full = self.extent == Extent::Full;
        let careful = is_full.then(|| Careful::new(self.case, self.view, self.reference, document));
        let mut carried = self.carried(document, careful.as_ref());
        let (copies, kept) = match (self.copies, &careful) {
            (Some(copies), Some(careful)) => copies.of(document, self.view, careful),
            _ => (Vec::new(), Vec::new()),
        };
        carried.attached = copies.iter().map(|(attached, _)| attached.clone()).collect();
        let all = std::iter::once(carried.attachment()?).chain(copies.into_iter().map(|(_, attachment)| attachment));
        Ok((all.collect(), kept))
    }

    /// The ledger of a document. With `careful` it has everything that may be told, else only digests.
    fn carried(&self, document: &Document, careful: Option<&Careful>) -> Carried {
        let folded = Folded::of(document, ReadingOrder::PAGES);
        let mut carried = Carried::of_pages(document, &folded);
        carried.made_with = self.made_with(document);
        let clock = match self.view.clock {
            Clock::Event => "event",
            Clock::Knowledge => "knowledge",
        };
        clock.clone_into(&mut carried.document.clock);
        if let Some(careful) = careful {
            carried.extent = Extent::Full;
            self.view.audience.name().clone_into(&mut carried.document.audience);
            carried.claims = self.claims(document, folded.claims, careful);
            carried.sources = sources::cited(document, self.view, careful);
        }
        carried
    }

    fn made_with(&self, document: &Document) -> MadeWith {
        let template = format!("templates/documents/{}/", document.template);
        let layout = format!("templates/layouts/{}/", document.layout);
        let shared = ["directory/", "law/", "languages/", "citation/"];
        let is_shared = |name: &str| {
            let inner = name.strip_prefix("templates/");
            inner.is_some_and(|inner| shared.iter().any(|folder| inner.starts_with(folder)))
        };
        MadeWith {
            amparo: env!("CARGO_PKG_VERSION").to_owned(),
            cargo_lock: env!("AMPARO_CARGO_LOCK").to_owned(),
            template: self.digest(|name| name.starts_with(&template)),
            layout: self.digest(|name| name.starts_with(&layout) || name == "templates/layouts/common.typ"),
            reference: self.digest(is_shared),
        }
    }

    /// One digest for several files.
    fn digest(&self, wanted: impl Fn(&str) -> bool) -> String {
        let files = self.inputs.iter().filter(|(name, _)| wanted(name));
        let lines: String = files.flat_map(|(name, digest)| [name.as_str(), " ", digest.as_str(), "\n"]).collect();
        format!("sha256:{}", hex(lines.as_bytes()))
    }

    /// The claims with their grounds and citations; a repeated claim has them only once.
    fn claims(&self, document: &Document, claims: Vec<(usize, CarriedClaim)>, careful: &Careful) -> Vec<CarriedClaim> {
        let mut told = BTreeSet::new();
        let tell = |(index, claim): (usize, CarriedClaim)| match document.ledger.entries.get(index) {
            Some(entry) if told.insert(index) => CarriedClaim {
                id: entry.id.to_string(),
                text: entry.text.clone(),
                status: entry.status.clone(),
                grounds: entry.grounds.iter().map(ToString::to_string).collect(),
                citations: sources::citations(entry, self.evidence, self.view, careful),
                ..claim
            },
            _ => claim,
        };
        claims.into_iter().map(tell).collect()
    }
}
