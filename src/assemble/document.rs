//! Makes a document from its template: writes, checks and numbers it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use minijinja::Value;

use super::assembler::{Assembler, Written};
use super::checks::OwnWords;
use super::claims::Claims;
use super::context::{Places, TemplateContext, Wanted};
use super::environment::Engine;
use super::request::Request;
use super::spec::TemplateNeed;
use super::template::Templates;
use super::{beside, checks, context, describe, freshness, markdown, marks, notes, parts, translations};
use crate::case::view::{PLACE_OF_DETENTION, SENTENCE, View};
use crate::case::{Citation, NamedKind};
use crate::diag::{Code, Diagnostic, Place, Severity, tidy};
use crate::document::{ClaimId, Document, Ledger, Line, Parts, Print, texts};
use crate::reference::audience::Audience;
use crate::reference::{GrammaticalCase, Name, Reference, WordList, fill};
use crate::source::{NoteItem, NoteRequest, Record};

/// Assembles a document. If there is none, the diagnostics give the reasons.
#[must_use]
pub fn assemble(
    request: &Request,
    view: &View,
    reference: &Reference,
    templates: &Templates,
) -> (Option<Document>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let document = match templates.spec(request.template) {
        Ok(spec) => Assembler::new(request, view, reference, &spec)
            .map_err(|problem| problems.push(*problem))
            .ok()
            .and_then(|assembler| assembler.dated(templates, &mut problems)),
        Err(found) => {
            problems.extend(found);
            None
        }
    };
    tidy(&mut problems);
    let broken = problems.iter().any(|problem| problem.severity == Severity::Error);
    (document.filter(|_| !broken), problems)
}

impl<'a> Assembler<'a> {
    /// Makes a document for a view with old news first as one that tells the old news. If it then tells none of it, the
    /// document is made again as one that may be sent.
    fn dated(mut self, templates: &Templates, problems: &mut Vec<Diagnostic>) -> Option<Document> {
        let mut found = Vec::new();
        let mut document = self.run(templates, &mut found);
        let fresh = |document: &Document| !freshness::tells_stale(&document.ledger, self.view);
        if self.stale && document.as_ref().is_some_and(fresh) {
            found.clear();
            self.stale = false;
            document = self.run(templates, &mut found);
        }
        problems.extend(found);
        document
    }

    /// The last day on which the document may be used; `None` if it must not be sent at all.
    fn use_until(&self) -> Option<NaiveDate> {
        let never = self.stale || self.request.reconstruction || self.request.without_source;
        (!never).then_some(self.request.use_until)
    }

    fn run(&self, templates: &Templates, problems: &mut Vec<Diagnostic>) -> Option<Document> {
        if let Some(why) = self.missing() {
            let words = format!("`{}` is left out: {why}", self.request.name);
            problems.push(Diagnostic::note(Code::DocumentLeftOut, self.spec.place.clone(), words));
            return None;
        }
        let mut written = self.write(templates, problems)?;
        match self.request.letter {
            Some(letter) => self.insert(letter, &mut written, templates, problems)?,
            None => problems.extend(beside::without_letter(&written.blocks)),
        }
        let Written { mut blocks, claims, title, mut parts } = written;
        let full = self.spec.full_notes;
        let printed = translations::PrintedTranslation {
            language: &self.language,
            locale: self.locale,
            reference: self.reference,
        };
        let (notes, ledger) = notes::annotate(&mut blocks, &claims, full, self.request, self.view, &printed);
        self.annexes(&mut blocks, &ledger);
        problems.extend(checks::told_alone(&ledger, self.view, &self.spec.place, &self.request.name));
        self.freshness(&ledger, &mut parts);
        parts.footer.extend(self.not_inside(&ledger));
        parts.signing = self.signing(&title, &parts, &blocks);
        let document = self.document(title, parts, blocks, notes, ledger);
        self.limits(&document, problems);
        self.norms(&document, problems);
        Some(document)
    }

    /// The text of the template in the language, without notes and ledger.
    pub(super) fn write(&self, templates: &Templates, problems: &mut Vec<Diagnostic>) -> Option<Written> {
        let folder = templates.folder(&self.spec.id)?;
        let places = |cites: &[Citation]| self.places(cites);
        // Costly values are made only for a template whose words name them, in whatever way.
        let words = || folder.files.iter().filter(|(name, _)| !name.ends_with("/template.yaml"));
        let prints = |name: &str| words().any(|(_, (_, text))| text.contains(name));
        let sources = if prints("sources") { self.sources() } else { Vec::new() };
        let wanted = self.wanted(sources, prints("where").then_some(&places));
        let TemplateContext { values, claims } = context::context(&wanted, self.view, self.reference, self.locale);
        let mut engine = Engine::new(&folder, self.locale);
        engine.know(describe::names(&values));
        let values = Value::from_pairs(values);
        let file = format!("{}.md", self.request.language);
        let expanded = engine.expand(&file, &values).map_err(|found| problems.extend(found)).ok()?;
        let (text, lines) = marks::without_lines(&expanded);
        let locate = |offset: usize| {
            let (file, line) = lines.at(offset);
            Place::line(engine.shown(file), line)
        };
        let mut parsed = markdown::parse(&text, &claims, &locate);
        problems.append(&mut parsed.problems);
        checks::structure(&parsed, problems);
        let wording = self.reference.wording(self.request.language);
        let own = OwnWords::new(self.view, wording, &self.spec.exceptions);
        parsed.leaves.iter().for_each(|leaf| own.check(leaf, problems));
        checks::hedges(&parsed.blocks, &claims, wording, problems);
        let one_line = |problems: &mut Vec<Diagnostic>,
                        lines: &std::collections::BTreeMap<_, crate::yaml::At<String>>| {
            let line = lines.get(self.request.language)?;
            self.line(&engine, &own, line, &values, problems)
        };
        let title = one_line(problems, &self.spec.title).unwrap_or_default();
        let mut parts = parts::parts(
            &self.spec.parts,
            self.request,
            self.view,
            self.reference,
            self.locale,
            self.use_until(),
            problems,
        );
        parts.subject = one_line(problems, &self.spec.subject);
        parts.letterhead = one_line(problems, &self.spec.parts.letterhead).map(Line::Text).into_iter().collect();
        if self.is_reading_copy() {
            parts.letterhead.insert(0, Line::Text(self.locale.words.reading_copy.clone()));
        }
        Some(Written { blocks: parsed.blocks, claims, title, parts })
    }

    /// True for a letter to sign in a language that its office does not read.
    fn is_reading_copy(&self) -> bool {
        let read = self.request.recipient.and_then(|office| office.languages.as_ref());
        let unread = read.is_some_and(|read| !read.value.iter().any(|language| language == self.request.language));
        self.spec.parts.signature && unread
    }

    fn document(
        &self,
        title: String,
        parts: Parts,
        blocks: Vec<crate::document::Block>,
        notes: Vec<crate::document::Note>,
        ledger: Ledger,
    ) -> Document {
        Document {
            name: self.request.name.clone(),
            template: self.spec.id.clone(),
            layout: self.spec.layout.clone(),
            language: self.language.clone(),
            title,
            paper: self.request.paper,
            print: Print::Normal,
            most_pages: self.most_pages(),
            names: self.names(),
            before_numbers: self.reference.before_numbers(),
            as_of: self.view.as_of,
            stale: self.stale,
            identity: self.request.identity.clone(),
            parts,
            blocks,
            notes,
            ledger,
            attachments: Vec::new(),
        }
    }

    /// Names of persons, in each grammatical form, the longest first.
    fn names(&self) -> Vec<String> {
        let persons = self.view.names.values().filter(|named| matches!(named.kind, NamedKind::Person));
        let of_letter = self.request.letter.map(|letter| letter.language.code.as_str());
        let languages = std::iter::once(self.request.language).chain(of_letter);
        let languages: Vec<&str> = languages.collect();
        let own = |named: &'a crate::case::Named| languages.iter().filter_map(|language| named.names.get(*language));
        let forms = persons.flat_map(own).flat_map(Name::forms);
        let names: BTreeSet<&str> = forms.filter(|form| form.contains(' ')).collect();
        let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names
    }

    /// The warning on each page of a public paper that cites a source which readers inside the country may not hold.
    fn not_inside(&self, ledger: &Ledger) -> Option<String> {
        let day = self.request.made_on.max(self.view.as_of);
        let cited = ledger.entries.iter().flat_map(|entry| &entry.citations);
        let closed = cited.filter_map(|cited| self.view.sources.get(&cited.source)).any(|record| {
            let outlawed = |status: &crate::source::LegalStatus| {
                status.country == self.view.country
                    && status.holds(day)
                    && status.closes.contains(Audience::InsideCountry)
            };
            record.status.iter().any(outlawed)
        });
        let country = self.reference.country(&self.view.country)?.name.get(self.request.language)?;
        let country = country.in_case_or_plain(GrammaticalCase::Genitive);
        let shown = closed && self.view.audience == Audience::Public;
        shown.then(|| fill(&self.locale.words.do_not_circulate, &[("country", country)]))
    }

    /// The reason for writing nothing, if there is one; that is not an error.
    fn missing(&self) -> Option<&'static str> {
        if self.spec.form.is_some() && self.view.facts.is_empty() {
            return Some("nothing is known on this date that its reader may be told");
        }
        self.spec.needs.iter().find_map(|need| match need {
            TemplateNeed::Recipient => self.request.recipient.is_none().then_some("it needs a recipient"),
            TemplateNeed::Sentence => {
                self.view.current(SENTENCE).is_none().then_some("no sentence can be told on this date")
            }
            TemplateNeed::Custody => {
                self.view.current(PLACE_OF_DETENTION).is_none().then_some("no place of detention can be told")
            }
            TemplateNeed::Asks if self.has_asks() => None,
            TemplateNeed::Asks if self.view.sources.is_empty() => {
                Some("no source counts on this date that its readers may be shown")
            }
            TemplateNeed::Asks if self.view.asks.is_empty() => Some("no demand can be made on this date"),
            TemplateNeed::Asks => Some("the recipient can do nothing about any demand of this date"),
        })
    }

    fn has_asks(&self) -> bool {
        let Some(office) = self.request.recipient else { return !self.view.asks.is_empty() };
        self.view.asks.iter().any(|ask| office.powers.value.iter().any(|power| ask.wording.contains_key(power)))
    }

    fn wanted<'w>(&'w self, sources: Vec<(String, String)>, places: Option<&'w Places<'w>>) -> Wanted<'w> {
        Wanted {
            language: self.request.language,
            recipient: self.request.recipient,
            recipients: &self.request.recipients,
            most_asks: self.spec.limits.asks.unwrap_or(usize::MAX),
            use_until: self.use_until(),
            gathering: self.request.gathering,
            sources,
            places,
            unread: self.request.letter.is_some_and(|letter| self.is_unread(letter)),
            form: self.spec.form.as_ref().map(|form| (form, self.request.filing)),
        }
    }

    /// True if the letter tells a fact that nobody who reads both languages has compared with its sources.
    fn is_unread(&self, letter: &Document) -> bool {
        let facts = letter.ledger.entries.iter().filter_map(|entry| entry.id.fact());
        facts.into_iter().any(|fact| (self.request.unread)(fact, &letter.language.code))
    }

    /// The sources that may be told, as the list of sources prints them.
    fn sources(&self) -> Vec<(String, String)> {
        let full = self.spec.full_notes;
        let facts = self.view.facts.iter().flat_map(|told| told.cites.iter().chain(told.also.iter().filter(|_| full)));
        let cited: BTreeSet<&str> =
            facts.chain(self.view.made.iter().flat_map(|made| &made.cites)).map(|cite| cite.source.as_str()).collect();
        let records: Vec<&Record> = cited.iter().filter_map(|id| self.view.sources.get(*id)).collect();
        let list = self.request.bibliography.list(&records, self.locale);
        let text = |spans: Vec<crate::document::Span>| spans.into_iter().map(|span| span.text).collect::<String>();
        records.iter().map(|record| record.id.clone()).zip(list.into_iter().map(text)).collect()
    }

    /// The places of citations, each once, in the form of a note.
    fn places(&self, cites: &[Citation]) -> String {
        let mut items: Vec<NoteItem> = Vec::new();
        for cite in cites {
            let Some(source) = self.view.sources.get(&cite.source) else { continue };
            match items.iter_mut().find(|item| item.source.id == source.id) {
                Some(item) if item.pinpoints.contains(&cite.at) => {}
                Some(item) => item.pinpoints.push(cite.at),
                None => items.push(NoteItem { source, pinpoints: vec![cite.at] }),
            }
        }
        let notes = self.request.bibliography.cite(&[NoteRequest { items }], self.locale);
        notes.into_iter().flatten().map(|span| span.text).collect()
    }

    /// One line of `template.yaml`, expanded: words and values, no claims, no guarded word.
    fn line(
        &self,
        engine: &Engine,
        own: &OwnWords,
        line: &crate::yaml::At<String>,
        values: &Value,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        let expanded = engine.expand_line(line, &line.place, values).map_err(|found| problems.push(*found)).ok()?;
        let locate = |_: usize| line.place.clone();
        let mut parsed = markdown::parse(&expanded, &Claims::default(), &locate);
        problems.append(&mut parsed.problems);
        parsed.leaves.iter().for_each(|leaf| own.check(leaf, problems));
        let words = texts(&parsed.blocks).join(" ");
        let guarded =
            self.reference.wording(self.request.language).is_some_and(|own| own.has(WordList::Guarded, &words));
        if guarded {
            problems.push(
                Diagnostic::error(Code::WordingUnattributed, line.place.clone(), "a guarded word stands in a title")
                    .hint("labels stand only in the text, quoted or attributed"),
            );
        }
        Some(words)
    }

    fn limits(&self, document: &Document, problems: &mut Vec<Diagnostic>) {
        let Some(most) = self.spec.limits.words else { return };
        // A paper that people sign counts only the part that they sign.
        let text = if document.parts.signing.is_some() { document.petition() } else { document.text() };
        let counted: usize = text.iter().map(|text| text.split_whitespace().count()).sum();
        if counted > most {
            let words = format!("`{}` has {counted} words; at most {most} are read", self.request.name);
            problems.push(
                Diagnostic::warning(Code::DocumentLimit, self.spec.place.clone(), words)
                    .hint("tell fewer facts, or shorten their words in the case file"),
            );
        }
    }

    /// Warns of each norm that is argued but not verified.
    fn norms(&self, document: &Document, problems: &mut Vec<Diagnostic>) {
        let instruments = document.ledger.entries.iter().filter_map(|entry| match &entry.id {
            ClaimId::Norm { instrument, numbers } => Some((instrument, numbers)),
            _ => None,
        });
        // Norms that are cited together share an entry.
        let ids: BTreeSet<String> = instruments
            .flat_map(|(instrument, numbers)| numbers.iter().map(move |number| format!("{instrument}/{number}")))
            .collect();
        for norm in ids.iter().filter_map(|id| self.reference.norm(id)) {
            problems.extend(parts::doubt(&norm.says, self.request.made_on, &format!("the norm `{}`", norm.id)));
        }
    }
}
