//! What somebody sees who prints the papers of both cases on either sheet: measured, not read.

mod packs;
mod window;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::geometry::{Role, Run, Sheet, sheets};
use crate::papers::{A4, Paper, US_LETTER};

/// Contrast that text needs against white paper, also on a copier without colours.
///
/// Source: WCAG 2.2, criterion 1.4.6 (level AAA).
const CONTRAST: f64 = 7.0;
/// Words in smaller letters are not meant to be read, in pt.
const SMALLEST: f64 = 7.0;
/// What many printers cannot print, in mm from each edge.
const UNPRINTABLE: f64 = 5.0;
/// How much of a page is filled at least before the next one begins.
const FULL: f64 = 0.6;
/// How much of the last page of several is filled at least.
const LAST: f64 = 0.2;
/// Lines of running text that a signature has above it on its page.
const SIGNED: usize = 2;

/// A paper with its sheets measured.
struct Measured {
    id: String,
    paper: &'static Paper,
    sheets: Vec<Sheet>,
}

static ALL: LazyLock<Vec<Measured>> = LazyLock::new(|| {
    let both = A4.iter().map(|paper| ("A4", paper)).chain(US_LETTER.iter().map(|paper| ("US Letter", paper)));
    let measure = |(size, paper): (&str, &'static Paper)| Measured {
        id: format!("{} on {size}", paper.id()),
        paper,
        sheets: sheets(&paper.bytes),
    };
    both.map(measure).collect()
});

impl Measured {
    /// The blocks of the paper before and after its running text, as lines, from its Markdown.
    fn blocks(&self) -> impl Iterator<Item = Vec<String>> {
        let blocks = self.paper.markdown.split("\n\n");
        blocks.map(|block| block.lines().map(|line| line.trim_end_matches('\\').to_owned()).collect())
    }

    /// The lines of the recipient's address: the last block of several lines before the title. What is to be filled in
    /// by hand counts by its label.
    fn address(&self) -> Vec<String> {
        let before = self.blocks().take_while(|lines| !lines[0].starts_with("# "));
        let address = before.filter(|lines| lines.len() > 1).last().unwrap_or_default();
        // A rule that stands alone is escaped: else Markdown would divide the text there.
        let label = |line: &String| {
            line.replace(r"\_", "_").split("____").next().unwrap_or_default().trim_end_matches(": ").to_owned()
        };
        address.iter().map(label).collect()
    }

    /// The first line of the block that somebody signs, if somebody does.
    fn signature(&self) -> Option<String> {
        let labels = ["signature: __", "подпись: __"];
        let signs = |lines: &Vec<String>| lines.iter().any(|line| labels.iter().any(|label| line.starts_with(label)));
        self.blocks().find(signs).map(|lines| lines[0].clone())
    }

    /// The page on which it is signed, and the line where that begins.
    fn signed(&self) -> Option<(&Sheet, f64)> {
        let words = self.signature()?;
        let find = |sheet: &'static Sheet| Some((sheet, body(sheet).find(|run| run.words.trim() == words)?.baseline));
        let sheets: &'static [Sheet] = ALL.iter().find(|known| known.id == self.id).map(|known| &*known.sheets)?;
        let found = sheets.iter().rev().find_map(find);
        assert!(found.is_some(), "{}: “{words}” is on no page", self.id);
        found
    }
}

/// What is neither furniture nor a note.
fn body(sheet: &Sheet) -> impl Iterator<Item = &Run> {
    sheet.content().filter(|run| !run.role.is_in("Note"))
}

/// Where the body of a page begins, and where it has to end: above the notes, else above the foot of the page.
fn limits(sheet: &Sheet) -> (f64, f64) {
    let least = |runs: &mut dyn Iterator<Item = &Run>| runs.map(|run| run.place.top).fold(sheet.height, f64::min);
    let notes = least(&mut sheet.content().filter(|run| run.role.is_in("Note")));
    let middle = sheet.height / 2.0;
    let foot =
        least(&mut sheet.runs.iter().filter(|run| run.role.is_artifact() && run.upright && run.baseline > middle));
    (least(&mut body(sheet)), notes.min(foot))
}

fn lowest<'a>(runs: impl Iterator<Item = &'a Run>) -> f64 {
    runs.map(|run| run.place.bottom).fold(0.0, f64::max)
}

fn is_heading(run: &Run) -> bool {
    ["Title", "H1", "H2", "H3", "H4", "H5", "H6"].iter().any(|kind| run.role.is_in(kind))
}

/// Says all faults of all papers at once.
#[track_caller]
fn faultless(fault: impl Fn(&Measured) -> Vec<String>) {
    assert!(ALL.len() >= 36, "{} papers", ALL.len());
    let faults: Vec<String> =
        ALL.iter().flat_map(|one| fault(one).into_iter().map(|fault| format!("{}: {fault}", one.id))).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The same for each run of words of each page.
#[track_caller]
fn faultless_words(fault: impl Fn(&Sheet, &Run) -> Option<String>) {
    faultless(|one| {
        let runs = one.sheets.iter().flat_map(|sheet| sheet.runs.iter().map(move |run| (sheet, run)));
        runs.filter_map(|(sheet, run)| Some(format!("“{}” {}", run.words, fault(sheet, run)?))).collect()
    });
}

#[test]
fn words_stand_out_from_the_paper() {
    faultless_words(|_, run| {
        let contrast = run.colour.contrast();
        // The stamp behind the words is pale on purpose, and says what the line at the head says in black.
        let stamp = run.role.is_artifact() && !run.upright;
        (contrast < CONTRAST && !stamp).then(|| format!("has a contrast of {contrast:.1}"))
    });
}

#[test]
fn words_are_large_enough_to_read() {
    faultless_words(|_, run| (run.size < SMALLEST).then(|| format!("has letters of {:.1} pt", run.size)));
}

#[test]
fn all_that_is_read_lies_where_a_printer_can_print() {
    faultless_words(|sheet, run| {
        let room = if run.role.is_artifact() { sheet.place() } else { sheet.place().inset(UNPRINTABLE) };
        (!room.holds(&run.place)).then(|| format!("stands too near to the edge: {:.1?}", run.place))
    });
}

#[test]
fn no_line_is_drawn_beyond_the_sheet() {
    faultless(|one| {
        let shapes = one.sheets.iter().flat_map(|sheet| sheet.shapes.iter().map(move |shape| (sheet, shape)));
        let outside = shapes.filter(|(sheet, shape)| !sheet.place().holds(&shape.place));
        outside.map(|(_, shape)| format!("{:.1?} leaves the sheet", shape.place)).collect()
    });
}

#[test]
fn all_words_are_content_or_furniture() {
    faultless_words(|_, run| (run.role == Role::Unmarked).then(|| "is neither".to_owned()));
}

/// The heading that is the last line of a page, if one is.
fn last_heading(sheet: &Sheet) -> Option<&Run> {
    let last = body(sheet).max_by(|one, other| one.baseline.total_cmp(&other.baseline));
    last.filter(|run| is_heading(run))
}

#[test]
fn no_heading_ends_a_page() {
    faultless(|one| {
        let headings = one.sheets.iter().filter_map(last_heading);
        headings.map(|run| format!("“{}” is the last line of its page", run.words)).collect()
    });
}

/// Types of the lines of a page, each with its baseline, and whether a heading ends it.
const ENDS: [(&[(&str, f64)], bool); 5] = [
    (&[("H1", 30.0), ("P", 40.0)], false),
    (&[("P", 30.0), ("H1", 40.0)], true),
    (&[("H2", 40.0), ("P", 30.0)], true),
    (&[("P", 30.0), ("H2", 40.0), ("Note", 60.0)], true),
    (&[], false),
];

#[test]
fn a_heading_at_the_end_is_found() {
    for (lines, ends) in ENDS {
        let mut sheet = Sheet::default();
        for (kind, baseline) in lines {
            let mut run = window::run((25.0, 30.0), "words");
            (run.baseline, run.role) = (*baseline, Role::Content(vec!["Document".into(), (*kind).into()]));
            sheet.runs.push(run);
        }
        assert_eq!(last_heading(&sheet).is_some(), ends, "{lines:?}");
    }
}

/// Each page that another follows is to be full, also where a template asks for a new one; a cover need not be.
#[test]
fn no_page_ends_early() {
    faultless(|one| {
        let early = |(number, sheet): (usize, &Sheet)| {
            let (top, bottom) = limits(sheet);
            let part = (lowest(body(sheet)) - top) / (bottom - top);
            (part < FULL).then(|| format!("page {number} ends at {:.0} % of its height", part * 100.0))
        };
        let cover = usize::from(one.paper.name.starts_with("wgad"));
        (1..one.sheets.len()).zip(&one.sheets).skip(cover).filter_map(early).collect()
    });
}

#[test]
fn the_last_page_is_worth_its_sheet() {
    faultless(|one| {
        let [_, .., last] = one.sheets.as_slice() else { return Vec::new() };
        let (top, bottom) = limits(last);
        let end =
            one.signed().map_or(f64::MAX, |(sheet, line)| if std::ptr::eq(sheet, last) { line } else { f64::MAX });
        let part = (lowest(body(last).filter(|run| run.baseline < end)) - top) / (bottom - top);
        let fault = format!("the last page has {:.0} % of a page of running text", part.max(0.0) * 100.0);
        if part < LAST { vec![fault] } else { Vec::new() }
    });
}

#[test]
fn a_signature_stands_under_words_that_it_signs() {
    let mut signed = 0;
    faultless(|one| {
        let Some((sheet, end)) = one.signed() else { return Vec::new() };
        let title = lowest(body(sheet).filter(|run| run.role.is_in("Title")));
        let words = body(sheet).filter(|run| run.baseline > title && run.baseline < end && !is_heading(run));
        #[allow(clippy::cast_possible_truncation)]
        let lines: BTreeSet<i64> = words.map(|run| (run.baseline * 10.0).round() as i64).collect();
        let fault = format!("{} lines stand above the signature on its page", lines.len());
        if lines.len() < SIGNED { vec![fault] } else { Vec::new() }
    });
    signed += ALL.iter().filter(|one| one.signed().is_some()).count();
    assert!(signed >= 32, "{signed} papers are signed");
}
