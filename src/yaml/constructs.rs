//! Constructs of YAML that are refused: tags, and more than one document in a file.
//!
//! The reader would take a tagged value for plain words: `!include other.yaml` would be the title “other.yaml”.

use granit_parser::{Event, Marker, Parser, Tag};

use crate::diag::{Code, Diagnostic, Place};

/// The problems of this kind in a text. A text that cannot be read gets its own message elsewhere.
pub(super) fn refused(file: &Place, text: &str, most: usize) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if !may_have_any(text) {
        return problems;
    }
    let mut documents = 0;
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        match event {
            Event::DocumentStart(..) => {
                documents += 1;
                if documents == 2 {
                    problems.push(second_document(at(file, span.start)));
                    break;
                }
            }
            Event::Scalar(_, _, _, Some(tag))
            | Event::SequenceStart(_, _, Some(tag))
            | Event::MappingStart(_, _, Some(tag)) => {
                let start = span.tag_start().unwrap_or(span.start);
                let typed = span.tag_span().and_then(|span| span.slice(text)).unwrap_or("!");
                problems.extend((!is_plain(&tag)).then(|| tagged(at(file, start), typed)));
            }
            _ => {}
        }
        if problems.len() >= most {
            break;
        }
    }
    problems
}

/// False if the text has no mark with which such a construct begins. Hardly any file has one.
fn may_have_any(text: &str) -> bool {
    let begins = |row: &str| row.starts_with("---") || row.starts_with("...");
    let is_tag = |at: usize| text[..at].chars().next_back().is_none_or(|before| " \n\r[{,-".contains(before));
    text.lines().any(begins) || text.match_indices('!').any(|(at, _)| is_tag(at))
}

/// True for tags that say of a value only what the reader expects of it anyway: `!!str`.
fn is_plain(tag: &Tag) -> bool {
    tag.is_yaml_core_schema() || tag.handle().is_empty() && tag.suffix() == "!"
}

fn at(file: &Place, marker: Marker) -> Place {
    Place { line: marker.line(), column: marker.col() + 1, ..file.clone() }
}

fn second_document(place: Place) -> Diagnostic {
    Diagnostic::error(Code::CaseSyntax, place, "a second YAML document begins here; a file holds one")
        .hint("delete the line `---` or `...`, or put what follows into a file of its own, named under `includes`")
}

fn tagged(place: Place, tag: &str) -> Diagnostic {
    let words = format!("`{tag}` is a YAML tag; nothing is built or included by tags here");
    let hint = if tag.contains("include") {
        "delete the tag and copy the words here; whole files of a case are named under `includes`"
    } else {
        "delete the tag and write the value as plain words; put quotation marks around words that begin with `!`"
    };
    Diagnostic::error(Code::CaseSyntax, place, words).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_second_documents_have_their_place() {
        for (text, expected) in [
            ("a: Stop!\nb: \"!x\"\nc: '--- d'\n", &[][..]),
            ("---\na: 1\n", &[]),
            ("# x\n---\na: 1\n...\n", &[]),
            ("a: !!str 1\nb: ! x\n", &[]),
            ("a: 1\n---\nb: 2\n---\nc: 3\n", &[(2, 1, "second")]),
            ("a: 1\n...\n---\nb: 2\n", &[(3, 1, "second")]),
            ("a: !include b.yaml\n", &[(1, 4, "`!include`")]),
            ("a:\n  b: !!python/object:os.system x\n", &[(2, 6, "`!!python/object:os.system`")]),
            ("a: !x\n  b: 1\nc: [!y z]\n", &[(1, 4, "`!x`"), (3, 5, "`!y`")]),
            ("a: !!binary aGk=\n", &[(1, 4, "`!!binary`")]),
        ] {
            let found = refused(&Place::file("a.yaml"), text, 30);
            assert_eq!(found.len(), expected.len(), "{text}: {found:?}");
            for (problem, (line, column, words)) in found.iter().zip(expected) {
                assert_eq!((problem.primary.place.line, problem.primary.place.column), (*line, *column), "{text}");
                assert!(problem.headline.contains(words), "{text}: {}", problem.headline);
            }
        }
    }
}
