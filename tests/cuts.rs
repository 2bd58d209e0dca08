//! Quotations that are cut in the wrong place, and others: how many of each kind raise a question.
//!
//! A file under `tests/cuts/` has sentences of a language with a phrase from each; nobody who wrote them had seen the
//! program. `AMPARO_CUTS` names a folder with more files. The figures go to `target/cuts.txt`; `figures.tsv` holds what
//! must be reached.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use amparo::text::sense::cuts;
use serde::Deserialize;

use crate::measured;
use crate::support::{read, rows};

#[derive(Debug, Deserialize)]
struct Written {
    language: String,
    quotations: Vec<Phrase>,
}

#[derive(Debug, Deserialize)]
struct Phrase {
    sentence: String,
    #[serde(default)]
    context: String,
    quote: String,
    truth: String,
    #[serde(default)]
    about: String,
}

impl Phrase {
    fn paragraph(&self) -> String {
        format!("{} {}", self.context, self.sentence).trim().to_owned()
    }

    /// The bytes of the parts of the phrase in its paragraph.
    fn parts(&self, paragraph: &str) -> Vec<Range<usize>> {
        let mut from = if self.quote.contains("[…]") { 0 } else { paragraph.len() - self.sentence.len() };
        let parts = self.quote.split("[…]").map(str::trim).filter(|part| !part.is_empty());
        parts
            .map(|part| {
                let start = from + paragraph[from..].find(part).unwrap_or_else(|| panic!("not there: {part}"));
                from = start + part.len();
                start..from
            })
            .collect()
    }
}

#[test]
fn quotations_cut_in_the_wrong_place_raise_a_question() {
    let reference = measured::reference();
    // By language and truth: all, and those that raise a question.
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut wrong = String::new();
    for file in measured::data("tests/cuts", "AMPARO_CUTS") {
        let written: Written = serde_saphyr::from_str(&read(&file)).expect("quotations");
        let lexicon = reference.lexicon(&written.language).expect("words of the language");
        let place = measured::group(&file);
        for phrase in &written.quotations {
            let paragraph = phrase.paragraph();
            let found = cuts(&paragraph, &phrase.parts(&paragraph), lexicon);
            let count = counts.entry(format!("{}{place}\t{}", written.language, phrase.truth)).or_default();
            count.0 += 1;
            count.1 += usize::from(!found.is_empty());
            if found.is_empty() == (phrase.truth == "cut") {
                let found: Vec<String> = found
                    .iter()
                    .map(|cut| format!("{:?} {:?} {}", cut.kind, cut.class, &paragraph[cut.range.clone()]))
                    .collect();
                _ = writeln!(wrong, "{}\t{}\t{paragraph}\n\t{}\n\t{found:?}", phrase.truth, phrase.about, phrase.quote);
            }
        }
    }
    let mut text = "language\ttruth\tquotations\tasked\n".to_owned();
    for (group, (all, asked)) in &counts {
        _ = writeln!(text, "{group}\t{all}\t{asked}");
    }
    measured::keep(
        "cuts.txt",
        &format!(
            "{text}
{wrong}"
        ),
    );
    for row in rows(include_str!("cuts/figures.tsv")) {
        let [language, cut, whole] = row.as_slice() else { panic!("a row of three cells: {row:?}") };
        let share = |truth: &str| {
            let (all, asked) = counts[&format!("{language}\t{truth}")];
            asked * 100 / all
        };
        assert!(share("cut") >= cut.parse().expect("a number"), "{language}: too few are asked about\n{text}");
        assert!(share("whole") <= whole.parse().expect("a number"), "{language}: too many are asked about\n{text}");
    }
}
