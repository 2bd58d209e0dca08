//! Files of many makers, each with the words that a person wrote down from its picture (`NAME.EXT.txt`).
//!
//! A line is a paragraph of the text. `furniture: WORDS` is not part of the text; `quote: PHRASE` can be quoted;
//! `never: PHRASE` cannot; `uncertain: WORD` can, in each spelling given; `told: WORD` is in a remark; `refused: WORD` is
//! in the refusal; `title:` and `author:` are what the file says of itself. Lines that begin with `#` describe the file.
//!
//! Words, not marks, are compared here: hyphens, raised digits, and the case of letters do not count. What they decide is
//! asked with `quote` and `never`.
//!
//! `AMPARO_READERS` names another folder, which is read in place of the files of the project.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use amparo::source::extract::{self, Extracted, File};
use amparo::text::{Haystack, Quotation, QuotationVerdict};
use unicode_normalization::UnicodeNormalization;

use crate::measured::keep;
use crate::support::{files, read, root};

/// The words that a person wrote down.
#[derive(Default)]
struct Expected {
    text: Vec<String>,
    demands: Vec<(String, String)>,
}

const DEMANDS: [&str; 8] = ["furniture", "quote", "never", "uncertain", "told", "refused", "title", "author"];

fn expected(path: &Path) -> Expected {
    let mut expected = Expected::default();
    for line in read(path).lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        match line.split_once(": ").filter(|(key, _)| DEMANDS.contains(key)) {
            Some((key, words)) => expected.demands.push((key.to_owned(), words.to_owned())),
            None => expected.text.push(line.to_owned()),
        }
    }
    expected
}

/// Words without what this comparison does not look at.
fn bare(text: &str) -> String {
    let kept = text.nfkc().filter(|c| {
        !matches!(
            c,
            '-' | '\u{2010}' | '\u{2011}' | '\u{ad}' | '\u{2028}' | '\u{200c}' | '"' | '“' | '”' | '„' | '‘' | '’'
        )
    });
    kept.collect::<String>().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A way of one file that is not as it should be.
fn faults(expected: &Expected, read: &Result<Extracted, extract::ImportRefusal>) -> Vec<String> {
    let read = match read {
        Ok(read) => read,
        Err(refusal) => {
            let wanted = expected.demands.iter().find(|(key, _)| key == "refused");
            let fits = wanted.is_some_and(|(_, word)| refusal.words.contains(word.as_str()));
            return if fits { Vec::new() } else { vec![format!("refused: {}", refusal.words)] };
        }
    };
    let text: Vec<String> =
        read.paragraphs.iter().filter(|part| part.furniture.is_none()).map(|part| part.text.clone()).collect();
    let mut faults = difference(&bare(&expected.text.join(" ")), &bare(&text.join(" ")));
    let all = Haystack::new(read.paragraphs.iter().map(|part| part.text.clone()).collect());
    let own = Haystack::new(text);
    for (key, words) in &expected.demands {
        if !is_met(key, words, read, &own, &all) {
            faults.push(format!("{key}: {words}"));
        }
    }
    faults
}

fn is_met(key: &str, words: &str, read: &Extracted, own: &Haystack, all: &Haystack) -> bool {
    let furniture = || read.paragraphs.iter().filter(|part| part.furniture.is_some());
    let has = |text: &Option<String>| text.as_ref().is_some_and(|text| bare(text) == bare(words));
    match key {
        "quote" | "uncertain" => can_be_quoted(own, words),
        "never" => !can_be_quoted(own, words),
        "furniture" => {
            let found = bare(&furniture().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" "));
            found.contains(&bare(words)) || !can_be_quoted(all, words)
        }
        "told" => read.remarks.iter().any(|remark| remark.to_lowercase().contains(&words.to_lowercase())),
        "title" => has(&read.about.title),
        "author" => read.about.authors.iter().any(|author| bare(author) == bare(words)),
        _ => false,
    }
}

fn can_be_quoted(haystack: &Haystack, words: &str) -> bool {
    Quotation::parse(words)
        .is_ok_and(|quotation| matches!(haystack.verify(&quotation, None, &|_| true), QuotationVerdict::Verified(_)))
}

/// The first place at which two texts differ. A letter that a file does not identify fits any letters.
fn difference(wanted: &str, read: &str) -> Vec<String> {
    let (wanted, read): (Vec<&str>, Vec<&str>) = (wanted.split(' ').collect(), read.split(' ').collect());
    let same = wanted.iter().zip(&read).take_while(|(wanted, read)| fits(wanted, read)).count();
    if same == wanted.len() && same == read.len() {
        return Vec::new();
    }
    let part = |words: &[&str]| {
        let around = words[same.min(words.len()).saturating_sub(3)..].iter().take(10);
        around.copied().collect::<Vec<_>>().join(" ")
    };
    vec![format!("words: …{}… became …{}…", part(&wanted), part(&read))]
}

fn fits(wanted: &str, read: &str) -> bool {
    let mut rest = wanted;
    let mut known = read.split('\u{fffd}');
    let first = known.next().unwrap_or_default();
    let Some(after) = rest.strip_prefix(first) else { return false };
    if !read.contains('\u{fffd}') {
        return after.is_empty();
    }
    rest = after;
    known.all(|part| {
        rest.find(part).is_some_and(|at| {
            rest = &rest[at + part.len()..];
            true
        })
    })
}

#[test]
fn files_are_read_as_people_read_them() {
    let folder = std::env::var_os("AMPARO_READERS").map_or_else(|| root().join("tests/readers"), PathBuf::from);
    let mut report = String::new();
    let (mut count, mut wrong) = (0, 0);
    let is_expected =
        |path: &PathBuf| path.extension().is_some_and(|ending| ending == "txt") && path.with_extension("").is_file();
    for path in files(&folder).into_iter().filter(is_expected) {
        let original: PathBuf = path.with_extension("");
        let bytes = std::fs::read(&original).expect("a file");
        let name = original.file_name().and_then(|name| name.to_str()).expect("a name");
        let read = extract::extract(File { name, bytes: &bytes, encoding: None, url: None });
        let faults = faults(&expected(&path), &read);
        count += 1;
        if !faults.is_empty() {
            wrong += 1;
            let inner = original.strip_prefix(&folder).expect("inside");
            writeln!(report, "{}", inner.display()).expect("memory");
            for fault in faults {
                writeln!(report, "    {fault}").expect("memory");
            }
        }
    }
    writeln!(report, "{wrong} of {count} files are read in another way").expect("memory");
    keep("readers.txt", &report);
    assert_eq!(wrong, 0, "{report}");
}
