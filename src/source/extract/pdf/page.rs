//! One page: its paragraphs in reading order, and what a reader of the file has to be told about it.

use std::collections::BTreeMap;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt as _, interpret, interpret_page};
use kurbo::Rect;

use super::annotations::{self, PageAnnotations};
use super::flow::PagePart;
use super::gather::Gatherer;
use super::letter::{self, Letter, Seen};
use super::lines::{self, PageShape};
use super::paragraphs::{self, PageParagraph};
use super::ruled::{self, RuledLine};
use super::{bounds, direction, flow, rows, words};

/// The share of the letters of a page that stand turned and still are text: a table set sideways, for instance.
const TURNED_TEXT: f64 = 0.25;

/// The smallest share of a page that a picture takes in which words may stand.
const LARGE_PICTURE: f64 = 0.12;

/// The words of a page.
#[derive(Debug, Default)]
pub(super) struct PageText {
    pub(super) paragraphs: Vec<PageParagraph>,
    /// The number of letters that are seen.
    pub(super) letters: usize,
    /// The number of letters that the file does not identify.
    pub(super) unknown: usize,
    /// The number of letters behind a picture of the page.
    pub(super) recognised: usize,
    /// The words that nobody sees, by the reason.
    pub(super) unseen: BTreeMap<Seen, String>,
    /// The marks of notes that are left out of the text.
    pub(super) left_out: Vec<String>,
    /// True if a large picture holds no words.
    pub(super) has_picture: bool,
    /// True if the page has more letters than are read.
    pub(super) is_overfull: bool,
    /// True if a form that draws itself is left out.
    pub(super) has_endless_form: bool,
    pub(super) annotations: PageAnnotations,
}

/// Reads a page. `endless` are the names of forms that draw themselves.
pub(super) fn read<'a>(pdf: &'a Pdf, page: &Page<'a>, cache: &InterpreterCache<'a>, endless: &[Vec<u8>]) -> PageText {
    let sheet = Sheet { pdf, page, cache };
    let body = if endless.is_empty() { sheet.gather(false) } else { sheet.gather_without(endless) };
    let mut text = PageText {
        annotations: annotations::of(page),
        has_picture: has_picture(&body, sheet.place()),
        has_endless_form: !endless.is_empty(),
        is_overfull: body.is_overfull,
        ..PageText::default()
    };
    let own = body.letters.len();
    let mut letters = body.letters;
    if text.annotations.are_drawn && endless.is_empty() {
        // They are drawn after the page itself.
        let drawn = sheet.gather(true).letters.into_iter().skip(own);
        letters.extend(drawn.map(|letter| Letter { mark: true, ..letter }));
    }
    text.fill(letters, &body.lines);
    let notes = std::mem::take(&mut text.annotations.notes);
    text.paragraphs.extend(notes.into_iter().map(|text| PageParagraph {
        text,
        furniture: Some("note on the page"),
        size: 0.0,
        in_cell: true,
    }));
    text
}

/// A page to be interpreted.
struct Sheet<'s, 'a> {
    pdf: &'a Pdf,
    page: &'s Page<'a>,
    cache: &'s InterpreterCache<'a>,
}

impl<'a> Sheet<'_, 'a> {
    fn place(&self) -> Rect {
        let (width, height) = self.page.render_dimensions();
        Rect::new(0.0, 0.0, f64::from(width), f64::from(height))
    }

    fn context(&self, notes: bool) -> Context<'a> {
        let transform = self.page.initial_transform(true).to_kurbo();
        let settings = InterpreterSettings { render_annotations: notes, ..InterpreterSettings::default() };
        Context::new(transform, self.place(), self.cache, self.pdf.xref(), settings)
    }

    fn gather(&self, notes: bool) -> Gatherer {
        let mut gatherer = Gatherer::new(self.place());
        interpret_page(self.page, &mut self.context(notes), &mut gatherer);
        gatherer
    }

    /// The page without some forms.
    fn gather_without(&self, forms: &[Vec<u8>]) -> Gatherer {
        let mut gatherer = Gatherer::new(self.place());
        let content = bounds::without_forms(self.page.page_stream().unwrap_or_default(), forms);
        interpret(TypedIter::new(&content), self.page.resources(), &mut self.context(false), &mut gatherer);
        gatherer
    }
}

/// True if a large picture of a page lies beside the words, and none in it.
fn has_picture(body: &Gatherer, sheet: Rect) -> bool {
    let words = |picture: &Rect| body.letters.iter().any(|letter| picture.contains(letter.centre()));
    let large = |picture: &&Rect| picture.area() >= LARGE_PICTURE * sheet.area();
    body.pictures.iter().filter(large).any(|picture| !words(picture))
}

impl PageText {
    fn fill(&mut self, letters: Vec<Letter>, lines: &[RuledLine]) {
        let usable = letters.into_iter().filter(Letter::is_usable).collect();
        let (seen, unseen): (Vec<Letter>, Vec<Letter>) = letter::drawn_once(usable)
            .into_iter()
            .partition(|letter| matches!(letter.seen, Seen::Yes | Seen::Recognised));
        for letter in unseen {
            self.unseen.entry(letter.seen).or_default().push_str(&letter.text);
        }
        let drawn = |letter: &&Letter| !letter.text.trim().is_empty();
        self.letters = seen.iter().filter(drawn).count();
        self.unknown = seen.iter().filter(|letter| letter.text.contains(char::REPLACEMENT_CHARACTER)).count();
        self.recognised = seen.iter().filter(drawn).filter(|letter| letter.seen == Seen::Recognised).count();
        for Turned { angle, letters, is_text } in by_angle(letter::with_accents(letter::with_signs(seen))) {
            let lines: Vec<RuledLine> = lines.iter().map(|line| line.turned_back(angle)).collect();
            self.add(&letters, &lines, is_text);
        }
    }

    /// Adds the paragraphs of letters whose lines are horizontal.
    fn add(&mut self, letters: &[Letter], lines: &[RuledLine], is_text: bool) {
        let from_right = direction::runs_from_right(letters.iter().map(|letter| letter.text.as_str()));
        let (words, large) = lines::large_first_letters(words::words(letters));
        let tables = ruled::tables(lines, &words);
        let mut rows = rows::rows(words);
        let alone = lines::join_first_letters(&mut rows, large);
        if !alone.is_empty() {
            let words = rows.into_iter().flat_map(|row| row.words).map(|placed| placed.word).chain(alone);
            rows = rows::rows(words.collect());
        }
        let page = PageShape::of(&rows, from_right);
        let mut first = self.paragraphs.len();
        for PagePart { rows, cell } in flow::parts(rows, tables, from_right) {
            let lines = lines::lines(&rows, &page);
            self.left_out.extend(lines.iter().flat_map(|line| line.left_out.clone()));
            let edge = cell.map(|cell| if from_right { -cell.x0 } else { cell.x1 });
            let aside = (!is_text).then_some("set across the page");
            let paragraphs = paragraphs::paragraphs(&lines, edge).into_iter();
            let paragraphs =
                paragraphs.map(|paragraph| PageParagraph { furniture: paragraph.furniture.or(aside), ..paragraph });
            if cell.is_some() {
                self.paragraphs.extend(paragraphs);
                first = self.paragraphs.len();
            } else {
                self.continue_with(paragraphs.collect(), first);
            }
        }
    }

    /// Adds the paragraphs of a part of the page. A sentence that goes on from a column to the next is one paragraph.
    fn continue_with(&mut self, mut paragraphs: Vec<PageParagraph>, first: usize) {
        let last = self.paragraphs[first..].iter_mut().rfind(|paragraph| paragraph.furniture.is_none());
        if let (Some(last), Some(next)) = (last, paragraphs.first())
            && (last.size - next.size).abs() < 0.5
            && next.furniture.is_none()
            && paragraphs::is_unfinished(&last.text)
            && next.text.starts_with(char::is_lowercase)
        {
            paragraphs::join(&mut last.text, &next.text);
            paragraphs.remove(0);
        }
        self.paragraphs.extend(paragraphs);
    }
}

/// Letters whose lines have one angle, turned back to horizontal lines.
struct Turned {
    /// The angle in degrees.
    angle: u16,
    letters: Vec<Letter>,
    /// True if they are text of the page.
    is_text: bool,
}

/// The letters by the angle of their lines, those of most letters first.
fn by_angle(letters: Vec<Letter>) -> Vec<Turned> {
    let all = letters.len();
    let mut angles: BTreeMap<u16, Vec<Letter>> = BTreeMap::new();
    for letter in letters {
        angles.entry(rounded(letter.angle())).or_default().push(letter);
    }
    let mut groups: Vec<(u16, Vec<Letter>)> = angles.into_iter().collect();
    groups.sort_by_key(|(_, letters)| std::cmp::Reverse(letters.len()));
    let turned = groups.into_iter().enumerate().map(|(index, (angle, letters))| {
        #[expect(clippy::cast_precision_loss, reason = "a page has far fewer letters")]
        let share = letters.len() as f64 / all as f64;
        let is_text = index == 0 || angle % 90 == 0 && share >= TURNED_TEXT;
        Turned { angle, letters: letters.into_iter().map(|letter| letter.turned_back(angle)).collect(), is_text }
    });
    turned.collect()
}

/// An angle near a right one is a right one: slanted and badly scanned lines.
fn rounded(angle: u16) -> u16 {
    let right = (angle + 45) / 90 * 90;
    if angle.abs_diff(right) <= 2 { right % 360 } else { angle }
}
