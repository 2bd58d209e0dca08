//! Words that a line break would tear apart: a number and what it counts, an article and its number.

/// Words that lead to a number, in the languages of the shipped templates, with any mark before them left out.
const LEADING: [&str; 30] = [
    "article",
    "articles",
    "part",
    "parts",
    "rule",
    "rules",
    "para",
    "paras",
    "p",
    "pp",
    "n",
    "no",
    "section",
    "статья",
    "статьи",
    "статье",
    "статью",
    "статей",
    "части",
    "часть",
    "правило",
    "правила",
    "правилу",
    "абз.",
    "сн.",
    "с.",
    "ст.",
    "№",
    "§",
    "д.",
];

/// The same words with no-break spaces where a break would hurt.
pub(super) fn bind(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut before: Option<&str> = None;
    for word in words.split(' ') {
        if let Some(before) = before {
            out.push(if belong(before, word) { '\u{A0}' } else { ' ' });
        }
        out.push_str(word);
        before = Some(word);
    }
    out
}

fn belong(before: &str, word: &str) -> bool {
    let counts = !before.is_empty() && before.len() <= 3 && before.bytes().all(|byte| byte.is_ascii_digit());
    if counts && word.chars().next().is_some_and(char::is_alphabetic) {
        return true;
    }
    let lead = before.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '№' | '§')).to_lowercase();
    LEADING.contains(&lead.as_str()) && word.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::bind;

    #[test]
    fn numbers_stay_with_what_they_count() {
        let table = [
            ("On 9 September 2024 he", "On 9\u{A0}September 2024 he"),
            ("13 лет 9 месяцев", "13\u{A0}лет 9\u{A0}месяцев"),
            ("(Article 205.2, part 2)", "(Article\u{A0}205.2, part\u{A0}2)"),
            ("Coynash (n 3) para 14", "Coynash (n\u{A0}3) para\u{A0}14"),
            (" leading and trailing ", " leading and trailing "),
            ("  two", "  two"),
            ("", ""),
        ];
        for (words, bound) in table {
            assert_eq!(bind(words), bound);
        }
    }
}
