//! Makes the papers of a case for its day: plan, assemble, judge, render. Each file is passed on as soon as it is
//! finished.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::nothing::why_nothing;
use super::options::BuildOptions;
use super::prepared::CaseDay;
use crate::assemble::judge::{Ages, JUDGEMENTS, Judged};
use crate::assemble::plan::{self, Planned, Selection};
use crate::assemble::{Gathering, Request, assemble, form};
use crate::case::view::{Readers, View};
use crate::check;
use crate::diag::{Code, Diagnostic, Failure, Place, Severity};
use crate::disk::write::Output;
use crate::document::{Document, FactId, PaperSize, Print};
use crate::reference::audience::Audience;
use crate::reference::layers::{self, SHIPPED_LAYER};
use crate::render::attach::{AttachedCopies, Enclosing};
use crate::render::format::Format;
use crate::render::ledger::Extent;
use crate::render::print::Printer;
use crate::source::{Bibliography, OUR_STYLE};

/// The ending of the name of a paper in large print.
const LARGE_PRINT: &str = "large-print";

/// The number of papers that are assembled before they are rendered, passed on and let go.
const AT_ONCE: usize = 16;

/// Receives the finished files, one after the other.
pub type Sink<'a> = dyn FnMut(Output) -> Result<(), Failure> + 'a;

/// The result for the papers of a run, besides their files.
#[derive(Debug, Default)]
pub struct Built {
    /// The problems of the papers.
    pub problems: Vec<Diagnostic>,
    /// For each form by the paper's name: its state in its own order, a line each.
    pub forms: BTreeMap<String, Vec<String>>,
}

/// Builds the papers of a case. After an error no more files are passed on, and the earlier ones must not be kept.
///
/// # Errors
/// The sink fails.
pub fn build(day: &CaseDay, order: &BuildOptions, printer: &mut Printer, sink: &mut Sink) -> Result<Built, Failure> {
    let (mut builder, papers) = PaperBuilder::new(day, order);
    if let Err(problems) = printer.lay_out(layers::layouts(&day.loaded.layers)) {
        builder.problems.extend(problems);
    }
    let mut documents = Vec::new();
    for letter in with_companions(&papers) {
        documents.extend(builder.assemble(letter));
        if documents.len() >= AT_ONCE {
            builder.finish(std::mem::take(&mut documents), printer, sink)?;
        }
    }
    builder.finish(documents, printer, sink)?;
    builder.report(&papers);
    Ok(Built { problems: builder.problems, forms: builder.forms })
}

/// The documents of a case, before anything is rendered.
#[must_use]
pub fn documents(day: &CaseDay, order: &BuildOptions) -> Vec<Document> {
    let (mut builder, papers) = PaperBuilder::new(day, order);
    with_companions(&papers).flat_map(|letter| builder.assemble(letter)).collect()
}

/// The papers by letter: each with what goes with it.
fn with_companions<'p, 'a>(papers: &'p [Planned<'a>]) -> impl Iterator<Item = &'p [Planned<'a>]> {
    papers.chunk_by(|_, next| next.letter.is_some())
}

/// The persons whom the papers of a case name without a valid consent, before any paper is made.
#[must_use]
pub fn without_consent(day: &CaseDay) -> Vec<Diagnostic> {
    let selection = Selection { outside_country: true, ..Selection::default() };
    let plan = plan::plan(day.case, &day.views, day.reference, day.templates, &selection);
    plan::without_consent(day.case, &day.views, plan.papers.iter())
}

/// The entries that each audience is not told, with reasons, as JSON: a working paper. Even the names of cut entries
/// say too much for the manifest beside the papers. It is complete whichever papers are asked for, because they share
/// the folder with others.
#[must_use]
pub fn left_out(day: &CaseDay) -> String {
    let mut cut = serde_json::Map::new();
    for view in day.views.values() {
        let why: serde_json::Map<String, serde_json::Value> =
            view.left_out.iter().map(|left| (left.what.to_string(), left.why.into())).collect();
        cut.insert(view.audience.name().to_owned(), why.into());
    }
    format!("{:#}\n", serde_json::Value::from(cut))
}

/// The copies that are closed to all readers of the case's papers, whichever papers are asked for. The manifest beside
/// the papers does not name them.
#[must_use]
pub fn closed(day: &CaseDay, order: &BuildOptions) -> BTreeSet<String> {
    let own = &order.selection;
    let whole = Selection { pack: own.pack, outside_country: own.outside_country, ..Selection::default() };
    let plan = plan::plan(day.case, &day.views, day.reference, day.templates, &whole);
    let readers: BTreeSet<Audience> = plan.papers.iter().map(|paper| paper.audience).collect();
    let open = |id: &String| readers.iter().any(|reader| day.views[reader].sources.contains_key(id));
    let closed = day.case.records().iter().filter(|(id, _)| !open(id));
    closed.filter_map(|(_, record)| Some(format!("archive/{}", record.file.as_ref()?.value))).collect()
}

struct PaperBuilder<'a> {
    day: &'a CaseDay<'a>,
    order: &'a BuildOptions,
    problems: Vec<Diagnostic>,
    forms: BTreeMap<String, Vec<String>>,
    /// The style of the notes, by language.
    bibliographies: BTreeMap<String, Rc<Bibliography>>,
    /// The path of each paper's file, by the name of the paper.
    files: BTreeMap<String, String>,
    ages: Ages,
    /// The names of the papers that were assembled.
    made: BTreeSet<String>,
    /// The sources that they cite.
    cited: BTreeSet<String>,
    /// Copies of sources to attach.
    copies: Option<AttachedCopies<'a>>,
}

impl<'a> PaperBuilder<'a> {
    /// A builder that has built nothing yet, and the papers to build.
    fn new(day: &'a CaseDay<'a>, order: &'a BuildOptions) -> (Self, Vec<Planned<'a>>) {
        let plan = plan::plan(day.case, &day.views, day.reference, day.templates, &order.selection);
        let copy = |record: &_| day.loaded.archive.copy(record).ok().flatten();
        let builder = Self {
            day,
            order,
            problems: plan.problems,
            forms: BTreeMap::new(),
            bibliographies: BTreeMap::new(),
            files: BTreeMap::new(),
            ages: Ages::default(),
            made: BTreeSet::new(),
            cited: BTreeSet::new(),
            copies: order.attach_sources.then(|| AttachedCopies::new(copy)),
        };
        (builder, plan.papers)
    }

    /// True if there is an error that blocks the build.
    fn is_broken(&self) -> bool {
        self.problems.iter().chain(self.day.problems).any(|problem| problem.severity == Severity::Error)
    }

    /// Assembles a paper and its companions.
    fn assemble(&mut self, papers: &[Planned]) -> Vec<Document> {
        let views = &self.day.views;
        let mut documents: Vec<Document> = Vec::new();
        for paper in papers {
            let lead = paper.letter.as_deref();
            let letter = lead.and_then(|lead| documents.iter().find(|document| document.name == lead));
            // An envelope is made only for a letter that may be sent.
            let to_post = !(paper.spec.on_envelope && letter.is_some_and(|letter| letter.stale));
            // A companion needs its letter; the reason for a missing letter was reported with the letter.
            if lead.is_none() || letter.is_some() && to_post {
                let own = paper.spec.signing.map(|_| self.view_for(plan::readers(paper)));
                documents.extend(self.document(paper, letter, own.as_ref().unwrap_or(&views[&paper.audience])));
            }
        }
        for document in &documents {
            let citations = document.ledger.entries.iter().flat_map(|entry| &entry.citations);
            self.cited.extend(citations.map(|cited| cited.source.clone()));
            self.made.insert(document.name.clone());
        }
        documents
    }

    /// Renders some papers and passes them on, unless there is an error.
    fn finish(&mut self, documents: Vec<Document>, printer: &mut Printer, sink: &mut Sink) -> Result<(), Failure> {
        if self.is_broken() {
            return Ok(());
        }
        let mut large = Vec::new();
        if self.order.large_print {
            large.extend(documents.iter().filter_map(|document| self.enlarged(document)));
        }
        let documents: Vec<Arc<Document>> = documents.into_iter().chain(large).map(Arc::new).collect();
        self.render(&documents, printer, sink)
    }

    /// Reports what concerns all papers together.
    fn report(&mut self, papers: &[Planned]) {
        let made = papers.iter().filter(|paper| self.made.contains(&paper.name));
        self.problems.extend(plan::without_consent(self.day.case, &self.day.views, made));
        self.problems.extend(self.ages.told(self.day.today, &self.case_place()));
        self.decisions();
        if self.made.is_empty() && !self.is_broken() {
            let why = why_nothing(self.day, &self.order.selection, &self.problems);
            let words = format!("no paper was made: {why}");
            self.problems.push(Diagnostic::error(Code::DocumentNothing, Place::default(), words));
        }
    }

    /// Reports that a paper is not made, or not put in the folder from which papers are handed out.
    fn too_old_for(&mut self, paper: &Planned, day: NaiveDate, what: &str) {
        let words = format!("`{}` is left out{what}: its news was too old on {day}", paper.name);
        self.problems.push(Diagnostic::note(Code::DocumentLeftOut, paper.spec.place.clone(), words));
    }

    /// The view for a form: for its one person, without names of people who have not consented to everything the form
    /// needs.
    fn form_view(&self, paper: &Planned, view: &View) -> Option<View> {
        let form = paper.spec.form.as_ref()?;
        let victims = self.day.case.victims();
        let victim = paper.filing.victim.as_deref().or(victims.first())?;
        let hidden = form::hidden(form, self.day.case, victim, view.as_of);
        let mut own = self.day.case.view_for(view.as_of, view.clock, view.readers, &hidden);
        own.victims.retain(|id| id == victim);
        Some(own)
    }

    fn document(&mut self, paper: &Planned, letter: Option<&Document>, view: &View) -> Option<Document> {
        let own = self.form_view(paper, view);
        let view = own.as_ref().unwrap_or(view);
        let bibliography = self.bibliography(&paper.language)?;
        let verdict = |citation: &crate::case::Citation| self.day.checked.evidence.cited(citation);
        let case = self.day.case;
        let unread = |fact: &FactId, language: &str| {
            case.facts().get(fact).is_some_and(|fact| check::is_unread(case, fact, language))
        };
        let use_until = view.as_of.checked_add_days(Days::new(u64::from(paper.spec.valid_days))).unwrap_or(view.as_of);
        let request = Request {
            template: &paper.spec.id,
            language: &paper.language,
            recipient: paper.recipient,
            recipients: paper.recipients.clone(),
            letter,
            filing: &paper.filing,
            paper: if paper.spec.on_envelope { self.order.paper.envelope() } else { self.order.paper },
            use_until,
            made_on: self.day.today,
            reconstruction: self.day.is_reconstruction,
            without_source: self.day.without_source,
            gathering: self.gathering(paper),
            verdict: &verdict,
            unread: &unread,
            bibliography: &bibliography,
            name: paper.name.clone(),
            identity: format!("{}/{}/{}", view.case, view.as_of, paper.name),
        };
        let (document, problems) = assemble(&request, view, self.day.reference, self.day.templates);
        if document.as_ref().is_some_and(|document| document.stale && paper.spec.signing.is_some()) {
            self.ages.tells_stale(&paper.name, view);
            self.too_old_for(paper, view.as_of, "");
            return None;
        }
        self.problems.extend(problems);
        let mut document = document?;
        self.judge(&mut document, paper, view);
        self.enclose(&mut document, paper, view);
        let packed = paper.file != paper.name;
        if document.stale && packed {
            self.too_old_for(paper, view.as_of, " of the packs");
        }
        let file = if document.stale { &paper.name } else { &paper.file };
        self.files.insert(paper.name.clone(), file.clone());
        let dated = paper.spec.parts.use_until && !paper.spec.on_envelope;
        if dated && !document.stale && !self.day.is_for_the_file_only() {
            self.ages.usable(&paper.name, use_until);
        }
        if document.stale {
            self.ages.tells_stale(&paper.name, view);
        }
        Some(document)
    }

    fn judge(&mut self, document: &mut Document, paper: &Planned, view: &View) {
        let CaseDay { case, checked, reference, today, .. } = *self.day;
        let mut judged = Judged { document, paper, view, case, carriage: &checked.carriage, reference, today };
        for judgement in JUDGEMENTS {
            self.problems.extend(judgement.before(&mut judged));
        }
        if let Some(form) = &paper.spec.form {
            let lines = form::report(form, view, &paper.filing, case.arguments(), &paper.language, today);
            self.forms.insert(paper.name.clone(), lines);
        }
    }

    /// Adds the ledger to each PDF, and copies of sources if asked for; never copies to a paper that supporters carry.
    fn enclose(&mut self, document: &mut Document, paper: &Planned, view: &View) {
        if self.order.attach_sources && !paper.spec.full_ledger {
            let words = format!("`{}` is carried by supporters: no copy of a source goes with it", paper.spec.id);
            self.problems.push(
                Diagnostic::error(Code::DocumentCopyKept, paper.spec.place.clone(), words)
                    .hint("name the papers that may carry copies: `--attach-sources --only urgent-appeal`"),
            );
        }
        let enclosing = Enclosing {
            case: self.day.case,
            evidence: &self.day.checked.evidence,
            view,
            reference: self.day.reference,
            extent: if paper.spec.full_ledger { Extent::Full } else { Extent::Digests },
            inputs: &self.day.loaded.inputs,
            copies: self.copies.as_ref(),
        };
        match enclosing.attachments(document) {
            Ok((attachments, kept)) => {
                document.attachments = attachments;
                for kept in kept {
                    let words =
                        format!("the copy of `{}` is not attached to `{}`: {}", kept.source, paper.name, kept.why);
                    self.problems.push(
                        Diagnostic::warning(Code::DocumentCopyKept, paper.spec.place.clone(), words)
                            .hint("send this copy by another way, to whom it may concern"),
                    );
                }
            }
            Err(fault) => self.problems.push(Diagnostic::error(Code::Internal, Place::default(), fault)),
        }
    }

    fn view_for(&self, readers: Readers) -> View {
        self.day.case.view_for(self.day.as_of, self.day.clock, readers, &BTreeSet::new())
    }

    /// The gathering of signatures: without a number, as many copies as a page holds.
    fn gathering<'p>(&self, paper: &'p Planned) -> Gathering<'p> {
        let page = paper.spec.signing.map_or(1, |spec| spec.per_page);
        let copies = self.order.sheets.unwrap_or(page);
        Gathering { copies, inside: paper.inside, collect: paper.collect.as_ref() }
    }

    /// The style of the notes in a language, read once for all its papers.
    fn bibliography(&mut self, language: &str) -> Option<Rc<Bibliography>> {
        if let Some(known) = self.bibliographies.get(language) {
            return Some(known.clone());
        }
        let locale = self.day.reference.locale(language).map_or(language, |locale| locale.icu.as_str());
        let known = self.bibliographies.values().next();
        match known.map_or_else(|| Bibliography::new(&self.style(), locale), |known| Ok(known.in_locale(locale))) {
            Ok(bibliography) => {
                let bibliography = Rc::new(bibliography);
                self.bibliographies.insert(language.to_owned(), bibliography.clone());
                Some(bibliography)
            }
            Err(error) => {
                let place = Place::file("templates/citation/notes.csl");
                self.problems.push(Diagnostic::error(Code::TemplateSyntax, place, error.to_string()));
                None
            }
        }
    }

    /// The same paper in large print; `None` for one that is printed on an envelope.
    fn enlarged(&mut self, document: &Document) -> Option<Document> {
        if matches!(document.paper, PaperSize::Dl | PaperSize::No10) {
            return None;
        }
        let name = format!("{}.{LARGE_PRINT}", document.name);
        let file = self.files.get(&document.name).unwrap_or(&document.name);
        self.files.insert(name.clone(), format!("{file}.{LARGE_PRINT}"));
        let identity = format!("{}/{LARGE_PRINT}", document.identity);
        Some(Document { name, identity, print: Print::Large, ..document.clone() })
    }

    fn style(&self) -> String {
        let own = self.day.loaded.layers.iter().filter(|(layer, _)| layer != SHIPPED_LAYER);
        own.into_iter()
            .find_map(|(_, files)| files.get("citation/notes.csl"))
            .cloned()
            .unwrap_or_else(|| OUR_STYLE.to_owned())
    }

    /// Reports the undated sources that count by a recorded decision, once each.
    fn decisions(&mut self) {
        for record in self.cited.iter().filter_map(|id| self.day.case.records().get(id)) {
            if let Some((day, why)) = &record.counted_from {
                let words = format!("`{}` counts from {day} by a decision", record.id);
                self.problems.push(
                    Diagnostic::note(Code::DocumentDecision, record.place.clone(), words)
                        .with_note(why.split_whitespace().collect::<Vec<_>>().join(" "))
                        .hint("nothing, if you agree with the reason; else look for the date of the source"),
                );
            }
        }
    }

    fn case_place(&self) -> Place {
        Place::file(self.day.case.file())
    }

    fn render(&mut self, documents: &[Arc<Document>], printer: &mut Printer, sink: &mut Sink) -> Result<(), Failure> {
        // Formats with pages come last, because they take longer.
        let mut formats: Vec<&'static dyn Format> = self.order.formats.clone();
        formats.sort_by_key(|format| format.has_pages());
        for format in formats {
            let has_it = |document: &&Arc<Document>| format.has_pages() || document.print == Print::Normal;
            let documents: Vec<Arc<Document>> = documents.iter().filter(has_it).cloned().collect();
            self.print(format, &documents, printer, sink)?;
        }
        Ok(())
    }

    fn print(
        &mut self,
        format: &'static dyn Format,
        documents: &[Arc<Document>],
        printer: &mut Printer,
        sink: &mut Sink,
    ) -> Result<(), Failure> {
        let outcomes = match printer.print_all(format, documents, self.order.threads) {
            Ok(outcomes) => outcomes,
            Err(problems) => {
                self.problems.extend(problems);
                return Ok(());
            }
        };
        for (document, outcome) in documents.iter().zip(outcomes) {
            match outcome {
                Ok(file) => {
                    self.problems.extend(file.warnings);
                    let pages = format.has_pages().then_some(file.pages);
                    if let Some(pages) = pages {
                        let case = self.case_place();
                        let after = JUDGEMENTS.iter().flat_map(|judgement| judgement.after(document, pages, &case));
                        self.problems.extend(after);
                    }
                    if !self.is_broken() {
                        sink(self.output(document, format.name(), file.bytes, pages))?;
                    }
                }
                Err(problems) => self.problems.extend(problems),
            }
        }
        Ok(())
    }

    /// The layer of a template, in a word without a path.
    fn layer(&self, template: &str) -> &'static str {
        let key = format!("documents/{template}/template.yaml");
        let at = self.day.loaded.layers.iter().position(|(_, files)| files.contains_key(&key));
        ["case", "project", "shipped"][at.unwrap_or(2).min(2)]
    }

    fn output(&self, document: &Document, ending: &str, bytes: Vec<u8>, pages: Option<usize>) -> Output {
        let layer = self.layer(&document.template);
        let ledger: Vec<serde_json::Value> = document.ledger.entries.iter().map(ledger_entry).collect();
        let about = serde_json::json!({
            "template": document.template,
            "template-layer": layer,
            "language": document.language.code,
            "pages": pages,
            "draft": document.parts.draft.is_some(),
            "ledger": ledger,
        });
        let file = self.files.get(&document.name).unwrap_or(&document.name);
        Output { name: format!("{file}.{ending}"), bytes, about }
    }
}

fn ledger_entry(entry: &crate::document::Entry) -> serde_json::Value {
    let citations: Vec<serde_json::Value> = entry
        .citations
        .iter()
        .map(|cited| {
            serde_json::json!({
                "source": cited.source, "at": cited.locator, "quote": cited.quote,
                "verdict": cited.verdict.name(), "tier": cited.tier, "copy": cited.digest,
            })
        })
        .collect();
    serde_json::json!({
        "id": entry.id.to_string(), "kind": entry.id.kind().name(), "text": entry.text, "status": entry.status,
        "grounds": entry.grounds, "citations": citations,
    })
}
