//! Asks about quotations that are cut in the wrong place: exact words can still say something else than their sentence.

use super::carriage::Carriage;
use super::claims::CaseClaim;
use super::evidence::Evidence;
use super::review::quotation_seal;
use super::support::Support;
use crate::case::{Case, Citation, QuotationMeaning};
use crate::diag::{Code, Diagnostic};
use crate::disk::pool;
use crate::reference::Reference;
use crate::text::sense::{CutKind, Lexicon, QuotationCut, cuts};

/// The number of quotations that are looked at at a time.
const AT_A_TIME: usize = 8;

/// Looks at every quotation that stands in a copy, and counts the open questions with the statements that cite it.
pub(super) fn check(
    case: &Case,
    claims: &[CaseClaim],
    evidence: &Evidence,
    reference: &Reference,
    carriage: &mut Carriage,
) -> Vec<Diagnostic> {
    let cited: Vec<(&CaseClaim, &Citation)> =
        claims.iter().flat_map(|claim| claim.citations.iter().map(move |citation| (claim, *citation))).collect();
    let asked: &Carriage = carriage;
    let found = pool::in_order(&cited, AT_A_TIME, |(claim, citation)| {
        CutFinder { case, claim, evidence, reference, carriage: asked }.problem(citation)
    });
    let mut problems = Vec::new();
    for ((claim, _), found) in cited.iter().zip(found) {
        let Some(FoundCut { problem, is_open }) = found else { continue };
        if is_open {
            carriage.ask(claim);
        }
        problems.push(problem);
    }
    problems
}

/// What was found of a quotation.
struct FoundCut {
    problem: Diagnostic,
    /// True for a question that nobody has answered.
    is_open: bool,
}

struct CutFinder<'a> {
    case: &'a Case,
    claim: &'a CaseClaim<'a>,
    evidence: &'a Evidence,
    reference: &'a Reference,
    carriage: &'a Carriage,
}

impl CutFinder<'_> {
    /// The first question about a quotation, or what is wrong with its answer.
    fn problem(&self, citation: &Citation) -> Option<FoundCut> {
        let language = self.case.records().get(&citation.source)?.language.as_ref()?.code.as_str();
        let lexicon = self.reference.lexicon(language)?;
        let Support::Now(found) = self.evidence.support(citation) else { return None };
        let paragraph = self.evidence.paragraph(citation)?;
        let found = cuts(paragraph, &found.ranges, lexicon);
        let open = found.into_iter().find(|cut| !self.is_told(citation, language, cut, lexicon));
        let seal = quotation_seal(self.case, citation);
        let (problem, is_open) = match (open, &citation.meaning) {
            (Some(cut), None) => (question(citation, &cut, &paragraph[cut.range.clone()], lexicon, &seal), true),
            (Some(_), Some(answer)) if answer.seal.value != seal => (void(answer, &seal), true),
            (None, Some(answer)) => (idle(answer), false),
            _ => return None,
        };
        Some(FoundCut { problem, is_open })
    }

    /// True if the statement itself says what stands outside the quotation, if it was asked about it, or if the citation
    /// names who said it.
    fn is_told(&self, citation: &Citation, language: &str, cut: &QuotationCut, lexicon: &Lexicon) -> bool {
        let Some(class) = &cut.class else { return false };
        let texts = self.claim.texts.iter().filter(|(own, _)| *own == language);
        let mut told = texts.map(|(_, text)| lexicon.has_cue(text, class));
        lexicon.is_about_speech(class) && !citation.voices.is_empty()
            || lexicon.is_about_asking(class) && self.claim.is_demand()
            || self.carriage.asked_about(self.claim, class)
            || told.any(|told| told)
    }
}

fn question(citation: &Citation, cut: &QuotationCut, words: &str, lexicon: &Lexicon, seal: &str) -> Diagnostic {
    let says = cut.class.as_deref().map(|class| lexicon.label(class)).unwrap_or_default();
    let headline = match cut.kind {
        CutKind::StartsAfter => format!("the quotation starts after `{words}` ({says})"),
        CutKind::StopsBefore => format!("the quotation stops before `{words}` ({says})"),
        CutKind::StopsInside => format!("the quotation stops inside what `{words}` begins ({says})"),
        CutKind::LeavesOut => format!("the quotation leaves out `{words}` ({says})"),
        CutKind::JoinsSentences => "the quotation joins words of two sentences".to_owned(),
        CutKind::ChangesSubject => format!("the quotation leaves out `{words}`, where another statement begins"),
    };
    Diagnostic::warning(
        Code::QuoteMeaning,
        citation.quote.place.clone(),
        format!("{headline}: does it still mean what the source says?"),
    )
    .hint(format!("quote these words too, say them in the statement, or answer: `meaning: {{why: …, seal: {seal}}}`"))
}

/// Reports an answer to another quotation or another copy.
fn void(answer: &QuotationMeaning, seal: &str) -> Diagnostic {
    let words = "the quotation or its source has changed since its meaning was answered for";
    Diagnostic::warning(Code::QuoteMeaning, answer.seal.place.clone(), words)
        .hint(format!("read the sentence in the source again; then write `seal: {seal}`"))
}

/// Reports an answer without a question.
fn idle(answer: &QuotationMeaning) -> Diagnostic {
    let words = "nobody asks about the meaning of this quotation";
    Diagnostic::warning(Code::QuoteMeaning, answer.seal.place.clone(), words).hint("delete `meaning`")
}
