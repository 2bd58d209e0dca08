//! The first page: the tasks of the team, the most urgent first.

use std::collections::BTreeSet;

use super::page::{CellWords, flat, ids};
use super::report::Report;
use crate::case::Status;
use crate::case::view::PLACE_OF_DETENTION;
use crate::check::Support;
use crate::diag::{Code, Severity};
use crate::document::FactId;
use crate::reference::audience::Audience;

/// A task, and the entries it is about.
type Task = (CellWords, Vec<CellWords>);

impl Report<'_> {
    pub(super) fn today(&mut self) {
        self.section("today", "What has to be looked at before anything is sent, the most pressing first.");
        let tasks = [
            self.drafts(),
            self.stale(),
            self.unconfirmed(),
            self.unresolved(),
            self.void(),
            self.unreviewed(),
            self.without_consent(),
            self.messages(),
            self.unverified(),
            self.doubtful_sources(),
            self.unreported(),
            self.unknown_steps(),
            self.later(),
        ];
        let tasks: Vec<Task> = tasks.into_iter().filter(|(_, each)| !each.is_empty()).collect();
        if tasks.is_empty() {
            return self.paragraph(CellWords::of("Nothing is open."));
        }
        self.numbered(tasks);
    }

    /// Citations that could not be verified: the papers with them are drafts.
    fn drafts(&self) -> Task {
        let all = self.case.citations();
        let open = all.iter().filter_map(|(owner, citation)| {
            let why = match self.request.evidence.support(citation) {
                Support::Failed => "the copy does not say so",
                Support::Unchecked => "not checkable: no copy, and the lock does not know it",
                Support::Now(_) | Support::Locked(_) => return None,
            };
            Some(CellWords::of(format!("{owner}, {}: {why}", Self::at(citation))))
        });
        let what = CellWords::new().strong("Drafts. ").say(
            "These citations are not verified. Every paper that uses one of them bears the draft mark: name the folder \
             of the copies, or correct the citation.",
        );
        (what, open.collect())
    }

    fn stale(&self) -> Task {
        let old = self.present().filter_map(|told| {
            let age = self.too_old(told)?;
            Some(
                CellWords::of(format!("{}: last seen {age} days before this report. ", told.fact.id))
                    .then(self.first(&told.fact.text)),
            )
        });
        let what = CellWords::new().strong("Old states. ").say(
            "Nobody has seen these for longer than their topic allows: do not send papers that tell them. Ask, then \
             record a newer “seen”, or “confirmed”.",
        );
        (what, old.collect())
    }

    fn unconfirmed(&self) -> Task {
        let place = self.view.current(PLACE_OF_DETENTION);
        let open = place.filter(|told| told.fact.confirmed.as_ref().is_none_or(|(on, _)| *on > self.as_of));
        let what = CellWords::new().strong("Place of detention. ").say(
            "Nobody has confirmed that the person is still there. Until somebody has, no letter to that place is made.",
        );
        let each = open.map(|told| CellWords::of(format!("{}: ", told.fact.id)).then(self.first(&told.fact.text)));
        (what, each.into_iter().collect())
    }

    fn unresolved(&self) -> Task {
        let ties = self
            .standing
            .ties
            .iter()
            .map(|(topic, one, other)| CellWords::of(format!("{topic}: nothing orders {one} and {other}")));
        let open = self.case.conflicts.iter().filter(|conflict| conflict.resolution.trim().is_empty());
        let open = open.map(|conflict| CellWords::of(flat(&conflict.about)));
        let recorded = |id: &FactId| self.case.conflicts.iter().any(|conflict| conflict.facts.contains(id));
        let disputed = self.view.facts.iter().filter(|told| told.status == Status::Disputed);
        let disputed = disputed.filter(|told| !recorded(&told.fact.id));
        let disputed = disputed
            .map(|told| CellWords::of(format!("{}: told as disputed, and no conflict says by whom", told.fact.id)));
        let what =
            CellWords::new().strong("Conflicts without an answer. ").say("Decide what we go by, and record why.");
        (what, ties.chain(open).chain(disputed).collect())
    }

    fn void(&self) -> Task {
        let void = self.case.facts.values().filter(|fact| self.is_void(fact));
        let each = void.map(|fact| CellWords::of(&fact.id)).collect();
        (
            CellWords::new()
                .strong("Void reviews. ")
                .say("Words, citations or a copy have changed since: compare them again."),
            each,
        )
    }

    fn unreviewed(&self) -> Task {
        let open: Vec<&FactId> =
            self.case.facts.values().filter(|fact| fact.reviewed.is_none()).map(|fact| &fact.id).collect();
        let what = format!(
            "A second person has not compared {} of {} facts with their paragraphs. The seals stand under ",
            open.len(),
            self.case.facts.len()
        );
        let what = CellWords::new().strong("Reviews. ").say(what).link("reviews", "Who compared what").say(".");
        (what, if open.is_empty() { Vec::new() } else { vec![CellWords::of(ids(open))] })
    }

    /// Missing consents, for each person and each kind of reader whose papers would print the name.
    fn without_consent(&self) -> Task {
        let mut readers: BTreeSet<Audience> = self.request.papers.iter().map(|paper| paper.audience).collect();
        if self.case.arguments.iter().any(|argument| argument.claimed) {
            readers.insert(Audience::Un);
        }
        let named = self.case.victims.iter().filter_map(|id| self.case.names.get(id));
        let each = named.filter_map(|named| {
            let holds = |scope: &str| {
                named.consents.iter().any(|one| {
                    one.scope == scope && one.on <= self.as_of && one.withdrawn_on.is_none_or(|day| day > self.as_of)
                })
            };
            // A reader who is not told of a person never reads the name.
            let told = readers.iter().filter(|reader| named.audience.is_empty() || named.audience.contains(reader));
            let scopes: BTreeSet<&str> = told.filter_map(|reader| crate::assemble::form::scope(*reader)).collect();
            let open: Vec<&str> = scopes.into_iter().filter(|scope| !holds(scope)).collect();
            (!open.is_empty()).then(|| self.name(&named.id).say(format!(": {}", ids(open))))
        });
        let what = CellWords::new().strong("Consents. ").say(
            "The case would bring the name before these readers, and no consent that holds is recorded. Ask the person, \
             the family or counsel.",
        );
        (what, each.collect())
    }

    /// The problems from checking and planning. Messages about folders are left out, because they are not about the
    /// case.
    fn messages(&self) -> Task {
        let about_case = self.request.problems.iter().filter(|problem| {
            problem.code != Code::SourceArchiveMissing
                && (problem.severity != Severity::Note || problem.code == Code::DocumentLeftOut)
        });
        let each =
            about_case.map(|problem| CellWords::of(format!("{}: {}", problem.code.name(), plain(&problem.headline))));
        let each: BTreeSet<String> = each.map(|words| crate::document::plain(&words.0)).collect();
        let what = CellWords::new().strong("Messages. ").say("What checking the case and planning its papers found.");
        (what, each.into_iter().map(CellWords::of).collect())
    }

    fn unverified(&self) -> Task {
        let what = CellWords::new().strong("Unverified data. ").say(
            "Addresses, powers, forms of address and articles that nobody has compared with their source lately. Look \
             them up before a paper that prints them goes out.",
        );
        (what, self.doubts().into_iter().map(CellWords::of).collect())
    }

    fn doubtful_sources(&self) -> Task {
        let each = self.case.records.values().filter(|record| record.withdrawn.is_none()).filter_map(|record| {
            let mut why = Vec::new();
            why.extend(record.counted_from.as_ref().map(|(day, _)| format!("counts from {day} by our decision")));
            why.extend(record.truncated.as_ref().map(|_| "the copy breaks off".to_owned()));
            why.extend(record.digest.is_none().then(|| "no digest is recorded".to_owned()));
            let unverified = record.status.iter().any(|status| status.verified_on.is_none());
            why.extend(unverified.then(|| "its standing under the law is not verified".to_owned()));
            (!why.is_empty()).then(|| CellWords::of(format!("{}: {}", record.id, why.join("; "))))
        });
        (CellWords::new().strong("Sources. ").say("Look for a dated, complete copy."), each.collect())
    }

    fn unreported(&self) -> Task {
        let each = self
            .case
            .facts
            .values()
            .filter(|fact| matches!(&fact.kind, crate::case::FactKind::State { via_unknown: Some(_), .. }));
        let each = each.map(|fact| CellWords::of(format!("{}: ", fact.id)).then(self.first(&fact.text))).collect();
        (
            CellWords::new().strong("Steps nobody reports. ").say("How these states came about, no source says. Ask."),
            each,
        )
    }

    fn unknown_steps(&self) -> Task {
        let open = self.case.steps.iter().filter(|step| step.date.is_none() || step.outcome.is_none());
        let each = open.map(|step| {
            let date = step.date.is_none().then_some("date unknown");
            let outcome = step.outcome.is_none().then_some("outcome unknown");
            CellWords::of(format!("{}: {}", step.body, ids(date.into_iter().chain(outcome))))
        });
        let what = CellWords::new().strong("Procedures. ").say("Ask what was filed, when, and what came of it.");
        (what, each.collect())
    }

    /// The entries of the file that are later than the day of the report.
    fn later(&self) -> Task {
        let facts = self.case.facts.values().filter(|fact| {
            self.case.date_of(fact).is_some_and(|date| date.last > self.as_of)
                || self.case.known_from(fact).is_some_and(|day| day > self.as_of)
        });
        let facts = facts.filter_map(|fact| Some(CellWords::of(format!("{}: {}", fact.id, self.not_counted(fact)?))));
        let what = CellWords::new().strong("Later news. ").say(format!(
            "The file holds this, which is later than {}. Papers of that day do not know it: for one that does, give a \
             later date.",
            self.as_of
        ));
        (what, facts.collect())
    }
}

/// A message without the marks around typed words.
fn plain(headline: &str) -> String {
    flat(&headline.replace('`', ""))
}
