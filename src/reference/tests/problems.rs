//! Files with problems: each problem is reported at its line, and everything else is loaded.

use super::*;

const OFFICE: &str = "    kind: court\n    audience: state\n    name: {en: A court}\n    powers: {value: [review]}\n";

fn country(offices: &str) -> String {
    format!("of: ZZ\nname: {{en: Nowhere}}\noffices:\n{offices}")
}

#[test]
fn problems_of_a_directory_have_their_line() {
    let table: Vec<(String, &[(&str, usize)])> = vec![
        (country(&format!("  zz/court:\n{OFFICE}")), &[]),
        (country(&format!("  court:\n{OFFICE}")), &[("case/bad-value", 4)]),
        (country(&format!("  zz/court:\n{OFFICE}    supervised-by: zz/nobody\n")), &[("case/unknown-id", 9)]),
        (country(&format!("  zz/court:\n{OFFICE}    part-of: ru/fsni\n")), &[("case/unknown-id", 9)]),
        (country(&format!("  zz/court:\n{OFFICE}    valid-to: 2024-02-30\n")), &[("case/bad-date", 9)]),
        (country(&format!("  zz/court:\n{OFFICE}    holder: somebody\n")), &[("case/unknown-key", 9)]),
        (
            country(&OFFICE.replace("    kind", "  zz/a:\n    kind").replace("review", "pardon")),
            &[("case/bad-value", 8)],
        ),
        (country(&OFFICE.replace("    kind", "  zz/a:\n    kind").replace("state", "all")), &[("case/bad-value", 6)]),
        ("of: RU\nname: {en: Nowhere}\n".into(), &[("case/duplicate-key", 1)]),
        ("of: ZZ\nname: {en: N}\ntreaties:\n  iccpr: {value: 1990-01-01}\n".into(), &[]),
        ("of: ZZ\nname: {en: N}\ntreaties:\n  icpr: {value: 1990-01-01}\n".into(), &[("case/unknown-id", 4)]),
        ("of: ZZ\nname: {en: N}\ntreaties:\n  cat: {value: soon}\n".into(), &[("case/bad-date", 4)]),
    ];
    for (text, expected) in table {
        let expected: Vec<_> = expected.iter().map(|(code, line)| ((*code).to_owned(), *line)).collect();
        assert_eq!(problems(&[("case/templates/directory/zz.yaml", &text)]), expected, "{text}");
    }
}

#[test]
fn a_misspelled_office_gets_the_nearest_id_as_a_hint() {
    let text = country(&format!("  zz/court:\n{OFFICE}    part-of: ru/fsni\n"));
    let mut files = shipped();
    files.push(("directory/zz.yaml".into(), text));
    let (reference, problems) = Reference::load(&files);
    assert_eq!(problems[0].hints, ["did you mean `ru/fsin`?"]);
    assert!(reference.office("zz/court").is_some(), "the rest is loaded");
}

#[test]
fn problems_of_a_law_have_their_line() {
    let law = |cited: &str, norms: &str| {
        format!(
            "instrument: zz\nkind: rules\nsource: s\ncited: {{en: {cited}}}\ncited-short: {{en: 'r {{number}}'}}\nnorms:\n{norms}"
        )
    };
    let norm = "  \"1\": {says: {en: says so}, stages: [any]}\n";
    let table: Vec<(String, &[(&str, usize)])> = vec![
        (law("'rule {number}'", norm), &[]),
        (law("rule", norm), &[("case/bad-value", 4)]),
        (law("'rule {number}'", &(norm.replace("any", "later") + &norm.replace('1', "2"))), &[("case/bad-value", 7)]),
        (law("'rule {number}'", &format!("{norm}{norm}")), &[("case/duplicate-key", 8)]),
        (law("'rule {number}'", norm).replace("instrument: zz", "instrument: mandela"), &[("case/duplicate-key", 7)]),
        (law("'rule {number}'", &norm.replace("stages", "verified-on: 2024-13-01, stages")), &[("case/bad-date", 7)]),
    ];
    for (text, expected) in table {
        let expected: Vec<_> = expected.iter().map(|(code, line)| ((*code).to_owned(), *line)).collect();
        assert_eq!(problems(&[("law/zz.yaml", &text)]), expected, "{text}");
    }
}

#[test]
fn problems_of_a_language_are_reported() {
    let changed = |file: &str, from: &str, to: &str| -> Vec<String> {
        let mut files = shipped();
        let entry = files.iter_mut().find(|(name, _)| name == file).expect("it is shipped");
        assert!(entry.1.contains(from), "{from}");
        entry.1 = entry.1.replacen(from, to, 1);
        Reference::load(&files).1.iter().map(|problem| problem.code.name().to_owned()).collect()
    };
    let table: &[(&str, &str, &str, &[&str])] = &[
        ("templates/languages/ru/locale.yaml", "icu: ru-RU", "icu: zz", &["case/bad-value"]),
        ("templates/languages/ru/locale.yaml", "icu: ru-RU", "icu: '!'", &["case/bad-value"]),
        (
            "templates/languages/ru/locale.yaml",
            "language: ru",
            "language: en",
            &["case/bad-value", "case/duplicate-key"],
        ),
        ("templates/languages/en/locale.yaml", "Use until {date}", "Use until then", &["case/bad-value"]),
        ("templates/languages/en/locale.yaml", "Use until {date}", "Use {from} {date}", &["case/bad-value"]),
        ("templates/languages/en/locale.yaml", "  feared: feared\n", "", &["case/missing-key"]),
        ("templates/languages/en/locale.yaml", "  subject: Subject\n", "", &["case/missing-key"]),
        (
            "templates/languages/en/locale.yaml",
            "page-para: p {page} para {para}",
            "page-para: p {page}",
            &["case/bad-value"],
        ),
        ("templates/languages/en/locale.yaml", "  undated: undated\n", "", &["case/missing-key"]),
        ("templates/languages/ru/locale.yaml", "{day}.{month}.{year}", "{day}.{month}", &["case/bad-value"]),
        ("templates/languages/en/locale.yaml", "[‘, ’]", "[‘]", &["case/syntax"]),
        (
            "templates/languages/en/wording.yaml",
            "  \"12\": [December",
            "  \"13\": [December",
            &["case/bad-value", "case/bad-value"],
        ),
        ("templates/languages/en/wording.yaml", "  \"1\": [one]", "  \"one\": [one]", &["case/bad-value"]),
        ("templates/languages/en/wording.yaml", "[two]", "[two, one]", &["case/bad-value"]),
        ("templates/languages/en/wording.yaml", "guarded:", "gaurded:", &["case/unknown-key"]),
    ];
    for (file, from, to, expected) in table {
        assert_eq!(changed(file, from, to), *expected, "{file}: {to}");
    }
}

#[test]
fn a_file_of_a_language_in_another_place_is_reported() {
    let table = [
        ("templates/wording/de.yaml", "move it to `languages/de/wording.yaml` of the same templates"),
        ("case/templates/locales/de.yaml", "move it to `languages/de/locale.yaml` of the same templates"),
        (
            "templates/languages/de/words.yaml",
            "a language has `locale.yaml`, `wording.yaml`, `sense.yaml` and `lexicon.txt`",
        ),
        ("templates/languages/de.yaml", "a language has `locale.yaml`, `wording.yaml`, `sense.yaml` and `lexicon.txt`"),
    ];
    for (name, hint) in table {
        let (_, problems) = Reference::load(&[(name.to_owned(), ":".to_owned())]);
        assert_eq!(
            (problems[0].code, problems[0].hints.as_slice()),
            (Code::TemplateUnknown, [hint.to_owned()].as_slice())
        );
    }
}

#[test]
fn a_line_of_a_lexicon_gives_words_with_their_meaning() {
    let table = [
        ("die, death, dead", None),
        ("surgeon > doctor, physician", None),
        ("# a remark", None),
        ("", None),
        ("death", Some(1)),
        ("a, b\n> doctor", Some(2)),
        ("surgeon, doctor > physician", Some(1)),
        ("die,, dead", Some(1)),
    ];
    for (text, line) in table {
        let found = problems(&[("templates/languages/de/lexicon.txt", text)]);
        let expected: Vec<(String, usize)> = line.map(|line| ("case/syntax".to_owned(), line)).into_iter().collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn other_folders_are_passed_over() {
    let files = [("templates/avenues/wgad.yaml", ":"), ("templates/law/README.md", "#"), ("law", ":"), ("", ":")];
    assert_eq!(problems(&files), []);
}
