//! Letters that look like others: a word with letters of two scripts, and digits that are not those of the notes, pass no
//! check of words and numbers.

use std::collections::BTreeSet;

use icu::properties::CodePointMapData;
use icu::properties::props::Script;

use super::told::inside;
use super::wording::texts;
use crate::case::Case;
use crate::diag::{Code, Diagnostic};
use crate::reference::words;
use crate::yaml::At;

/// Checks every text of the case in every language.
pub fn check(case: &Case) -> Vec<Diagnostic> {
    texts(case).flat_map(|text| text.values()).flat_map(of_text).collect()
}

fn of_text(text: &At<String>) -> Vec<Diagnostic> {
    let scripts = CodePointMapData::<Script>::new();
    let mut problems = Vec::new();
    for word in words(text) {
        let typed = &text[word.range.clone()];
        let own: BTreeSet<&str> = typed.chars().filter_map(|letter| alike(scripts.get(letter))).collect();
        let digit = typed.chars().find(|letter| letter.is_numeric() && !letter.is_ascii_digit());
        let (headline, hint) = match (own.len() > 1, digit) {
            (true, _) => {
                let own: Vec<&str> = own.into_iter().collect();
                let hint = "type the word again with one keyboard: letters that look the same are not the same";
                (format!("`{typed}` has letters of two scripts: {}", own.join(", ")), hint)
            }
            (false, Some(digit)) => (
                format!("`{typed}` has `{digit}`, which no comparison reads as a number"),
                "write it with the digits 0 to 9",
            ),
            (false, None) => continue,
        };
        let place = inside(text, &word.range);
        problems.push(Diagnostic::error(Code::WordingLetters, place, headline).hint(hint));
    }
    problems
}

/// The name of a script whose letters look like those of another.
fn alike(script: Script) -> Option<&'static str> {
    match script {
        Script::Latin => Some("Latin"),
        Script::Greek => Some("Greek"),
        Script::Cyrillic => Some("Cyrillic"),
        Script::Armenian => Some("Armenian"),
        _ => None,
    }
}
