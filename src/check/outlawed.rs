//! No paper that supporters carry may name an organisation whose supporters are punished.
//!
//! The view has already cut facts and demands that name one. This check looks at the words that the view cannot see:
//! templates, our own demands, gaps, titles, notes, addresses.

use chrono::NaiveDate;

use crate::case::{Case, Collect, Named};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::events::{Event, Origins, ReadingOrder, Tag};
use crate::document::{Document, Origin};
use crate::reference::audience::AudienceSet;
use crate::reference::{Name, Reference, Word, words};

/// A name of one word with at least this many letters may have an ending in the text: «Мемориалом».
const LONG: usize = 5;

/// The fewest letters in the stem of a word, for a name of several words: «Лигой открытой страницы».
const STEM: usize = 3;

/// The most letters in such an ending.
const ENDING: usize = 3;

/// The places where a document names an organisation that the law closes for its readers.
#[must_use]
pub fn outlawed(
    document: &Document,
    case: &Case,
    reference: &Reference,
    readers: AudienceSet,
    on: NaiveDate,
) -> Vec<Diagnostic> {
    let changing = reference.ending_letters();
    let closed = case.names().values().filter(|named| named.is_closed(readers, on));
    let closed: Vec<(&Named, Vec<Spelled>)> = closed.map(|named| (named, spelled(named, &changing))).collect();
    if closed.is_empty() {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for (text, place) in said(document, case) {
        let read = words(&text);
        let named = closed.iter().filter(|(_, spelled)| spelled.iter().any(|name| name.stands_in(&text, &read)));
        problems.extend(named.map(|(named, _)| problem(named, &place, on)));
    }
    problems
}

/// True if the collector of signatures is an organisation that the law closes for the readers.
#[must_use]
pub fn organiser(collect: &Collect, case: &Case, readers: AudienceSet, on: NaiveDate) -> Option<Diagnostic> {
    let typed = collect.organiser.as_ref()?;
    let named = case.names().get(&typed.value).filter(|named| named.is_closed(readers, on))?;
    Some(problem(named, &typed.place, on).with_note("whoever signs would be taken for its supporter"))
}

fn problem(named: &Named, place: &Place, on: NaiveDate) -> Diagnostic {
    let status = named.status.iter().find(|status| !status.is_over(on));
    let since = status.map(|status| {
        let from = status.from.map(|day| format!(" since {day}")).unwrap_or_default();
        format!("{}{from}", status.country)
    });
    let since = since.unwrap_or_default();
    let words = format!("`{}` is outlawed ({since}), and a paper for supporters would name it", named.id);
    Diagnostic::error(Code::DocumentOutlawed, place.clone(), words)
        .and_at(named.place.clone(), "its `status` stands here")
        .hint("say the same without the name, or leave it to papers for the United Nations (`audience`)")
}

/// All texts of the document, each with the place from which it comes.
fn said(document: &Document, case: &Case) -> Vec<(String, Place)> {
    let whole = || Place::file(case.file());
    let mut out = vec![(document.title.clone(), whole())];
    // The place of a claim is its entry in the case, whatever block prints it.
    let claims = document.ledger.entries.iter();
    out.extend(claims.map(|entry| (entry.text.clone(), place(&entry.origin))));
    let mut origins = Origins::default();
    let mut claims = 0;
    for event in document.events(ReadingOrder::ALL) {
        let origin = origins.meet(&event);
        match event {
            Event::Start(Tag::Claim(_), _) => claims += 1,
            Event::End(Tag::Claim(_)) => claims -= 1,
            Event::Start(tag, _) if tag.is_run() || matches!(tag, Tag::Note(_)) => {
                out.push((String::new(), origin.map_or_else(whole, place)));
            }
            _ => {}
        }
        let words = match event {
            Event::End(Tag::Claim(_)) => " \u{FFFC} ",
            Event::Text(words) if claims == 0 => words,
            Event::LineBreak => " ",
            _ => continue,
        };
        out.last_mut().into_iter().for_each(|(run, _)| run.push_str(words));
    }
    out
}

fn place(origin: &Origin) -> Place {
    let file = origin.file.as_str();
    Place { bytes: origin.bytes.clone(), ..Place::line(file, origin.line) }
}

/// A name to look for: its parts, each with its possible endings.
struct Spelled(Vec<Part>);

/// A word of a name.
struct Part {
    whole: String,
    /// The part that stays when the word takes another ending; `None` if it is too short to tell words apart.
    stem: Option<String>,
}

/// The forms and spellings of a name that the case knows. A letter of `changing` at the end of a word is not part of
/// its stem.
fn spelled(named: &Named, changing: &str) -> Vec<Spelled> {
    let spelled = named.variants.iter().chain(&named.slips).map(|spelling| spelling.spelling.value.as_str());
    let forms = named.names.values().flat_map(Name::forms).chain(spelled);
    forms.map(|form| Spelled::new(form, changing)).filter(|name| !name.0.is_empty()).collect()
}

impl Spelled {
    fn new(form: &str, changing: &str) -> Self {
        let words = words(form);
        let least = if words.len() > 1 { STEM } else { LONG };
        Self(words.into_iter().map(|word| Part::new(word.folded, least, changing)).collect())
    }

    /// True if a text has it, in this form or with other endings.
    fn stands_in(&self, text: &str, read: &[Word]) -> bool {
        read.windows(self.0.len()).any(|run| {
            // A name of one word may be a common word too; that has a small first letter.
            let capital = || text[run[0].range.clone()].starts_with(char::is_uppercase);
            self.0.iter().zip(run).all(|(part, word)| part.is_form(&word.folded)) && (run.len() > 1 || capital())
        })
    }
}

impl Part {
    fn new(whole: String, least: usize, changing: &str) -> Self {
        let stem = whole.strip_suffix(|c| changing.contains(c)).unwrap_or(&whole);
        let stem = (stem.chars().count() >= least).then(|| stem.to_owned());
        Self { whole, stem }
    }

    /// True if a word is this part of a name, perhaps with another ending.
    fn is_form(&self, word: &str) -> bool {
        let ending = self.stem.as_ref().and_then(|stem| word.strip_prefix(stem.as_str()));
        word == self.whole || ending.is_some_and(|ending| ending.chars().count() <= ENDING)
    }
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn a_part_of_a_name_matches_its_inflected_forms() {
        let changing = crate::reference::tests::reference().ending_letters();
        let table = [
            ("league", "league", 3, true),
            ("leagues", "league", 3, true),
            ("leaguers", "league", 3, true),
            ("leagueship", "league", 3, false),
            ("лигой", "лига", 3, true),
            ("лигой", "лига", 5, false),
            ("лигам", "лиги", 3, true),
            ("мемориалом", "мемориал", 5, true),
            ("мемориальный", "мемориал", 5, false),
            ("ут", "ут", 3, true),
            ("утро", "ут", 3, false),
        ];
        for (word, part, least, expected) in table {
            let found = Part::new(part.to_owned(), least, &changing).is_form(word);
            assert_eq!(found, expected, "{word} of {part}");
        }
    }
}
