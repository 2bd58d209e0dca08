//! Keeps words together that a line break must not split: a number and its unit, an article and its number.

/// Signs before a number in every language.
const SIGNS: [char; 2] = ['№', '§'];

/// The same words with no-break spaces between a number and its unit, between an initial and a name, inside these
/// names, and after the words that stand before numbers.
pub(super) fn bind(words: &str, names: &[String], before_numbers: &[String]) -> String {
    let mut out = String::with_capacity(words.len());
    let mut before: Option<&str> = None;
    // True if the word before belongs to a number: `26 August` is followed by its year.
    let mut counted = false;
    for word in words.split(' ') {
        if let Some(before) = before {
            let bound = belong(before, word, before_numbers) || (counted && is_year(word));
            counted = bound && before.ends_with(|c: char| c.is_ascii_digit());
            out.push(if bound { '\u{A0}' } else { ' ' });
        }
        out.push_str(word);
        before = Some(word);
    }
    let short = names.iter().filter(|name| name.chars().count() <= LONGEST_NAME);
    short.fold(out, |words, name| {
        if words.contains(name.as_str()) { words.replace(name.as_str(), &name.replace(' ', "\u{A0}")) } else { words }
    })
}

/// The longest name that is kept on one line, in characters. A longer one would leave the page in a headline.
const LONGEST_NAME: usize = 24;

/// The fewest letters of a word that may be hyphenated.
const LEAST_DIVIDED: usize = 5;

/// Words in pieces, each with true for a name (or the first word of a sentence), which is never hyphenated.
pub(super) fn pieces(words: &str) -> Vec<(&str, bool)> {
    let mut out: Vec<(&str, bool)> = Vec::new();
    let mut start = 0;
    for (at, word) in words.split_inclusive(|c: char| !c.is_alphanumeric()).scan(0, |at, piece| {
        *at += piece.len();
        Some((*at - piece.len(), piece))
    }) {
        let name = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if name.starts_with(char::is_uppercase) && name.chars().count() >= LEAST_DIVIDED {
            out.extend((start < at).then(|| (&words[start..at], false)));
            out.push((name, true));
            start = at + name.len();
        }
    }
    out.extend((start < words.len() || out.is_empty()).then(|| (&words[start..], false)));
    out
}

fn belong(before: &str, word: &str, before_numbers: &[String]) -> bool {
    let number = before.trim_start_matches(['(', '«', '‘', '“', '[']);
    let counts = !number.is_empty() && number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    if counts && word.chars().next().is_some_and(char::is_alphabetic) {
        return true;
    }
    // A country as written by the post.
    if is_capitals(before) && is_capitals(word) {
        return true;
    }
    if is_initial(before) && word.starts_with(char::is_uppercase) {
        return true;
    }
    let lead = before.trim_start_matches(|c: char| !c.is_alphanumeric() && !SIGNS.contains(&c)).to_lowercase();
    let leads = lead.strip_prefix(SIGNS) == Some("") || before_numbers.contains(&lead);
    leads && word.starts_with(|c: char| c.is_ascii_digit())
}

/// Four digits with anything after them: `2024,`.
fn is_year(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4
}

/// Letters, all of them capitals: `RUSSIAN`.
fn is_capitals(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    letters().count() > 3 && letters().all(char::is_uppercase)
}

/// One capital letter and a point: `J.`, `«И.`.
fn is_initial(word: &str) -> bool {
    let mut letters = word.trim_start_matches(|c: char| !c.is_alphanumeric()).chars();
    letters.next().is_some_and(char::is_uppercase) && letters.as_str() == "."
}

#[cfg(test)]
mod tests {
    use super::{bind, pieces};

    #[test]
    fn numbers_stay_with_their_units() {
        let before_numbers = ["article", "n", "para", "part"].map(str::to_owned);
        let table = [
            ("On 9 September 2024 he", "On 9\u{A0}September\u{A0}2024 he"),
            ("in September 2024 13 men", "in September 2024 13\u{A0}men"),
            ("13 лет 9 месяцев", "13\u{A0}лет 9\u{A0}месяцев"),
            ("(15 December 2023)", "(15\u{A0}December\u{A0}2023)"),
            ("RUSSIAN FEDERATION or UN", "RUSSIAN\u{A0}FEDERATION or UN"),
            ("(Article 205.2, part 2)", "(Article\u{A0}205.2, part\u{A0}2)"),
            ("№ 5, (§ 6), paragraph 7", "№\u{A0}5, (§\u{A0}6), paragraph 7"),
            ("Coynash (n 3) para 14", "Coynash (n\u{A0}3) para\u{A0}14"),
            (" leading and trailing ", " leading and trailing "),
            ("  two", "  two"),
            ("", ""),
        ];
        for (words, bound) in table {
            assert_eq!(bind(words, &[], &before_numbers), bound);
        }
    }

    #[test]
    fn names_are_not_broken_and_not_hyphenated() {
        let names = ["Ilva Tarrin".to_owned(), "Илвы Таррин".to_owned()];
        let table = [
            ("letters of Ilva Tarrin stop", "letters of Ilva\u{A0}Tarrin stop"),
            ("письма Илвы Таррин.", "письма Илвы\u{A0}Таррин."),
            ("by J. R. Lind", "by J.\u{A0}R.\u{A0}Lind"),
            ("И. О. Линд", "И.\u{A0}О.\u{A0}Линд"),
            ("rule A. Then", "rule A.\u{A0}Then"),
        ];
        for (words, bound) in table {
            assert_eq!(bind(words, &names, &[]), bound);
        }
        let expected = [("by ", false), ("Tarrin", true), (" and Lu Lind, ", false), ("Xandria", true), (".", false)];
        assert_eq!(pieces("by Tarrin and Lu Lind, Xandria."), expected);
        assert_eq!(pieces(""), [("", false)]);
    }
}
