//! The state of a form in its own order, line by line, for those who prepare it.

use super::fill::{Filled, fill, is_of, is_open};
use super::lacking::{consented, unsure};
use super::{Fill, Form};
use crate::case::view::View;
use crate::case::{Argument, Citation, Filing};

/// Lists the content with facts and places, the missing parts, the missing consents and the claims.
///
/// `arguments` are all arguments of the case, so that those not claimed are listed with their reasons.
#[must_use]
pub fn report(
    form: &Form,
    view: &View,
    filing: &Filing,
    arguments: &[Argument],
    language: &str,
    on: chrono::NaiveDate,
) -> Vec<String> {
    let mut out = Vec::new();
    let mut fields = fill(form, view, filing, language).into_iter();
    for section in &form.sections {
        let label = section.label.value.get(language).map_or(section.id.as_str(), String::as_str);
        out.push(format!("{}  {label}", section.id));
        for filled in fields.by_ref().take(section.fields.len()) {
            field(form, view, &filled, language, &mut out);
        }
    }
    categories(form, view, arguments, language, &mut out);
    consents(form, view, filing, &mut out);
    let (unverified, old) = unsure(form, on);
    for (ids, what) in [(unverified, "never verified"), (old, "verified too long ago")] {
        if !ids.is_empty() {
            out.push(format!("{what}: {}", ids.join(", ")));
        }
    }
    out
}

fn field(form: &Form, view: &View, filled: &Filled, language: &str, out: &mut Vec<String>) {
    let state = match (&filled.field.fill, filled.stated) {
        (Fill::Hand, _) => "by hand",
        (Fill::Steps, true) if view.steps.iter().any(is_open) => "partly unknown",
        (_, true) => "there",
        (_, false) if filled.gaps.is_empty() => "MISSING",
        (_, false) => "not stated in the sources",
    };
    let label = filled.field.label.value.get(language).map_or("", String::as_str);
    out.push(format!("  {}  [{}] {state}: {label}", filled.field.id, filled.field.required.name()));
    out.extend(filled.words.map(|words| format!("      {words}")));
    for told in &filled.facts {
        let status = told.status.name();
        out.push(format!("      facts.{} ({status}): {}", told.fact.id, places(&told.cites)));
    }
    match filled.field.fill {
        Fill::Steps => {
            for step in &view.steps {
                let known = if is_open(step) { "UNKNOWN in part" } else { "known" };
                out.push(format!("      steps.{} ({known}): {}", step.body, places(&step.cites)));
            }
        }
        Fill::Arguments => {
            let claimed = view.arguments.iter().filter(|one| one.claimed && is_of(form, &one.category));
            out.extend(claimed.map(|one| format!("      arguments.{}: {}", one.category, one.facts.join(", "))));
        }
        _ => {}
    }
    out.extend(filled.gaps.iter().map(|gap| format!("      gaps.{}: the sources do not say", gap.id)));
}

fn places(cites: &[Citation]) -> String {
    if cites.is_empty() {
        return "no citation of its own".to_owned();
    }
    let mut places: Vec<String> = Vec::new();
    for place in cites.iter().map(|cite| format!("{} {}", cite.source, cite.at)) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places.join(", ")
}

fn categories(form: &Form, view: &View, arguments: &[Argument], language: &str, out: &mut Vec<String>) {
    for category in &form.categories {
        let label = form.category(&category.id, language).unwrap_or_default();
        let all = arguments.iter().find(|argument| argument.category == category.id);
        let told = view.arguments.iter().any(|argument| argument.category == category.id);
        let state = match all {
            None => "nothing is recorded".to_owned(),
            Some(one) if !one.claimed => format!("not claimed: {}", one.why.as_deref().unwrap_or_default()),
            Some(one) if told => format!("claimed on {} facts", one.facts.len()),
            Some(_) => "claimed, but LEFT OUT: not all of its facts may be told here".to_owned(),
        };
        out.push(format!("{}  {label}: {state}", category.id));
    }
}

fn consents(form: &Form, view: &View, filing: &Filing, out: &mut Vec<String>) {
    for named in view.victims.iter().filter_map(|id| view.names.get(id)) {
        for scope in &form.consents {
            let state = match consented(named, scope, view.as_of) {
                Some(consent) => format!("given by {} on {}", consent.given_by, consent.on),
                None => "LACKING".to_owned(),
            };
            out.push(format!("consent {} of {}: {state}", scope.value, named.id));
        }
    }
    if form.counsel {
        let informed = filing.counsel_informed.as_ref().filter(|(on, _)| *on <= view.as_of);
        let state = informed.map_or_else(|| "NOT RECORDED".to_owned(), |(on, how)| format!("on {on}: {how}"));
        out.push(format!("counsel informed: {state}"));
    }
}
