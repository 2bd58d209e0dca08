//! Finds words of a statement that its quotations do not support: a number, a date, a name, a court or an article that
//! is not in the cited paragraphs. Where [`super::sense`] cannot compare every word, also a word that claims cause,
//! agent, repetition or legal effect without a quotation that has it.
//!
//! Each sufficient set of citations must carry the whole statement, in each language, because any of them may be
//! printed. A request, an argument and a gap are carried by the facts on which they rest.

use std::collections::BTreeSet;
use std::ops::Range;

use super::carriage::Carriage;
use super::claims::{CaseClaim, ClaimGround};
use super::evidence::Evidence;
use super::languages::is_in_language;
use super::sense::suppositions;
use super::told::{ToldDate, capital_places, dates, inside, numbers, places};
use crate::case::{Case, Citation, Fact, Named, NamedKind};
use crate::diag::{Code, Diagnostic};
use crate::disk::pool;
use crate::document::ClaimId;
use crate::reference::{Name, Norm, Reference, WordList, Wording, words};
use crate::source::Record;
use crate::text::sense::Lexicon;
use crate::yaml::At;

/// The number of statements that are looked at at a time.
const AT_A_TIME: usize = 8;

/// The fewest letters of a word of a norm's name that is known in another grammatical case.
const FEWEST_LETTERS: usize = 3;

/// Checks every statement whose paragraphs are at hand.
pub(super) fn check(
    case: &Case,
    claims: &[CaseClaim],
    evidence: &Evidence,
    reference: &Reference,
    carriage: &Carriage,
) -> Vec<Diagnostic> {
    let found =
        pool::in_order(claims, AT_A_TIME, |claim| Grounds { case, claim, evidence, reference }.problems(carriage));
    let mut problems: Vec<Diagnostic> = found.into_iter().flatten().collect();
    problems.dedup();
    problems
}

/// What a statement rests on.
struct Grounds<'a> {
    case: &'a Case,
    claim: &'a CaseClaim<'a>,
    evidence: &'a Evidence,
    reference: &'a Reference,
}

impl<'a> Grounds<'a> {
    fn problems(&self, carriage: &Carriage) -> Vec<Diagnostic> {
        let sets = self.sets();
        let mut problems = Vec::new();
        for (language, text) in &self.claim.texts {
            let Some(wording) = self.reference.wording(language) else { continue };
            let facts = self.facts(language);
            let facts = facts.iter().map(|ground| (ground, &[][..]));
            for (ground, cited) in sets.iter().map(|(ground, set)| (ground, *set)).chain(facts) {
                let mut reading = StatementText::new(self.case, self.claim, language, text, wording);
                let lexicon = self.reference.lexicon(language).into_iter();
                let supposed = |lexicon| suppositions(self.case, self.claim, language, text, lexicon);
                reading.done.extend(lexicon.flat_map(supposed));
                let mut findings = reading.findings(ground);
                // Where every word is compared with this set, so are these.
                let is_compared =
                    carriage.is_compared(&self.claim.id, language) && is_in_language(self.case, cited, language);
                if matches!(self.claim.ground, ClaimGround::Citations(_)) && !is_compared {
                    findings.extend(reading.claims(ground));
                }
                problems.extend(findings.into_iter().map(|finding| finding.diagnostic(self.claim, text, cited)));
            }
        }
        problems
    }

    /// Each sufficient set of citations that is at hand: it must carry the whole statement.
    fn sets(&self) -> Vec<(Ground<'a>, &'a [Citation])> {
        let ClaimGround::Citations(sets) = &self.claim.ground else { return Vec::new() };
        let ground = |set| Ground::of(self.case, set, self.evidence, self.reference);
        sets.iter().filter_map(|set| Some((ground(set)?, *set))).collect()
    }

    /// The facts that must carry the whole statement in a language.
    fn facts(&self, language: &str) -> Option<Ground<'a>> {
        match &self.claim.ground {
            ClaimGround::Citations(_) => None,
            ClaimGround::Facts { facts, norms, .. } => Some(self.of_facts(facts, norms, language)),
            ClaimGround::Between(facts) => (!facts.is_empty()).then(|| self.of_facts(facts, &[], language)),
        }
    }

    /// The texts of facts and norms in a language.
    fn of_facts(&self, facts: &[&'a Fact], norms: &[&'a Norm], language: &str) -> Ground<'a> {
        let mut ground = Ground {
            meant: self.case.victims().iter().cloned().collect(),
            has_norms: !norms.is_empty(),
            ..Ground::default()
        };
        if let Some(wording) = self.reference.wording(language) {
            let texts = facts.iter().filter_map(|fact| fact.text.get(language)).map(|text| text.value.as_str());
            let says = norms.iter().filter_map(|norm| norm.says.value.get(language)).map(String::as_str);
            let named = norms.iter().filter_map(|norm| norm.cited.get(language)).flat_map(Name::forms);
            texts.chain(says).chain(named).for_each(|text| ground.add(text, wording));
        }
        let citations = facts.iter().flat_map(|fact| fact.citations());
        let records = citations.filter_map(|citation| self.case.records().get(&citation.source));
        ground.publishers.extend(records.flat_map(publishers));
        ground
    }
}

/// The text of a set of citations.
#[derive(Default)]
struct Ground<'a> {
    /// The cited paragraphs, joined.
    paragraphs: String,
    numbers: BTreeSet<String>,
    dates: Vec<ToldDate>,
    /// The quotations with the words of their language.
    quotations: Vec<(&'a str, &'a Wording)>,
    /// Names of the publishers of the cited sources: "according to …" names them correctly, whatever the paragraph
    /// says.
    publishers: BTreeSet<String>,
    /// True if names of norms are among the paragraphs.
    has_norms: bool,
    /// Ids of persons of the case for whom a pronoun in the paragraphs can stand: their source names them.
    meant: BTreeSet<String>,
}

impl<'a> Ground<'a> {
    /// `None` if a paragraph is missing: then nothing can be checked.
    fn of(case: &Case, set: &'a [Citation], evidence: &Evidence, reference: &'a Reference) -> Option<Self> {
        let mut ground = Self::default();
        for citation in set {
            let paragraph = evidence.paragraph(citation)?;
            let record = case.records().get(&citation.source)?;
            let wording = reference.wording(&record.language.as_ref()?.code)?;
            ground.add(paragraph, wording);
            ground.quotations.push((&citation.quote, wording));
            if let Some(lexicon) = reference.lexicon(&wording.language) {
                ground.meant.extend(Meant { case, record, evidence, lexicon }.by(paragraph));
            }
            ground.publishers.extend(publishers(record));
        }
        Some(ground)
    }

    /// Adds a text with its dates and numbers.
    fn add(&mut self, text: &str, wording: &Wording) {
        self.paragraphs.push_str(text);
        self.paragraphs.push('\n');
        self.dates.extend(dates(text, wording).into_iter().map(|(date, _)| date));
        self.numbers.extend(numbers(text, wording).into_iter().map(|(number, _)| number));
    }

    fn says(&self, name: &str) -> bool {
        !name.is_empty() && self.paragraphs.contains(name)
    }

    /// True if the paragraphs have this word, in small letters or capitals.
    fn has_word(&self, word: &str) -> bool {
        let folded = word.to_lowercase();
        words(&self.paragraphs).iter().any(|other| other.folded == folded || self.is_inflected(&folded, &other.folded))
    }

    /// True if two words differ in their last letter only: the name of a norm is known in some grammatical cases.
    fn is_inflected(&self, word: &str, other: &str) -> bool {
        let stem = word.char_indices().nth_back(0).map_or(word, |(last, _)| &word[..last]);
        self.has_norms && stem.chars().count() >= FEWEST_LETTERS && other.starts_with(stem)
    }

    /// True if the paragraphs have any recorded name of the thing.
    fn names(&self, named: &Named) -> bool {
        // A slip in a person's name still means the person; a court with another name is another court.
        let slips = named.slips.iter().filter(|_| named.kind == NamedKind::Person);
        let spelled = named.variants.iter().chain(slips).map(|spelling| spelling.spelling.value.as_str());
        if self.meant.contains(&named.id) {
            return true;
        }
        let mut all = named.names.values().flat_map(Name::forms).chain(spelled);
        all.any(|name| {
            self.says(name)
                || self.publishers.contains(name)
                || (named.kind == NamedKind::Person && name.split(' ').next_back().is_some_and(|last| self.says(last)))
        })
    }

    fn carries(&self, list: WordList) -> bool {
        self.quotations.iter().any(|(quote, wording)| wording.has(list, quote))
    }
}

/// A paragraph in which a person can be meant who is not named there.
struct Meant<'a> {
    case: &'a Case,
    record: &'a Record,
    evidence: &'a Evidence,
    lexicon: &'a Lexicon,
}

impl Meant<'_> {
    /// The persons who can be meant: one for whom the papers are written, if the source names that person and a pronoun
    /// stands in the paragraph; whoever says “I”; and whom the whole source is about.
    fn by(&self, paragraph: &str) -> Vec<String> {
        let pronoun = self.lexicon.has_pronoun(paragraph);
        let victims = self.case.victims().iter().filter(|id| pronoun && self.evidence.names(&self.record.id, id));
        let narrator = self.record.narrator.iter().filter(|_| self.lexicon.has_speaker(paragraph));
        let recorded = narrator.chain(&self.record.about).map(|person| person.value.clone());
        victims.cloned().chain(recorded).collect()
    }
}

/// A statement in one language, with the parts that are already accounted for.
struct StatementText<'a> {
    case: &'a Case,
    language: &'a str,
    text: &'a str,
    wording: &'a Wording,
    /// Byte ranges that are accounted for.
    done: Vec<Range<usize>>,
}

/// A claim of the statement that its paragraphs do not have.
struct Finding {
    range: Range<usize>,
    what: String,
    hint: &'static str,
}

const DERIVED: &str = "correct the statement, cite the paragraph that has it, or record under `derived` how it follows";

impl<'a> StatementText<'a> {
    fn new(case: &'a Case, claim: &CaseClaim, language: &'a str, text: &'a At<String>, wording: &'a Wording) -> Self {
        // A fact says how its words follow (`derived`); a request or an argument has answers only.
        let answers = claim.own_words.iter().filter(|own| own.seal.value == claim.seal).map(|own| own.words.as_str());
        let answers = answers.filter(|_| !matches!(claim.id, ClaimId::Fact(_)));
        let words = claim.derived.iter().copied().chain(answers);
        let done = words.flat_map(|words| places(text, words)).collect();
        Self { case, language, text, wording, done }
    }

    fn is_done(&self, range: &Range<usize>) -> bool {
        self.done.iter().any(|done| done.start < range.end && range.start < done.end)
    }

    fn findings(&mut self, ground: &Ground) -> Vec<Finding> {
        let mut findings = self.names(ground);
        findings.extend(self.dates(ground));
        findings.extend(self.numbers(ground));
        findings.extend(self.capitals(ground));
        findings
    }

    /// Recorded names, the longest first, so that a part of a longer name does not count as another name.
    fn names(&mut self, ground: &Ground) -> Vec<Finding> {
        let mut forms: Vec<(&str, &Named)> = Vec::new();
        for named in self.case.names().values() {
            let names = named.names.get(self.language).into_iter().flat_map(Name::forms);
            forms.extend(names.map(|name| (name, named)));
        }
        forms.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let mut findings = Vec::new();
        for (name, named) in forms {
            for range in capital_places(self.text, name) {
                if self.is_done(&range) {
                    continue;
                }
                if !ground.names(named) && !self.same_name_said(name, ground) {
                    findings.push(Finding {
                        range: range.clone(),
                        what: format!("`{}` is not named in the cited paragraphs", &self.text[range.clone()]),
                        hint: "cite the paragraph that names it, record the source's spelling under `variants`, or leave it out",
                    });
                }
                self.done.push(range);
            }
        }
        findings
    }

    /// True if the paragraphs have another thing of the same name: an organisation and its successor may share one.
    fn same_name_said(&self, name: &str, ground: &Ground) -> bool {
        let alike = self
            .case
            .names()
            .values()
            .filter(|named| named.names.get(self.language).is_some_and(|own| own.forms().any(|form| form == name)));
        alike.into_iter().any(|named| ground.names(named))
    }

    fn dates(&mut self, ground: &Ground) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (date, range) in dates(self.text, self.wording) {
            if self.is_done(&range) {
                continue;
            }
            if !ground.dates.iter().any(|found| date.is_within(*found)) && !self.derived_year(date, &range, ground) {
                let what = format!("the date `{}` is not in the cited paragraphs", &self.text[range.clone()]);
                findings.push(Finding { range: range.clone(), what, hint: DERIVED });
            }
            self.done.push(range);
        }
        findings
    }

    /// Accounts for a year that is recorded as derived and stands inside a date; the rest must be in the paragraphs.
    fn derived_year(&self, date: ToldDate, range: &Range<usize>, ground: &Ground) -> bool {
        let derived = self.done.iter().any(|done| range.start <= done.start && done.end <= range.end);
        derived && ground.dates.iter().any(|found| ToldDate { year: None, ..date }.is_within(*found))
    }

    fn numbers(&mut self, ground: &Ground) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (number, range) in numbers(self.text, self.wording) {
            let word = &self.text[range.clone()];
            // "One of them", «один из них»: a word for one is seldom a number.
            let is_word_for_one = number == "1" && !word.starts_with('1');
            if is_word_for_one || self.is_done(&range) || ground.numbers.contains(&number) {
                continue;
            }
            let what = format!("the number `{word}` is not in the cited paragraphs");
            findings.push(Finding { range, what, hint: DERIVED });
        }
        findings
    }

    /// Words with a capital letter inside a sentence are names. Those that are not recorded must be in the paragraphs.
    fn capitals(&mut self, ground: &Ground) -> Vec<Finding> {
        let laws: Vec<Range<usize>> =
            self.wording.find(WordList::LawNames, self.text).into_iter().map(|hit| hit.range).collect();
        let mut findings = Vec::new();
        let mut starts_sentence = true;
        for word in words(self.text) {
            let typed = &self.text[word.range.clone()];
            let opens = std::mem::replace(&mut starts_sentence, ends_sentence(self.text, word.range.end));
            let capital = typed.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
            let in_law = laws.iter().any(|law| law.start <= word.range.start && word.range.end <= law.end);
            if opens || !capital || in_law || self.is_done(&word.range) || ground.has_word(typed) {
                continue;
            }
            findings.push(Finding {
                range: word.range.clone(),
                what: format!("`{typed}` is a name that neither the case nor the cited paragraphs have"),
                hint: "record who or what it is under `persons`, `organisations`, `institutions` or `places`, or leave it out",
            });
        }
        findings
    }

    fn claims(&self, ground: &Ground) -> Vec<Finding> {
        let mut findings = Vec::new();
        for list in WordList::OVERCLAIM {
            let hit = self.wording.find(list, self.text).into_iter().find(|hit| !self.is_done(&hit.range));
            if let Some(hit) = hit
                && !ground.carries(list)
            {
                let claim = match list {
                    WordList::Cause => "a cause",
                    WordList::Agent => "who did it",
                    WordList::Repetition => "that it happened more than once or goes on",
                    _ => "a legal effect",
                };
                let word = &self.text[hit.range.clone()];
                findings.push(Finding {
                    range: hit.range.clone(),
                    what: format!("`{word}` claims {claim}, and no quotation of this set carries that"),
                    hint: "quote the words of the source that say so, or leave the claim out",
                });
            }
        }
        findings
    }
}

impl Finding {
    fn diagnostic(&self, claim: &CaseClaim, text: &At<String>, set: &[Citation]) -> Diagnostic {
        let place = inside(text, &self.range);
        let cited: BTreeSet<String> =
            set.iter().map(|citation| format!("{} {}", citation.source, citation.at)).collect();
        let cited: Vec<String> = match &claim.ground {
            ClaimGround::Citations(_) => cited.into_iter().collect(),
            _ => claim.ground.facts().iter().map(|fact| format!("`{}`", fact.id)).collect(),
        };
        let rests = if set.is_empty() { "resting on" } else { "cited to" };
        Diagnostic::error(Code::FactOverclaim, place, self.what.clone())
            .with_note(format!("{}, {rests} {}", claim.name, cited.join(", ")))
            .hint(self.hint)
    }
}

/// The names of whoever published a source.
fn publishers(record: &Record) -> impl Iterator<Item = String> {
    let named = record.publisher_name.iter().flat_map(|publisher| publisher.name.values().cloned());
    named.chain(record.publisher.clone()).chain(record.site.clone())
}

fn ends_sentence(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches(['"', '»', '”', ')', '’']);
    rest.starts_with(['.', '!', '?', ':']) || rest.trim_start().starts_with(['—', '«', '“'])
}
