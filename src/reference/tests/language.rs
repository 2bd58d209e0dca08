//! Tests of numbers, months and lists of words, and of the cleanliness of the data files.

use super::*;

fn numbers(language: &str, text: &str) -> Vec<(u64, bool)> {
    let reference = reference();
    let wording = reference.wording(language).expect("it is shipped");
    wording.numbers.find(text).into_iter().map(|(number, _)| (number.value, number.ordinal)).collect()
}

#[test]
fn every_english_number_word_says_its_number() {
    let units = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
                 seventeen eighteen nineteen";
    let units: Vec<&str> = units.split_whitespace().collect();
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let reference = reference();
    let wording = reference.wording("en").expect("it is shipped");
    for value in 0..100_usize {
        let spelled = match (value / 10, value % 10) {
            (0 | 1, _) => units[value].to_owned(),
            (ten, 0) => tens[ten - 2].to_owned(),
            (ten, unit) => format!("{}-{}", tens[ten - 2], units[unit]),
        };
        let found: Vec<u64> = wording.numbers.find(&spelled).iter().map(|(number, _)| number.value).collect();
        assert_eq!(found, [value as u64], "{spelled}");
    }
}

#[test]
fn every_russian_number_word_says_its_number() {
    let units = "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать \
                 четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать";
    let genitive = "ноля одного двух трёх четырёх пяти шести семи восьми девяти десяти одиннадцати двенадцати \
                    тринадцати четырнадцати пятнадцати шестнадцати семнадцати восемнадцати девятнадцати";
    let tens = "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто";
    let tens_genitive = "двадцати тридцати сорока пятидесяти шестидесяти семидесяти восьмидесяти девяноста";
    let reference = reference();
    let wording = reference.wording("ru").expect("it is shipped");
    for (units, tens) in [(units, tens), (genitive, tens_genitive)] {
        let (units, tens): (Vec<_>, Vec<_>) = (units.split_whitespace().collect(), tens.split(' ').collect());
        for value in 0..100_usize {
            let spelled = match (value / 10, value % 10) {
                (0 | 1, _) => units[value].to_owned(),
                (ten, 0) => tens[ten - 2].to_owned(),
                (ten, unit) => format!("{} {}", tens[ten - 2], units[unit]),
            };
            let found: Vec<u64> = wording.numbers.find(&spelled).iter().map(|(number, _)| number.value).collect();
            assert_eq!(found, [value as u64], "{spelled}");
        }
    }
}

#[test]
fn numbers_are_put_together_from_their_parts() {
    type Row<'a> = (&'a str, &'a str, &'a [(u64, bool)]);
    let table: &[Row<'_>] = &[
        ("en", "fourteen years, the first three in prison", &[(14, false), (1, true), (3, false)]),
        ("en", "the twenty-first and the 3rd", &[(21, true), (3, true)]),
        ("en", "one hundred and five", &[(105, false)]),
        ("en", "two and three", &[(2, false), (3, false)]),
        ("en", "two thousand and twenty-two", &[(2022, false)]),
        ("en", "nobody; someone; often", &[]),
        ("ru", "тринадцати лет и девяти месяцев", &[(13, false), (9, false)]),
        ("ru", "двадцать четвёртого февраля", &[(24, true)]),
        ("ru", "ДВАДЦАТЬ ЧЕТВЕРТОГО", &[(24, true)]),
        ("ru", "первые три года, в третий раз", &[(1, true), (3, false), (3, true)]),
        ("ru", "двести пятьдесят шестью", &[(256, false)]),
        ("ru", "две тысячи двадцать второго года", &[(2022, true)]),
        ("ru", "пятница и семья", &[]),
    ];
    for (language, text, expected) in table {
        assert_eq!(numbers(language, text), *expected, "{text}");
    }
}

#[test]
fn every_day_of_a_month_has_its_ordinals() {
    let reference = reference();
    for language in ["en", "ru"] {
        let numbers = &reference.wording(language).expect("it is shipped").numbers;
        let words = if language == "en" {
            ["first", "second", "third", "eighth", "ninth", "twelfth", "twentieth", "twenty-first", "thirty-first"]
        } else {
            [
                "первого",
                "второе",
                "третьего",
                "восьмым",
                "девятом",
                "двенадцатого",
                "двадцатое",
                "двадцать первого",
                "тридцать первым",
            ]
        };
        for (word, value) in words.iter().zip([1, 2, 3, 8, 9, 12, 20, 21, 31]) {
            let found = numbers.find(word);
            assert!(
                matches!(&found[..], [(number, _)] if number.ordinal && number.value == value),
                "{word}: {found:?}"
            );
        }
    }
}

#[test]
fn months_are_known_in_every_form_and_the_verb_may_is_no_month() {
    let table = [
        ("en", "January", Some(1)),
        ("en", "Sept", Some(9)),
        ("en", "MAY", Some(5)),
        ("en", "may", None),
        ("en", "march", None),
        ("ru", "января", Some(1)),
        ("ru", "феврале", Some(2)),
        ("ru", "Мая", Some(5)),
        ("ru", "маем", Some(5)),
        ("ru", "сент", Some(9)),
        ("ru", "марка", None),
    ];
    let reference = reference();
    for (language, word, expected) in table {
        assert_eq!(reference.wording(language).expect("it is shipped").numbers.month(word), expected, "{word}");
    }
}

#[test]
fn lists_find_the_expected_words_and_no_others() {
    let table: &[(&str, WordList, &str, bool)] = &[
        ("en", WordList::Guarded, "He is a terrorist.", true),
        ("en", WordList::Guarded, "a punishment cell; a criminal case; the Criminal Code", false),
        ("en", WordList::Guarded, "was designated a “foreign agent”", true),
        ("en", WordList::LawNames, "article 205.5 (part 1) of the Criminal Code", true),
        ("en", WordList::Attribution, "charged with organising", true),
        ("en", WordList::Attribution, "He organised it.", false),
        ("en", WordList::Hedges, "Relatives fear for his life.", true),
        ("en", WordList::Hedges, "He is ill.", false),
        ("en", WordList::Cause, "was moved as a result of a complaint", true),
        ("en", WordList::Agent, "was beaten by other prisoners", true),
        ("en", WordList::Repetition, "was again placed in a punishment cell", true),
        ("en", WordList::Repetition, "was placed against a wall", false),
        ("en", WordList::LegalEffect, "the court upheld the judgment", true),
        ("en", WordList::LegalEffect, "he was moved to another building", false),
        ("ru", WordList::Guarded, "назвали террористом", true),
        ("ru", WordList::Guarded, "внесён в реестр иностранных агентов", true),
        ("ru", WordList::Guarded, "территория изменена", false),
        ("ru", WordList::LawNames, "по статье 205.5 УК РФ", true),
        ("ru", WordList::Attribution, "обвинённый в организации", true),
        ("ru", WordList::Attribution, "по версии следствия", true),
        ("ru", WordList::Hedges, "родственники опасаются за его жизнь", true),
        ("ru", WordList::Hedges, "он болен", false),
        ("ru", WordList::Cause, "переведён из-за жалобы", true),
        ("ru", WordList::Agent, "избит сотрудниками", true),
        ("ru", WordList::Repetition, "неоднократно помещался в штрафной изолятор", true),
        ("ru", WordList::LegalEffect, "приговор вступил в законную силу", true),
        ("ru", WordList::LegalEffect, "переведён в другое здание", false),
    ];
    let reference = reference();
    for (language, list, text, expected) in table {
        let wording = reference.wording(language).expect("it is shipped");
        assert_eq!(wording.has(*list, text), *expected, "{list}: {text}: {:?}", wording.find(*list, text));
    }
}

#[test]
fn a_case_adds_words_of_its_own() {
    let mut reference = reference();
    let typed = |words: &str| At { value: words.to_owned(), place: Place::line("case.yaml", 7) };
    let added = Entries(vec![
        (typed("en"), vec![typed("ringleader*"), typed("…"), typed("terrorist")]),
        (typed("tlh"), vec![typed("petaQ")]),
    ]);
    let problems = reference.guard(&added);
    assert!(reference.wording("en").expect("it is shipped").has(WordList::Guarded, "the ringleaders"));
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code.name()).collect();
    assert_eq!(codes, ["case/bad-value", "case/duplicate-key", "case/bad-value"]);
}

/// A word of one alphabet with a letter of another one looks right, but no search finds it.
#[test]
fn no_word_mixes_alphabets() {
    let latin = |c: char| c.is_ascii_alphabetic();
    let cyrillic = |c: char| matches!(c, '\u{400}'..='\u{4FF}');
    for (name, text) in shipped() {
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            assert!(!(word.chars().any(latin) && word.chars().any(cyrillic)), "{name}: {word}");
        }
        if name.ends_with("/en.yaml") {
            assert!(!text.chars().any(cyrillic), "{name}");
        }
    }
    let reference = reference();
    for office in reference.offices() {
        for name in office.name.get("en").into_iter().chain(office.institution.get("en")) {
            assert!(!name.forms().any(|form| form.chars().any(cyrillic)), "{}", office.id);
        }
        for name in office.name.get("ru").into_iter().chain(office.institution.get("ru")) {
            assert!(!name.forms().any(|form| form.chars().any(latin)), "{}", office.id);
        }
    }
    for norm in reference.norms() {
        let english = [norm.cited["en"].plain(), norm.says.value["en"].as_str()];
        assert!(!english.iter().any(|words| words.chars().any(cyrillic)), "{}", norm.id);
        assert!(!norm.says.value["ru"].chars().any(latin), "{}", norm.id);
    }
}

/// Offices are printed, never the names of those who hold them. The names below are cut in halves, so that this file
/// does not hold them either.
#[test]
fn no_file_names_the_holder_of_an_office() {
    let holders = [
        ("kras", "nov"),
        ("gos", "tev"),
        ("chuy", "chenko"),
        ("moskal", "kova"),
        ("bastry", "kin"),
        ("kalash", "nikov"),
        ("крас", "нов"),
        ("гос", "тев"),
        ("чуй", "ченко"),
        ("москаль", "кова"),
        ("бастры", "кин"),
        ("калаш", "ников"),
        ("гуц", "ан"),
    ];
    for (name, text) in shipped() {
        let text = text.to_lowercase();
        for (first, second) in holders {
            let found = text.split(|c: char| !c.is_alphabetic()).any(|word| {
                word.strip_prefix(first).is_some_and(|rest| rest.starts_with(second) && rest.len() <= second.len() + 6)
            });
            assert!(!found, "{name}: {first}…{second}");
        }
    }
}
