//! What a supporter holds: packs on both sheets, envelopes, large print.

use std::sync::LazyLock;

use super::{CONTRAST, UNPRINTABLE};
use crate::geometry::{Place, Run, Sheet, sheets};
use crate::papers::{PACKS, Paper};

/// Letters of large print, in pt, of what is read and of what stands at its foot.
///
/// Source: RNIB, Clear Print and Large Print guidelines (16 pt or more).
const LARGE: f64 = 16.0;

/// How many papers both cases have in packs and beside them, on both sheets.
const PAPERS: usize = 90;

static SHEETS: LazyLock<Vec<(&'static Paper, Vec<Sheet>)>> =
    LazyLock::new(|| PACKS.iter().map(|paper| (paper, sheets(&paper.bytes))).collect());

/// Says the faults of all runs of words at once.
#[track_caller]
fn faultless(wanted: impl Fn(&Paper) -> bool, fault: impl Fn(&Sheet, &Run) -> Option<String>) {
    let mut faults = Vec::new();
    for (paper, sheets) in SHEETS.iter().filter(|(paper, _)| wanted(paper)) {
        for (sheet, run) in sheets.iter().flat_map(|sheet| sheet.runs.iter().map(move |run| (sheet, run))) {
            faults.extend(fault(sheet, run).map(|fault| format!("{}: “{}” {fault}", paper.name, run.words)));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn is_large(paper: &Paper) -> bool {
    paper.name.ends_with(".large-print")
}

fn is_envelope(paper: &Paper) -> bool {
    paper.about["template"] == "envelope"
}

#[test]
fn every_paper_claims_both_standards() {
    assert!(PACKS.len() >= PAPERS, "{} papers", PACKS.len());
    for Paper { name, reading, .. } in &*PACKS {
        assert_eq!((reading.pdf_a.as_deref(), reading.pdf_ua.as_deref()), (Some("3A"), Some("1")), "{name}");
        assert_eq!(reading.stray.trim(), "", "{name}");
    }
}

#[test]
fn each_paper_but_the_envelope_comes_in_large_print() {
    let (large, usual): (Vec<&Paper>, Vec<&Paper>) =
        PACKS.iter().filter(|paper| !is_envelope(paper)).partition(|paper| is_large(paper));
    assert_eq!(large.len(), usual.len());
    for (large, usual) in large.iter().zip(&usual) {
        assert!(large.reading.pages.len() >= usual.reading.pages.len(), "{}", usual.name);
    }
}

#[test]
fn large_print_is_large() {
    // The raised number of a note leads to it and is not read by itself.
    let is_number = |run: &Run| run.words.trim().chars().all(|c| c.is_ascii_digit());
    faultless(is_large, |_, run| {
        (run.size < LARGE - 0.01 && !is_number(run)).then(|| format!("has letters of {:.1} pt", run.size))
    });
}

#[test]
fn words_stand_out_and_lie_where_a_printer_can_print() {
    faultless(
        |_| true,
        |sheet, run| {
            let room = if run.role.is_artifact() { sheet.place() } else { sheet.place().inset(UNPRINTABLE) };
            // The stamp behind the words is pale on purpose, and says what the line at the head says in black.
            let stamp = run.role.is_artifact() && !run.upright;
            let pale = run.colour.contrast() < CONTRAST && !stamp;
            (pale || !room.holds(&run.place)).then(|| format!("is pale or too near to the edge: {:.1?}", run.place))
        },
    );
}

/// An envelope is as large as its sheet needs, the address stands in its lower right part, the sender upper left.
#[test]
fn an_envelope_bears_the_address_where_the_post_reads_it() {
    let mut seen = 0;
    for (paper, sheets) in SHEETS.iter().filter(|(paper, _)| is_envelope(paper)) {
        let [sheet] = sheets.as_slice() else { panic!("{}: {} pages", paper.name, sheets.len()) };
        let sizes = [(220.0, 110.0), (241.3, 104.8)];
        let fits =
            |(width, height): (f64, f64)| (sheet.width - width).abs() < 0.1 && (sheet.height - height).abs() < 0.1;
        assert!(sizes.into_iter().any(fits), "{}: {} by {}", paper.name, sheet.width, sheet.height);
        let corner = Place { left: 0.0, top: 0.0, right: sheet.width / 2.0, bottom: sheet.height / 2.0 };
        let address =
            Place { left: sheet.width / 2.0 - 12.0, top: sheet.height * 0.3, right: sheet.width, bottom: sheet.height };
        let (senders, others): (Vec<&Run>, Vec<&Run>) = sheet.content().partition(|run| corner.holds(&run.place));
        assert!(!senders.is_empty() && !others.is_empty(), "{}", paper.name);
        for run in others {
            assert!(address.holds(&run.place), "{}: “{}” at {:.1?}", paper.name, run.words, run.place);
        }
        seen += 1;
    }
    assert!(seen >= 16, "{seen} envelopes");
}
