//! The contents of a PDF besides its text, for a user who wants to see them before sending it.

use super::attachment::NO_PAPER;
use crate::disk::digest::hex;
use crate::render::formats;
use crate::render::reading::Reading;

/// Everything that a file reveals besides its text, as pairs of name and value.
///
/// # Errors
/// The reason, in words, for which the file cannot be opened.
pub fn inspect(bytes: &[u8]) -> Result<Vec<(String, String)>, String> {
    let format = formats::of(bytes).ok_or(NO_PAPER)?;
    let file = format.open(bytes).map_err(|why| format!("this {} {why}", format.name().to_uppercase()))?;
    let mut out = vec![("digest".to_owned(), format!("sha256:{}", hex(bytes)))];
    out.push(("size".to_owned(), format!("{} bytes", bytes.len())));
    out.push(("saved".to_owned(), times(file.revisions())));
    out.extend(file.properties());
    if !out.iter().any(|(name, _)| name == "Producer") {
        out.push(("Producer".to_owned(), "not said".to_owned()));
    }
    match file.reading() {
        Ok(reading) => pages(&reading, &mut out),
        Err(why) => {
            out.push(("text".to_owned(), format!("cannot be read as that of a paper of ours: {why}")));
        }
    }
    out.extend(file.outline().into_iter().map(|title| ("outline".to_owned(), title)));
    for one in file.enclosed() {
        let size = match &one.bytes {
            Ok(bytes) => format!("{} bytes, sha256:{}", bytes.len(), hex(bytes)),
            Err(why) => why.clone(),
        };
        let about = [one.mime, one.relationship, one.modified, one.description, size];
        out.push((format!("attachment `{}`", one.name), about.join("; ")));
    }
    out.extend(file.strange().into_iter().map(|what| ("strange".to_owned(), what)));
    Ok(out)
}

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times: earlier states may still be in it") }
}

fn pages(reading: &Reading, out: &mut Vec<(String, String)>) {
    if reading.pages.is_empty() {
        return;
    }
    out.push(("pages".to_owned(), reading.pages.len().to_string()));
    let mut sizes: Vec<String> =
        reading.pages.iter().map(|page| format!("{:.1} by {:.1} mm", page.width, page.height)).collect();
    sizes.dedup();
    out.push(("sheets".to_owned(), sizes.join(", ")));
    for (font, is_inside) in &reading.fonts {
        let kept = if *is_inside { "in the file" } else { "NOT in the file" };
        out.push(("font".to_owned(), format!("{font}, {kept}")));
    }
    out.extend(reading.doubtful.iter().map(|what| ("doubtful".to_owned(), what.clone())));
}
