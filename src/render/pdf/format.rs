//! PDF as a format of a document.

use super::typesetter::Typesetter;
use crate::diag::Diagnostic;
use crate::document::events::ReadingOrder;
use crate::render::format::{Finished, Format, Renderer, Setup, Unreadable};
use crate::render::reading::file;

/// PDF/A-3a with PDF/UA-1.
#[derive(Debug)]
pub struct Pdf;

impl Format for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn about(&self) -> &'static str {
        "PDF/A-3a with PDF/UA-1"
    }

    fn order(&self) -> ReadingOrder {
        ReadingOrder::PAGES
    }

    fn has_pages(&self) -> bool {
        true
    }

    fn renderer(&self, setup: &Setup) -> Result<Box<dyn Renderer>, Vec<Diagnostic>> {
        Ok(Box::new(Typesetter::new(setup.fonts.clone(), setup.layouts.clone())?))
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(file::HEADER)
    }

    fn open<'a>(&self, bytes: &'a [u8]) -> Result<Box<dyn Finished + 'a>, Unreadable> {
        Ok(Box::new(file::PdfFile::open(bytes)?))
    }
}
