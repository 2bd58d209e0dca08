//! The parts of a document that are not running text. The layout sets them.

/// What stands on the page outside the running text. The layout sets it.
///
/// An empty list or `None` means: this kind of document has no such part.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parts {
    /// The head of the page, for instance the name of the document kind.
    pub letterhead: Vec<Line>,
    /// Who writes. Ruled blanks where the sender fills in by hand.
    pub sender: Vec<Line>,
    /// Where a letter goes back to if it cannot be delivered; it shows in the window above the address.
    pub return_line: Option<Line>,
    /// Who is addressed: office, street, town, country.
    pub recipient: Vec<Line>,
    /// Place and date line of a letter.
    pub date: Option<Line>,
    /// What the letter is about.
    pub subject: Option<String>,
    /// Closing words, ruled blank for the signature, name.
    pub signature: Vec<Line>,
    /// Enclosures, each with its title.
    pub enclosures: Vec<String>,
    /// Where people sign, on a paper that supporters sign: a sheet for several, a card for one.
    pub signing: Option<Signing>,
    /// The mark on each page of a paper that is not verified, not to be given away, or not to be sent: it is set large,
    /// and no layout can leave it out.
    pub draft: Option<String>,
    /// A line at the foot of each page: as known on, use until, latest news.
    pub footer: Vec<String>,
}

/// Where people sign. The file holds the paper several times, each with its whole text and its own number.
#[derive(Debug, Clone, PartialEq)]
pub struct Signing {
    /// What each copy bears: its number and the version of the text, so that signatures belong to the text.
    pub marks: Vec<String>,
    /// So many copies stand beside each other on a page, to be cut apart; in large print one.
    pub per_page: usize,
    /// The warning at the head of each copy in a language of the country itself.
    pub warning: Option<String>,
    /// The heads of the columns of a list: number, name, town and country, signature.
    pub columns: Vec<String>,
    /// Lines to sign on each copy, numbered from 1; a card has none.
    pub rows: usize,
    /// What is filled in by hand: by whoever signs a card, by whoever collects a list.
    pub fields: Vec<Line>,
    /// Words on the strip that hides the lines which others have filled in; a card has none.
    pub cover: Option<String>,
}

/// One line of a part: text, or a ruled blank with the words that say what to write on it.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    /// Printed words.
    Text(String),
    /// A rule to be filled in by hand; `label` is printed small beside it.
    Blank {
        /// What to write here, in the document's language.
        label: String,
        /// Words already filled in, printed on the rule.
        filled: Option<String>,
    },
}

impl Parts {
    /// Adds a mark to those on each page.
    pub fn mark(&mut self, words: &str) {
        self.draft = Some(match self.draft.take() {
            Some(other) => format!("{other} · {words}"),
            None => words.to_owned(),
        });
    }
}

impl Line {
    /// The words on it: printed ones, or the label of a blank and what is filled in.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let (first, second) = match self {
            Self::Text(words) => (words.as_str(), None),
            Self::Blank { label, filled } => (label.as_str(), filled.as_deref()),
        };
        std::iter::once(first).chain(second)
    }
}
