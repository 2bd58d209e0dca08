//! What a person should know about how an office text was read: parts that are left out, or read in another form.

use super::symbols::Font;

/// The sign for a letter that is not known.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// What is told about a text, in the order in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OfficeRemark {
    Changes,
    Struck,
    Hidden,
    Comments,
    Placeholder,
    Marks,
    Equation,
    Symbol,
    Number,
    Above,
    HiddenNumber,
    NotesByPage,
    Field,
    Today,
    Pictures,
    Other,
    Ruby,
}

impl OfficeRemark {
    fn sentence(self) -> &'static str {
        match self {
            Self::Changes => {
                "it has tracked changes, which are read as accepted: inserted words are kept, deleted words left out"
            }
            Self::Struck => "it has words that are struck out, which are left out",
            Self::Hidden => "it has hidden words, which are left out",
            Self::Comments => "it has comments in the margin, which are left out",
            Self::Placeholder => "it has blanks of a form that nobody filled in; their own words are left out",
            Self::Marks => "it has raised marks, which are left out as marks of notes",
            Self::Equation => "it has equations, which are read in a linear form",
            Self::Symbol => "it has symbols that cannot be told; each stands as `\u{fffd}`",
            Self::Number => "it has automatic numbers in a form that is not known, which are left out",
            Self::Above => {
                "it has automatic numbers below a level that has no number yet; programs number these differently"
            }
            Self::HiddenNumber => {
                "it has hidden paragraphs in numbered lists; they are not counted here, and some programs count them"
            }
            Self::NotesByPage => "its notes are numbered anew on each page; here they are counted through",
            Self::Field => "it has fields that show something which the file does not hold; they are left out",
            Self::Today => "it has fields that give the day on which it is opened; they are read as they were saved",
            Self::Pictures => "it has pictures, charts or objects; words in them are not read",
            Self::Other => "it shows the text of another file that is packed into it, which is not read",
            Self::Ruby => "it has small letters between the lines, which are left out",
        }
    }
}

/// How many examples are given, and how long each may be, in letters.
const MOST: usize = 3;
const LONGEST: usize = 60;

/// What there is to tell about a text.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    found: Vec<(OfficeRemark, Vec<String>)>,
    /// What was told last, as long as no other words came between.
    open: Option<OfficeRemark>,
}

impl Remarks {
    /// Tells of something.
    pub(super) fn tell(&mut self, what: OfficeRemark) {
        self.examples(what);
    }

    /// Tells of something with the words in question.
    pub(super) fn quote(&mut self, what: OfficeRemark, words: &str) {
        let words = words.trim();
        let examples = self.examples(what);
        let is_new = !words.is_empty() && !examples.iter().any(|known| known == words);
        if is_new && examples.len() < MOST {
            examples.push(words.chars().take(LONGEST).collect());
        }
    }

    /// Tells of words that are left out. What follows directly belongs to the same example.
    pub(super) fn leave_out(&mut self, what: OfficeRemark, words: &str) {
        let goes_on = self.open == Some(what);
        if words.trim().is_empty() && !goes_on {
            return;
        }
        self.open = Some(what);
        let examples = self.examples(what);
        if goes_on && let Some(last) = examples.last_mut() {
            let room = LONGEST.saturating_sub(last.chars().count());
            last.extend(words.chars().take(room));
        } else if examples.len() < MOST {
            examples.push(words.trim_start().chars().take(LONGEST).collect());
        } else {
            self.open = None;
        }
    }

    /// Words as they are seen in a font. A letter that is not known is told.
    pub(super) fn in_font(&mut self, words: &str, font: Font) -> String {
        let letter = |c: char| {
            font.seen(c).unwrap_or_else(|| {
                self.quote(OfficeRemark::Symbol, &format!("U+{:04X}", u32::from(c)));
                UNKNOWN
            })
        };
        words.chars().map(letter).collect()
    }

    /// Ends the example at hand: words that are seen, or another paragraph, follow.
    pub(super) fn end_example(&mut self) {
        self.open = None;
    }

    fn examples(&mut self, what: OfficeRemark) -> &mut Vec<String> {
        let at = self.found.iter().position(|(known, _)| *known == what).unwrap_or_else(|| {
            self.found.push((what, Vec::new()));
            self.found.len() - 1
        });
        &mut self.found[at].1
    }

    /// The remarks in words.
    pub(super) fn sentences(self) -> Vec<String> {
        let mut found = self.found;
        found.sort_by_key(|(what, _)| *what);
        let sentence = |(what, examples): (OfficeRemark, Vec<String>)| {
            let quoted: Vec<String> =
                examples.iter().map(|example| format!("“{}”", super::one_line(example))).collect();
            let given = if quoted.is_empty() { String::new() } else { format!(": {}", quoted.join(", ")) };
            format!("{}{given}", what.sentence())
        };
        found.into_iter().map(sentence).collect()
    }
}
