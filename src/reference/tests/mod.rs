//! Tests of the shipped files, and of files with problems.

mod language;
mod problems;

use std::path::Path;

use chrono::NaiveDate;

use super::*;

/// Every shipped file of reference data, by its path in the repository.
fn shipped() -> Vec<(String, String)> {
    let layers = layers::layers(None, Path::new("no/templates/of/the/project")).expect("nothing is read");
    layers::reference_files(&layers, &mut crate::diag::Files::default())
}

/// The shipped reference data.
pub(crate) fn reference() -> Reference {
    let (reference, problems) = Reference::load(&shipped());
    assert_eq!(problems, [], "the shipped files have no problems");
    reference
}

fn problems(files: &[(&str, &str)]) -> Vec<(String, usize)> {
    let mut all = shipped();
    all.extend(files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    let found = Reference::load(&all).1;
    found.iter().map(|d| (d.code.name().to_owned(), d.primary.place.line)).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn every_office_can_be_written_to_in_both_languages() {
    let reference = reference();
    for office in reference.offices() {
        for language in ["en", "ru"] {
            let id = &office.id;
            for case in [GrammaticalCase::Nominative, GrammaticalCase::Genitive, GrammaticalCase::Dative] {
                let form = office.name.get(language).and_then(|name| name.in_case(case));
                assert!(form.is_some_and(|form| !form.is_empty()), "{id} {language} {case:?}");
            }
            assert!(office.salutation.contains_key(language), "{id} {language}");
            assert!(office.closing.contains_key(language), "{id} {language}");
        }
        assert!(!office.powers.value.is_empty(), "{}", office.id);
    }
    let needed = ["prosecutor-general", "fsin", "ombudsman", "vladimir-prosecutor", "t-2-vladimir"];
    for id in needed {
        let office = reference.office(&format!("ru/{id}")).expect("it is shipped");
        assert_eq!(office.needs, [OfficeNeed::RuAppeal], "{id}");
        assert!(matches!(office.name.get("ru"), Some(Name::Declined(forms)) if forms.len() == 6), "{id}");
    }
}

#[test]
fn a_prison_leads_to_its_prosecutor_and_each_office_to_its_power() {
    let reference = reference();
    let table = [
        ("ru/t-2-vladimir", OfficeKind::Prison, Audience::Custodian, Some("ru/vladimir-prosecutor"), Power::Do),
        ("xa/north-prison", OfficeKind::Prison, Audience::Custodian, Some("xa/north-prosecutor"), Power::Do),
        ("ru/vladimir-prosecutor", OfficeKind::Prosecutor, Audience::State, None, Power::Inspect),
        ("ru/prosecutor-general", OfficeKind::Prosecutor, Audience::State, None, Power::Review),
        ("ru/fsin", OfficeKind::PrisonService, Audience::State, None, Power::Order),
        ("ru/ombudsman", OfficeKind::Ombudsman, Audience::State, None, Power::Visit),
        ("un/special-procedures", OfficeKind::UnBody, Audience::Un, None, Power::Raise),
    ];
    for (id, kind, audience, supervised_by, power) in table {
        let office = reference.office(id).expect("it is shipped");
        assert_eq!((office.kind, office.audience), (kind, audience), "{id}");
        assert_eq!(office.supervised_by.as_deref(), supervised_by, "{id}");
        assert_eq!(office.powers.value.first(), Some(&power), "{id}");
    }
}

#[test]
fn addresses_are_in_postal_order_with_the_country_on_mail_from_abroad() {
    let reference = reference();
    let address =
        |id, language, abroad| reference.office(id).and_then(|office| reference.address(office, language, abroad));
    let home = ["ул. Житная, д. 14", "г. Москва, 119991"].map(str::to_owned).to_vec();
    assert_eq!(address("ru/fsin", "ru", false), Some(home));
    let abroad = address("ru/fsin", "ru", true).and_then(|lines| lines.last().cloned());
    assert_eq!(abroad.as_deref(), Some("RUSSIAN FEDERATION"));
    for id in ["ru/vladimir-prosecutor", "ru/ombudsman"] {
        assert_eq!(address(id, "ru", true), None, "{id}: an unknown address is not made up");
    }
}

#[test]
fn unverified_values_are_marked_and_invented_ones_are_not() {
    let reference = reference();
    let on = day("2026-12-01");
    let doubt = |id: &str| reference.office(id).and_then(|office| office.address.as_ref()?.doubt(on));
    assert_eq!(doubt("ru/prosecutor-general"), None);
    assert_eq!(doubt("ru/fsin"), Some(Doubt::Unverified));
    assert_eq!(doubt("ru/t-2-vladimir"), Some(Doubt::Unverified));
    for office in reference.offices().filter(|office| office.of == "XA") {
        assert_eq!(office.address.as_ref().and_then(|address| address.doubt(on)), None, "{}", office.id);
        assert_eq!(office.powers.doubt(on), None, "{}", office.id);
    }
}

#[test]
fn every_norm_can_be_argued_in_both_languages() {
    let reference = reference();
    for norm in reference.norms() {
        for language in ["en", "ru"] {
            let cited = norm.cited.get(language).map(Name::plain).unwrap_or_default();
            assert!(cited.contains(&norm.number) && !cited.contains('{'), "{} {language}: {cited}", norm.id);
            assert!(norm.cited_short.contains_key(language), "{} {language}", norm.id);
            let says = norm.says.value.get(language).map(String::as_str).unwrap_or_default();
            assert!(!says.is_empty() && !says.ends_with('.'), "{} {language}: {says}", norm.id);
        }
        assert!(norm.says.source.as_deref().is_some_and(|source| source.starts_with("http")), "{}", norm.id);
        assert!(!norm.stages.is_empty(), "{}", norm.id);
    }
    let article = reference.norm("iccpr/9").expect("it is shipped");
    let cited = |language: &str, case| article.cited.get(language).and_then(|name| name.in_case(case));
    assert_eq!(
        cited("en", GrammaticalCase::Nominative),
        Some("article 9 of the International Covenant on Civil and Political Rights")
    );
    assert_eq!(
        cited("ru", GrammaticalCase::Nominative),
        Some("статья 9 Международного пакта о гражданских и политических правах")
    );
    assert_eq!(
        cited("ru", GrammaticalCase::Instrumental),
        Some("статьёй 9 Международного пакта о гражданских и политических правах")
    );
}

#[test]
fn a_norm_binds_each_state_from_its_own_day() {
    let reference = reference();
    let table = [
        ("iccpr/9", "RU", "2024-01-01", Some(true)),
        ("iccpr/9", "RU", "1975-01-01", Some(false)),
        ("iccpr/9", "ZZ", "2024-01-01", None),
        ("iccpr/9", "XA", "2031-01-01", Some(true)),
        ("cat/12", "RU", "1987-04-01", Some(false)),
        ("cat/12", "RU", "1987-07-01", Some(true)),
        ("mandela/61", "RU", "2024-01-01", None),
        ("ru-59fz/7", "RU", "2024-01-01", Some(true)),
        ("ru-59fz/7", "XA", "2024-01-01", Some(false)),
    ];
    for (id, state, on, expected) in table {
        assert_eq!(reference.norm(id).expect("it is shipped").binds(state, day(on)), expected, "{id} {state} {on}");
    }
    let fits = |id: &str, stage| reference.norm(id).is_some_and(|norm| norm.fits(stage));
    assert!(fits("iccpr/14", Stage::Trial) && fits("iccpr/14", Stage::Appeal) && !fits("iccpr/14", Stage::Custody));
    assert!(fits("iccpr/7", Stage::Custody) && !fits("mandela/61", Stage::Trial));
}

#[test]
fn words_for_dates_lists_and_counts_are_right() {
    let reference = reference();
    let format = |language: &str| &reference.locale(language).expect("it is shipped").format;
    let (en, ru) = (format("en"), format("ru"));
    let plain = |words: String| words.replace(['\u{a0}', '\u{202f}'], " ");
    let english = "January February March April May June July August September October November December";
    let of_month = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря";
    let month = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь";
    let names = english.split(' ').zip(of_month.split(' ')).zip(month.split(' '));
    for (number, ((english, of_month), month)) in (1..=12).zip(names) {
        let day = NaiveDate::from_ymd_opt(2024, number, 1).expect("a date");
        assert_eq!(plain(en.date(day)), format!("1 {english} 2024"));
        assert_eq!(plain(ru.date(day)), format!("1 {of_month} 2024 г."));
        assert_eq!(plain(en.month(day)), format!("{english} 2024"));
        assert_eq!(plain(ru.month(day)), format!("{month} 2024 года"));
    }
    assert_eq!((en.year(day("2024-05-01")), ru.year(day("2024-05-01"))), ("2024".into(), "2024 год".into()));
    let three = ["a", "b", "c"];
    assert_eq!((en.list(&three, Join::And), ru.list(&three, Join::And)), ("a, b and c".into(), "a, b и c".into()));
    assert_eq!((en.list(&three, Join::Or), ru.list(&three[..2], Join::Or)), ("a, b or c".into(), "a или b".into()));
    assert_eq!((en.list(&three[..1], Join::And), en.list::<&str>(&[], Join::And)), ("a".into(), String::new()));
    let counts = [(1, "1 страница"), (2, "2 страницы"), (5, "5 страниц"), (11, "11 страниц"), (21, "21 страница")];
    for (number, expected) in counts {
        assert_eq!(ru.count(Counted::Pages, number), expected);
    }
    assert_eq!((en.count(Counted::Pages, 1), en.count(Counted::Pages, 0)), ("1 page".into(), "0 pages".into()));
}

#[test]
fn quotation_marks_nest() {
    let reference = reference();
    let quoted = |language: &str, words| reference.locale(language).map(|locale| locale.quoted(words));
    assert_eq!(quoted("en", "he isn’t ‘free’").as_deref(), Some("‘he isn’t “free”’"));
    assert_eq!(quoted("ru", "по делу «Сеть»").as_deref(), Some("«по делу „Сеть“»"));
}

#[test]
fn both_languages_are_complete_and_filled() {
    let reference = reference();
    assert_eq!(reference.languages().collect::<Vec<_>>(), ["en", "ru"]);
    for language in ["en", "ru"] {
        let locale = reference.locale(language).expect("it is shipped");
        for (key, words, _) in locale.words.all() {
            assert!(!words.trim().is_empty(), "{language} {key}");
        }
        let wording = reference.wording(language).expect("it is shipped");
        for list in WordList::ALL {
            assert!(wording.list(list).len() > 5, "{language} {list}");
        }
    }
    let words = &reference.locale("ru").expect("it is shipped").words;
    assert_eq!(fill(&words.use_until, &[("date", "3 мая")]), "Использовать не позднее 3 мая");
}

/// The list should become shorter over time: each of these was searched for and not found.
#[test]
fn the_list_of_unverified_norms_is_current() {
    let reference = reference();
    let on = day("2026-12-01");
    let doubted: Vec<&str> = reference.norms().filter(|n| n.says.doubt(on).is_some()).map(|n| n.id.as_str()).collect();
    assert_eq!(doubted, ["hrd/9", "mandela/27", "mandela/34", "mandela/57", "ru-59fz/12"]);
    for norm in reference.norms().filter(|norm| norm.says.verified_on.is_some()) {
        assert!(norm.says.verified_in.is_some(), "{} says where it was read", norm.id);
    }
}

#[test]
fn each_kind_of_file_has_a_schema_that_describes_its_keys() {
    let table = [("directory", "offices"), ("law", "norms"), ("wording", "guarded"), ("locale", "words")];
    for ((name, schema), (folder, key)) in schemas().into_iter().zip(table) {
        let text = serde_json::to_string(&schema).expect("a schema is JSON");
        assert_eq!(name, folder);
        assert!(text.contains(&format!("\"{key}\"")) && text.contains("\"description\""), "{name}");
        assert!(text.contains("\"additionalProperties\":false"), "{name} refuses unknown keys");
    }
}
