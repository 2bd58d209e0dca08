//! Word texts (ECMA-376): the paragraphs that a reader of the accepted text sees, then footnotes and endnotes; heads and
//! feet of pages stand last and are no part of the text.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::docx_notes::Settings;
use super::docx_text::WordWriter;
use super::format::is_word_text;
use super::office::{FactNames, MOST_BYTES, Packed, Walker, XmlElement};
use super::office_line::OfficeLine;
use super::office_remarks::{OfficeRemark, Remarks};
use super::{Extracted, ExtractedParagraph, File, FileFormat, ImportRefusal};

/// Where the properties of the file stand.
const FACTS: FactNames = FactNames {
    author: &["dc:creator"],
    date: &["dcterms:issued", "dc:date"],
    made: &["dcterms:modified", "dcterms:created"],
};

/// The words of a DOCX file.
pub(super) fn read(file: File) -> Result<Extracted, ImportRefusal> {
    let mut packed = Packed::open(file)?;
    let mut relations = Relations::default();
    let text = packed.names().into_iter().filter(|name| is_word_text(name)).min().unwrap_or_default();
    packed.walk(&text.replace("word/", "word/_rels/").replace(".xml", ".xml.rels"), &mut relations)?;
    let (mut writer, mut settings) = (WordWriter::default(), Settings::default());
    packed.walk(&relations.part("styles"), &mut writer.styles)?;
    packed.walk(&relations.part("numbering"), &mut writer.numbering)?;
    packed.walk(&relations.part("settings"), &mut settings)?;
    packed.walk(&text, &mut writer)?;
    let mut lines = writer.take();
    writer.notes.count(&settings.rules, &mut writer.remarks);
    for notes in ["footnotes", "endnotes"] {
        packed.walk(&relations.part(notes), &mut writer)?;
        writer.take();
    }
    lines.append(&mut std::mem::take(&mut writer.notes).lines());
    let furniture = furniture(&mut packed, &relations, &mut writer, settings.has_left_pages, file)?;
    let mut paragraphs = paragraphs(lines, &mut writer.remarks);
    paragraphs.extend(furniture);
    let about = packed.facts("docProps/core.xml", &FACTS)?;
    let remarks = writer.remarks.sentences();
    Ok(Extracted { format: FileFormat::Docx, paragraphs, pages: 0, about, remarks })
}

/// The paragraphs of a text, with what is told about marks that were left out.
pub(super) fn paragraphs(lines: Vec<OfficeLine>, remarks: &mut Remarks) -> Vec<ExtractedParagraph> {
    let notes: BTreeSet<String> = lines.iter().filter_map(|line| line.mark().map(str::to_owned)).collect();
    let mut left_out = Vec::new();
    let text = |line: OfficeLine| ExtractedParagraph {
        text: line.text(&notes, &mut left_out),
        ..ExtractedParagraph::default()
    };
    let paragraphs = lines.into_iter().map(text).collect();
    for mark in left_out {
        remarks.quote(OfficeRemark::Marks, &mark);
    }
    paragraphs
}

/// Paragraphs that are no part of the text; what was there before is not given again.
pub(super) fn furniture_of(
    lines: Vec<OfficeLine>,
    reason: &'static str,
    known: &mut HashSet<String>,
) -> Vec<ExtractedParagraph> {
    let text = |line: OfficeLine| super::one_line(&line.text(&BTreeSet::new(), &mut Vec::new()));
    let new = lines.into_iter().map(text).filter(|text| !text.is_empty() && known.insert(text.clone()));
    new.map(|text| ExtractedParagraph { text, page: 0, furniture: Some(reason) }).collect()
}

/// The heads and feet of pages.
fn furniture(
    packed: &mut Packed,
    relations: &Relations,
    writer: &mut WordWriter,
    has_left_pages: bool,
    file: File,
) -> Result<Vec<ExtractedParagraph>, ImportRefusal> {
    let (mut found, mut known) = (Vec::new(), HashSet::new());
    let before = packed.unpacked();
    for (is_foot, reason) in [(false, "head of the page"), (true, "foot of the page")] {
        for relation in writer.sections.seen(is_foot, has_left_pages) {
            let Some(part) = relations.by_name.get(&relation) else { continue };
            packed.walk(part, writer)?;
            if packed.unpacked() - before > MOST_BYTES {
                return Err(ImportRefusal::too_large(
                    file.name,
                    "has heads of pages that grow without end",
                    MOST_BYTES,
                ));
            }
            found.append(&mut furniture_of(writer.take(), reason, &mut known));
        }
    }
    Ok(found)
}

/// The parts to which the text refers, by the name of the relation and by its kind.
#[derive(Debug, Default)]
struct Relations {
    by_name: HashMap<String, String>,
    by_kind: HashMap<String, String>,
}

impl Relations {
    /// The part of this kind.
    fn part(&self, kind: &str) -> String {
        self.by_kind.get(kind).cloned().unwrap_or_else(|| format!("word/{kind}.xml"))
    }
}

impl Walker for Relations {
    fn start(&mut self, element: &XmlElement) {
        let is_outside = element.get("TargetMode").is_some_and(|mode| mode == "External");
        let (Some(name), Some(kind), Some(target)) = (element.get("Id"), element.get("Type"), element.get("Target"))
        else {
            return;
        };
        if is_outside {
            return;
        }
        let part = target.strip_prefix('/').map_or_else(|| format!("word/{target}"), str::to_owned);
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        self.by_kind.entry(kind).or_insert_with(|| part.clone());
        self.by_name.insert(name, part);
    }
}
