//! The parts of a document outside the running text. The layout sets their places.

/// The parts of a page outside the running text. The layout sets their places.
///
/// An empty list or `None` means that this kind of document has no such part.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parts {
    /// The head of the page, for instance the name of the document kind.
    pub letterhead: Vec<Line>,
    /// The sender, with ruled blanks to fill in by hand.
    pub sender: Vec<Line>,
    /// The return address for a letter that cannot be delivered; it shows in the window above the address.
    pub return_line: Option<Line>,
    /// The recipient: office, street, town, country.
    pub recipient: Vec<Line>,
    /// Place and date line of a letter.
    pub date: Option<Line>,
    /// The subject of the letter.
    pub subject: Option<String>,
    /// Closing words, ruled blank for the signature, name.
    pub signature: Vec<Line>,
    /// Enclosures, each with its title.
    pub enclosures: Vec<String>,
    /// The part that supporters sign: a sheet for several people, a card for one.
    pub signing: Option<Signing>,
    /// The mark on each page of a paper that is not verified, or must not be given away or sent. It is printed large,
    /// and no layout can leave it out.
    pub draft: Option<String>,
    /// The lines in the footer of each page: as known on, use until, latest news.
    pub footer: Vec<String>,
}

/// The part of a paper that people sign. The file has several copies, each with its whole text and its own number.
#[derive(Debug, Clone, PartialEq)]
pub struct Signing {
    /// The mark of each copy: its number and the version of the text, which ties signatures to the text.
    pub marks: Vec<String>,
    /// The number of copies side by side on a page, to be cut apart; one in large print.
    pub per_page: usize,
    /// The warning at the top of each copy in a language of the country itself.
    pub warning: Option<String>,
    /// The heads of the columns of a list: number, name, town and country, signature.
    pub columns: Vec<String>,
    /// Lines to sign on each copy, numbered from 1; a card has none.
    pub rows: usize,
    /// Blanks to fill in by hand, by the signer of a card or the collector of a list.
    pub fields: Vec<Line>,
    /// Words on the strip that hides lines filled in by others; a card has none.
    pub cover: Option<String>,
}

/// One line of a part: text, or a ruled blank with a label.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    /// Printed words.
    Text(String),
    /// A ruled line to be filled in by hand; `label` is printed small beside it.
    Blank {
        /// The label, in the document's language.
        label: String,
        /// Words already filled in, printed on the ruled line.
        filled: Option<String>,
    },
}

impl Parts {
    /// Adds words to the mark on each page.
    pub fn mark(&mut self, words: &str) {
        self.draft = Some(match self.draft.take() {
            Some(other) => format!("{other} · {words}"),
            None => words.to_owned(),
        });
    }
}

impl Line {
    /// Its words: the printed ones, or the label of a blank and the words filled in.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let (first, second) = match self {
            Self::Text(words) => (words.as_str(), None),
            Self::Blank { label, filled } => (label.as_str(), filled.as_deref()),
        };
        std::iter::once(first).chain(second)
    }
}
