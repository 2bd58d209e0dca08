//! Compares each statement with what it rests on, in the same language: words that nothing carries, and words that turn
//! the sense and stand on one side alone.
//!
//! What is found is a question for the author, who corrects the text or answers under `own-words`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use super::answers::Answers;
use super::carriage::{Carriage, ClaimCarriage};
use super::claims::{CaseClaim, ClaimGround};
use super::evidence::Evidence;
use super::languages::is_in_language;
use super::support::Support;
use super::told::{capital_places, dates, inside, places};
use crate::case::{Case, Citation, Fact, Named, NamedKind};
use crate::diag::{Code, Diagnostic};
use crate::disk::pool;
use crate::reference::{Name, Norm, Reference};
use crate::text::sense::{self, CitedText, Lexicon, SenseDoubt, SenseDoubtKind, Statement};
use crate::yaml::At;

/// The number of statements that are compared at a time.
const AT_A_TIME: usize = 8;

/// Compares every statement.
pub(super) fn check(
    case: &Case,
    claims: &[CaseClaim],
    evidence: &Evidence,
    reference: &Reference,
) -> (Carriage, Vec<Diagnostic>) {
    let mut carriage = Carriage::default();
    let mut problems = Vec::new();
    let compared = pool::in_order(claims, AT_A_TIME, |claim| {
        if matches!(claim.ground, ClaimGround::Between(_)) {
            return None;
        }
        Some(ClaimComparer { case, claim, evidence, reference }.compare())
    });
    for (claim, compared) in claims.iter().zip(compared) {
        let Some((carried, found)) = compared else { continue };
        carriage.insert(claim.id.clone(), carried);
        problems.extend(found);
    }
    (carriage, problems)
}

/// Reads the lexicons of the case, each on a thread of its own, because that takes as long as all comparisons.
pub(super) fn read_lexicons<'s>(case: &Case, reference: &'s Reference, threads: &'s std::thread::Scope<'s, '_>) {
    let spoken = case.records().values().filter_map(|record| record.language.as_ref()).map(|language| &language.code);
    let languages: BTreeSet<&String> = case.languages.iter().chain(spoken).collect();
    for language in languages {
        let language = language.clone();
        threads.spawn(move || reference.lexicon(&language).is_some());
    }
}

struct ClaimComparer<'a> {
    case: &'a Case,
    claim: &'a CaseClaim<'a>,
    evidence: &'a Evidence,
    reference: &'a Reference,
}

/// Words that a statement is compared with.
struct Ground<'a> {
    cited: Vec<CitedText<'a>>,
    /// The number of those that a message shows: for a request, its facts.
    shown: usize,
    /// The citations among them.
    citations: Vec<&'a Citation>,
}

/// A doubt with the sentences of the source.
struct Question {
    doubt: SenseDoubt,
    /// What the words that turn the sense say.
    label: String,
    sentences: Vec<String>,
}

impl Question {
    /// The class of the words that the statement leaves out.
    fn left_out(&self) -> Option<String> {
        match &self.doubt.kind {
            SenseDoubtKind::Dropped(class) => Some(class.clone()),
            _ => None,
        }
    }
}

impl<'a> ClaimComparer<'a> {
    fn compare(&self) -> (ClaimCarriage, Vec<Diagnostic>) {
        let mut carried = ClaimCarriage { seal: self.claim.seal.clone(), ..ClaimCarriage::default() };
        let mut problems = Vec::new();
        let mut answers = Answers::of(self.claim);
        for (language, text) in &self.claim.texts {
            match self.questions(language, text) {
                Err(why) => {
                    carried.not_compared.insert((*language).to_owned(), why);
                }
                Ok(questions) => {
                    carried.compared.insert((*language).to_owned());
                    carried.left_out.extend(questions.iter().filter_map(Question::left_out));
                    let is_open = |question: &Question| !answers.covers(text, &question.doubt.range);
                    let open = questions.into_iter().filter(is_open).collect();
                    let found = self.report(text, open);
                    carried.open += found.len();
                    problems.extend(found);
                }
            }
        }
        carried.own = answers.kinds().collect();
        carried.not_compared.retain(|language, _| !carried.compared.contains(language));
        problems.extend(answers.problems(!carried.compared.is_empty()));
        (carried, problems)
    }

    /// The doubts about a text, from each ground that is wholly in its language.
    fn questions(&self, language: &str, text: &At<String>) -> Result<Vec<Question>, &'static str> {
        let grounds = match &self.claim.ground {
            ClaimGround::Citations(sets) => self.sets(sets, language)?,
            ClaimGround::Facts { facts, norms, .. } => vec![Self::facts(facts, norms, language)?],
            ClaimGround::Between(_) => Vec::new(),
        };
        let lexicon = self.reference.lexicon(language).ok_or("there is no `sense.yaml` for this language")?;
        let compared = grounds.iter().flat_map(|ground| self.compared(language, text, ground, lexicon));
        let mut questions: Vec<Question> = compared.collect();
        // Several sets can raise the same doubt.
        let order = |doubt: &SenseDoubt| (doubt.range.start, doubt.range.end, doubt.kind.clone());
        questions.sort_by_key(|question| order(&question.doubt));
        questions.dedup_by(|a, b| a.doubt.kind == b.doubt.kind && a.doubt.range == b.doubt.range);
        Ok(questions)
    }

    /// The sets of citations whose sources are all in a language and at hand.
    fn sets(&self, sets: &[&'a [Citation]], language: &str) -> Result<Vec<Ground<'a>>, &'static str> {
        let mut own = sets.iter().filter(|set| is_in_language(self.case, set, language)).peekable();
        if own.peek().is_none() {
            return Err("its sources are in another language");
        }
        let cited = own.filter_map(|set| {
            let mut cited: Vec<CitedText> = set.iter().map(|citation| self.cited(citation)).collect::<Option<_>>()?;
            cited.extend(set.iter().flat_map(|citation| self.titles(citation, language)));
            Some(Ground { shown: set.len(), cited, citations: set.iter().collect() })
        });
        let all: Vec<Ground> = cited.collect();
        if all.is_empty() { Err("there is no copy of its sources") } else { Ok(all) }
    }

    /// The title and the genre of a source: "according to the letter" may name what it is.
    fn titles(&self, citation: &Citation, language: &str) -> impl Iterator<Item = CitedText<'a>> {
        let record = self.case.records().get(&citation.source);
        let genre = record.and_then(|record| record.genre.get(language));
        let all = record.map(|record| record.title.value.as_str()).into_iter().chain(genre.map(String::as_str));
        all.map(|paragraph| CitedText { paragraph, quoted: Vec::new() })
    }

    /// The facts and norms on which a request or an argument rests, in their own words: what the sources say besides is
    /// not told with it.
    fn facts(facts: &[&'a Fact], norms: &[&'a Norm], language: &str) -> Result<Ground<'a>, &'static str> {
        let whole = |text: &'a str| CitedText { paragraph: text, quoted: std::iter::once(0..text.len()).collect() };
        let texts = facts.iter().filter_map(|fact| fact.text.get(language)).map(|text| text.value.as_str());
        let mut cited: Vec<CitedText> = texts.map(whole).collect();
        if cited.is_empty() {
            return Err("its facts are told in another language");
        }
        let shown = cited.len();
        cited.extend(norms.iter().filter_map(|norm| norm.says.value.get(language)).map(|says| whole(says)));
        Ok(Ground { cited, shown, citations: Vec::new() })
    }

    fn compared(&self, language: &str, text: &At<String>, ground: &Ground, lexicon: &Lexicon) -> Vec<Question> {
        let mut statement = self.statement(language, text, lexicon);
        let shown = ground.cited.iter().take(ground.shown);
        let sentences: Vec<String> = shown.map(|cited| one_line(&cited.sentences(lexicon))).collect();
        // A paper may name who published a cited source, whatever its sentences say.
        let published: Vec<Range<usize>> =
            ground.citations.iter().flat_map(|citation| self.publisher(citation, text)).collect();
        statement.others.retain(|name| !published.iter().any(|own| own.start <= name.start && name.end <= own.end));
        let speaks = ground.citations.iter().any(|citation| !citation.voices.is_empty());
        let states = matches!(self.claim.ground, ClaimGround::Citations(_));
        let counts = |doubt: &SenseDoubt| match &doubt.kind {
            SenseDoubtKind::Beyond | SenseDoubtKind::Number | SenseDoubtKind::Who => true,
            // Where the case names the speaker, the paper names him too; a demand is told as one. A request or an argument
            // says "not" and "if" of its own.
            SenseDoubtKind::Added(_) => states,
            SenseDoubtKind::Dropped(class) => {
                states
                    && !(speaks && lexicon.is_about_speech(class))
                    && !(self.claim.is_demand() && lexicon.is_about_asking(class))
            }
        };
        let doubts = sense::doubts(&statement, &ground.cited, lexicon).into_iter().filter(counts);
        let label = |doubt: &SenseDoubt| match &doubt.kind {
            SenseDoubtKind::Added(class) | SenseDoubtKind::Dropped(class) => lexicon.label(class).to_owned(),
            SenseDoubtKind::Beyond | SenseDoubtKind::Number | SenseDoubtKind::Who => String::new(),
        };
        doubts.map(|doubt| Question { label: label(&doubt), doubt, sentences: sentences.clone() }).collect()
    }

    fn cited(&self, citation: &Citation) -> Option<CitedText<'a>> {
        let Support::Now(found) = self.evidence.support(citation) else { return None };
        let paragraph = self.evidence.paragraph(citation)?;
        let fits = found.ranges.iter().all(|range| paragraph.get(range.clone()).is_some());
        fits.then(|| CitedText { paragraph, quoted: found.ranges.clone() })
    }

    /// The text with the bytes of its names, of words that follow by a recorded rule and, in a request, of what may be
    /// asked for.
    fn statement<'t>(&self, language: &str, text: &'t At<String>, lexicon: &Lexicon) -> Statement<'t> {
        let derived = self.claim.derived.iter();
        let mut known: Vec<Range<usize>> = derived.flat_map(|words| places(text, words)).collect();
        let (mut others, mut of_victims) = (Vec::new(), Vec::new());
        for named in self.case.names().values() {
            let at = name_places(named, language, text);
            if self.case.victims().contains(&named.id) {
                of_victims.extend(at.iter().cloned());
            } else if named.kind != NamedKind::Place {
                others.extend(at.iter().cloned());
            }
            known.extend(at);
        }
        let dates = self.reference.wording(language).map(|wording| dates(text, wording)).unwrap_or_default();
        known.extend(dates.into_iter().map(|(_, range)| range));
        // A name may be a part of a longer one, or the family name of a relative of the person.
        let is_part = |at: &Range<usize>| {
            known.iter().any(|other| other.len() > at.len() && other.start <= at.start && at.end <= other.end)
        };
        others.retain(|at| !is_part(at) && !of_victims.iter().any(|own| own.start < at.end && at.start < own.end));
        let citations = self.claim.ground.citations();
        let of_facts = self.claim.ground.facts().into_iter().flat_map(Fact::citations);
        known.extend(citations.into_iter().chain(of_facts).flat_map(|citation| self.publisher(citation, text)));
        if let ClaimGround::Facts { .. } = self.claim.ground {
            known.extend(suppositions(self.case, self.claim, language, text, lexicon));
            let asked = lexicon.asked_for(text);
            others.retain(|name| !asked.iter().any(|word| name.start <= word.start && word.end <= name.end));
            known.extend(asked);
        }
        Statement { text, known, others }
    }

    /// The bytes of the names of whoever published a source, and of those whom it quotes.
    fn publisher(&self, citation: &Citation, text: &str) -> Vec<Range<usize>> {
        let record = self.case.records().get(&citation.source);
        let published = record.into_iter().flat_map(|record| {
            let named = record.publisher_name.iter().flat_map(|publisher| publisher.name.values());
            named.chain(&record.publisher).chain(&record.site)
        });
        let voices = citation.voices.iter().filter_map(|voice| self.case.names().get(voice));
        let voices = voices.flat_map(|named| named.names.values()).flat_map(Name::forms);
        published.map(String::as_str).chain(voices).flat_map(|name| places(text, name)).collect()
    }

    /// One problem for all words that nothing carries, and one for each other doubt.
    fn report(&self, text: &At<String>, open: Vec<Question>) -> Vec<Diagnostic> {
        let (beyond, others): (Vec<Question>, Vec<Question>) =
            open.into_iter().partition(|question| question.doubt.kind == SenseDoubtKind::Beyond);
        let mut problems: Vec<Diagnostic> = self.beyond(text, &beyond).into_iter().collect();
        problems.extend(others.iter().map(|question| self.sense(text, question)));
        problems
    }

    fn beyond(&self, text: &At<String>, questions: &[Question]) -> Option<Diagnostic> {
        let first = questions.first()?;
        let mut words: Vec<String> =
            questions.iter().map(|question| format!("`{}`", &text[question.doubt.range.clone()])).collect();
        words.dedup();
        let headline = format!("no word of {} carries {}", self.source(), words.join(", "));
        let ranges: Vec<Range<usize>> = questions.iter().map(|question| question.doubt.range.clone()).collect();
        let place = inside(text, &first.doubt.range);
        let problem = Diagnostic::warning(Code::FactBeyondSource, place, headline).with_note(marked(text, &ranges));
        Some(self.with_source(problem, first))
    }

    fn sense(&self, text: &At<String>, question: &Question) -> Diagnostic {
        let word = &text[question.doubt.range.clone()];
        let against = question.doubt.against.as_deref().unwrap_or_default();
        let (source, label) = (self.source(), &question.label);
        let headline = match &question.doubt.kind {
            SenseDoubtKind::Beyond => format!("no word of {source} carries `{word}`"),
            SenseDoubtKind::Number => format!("the number `{word}` stands with other words in {source}"),
            SenseDoubtKind::Who => format!("`{word}` is not in the cited sentence, and nothing there stands for it"),
            SenseDoubtKind::Added(_) => format!("`{word}` says {label}, and the cited sentence does not"),
            SenseDoubtKind::Dropped(_) => {
                format!("{source} says `{against}` of `{word}` ({label}), and the statement leaves it out")
            }
        };
        let place = inside(text, &question.doubt.range);
        let problem = Diagnostic::warning(Code::FactSense, place, headline);
        self.with_source(problem.with_note(marked(text, std::slice::from_ref(&question.doubt.range))), question)
    }

    /// What the statement rests on, in words.
    fn source(&self) -> &'static str {
        if self.rests_on_facts() { "its facts" } else { "the source" }
    }

    fn rests_on_facts(&self) -> bool {
        !matches!(self.claim.ground, ClaimGround::Citations(_))
    }

    fn with_source(&self, problem: Diagnostic, question: &Question) -> Diagnostic {
        let what = if self.rests_on_facts() { "the fact:     " } else { "the source:   " };
        let with = question
            .sentences
            .iter()
            .fold(problem, |problem, sentence| problem.with_note(format!("{what} “{sentence}”")));
        with.hint(format!(
            "stay closer to {}, cite what carries it, or answer: `own-words: [{{words: …, kind: summary, why: …, seal: {}}}]`",
            self.source(),
            self.claim.seal
        ))
    }
}

/// The bytes of the sentences of an argument that tell no fact of the case; none in other statements.
pub(super) fn suppositions(
    case: &Case,
    claim: &CaseClaim,
    language: &str,
    text: &str,
    lexicon: &Lexicon,
) -> Vec<Range<usize>> {
    if !matches!(claim.ground, ClaimGround::Facts { is_request: false, .. }) {
        return Vec::new();
    }
    let named: Vec<Range<usize>> = case.names().values().flat_map(|named| name_places(named, language, text)).collect();
    lexicon.suppositions(text, &named)
}

/// The bytes of the names of a thing; of a person also those of the last name.
fn name_places(named: &Named, language: &str, text: &str) -> Vec<Range<usize>> {
    let forms: Vec<&str> = named.names.get(language).into_iter().flat_map(Name::forms).collect();
    let last = forms.iter().filter(|_| named.kind == NamedKind::Person).filter_map(|form| form.split(' ').next_back());
    let described = named.describe.get(language).map(|words| words.value.as_str());
    let all = forms.iter().copied().chain(last).chain(described);
    all.flat_map(|form| capital_places(text, form)).collect()
}

/// The statement with marks around the bytes in question.
fn marked(text: &str, ranges: &[Range<usize>]) -> String {
    let mut out = String::new();
    let mut end = 0;
    for range in ranges {
        _ = write!(out, "{}⟦{}⟧", &text[end..range.start], &text[range.clone()]);
        end = range.end;
    }
    format!("the statement: “{}{}”", out, &text[end..])
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
