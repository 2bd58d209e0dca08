//! The one place that turns diagnostics into words: for people, for narrow screens and screen readers, for machines.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::characters::{in_place, is_hidden};
use super::{Diagnostic, Failure, Files, Label, Place, Severity};

/// The form in which messages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MessageFormat {
    /// With the user's own line, as compilers do.
    #[default]
    Human,
    /// One line for each message; also the form for screen readers.
    Short,
    /// One JSON object per line.
    Json,
}

/// Draws one diagnostic; the result ends with a line end.
#[must_use]
pub fn draw(diagnostic: &Diagnostic, files: &Files, format: MessageFormat, colour: bool) -> String {
    match format {
        MessageFormat::Human => human(diagnostic, files, colour),
        MessageFormat::Short => short(diagnostic),
        MessageFormat::Json => json(diagnostic),
    }
}

fn human(diagnostic: &Diagnostic, files: &Files, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let headline = visible(&diagnostic.headline);
    let mut group = Group::with_title(level.primary_title(&*headline).id(diagnostic.code.name()));
    let labels: Vec<(&Label, Option<Range<usize>>)> = std::iter::once(&diagnostic.primary)
        .chain(&diagnostic.others)
        .map(|label| (label, files.range(&label.place)))
        .collect();
    let mut floating = Vec::new();
    for (index, (label, range)) in labels.iter().enumerate() {
        match (files.text(&label.place.file), range) {
            (Some(text), Some(range)) => {
                group = group.element(snippet(text, label, range, index == 0));
            }
            _ if label.place.file.is_empty() => {}
            _ => floating.push(format!("{}{}", address(&label.place), colon(&label.words))),
        }
    }
    for line in &floating {
        group = group.element(Level::NOTE.no_name().message(format!("at {line}")));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.no_name().message(visible(note)));
    }
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.with_name("hint").message(visible(hint)));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = renderer.render(&[group]);
    out.push_str("\n\n");
    out
}

/// The lines around the place. Only they are given to the renderer, because a file may have 50 MB.
fn snippet<'a>(
    text: &'a str,
    label: &Label,
    range: &Range<usize>,
    primary: bool,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at);
    let line = text[..start].bytes().filter(|byte| *byte == b'\n').count() + 1;
    let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let span = range.start - start..range.end - start;
    // The offsets of the user's own lines must stay.
    Snippet::source(in_place(&text[start..end], |c| if matches!(c, '\n' | '\t') { c } else { '?' }))
        .line_start(line)
        .path(one_line(&label.place.file))
        .annotation(kind.span(span).label(visible(&label.words)))
}

fn short(diagnostic: &Diagnostic) -> String {
    let place = address(&diagnostic.primary.place);
    let severity = severity(diagnostic.severity);
    let separator = if place.is_empty() { "" } else { ": " };
    let hint = diagnostic.hints.first().map(|hint| format!(" ({hint})")).unwrap_or_default();
    let line = format!("{place}{separator}{severity}[{}]: {}{hint}", diagnostic.code.name(), diagnostic.headline);
    one_line(&line) + "\n"
}

/// Draws a failure; the result ends with a line end.
#[must_use]
pub fn draw_failure(failure: &Failure, format: MessageFormat) -> String {
    let (words, hint) = (failure.to_string(), failure.hint());
    match format {
        MessageFormat::Json => {
            let value =
                serde_json::json!({ "code": "failure", "severity": "error", "message": words, "hints": [hint] });
            format!("{value}\n")
        }
        MessageFormat::Human => format!("error: {}\n  = hint: {}\n", visible(&words), visible(&hint)),
        MessageFormat::Short => one_line(&format!("error: {words} ({hint})")) + "\n",
    }
}

fn json(diagnostic: &Diagnostic) -> String {
    let label = |label: &Label| {
        serde_json::json!({
            "file": &*label.place.file,
            "line": label.place.line,
            "column": label.place.column,
            "bytes": label.place.bytes.as_ref().map(|bytes| [bytes.start, bytes.end]),
            "label": label.words,
        })
    };
    let value = serde_json::json!({
        "code": diagnostic.code.name(),
        "severity": severity(diagnostic.severity),
        "message": diagnostic.headline,
        "place": label(&diagnostic.primary),
        "others": diagnostic.others.iter().map(label).collect::<Vec<_>>(),
        "notes": diagnostic.notes,
        "hints": diagnostic.hints,
    });
    format!("{value}\n")
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn address(place: &Place) -> String {
    let file = one_line(&place.file);
    match (place.line, place.column) {
        (0, _) => file,
        (line, 0) => format!("{file}:{line}"),
        (line, column) => format!("{file}:{line}:{column}"),
    }
}

fn colon(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(": {words}") }
}

/// The same words on one line: a path may hold a line break, and a program reads a line for each message.
fn one_line(words: &str) -> String {
    visible(words).replace('\n', "\\n")
}

/// Makes control characters and direction marks visible: with them a file could rewrite what the terminal shows.
fn visible(words: &str) -> String {
    let seen = |c: char| if c != '\n' && is_hidden(c) { char::REPLACEMENT_CHARACTER } else { c };
    words.chars().map(seen).collect()
}
