//! The report as a whole: its sections in order.

use super::page::CellWords;
use super::report::{DossierRequest, Report, SECTIONS};
use crate::case::Fact;
use crate::case::timeline::Clock;
use crate::document::{self, ClaimId, Document, Language, Ledger, Line, Parts, Print};
use crate::reference::Name;
use crate::reference::audience::Audience;

/// The mark on each page.
const MARK: &str = "INTERNAL";

/// Makes the report of a case as a document.
#[must_use]
pub fn dossier(request: &DossierRequest<'_>) -> Document {
    let case = request.case;
    let view = &request.views[&Audience::Internal];
    let standing = case.standing(view.as_of, request.clock);
    let mut report = Report { case, request, view, standing, as_of: view.as_of, blocks: Vec::new() };
    report.today();
    report.contents();
    report.about();
    report.chronology();
    report.states();
    report.people();
    report.conflicts();
    report.comparison();
    report.firmness();
    report.caveats();
    report.voices();
    report.derived();
    report.carriage();
    report.gaps();
    report.categories();
    report.demands();
    report.audiences();
    report.age();
    report.steps();
    report.consents();
    report.reviews();
    report.citations();
    report.sources();
    report.document()
}

impl Report<'_> {
    fn contents(&mut self) {
        let links =
            SECTIONS.iter().filter(|(id, _)| *id != "today").map(|(id, title)| CellWords::new().link(id, title));
        let links = CellWords::join(links, " · ");
        self.heading(2, None, "In this report");
        self.paragraph(links);
    }

    fn about(&mut self) {
        self.section("about", "On which day it speaks, by which clock, and how much of it is verified.");
        let case = self.case;
        let clock = match self.request.clock {
            Clock::Event => "event clock: a fact counts when it had happened",
            Clock::Knowledge => "knowledge clock: a fact counts when a source had published it",
        };
        let mut rows = vec![
            vec![CellWords::of("Case"), CellWords::of(&case.id)],
            vec![CellWords::of("State concerned"), CellWords::of(&case.country)],
            vec![CellWords::of("Speaks as of"), CellWords::of(format!("{}, {clock}", self.as_of))],
            vec![
                CellWords::of("In the file"),
                CellWords::of(format!(
                    "{} facts, {} demands, {} citations, {} sources",
                    case.facts.len(),
                    case.demands.len(),
                    case.citations().len(),
                    case.records.len()
                )),
            ],
            vec![CellWords::of("Citations"), CellWords::of(self.request.evidence.summary(case))],
        ];
        if self.request.reconstruction {
            let words =
                "This day is earlier than the case’s own: the report is a reconstruction of what could be known.";
            rows.push(vec![CellWords::of("Reconstruction"), CellWords::of(words)]);
        }
        self.table(&["What", "Says"], rows);
        let words = "Dates are written year-month-day. The report tells all that is in the file. What is later than its \
                     day is told too, is marked “not counted”, and stands in no paper of that day.";
        self.paragraph(CellWords::of(words));
    }

    fn document(self) -> Document {
        let names = self.case.victims.iter().filter_map(|id| self.case.names.get(id));
        let bound = names.flat_map(|named| named.names.values().flat_map(Name::forms)).map(str::to_owned).collect();
        let titles: Vec<String> = self.case.victims.iter().map(|id| document::plain(&self.name(id).0)).collect();
        let title = format!("Dossier: {}", titles.join(", "));
        let letterhead = "Internal working report. For those who work on the case only: it holds what must not be \
                          published and must not be given away.";
        Document {
            name: "dossier".to_owned(),
            template: "dossier".to_owned(),
            layout: "report".to_owned(),
            language: Language::of_program(),
            title: title.clone(),
            paper: self.request.paper,
            print: Print::Normal,
            most_pages: None,
            as_of: self.as_of,
            stale: false,
            names: bound,
            before_numbers: self.request.reference.before_numbers(),
            identity: format!("{}/{}/dossier", self.case.id, self.as_of),
            parts: Parts {
                letterhead: vec![Line::Text(letterhead.to_owned())],
                date: Some(Line::Text(format!("As of {}", self.as_of))),
                draft: Some(MARK.to_owned()),
                footer: vec![format!("{MARK}. {title}"), format!("As of {}", self.as_of)],
                ..Parts::default()
            },
            blocks: self.blocks,
            notes: Vec::new(),
            ledger: Ledger::default(),
            attachments: Vec::new(),
        }
    }

    /// The reason for which a fact does not count on the day of the report; `None` if it counts.
    pub(super) fn not_counted(&self, fact: &Fact) -> Option<String> {
        let why = self.view.why_left_out(&ClaimId::Fact(fact.id.clone()).into())?;
        let happened = self.case.date_of(fact).filter(|date| date.last > self.as_of);
        let known = self.case.known_from(fact).filter(|day| *day > self.as_of);
        Some(match (happened, known) {
            (Some(date), _) => format!("its date ({date}) is later than {}", self.as_of),
            (None, Some(day)) => format!("known from {day} only, later than {}", self.as_of),
            _ => why.to_owned(),
        })
    }
}
