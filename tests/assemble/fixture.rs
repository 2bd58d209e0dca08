//! A small invented case, the reference data of the project, and templates given as text.

use std::collections::BTreeMap;
use std::path::Path;

use amparo::assemble::{Request, Templates, assemble};
use amparo::case::raw::RawCase;
use amparo::case::timeline::Clock;
use amparo::case::view::View;
use amparo::case::{Case, Citation, convert};
use amparo::diag::{Diagnostic, Files};
use amparo::document::{Cited, Document, PaperSize, Verdict};
use amparo::reference::Reference;
use amparo::reference::audience::Audience;
use amparo::reference::layers::{layers, reference_files};
use amparo::source::raw::RawSources;
use amparo::source::{Bibliography, OUR_STYLE, records};
use amparo::yaml;

pub const SOURCES: &str = "\
herald:
  type: article
  title: Sentence in Xandria
  parent: {type: newspaper, title: The Herald}
  language: en-GB
  date: 2031-03-05
  group: herald
  audience: [public, state, un]
bulletin:
  type: web
  title: Prison bulletin
  language: en-GB
  date: 2031-09-30
  group: bulletin
  audience: [public, state, un]
";

pub const CASE: &str = r"
id: example
country: XA
languages: [en, ru]
victims: [anna]
persons:
  anna:
    name: {en: Anna Lind, ru: {basis: transliteration, nom: Анна Линд, gen: Анны Линд, dat: Анне Линд, acc: Анну Линд, ins: Анной Линд, prep: Анне Линд}}
    pronouns: {en: she, ru: f}
organisations:
  watch: {name: {en: Xandria Watch, ru: «Ксандрия Уотч»}}
institutions:
  district: {kind: court, name: {en: District Court, ru: Районный суд}}
  north: {kind: prison, name: {en: Northern Prison, ru: Северная тюрьма}}
topics:
  sentence: {title: {en: sentence, ru: приговор}}
  place-of-detention: {title: {en: place of detention, ru: место содержания}, unknown: {en: Her cell is not known., ru: Её камера неизвестна.}}
facts:
  arrest:
    event: 2031-01-10
    about: arrest
    text: {en: Police arrested her on 10 January 2031., ru: Полиция задержала её 10 января 2031 года.}
    audience: [public, state, un]
    cites: [{source: herald, at: para 2, quote: police arrested her on 10 January}]
    or-cites: [[{source: bulletin, at: para 2, quote: arrested on 10 January 2031}]]
  verdict:
    state: sentence
    from: 2031-03-04
    replaces: none
    about: sentence
    text: {en: The District Court sentenced her to six years in prison., ru: Районный суд приговорил её к шести годам.}
    audience: [public, state, un]
    cites: [{source: herald, at: para 5, quote: sentenced her to six years}]
    or-cites: [[{source: bulletin, at: para 3, quote: six years in prison}]]
  held:
    state: place-of-detention
    seen: 2031-09-20
    replaces: none
    about: custody
    at: north
    text: {en: She is reported to be held in the Northern Prison., ru: 'По сообщениям, она содержится в Северной тюрьме.'}
    audience: [public, state, un]
    cites: [{source: bulletin, at: para 4, quote: held in the Northern Prison}]
  no-lawyer:
    event: 2031-09-21
    about: contact
    urgent: true
    text: {en: Her lawyer was turned away at the gate., ru: Её адвоката не пустили.}
    audience: [public, state, un]
    cites: [{source: bulletin, at: para 6, quote: her lawyer was turned away}]
demands:
  counsel:
    priority: 1
    following-from: [no-lawyer]
    norms: [mandela/61]
    audience: [public, state, un]
    ask:
      review: {en: review the refusal of counsel and end it, ru: 'проверить законность отказа в допуске адвоката и принять меры'}
      order: {en: order that she be allowed to meet her lawyer, ru: распорядиться допустить к ней адвоката}
  release-made:
    made-by: {who: watch, on: 2031-09-30, cites: [{source: bulletin, at: para 9, quote: calls for her release}]}
    text: {en: release her, ru: освободить её}
    restated-by: [counsel]
    audience: [public, state, un]
gaps:
  warrant: {text: {en: Whether a warrant was shown is not known., ru: 'Неизвестно, был ли предъявлен ордер.'}, audience: [public, state, un]}
documents: []
";

pub fn case(text: &str) -> Case {
    let raw: RawSources = yaml::read(&"sources.yaml".into(), SOURCES).expect("sources");
    let (records, problems) = records(&raw);
    assert_eq!(problems, []);
    let file = "case.yaml".into();
    let raw: RawCase = yaml::read(&file, text).expect("case");
    let (case, problems) = convert(&file, &raw, records);
    case.unwrap_or_else(|| panic!("{problems:#?}"))
}

pub fn view(text: &str) -> View {
    let day = "2031-10-05".parse().expect("a date");
    case(text).view(day, Clock::Knowledge, Audience::Public)
}

/// The reference data of the project itself.
pub fn reference() -> Reference {
    let layers = layers(None, Path::new("no/templates/of/the/project")).expect("nothing is read");
    let (reference, problems) = Reference::load(&reference_files(&layers, &mut Files::default()));
    assert_eq!(problems, []);
    reference
}

pub fn shipped(id: &str) -> Templates {
    let root = format!("{}/templates/documents/{id}", env!("CARGO_MANIFEST_DIR"));
    let mut files = looks();
    for entry in std::fs::read_dir(root).expect(id) {
        let entry = entry.expect("entry");
        let path = format!("documents/{id}/{}", entry.file_name().to_string_lossy());
        files.insert(path, std::fs::read_to_string(entry.path()).expect("text"));
    }
    Templates::new(vec![("templates".to_owned(), files)])
}

/// The shipped layouts, as far as templates are checked against them.
fn looks() -> BTreeMap<String, String> {
    let layers = layers(None, Path::new("no/templates/of/the/project")).expect("nothing is read");
    let files = layers.into_iter().flat_map(|(_, files)| files);
    files.filter(|(path, _)| path.starts_with("layouts/")).collect()
}

pub const SPEC: &str = "id: t\nlayout: letter\ntitle: {en: A letter}\nlanguages: [en]\naudience: public\n";

pub fn templates(spec: &str, body: &str) -> Templates {
    let mut files = looks();
    files.extend([
        ("documents/t/template.yaml".to_owned(), spec.to_owned()),
        ("documents/t/en.md".to_owned(), body.to_owned()),
        ("documents/t/part.md".to_owned(), "A part.\n".to_owned()),
        ("documents/t/loop.md".to_owned(), "{% include \"loop.md\" %}".to_owned()),
        ("documents/shared/common.md".to_owned(), "Common words.\n\nIn May.\n".to_owned()),
        ("documents/other/secret.md".to_owned(), "Secret.\n".to_owned()),
    ]);
    Templates::new(vec![("templates".to_owned(), files)])
}

pub struct Wish<'a> {
    pub template: &'a str,
    pub language: &'a str,
    pub recipient: Option<&'a str>,
}

pub fn build(
    wish: &Wish,
    view: &View,
    reference: &Reference,
    templates: &Templates,
) -> (Option<Document>, Vec<Diagnostic>) {
    let bibliography = Bibliography::new(OUR_STYLE, "en-GB").expect("our style");
    let verdict = |citation: &Citation| Cited {
        source: citation.source.clone(),
        locator: citation.at.to_string(),
        quote: citation.quote.value.clone(),
        verdict: Verdict::Verified,
        tier: "exact".to_owned(),
        digest: String::new(),
    };
    let recipient = wish.recipient.map(|id| reference.office(id).expect(id));
    let filing = amparo::case::Filing::default();
    let request = Request {
        filing: &filing,
        letter: None,
        template: wish.template,
        language: wish.language,
        recipient,
        recipients: vec![reference.office("xa/prosecutor-general").expect("office")],
        paper: PaperSize::A4,
        use_until: "2031-11-16".parse().expect("a date"),
        made_on: "2031-10-05".parse().expect("a date"),
        reconstruction: false,
        without_source: false,
        gathering: amparo::assemble::Gathering::default(),
        verdict: &verdict,
        unread: &|_, _| false,
        bibliography: &bibliography,
        name: format!("{}.{}", wish.template, wish.language),
        identity: "test".to_owned(),
    };
    assemble(&request, view, reference, templates)
}

/// The document and the problems of a template body, for the small case.
pub fn body(reference: &Reference, text: &str) -> (Option<Document>, Vec<Diagnostic>) {
    let wish = Wish { template: "t", language: "en", recipient: Some("xa/prosecutor-general") };
    build(&wish, &view(CASE), reference, &templates(SPEC, text))
}
