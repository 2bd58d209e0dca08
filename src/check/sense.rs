//! Compares each fact, in the language of its sources, with the words it is cited to: words that nothing carries, and
//! words that turn the sense and stand on one side alone.
//!
//! What is found is a question for the author, who corrects the text or answers under `own-words`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use super::evidence::Evidence;
use super::review::seal;
use super::support::Support;
use super::told::{capital_places, dates, inside, places};
use crate::case::{Case, Citation, Fact, Named, NamedKind, OwnWordingKind};
use crate::diag::{Code, Diagnostic};
use crate::disk::pool;
use crate::document::FactId;
use crate::reference::{Name, Reference};
use crate::text::sense::{self, CitedText, Lexicon, SenseDoubt, SenseDoubtKind, Statement};
use crate::yaml::At;

/// The number of facts that are compared at a time.
const AT_A_TIME: usize = 8;

/// The result of the comparison for each fact.
#[derive(Debug, Clone, Default)]
pub struct Carriage {
    facts: BTreeMap<FactId, CarriedFact>,
}

/// The result of the comparison of one fact with its sources.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CarriedFact {
    /// The languages in which it was compared.
    pub compared: BTreeSet<String>,
    /// The languages in which it was not compared, each with the reason.
    pub not_compared: BTreeMap<String, &'static str>,
    /// The kinds of own words that the author answered for.
    pub own: BTreeSet<OwnWordingKind>,
    /// The number of questions that nobody has answered.
    pub open: usize,
}

impl Carriage {
    /// The result for a fact.
    #[must_use]
    pub fn of(&self, fact: &FactId) -> Option<&CarriedFact> {
        self.facts.get(fact)
    }

    /// True if a fact was compared in this language.
    #[must_use]
    pub fn is_compared(&self, fact: &FactId, language: &str) -> bool {
        self.of(fact).is_some_and(|carried| carried.compared.contains(language))
    }

    /// True if there are questions about a fact that nobody has answered.
    #[must_use]
    pub fn is_open(&self, fact: &FactId) -> bool {
        self.of(fact).is_some_and(|carried| carried.open > 0)
    }

    /// The numbers of facts that are carried whole, have own words, are open and were not compared, in words.
    #[must_use]
    pub fn summary(&self) -> String {
        let count = |fits: &dyn Fn(&CarriedFact) -> bool| self.facts.values().filter(|carried| fits(carried)).count();
        let own: Vec<String> = OwnWordingKind::ALL
            .into_iter()
            .map(|kind| (kind, count(&|one| one.own.contains(&kind))))
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| format!("{count} {kind}"))
            .collect();
        let with_own = count(&|one| one.open == 0 && !one.own.is_empty());
        let own = if own.is_empty() { String::new() } else { format!(" ({})", own.join(", ")) };
        let whole = count(&|one| one.open == 0 && one.own.is_empty() && !one.compared.is_empty());
        let open = count(&|one| one.open > 0);
        let not = count(&|one| one.open == 0 && one.own.is_empty() && one.compared.is_empty());
        format!("{whole} carried whole, {with_own} with own words{own}, {open} with open questions, {not} not compared")
    }
}

/// Compares every fact.
pub fn check(case: &Case, evidence: &Evidence, reference: &Reference) -> (Carriage, Vec<Diagnostic>) {
    let mut carriage = Carriage::default();
    let mut problems = Vec::new();
    let facts: Vec<&Fact> = case.facts().values().collect();
    read_lexicons(case, evidence, reference);
    let compared = pool::in_order(&facts, AT_A_TIME, |fact| {
        FactComparer { case, fact, evidence, reference, seal: seal(case, fact) }.compare()
    });
    for (fact, (carried, found)) in facts.into_iter().zip(compared) {
        carriage.facts.insert(fact.id.clone(), carried);
        problems.extend(found);
    }
    (carriage, problems)
}

/// Reads the lexicons that are needed side by side; otherwise the threads would wait for each in turn.
fn read_lexicons(case: &Case, evidence: &Evidence, reference: &Reference) {
    let sets = || case.facts().values().flat_map(|fact| &fact.sets);
    let is_read = |set: &Vec<Citation>| set.iter().all(|citation| evidence.paragraph(citation).is_some());
    let is_needed = |language: &&str| sets().any(|set| is_in_language(case, set, language) && is_read(set));
    let languages: Vec<&str> = reference.languages().filter(is_needed).collect();
    pool::in_order(&languages, AT_A_TIME, |language| reference.lexicon(language).is_some());
}

struct FactComparer<'a> {
    case: &'a Case,
    fact: &'a Fact,
    evidence: &'a Evidence,
    reference: &'a Reference,
    /// The seal that an answer must bear.
    seal: String,
}

/// A doubt with the sentences of the source.
struct Question {
    doubt: SenseDoubt,
    sentences: Vec<String>,
}

impl FactComparer<'_> {
    fn compare(&self) -> (CarriedFact, Vec<Diagnostic>) {
        let mut carried = CarriedFact::default();
        let mut problems = Vec::new();
        let mut used = vec![false; self.fact.own_words.len()];
        for (language, text) in self.fact.wordings() {
            match self.questions(language, text) {
                Err(why) => {
                    carried.not_compared.insert(language.clone(), why);
                }
                Ok(questions) => {
                    carried.compared.insert(language.clone());
                    let open =
                        questions.into_iter().filter(|question| !self.is_answered(text, question, &mut used)).collect();
                    let found = self.report(text, open);
                    carried.open += found.len();
                    problems.extend(found);
                }
            }
        }
        let answers = self.fact.own_words.iter().zip(&used);
        carried.own =
            answers.filter(|(own, used)| **used && own.seal.value == self.seal).map(|(own, _)| own.kind).collect();
        carried.not_compared.retain(|language, _| !carried.compared.contains(language));
        problems.extend(self.answers(&used, carried.compared.is_empty()));
        (carried, problems)
    }

    /// The doubts about a text, from each sufficient set of citations that is wholly in its language.
    fn questions(&self, language: &str, text: &At<String>) -> Result<Vec<Question>, &'static str> {
        let lexicon = self.reference.lexicon(language).ok_or("there is no `sense.yaml` for this language")?;
        let mut sets = self.fact.sets.iter().filter(|set| is_in_language(self.case, set, language)).peekable();
        if sets.peek().is_none() {
            return Err("its sources are in another language");
        }
        let compared: Vec<Vec<Question>> = sets.filter_map(|set| self.of_set(language, text, set, lexicon)).collect();
        if compared.is_empty() {
            return Err("there is no copy of its sources");
        }
        let mut questions: Vec<Question> = compared.into_iter().flatten().collect();
        // Several sets can raise the same doubt.
        let order = |doubt: &SenseDoubt| (doubt.range.start, doubt.range.end, doubt.kind.clone());
        questions.sort_by_key(|question| order(&question.doubt));
        questions.dedup_by(|a, b| a.doubt.kind == b.doubt.kind && a.doubt.range == b.doubt.range);
        Ok(questions)
    }

    fn of_set(&self, language: &str, text: &At<String>, set: &[Citation], lexicon: &Lexicon) -> Option<Vec<Question>> {
        let cited: Vec<CitedText> = set.iter().map(|citation| self.cited(citation)).collect::<Option<_>>()?;
        let mut statement = self.statement(language, text);
        let sentences: Vec<String> = cited.iter().map(|cited| one_line(&cited.sentences(lexicon))).collect();
        // A paper may name who published a cited source, whatever its sentences say.
        let published: Vec<Range<usize>> = set.iter().flat_map(|citation| self.publisher(citation, text)).collect();
        statement.others.retain(|name| !published.iter().any(|own| own.start <= name.start && name.end <= own.end));
        let speaks = set.iter().any(|citation| !citation.voices.is_empty());
        let doubts = sense::doubts(&statement, &cited, lexicon).into_iter();
        // Where the case names the speaker, the paper names him too.
        let doubts = doubts.filter(|doubt| !(speaks && is_about_speech(&doubt.kind)));
        Some(doubts.map(|doubt| Question { doubt, sentences: sentences.clone() }).collect())
    }

    fn cited(&self, citation: &Citation) -> Option<CitedText<'_>> {
        let Support::Now(found) = self.evidence.support(citation) else { return None };
        let paragraph = self.evidence.paragraph(citation)?;
        let fits = found.ranges.iter().all(|range| paragraph.get(range.clone()).is_some());
        fits.then(|| CitedText { paragraph, quoted: found.ranges.clone() })
    }

    /// The text with the bytes of its names and of words that follow by a recorded rule.
    fn statement<'t>(&self, language: &str, text: &'t At<String>) -> Statement<'t> {
        let derived = self.fact.derived.iter().flat_map(|derived| &derived.words);
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
        known.extend(self.fact.citations().flat_map(|citation| self.publisher(citation, text)));
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

    /// True if the author has answered for these words; marks the answers that are used.
    fn is_answered(&self, text: &str, question: &Question, used: &mut [bool]) -> bool {
        let mut answered = false;
        for (own, used) in self.fact.own_words.iter().zip(used) {
            let covers = |at: &Range<usize>| at.start < question.doubt.range.end && question.doubt.range.start < at.end;
            if places(text, &own.words).iter().any(covers) {
                *used = true;
                answered |= own.seal.value == self.seal;
            }
        }
        answered
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
        let headline = format!("no word of the source carries {}", words.join(", "));
        let ranges: Vec<Range<usize>> = questions.iter().map(|question| question.doubt.range.clone()).collect();
        let place = inside(text, &first.doubt.range);
        let problem = Diagnostic::warning(Code::FactBeyondSource, place, headline).with_note(marked(text, &ranges));
        Some(self.with_source(problem, first))
    }

    fn sense(&self, text: &At<String>, question: &Question) -> Diagnostic {
        let word = &text[question.doubt.range.clone()];
        let against = question.doubt.against.as_deref().unwrap_or_default();
        let headline = match &question.doubt.kind {
            SenseDoubtKind::Beyond => format!("no word of the source carries `{word}`"),
            SenseDoubtKind::Number => format!("the number `{word}` stands with other words in the source"),
            SenseDoubtKind::Who => format!("`{word}` is not in the cited sentence, and nothing there stands for it"),
            SenseDoubtKind::Added(class) => format!("`{word}` ({class}) has nothing like it in the cited sentence"),
            SenseDoubtKind::Dropped(class) => {
                format!("the source says `{against}` ({class}) of `{word}`, and the statement leaves it out")
            }
        };
        let place = inside(text, &question.doubt.range);
        let problem = Diagnostic::warning(Code::FactSense, place, headline);
        self.with_source(problem.with_note(marked(text, std::slice::from_ref(&question.doubt.range))), question)
    }

    fn with_source(&self, problem: Diagnostic, question: &Question) -> Diagnostic {
        let with = question
            .sentences
            .iter()
            .fold(problem, |problem, sentence| problem.with_note(format!("the source:    “{sentence}”")));
        with.hint(format!(
            "stay closer to the source, cite what carries it, or answer: `own-words: [{{words: …, kind: summary, why: …, seal: {}}}]`",
            self.seal
        ))
    }

    /// Reports answers that are void, and answers to no question.
    fn answers(&self, used: &[bool], nothing_compared: bool) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for (own, used) in self.fact.own_words.iter().zip(used) {
            let told = |words: String, hint: String| {
                Diagnostic::warning(Code::FactOwnWords, own.words.place.clone(), words).hint(hint)
            };
            if !self.fact.wordings().any(|(_, text)| !places(text, &own.words).is_empty()) {
                let words = format!("the words `{}` stand in no text of the fact `{}`", own.words.value, self.fact.id);
                problems.push(told(words, "correct the words, or delete the entry".to_owned()));
            } else if own.seal.value != self.seal {
                let words = format!("`{}` has changed since its own words were answered for", self.fact.id);
                problems
                    .push(told(words, format!("read it beside its source again; then write `seal: {}`", self.seal)));
            } else if !used && !nothing_compared {
                let words = format!("nobody asks about `{}`: the source carries it", own.words.value);
                problems.push(told(words, "delete the entry".to_owned()));
            }
        }
        problems
    }
}

/// True if all sources of a set are in this language, so that its words can be compared.
pub(super) fn is_in_language(case: &Case, set: &[Citation], language: &str) -> bool {
    let code = |citation: &Citation| case.records().get(&citation.source)?.language.as_ref().map(|own| &own.code);
    set.iter().all(|citation| code(citation).is_some_and(|code| code == language))
}

/// True for a doubt about whose words something is.
fn is_about_speech(kind: &SenseDoubtKind) -> bool {
    matches!(kind, SenseDoubtKind::Dropped(class) if class == "report" || class == "hearsay")
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
