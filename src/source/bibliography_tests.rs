//! Tests of printed notes: each kind of source, in each language, first and later mentions.

use super::*;
use crate::source::raw::RawSources;
use crate::source::{Records, records};

const SOURCES: &str = r#"
herald:
  type: web
  title: {value: 'a Trial for $5 & {no} "evidence" in the north', translation: {ru: Суд за пять долларов}}
  author: {name: Lind, given-name: Ana}
  url: {value: 'https://herald.example/Суд?a=b&c=%7B1%7D', date: 2031-10-05}
  parent: {title: The Herald}
  language: en-GB
  date: 2023-12-15
second:
  type: web
  title: {value: a second trial in the north of the country, short: a second trial}
  author: {name: Lind, given-name: Ana}
  language: en
  date: 2024
body:
  type: web
  title: Defender refused a lawyer
  url: {value: 'https://body.example', date: 2031-10-05}
  parent: {title: The Body}
  publisher-name: {name: {en: The Body, ru: Организация}, basis: inferred, how: the address}
  language: en
  published: {not-before: 2024-09-09, not-after: 2024-09-24, basis: b}
  limits: {truncated: the end}
nobody:
  type: misc
  title: {value: Что случилось?, short: Что, translation: {en: What happened?}}
  language: ru
  published: {not-after: 2024-09-24, basis: b}
undated: {type: web, title: Leaflet, publisher: Press Ltd., language: en}
paper:
  type: article
  title: Verdict
  author: [A. First, B. Second, C. Third, D. Fourth]
  parent: {type: newspaper, title: Daily News}
  language: en
  date: 2024-03
court:
  type: case
  title: Lind v Examplia
  serial-number: App no 12/31
  publisher: Court of Appeal
  language: en
  date: 2031-04-01
  url: https://court.example/12
law: {type: legislation, title: Prisons Act, serial-number: No 5-FZ, language: en, date: 2006}
report:
  type: report
  title: year in review
  author: The Body.
  genre: {en: annual report, ru: годовой доклад}
  serial-number: A/1
  publisher: Body Press
  language: en
  date: 2030
"#;

fn sources() -> Records {
    let raw: RawSources = crate::yaml::read(&"sources.yaml".into(), SOURCES).expect("well-formed");
    records(&raw).0
}

fn locale(code: &str) -> Locale {
    crate::reference::tests::reference().locale(code).expect("it is shipped").clone()
}

fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// The printed notes, written as `id@place@place; id`, in a language.
fn spans(notes: &[&str], code: &str) -> Vec<Vec<Span>> {
    let records = sources();
    let item = |text: &str| {
        let mut parts = text.split('@');
        let source = &records[parts.next().unwrap_or_default()];
        (source.clone(), parts.map(|place| place.parse().expect("a place")).collect::<Vec<Locator>>())
    };
    let owned: Vec<Vec<_>> = notes.iter().map(|note| note.split("; ").map(item).collect()).collect();
    let requests: Vec<NoteRequest> = owned
        .iter()
        .map(|items| NoteRequest {
            items: items.iter().map(|(source, at)| NoteItem { source, pinpoints: at.clone() }).collect(),
        })
        .collect();
    let locale = locale(code);
    Bibliography::new(OUR_STYLE, &locale.icu).expect("our style").cite(&requests, &locale)
}

fn notes(requests: &[&str], code: &str) -> Vec<String> {
    spans(requests, code).iter().map(|note| plain(note)).collect()
}

#[test]
fn each_kind_of_source_is_printed_in_each_language() {
    let table = [
        (
            "herald@para 12",
            "Ana Lind, ‘a Trial for $5 & {no} \"evidence\" in the north’ (The Herald, 15 December 2023) para 12 <https://herald.example/Суд?a=b&c=%7B1%7D> accessed 5 October 2031.",
            "Ana Lind, «a Trial for $5 & {no} \"evidence\" in the north» [Суд за пять долларов] (The Herald, 15.12.2023), абз. 12 <https://herald.example/Суд?a=b&c=%7B1%7D> (дата обращения: 05.10.2031).",
        ),
        (
            "body@para 5@para 3",
            "[The Body], ‘Defender refused a lawyer’ (undated, on or after 9 September 2024, copy incomplete) paras 3, 5 <https://body.example> accessed 5 October 2031.",
            "[Организация], «Defender refused a lawyer» (The Body, без даты, не ранее 09.09.2024, копия неполная), абз. 3, 5 <https://body.example> (дата обращения: 05.10.2031).",
        ),
        (
            "nobody",
            "‘Что случилось?’ [What happened?] (undated, on or before 24 September 2024).",
            "«Что случилось?» (без даты, не позднее 24.09.2024).",
        ),
        ("undated", "‘Leaflet’ (Press Ltd., undated).", "«Leaflet» (Press Ltd., без даты)."),
        (
            "paper@page 3",
            "A. First and others, ‘Verdict’ Daily News (March 2024) p 3.",
            "A. First и др., «Verdict» Daily News (03.2024), с. 3.",
        ),
        (
            "court@para 7",
            "Lind v Examplia App no 12/31 (Court of Appeal, 1 April 2031) para 7 <https://court.example/12>.",
            "Lind v Examplia App no 12/31 (Court of Appeal, 01.04.2031), абз. 7 <https://court.example/12>.",
        ),
        ("law", "Prisons Act No 5-FZ (2006).", "Prisons Act No 5-FZ (2006)."),
        (
            "report",
            "The Body., ‘year in review’ (annual report, A/1, Body Press, 2030).",
            "The Body., «year in review» (годовой доклад, A/1, Body Press, 2030).",
        ),
    ];
    for (note, english, russian) in table {
        assert_eq!(notes(&[note], "en"), [english]);
        assert_eq!(notes(&[note], "ru"), [russian]);
    }
}

#[test]
fn a_later_note_is_short_and_names_the_first() {
    let requests = [
        "herald@para 1",
        "nobody; herald@para 2",
        "herald@para 3",
        "nobody@para 4@para 4",
        "report",
        "report",
        "body",
        "body",
    ];
    let english = notes(&requests, "en");
    assert_eq!(
        english[1],
        "‘Что случилось?’ [What happened?] (undated, on or before 24 September 2024); Lind (n 1) para 2."
    );
    assert_eq!(english[2..4], ["Lind (n 1) para 3.", "‘Что’ (n 2) para 4."]);
    assert_eq!([&english[5], &english[7]], ["The Body. (n 5).", "[The Body] (n 7)."]);
    let russian = notes(&requests, "ru");
    assert_eq!(russian[2..4], ["Lind (сн. 1), абз. 3.", "«Что» (сн. 2), абз. 4."]);
    assert_eq!(russian[7], "[Организация] (сн. 7).");
}

#[test]
fn two_works_of_one_author_first_named_in_one_note_are_told_apart() {
    let english = notes(&["herald; second", "second@para 2", "herald@para 3"], "en");
    assert_eq!(english[1], "Lind, ‘a second trial’ (n 1) para 2.");
    assert!(english[2].starts_with("Lind, ‘a Trial for $5") && english[2].ends_with("’ (n 1) para 3."));
    let apart = notes(&["herald", "second", "second@para 2", "herald@para 3"], "en");
    assert_eq!(apart[2..], ["Lind (n 2) para 2.", "Lind (n 1) para 3."]);
}

#[test]
fn a_source_named_twice_in_a_note_is_printed_once() {
    assert_eq!(notes(&["law@page 2; law@page 1"], "en"), ["Prisons Act No 5-FZ (2006) pp 1, 2."]);
    assert_eq!(notes(&["law; undated", "law; law@page 1"], "en")[1], "Prisons Act (n 1) p 1.");
}

#[test]
fn foreign_words_carry_their_language_and_italics_are_few() {
    let note = &spans(&["herald@para 12"], "ru")[0];
    let foreign: Vec<_> = note
        .iter()
        .filter_map(|span| Some((span.text.as_str(), span.language.as_ref()?.region.as_str(), span.italic)))
        .collect();
    assert_eq!(
        foreign,
        [
            ("Ana", "GB", false),
            ("Lind", "GB", false),
            ("a Trial for $5 & {no} \"evidence\" in the north", "GB", false),
            ("The Herald", "GB", true),
        ]
    );
    assert!(spans(&["herald"], "en")[0].iter().all(|span| span.language.is_none()));
    let italic = |note: &str| -> Vec<String> {
        spans(&[note], "en")[0].iter().filter(|span| span.italic).map(|span| span.text.clone()).collect()
    };
    assert_eq!(italic("court"), ["Lind v Examplia"]);
    assert_eq!(italic("paper"), ["Daily News"]);
    assert!(italic("law").is_empty() && italic("report").is_empty());
}

#[test]
fn the_list_keeps_the_given_order_and_ends_without_full_stop() {
    let records = sources();
    let list = |code: &str| -> Vec<String> {
        let locale = locale(code);
        let wanted = ["law", "court", "nobody"].map(|id| &records[id]);
        let printed = Bibliography::new(OUR_STYLE, &locale.icu).expect("our style").list(&wanted, &locale);
        printed.iter().map(|item| plain(item)).collect()
    };
    assert_eq!(
        list("en"),
        [
            "Prisons Act No 5-FZ (2006)",
            "Lind v Examplia App no 12/31 (Court of Appeal, 1 April 2031) <https://court.example/12>",
            "‘Что случилось?’ [What happened?] (undated, on or before 24 September 2024)",
        ]
    );
    assert_eq!(list("ru")[2], "«Что случилось?» (без даты, не позднее 24.09.2024)");
}

#[test]
fn no_token_survives_and_no_full_stop_is_doubled() {
    let ids: Vec<String> = sources().keys().cloned().collect();
    let twice: Vec<&str> = ids.iter().chain(&ids).map(String::as_str).collect();
    for code in ["en", "ru"] {
        for note in notes(&twice, code) {
            assert!(note.ends_with('.') && !note.ends_with("..") && !note.contains("  "), "{note}");
            assert!(!note.chars().any(|c| matches!(u32::from(c), 0xE000..=0xF8FF)), "{note}");
        }
    }
}

#[test]
fn another_style_is_used_and_a_broken_one_refused() {
    assert!(Bibliography::new("<style>", "en-GB").is_err());
    assert!(Bibliography::new("", "en-GB").is_err());
    let style = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
        <info><title>t</title><id>t</id><updated>2025-01-01T00:00:00+00:00</updated></info>
        <citation><layout>
            <text variable="title" text-case="title" suffix=", "/><date variable="issued" form="text"/>
            <group prefix=", "><text term="accessed"/> <text variable="locator"/></group>
        </layout></citation></style>"#;
    let records = sources();
    let items = vec![NoteItem { source: &records["herald"], pinpoints: vec![Locator::Para(1)] }];
    let style = Bibliography::new(style, "en-GB").expect("a style");
    let printed = style.cite(&[NoteRequest { items }], &locale("en"));
    let expected = "a Trial for $5 & {no} \"evidence\" in the north, 15 December 2023, accessedpara 1";
    assert_eq!(plain(&printed[0]), expected);
    assert!(style.list(&[&records["herald"]], &locale("en")).is_empty());
}

#[test]
fn a_language_that_the_style_has_no_words_for_gets_the_shipped_ones() {
    let records = sources();
    let items = vec![
        NoteItem { source: &records["law"], pinpoints: vec![] },
        NoteItem { source: &records["paper"], pinpoints: vec![] },
    ];
    let mut words = locale("en");
    words.language = "de".to_owned();
    let german = Bibliography::new(OUR_STYLE, "de-DE").expect("our style").cite(&[NoteRequest { items }], &words);
    assert_eq!(plain(&german[0]), "Prisons Act No 5-FZ (2006); A. First u.\u{a0}a., „Verdict“ Daily News (März 2024).");
}

#[test]
fn every_word_of_a_record_is_printed_as_typed() {
    let awkward = [
        "$x$ {Y} \\{z\\}",
        "two  spaces, “quotes” ‘here’",
        "ends with a stop.",
        "What?!",
        "<b>bold</b> &amp; co.",
        "the LOWER and UPPER of IT",
        "12",
        "№ 5 — «цитата»",
        "words:0",
    ];
    let (english, bibliography) = (locale("en"), Bibliography::new(OUR_STYLE, "en-GB").expect("our style"));
    for words in awkward {
        let mut record = sources()["herald"].clone();
        record.title.value = words.to_owned();
        record.site = Some(words.to_owned());
        record.publisher = Some(format!("{words}+"));
        record.number = Some(words.to_owned());
        record.authors[0].given_name = Some(words.to_owned());
        record.url = Some(format!("https://a.example/{words}"));
        let items = vec![NoteItem { source: &record, pinpoints: vec![] }];
        let note = plain(&bibliography.cite(&[NoteRequest { items }], &english)[0]);
        let body = format!("{words} Lind, ‘{words}’ ({words}, {words}, {words}+, 15 December 2023)");
        assert_eq!(note, format!("{body} <https://a.example/{words}> accessed 5 October 2031."));
    }
}
