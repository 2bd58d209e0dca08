//! Markdown as a format of a document.

use super::read::tokens;
use super::write::{ORDER, markdown};
use crate::diag::Diagnostic;
use crate::document::Document;
use crate::document::events::ReadingOrder;
use crate::render::format::{Finished, Format, Rendered, Renderer, Setup, Unreadable};
use crate::render::reading::Reading;

/// Plain Markdown.
#[derive(Debug)]
pub struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "md"
    }

    fn about(&self) -> &'static str {
        "Markdown"
    }

    fn order(&self) -> ReadingOrder {
        ORDER
    }

    fn renderer(&self, _: &Setup) -> Result<Box<dyn Renderer>, Vec<Diagnostic>> {
        Ok(Box::new(Self))
    }

    /// Any text could be Markdown, and Markdown never has a ledger.
    fn recognises(&self, _: &[u8]) -> bool {
        false
    }

    fn open<'a>(&self, bytes: &'a [u8]) -> Result<Box<dyn Finished + 'a>, Unreadable> {
        std::str::from_utf8(bytes).map(|text| Box::new(Text(text)) as Box<dyn Finished>).map_err(|_| Unreadable::Other)
    }
}

impl Renderer for Markdown {
    fn render(&self, document: &Document) -> Result<Rendered, Vec<Diagnostic>> {
        Ok(Rendered { bytes: markdown(document).into_bytes(), warnings: Vec::new() })
    }
}

/// A text in Markdown.
struct Text<'a>(&'a str);

impl Finished for Text<'_> {
    fn reading(&self) -> Result<Reading, String> {
        Ok(Reading { tokens: tokens(self.0), ..Reading::default() })
    }
}
