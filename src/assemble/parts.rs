//! The fixed parts of a page: sender, recipient, date, signature, footer.

use chrono::NaiveDate;

use super::request::Request;
use super::spec::{Dating, PartsSpec};
use crate::case::view::View;
use crate::diag::{Code, Diagnostic};
use crate::document::{Line, Parts};
use crate::reference::{Dated, Doubt, GrammaticalCase, Locale, Office, Reference, fill};

/// The parts of a document except letterhead and subject.
pub fn parts(
    spec: &PartsSpec,
    request: &Request,
    view: &View,
    reference: &Reference,
    locale: &Locale,
    use_until: Option<NaiveDate>,
    problems: &mut Vec<Diagnostic>,
) -> Parts {
    let words = &locale.words;
    let as_of = locale.format.date(view.as_of);
    let mut footer = Vec::new();
    if spec.footer {
        footer.push(fill(&words.as_known_on, &[("date", &as_of)]));
        if let Some(day) = use_until.filter(|_| spec.use_until) {
            footer.push(fill(&words.use_until, &[("date", &locale.format.date(day))]));
        }
    }
    let recipient = request
        .recipient
        .filter(|_| spec.recipient)
        .map(|office| recipient(office, request, reference, locale, problems));
    Parts {
        sender: if spec.sender { sender(locale) } else { Vec::new() },
        return_line: spec.window.then(|| blank(&locale.words.blank_return)),
        recipient: recipient.unwrap_or_default(),
        date: date(spec.date, &as_of, locale),
        signature: if spec.signature { signature(request, locale) } else { Vec::new() },
        enclosures: spec.enclosures.get(request.language).cloned().unwrap_or_default(),
        footer,
        ..Parts::default()
    }
}

/// A ruled line to be filled in by hand.
fn blank(label: &str) -> Line {
    Line::Blank { label: label.to_owned(), filled: None }
}

/// The sender: the case does not know it, so the lines are blank.
fn sender(locale: &Locale) -> Vec<Line> {
    // An address takes two lines.
    vec![blank(&locale.words.blank_name), blank(&locale.words.blank_address), blank("")]
}

fn date(dating: Dating, as_of: &str, locale: &Locale) -> Option<Line> {
    match dating {
        Dating::None => None,
        Dating::AsOf => Some(Line::Text(as_of.to_owned())),
        Dating::Blank => Some(blank(&locale.words.blank_date)),
    }
}

fn signature(request: &Request, locale: &Locale) -> Vec<Line> {
    let closing = request.recipient.and_then(|office| office.closing.get(request.language));
    let mut lines: Vec<Line> = closing.map(|closing| Line::Text(closing.value.clone())).into_iter().collect();
    lines.push(blank(&locale.words.blank_signature));
    lines
}

/// The office in the grammatical case of an address, and the lines of its address; a ruled blank if it is unknown.
fn recipient(
    office: &Office,
    request: &Request,
    reference: &Reference,
    locale: &Locale,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Line> {
    let dative = office.name.get(request.language).map(|name| name.in_case_or_plain(GrammaticalCase::Dative));
    if dative.is_none() {
        let words = format!("the office `{}` has no name in `{}`", office.id, request.language);
        problems
            .push(Diagnostic::error(Code::DirectoryUnknown, office.place.clone(), words).hint("add it under `name`"));
    }
    let mut lines: Vec<Line> = dative.map(|name| Line::Text(capitalised(name))).into_iter().collect();
    let languages = office.address.iter().flat_map(|address| address.value.keys()).map(String::as_str);
    let mut known = std::iter::once(request.language).chain(languages);
    if let Some(address) = known.find_map(|language| reference.address(office, language, true)) {
        lines.extend(address.into_iter().map(Line::Text));
    } else {
        let words = format!("the address of `{}` is not in the directory", office.id);
        problems.push(
            Diagnostic::warning(Code::DirectoryUnknown, office.place.clone(), words)
                .hint("find it, write it by hand on the ruled line, and add it under `address`"),
        );
        lines.push(blank(&locale.words.address.to_lowercase()));
        lines.push(blank(""));
        // The post of the sender's country needs at least the name of the office's country.
        let postal = reference.country(&office.of).map(|country| &country.postal);
        lines.extend(postal.and_then(|names| names.get(request.language)).map(|name| Line::Text(name.clone())));
    }
    doubts(office, request, problems);
    lines
}

/// Warns of each value of the directory that is printed but not verified.
fn doubts(office: &Office, request: &Request, problems: &mut Vec<Diagnostic>) {
    let on = request.made_on;
    if let Some(address) = &office.address {
        problems.extend(doubt(address, on, &format!("the address of `{}`", office.id)));
    }
    for (what, values) in [("the salutation", &office.salutation), ("the closing words", &office.closing)] {
        if let Some(value) = values.get(request.language) {
            problems.extend(doubt(value, on, &format!("{what} of `{}`", office.id)));
        }
    }
    problems.extend(doubt(&office.powers, on, &format!("the powers of `{}`", office.id)));
}

/// A warning about a value that must be verified again from time to time.
pub fn doubt<T>(value: &Dated<T>, on: chrono::NaiveDate, what: &str) -> Option<Diagnostic> {
    let doubt = value.doubt(on)?;
    let words = match &doubt {
        Doubt::Unverified => format!("nobody has compared {what} with its source"),
        Doubt::Old(day) => format!("{what} was last verified on {day}"),
        Doubt::NotYet(day) => format!("{what} holds only from {day}"),
        Doubt::Over(day) => format!("{what} held until {day}"),
    };
    let problem = Diagnostic::warning(Code::DirectoryUnverified, value.place.clone(), words);
    let problem = problem.hint("look it up at its source, and write the day under `verified-on`");
    Some(if matches!(doubt, Doubt::Unverified) { problem } else { problem.of_today() })
}

/// A name with a capital letter at the beginning of an address, even if it has a small one in a sentence.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
