//! Checks one copy against its record, and reads its text.

use crate::case::load::Archive;
use crate::diag::{Code, Diagnostic, Failure, Severity};
use crate::disk::Digest;
use crate::source::{CopyText, Record, copy};

/// The text of a copy with the digest `found`, if that is the recorded digest.
fn open<'a>(record: &'a Record, bytes: &[u8], found: Digest, problems: &mut Vec<Diagnostic>) -> Option<CopyText<'a>> {
    if let Some(problem) = copy::differs(record, found) {
        let hint = "find the recorded copy; or, if the source has changed, compare each quotation with \
                    `amparo source recheck` and record the new digest";
        problems.push(Diagnostic { severity: Severity::Error, ..problem }.hint(hint));
        return None;
    }
    if record.digest.is_none() {
        let words = format!("`{}` has no digest", record.id);
        problems.push(
            Diagnostic::warning(Code::SourceDigestDiffers, record.place.clone(), words)
                .hint(format!("add `digest: {found}`, so that a changed copy is noticed")),
        );
    }
    let text = copy::text(record, bytes).map_err(|problem| problems.push(*problem)).ok()?;
    Some(CopyText::new(record, text))
}

/// Looks up the copy of a source in a folder of copies: its digest and its text, with all problems.
///
/// # Errors
/// A file cannot be read.
pub(super) fn look<'a>(
    archive: &Archive,
    record: &'a Record,
    strict: bool,
    problems: &mut Vec<Diagnostic>,
) -> Result<(Option<Digest>, Option<CopyText<'a>>), Failure> {
    problems.extend(original(record, archive.original(record)?, strict));
    let Some(bytes) = archive.copy(record)? else {
        problems.push(no_copy(record, strict));
        return Ok((None, None));
    };
    let found = Digest::of(&bytes);
    Ok((Some(found), open(record, &bytes, found, problems)))
}

fn no_copy(record: &Record, strict: bool) -> Diagnostic {
    let severity = if strict { Severity::Error } else { Severity::Warning };
    Diagnostic { severity, ..copy::missing(record) }
}

/// Reports a file from which a copy was made, if it is gone or has changed.
fn original(record: &Record, found: Option<Digest>, strict: bool) -> Option<Diagnostic> {
    let original = record.original.as_ref()?;
    match found {
        Some(found) if found == original.digest.value => None,
        Some(found) => {
            let words = format!("the original of `{}` is not the one that was recorded", record.id);
            Some(
                Diagnostic::error(Code::SourceDigestDiffers, original.digest.place.clone(), words)
                    .label("recorded here")
                    .with_note(format!("the file has {found}"))
                    .hint("find the recorded file; `amparo source audit CASE` shows when it was added"),
            )
        }
        None => {
            let make = if strict { Diagnostic::error } else { Diagnostic::warning };
            let words = format!("the archive has no original of `{}`", record.id);
            let hint = format!("put `{}` into the archive folder", original.file.value);
            Some(make(Code::SourceCopyMissing, original.file.place.clone(), words).hint(hint))
        }
    }
}
