//! Marks for printers in names and titles: HTML tags, as CSL-JSON has them, and what stays of TeX. Plain words remain.
//!
//! Source: <https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html#html-like-formatting-tags>.

/// Tags that change only the look of words, or their treatment by a style.
const LOOKS: [&str; 14] =
    ["i", "em", "b", "strong", "u", "s", "sc", "span", "font", "small", "big", "tt", "title", "scp"];

/// Names of characters, with the characters.
const NAMED: [(&str, char); 8] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("mdash", '—'),
];

/// Digits and signs, above the line and below it.
const SCRIPTS: [(char, char, char); 16] = [
    ('0', '⁰', '₀'),
    ('1', '¹', '₁'),
    ('2', '²', '₂'),
    ('3', '³', '₃'),
    ('4', '⁴', '₄'),
    ('5', '⁵', '₅'),
    ('6', '⁶', '₆'),
    ('7', '⁷', '₇'),
    ('8', '⁸', '₈'),
    ('9', '⁹', '₉'),
    ('+', '⁺', '₊'),
    ('-', '⁻', '₋'),
    ('−', '⁻', '₋'),
    ('=', '⁼', '₌'),
    ('(', '⁽', '₍'),
    (')', '⁾', '₎'),
];

/// The words without tags for their look, and with characters in place of their names. A tag that may mean more stays.
pub(super) fn plain(words: &str) -> String {
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
    let (name, _) = text.strip_prefix('&')?.split_once(';')?;
    let number = name.strip_prefix('#').map(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    });
    let character = match number {
        Some(number) => char::from_u32(number?).filter(|c| !c.is_control())?,
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((character.to_string(), name.len() + 2))
}

/// Words that stand above or below the line, in characters that do so. Where letters are allowed, words without any
/// digit stay as they are: `4th`. `None` if the words would join the word before them and change a number: `10` and
/// `3a` would be `103a`.
pub(super) fn script(words: &str, is_raised: bool, letters: bool) -> Option<String> {
    let set = |c: char| {
        let (_, raised, lowered) = SCRIPTS.iter().find(|(plain, ..)| *plain == c)?;
        Some(if is_raised { *raised } else { *lowered })
    };
    let all: Option<String> = words.chars().map(set).collect();
    all.or_else(|| (letters && !words.contains(char::is_numeric)).then(|| words.to_owned()))
}

/// Marks for printers that are left in some words: tags, commands and formulas of TeX.
pub(super) fn left(words: &str) -> Vec<String> {
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
