//! Tests of DOCX and ODT: what people see of a few elements, and files that are made to do harm.

use std::io::Write as _;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Extracted, File, ImportRefusal, extract};

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
                    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
                    xmlns:v=\"urn:schemas-microsoft-com:vml\"";

const ODT: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
                   xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
                   xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
                   xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
                   xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"";

fn packed(name: &str, members: &[(&str, String)]) -> Result<Extracted, ImportRefusal> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, xml) in members {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a member");
        writer.write_all(xml.as_bytes()).expect("written");
    }
    let bytes = writer.finish().expect("finished").into_inner();
    extract(File { name, bytes: &bytes, encoding: None, url: None })
}

/// A Word text with this body and these further parts.
fn word(body: &str, parts: &[(&str, &str)]) -> Result<Extracted, ImportRefusal> {
    let text = format!("<w:document {WORD}><w:body>{body}</w:body></w:document>");
    let mut members = vec![("word/document.xml", text)];
    let root = |xml: &str| xml.replacen("ROOT", WORD, 1);
    members.extend(parts.iter().map(|(name, xml)| (*name, root(xml))));
    packed("a.docx", &members)
}

/// An ODT text with these styles and this body.
fn odt(styles: &str, body: &str) -> Result<Extracted, ImportRefusal> {
    let text = format!(
        "<office:document-content {ODT}><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    packed("a.odt", &[("META-INF/manifest.xml", "<manifest/>".to_owned()), ("content.xml", text)])
}

/// The paragraphs of the text, one a line.
fn text(read: &Extracted) -> String {
    let own = read.paragraphs.iter().filter(|paragraph| paragraph.furniture.is_none());
    own.map(|paragraph| paragraph.text.as_str()).collect::<Vec<&str>>().join("\n")
}

fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

fn field(properties: &str, code: &str) -> String {
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData>{properties}</w:ffData></w:fldChar></w:r>\
         <w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    )
}

#[test]
fn a_word_text_says_what_people_see() {
    let before = run("Seen: ");
    let drop_down =
        "<w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"no\"/><w:listEntry w:val=\"yes\"/></w:ddList>";
    let cases = [
        // The body of a paragraph, its words, and what a remark says.
        (field("<w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>", "FORMCHECKBOX"), "Seen: ☒", ""),
        (field("<w:checkBox><w:default w:val=\"0\"/></w:checkBox>", "FORMCHECKBOX"), "Seen: ☐", ""),
        (field(drop_down, "FORMDROPDOWN"), "Seen: yes", ""),
        (field("", "SYMBOL 179 \\f \"Symbol\" \\s 12"), "Seen: ≥", ""),
        (field("", "EQ \\f(3,4)"), "Seen:", "EQ"),
        (field("", "XE \"nobody\""), "Seen:", ""),
        ("<w:r><w:t> 3 </w:t></w:r>".to_owned() + &run("km"), "Seen: 3km", ""),
        ("<w:r><w:t><![CDATA[a < b]]></w:t></w:r>".to_owned(), "Seen: a < b", ""),
        ("<w:r><w:sym w:font=\"Wingdings 3\" w:char=\"F041\"/></w:r>".to_owned(), "Seen: \u{fffd}", "Wingdings 3"),
        (run("\u{f0a7}"), "Seen: \u{fffd}", "U+F0A7"),
        ("<w:r><w:pict><v:textpath string=\"COPY\"/></w:pict></w:r>".to_owned(), "Seen:\nCOPY", ""),
        ("<w:altChunk/>".to_owned(), "Seen:", "another file"),
        ("<w:del><m:oMath><m:f/></m:oMath></w:del>".to_owned(), "Seen:", "tracked"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
                .to_owned(),
            "Seen: (a+b)/2",
            "linear",
        ),
    ];
    for (body, expected, told) in cases {
        let read = word(&format!("<w:p>{before}{body}</w:p>"), &[]).expect("read");
        assert_eq!(text(&read), expected, "{body}");
        assert!(told.is_empty() || read.remarks.iter().any(|remark| remark.contains(told)), "{:?}", read.remarks);
    }
}

#[test]
fn a_style_of_letters_turns_the_line_of_a_struck_paragraph_off() {
    let styles = "<w:styles ROOT><w:style w:type=\"paragraph\" w:styleId=\"P\"><w:rPr><w:strike/></w:rPr></w:style>\
                  <w:style w:type=\"character\" w:styleId=\"C\"><w:rPr><w:strike/></w:rPr></w:style></w:styles>";
    let body = "<w:p><w:pPr><w:pStyle w:val=\"P\"/></w:pPr><w:r><w:t>gone</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"C\"/>\
                </w:rPr><w:t>kept</w:t></w:r></w:p>";
    assert_eq!(text(&word(body, &[("word/styles.xml", styles)]).expect("read")), "kept");
}

#[test]
fn any_prefix_of_a_namespace_is_known() {
    let text_of = |prefix: &str, address: &str| {
        let xml = format!(
            "<{prefix}:document xmlns:{prefix}=\"{address}\"><{prefix}:body><{prefix}:p><{prefix}:r><{prefix}:t>here\
             </{prefix}:t></{prefix}:r></{prefix}:p></{prefix}:body></{prefix}:document>"
        );
        text(&packed("a.docx", &[("word/document.xml", xml)]).expect("read"))
    };
    assert_eq!(text_of("ns0", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"), "here");
    assert_eq!(text_of("w", "http://purl.oclc.org/ooxml/wordprocessingml/main"), "here");
}

#[test]
fn the_text_of_a_word_file_may_stand_in_a_part_with_a_number() {
    let xml = format!("<w:document {WORD}><w:body><w:p>{}</w:p></w:body></w:document>", run("here"));
    assert_eq!(text(&packed("a.docx", &[("word/document2.xml", xml)]).expect("read")), "here");
}

/// A list with three levels, and another list that restarts it.
const NUMBERING: &str = "<w:numbering ROOT><w:abstractNum w:abstractNumId=\"0\">\
    <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl>\
    <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"cardinalText\"/><w:lvlText w:val=\"%3\"/></w:lvl>\
    </w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId \
    w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num></w:numbering>";

fn item(list: u32, level: u32, words: &str) -> String {
    let place = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
    format!("<w:p><w:pPr>{place}</w:pPr>{}</w:p>", run(words))
}

#[test]
fn lists_count_as_people_see_them() {
    let cell = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", item(1, 0, ""));
    let body =
        [item(1, 0, "a"), item(1, 1, "b"), cell, item(1, 1, "c"), item(2, 0, "d"), item(2, 0, "e"), item(1, 0, "f")];
    let read = word(&body.concat(), &[("word/numbering.xml", NUMBERING)]).expect("read");
    assert_eq!(text(&read), "1. a\n1.1 b\n2.\n2.1 c\n5. d\n6. e\n7. f");
    let read = word(&item(1, 2, "a"), &[("word/numbering.xml", NUMBERING)]).expect("read");
    assert_eq!(text(&read), "a");
    assert!(read.remarks.iter().any(|remark| remark.contains("cardinalText")), "{:?}", read.remarks);
}

#[test]
fn an_odt_text_says_what_people_see() {
    let struck = "<style:style style:name=\"S\" style:family=\"text\"><style:text-properties \
                  style:text-line-through-style=\"solid\"/></style:style>";
    let list = "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" \
                style:num-suffix=\".\"/><text:list-level-style-number text:level=\"2\" style:num-format=\"a\" \
                style:num-suffix=\")\" text:display-levels=\"2\"/></text:list-style><text:list-style style:name=\"N\">\
                <text:list-level-style-number text:level=\"1\" style:num-format=\"\"/><text:list-level-style-number \
                text:level=\"2\" style:num-format=\"a\" num-list-format=\"%1%.%2%)\" text:start-value=\"2\"/></text:list-style>";
    let cases = [
        ("<text:p>kept <text:span text:style-name=\"S\">gone</text:span></text:p>", "kept"),
        (
            "<text:list text:style-name=\"L\"><text:list-item><text:p>a</text:p><text:p>b</text:p><text:list><text:list-item>\
             <text:p>c</text:p></text:list-item></text:list></text:list-item><text:list-header><text:p>d</text:p>\
             </text:list-header><text:list-item text:start-value=\"9\"><text:p>e</text:p></text:list-item></text:list>",
            "1. a\nb\n1.a) c\nd\n9. e",
        ),
        (
            "<text:list text:style-name=\"N\"><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p>\
             </text:list-item></text:list></text:list-item></text:list>",
            "a\nb) b",
        ),
        (
            "<text:p>be<draw:frame>\n<draw:text-box>\n<text:p>box</text:p></draw:text-box>\n</draw:frame>fore</text:p>",
            "before\nbox",
        ),
        (
            "<text:p><text:number>7.</text:number>once</text:p><table:table><table:table-row><table:table-cell><text:p>1</text:p>\
             </table:table-cell><table:covered-table-cell><text:p>gone</text:p></table:covered-table-cell></table:table-row>\
             </table:table>",
            "once\n1",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(text(&odt(&format!("{struck}{list}"), body).expect("read")), expected, "{body}");
    }
}

#[test]
fn files_that_do_harm_are_refused_or_read() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + &run("x") + &close.repeat(100_000);
    let nested = [
        deep("<w:p><w:r>", "</w:r></w:p>"),
        deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        deep("<m:oMath><m:f><m:num>", "</m:num></m:f></m:oMath>"),
    ];
    for body in nested {
        let refusal = word(&body, &[]).expect_err("refused");
        assert!(refusal.words.contains("nested"), "{}", refusal.words);
    }
    let refusal = odt("", &"<text:p><text:span>".repeat(100_000)).expect_err("refused");
    assert!(refusal.words.contains("nested"), "{}", refusal.words);
    let refusal = word("<w:p><w:r><w:t>&lol;</w:t></w:r></w:p>", &[]).expect_err("refused");
    assert!(refusal.words.contains("entity `lol`"), "{}", refusal.words);
    let refusal = packed("a.docx", &[("word/document.xml", "<w:document><w:body>".to_owned())]).expect_err("refused");
    assert!(refusal.words.contains("breaks off"), "{}", refusal.words);
    // A deep fraction inside the limit, fields without end, marks of notes that are typed again and again.
    let deep = "<m:f><m:num>".repeat(400) + "<m:r><m:t>1</m:t></m:r>" + &"</m:num></m:f>".repeat(400);
    let open = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>".repeat(20_000);
    let raised = "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>3</w:t></w:r><w:r><w:t>5</w:t></w:r>";
    let body = format!("<w:p>{}</w:p><w:p><m:oMath>{deep}</m:oMath></w:p><w:p>{open}</w:p>", raised.repeat(20_000));
    assert!(word(&body, &[]).expect("read").remarks.iter().any(|remark| remark.contains("fields")));
}

#[test]
fn a_million_restarts_and_endless_styles_are_read() {
    let restart = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"4294967295\"/></w:lvlOverride>";
    let list = "<w:numbering ROOT><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt \
                w:val=\"lowerLetter\"/><w:lvlText w:val=\"%1\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId \
                w:val=\"0\"/>";
    let numbering = format!("{list}{}</w:num></w:numbering>", restart.repeat(200_000));
    let style = |index: u32| {
        let next = (index + 1) % 1000;
        format!("<w:style w:styleId=\"s{index}\"><w:basedOn w:val=\"s{next}\"/></w:style>")
    };
    let styles = format!("<w:styles ROOT>{}</w:styles>", (0..1000).map(style).collect::<String>());
    let paragraph = "<w:p><w:pPr><w:pStyle w:val=\"s1\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>";
    let parts = [("word/numbering.xml", numbering.as_str()), ("word/styles.xml", styles.as_str())];
    let read = word(&paragraph.repeat(2000), &parts).expect("read");
    assert_eq!(read.paragraphs.len(), 2000);
}

#[test]
fn numbers_and_names_without_end_are_read() {
    let long = "n".repeat(1_000_000);
    let list = format!(
        "<w:numbering ROOT><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1000000\"/><w:numFmt \
         w:val=\"decimal\"/><w:lvlText w:val=\"{}\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId \
         w:val=\"0\"/></w:num></w:numbering>",
        "%1".repeat(60)
    );
    let usual = |list: &str| {
        format!(
            "<w:styles ROOT><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:pPr><w:numPr><w:numId \
             w:val=\"{list}\"/></w:numPr></w:pPr></w:style></w:styles>"
        )
    };
    let parts = [("word/numbering.xml", list.as_str()), ("word/styles.xml", &usual("1"))];
    let refusal = word(&"<w:p/>".repeat(400_000), &parts).expect_err("refused");
    assert!(refusal.words.contains("more words than any source"), "{}", refusal.words);
    assert!(
        word(&("<w:p/>".repeat(20_000) + "<w:p>" + &run("x") + "</w:p>"), &[("word/styles.xml", &usual(&long))])
            .is_ok()
    );
    let lists = "<text:list/>".repeat(20_000);
    let item = format!("<text:list-item>{lists}<text:p>x</text:p></text:list-item>");
    assert!(odt("", &format!("<text:list text:style-name=\"{long}\">{item}</text:list>")).is_ok());
}
