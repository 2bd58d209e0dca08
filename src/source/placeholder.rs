//! Words that stand for a name or a title that nobody gave: “untitled”, “anonymous”, “n.a.”. They are kept as data in
//! `placeholders.tsv`.

/// What words stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    /// An author or publisher that is not known.
    Nobody,
    /// A title that the text does not have.
    Untitled,
    /// Further authors, who are not named.
    More,
}

/// The words, one a line: their kind, and the words in folded form.
const PLACEHOLDERS: &str = include_str!("placeholders.tsv");

impl Placeholder {
    /// True if these words stand for nothing more. Capitals, punctuation and brackets around them do not count.
    #[must_use]
    pub fn is(self, words: &str) -> bool {
        let words = folded(words);
        let bare = words.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
        let known = PLACEHOLDERS.lines().filter_map(|line| line.split_once('\t'));
        let mut own = known.filter(|(kind, _)| *kind == self.name()).map(|(_, known)| known);
        !words.is_empty()
            && own.any(|known| match known.strip_suffix('#') {
                Some(known) => known == bare,
                None => known == words,
            })
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Untitled => "untitled",
            Self::More => "more",
        }
    }
}

/// Words in small letters, with one space in place of everything between them.
fn folded(words: &str) -> String {
    let lower = words.to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_told_from_names_and_titles() {
        use Placeholder::{More, Nobody, Untitled};
        for (kind, words, expected) in [
            (Nobody, "Anonymous", true),
            (Nobody, "[n. a.]", true),
            (Nobody, "N/A", true),
            (Nobody, "Автор неизвестен", true),
            (Nobody, "Unknown Soldier", false),
            (Nobody, "Na", false),
            (Nobody, "", false),
            (Untitled, "(Untitled)", true),
            (Untitled, "Untitled-3", true),
            (Untitled, "Без названия 2", true),
            (Untitled, "Untitled letters from prison", false),
            (Untitled, "1984", false),
            (More, "et al.", true),
            (More, "и др.", true),
            (More, "Others, the", false),
        ] {
            assert_eq!(kind.is(words), expected, "{kind:?} {words}");
        }
    }

    #[test]
    fn the_list_is_in_folded_form() {
        for line in PLACEHOLDERS.lines().filter(|line| !line.starts_with('#')) {
            let (kind, words) = line.split_once('\t').expect(line);
            assert!(["nobody", "untitled", "more"].contains(&kind), "{line}");
            assert_eq!(folded(words), words.trim_end_matches('#'), "{line}");
        }
    }
}
