//! The paragraphs of an office text in reading order: joined where the mark between them is deleted or hidden, with the
//! words of boxes before or after the paragraph to which a box belongs.

use std::collections::BTreeSet;

use super::office_line::OfficeLine;
use super::office_look::LetterHeight;

/// What a paragraph shows.
#[derive(Debug, Default)]
pub(super) struct ShownParagraph {
    pub(super) line: OfficeLine,
    /// Its automatic number, once it has one.
    pub(super) number: Option<String>,
    before: Vec<OfficeLine>,
    after: Vec<OfficeLine>,
}

impl ShownParagraph {
    /// Takes its words away, because it turns out that nobody sees them.
    pub(super) fn hide(&mut self) -> String {
        std::mem::take(&mut self.line).text(&BTreeSet::new(), &mut Vec::new())
    }

    /// The paragraphs that people see: itself with its number, and its boxes.
    fn lines(mut self) -> impl Iterator<Item = OfficeLine> {
        if let Some(number) = self.number.filter(|number| !number.is_empty()) {
            self.line.begin_with(&number);
        }
        let own = Some(self.line).filter(|line| !line.is_blank());
        self.before.into_iter().chain(own).chain(self.after)
    }
}

/// A paragraph while it is read, with what its format knows of it.
#[derive(Debug, Default)]
pub(super) struct OpenParagraph<P> {
    /// What the format knows.
    pub(super) own: P,
    /// All of it is deleted.
    pub(super) is_gone: bool,
    /// What it shows.
    pub(super) shown: ShownParagraph,
}

/// The paragraphs of a part.
#[derive(Debug, Default)]
pub(super) struct Flow<P> {
    open: Vec<OpenParagraph<P>>,
    /// For each place that holds paragraphs (the body, a cell, a box): the one whose end is missing.
    unended: Vec<Option<ShownParagraph>>,
    lines: Vec<OfficeLine>,
    /// The number of bytes of all paragraphs that were shown.
    pub(super) size: usize,
}

impl<P> Flow<P> {
    /// True if no text should have so many words.
    pub(super) fn is_full(&self) -> bool {
        self.size > super::MOST_WORDS
    }

    /// Opens a place that holds paragraphs.
    pub(super) fn open_place(&mut self) {
        self.unended.push(None);
    }

    /// Closes such a place.
    pub(super) fn close_place(&mut self) {
        self.finish();
        self.unended.pop();
    }

    /// Ends a paragraph whose end is missing, where no other follows it.
    pub(super) fn finish(&mut self) {
        if let Some(shown) = self.unended.last_mut().and_then(Option::take) {
            self.show(shown);
        }
    }

    /// Begins a paragraph.
    pub(super) fn open(&mut self, own: P, is_gone: bool) {
        self.open.push(OpenParagraph { own, is_gone, shown: ShownParagraph::default() });
    }

    /// The paragraph that is being read.
    pub(super) fn paragraph(&mut self) -> Option<&mut OpenParagraph<P>> {
        self.open.last_mut()
    }

    /// Adds words to it.
    pub(super) fn push(&mut self, height: LetterHeight, words: &str) {
        if let Some(open) = self.open.last_mut() {
            open.shown.line.push(height, words);
        }
    }

    /// Takes the paragraph that ends, joined with the one before it whose end is missing.
    pub(super) fn close(&mut self) -> Option<OpenParagraph<P>> {
        let mut paragraph = self.open.pop()?;
        if paragraph.is_gone {
            return None;
        }
        if let Some(mut first) = self.unended.last_mut().and_then(Option::take) {
            let ShownParagraph { line, before, after, .. } = paragraph.shown;
            first.line.append(line);
            first.before.extend(before);
            first.after.extend(after);
            paragraph.shown = first;
        }
        Some(paragraph)
    }

    /// Keeps a paragraph without end until the next one.
    pub(super) fn keep(&mut self, shown: ShownParagraph) {
        match self.unended.last_mut() {
            Some(place) => *place = Some(shown),
            None => self.show(shown),
        }
    }

    /// Adds a paragraph. One in a box stands before the paragraph that holds the box if that has no words yet, else
    /// after it.
    pub(super) fn show(&mut self, shown: ShownParagraph) {
        self.size += shown.line.len() + shown.number.as_ref().map_or(0, String::len);
        match self.open.last_mut() {
            None => self.lines.extend(shown.lines()),
            Some(holder) if holder.shown.line.is_blank() => holder.shown.before.extend(shown.lines()),
            Some(holder) => holder.shown.after.extend(shown.lines()),
        }
    }

    /// Adds a paragraph that is nothing but words on a drawing.
    pub(super) fn show_words(&mut self, words: &str) {
        let mut shown = ShownParagraph::default();
        shown.line.push(LetterHeight::OnLine, words);
        self.show(shown);
    }

    /// The number of finished paragraphs.
    pub(super) fn count(&self) -> usize {
        self.lines.len()
    }

    /// Takes the paragraphs from this one on.
    pub(super) fn take_from(&mut self, first: usize) -> Vec<OfficeLine> {
        self.lines.split_off(first.min(self.lines.len()))
    }

    /// Takes all paragraphs.
    pub(super) fn take(&mut self) -> Vec<OfficeLine> {
        self.open.clear();
        self.unended.clear();
        std::mem::take(&mut self.lines)
    }
}
