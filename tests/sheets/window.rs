//! A letter in an envelope with a window: the whole address shows, and nothing else, however the sheet has slipped.

use crate::geometry::{Colour, Place, Role, Run, Sheet};

use super::{ALL, Measured};

/// An envelope and how a sheet is folded into it, in mm.
#[derive(Debug)]
struct Envelope {
    name: &'static str,
    sheet: &'static str,
    width: f64,
    height: f64,
    /// The window as it lies in the envelope, from the upper left corner.
    window: Place,
    /// Height of the panel of the sheet that lies at the front.
    panel: f64,
    /// Where the table says that an address must stand.
    address: Place,
}

fn envelopes() -> Vec<Envelope> {
    let rows = include_str!("envelopes.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.map(envelope).collect()
}

fn envelope(row: &'static str) -> Envelope {
    let columns: Vec<&str> = row.split('\t').collect();
    let [name, sheet, numbers @ .., source] = columns.as_slice() else { panic!("{row}") };
    assert!(!source.is_empty(), "{row}");
    let numbers: Vec<f64> = numbers.iter().map(|number| number.parse().expect("a number")).collect();
    let [width, height, from_left, from_bottom, wide, high, panel, left, top, right, bottom] = numbers[..] else {
        panic!("{row}")
    };
    let end = height - from_bottom;
    let window = Place { left: from_left, top: end - high, right: from_left + wide, bottom: end };
    let address = Place { left, top, right, bottom };
    Envelope { name, sheet, width, height, window, panel, address }
}

impl Envelope {
    /// How far a sheet of this width can slip to the right and down from the upper left corner.
    fn play(&self, sheet_width: f64) -> (f64, f64) {
        (self.width - sheet_width, self.height - self.panel)
    }

    /// The part of the sheet that shows in every position.
    fn always(&self, sheet_width: f64) -> Place {
        let (across, down) = self.play(sheet_width);
        let Place { left, top, right, bottom } = self.window;
        Place { left, top, right: right - across, bottom: (bottom - down).min(self.panel) }
    }

    /// The part of the sheet that shows in some position.
    fn ever(&self, sheet_width: f64) -> Place {
        let (across, down) = self.play(sheet_width);
        let Place { left, top, right, bottom } = self.window;
        Place { left: left - across, top: top - down, right, bottom: bottom.min(self.panel) }
    }
}

fn squeezed(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The runs that together hold these words, one after another; white space and line breaks do not count.
fn passage<'a>(runs: &[&'a Run], words: &str) -> Option<Vec<&'a Run>> {
    let wanted = squeezed(words);
    (0..runs.len()).find_map(|start| {
        let mut found = String::new();
        for (end, run) in (start..).zip(&runs[start..]) {
            found += &squeezed(&run.words);
            if found == wanted {
                return Some(runs[start..=end].to_vec());
            }
            if !wanted.starts_with(&found) {
                break;
            }
        }
        None
    })
}

/// What is wrong with a letter in this envelope: lines of the address that may be hidden, other words that may show.
///
/// `address` are the lines of the recipient's address. `also` may show with it: the line of the sender above it.
fn in_window(sheet: &Sheet, envelope: &Envelope, address: &[String], also: &[String]) -> Result<(), Vec<String>> {
    let runs: Vec<&Run> = sheet.runs.iter().filter(|run| run.upright).collect();
    let (always, ever) = (envelope.always(sheet.width), envelope.ever(sheet.width));
    let mut faults = Vec::new();
    let found: Vec<&Run> = match passage(&runs, &address.concat()) {
        Some(found) if !address.is_empty() => found,
        _ => return Err(vec![format!("the address {address:?} is not on the sheet")]),
    };
    for run in found.iter().filter(|run| !always.holds(&run.place)) {
        faults.push(format!("“{}” may be hidden: {:.1?} in {always:.1?}", run.words, run.place));
    }
    let allowed: Vec<&Run> = also.iter().filter_map(|line| passage(&runs, line)).flatten().chain(found).collect();
    let strange = |run: &&&Run| ever.touches(&run.place) && !allowed.iter().any(|known| std::ptr::eq(*known, **run));
    for run in runs.iter().filter(strange) {
        faults.push(format!("“{}” may show: {:.1?} in {ever:.1?}", run.words, run.place));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn sheet_width(name: &str) -> f64 {
    if name == "A4" { 210.0 } else { 215.9 }
}

#[test]
fn the_table_says_where_an_address_must_stand() {
    for envelope in envelopes() {
        let (always, said) = (envelope.always(sheet_width(envelope.sheet)), envelope.address);
        let sides = [
            (always.left, said.left),
            (always.top, said.top),
            (always.right, said.right),
            (always.bottom, said.bottom),
        ];
        assert!(sides.iter().all(|(one, other)| (one - other).abs() < 0.01), "{always:?}, {envelope:?}");
        let (across, down) = envelope.play(sheet_width(envelope.sheet));
        assert!(across > 0.0 && down > 0.0, "the sheet does not fit into {}", envelope.name);
    }
}

/// An invented line at a point: 40 mm wide and 4 mm high.
pub(super) fn run((left, top): Point, words: &str) -> Run {
    Run {
        words: words.to_owned(),
        place: Place { left, top, right: left + 40.0, bottom: top + 4.0 },
        baseline: top + 3.0,
        size: 10.0,
        font: String::new(),
        colour: Colour([0.0; 3]),
        role: Role::Content(Vec::new()),
        upright: true,
    }
}

/// An invented sheet with these lines.
fn invented(lines: &[(Point, &str)]) -> Sheet {
    let runs = lines.iter().map(|(point, words)| run(*point, words)).collect();
    Sheet { width: 210.0, height: 297.0, runs, shapes: Vec::new() }
}

/// Distances from the left and the upper edge.
type Point = (f64, f64);

/// Place of the first line of an address and of another line, in mm, and how many faults that makes in a DL envelope:
/// there an address shows from 20 to 100 mm across and from 50 to 90 mm down, and some part of 10 to 110 and 45 to 95.
const SLIPPED: [(Point, Point, usize); 10] = [
    ((25.0, 60.0), (25.0, 100.0), 0),
    ((20.0, 50.0), (25.0, 95.0), 0),
    ((60.0, 82.0), (25.0, 41.0), 0),
    ((60.0, 60.0), (110.0, 60.0), 0),
    ((19.0, 60.0), (25.0, 100.0), 2),
    ((61.0, 60.0), (25.0, 100.0), 2),
    ((25.0, 49.0), (25.0, 100.0), 1),
    ((25.0, 83.0), (25.0, 100.0), 1),
    ((25.0, 60.0), (25.0, 94.0), 1),
    ((25.0, 60.0), (109.0, 60.0), 1),
];

#[test]
fn what_may_be_hidden_or_show_is_found() {
    let all = envelopes();
    let envelope = all.iter().find(|envelope| envelope.name == "DL").expect("a DL envelope");
    let address = ["Office of Nobody".to_owned(), "Nowhere 1".into()];
    for ((left, top), other, faults) in SLIPPED {
        let lines = [((left, top), "Office of "), ((left, top + 4.0), "Nobody Nowhere 1"), (other, "Dear Nobody")];
        let found = in_window(&invented(&lines), envelope, &address, &[]).err().unwrap_or_default();
        assert_eq!(found.len(), faults, "{left} {top} {other:?}: {found:#?}");
    }
    let with_sender = [((25.0, 52.0), "From me"), ((25.0, 60.0), "Office of Nobody Nowhere 1")];
    assert_eq!(in_window(&invented(&with_sender), envelope, &address, &["From me".into()]), Ok(()));
    assert!(in_window(&invented(&with_sender), envelope, &address, &[]).is_err());
    assert!(in_window(&invented(&[]), envelope, &address, &[]).is_err());
    assert!(in_window(&invented(&with_sender), envelope, &[], &[]).is_err());
}

/// What stands above an address in the languages of the letters, where the sender is to be written in.
const RETURN: [&str; 2] = ["return address", "обратный адрес"];

#[test]
#[ignore = "the layouts are being reworked: addresses of six lines, or with rules to write on, end too low"]
fn the_address_and_nothing_else_shows_in_each_window() {
    let above = RETURN.map(str::to_owned);
    let mut faults = Vec::new();
    let is_letter = |one: &&Measured| one.paper.about["template"] == "letter-official";
    let mut letters = 0;
    for letter in ALL.iter().filter(is_letter) {
        for envelope in envelopes().iter().filter(|envelope| letter.id.ends_with(envelope.sheet)) {
            letters += 1;
            let found = in_window(&letter.sheets[0], envelope, &letter.address(), &above).err().unwrap_or_default();
            faults.extend(found.into_iter().map(|fault| format!("{} in {}: {fault}", letter.id, envelope.name)));
        }
    }
    assert!(letters >= 64, "{letters} letters");
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
