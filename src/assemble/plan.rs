//! The papers to make, with recipients and languages: from the list of the case and the facts about the recipients.

use std::collections::BTreeMap;

use crate::assemble::form;
use crate::assemble::{Companion, Spec, Templates};
use crate::case::view::{PLACE_OF_DETENTION, Readers, View};
use crate::case::{Case, Collect, Filing, ListedPaper};
use crate::diag::{Code, Diagnostic, Place};
use crate::disk::write::PACKS;
use crate::reference::audience::Audience;
use crate::reference::{Office, OfficeKind, Reference};
use crate::yaml::At;

/// One paper to be made.
#[derive(Debug)]
pub struct Planned<'a> {
    /// Its template.
    pub spec: Spec,
    /// Its language.
    pub language: String,
    /// The office it is written to, if there is one.
    pub recipient: Option<&'a Office>,
    /// The offices that a paper for supporters names.
    pub recipients: Vec<&'a Office>,
    /// The audience that is told.
    pub audience: Audience,
    /// The name of the letter that it goes with, if there is one.
    pub letter: Option<String>,
    /// The collection of signatures, if people sign.
    pub collect: Option<Collect>,
    /// True for a petition in a language of the country itself.
    pub inside: bool,
    /// The entries of the case for a form.
    pub filing: Filing,
    /// Its name in messages; it does not depend on the folder of its file.
    pub name: String,
    /// The path of its file in the folder of the papers, without the ending.
    pub file: String,
}

/// The papers that are asked for.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Templates; empty: all.
    pub only: Vec<String>,
    /// Languages; empty: all.
    pub languages: Vec<String>,
    /// Offices; empty: all.
    pub to: Vec<String>,
    /// True if the papers of each letter go in a folder of their own, for one supporter.
    pub pack: bool,
    /// True if petitions in a language of the country itself are made, for signers outside it.
    pub outside_country: bool,
}

impl Selection {
    /// True if only some papers of the case are made: the others stay as they are.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        !(self.only.is_empty() && self.languages.is_empty() && self.to.is_empty())
    }
}

/// The papers of a run.
#[derive(Debug, Default)]
pub struct Plan<'a> {
    /// The papers to make.
    pub papers: Vec<Planned<'a>>,
    /// The papers that cannot be made, with reasons.
    pub problems: Vec<Diagnostic>,
}

/// All readers of a paper: its audience and, on a paper that supporters sign, also the office to which it goes.
#[must_use]
pub fn readers(paper: &Planned) -> Readers {
    match paper.spec.signing {
        Some(_) => {
            let also = [paper.audience].into_iter().collect();
            Readers { first: Audience::Public, also, inside: paper.inside }
        }
        None => Readers::only(paper.audience),
    }
}

/// Persons whom papers name to readers without a recorded consent, each with these papers.
#[must_use]
pub fn without_consent<'a, 'p: 'a>(
    case: &Case,
    views: &BTreeMap<Audience, View>,
    papers: impl Iterator<Item = &'a Planned<'p>>,
) -> Vec<Diagnostic> {
    let mut open: BTreeMap<(&str, &'static str), Vec<&str>> = BTreeMap::new();
    // A form lists its missing consents itself; an envelope names no person of the case.
    for paper in papers.filter(|paper| paper.spec.form.is_none() && !paper.spec.on_envelope) {
        let readers = readers(paper);
        let all = readers.also.with(readers.first);
        for reader in all.iter() {
            let Some(scope) = form::scope(reader) else { continue };
            let view = &views[&reader];
            let told =
                case.victims().iter().filter_map(|id| view.names.get(id)).filter(|named| !named.names.is_empty());
            for named in told.filter(|named| form::consented(named, scope, view.as_of).is_none()) {
                open.entry((&named.id, scope)).or_default().push(&paper.name);
            }
        }
    }
    let tell = |((id, scope), papers): ((&str, &'static str), Vec<&str>)| {
        let named = &case.names()[id];
        let withdrawn = named.consents.iter().any(|one| one.scope == scope && one.withdrawn_on.is_some());
        let what = if withdrawn { "was withdrawn" } else { "is not recorded" };
        let words = format!("papers name `{id}`, whose consent `{scope}` {what}");
        Diagnostic::warning(Code::DocumentConsent, named.place.clone(), words)
            .with_note(distinct(&papers))
            // The manifest lies beside the papers, so it must not say who has consented.
            .of_today()
            .hint("ask the person, a relative or counsel before anything is sent; then record it under `consent`")
    };
    open.into_iter().map(tell).collect()
}

/// Plans the papers that the case lists and the user selects, from the facts that each audience may be told.
#[must_use]
pub fn plan<'a>(
    case: &Case,
    views: &BTreeMap<Audience, View>,
    reference: &'a Reference,
    templates: &Templates,
    order: &Selection,
) -> Plan<'a> {
    let everything = &views[&Audience::Internal];
    let mut planner = Planner { case, reference, templates, views, everything, order, plan: Plan::default() };
    for paper in case.papers() {
        let wanted = order.only.is_empty() || order.only.contains(&paper.template.value);
        if let Some(spec) = planner.spec(&paper.template).filter(|_| wanted) {
            planner.filing(paper, &spec);
            planner.paper(paper, &spec);
        }
    }
    planner.unmatched();
    planner.plan
}

/// The prefix of recipients that are found from the facts.
const HELD_AT: &str = "place-of-detention/";

struct Planner<'a, 'b> {
    case: &'b Case,
    reference: &'a Reference,
    templates: &'b Templates,
    views: &'b BTreeMap<Audience, View>,
    /// The view of the team itself: recipients are found from it.
    everything: &'b View,
    order: &'b Selection,
    plan: Plan<'a>,
}

impl<'a> Planner<'a, '_> {
    /// The `template.yaml` of a template. A template that does not exist is reported at its name in the case.
    fn spec(&mut self, template: &At<String>) -> Option<Spec> {
        let told = |mut problem: Diagnostic| {
            if problem.primary.place.file.is_empty() {
                problem.primary.place = template.place.clone();
            }
            problem
        };
        let found = self.templates.spec(template);
        found.map_err(|problems| self.plan.problems.extend(problems.into_iter().map(told))).ok()
    }

    fn paper(&mut self, paper: &ListedPaper, spec: &Spec) {
        let mut offices: Vec<(&At<String>, &'a Office)> =
            paper.to.iter().filter_map(|to| Some((to, self.office(to)?))).collect();
        offices.retain(|(to, office)| self.is_our_concern(paper, to, office));
        match spec.audience {
            Some(audience) => {
                let told = offices.iter().filter(|(to, _)| self.may_be_led(to, audience));
                let recipients: Vec<&Office> = told.map(|(_, office)| *office).collect();
                let to = &self.order.to;
                if to.is_empty() || recipients.iter().any(|office| to.contains(&office.id)) {
                    self.languages(paper, spec, None, &recipients, audience);
                }
            }
            None => {
                for (to, office) in offices {
                    let wanted = self.order.to.is_empty() || self.order.to.contains(&office.id);
                    if wanted && !self.may_be_led(to, office.audience) {
                        self.left_out(
                            to,
                            format!("`{}` is left out: its readers are not told where the person is held", to.value),
                        );
                    } else if wanted && self.may_write(paper, to, office) {
                        let audience = office.audience;
                        self.languages(paper, spec, Some(office), &[office], audience);
                    }
                }
            }
        }
    }

    /// Checks the entries for a form: a form is filled in for one person, and such entries need a form.
    fn filing(&mut self, paper: &ListedPaper, spec: &Spec) {
        let Filing { victim, counsel_informed, answers } = &paper.filing;
        if spec.form.is_some() && victim.is_none() && self.case.victims().len() > 1 {
            let hint = format!("add `victim: …`, one of: {}", self.case.victims().join(", "));
            let words = format!("`{}` is filled in for one person, and the case has several", paper.template.value);
            self.error(Code::CaseMissingKey, &paper.template, words, hint);
        }
        if spec.form.is_none() && (victim.is_some() || counsel_informed.is_some() || !answers.is_empty()) {
            let words = format!("`{}` is no form that could be answered", paper.template.value);
            let hint = "take `victim`, `counsel-informed` and `answers` away".to_owned();
            self.error(Code::CaseBadValue, &paper.template, words, hint);
        }
    }

    fn languages(
        &mut self,
        paper: &ListedPaper,
        spec: &Spec,
        recipient: Option<&'a Office>,
        recipients: &[&'a Office],
        audience: Audience,
    ) {
        for language in &paper.languages {
            if !self.order.languages.is_empty() && !self.order.languages.contains(&language.value) {
                continue;
            }
            let inside = spec.signing.is_some() && self.is_of_the_country(language);
            if inside && !self.order.outside_country {
                self.only_outside(spec, language);
                continue;
            }
            let office = recipient.and_then(|office| office.id.rsplit('/').next()).map(|name| format!(".{name}"));
            let name = format!("{}{}.{}", spec.id, office.unwrap_or_default(), language.value);
            let planned = Planned {
                spec: spec.clone(),
                language: language.value.clone(),
                recipient,
                recipients: recipients.to_vec(),
                audience,
                letter: None,
                collect: paper.collect.clone(),
                inside,
                filing: paper.filing.clone(),
                file: name.clone(),
                name,
            };
            self.with_companions(planned);
        }
    }

    /// True for a language of the country itself, and for any language if the languages of the country are unknown.
    fn is_of_the_country(&self, language: &str) -> bool {
        let own = self.reference.country(self.case.country()).and_then(|country| country.languages.as_ref());
        own.is_none_or(|own| own.value.iter().any(|own| own == language))
    }

    /// Leaves out a petition in a language of the country, because signers inside it could be punished; it is made only
    /// for users who declare that they stay outside. If it was selected by name it is refused with an error.
    fn only_outside(&mut self, spec: &Spec, language: &At<String>) {
        let asked_for = self.order.only.contains(&spec.id) && self.order.languages.contains(&language.value);
        let country = self.case.country();
        let known = self.reference.country(country).is_some_and(|country| country.languages.is_some());
        let why = if known {
            format!("`{}` is a language of {country}", language.value)
        } else {
            format!("nobody has written down which languages {country} has (`languages` in its file of the directory)")
        };
        let (verb, problem): (_, fn(Code, Place, String) -> Diagnostic) =
            if asked_for { ("refused", Diagnostic::error) } else { ("left out", Diagnostic::note) };
        let words = format!("`{}` in `{}` is {verb}: {why}", spec.id, language.value);
        self.plan.problems.push(
            problem(Code::DocumentOutsideCountry, language.place.clone(), words)
                .with_note("whoever signs in the country itself, or carries it in, may be punished for it")
                .hint(
                    "for signers outside the country alone: `--outside-country`; the paper then says so on each sheet",
                ),
        );
    }

    /// Adds a letter. A letter in a language of the office is sent, so its companions are added too.
    fn with_companions(&mut self, mut letter: Planned<'a>) {
        let languages = letter.recipient.and_then(|office| office.languages.as_ref());
        let goes_out = languages.is_none_or(|languages| languages.value.contains(&letter.language));
        let mut companions = Vec::new();
        let own: Vec<Companion> = letter.spec.companions.iter().filter(|_| goes_out).cloned().collect();
        let (in_packs, always): (Vec<Companion>, Vec<Companion>) = own.into_iter().partition(|one| one.in_packs);
        for one in &always {
            self.companions(one, &letter, &mut companions);
        }
        // A letter with which nothing else goes is no pack.
        if self.order.pack && !companions.is_empty() {
            for one in &in_packs {
                self.companions(one, &letter, &mut companions);
            }
            let pack = format!("{PACKS}/{}", letter.name);
            for paper in companions.iter_mut().chain([&mut letter]) {
                let name = paper.spec.in_pack.clone().unwrap_or_else(|| paper.spec.id.clone());
                paper.file = format!("{pack}/{name}.{}", paper.language);
            }
        }
        self.plan.papers.push(letter);
        self.plan.papers.extend(companions);
    }

    /// The papers of one companion, in each language in which it goes with the letter.
    fn companions(&mut self, one: &Companion, letter: &Planned<'a>, papers: &mut Vec<Planned<'a>>) {
        let Some(spec) = self.spec(&one.template) else { return };
        let fits = |language: &&String| (**language == letter.language) == one.same_language;
        papers.extend(spec.languages.iter().filter(fits).map(|language| companion(letter, &spec, language)));
    }

    /// An office of the directory, or one that is found from the facts of the day.
    fn office(&mut self, to: &At<String>) -> Option<&'a Office> {
        let Some(role) = to.strip_prefix(HELD_AT) else {
            let office = self.reference.office(to);
            if office.is_none() {
                let words = format!("the directory has no office `{}`", to.value);
                let problem = Diagnostic::error(Code::DirectoryUnknown, to.place.clone(), words);
                self.plan.problems.push(self.where_offices_stand(to).into_iter().fold(problem, Diagnostic::hint));
            }
            return office;
        };
        let Some(place) = self.everything.place_of_detention() else {
            self.left_out(to, format!("`{}` is left out: the place of detention is not known on this date", to.value));
            return None;
        };
        let prison = place.directory.as_ref().and_then(|id| self.reference.office(id));
        let Some(prison) = prison else {
            let hint = format!("add `directory: …` to `{}`, or the prison to `templates/directory/`", place.id);
            let words = format!("the directory has no entry for the place of detention `{}`", place.id);
            self.error(Code::DirectoryUnknown, to, words, hint);
            return None;
        };
        match role {
            "head" => Some(prison),
            "prosecutor" => {
                let office = prison.supervised_by.as_ref().and_then(|id| self.reference.office(id));
                if office.is_none() {
                    let words = format!("the directory does not say who supervises `{}`", prison.id);
                    self.error(Code::DirectoryUnknown, to, words, "add `supervised-by` to the prison".to_owned());
                }
                office
            }
            other => {
                let words = format!("`{other}` is no recipient at the place of detention");
                self.error(Code::DirectoryUnknown, to, words, "write `head` or `prosecutor`".to_owned());
                None
            }
        }
    }

    /// Hints for an office that is not in the directory: the nearest one that fits this case, and the file for a new
    /// one.
    fn where_offices_stand(&self, to: &str) -> Vec<String> {
        let country = self.case.country();
        let invented = |code: &str| self.reference.country(code).is_some_and(|country| country.invented);
        let offices = self.reference.offices().filter(|office| office.of == country || !invented(&office.of));
        let ids: Vec<&str> = offices.map(|office| office.id.as_str()).collect();
        let code = to.split('/').next().filter(|code| !code.is_empty()).unwrap_or(country).to_lowercase();
        let file = format!("`templates/directory/{code}.yaml`");
        let add = format!("add it to {file} where you work, each value with its source; see `templates/README.md`");
        crate::yaml::nearest(to, &ids).into_iter().chain([add]).collect()
    }

    /// An office of another State is refused, unless it represents that State abroad or deals with other States, or the
    /// case gives a reason.
    fn is_our_concern(&mut self, paper: &ListedPaper, to: &At<String>, office: &Office) -> bool {
        let of_a_state = self.reference.country(&office.of).is_none_or(|country| !country.organisation);
        let foreign = of_a_state && office.of != self.case.country();
        let deals_with_others = matches!(office.kind, OfficeKind::Embassy | OfficeKind::ForeignMinistry);
        if !foreign || deals_with_others || paper.because.is_some() {
            return true;
        }
        let words = format!("`{}` is an office of {}, and the case is of {}", to.value, office.of, self.case.country());
        self.plan.problems.push(
            Diagnostic::error(Code::DirectoryOtherState, to.place.clone(), words)
                .and_at(office.place.clone(), "the office")
                .hint("name an office of the State concerned, or say with `because: …` at this paper why this one is written to"),
        );
        false
    }

    /// True if readers may know the place of detention. The choice of an office found from it reveals that place.
    fn may_be_led(&self, to: &At<String>, audience: Audience) -> bool {
        let place = |view: &View| view.place_of_detention().map(|named| named.id.clone());
        !to.starts_with(HELD_AT) || place(&self.views[&audience]) == place(self.everything)
    }

    /// A letter to the place of detention needs a recorded permission, and recent news that the person is still there.
    fn may_write(&mut self, paper: &ListedPaper, to: &At<String>, office: &Office) -> bool {
        if office.kind != OfficeKind::Prison {
            return true;
        }
        let day = self.everything.as_of;
        if paper.cleared_by.as_ref().is_none_or(|cleared| cleared.on > day) {
            self.left_out(
                to,
                format!(
                    "`{}` is left out: nobody has allowed a letter to the place of detention (`cleared-by`)",
                    to.value
                ),
            );
            return false;
        }
        let state = self.everything.current(PLACE_OF_DETENTION);
        let confirmed = state.and_then(|told| told.fact.confirmed.as_ref()).is_some_and(|(on, _)| *on <= day);
        if !confirmed {
            let place = state.map_or_else(|| to.place.clone(), |told| told.fact.place.clone());
            let words = "no letter to the place of detention: nobody has confirmed that the person is still there";
            self.plan.problems.push(
                Diagnostic::warning(Code::DocumentUnconfirmed, place, words)
                    .hint("ask family or counsel; then add `confirmed: {on: DATE, how: …}` to this fact"),
            );
        }
        confirmed
    }

    /// Reports selected papers that the case does not list.
    fn unmatched(&mut self) {
        let papers = self.case.papers();
        let templates: Vec<&str> = papers.iter().map(|paper| paper.template.value.as_str()).collect();
        let languages: Vec<&str> =
            papers.iter().flat_map(|paper| &paper.languages).map(|language| language.value.as_str()).collect();
        let listed = papers.iter().flat_map(|paper| &paper.to).map(|to| to.value.as_str());
        let offices: Vec<&str> = listed.filter(|to| !to.starts_with(HELD_AT)).chain(self.held_at()).collect();
        let before = self.plan.problems.len();
        self.unknown(Code::TemplateUnknown, &self.order.only, &templates, "paper");
        self.unknown(Code::TemplateUnknown, &self.order.languages, &languages, "paper in the language");
        self.unknown(Code::DirectoryUnknown, &self.order.to, &offices, "paper to the office");
        let refused = self.plan.problems.iter().any(|problem| problem.code == Code::DocumentOutsideCountry);
        let unmatched = before == self.plan.problems.len() && !refused;
        if self.plan.papers.is_empty() && unmatched && self.order.is_partial() {
            let place = crate::diag::Place::file(self.case.file());
            self.plan.problems.push(
                Diagnostic::error(Code::TemplateUnknown, place, "no paper of the case fits all that was asked for")
                    .hint("leave out `--only`, `--languages` or `--to`, or choose another `--as-of`"),
            );
        }
    }

    /// The offices that follow from the place of detention on this day.
    fn held_at(&self) -> Vec<&'a str> {
        let place = self.everything.place_of_detention();
        let id = place.and_then(|place| place.directory.as_ref());
        let Some(prison) = id.and_then(|id| self.reference.office(id)) else { return Vec::new() };
        std::iter::once(prison.id.as_str()).chain(prison.supervised_by.as_deref()).collect()
    }

    fn unknown(&mut self, code: Code, asked: &[String], known: &[&str], what: &str) {
        for name in asked.iter().filter(|name| !known.contains(&name.as_str())) {
            let hint = crate::yaml::nearest(name, known).unwrap_or_else(|| format!("it lists: {}", distinct(known)));
            let place = crate::diag::Place::file(self.case.file());
            self.plan
                .problems
                .push(Diagnostic::error(code, place, format!("the case lists no {what} `{name}`")).hint(hint));
        }
    }

    fn error(&mut self, code: Code, at: &At<String>, words: String, hint: String) {
        self.plan.problems.push(Diagnostic::error(code, at.place.clone(), words).hint(hint));
    }

    fn left_out(&mut self, at: &At<String>, words: String) {
        self.plan.problems.push(Diagnostic::note(Code::DocumentLeftOut, at.place.clone(), words));
    }
}

/// A paper that goes with a letter, to the same office.
fn companion<'a>(letter: &Planned<'a>, spec: &Spec, language: &str) -> Planned<'a> {
    let name = format!("{}.{}.{language}", letter.name, spec.id);
    Planned {
        spec: spec.clone(),
        language: language.to_owned(),
        recipient: letter.recipient,
        recipients: letter.recipients.clone(),
        audience: letter.audience,
        letter: Some(letter.name.clone()),
        collect: None,
        inside: false,
        filing: letter.filing.clone(),
        file: name.clone(),
        name,
    }
}

/// Each name once, in the given order.
fn distinct(names: &[&str]) -> String {
    let mut seen = Vec::new();
    for name in names {
        if !seen.contains(name) {
            seen.push(*name);
        }
    }
    seen.join(", ")
}
