//! HTML as a format of a document.

use super::read::HtmlFile;
use super::vocabulary::{HEADER, ORDER};
use super::write::page;
use crate::diag::Diagnostic;
use crate::document::Document;
use crate::document::events::ReadingOrder;
use crate::render::fault::internal;
use crate::render::format::{Finished, Format, Rendered, Renderer, Setup, Unreadable};

/// One page without other files.
#[derive(Debug)]
pub struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn about(&self) -> &'static str {
        "One page of HTML that needs nothing else"
    }

    fn order(&self) -> ReadingOrder {
        ORDER
    }

    fn renderer(&self, _: &Setup) -> Result<Box<dyn Renderer>, Vec<Diagnostic>> {
        Ok(Box::new(Self))
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(HEADER.as_bytes())
    }

    fn open<'a>(&self, bytes: &'a [u8]) -> Result<Box<dyn Finished + 'a>, Unreadable> {
        Ok(Box::new(HtmlFile::open(bytes)?))
    }
}

impl Renderer for Html {
    fn render(&self, document: &Document) -> Result<Rendered, Vec<Diagnostic>> {
        let bytes = page(document).map_err(|fault| vec![internal(document, fault)])?;
        Ok(Rendered { bytes: bytes.into_bytes(), warnings: Vec::new() })
    }
}
