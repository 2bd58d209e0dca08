//! From a checked case to finished files: plan, assemble, judge, render.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::{Days, NaiveDate};

use crate::assemble::form;
use crate::assemble::plan::Selection;
use crate::assemble::plan::{self, Planned};
use crate::assemble::{Gathering, Request, Templates, assemble};
use crate::case::timeline::Clock;
use crate::case::view::{Readers, Stale, View};
use crate::check::{self, Checked};
use crate::command::job::{Job, Order};
use crate::command::pipeline::{Outcome, Ready};
use crate::diag::{Code, Diagnostic, Place, Severity};
use crate::disk::write::{Manifest, Output};
use crate::document::{Document, FactId, Paper, Print};
use crate::reference::audience::Audience;
use crate::reference::layers::{self, Layer, SHIPPED_LAYER, shown};
use crate::render::attach::{Copies, Enclosing};
use crate::render::format::Format;
use crate::render::ledger::Extent;
use crate::render::print::Printer;
use crate::source::{Bibliography, OUR_STYLE};

/// What the name of a paper in large print ends with.
const LARGE_PRINT: &str = "large-print";

/// Version of the manifest's format.
const MANIFEST_FORMAT: u32 = 1;

/// The papers of a run, finished.
#[derive(Debug, Default)]
pub struct Made {
    /// The files.
    pub outputs: Vec<Output>,
    /// What each audience is not told, and why, as JSON: for the working papers only.
    pub left_out: String,
    /// For each form by the paper's name: its state in its own order, a line each.
    pub forms: BTreeMap<String, Vec<String>>,
    /// Copies of sources that no reader of a paper may see cited: the manifest beside the papers does not name them.
    pub closed: BTreeSet<String>,
}

/// Makes the papers of a case. On an error nothing is to be written.
#[must_use]
pub fn make(
    ready: &Ready,
    checked: &Checked,
    printer: &mut Printer,
    job: &Job,
    order: &Order,
) -> (Made, Vec<Diagnostic>) {
    let (mut maker, papers) = Maker::new(ready, checked, job, order);
    let mut documents = maker.assemble(&papers);
    if order.large_print {
        let large: Vec<Document> = documents.iter().filter_map(|document| maker.enlarged(document)).collect();
        documents.extend(large);
    }
    maker.closed();
    maker.too_old();
    maker.decisions(&documents);
    if documents.is_empty() {
        maker.nothing();
    }
    if maker.problems.iter().chain(&ready.problems).all(|problem| problem.severity != Severity::Error) {
        maker.render(&documents, printer);
    }
    (maker.made, maker.problems)
}

/// The documents of a case with the layouts, before anything is set: for those who compare what setting them costs.
#[doc(hidden)]
#[must_use]
pub fn documents(
    ready: &Ready,
    checked: &Checked,
    job: &Job,
    order: &Order,
) -> (Vec<Document>, BTreeMap<String, String>) {
    let (mut maker, papers) = Maker::new(ready, checked, job, order);
    (maker.assemble(&papers), layers::layouts(&ready.loaded.layers))
}

/// The persons whom the papers of a case name without a consent that holds, before any paper is made.
#[must_use]
pub fn without_consent(ready: &Ready, checked: &Checked, job: &Job) -> Vec<Diagnostic> {
    let order = Order::whole(std::path::Path::new(""));
    let (maker, papers) = Maker::new(ready, checked, job, &order);
    plan::without_consent(&checked.case, &maker.views, papers.iter())
}

/// The templates of these layers, each called as messages call it.
#[must_use]
pub fn templates(layers: &[Layer]) -> Templates {
    Templates::new(layers.iter().map(|(layer, files)| (shown(layer).to_owned(), files.clone())).collect())
}

struct Maker<'a> {
    ready: &'a Ready,
    checked: &'a Checked,
    templates: Templates,
    /// What may be said, by audience.
    views: Rc<BTreeMap<Audience, View>>,
    job: &'a Job,
    order: &'a Order,
    problems: Vec<Diagnostic>,
    made: Made,
    /// The style of the notes, by language.
    bibliographies: BTreeMap<String, Rc<Bibliography>>,
    /// Where the file of each paper lies, by the paper's name.
    files: BTreeMap<String, String>,
    /// Papers by the last day of their use.
    past: BTreeMap<NaiveDate, Vec<String>>,
    /// Papers that tell news which is too old, by the fact that is.
    stale: BTreeMap<FactId, (Stale, Vec<String>)>,
    /// Copies of sources that are to be attached.
    copies: Option<Copies<'a>>,
}

impl<'a> Maker<'a> {
    /// A maker with nothing made, and the papers that it is to make.
    fn new(ready: &'a Ready, checked: &'a Checked, job: &'a Job, order: &'a Order) -> (Self, Vec<Planned<'a>>) {
        let templates = templates(&ready.loaded.layers);
        let as_of = job.moment.as_of(&checked.case);
        let view = |audience| (audience, checked.case.view(as_of, job.moment.clock, audience));
        let views: BTreeMap<Audience, View> = Audience::ALL.into_iter().map(view).collect();
        let plan = plan::plan(&checked.case, &views, &ready.reference, &templates, &order.selection);
        let maker = Self {
            views: Rc::new(views),
            ready,
            checked,
            templates,
            job,
            order,
            problems: plan.problems,
            made: Made::default(),
            bibliographies: BTreeMap::new(),
            files: BTreeMap::new(),
            past: BTreeMap::new(),
            stale: BTreeMap::new(),
            copies: order
                .attach_sources
                .then(|| Copies::new(|record| ready.loaded.archive.copy(record).ok().flatten())),
        };
        (maker, plan.papers)
    }

    fn assemble(&mut self, papers: &[Planned]) -> Vec<Document> {
        let views = Rc::clone(&self.views);
        self.left_out(views.values());
        let mut documents: Vec<Document> = Vec::new();
        for paper in papers {
            let lead = paper.letter.as_deref();
            let letter = lead.and_then(|lead| documents.iter().find(|document| document.name == lead));
            // An envelope invites to post what is not to be sent.
            let to_post = !(paper.spec.on_envelope && letter.is_some_and(|letter| letter.stale));
            // Without its letter a companion has nothing to say; why there is none was told with the letter.
            if lead.is_none() || letter.is_some() && to_post {
                let own = paper.spec.signing.map(|_| self.view_for(plan::readers(paper)));
                documents.extend(self.document(paper, letter, own.as_ref().unwrap_or(&views[&paper.audience])));
            }
        }
        let made = |paper: &&Planned| documents.iter().any(|document| document.name == paper.name);
        let made: Vec<&Planned> = papers.iter().filter(made).collect();
        self.problems.extend(plan::without_consent(&self.checked.case, &self.views, made.into_iter()));
        documents
    }

    /// Says that a paper is not made, or does not lie where it would be handed out from.
    fn too_old_for(&mut self, paper: &Planned, day: NaiveDate, what: &str) {
        let words = format!("`{}` is left out{what}: its news was too old on {day}", paper.name);
        self.problems.push(Diagnostic::note(Code::DocumentLeftOut, paper.spec.place.clone(), words));
    }

    /// What each audience is not told, and why: a working paper. The names alone of what is cut say too much to stand
    /// in the manifest beside the papers. It is whole whatever papers are asked for: they share the folder with others.
    fn left_out<'v>(&mut self, views: impl Iterator<Item = &'v View>) {
        let mut cut = serde_json::Map::new();
        for view in views {
            let why: serde_json::Map<String, serde_json::Value> =
                view.left_out.iter().map(|left| (left.what.to_string(), left.why.into())).collect();
            cut.insert(view.audience.name().to_owned(), why.into());
        }
        let text = format!("{:#}\n", serde_json::Value::from(cut));
        self.made.left_out = text;
    }

    /// The view of a form: of its one person, naming nobody who has not consented to what the form needs.
    fn form_view(&self, paper: &Planned, view: &View) -> Option<View> {
        let form = paper.spec.form.as_ref()?;
        let victims = self.checked.case.victims();
        let victim = paper.filing.victim.as_deref().or(victims.first())?;
        let hidden = form::hidden(form, &self.checked.case, victim, view.as_of);
        let mut own = self.checked.case.view_for(view.as_of, view.clock, view.readers, &hidden);
        own.victims.retain(|id| id == victim);
        Some(own)
    }

    /// What a form lacks; without its consents, or while a step is not known, it is a draft.
    fn judge_form(&mut self, document: &mut Document, paper: &Planned, view: &View) {
        let Some(form) = &paper.spec.form else { return };
        let lacking = form::lacking(form, view, &paper.filing, &paper.name, &self.case_place());
        if lacking.iter().any(form::keeps_draft) {
            let locale = self.ready.reference.locale(&paper.language);
            let words = || locale.map(|locale| locale.words.draft_form.clone());
            if document.parts.draft.is_none() {
                document.parts.draft = words();
            }
        }
        self.problems.extend(lacking);
        self.problems.extend(form::doubts(form, &paper.spec.id, self.job.moment.today));
        let arguments = self.checked.case.arguments();
        let lines = form::report(form, view, &paper.filing, arguments, &paper.language, self.job.moment.today);
        self.made.forms.insert(paper.name.clone(), lines);
    }

    /// Finds the copies that stay closed to all readers of the case's papers, whatever papers are asked for.
    fn closed(&mut self) {
        let own = &self.order.selection;
        let whole = Selection { pack: own.pack, outside_country: own.outside_country, ..Selection::default() };
        let (case, reference) = (&self.checked.case, &self.ready.reference);
        let plan = plan::plan(case, &self.views, reference, &self.templates, &whole);
        let readers: BTreeSet<Audience> = plan.papers.iter().map(|paper| paper.audience).collect();
        let open = |id: &String| readers.iter().any(|reader| self.views[reader].sources.contains_key(id));
        let closed = case.records().iter().filter(|(id, _)| !open(id));
        self.made.closed =
            closed.filter_map(|(_, record)| Some(format!("archive/{}", record.file.as_ref()?.value))).collect();
    }

    fn document(&mut self, paper: &Planned, letter: Option<&Document>, view: &View) -> Option<Document> {
        let own = self.form_view(paper, view);
        let view = own.as_ref().unwrap_or(view);
        let bibliography = self.bibliography(&paper.language)?;
        let verdict = |citation: &crate::case::Citation| self.checked.evidence.cited(citation);
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
            made_on: self.job.moment.today,
            reconstruction: self.job.moment.is_reconstruction(&self.checked.case),
            without_source: !self.job.input.without.is_empty(),
            gathering: self.gathering(paper),
            verdict: &verdict,
            bibliography: &bibliography,
            name: paper.name.clone(),
            identity: format!("{}/{}/{}", view.case, view.as_of, paper.name),
        };
        let (document, problems) = assemble(&request, view, &self.ready.reference, &self.templates);
        if document.as_ref().is_some_and(|document| document.stale && paper.spec.signing.is_some()) {
            self.stale_states(view, paper);
            self.too_old_for(paper, view.as_of, "");
            return None;
        }
        self.problems.extend(problems);
        let mut document = document?;
        self.outlawed(&document, paper, view);
        self.mark_draft(&mut document, paper);
        self.judge_form(&mut document, paper, view);
        self.enclose(&mut document, paper, view);
        let packed = paper.file != paper.name;
        if document.stale && packed {
            self.too_old_for(paper, view.as_of, " of the packs");
        }
        let file = if document.stale { &paper.name } else { &paper.file };
        self.files.insert(paper.name.clone(), file.clone());
        let dated = paper.spec.parts.use_until && !paper.spec.on_envelope;
        if dated && !document.stale && !is_for_the_file_only(&self.checked.case, self.job) {
            self.past.entry(use_until).or_default().push(paper.name.clone());
        }
        if document.stale {
            self.stale_states(view, paper);
        }
        Some(document)
    }

    /// The ledger goes into each PDF; copies of sources where they are asked for, and never with what supporters carry.
    fn enclose(&mut self, document: &mut Document, paper: &Planned, view: &View) {
        if self.order.attach_sources && !paper.spec.full_ledger {
            let words = format!("`{}` is carried by supporters: no copy of a source goes with it", paper.spec.id);
            self.problems.push(
                Diagnostic::error(Code::DocumentCopyKept, paper.spec.place.clone(), words)
                    .hint("name the papers that may carry copies: `--attach-sources --only urgent-appeal`"),
            );
        }
        let enclosing = Enclosing {
            case: &self.checked.case,
            evidence: &self.checked.evidence,
            view,
            reference: &self.ready.reference,
            extent: if paper.spec.full_ledger { Extent::Full } else { Extent::Digests },
            inputs: &self.ready.loaded.inputs,
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

    /// Reports each organisation that a paper would name, in its notes too, and the law closes for its readers.
    fn outlawed(&mut self, document: &Document, paper: &Planned, view: &View) {
        let (case, readers) = (&self.checked.case, view.readers.closed());
        self.problems.extend(check::outlawed(document, case, &self.ready.reference, readers, view.as_of));
        let collects = paper.collect.as_ref().filter(|_| paper.spec.signing.is_some());
        self.problems.extend(collects.and_then(|collect| check::organiser(collect, case, readers, view.as_of)));
    }

    fn view_for(&self, readers: Readers) -> View {
        self.checked.case.view_for(
            self.job.moment.as_of(&self.checked.case),
            self.job.moment.clock,
            readers,
            &BTreeSet::new(),
        )
    }

    /// How signatures are gathered: without a number, as many copies as a page holds.
    fn gathering<'p>(&self, paper: &'p Planned) -> Gathering<'p> {
        let page = paper.spec.signing.map_or(1, |spec| spec.per_page);
        let copies = self.order.sheets.unwrap_or(page);
        Gathering { copies, inside: paper.inside, collect: paper.collect.as_ref() }
    }

    /// The style of the notes in the words of a language, read once for all papers in it.
    fn bibliography(&mut self, language: &str) -> Option<Rc<Bibliography>> {
        if let Some(known) = self.bibliographies.get(language) {
            return Some(known.clone());
        }
        let locale = self.ready.reference.locale(language).map_or(language, |locale| locale.icu.as_str());
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

    /// The same paper in large print; what is printed on an envelope has none.
    fn enlarged(&mut self, document: &Document) -> Option<Document> {
        if matches!(document.paper, Paper::Dl | Paper::No10) {
            return None;
        }
        let name = format!("{}.{LARGE_PRINT}", document.name);
        let file = self.files.get(&document.name).unwrap_or(&document.name);
        self.files.insert(name.clone(), format!("{file}.{LARGE_PRINT}"));
        let identity = format!("{}/{LARGE_PRINT}", document.identity);
        Some(Document { name, identity, print: Print::Large, ..document.clone() })
    }

    fn style(&self) -> String {
        let own = self.ready.loaded.layers.iter().filter(|(layer, _)| layer != SHIPPED_LAYER);
        own.into_iter()
            .find_map(|(_, files)| files.get("citation/notes.csl"))
            .cloned()
            .unwrap_or_else(|| OUR_STYLE.to_owned())
    }

    /// A paper in which something is not verified bears a mark on each page.
    fn mark_draft(&mut self, document: &mut Document, paper: &Planned) {
        let open = document
            .ledger
            .entries
            .iter()
            .flat_map(|entry| &entry.citations)
            .filter(|cited| !cited.verdict.is_verified());
        let count = open.count();
        if count == 0 {
            return;
        }
        if let Some(locale) = self.ready.reference.locale(&paper.language) {
            document.parts.mark(&locale.words.draft);
        }
        let words = format!("`{}` is a draft: {count} of its citations are not verified", paper.name);
        self.problems.push(
            Diagnostic::warning(Code::DocumentDraft, self.case_place(), words)
                .hint("name the folder of the copies with `--archive DIR`, then `amparo check CASE --lock`"),
        );
    }

    /// Remembers states that nobody has seen for too long, with the papers that speak of them.
    fn stale_states(&mut self, view: &View, paper: &Planned) {
        for stale in &view.stale {
            let (_, papers) = self.stale.entry(stale.fact.clone()).or_insert_with(|| (stale.clone(), Vec::new()));
            papers.push(paper.name.clone());
        }
    }

    /// Says "do not send" of papers past their day and of stale states, once each.
    fn too_old(&mut self) {
        for (use_until, papers) in std::mem::take(&mut self.past) {
            if self.job.moment.today > use_until {
                let words = format!("do not send these papers: they could be used until {use_until}");
                self.problems.push(
                    Diagnostic::warning(Code::DocumentStale, self.case_place(), words)
                        .with_note(papers.join(", "))
                        .of_today()
                        .hint("look for newer news, add it to the case, and build for a new `date`"),
                );
            }
        }
        for (fact, (stale, papers)) in std::mem::take(&mut self.stale) {
            let words = format!("do not send: `{fact}` was last seen {} days before the papers' date", stale.days);
            let mut problem = Diagnostic::warning(Code::DocumentStale, stale.place, words)
                .with_note(papers.join(", "))
                .hint("find out whether it still holds; then add a new `seen` with its citation, or `confirmed`");
            if !stale.told {
                problem = problem
                    .with_note(format!("`{fact}` is left out: nobody wrote the words with its day"))
                    .hint("or add them under `dated`: “on 9 September 2024 he was in …”");
            }
            self.problems.push(problem);
        }
    }

    /// Says in one line why a run made no paper at all.
    fn nothing(&mut self) {
        if self.problems.iter().chain(&self.ready.problems).any(|problem| problem.severity == Severity::Error) {
            return;
        }
        let words = format!("no paper was made: {}", self.why_nothing());
        self.problems.push(Diagnostic::error(Code::DocumentNothing, Place::default(), words));
    }

    fn why_nothing(&self) -> String {
        let (case, as_of) = (&self.checked.case, self.job.moment.as_of(&self.checked.case));
        if case.papers().is_empty() {
            return "the case lists none under `documents`".to_owned();
        }
        if case.records().is_empty() {
            return "the case has no source yet, see `amparo source add`".to_owned();
        }
        let known = case.records().values().filter(|record| record.withdrawn.is_none());
        let first = known.filter_map(crate::source::Record::known_from).min();
        if first.is_none_or(|first| first > as_of) && self.job.moment.clock == Clock::Knowledge {
            let first = first.map(|day| format!(" the first counts from {day}")).unwrap_or_default();
            return format!("no source counts on {as_of},{first}");
        }
        let wanted = |paper: &&crate::case::Paper| {
            self.order.selection.only.is_empty() || self.order.selection.only.contains(&paper.template.value)
        };
        let specs = case.papers().iter().filter(wanted).filter_map(|paper| self.templates.spec(&paper.template).ok());
        let readers: BTreeSet<Audience> = specs
            .flat_map(|spec| spec.audience.map_or_else(|| vec![Audience::State, Audience::OtherState], |one| vec![one]))
            .collect();
        if readers.iter().all(|reader| self.views[reader].sources.is_empty()) {
            let names: Vec<&str> = readers.iter().map(|reader| reader.name()).collect();
            return format!(
                "no source may be shown to those who would read a paper ({}): see `audience` in `sources.yaml`",
                names.join(", ")
            );
        }
        let reasons: BTreeSet<&str> = self
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Note)
            .filter_map(|problem| problem.headline.split_once(": ").map(|(_, why)| why))
            .collect();
        match reasons.len() {
            0 => "nothing of the case fits what was asked for".to_owned(),
            _ => reasons.into_iter().collect::<Vec<_>>().join("; "),
        }
    }

    /// Names the undated sources that count by a recorded decision, once each.
    fn decisions(&mut self, documents: &[Document]) {
        let entries = documents.iter().flat_map(|document| &document.ledger.entries);
        let cited: BTreeSet<&str> =
            entries.flat_map(|entry| &entry.citations).map(|cited| cited.source.as_str()).collect();
        for record in cited.into_iter().filter_map(|id| self.checked.case.records().get(id)) {
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
        Place::file(self.checked.case.file())
    }

    fn render(&mut self, documents: &[Document], printer: &mut Printer) {
        if let Err(problems) = printer.lay_out(layers::layouts(&self.ready.loaded.layers)) {
            return self.problems.extend(problems);
        }
        // Formats with pages come last: they take the time.
        let mut formats: Vec<&dyn Format> = self.order.formats.clone();
        formats.sort_by_key(|format| format.has_pages());
        for format in formats {
            self.print(format, documents, printer);
        }
    }

    fn print(&mut self, format: &dyn Format, documents: &[Document], printer: &mut Printer) {
        let has_it = |document: &&Document| format.has_pages() || document.print == Print::Normal;
        let documents: Vec<&Document> = documents.iter().filter(has_it).collect();
        let outcomes = match printer.print_all(format, &documents, self.order.threads) {
            Ok(outcomes) => outcomes,
            Err(problems) => return self.problems.extend(problems),
        };
        for (document, printed) in documents.into_iter().zip(outcomes) {
            match printed {
                Ok(printed) => {
                    self.problems.extend(printed.warnings);
                    let pages = format.has_pages().then_some(printed.pages);
                    pages.into_iter().for_each(|pages| self.fits(document, pages));
                    self.made.outputs.push(self.output(document, format.name(), printed.bytes, pages));
                }
                Err(problems) => self.problems.extend(problems),
            }
        }
    }

    fn fits(&mut self, document: &Document, pages: usize) {
        let limit = document.most_pages.filter(|_| document.print == Print::Normal);
        if let Some(most) = limit.filter(|most| pages > *most) {
            let words = format!("`{}` has {pages} pages; at most {most} are wanted", document.name);
            self.problems.push(
                Diagnostic::warning(Code::DocumentLimit, self.case_place(), words)
                    .hint("tell fewer facts, or shorten their words in the case file"),
            );
        }
    }

    /// Which layer a template came from, in a word that holds no path.
    fn layer(&self, template: &str) -> &'static str {
        let key = format!("documents/{template}/template.yaml");
        let at = self.ready.loaded.layers.iter().position(|(_, files)| files.contains_key(&key));
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

/// Whether papers are made to be compared and kept, not to be sent: they speak of an earlier day, or as if a source did
/// not exist.
fn is_for_the_file_only(case: &crate::case::Case, job: &Job) -> bool {
    job.moment.is_reconstruction(case) || !job.input.without.is_empty()
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

/// The manifest of a run, without its files.
#[must_use]
pub fn manifest(outcome: &Outcome, checked: &Checked, job: &Job) -> Manifest {
    let message = |problem: &Diagnostic| format!("{}: {}", problem.code.name(), problem.headline);
    Manifest {
        format: MANIFEST_FORMAT,
        amparo: env!("CARGO_PKG_VERSION").to_owned(),
        cargo_lock: env!("AMPARO_CARGO_LOCK").to_owned(),
        case: checked.case.id().to_owned(),
        as_of: job.moment.as_of(&checked.case).to_string(),
        clock: match job.moment.clock {
            Clock::Event => "event",
            Clock::Knowledge => "knowledge",
        }
        .to_owned(),
        inputs: outcome.inputs.clone(),
        files: BTreeMap::new(),
        left_out: outcome
            .problems
            .iter()
            .filter(|problem| problem.code == Code::DocumentLeftOut)
            .map(message)
            .collect(),
        messages: outcome.problems.iter().filter(|problem| !problem.passing).map(message).collect(),
    }
}
