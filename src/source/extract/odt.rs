//! `LibreOffice` texts (ISO 26300): the paragraphs that a reader of the accepted text sees, then footnotes and endnotes;
//! heads and feet of pages stand last and are no part of the text.

use std::collections::HashSet;

use super::docx::{furniture_of, paragraphs};
use super::odt_text::OdtWriter;
use super::office::{FactNames, Packed};
use super::{Extracted, File, FileFormat, ImportRefusal};

/// Where the properties of the file stand.
const FACTS: FactNames =
    FactNames { author: &["meta:initial-creator", "dc:creator"], date: &[], made: &["dc:date", "meta:creation-date"] };

/// The words of an ODT file.
pub(super) fn read(file: File) -> Result<Extracted, ImportRefusal> {
    let mut packed = Packed::open(file)?;
    let manifest = packed.member("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.windows(b"encryption-data".len()).any(|window| window == b"encryption-data") {
        return Err(ImportRefusal::encrypted(file.name));
    }
    let mut writer = OdtWriter::default();
    packed.walk("styles.xml", &mut writer)?;
    packed.walk("content.xml", &mut writer)?;
    let heads = writer.take_heads();
    let mut paragraphs = paragraphs(writer.take(), &mut writer.remarks);
    let mut known = HashSet::new();
    for (reason, lines) in heads {
        paragraphs.extend(furniture_of(lines, reason, &mut known));
    }
    let about = packed.facts("meta.xml", &FACTS)?;
    Ok(Extracted { format: FileFormat::Odt, paragraphs, pages: 0, about, remarks: writer.remarks.sentences() })
}
