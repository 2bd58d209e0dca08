//! Papers that people sign: numbered sheets and cards, the version of their text, and blanks to fill in by hand.

use minijinja::Value;

use super::assembler::Assembler;
use super::context::Maker;
use super::people::{self, nothing};
use super::values::{Fields, put, thing, words};
use crate::disk::digest;
use crate::document::{Block, Line, Parts, Signing, petition};
use crate::reference::{GrammaticalCase, fill};

/// The number of digits of a digest that tell one text of a case from another.
///
/// Source: forms specification, 9.2.
const VERSION: usize = 8;

impl Assembler<'_> {
    /// The part that people sign, if there is one.
    pub(super) fn signing(&self, title: &str, parts: &Parts, blocks: &[Block]) -> Option<Signing> {
        let spec = self.spec.signing?;
        let fixed = &self.locale.words;
        let list = spec.rows > 0;
        let version = version(title, parts, blocks);
        let total = self.copies();
        let mark = |number: usize| {
            let words = if list { &fixed.sheet_mark } else { &fixed.card_mark };
            fill(words, &[("number", &number.to_string()), ("total", &total.to_string()), ("version", &version)])
        };
        let columns = [&fixed.column_number, &fixed.column_name, &fixed.column_place, &fixed.column_signature];
        let collector = [&fixed.collected_count, &fixed.collected_by];
        let fields = if list { &collector[..] } else { &columns[1..] };
        let blank = |label: &&String| Line::Blank { label: (*label).clone(), filled: None };
        Some(Signing {
            marks: (1..=total).map(mark).collect(),
            per_page: spec.per_page,
            warning: self.request.gathering.inside.then(|| self.warning()),
            columns: if list { columns.map(Clone::clone).to_vec() } else { Vec::new() },
            rows: spec.rows,
            fields: fields.iter().map(blank).collect(),
            cover: list.then(|| fixed.cover_strip.clone()),
        })
    }

    /// The warning that a petition in a language of the country is for signers outside it.
    fn warning(&self) -> String {
        let country = self.reference.country(&self.view.country);
        let name = country.and_then(|country| country.name.get(self.request.language));
        let name = name.map(|name| name.in_case_or_plain(GrammaticalCase::Genitive));
        fill(&self.locale.words.outside_country, &[("country", name.unwrap_or(&self.view.country))])
    }

    /// The number of copies in the file.
    fn copies(&self) -> usize {
        self.request.gathering.copies.max(1)
    }

    /// The most pages. For copies that people sign: the pages that they need, and the page after them.
    pub(super) fn most_pages(&self) -> Option<usize> {
        let pages = self.spec.limits.pages?;
        Some(self.spec.signing.map_or(pages, |spec| self.copies().div_ceil(spec.per_page) * pages + 1))
    }
}

/// The version: the first digits of the digest of the signed text: recipient, subject, and each word in its order.
fn version(title: &str, parts: &Parts, blocks: &[Block]) -> String {
    let recipient = parts.recipient.iter().flat_map(Line::words).map(str::to_owned);
    let subject = parts.subject.as_deref().unwrap_or(title).to_owned();
    let all: Vec<String> = recipient.chain([subject]).chain(petition(blocks)).collect();
    let text = all.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    digest::hex(text.as_bytes()).chars().take(VERSION).collect()
}

impl Maker<'_> {
    /// The collector. A missing value is empty, and the template prints a ruled line for it.
    pub(super) fn collect(&self) -> Value {
        let mut fields = Fields::new();
        let given = self.wanted.gathering.collect;
        let organiser = given.and_then(|collect| self.view.names.get(&collect.organiser.as_ref()?.value));
        let organiser = organiser.map(|named| people::named(named, self.wanted.language));
        let name = organiser.and_then(|named| named.get_attr("name").ok());
        put(&mut fields, "organiser", name.unwrap_or_else(nothing));
        let lines = given.iter().flat_map(|collect| collect.return_to.iter().cloned()).map(words);
        put(&mut fields, "return_to", lines.collect::<Vec<_>>());
        let day = |day: Option<chrono::NaiveDate>| day.map_or_else(nothing, |day| words(self.locale.format.date(day)));
        put(&mut fields, "return_by", day(given.and_then(|collect| collect.return_by)));
        put(&mut fields, "keep_until", day(given.and_then(|collect| collect.keep_until)));
        put(&mut fields, "inside", self.wanted.gathering.inside);
        thing(fields)
    }
}
