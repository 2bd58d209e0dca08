//! `LibreOffice` texts (ISO 26300): the paragraphs that a reader of the accepted text sees, then footnotes and endnotes;
//! heads and feet of pages stand last and are no part of the text.

use std::collections::HashSet;

use super::docx::{furniture_of, paragraphs};
use super::odt_text::OdtWriter;
use super::office::{Packed, fact, facts};
use super::{Extracted, File, FileFormat, ImportRefusal, Made, Metadata, about};

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
    let about = packed.member("meta.xml")?.map(|xml| self::about(&xml)).unwrap_or_default();
    Ok(Extracted { format: FileFormat::Odt, paragraphs, pages: 0, about, remarks: writer.remarks.sentences() })
}

fn about(xml: &[u8]) -> Metadata {
    let facts = facts(xml);
    let made = fact(&facts, &["dc:date", "meta:creation-date"]).and_then(|date| about::day(&date));
    Metadata {
        title: fact(&facts, &["dc:title"]),
        authors: fact(&facts, &["meta:initial-creator", "dc:creator"]).into_iter().collect(),
        made: made.map(|on| Made { on, by: "the properties of the file" }),
        language: fact(&facts, &["dc:language"]).and_then(|tag| about::language(&tag)),
        ..Metadata::default()
    }
}
