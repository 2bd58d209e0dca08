//! Reads the file from which a copy was made once more, if another version of the program read it.

use crate::case::Citation;
use crate::case::load::Archive;
use crate::diag::{Code, Diagnostic};
use crate::source::extract::{self, File, FileFormat};
use crate::source::{CopyText, Extractor, QuotationFate, Record, Rereading, archive};

/// The most citations that a message names.
const NAMED: usize = 5;

/// Tells that this program reads a file in another way than the one that made its copy. Nothing is told if the words
/// and their paragraphs are the same. Texts of other programs are not compared.
pub(super) fn compare(
    archive: &Archive,
    record: &Record,
    copy: Option<&CopyText>,
    citations: &[(usize, &Citation)],
) -> Option<Diagnostic> {
    let original = record.original.as_ref()?;
    let Extractor { name, version } = &record.extractor;
    let now = FileFormat::version_of(name).filter(|now| now != version)?;
    // A copy that is missing, or not the recorded one, is told elsewhere.
    let copy = copy?;
    let words = format!("the text of `{}` was made by {name} {version}; this program has {now}", record.id);
    let note = |words: String| Diagnostic::note(Code::SourceExtractor, record.place.clone(), words);
    // A file that is gone is told elsewhere.
    let bytes = archive.original_bytes(record).ok().flatten()?;
    let encoding = original.encoding.as_deref();
    let file = File { name: &original.file.value, bytes: &bytes, encoding, url: record.url.as_deref() };
    let read = extract::extract(file).ok().filter(|read| read.format.extractor().0 == name);
    let Some(read) = read else {
        let hint =
            "nothing must be done: the text in the archive is what counts; look at the file before you add it again";
        return Some(note(format!("{words} and does not read the file as {name}")).hint(hint));
    };
    let read = archive::canonical(&read);
    let other = CopyText::new(record, &read);
    if (Rereading { old: copy, new: &other }).is_same() {
        return None;
    }
    let hint = format!(
        "nothing must be done: the text in the archive is what counts; `amparo source recheck CASE {} --write` takes the \
         other text over and renumbers what has moved",
        record.id
    );
    Some(note(format!("{words} and reads the file in another way")).with_note(fates(&other, citations)).hint(hint))
}

/// The fate of the citations in the other text, in words.
fn fates(other: &CopyText, citations: &[(usize, &Citation)]) -> String {
    let fate = |citation: &Citation| QuotationFate::of(other, citation.at, &citation.quote, &|_| true);
    let changed: Vec<String> = citations
        .iter()
        .map(|(_, citation)| (citation, fate(citation)))
        .filter(|(_, fate)| *fate != QuotationFate::Same)
        .map(|(citation, fate)| format!("{} “{}” ({})", citation.at, citation.quote.value, fate.name()))
        .collect();
    if changed.is_empty() {
        return format!("all {} citations stand at the same place in the other text", citations.len());
    }
    let more = if changed.len() > NAMED { format!("; {} more", changed.len() - NAMED) } else { String::new() };
    let named = changed.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    format!(
        "in the other text {} of {} citations are not at their place: {named}{more}",
        changed.len(),
        citations.len()
    )
}
