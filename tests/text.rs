//! Properties of the matcher, over generated paragraphs and over real sources where they are at hand.

use std::fs;
use std::path::PathBuf;

use amparo::text::edges::widened;
use amparo::text::words::{is_boundary, words};
use amparo::text::{Canonical, FoldedText, Haystack, Quotation, QuotationVerdict, READING_BREAK, Tier};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use unicode_normalization::UnicodeNormalization;

/// Words of a generated paragraph, each in one spelling; none is a window of others.
const WORDS: &[&str] = &[
    "the",
    "court",
    "held",
    "He",
    "he",
    "activist",
    "detained",
    "not",
    "unless",
    "field",
    "office",
    "café",
    "naïve",
    "seizure",
    "seizure-free",
    "well-known",
    "don’t",
    "lawyer’s",
    "U.S.A",
    "суд",
    "Суд",
    "признал",
    "виновным",
    "йод",
    "ещё",
    "не",
    "УК",
    "из-за",
    "oʻzbek",
    "soʻzladi",
    "togʻ",
    "maʼno",
    "hibsga",
    "olindi",
    "13",
    "13.5",
    "13%",
    "1,000",
    "$500",
    "−5",
    "5–6",
    "159-1",
    "159/3",
    "2022",
    "24",
    "10:30",
    "№5",
    "B2",
];

const SEPARATORS: &[&str] = &[" ", " ", " ", " ", ", ", "; ", ". ", "… ", " — ", " – ", " - ", "\u{a0}", " (", ") "];

/// What else a word or a separator may be changed into.
const LETTERS: &[char] = &['a', 'e', 'o', 'x', 'Q', 'а', 'е', 'о', 'ж', 'Ы'];

/// Characters that folding has something to do with.
const HARD: &[char] = &[
    'a', 'B', 'е', 'й', 'и', '1', '9', '-', '\'', '"', '.', ',', ' ', ' ', '\n', '\r', '\t', '\u{85}', '\u{a0}',
    '\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}', '\u{200d}', '\u{2009}', '\u{202f}', '\u{2000}', '\u{2028}', '‐', '‑',
    '–', '—', '−', '“', '”', '„', '«', '»', '‹', '›', '‘', '’', 'ʻ', 'ʼ', '`', '´', '\u{1fef}', '\u{1ffd}', '…', 'ﬁ',
    '\u{2029}', '\u{200c}', '³', '⁴', '%', '$', '≥', 'ﬅ', 'é', '\u{301}', '\u{306}', '\u{316}', '\u{344}', '\u{f73}',
    '\u{f71}', '\u{1100}', '\u{1161}', '\u{11a8}', '\u{ac00}', '\u{212b}', '\u{958}', '½', '²', '[', ']', '%', '_',
    '\u{37e}', '自',
];

/// A paragraph as words and what stands after each.
#[derive(Debug, Clone)]
struct Generated {
    tokens: Vec<(String, String)>,
}

impl Generated {
    fn text(&self) -> String {
        self.tokens.iter().flat_map(|(word, after)| [word.as_str(), after]).collect()
    }

    fn words(&self) -> Vec<&str> {
        self.tokens.iter().map(|(word, _)| word.as_str()).collect()
    }

    /// Some words in a row, without what stands after the last.
    fn cut(&self, from: usize, count: usize) -> Self {
        let mut tokens = self.tokens[from..from + count].to_vec();
        tokens.last_mut().expect("words").1.clear();
        Self { tokens }
    }

    fn has_in_a_row(&self, other: &Self) -> bool {
        self.words().windows(other.tokens.len()).any(|window| window == other.words())
    }
}

fn paragraph() -> impl Strategy<Value = Generated> {
    let word = prop_oneof![
        8 => prop::sample::select(WORDS).prop_map(str::to_owned),
        1 => prop::sample::select(WORDS).prop_map(|word| format!("“{word}”")),
        1 => prop::sample::select(WORDS).prop_map(|word| format!("‘{word}’")),
        1 => "[a-zа-яёʻ]{3,9}".prop_map(|word| word.replace('ʻ', "oʻ")),
    ];
    let token = (word, prop::sample::select(SEPARATORS).prop_map(str::to_owned));
    prop::collection::vec(token, 3..40).prop_map(|mut tokens| {
        ".".clone_into(&mut tokens.last_mut().expect("words").1);
        Generated { tokens }
    })
}

/// A paragraph, and where a passage of at least three words begins and how many words it has.
fn paragraph_and_passage() -> impl Strategy<Value = (Generated, usize, usize)> {
    (paragraph(), any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(paragraph, from, count)| {
        let length = paragraph.tokens.len();
        let from = from.index(length - 2);
        (paragraph, from, 3 + count.index(length - from - 2))
    })
}

fn choices() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 1..60)
}

/// The same words as another typesetter would set them.
fn respelled(text: &str, choices: &[u8]) -> String {
    let mut choices = choices.iter().copied().cycle();
    let mut choose = move |among: &[&'static str]| {
        let choice = usize::from(choices.next().unwrap_or_default());
        among[choice % among.len()]
    };
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::new();
    for (at, &character) in characters.iter().enumerate() {
        let other = match character {
            ' ' | '\u{a0}' => {
                Some([" ", "\u{a0}", "\u{202f}", "\u{2009}", "  ", "\n", "\r\n ", "\u{feff} "].as_slice())
            }
            '“' => Some(["“", "\"", "„", "«"].as_slice()),
            '”' => Some(["”", "\"", "“", "»"].as_slice()),
            '‘' | '’' | '\'' | 'ʻ' | 'ʼ' => Some(["‘", "’", "'", "ʻ", "ʼ", "`"].as_slice()),
            // A minus sign after a space is the sign of the number behind it; another dash there only separates.
            '-' | '‑' | '–' | '—' | '−' if out.ends_with(char::is_whitespace) => {
                Some(["-", "‑", "–", "—"].as_slice())
            }
            '-' | '‑' | '–' | '—' | '−' => Some(["-", "‑", "–", "—", "−"].as_slice()),
            '…' => Some(["…", "..."].as_slice()),
            _ => None,
        };
        match other {
            Some(among) => out.push_str(choose(among)),
            None => out.push(character),
        }
        let breakable =
            |character: Option<&char>| character.is_some_and(|next| next.is_lowercase() && !"ʻʼ".contains(*next));
        // In a reference with numbers the hyphen at the end of a line is its own.
        let is_inside = |next: &&char| !next.is_whitespace();
        let before = characters[..at].iter().rev().take_while(is_inside);
        let in_reference = characters[at..].iter().take_while(is_inside).chain(before).any(|next| next.is_numeric());
        if !in_reference && breakable(Some(&character)) && breakable(characters.get(at + 1)) {
            out.push_str(choose(&["", "", "", "", "", "", "", "", "", "", "", "\u{ad}", "\u{2060}", "-\n"]));
        }
    }
    match choose(&["", "nfc", "nfd", "ligature"]) {
        "nfc" => out.nfc().collect(),
        "nfd" => out.nfd().collect(),
        "ligature" => out.replace("ffi", "ﬃ").replace("fi", "ﬁ"),
        _ => out,
    }
}

/// The same words as an extractor of a PDF gives them: some words go on in the next line, behind their own hyphen or one
/// of the printer.
fn broken(text: &str, choices: &[u8]) -> String {
    let mut choices = choices.iter().copied().cycle();
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::new();
    for (at, &character) in characters.iter().enumerate() {
        out.push(character);
        let next = characters.get(at + 1).copied().unwrap_or(' ');
        let is_chosen = choices.next().unwrap_or_default() % 4 == 0;
        let is_letter = |letter: char| letter.is_lowercase() && !"ʻʼ".contains(letter);
        if is_chosen && character == '-' && next.is_alphanumeric() && !out.ends_with(" -") {
            out.push('\u{2028}');
        } else if is_chosen && is_letter(character) && is_letter(next) {
            out.push_str("-\u{2028}");
        }
    }
    out
}

/// One letter, digit or word is another, or is left out.
fn changed(passage: &Generated, at: usize, how: usize) -> Option<Generated> {
    let mut tokens = passage.tokens.clone();
    let word = &mut tokens[at].0;
    let old = word.clone();
    let mut characters: Vec<char> = word.chars().collect();
    match how % 6 {
        0 => {
            let digit = characters.iter_mut().rev().find(|character| character.is_ascii_digit())?;
            *digit = char::from(b'0' + (u8::try_from(*digit).ok()? - b'0' + 1 + u8::try_from(how % 9).ok()?) % 10);
        }
        1 => *characters.iter_mut().rfind(|character| character.is_alphabetic())? = LETTERS[how % LETTERS.len()],
        2 => {
            let letter = characters.iter_mut().find(|character| character.is_alphabetic())?;
            *letter =
                if letter.is_lowercase() { letter.to_uppercase().next()? } else { letter.to_lowercase().next()? };
        }
        3 => characters = WORDS[how % WORDS.len()].chars().collect(),
        4 => {
            // A turned comma at the end of a word, set as ’, cannot be told from a closing quotation mark.
            let last = characters.iter().rposition(|character| character.is_alphanumeric())?;
            if characters[last] == 'ʻ' {
                return None;
            }
            characters.remove(last);
        }
        _ => {
            let before = tokens.remove(at);
            if let Some(previous) = at.checked_sub(1).filter(|_| before.1.is_empty()) {
                tokens[previous].1.clear();
            }
            return Some(Generated { tokens });
        }
    }
    *word = characters.into_iter().collect();
    (*word != old && word.contains(char::is_alphanumeric)).then_some(Generated { tokens })
}

/// Runs of letters and digits, counted without the tables of the matcher; ʻ and ʼ are apostrophes here.
fn runs(text: &str) -> usize {
    let is_mark = unicode_normalization::char::is_combining_mark;
    let visible =
        text.chars().filter(|character| !"\u{ad}\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}".contains(*character));
    let in_word: Vec<bool> = visible
        .map(|character| (character.is_alphanumeric() && !"ʻʼ".contains(character)) || is_mark(character))
        .collect();
    in_word.split(|in_word| !in_word).filter(|run| !run.is_empty()).count()
}

fn hard_text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(HARD), 0..40).prop_map(String::from_iter)
}

/// Every range from the start of a word to the end of that word or of one of the next.
fn word_ranges(text: &str) -> Vec<std::ops::Range<usize>> {
    let all: Vec<_> = words(text).collect();
    let ends = |at: usize| all[at..].iter().take(5).map(move |last| last.end);
    all.iter().enumerate().flat_map(|(at, first)| ends(at).map(|end| first.start..end)).collect()
}

fn verify(paragraphs: Vec<String>, preferred: usize, quotation: &Quotation) -> QuotationVerdict {
    Haystack::new(paragraphs).verify(quotation, Some(preferred), &|_| true)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_passage_in_any_spelling_is_verified(
        (paragraph, from, count) in paragraph_and_passage(), here in choices(), there in choices(), first in any::<bool>(),
    ) {
        let source = respelled(&paragraph.text(), &here);
        let typed = respelled(&paragraph.cut(from, count).text(), &there);
        let quotation = Quotation::parse(&typed).expect("three words");
        let others = vec!["other words here".to_owned(), source.clone()];
        let verdict = verify(others, usize::from(first), &quotation);
        let QuotationVerdict::Verified(found) = verdict else { panic!("{typed:?} in {source:?}: {verdict:?}") };
        prop_assert_eq!((found.paragraph, found.ranges.len()), (1, 1));
        let range = found.ranges[0].clone();
        prop_assert!(is_boundary(&source, range.start) && is_boundary(&source, range.end));
        let there = FoldedText::new(&source[range], found.tier);
        let here = FoldedText::new(quotation.text(), found.tier);
        prop_assert_eq!(there.as_str(), here.as_str());
    }

    #[test]
    fn a_passage_is_verified_exactly_as_it_stands((paragraph, from, count) in paragraph_and_passage()) {
        let typed = paragraph.cut(from, count).text();
        let verdict = verify(vec![paragraph.text()], 0, &Quotation::parse(&typed).expect("three words"));
        prop_assert!(matches!(&verdict, QuotationVerdict::Verified(found) if found.tier == Tier::Exact), "{:?}", verdict);
    }

    #[test]
    fn a_changed_passage_is_never_verified(
        (paragraph, from, count) in paragraph_and_passage(), here in choices(), there in choices(),
        at in any::<prop::sample::Index>(), how in 0_usize..10_000,
    ) {
        let Some(passage) = changed(&paragraph.cut(from, count), at.index(count), how) else { return Ok(()) };
        if paragraph.has_in_a_row(&passage) {
            return Ok(());
        }
        let source = respelled(&paragraph.text(), &here);
        let typed = respelled(&passage.text(), &there);
        let Ok(quotation) = Quotation::parse(&typed) else { return Ok(()) };
        let verdict = verify(vec![source.clone()], 0, &quotation);
        prop_assert!(matches!(verdict, QuotationVerdict::Absent { .. }), "{:?} in {:?}: {:?}", typed, source, verdict);
    }

    #[test]
    fn a_passage_with_broken_words_is_verified_and_a_changed_one_is_not(
        (paragraph, from, count) in paragraph_and_passage(), here in choices(),
        at in any::<prop::sample::Index>(), how in 0_usize..10_000,
    ) {
        let (source, passage) = (broken(&paragraph.text(), &here), paragraph.cut(from, count));
        let typed = passage.text();
        let verdict = verify(vec![source.clone()], 0, &Quotation::parse(&typed).expect("three words"));
        let QuotationVerdict::Verified(found) = verdict else { panic!("{typed:?} in {source:?}: {verdict:?}") };
        let range = found.ranges[0].clone();
        prop_assert_eq!(found.tier == Tier::Hyphenation, source[range].contains('\u{2028}'));
        let Some(other) = changed(&passage, at.index(count), how) else { return Ok(()) };
        if let (false, Ok(quotation)) = (paragraph.has_in_a_row(&other), Quotation::parse(&other.text())) {
            let verdict = verify(vec![source.clone()], 0, &quotation);
            prop_assert!(matches!(verdict, QuotationVerdict::Absent { .. }), "{:?} in {:?}: {:?}", other.text(), source, verdict);
        }
    }

    #[test]
    fn no_passage_crosses_a_break_of_reading(
        (paragraph, from, count) in paragraph_and_passage(), at in any::<prop::sample::Index>(), there in choices(),
    ) {
        let passage = paragraph.cut(from, count);
        let whole = FoldedText::new(&paragraph.text(), Tier::Hyphenation).as_str().to_owned();
        let folded = FoldedText::new(&passage.text(), Tier::Hyphenation).as_str().to_owned();
        if whole.matches(&folded).count() > 1 {
            return Ok(());
        }
        let mut parted = paragraph.clone();
        parted.tokens[from + at.index(count - 1)].1.insert(0, READING_BREAK);
        let quotation = Quotation::parse(&respelled(&passage.text(), &there)).expect("three words");
        let verdict = verify(vec![parted.text()], 0, &quotation);
        prop_assert!(matches!(verdict, QuotationVerdict::Absent { .. }), "{:?}", verdict);
    }

    #[test]
    fn parts_around_an_omission_are_verified_in_order_only(
        (paragraph, from, count) in paragraph_and_passage(), second in any::<prop::sample::Index>(), there in choices(),
    ) {
        let rest = paragraph.tokens.len() - from - count;
        if rest < 3 {
            return Ok(());
        }
        let start = from + count + second.index(rest - 2);
        let (one, two) = (paragraph.cut(from, count), paragraph.cut(start, paragraph.tokens.len() - start));
        let (one, two) = (respelled(&one.text(), &there), respelled(&two.text(), &there));
        let ordered = Quotation::parse(&format!("{one} […] {two}")).expect("words");
        let verdict = verify(vec![paragraph.text()], 0, &ordered);
        prop_assert!(matches!(&verdict, QuotationVerdict::Verified(found) if found.ranges.len() == 2), "{:?}", verdict);
        let reversed = Quotation::parse(&format!("{two} […] {one}")).expect("words");
        // Parts that stand more than once may stand in the other order too.
        let once = |part: &str| {
            let folded = |text: &str| FoldedText::new(text, Tier::Hyphenation).as_str().to_owned();
            folded(&paragraph.text()).matches(&folded(part)).count() == 1
        };
        if once(&one) && once(&two) {
            let verdict = verify(vec![paragraph.text()], 0, &reversed);
            prop_assert!(matches!(verdict, QuotationVerdict::Absent { .. }), "{:?}", verdict);
        }
    }

    #[test]
    fn folding_is_idempotent(text in hard_text()) {
        for tier in Tier::ALL {
            let once = FoldedText::new(&text, tier);
            let twice = FoldedText::new(once.as_str(), tier);
            prop_assert_eq!(once.as_str(), twice.as_str(), "{:?}", tier);
        }
    }

    #[test]
    fn the_way_back_is_exact(paragraph in paragraph(), here in choices()) {
        let text = respelled(&paragraph.text(), &here);
        for tier in Tier::ALL {
            let folded = FoldedText::new(&text, tier);
            for range in word_ranges(folded.as_str()) {
                let original = folded.original_range(range.clone());
                let again = FoldedText::new(&text[original], tier);
                prop_assert_eq!(again.as_str(), &folded.as_str()[range]);
            }
        }
    }

    #[test]
    fn the_way_back_keeps_order_and_characters(text in hard_text()) {
        for tier in Tier::ALL {
            let folded = FoldedText::new(&text, tier);
            let mut end = 0;
            let mut whole = 0;
            for (at, character) in folded.as_str().char_indices() {
                let original = folded.original_range(at..at + character.len_utf8());
                prop_assert!(text.get(original.clone()).is_some_and(|slice| !slice.is_empty()));
                prop_assert!(original.start >= end || original == (whole..end));
                (whole, end) = (original.start, original.end);
            }
        }
    }

    #[test]
    fn folding_never_joins_two_words(text in hard_text()) {
        for tier in Tier::ALL {
            // The last tier makes words whole that a line break cut; that is its work.
            let text = if tier == Tier::Hyphenation { text.replace(['\n', '\u{2028}'], " ") } else { text.clone() };
            let folded = FoldedText::new(&text, tier);
            prop_assert!(runs(folded.as_str()) >= runs(&text), "{:?} to {:?}", text, folded.as_str());
        }
    }

    #[test]
    fn nothing_typed_and_no_source_breaks_the_matcher(source in hard_text(), typed in hard_text()) {
        if let Ok(quotation) = Quotation::parse(&typed) {
            verify(vec![source, typed.clone()], 0, &quotation);
        }
    }

    #[test]
    fn a_canonical_text_read_again_is_the_same(lines in "([#*_ 1.\\-\\[\\]()ab\n]|\\*\\*|\\]\\(){0,40}") {
        let read = |copy: &str| {
            Canonical::from_plain(copy).paragraphs.into_iter().map(|paragraph| paragraph.text).collect::<Vec<_>>()
        };
        let once = read(&lines);
        prop_assert_eq!(read(&once.join("\n")), once);
    }
}

/// The real sources, if they are at hand: each as its paragraphs.
#[expect(clippy::print_stderr, reason = "a test that did not run has to say so")]
fn real_sources() -> Vec<Vec<String>> {
    let named = std::env::var_os("AMPARO_ARCHIVE").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/sources/khamroev").into());
    let files = fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let texts = files.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).map(fs::read_to_string);
    let texts = texts.map(|text| Canonical::from_plain(&text.expect("a text file")));
    let sources: Vec<Vec<String>> = texts
        .map(|canonical| canonical.paragraphs.into_iter().map(|paragraph| paragraph.text).collect())
        .filter(|paragraphs: &Vec<String>| !with_three_words(paragraphs).is_empty())
        .collect();
    if sources.is_empty() {
        eprintln!("skipped: no sources in {} (set AMPARO_ARCHIVE)", folder.display());
    }
    sources
}

fn with_three_words(paragraphs: &[String]) -> Vec<usize> {
    (0..paragraphs.len()).filter(|&at| words(&paragraphs[at]).count() >= 3).collect()
}

/// Paragraph and bytes of a passage of three to forty words.
fn real_passage(paragraphs: &[String], picks: &[prop::sample::Index]) -> (usize, std::ops::Range<usize>) {
    let long = with_three_words(paragraphs);
    let paragraph = long[picks[0].index(long.len())];
    let all: Vec<_> = words(&paragraphs[paragraph]).collect();
    let from = picks[1].index(all.len() - 2);
    let last = from + 2 + picks[2].index((all.len() - from - 2).min(38));
    // A number keeps its sign, and a word its apostrophe.
    (paragraph, widened(&paragraphs[paragraph], &(all[from].start..all[last].end)))
}

#[test]
fn passages_of_real_sources_are_verified_and_changed_ones_are_not() {
    let sources = real_sources();
    if sources.is_empty() {
        return;
    }
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let haystacks: Vec<Haystack> = sources.iter().cloned().map(Haystack::new).collect();
    let input = (prop::collection::vec(any::<prop::sample::Index>(), 5), choices(), any::<bool>());
    let run = TestRunner::new(config).run(&input, |(picks, there, here)| {
        let source = picks[3].index(sources.len());
        let (paragraph, range) = real_passage(&sources[source], &picks);
        let passage = &sources[source][paragraph][range];
        let preferred = here.then_some(paragraph);
        if let Ok(quotation) = Quotation::parse(&respelled(passage, &there)) {
            let verdict = haystacks[source].verify(&quotation, preferred, &|_| true);
            prop_assert!(matches!(verdict, QuotationVerdict::Verified(_)), "{:?}: {:?}", quotation, verdict);
        }
        let (at, letter) = passage.char_indices().filter(|(_, next)| next.is_alphanumeric()).collect::<Vec<_>>()
            [picks[4].index(passage.chars().filter(|next| next.is_alphanumeric()).count())];
        let other = if letter.is_ascii_digit() { if letter == '7' { "8" } else { "7" } } else { "ж" };
        let other = format!("{}{other}{}", &passage[..at], &passage[at + letter.len_utf8()..]);
        if let Ok(quotation) = Quotation::parse(&respelled(&other, &there)) {
            let unchanged = sources[source].iter().any(|paragraph| paragraph.contains(&other));
            if !unchanged && quotation.marks().is_empty() {
                let verdict = haystacks[source].verify(&quotation, preferred, &|_| true);
                prop_assert!(matches!(verdict, QuotationVerdict::Absent { .. }), "{:?}: {:?}", quotation, verdict);
            }
        }
        Ok(())
    });
    run.expect("every passage");
}
