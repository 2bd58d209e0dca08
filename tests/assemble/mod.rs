//! Assembling: what a template may do, what it may not, and what arrives in the tree.

mod fixture;

use amparo::diag::{Code, Severity};
use amparo::document::{Block, BlockKind, Inline, plain};
use amparo::reference::Name;
use fixture::{CASE, SPEC, Wish, body, build, reference, shipped, templates, view};
use proptest::prelude::*;

/// Templates that must not build: the text, the code, and the line.
const BAD: &[(&str, Code, usize)] = &[
    ("# A\n\n{{ victin.name }}", Code::TemplateUndefined, 3),
    ("# A\n\n{{ victim.nam }}", Code::TemplateUndefined, 3),
    ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", Code::TemplateEndless, 1),
    ("x\n{% for a in range(99999) %}a{% endfor %}", Code::TemplateEndless, 2),
    ("x\n\n{% include \"loop.md\" %}", Code::TemplateEndless, 1),
    ("x\n\n{% include \"../other/secret.md\" %}", Code::TemplateOutside, 3),
    ("{% include \"/etc/passwd\" %}", Code::TemplateOutside, 1),
    ("{% include \"documents/other/secret.md\" %}", Code::TemplateUnknown, 1),
    ("{% include \"missing.md\" %}", Code::TemplateUnknown, 1),
    ("a\n{{ facts[0]|upper }}", Code::TemplateClaimAltered, 2),
    ("{{ facts[0]|replace('a', 'b') }}", Code::TemplateClaimAltered, 1),
    ("{{ facts[0]|truncate(9) }}", Code::TemplateClaimAltered, 1),
    ("a\n\n{{ facts[0][:9] }}", Code::TemplateClaimAltered, 3),
    ("{{ facts|join(', ') }}", Code::TemplateClaimAltered, 1),
    ("{{ facts[0]|trim }}", Code::TemplateClaimAltered, 1),
    ("{% set x %}{{ facts[0] }}{% endset %}\n{{ x[1:] }}", Code::TemplateClaimAltered, 2),
    ("{% filter upper %}{{ facts[0] }}{% endfilter %}", Code::TemplateClaimAltered, 1),
    ("{{ '\\ue000' }}", Code::TemplateClaimAltered, 1),
    ("a\n\u{E000}1\u{E001}", Code::TemplateClaimAltered, 2),
    // A forged mark would pass off a date of the template as a value of the case.
    ("a\n\u{E002}6 May\u{E003}", Code::TemplateClaimAltered, 2),
    ("{{ '\\ue0026 May\\ue003' }}", Code::TemplateClaimAltered, 1),
    ("{{ 'a' ~ 'b' }}", Code::TemplateSyntax, 1),
    ("{{ 'a'|safe }}", Code::TemplateSyntax, 1),
    ("a {% if %}", Code::TemplateSyntax, 1),
    ("a\n\n{{ facts }}", Code::TemplateValue, 3),
    ("{{ victim }}", Code::TemplateValue, 1),
    ("{{ facts[0].urgent }}", Code::TemplateValue, 1),
    ("{{ none }}", Code::TemplateValue, 1),
    ("{{ '' }}", Code::TemplateValue, 1),
    ("# A\n\nSix is well, but 6 is not.", Code::TemplateFactInWords, 3),
    ("a\nb\nIn January it began.", Code::TemplateFactInWords, 3),
    ("We write for\nLIND, a friend.", Code::TemplateFactInWords, 2),
    ("For\nAnna\nLind.", Code::TemplateFactInWords, 2),
    ("The District\nCourt ruled.", Code::TemplateFactInWords, 1),
    ("It is the Northern Prison.", Code::TemplateFactInWords, 1),
    ("{{ victim.name|upper }}", Code::TemplateFactInWords, 1),
    ("{{ [as_of, as_of]|join(' and ') }}", Code::TemplateFactInWords, 1),
    ("{{ as_of|upper }}", Code::TemplateFactInWords, 1),
    ("a\n\n{% include \"shared/common.md\" %}", Code::TemplateFactInWords, 3),
    ("a\n\n<b>bold</b>", Code::TemplateConstruct, 3),
    ("<div>\nx\n</div>", Code::TemplateConstruct, 1),
    ("a\n\n![x](y.png)", Code::TemplateConstruct, 3),
    ("a `b`", Code::TemplateConstruct, 1),
    ("a\n\n    code", Code::TemplateConstruct, 3),
    ("```\nx\n```", Code::TemplateConstruct, 1),
    ("a[^n]\n\n[^n]: note", Code::TemplateConstruct, 1),
    ("a\n\n---\n\nb", Code::TemplateConstruct, 3),
    ("a\n\n> Words of our own", Code::TemplateConstruct, 3),
    ("<https://example.org>", Code::TemplateConstruct, 1),
    ("[x](https://example.org)", Code::TemplateConstruct, 1),
    ("# A {.loud}", Code::TemplateConstruct, 1),
    ("# A\n\n### B", Code::TemplateHeading, 3),
    ("## B", Code::TemplateHeading, 1),
    ("# A {#a}\n\n## B {#a}", Code::TemplateHeading, 3),
    ("a [x](#nowhere)", Code::TemplateHeading, 1),
    ("# {{ facts[0] }}", Code::TemplateHeading, 1),
    ("| {{ facts[0] }} |\n| --- |\n| a |", Code::TemplateHeading, 1),
    ("a\n\n| a | b |\n| c | d |", Code::TemplateHeading, 3),
    ("| | |\n| --- | --- |\n| a | b |", Code::TemplateHeading, 1),
];

#[test]
fn what_a_template_may_not_do_is_told_at_its_line() {
    let reference = reference();
    for (text, code, line) in BAD {
        let (document, problems) = body(&reference, text);
        let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
        let found: Vec<_> = errors.iter().map(|problem| (problem.code, problem.primary.place.line)).collect();
        assert!(document.is_none(), "{text} built");
        assert!(found.contains(&(*code, *line)), "{text}\nexpected {code:?} at {line}, found {errors:#?}");
        assert!(errors.iter().all(|problem| !problem.hints.is_empty()), "{text}: no hint");
    }
}

#[test]
fn the_nearest_name_is_offered() {
    let (_, problems) = body(&reference(), "{{ victin.name }}");
    assert_eq!(problems[0].hints, ["did you mean `victim`?"]);
    assert_eq!(&*problems[0].primary.place.file, "templates/documents/t/en.md");
}

/// The words of a body that must build.
fn text(source: &str) -> Vec<String> {
    let (document, problems) = body(&reference(), source);
    document.unwrap_or_else(|| panic!("{source}\n{problems:#?}")).text()
}

#[test]
fn what_a_template_may_do() {
    let table: &[(&str, &[&str])] = &[
        ("Dear {{ victim.name }}!", &["Dear Anna Lind!"]),
        ("{{ victim.original.gen }}", &["Анны Линд"]),
        ("# A {#a .box .numbered}\n\n[up](#a) *b* **c**", &["A", "up b c"]),
        ("{% macro m(f) %}- {{ f }}\n{% endmacro %}{{ m(facts[0]) }}", &["Police arrested her on 10 January 2031."]),
        ("{% set x %}*{{ facts[0] }}*{% endset %}{{ x }}", &["Police arrested her on 10 January 2031."]),
        ("{% include \"part.md\" %}", &["A part."]),
        ("- a\n- b\n  - c", &["a", "b", "c"]),
        ("Term\n: Words", &["Term", "Words"]),
        ("| a | b |\n| --- | --- |\n| c | d |", &["a", "b", "c", "d"]),
        (
            "{{ words.called_for(who=made[0].who, date=made[0].on) }}: {{ made[0] }}",
            &["On 30 September 2031 Xandria Watch called for: release her"],
        ),
        ("{{ use_until }}, {{ as_of }}", &["16 November 2031, 5 October 2031"]),
        (
            "{{ [victim.name, recipient.institution]|listed }}",
            &["Anna Lind and Prosecutor General’s Office of the Republic of Xandria"],
        ),
    ];
    for (source, expected) in table {
        let found = text(source);
        if found.iter().map(String::as_str).ne(expected.iter().copied()) {
            // The words of a locale are its own; what matters is that they are filled in.
            assert!(source.contains("called_for"), "{source}: {found:?}");
            assert!(found[0].contains("Xandria Watch") && found[0].ends_with("release her"), "{found:?}");
        }
    }
}

#[test]
fn exceptions_of_the_form_are_allowed() {
    let spec = format!("{SPEC}exceptions: [within 30 days]\n");
    let wish = Wish { template: "t", language: "en", recipient: None };
    let reference = reference();
    for (text, builds) in [("Answer within 30 days.", true), ("Answer within 31 days.", false)] {
        let (document, _) = build(&wish, &view(CASE), &reference, &templates(&spec, text));
        assert_eq!(document.is_some(), builds, "{text}");
    }
}

#[test]
fn notes_follow_the_tree_and_are_shared() {
    let source = "{{ fact(\"arrest\") }}\n\n- {{ fact(\"held\") }}\n\n**{{ fact(\"arrest\") }}** {{ asks[0] }}.";
    let (document, problems) = body(&reference(), source);
    let document = document.unwrap_or_else(|| panic!("{problems:#?}"));
    let mut references = Vec::new();
    each_inline(&document.blocks, &mut |inline| {
        if let Inline::NoteReference(number) = inline {
            references.push(*number);
        }
    });
    assert_eq!(references, [1, 2, 1, 3]);
    assert_eq!(document.notes.iter().map(|note| note.number).collect::<Vec<_>>(), [1, 2, 3]);
    let ids: Vec<String> = document.ledger.entries.iter().map(|entry| entry.id.to_string()).collect();
    assert_eq!(ids, ["facts.arrest", "facts.held", "demands.counsel"]);
    assert_eq!(document.ledger.entries[2].grounds, ["no-lawyer".into()]);
    assert_eq!(document.ledger.entries[2].citations[0].quote, "her lawyer was turned away");
    let Some(Block { kind: BlockKind::Paragraph(last), .. }) = document.blocks.last() else { panic!("a paragraph") };
    assert!(matches!(&last[last.len() - 2..], [Inline::Text(stop), Inline::NoteReference(3)] if stop == "."));
}

/// Two ids with the same ending are two facts, and a template that looks one up by its id gets that one.
#[test]
fn ids_with_dots_stay_whole() {
    let case = CASE.replace("\n  arrest:\n", "\n  arrest.date:\n").replace("\n  verdict:\n", "\n  trial.date:\n");
    let wish = Wish { template: "t", language: "en", recipient: None };
    let source = "{% for one in known %}\n- {{ fact(one.id) }}\n{% endfor %}";
    let (document, problems) = build(&wish, &view(&case), &reference(), &templates(SPEC, source));
    let words = document.unwrap_or_else(|| panic!("{problems:#?}")).text().join("\n");
    for told in ["Police arrested her on 10 January 2031.", "The District Court sentenced her to six years in prison."]
    {
        assert!(words.contains(told), "{words}");
    }
}

#[test]
fn what_is_reported_is_hedged() {
    let reference = reference();
    let table = [
        ("{{ fact(\"no-lawyer\") }}", false),
        ("According to published reports: {{ fact(\"no-lawyer\") }}", true),
        ("It is reported:\n\n- {{ fact(\"no-lawyer\") }}", true),
        ("It is reported.\n\nOther words.\n\n- {{ fact(\"no-lawyer\") }}", false),
        ("{{ fact(\"no-lawyer\") }} It is reported.", false),
        ("{{ fact(\"held\") }} {{ fact(\"verdict\") }}", true),
    ];
    for (source, builds) in table {
        let (document, problems) = body(&reference, source);
        assert_eq!(document.is_some(), builds, "{source} {problems:#?}");
        let codes: Vec<Code> = problems.iter().filter(|p| p.severity == Severity::Error).map(|p| p.code).collect();
        assert!(builds || codes == [Code::FactHedge], "{source} {codes:?}");
    }
}

#[test]
fn titles_hold_no_guarded_word() {
    let spec = SPEC.replace("A letter", "A terrorist case");
    let wish = Wish { template: "t", language: "en", recipient: None };
    let (document, problems) = build(&wish, &view(CASE), &reference(), &templates(&spec, "a"));
    assert!(document.is_none());
    assert!(problems.iter().any(|problem| problem.code == Code::WordingUnattributed), "{problems:#?}");
}

#[test]
fn what_is_missing_leaves_the_document_out() {
    let spec = format!("{SPEC}needs: [asks]\n");
    let case = CASE.replace("      review:", "      raise:");
    let wish = Wish { template: "t", language: "en", recipient: Some("xa/prosecutor-general") };
    let (document, problems) = build(&wish, &view(&case), &reference(), &templates(&spec, "a"));
    assert!(document.is_none());
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::DocumentLeftOut]);
}

fn each_inline(blocks: &[Block], see: &mut dyn FnMut(&Inline)) {
    fn run(content: &[Inline], see: &mut dyn FnMut(&Inline)) {
        for inline in content {
            see(inline);
            match inline {
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { content: inner, .. } => {
                    run(inner, see);
                }
                _ => {}
            }
        }
    }
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => run(content, see),
            BlockKind::List { items, .. } => items.iter().for_each(|item| each_inline(item, see)),
            BlockKind::Table { rows, .. } => rows.iter().flatten().for_each(|cell| run(cell, see)),
            BlockKind::Definitions(items) => items.iter().for_each(|(_, blocks)| each_inline(blocks, see)),
            BlockKind::Blank | BlockKind::SideBySide(_) | BlockKind::Envelope { .. } => {}
            BlockKind::Quotation(blocks) => each_inline(blocks, see),
        }
    }
}

/// A body that prints a claim and a value in every kind of block.
const EVERYWHERE: &str = "\
# Qhead {{ victim.name }}

{{ fact(\"arrest\") }}

- {{ fact(\"arrest\") }}

Qterm
: {{ fact(\"arrest\") }}

| Qa | Qb |
| --- | --- |
| {{ fact(\"arrest\") }} | *{{ victim.name }}* |

**{{ fact(\"arrest\") }}**, {{ victim.name }}.
";

#[test]
fn only_a_leaf_has_a_letter_to_show() {
    let reference = reference();
    for (class, refused) in [("side-by-side", true), ("envelope", true), ("notes", false), ("cut-off", false)] {
        let (document, problems) = body(&reference, &format!("# Title {{#a .{class}}}\n\nWords.\n"));
        let found: Vec<&str> = problems.iter().map(|problem| problem.code.name()).collect();
        assert_eq!(found.contains(&"template/construct"), refused, "{class}: {problems:#?}");
        assert_eq!(document.is_none(), refused, "{class}");
    }
}

#[test]
fn what_stands_too_deep_is_refused() {
    let reference = reference();
    for text in ["- ".repeat(3000) + "a", "*a _b ".repeat(300) + "c" + &" y_ y*".repeat(300), "> ".repeat(3000) + "a"] {
        let (document, problems) = body(&reference, &text);
        assert!(document.is_none());
        assert!(problems.iter().any(|problem| problem.code == Code::TemplateConstruct), "{problems:#?}");
    }
}

fn arrives(reference: &amparo::reference::Reference, words: &str) {
    let mut view = view(CASE);
    for told in view.facts.iter_mut().filter(|told| told.fact.id.as_str() == "arrest") {
        words.clone_into(&mut told.fact.text.get_mut("en").expect("en").value);
    }
    let named = view.names.get_mut("anna").expect("anna");
    named.names.insert("en".to_owned(), Name::Same(words.to_owned()));
    let wish = Wish { template: "t", language: "en", recipient: None };
    let (document, problems) =
        build(&wish, &view, reference, &templates(&SPEC.replace("A letter", "Qletter"), EVERYWHERE));
    let document = document.unwrap_or_else(|| panic!("{words:?} {problems:#?}"));
    let words = words.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    let expected = [
        format!("Qhead {words}"),
        words.clone(),
        words.clone(),
        "Qterm".to_owned(),
        words.clone(),
        "Qa".to_owned(),
        "Qb".to_owned(),
        words.clone(),
        words.clone(),
        format!("{words}, {words}."),
    ];
    assert_eq!(document.text(), expected, "{words:?}");
    let mut claims = 0;
    each_inline(&document.blocks, &mut |inline| {
        if let Inline::Claim { entry, content } = inline {
            assert_eq!(plain(content), document.ledger.entries[*entry].text);
            claims += 1;
        }
    });
    assert_eq!(claims, 5);
}

#[test]
fn hostile_words_arrive_as_they_are() {
    let reference = reference();
    let hostile = [
        "#",
        "# a",
        "$x$",
        "@a",
        "<b>bold</b>",
        "\\",
        "a\\",
        "[x](y)",
        "`code`",
        "*a*",
        "_a_",
        "1. one",
        "- a",
        "> a",
        "&amp;",
        "a | b",
        "{{ x }}",
        "{% x %}",
        "{# x #}",
        "---",
        "===",
        "a\n\n    b",
        "![x](y)",
        "[^1]",
        ": a",
        "+ a",
        "~~a~~",
        "http://a.example",
        "<https://a.example>",
        "a  \nb",
        "“quoted” — ‘so’",
        "\u{202B}abc",
        "é e\u{301}",
    ];
    for words in hostile {
        arrives(&reference, words);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_arrive_as_they_are(words in "[a-zа-я0-9 \\PC&&[^\u{E000}-\u{F8FF}\u{F0000}-\u{10FFFF}\u{85}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{205F}\u{3000}]]{1,40}") {
        prop_assume!(!words.trim().is_empty());
        thread_local!(static REFERENCE: amparo::reference::Reference = reference());
        REFERENCE.with(|reference| arrives(reference, &words));
    }
}

#[test]
fn the_shipped_templates_build() {
    let reference = reference();
    let wishes = [
        ("urgent-appeal", "en", None),
        ("letter-official", "en", Some("xa/prosecutor-general")),
        ("letter-official", "ru", Some("xa/prosecutor-general")),
    ];
    for (template, language, recipient) in wishes {
        let wish = Wish { template, language, recipient };
        let (document, problems) = build(&wish, &view(CASE), &reference, &shipped(template));
        let document = document.unwrap_or_else(|| panic!("{template} {language} {problems:#?}"));
        let text = document.text().join("\n");
        assert!(document.ledger.entries.iter().any(|entry| entry.id.to_string() == "demands.counsel"), "{text}");
        assert!(!document.notes.is_empty(), "{text}");
        if std::env::var_os("SHOW").is_some() {
            std::fs::write(
                std::env::temp_dir().join(format!("{}.txt", document.name)),
                format!("{text}\n{:#?}\n{:#?}", document.parts, document.notes),
            )
            .expect("shown");
        }
    }
}
