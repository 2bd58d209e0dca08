//! Reads the words of Markdown back.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::words::RULE;
use crate::document::words::{Stream, Token};

/// The words of a Markdown text, as in the rendered text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut reader = Reader::default();
    Parser::new_ext(text, options).for_each(|event| reader.meet(&event));
    let mut tokens = reader.stream.finish();
    // A ruled line is not a word.
    tokens.retain(|token| !matches!(token, Token::Word(word) if word == RULE));
    tokens
}

#[derive(Default)]
struct Reader {
    stream: Stream,
    /// The number of the next item of each list around the present position; `None` for bullets.
    lists: Vec<Option<u64>>,
}

impl Reader {
    fn meet(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                self.stream.text(words);
            }
            Event::InlineMath(words) | Event::DisplayMath(words) => self.stream.text(words),
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(*end),
            Event::FootnoteReference(name) => match name.parse() {
                Ok(number) => self.stream.mark(Token::Reference(number)),
                Err(_) => self.stream.text(name),
            },
            Event::SoftBreak | Event::HardBreak | Event::Rule | Event::TaskListMarker(_) => self.stream.cut(),
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::List(start) => self.lists.push(*start),
            Tag::Item => {
                if let Some(Some(number)) = self.lists.last_mut() {
                    self.stream.mark(Token::Item(*number));
                    *number += 1;
                }
            }
            Tag::FootnoteDefinition(name) => match name.parse() {
                Ok(number) => self.stream.mark(Token::Item(number)),
                Err(_) => self.stream.text(name),
            },
            Tag::TableCell => self.stream.skip_marks(true),
            _ if is_inline(tag) => {}
            _ => self.stream.cut(),
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::TableCell => self.stream.skip_marks(false),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => return,
            _ => {}
        }
        self.stream.cut();
    }
}

/// True if a word continues across the beginning of this part.
fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. })
}
