//! Marks for printers in names and titles: HTML tags, as CSL-JSON has them, and what stays of TeX. Plain words remain.
//!
//! Source: <https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html#html-like-formatting-tags>.

use std::borrow::Cow;

use quick_xml::escape::unescape;

/// Tags that change only the look of words, or their treatment by a style.
const LOOKS: [&str; 14] =
    ["i", "em", "b", "strong", "u", "s", "sc", "span", "font", "small", "big", "tt", "title", "scp"];

/// Names of characters beside those of XML, with the characters.
const NAMED: [(&str, char); 3] = [("nbsp", ' '), ("ndash", '–'), ("mdash", '—')];

/// Digits and signs, the same above the line, and below it.
const SCRIPTS: [&str; 3] = ["0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"];

/// The longest words that are looked into, in bytes. A title is shorter, and a longer abstract is left out anyway.
pub(super) const LONGEST: usize = 1 << 14;

/// The words without tags for their look, and with characters in place of their names. A tag that may mean more stays.
pub(super) fn plain(words: &str) -> String {
    if words.len() > LONGEST {
        return words.to_owned();
    }
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (seen, length) = tag(rest).or_else(|| named(rest)).unwrap_or_else(|| (rest[..1].to_owned(), 1));
        out.push_str(&seen);
        rest = &rest[length..];
    }
    out + rest
}

/// What is seen of the tag with which a text begins, and the length of what it stands for.
fn tag(text: &str) -> Option<(String, usize)> {
    let (name, length) = named_tag(text)?;
    let rest = &text[length..];
    match name.as_str() {
        "br" | "p" | "/p" => Some((" ".to_owned(), length)),
        "sup" | "sub" => {
            let end = format!("</{name}>");
            let inner = &rest[..rest.to_ascii_lowercase().find(&end)?];
            let words = script(&plain(inner), name == "sup", true)?;
            Some((words, length + inner.len() + end.len()))
        }
        _ if LOOKS.contains(&name.trim_start_matches('/')) => Some((String::new(), length)),
        _ => None,
    }
}

/// The name of the tag with which a text begins, in small letters, and the length of the tag.
fn named_tag(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('<')?;
    let end = inner.find('>').filter(|end| !inner[..*end].contains('<'))?;
    let bare = inner.strip_prefix('/').unwrap_or(inner);
    let length = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
    let name = &inner[..inner.len() - bare.len() + length];
    let is_named = bare.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_closed = inner[name.len()..].starts_with(['>', ' ', '/']);
    (is_named && is_closed).then(|| (name.to_lowercase(), end + 2))
}

/// The character whose name or number begins a text, and the length of that.
fn named(text: &str) -> Option<(String, usize)> {
    let end = text.find(';').filter(|_| text.starts_with('&'))? + 1;
    let known = NAMED.iter().find(|(known, _)| *known == &text[1..end - 1]).map(|(_, c)| c.to_string());
    let seen = known.or_else(|| unescape(&text[..end]).ok().map(Cow::into_owned))?;
    (!seen.contains(char::is_control)).then_some((seen, end))
}

/// Words that stand above or below the line, in characters that do so. Where letters are allowed, words without any
/// digit stay as they are: `4th`. `None` if the words would join the word before them and change a number: `10` and
/// `3a` would be `103a`.
pub(super) fn script(words: &str, is_raised: bool, letters: bool) -> Option<String> {
    let [plain, raised, lowered] = SCRIPTS;
    let set = if is_raised { raised } else { lowered };
    let all: Option<String> =
        words.chars().map(|c| set.chars().nth(plain.chars().position(|sign| sign == c)?)).collect();
    all.or_else(|| (letters && !words.contains(char::is_numeric)).then(|| words.to_owned()))
}

/// Marks for printers that are left in some words: tags, commands and formulas of TeX.
pub(super) fn left(words: &str) -> Vec<String> {
    if words.len() > LONGEST {
        return vec!["marks in a text that is too long to be looked into".to_owned()];
    }
    let tags = words.match_indices('<').filter_map(|(at, _)| {
        let (_, length) = named_tag(&words[at..])?;
        words.get(at..at + length)
    });
    let commands = words.match_indices('\\').filter_map(|(at, _)| {
        let rest = &words[at + 1..];
        let length = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        (length > 0).then(|| &words[at..at + 1 + length])
    });
    let mut formulas = words.split('$').skip(1).step_by(2).collect::<Vec<_>>();
    // A sign of dollar without a second one begins no formula.
    if words.matches('$').count() % 2 == 1 {
        formulas.pop();
    }
    let formulas = formulas.into_iter().filter(|inner| inner.contains(['_', '^']));
    let mut all: Vec<String> = tags.chain(commands).map(str::to_owned).collect();
    all.extend(formulas.map(|inner| format!("${inner}$")));
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::{left, plain};

    #[test]
    fn tags_leave_plain_words_or_stay() {
        for (typed, seen) in [
            (r#"<i>Boats</i> of <span class="nocase">NATO</span><br/>now"#, "Boats of NATO now"),
            ("10<sup>3</sup> H<sub>2</sub>O 4<sup>th</sup> <SUP>2a</SUP>", "10³ H₂O 4th <SUP>2a</SUP>"),
            ("a < b > c, <5>, <foo>x</foo>", "a < b > c, <5>, <foo>x</foo>"),
            ("R&amp;D &#8217;x&#x2019; &unknown; & co", "R&D ’x’ &unknown; & co"),
            ("<i", "<i"),
        ] {
            assert_eq!(plain(typed), seen, "{typed}");
        }
    }

    #[test]
    fn what_stays_is_named() {
        let told = left(r"<foo>x</foo> \bar{x} $x_{ij}$ costs $5 <5> \%");
        assert_eq!(told, ["<foo>", "</foo>", "\\bar", "$x_{ij}$"]);
        assert!(left("plain $500 and $600").is_empty());
    }
}
