//! The standards and the metadata of a PDF.

use chrono::{Datelike, NaiveDate};
use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::document::Document;

/// PDF/A-3a for archives and PDF/UA-1 for screen readers, both in one file.
pub(super) fn standards() -> Result<PdfStandards, String> {
    PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).map_err(|error| error.message().to_string())
}

/// The options have nothing of the program's version, the computer or the user: the same document gives the same bytes.
pub(super) fn options(document: &Document, standards: &PdfStandards) -> PdfOptions {
    PdfOptions {
        ident: Smart::Custom(document.identity.clone()),
        creator: Smart::Custom(Some("amparo".to_owned())),
        timestamp: midnight(document.as_of).map(Timestamp::new_utc),
        standards: standards.clone(),
        page_ranges: None,
        tagged: true,
        pretty: false,
    }
}

/// The date for a layout.
pub(super) fn day(date: NaiveDate) -> Option<Datetime> {
    let (month, day) = month_and_day(date)?;
    Datetime::from_ymd(date.year(), month, day)
}

fn midnight(date: NaiveDate) -> Option<Datetime> {
    let (month, day) = month_and_day(date)?;
    Datetime::from_ymd_hms(date.year(), month, day, 0, 0, 0)
}

fn month_and_day(date: NaiveDate) -> Option<(u8, u8)> {
    Some((u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?))
}
