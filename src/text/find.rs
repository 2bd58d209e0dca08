//! Looking for a quotation in a source.

use std::ops::Range;

use super::fold::Tier;
use super::haystack::Haystack;
use super::nearest::{Nearest, nearest};
use super::pattern::QuotationPattern;
use super::quotation::Quotation;

/// The answer of the matcher. A source without a copy gets no verdict here; the caller reports that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuotationVerdict {
    /// The words were found.
    Verified(FoundQuotation),
    /// The words are in no paragraph that may be quoted.
    Absent {
        /// The most similar passage, if any is similar.
        nearest: Option<Nearest>,
    },
}

/// The place of a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundQuotation {
    /// Paragraph, from 0.
    pub paragraph: usize,
    /// The strictest tier at which it matches.
    pub tier: Tier,
    /// Bytes of the unchanged paragraph, one range for each contiguous part; altered places lie outside the ranges.
    pub ranges: Vec<Range<usize>>,
}

/// A quotation prepared for every tier.
struct Query {
    tiers: Vec<(Tier, Vec<QuotationPattern>)>,
}

impl Query {
    /// Plain text is tried first: the brackets may belong to the source.
    fn new(quotation: &Quotation) -> Self {
        let patterns = |tier| {
            let marked = QuotationPattern::marked(quotation, tier);
            (tier, [QuotationPattern::literal(quotation, tier)].into_iter().chain(marked).collect())
        };
        Self { tiers: Tier::ALL.map(patterns).into() }
    }
}

impl Haystack {
    /// Searches for a quotation in the preferred paragraph (from 0), then in the others, in order.
    ///
    /// `allowed` tells which paragraphs (from 0) may be quoted; no other is searched.
    pub fn verify(
        &self,
        quotation: &Quotation,
        preferred: Option<usize>,
        allowed: &dyn Fn(usize) -> bool,
    ) -> QuotationVerdict {
        let query = Query::new(quotation);
        let preferred = preferred.filter(|&paragraph| paragraph < self.len() && allowed(paragraph));
        let first = preferred.and_then(|paragraph| self.find_in(&query, paragraph));
        let found = first.or_else(|| self.find_all(&query, allowed).next());
        found.map_or_else(
            || QuotationVerdict::Absent { nearest: nearest(self, quotation, preferred, allowed) },
            QuotationVerdict::Verified,
        )
    }

    /// Every allowed paragraph that has the quotation, in order, each once.
    #[must_use]
    pub fn matches(&self, quotation: &Quotation, allowed: &dyn Fn(usize) -> bool) -> Vec<FoundQuotation> {
        self.find_all(&Query::new(quotation), allowed).collect()
    }

    fn find_all(&self, query: &Query, allowed: &dyn Fn(usize) -> bool) -> impl Iterator<Item = FoundQuotation> {
        let candidates = self.candidates(query).into_iter();
        candidates.filter(|&paragraph| allowed(paragraph)).filter_map(|paragraph| self.find_in(query, paragraph))
    }

    fn find_in(&self, query: &Query, paragraph: usize) -> Option<FoundQuotation> {
        let text = self.paragraph(paragraph)?;
        query.tiers.iter().find_map(|(tier, patterns)| {
            let folded = self.folded(paragraph, *tier);
            let ranges = patterns.iter().find_map(|pattern| pattern.find(text, folded))?;
            Some(FoundQuotation { paragraph, tier: *tier, ranges })
        })
    }

    /// The paragraphs that have all words of the quotation, with broken words either left or joined.
    fn candidates(&self, query: &Query) -> Vec<usize> {
        let folded = query.tiers.iter().filter(|(tier, _)| *tier >= Tier::Unicode);
        let patterns = folded.flat_map(|(_, patterns)| patterns);
        let lists = patterns.map(|pattern| self.index().with_all(&pattern.atoms()));
        let mut all: Vec<usize> = lists.flat_map(|list| list.unwrap_or_else(|| (0..self.len()).collect())).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &[&str] = &[
        "On 24 February 2022, officers took the activist from his flat; the patient remained seizure-free.",
        "The court sentenced him to 13.5 years, which is 13% more — a “harsh” sentence, he said.",
        "The office [of the prosecutor] noted[38] that the sentence […] stands, but did not answer the lawyer.",
        "Суд признал Ивана виновным по статье 159-1; o‘zbek tilida so‘zladi, и\u{306}од. He made a useless and unlawful rule.",
        "He was held for 5–6 years. They saw three women. He was arrested and was not beaten in custody.",
        "The report covers imprison-\nment of writers and the co\u{ad}operation of states in the ﬁeld of law.",
        "Из-\u{2028}за дела 22-\u{2028}147/2026 anti-\u{2028}war writers of Anglo-\u{2028}Saxon lands; COVID-\u{2028}19 in 1937-\u{2028}1938, co-\u{2028}oper-\u{2028}ation.",
        "A fine of −500 crowns, for those aged ≥65 years: 5% of the patients’ files, O’Neill’s twenty-four, 10³ days, 700¹² days.",
        "The left column ends here\u{2029}and the right column begins; zero\u{200b}width and می\u{200c}خواهم است.",
    ];

    fn haystack() -> Haystack {
        Haystack::new(SOURCE.iter().map(|&paragraph| paragraph.to_owned()).collect())
    }

    /// Quotation, paragraph from 0, tier, the parts as the source has them.
    const VERIFIED: &[(&str, usize, Tier, &[&str])] = &[
        ("officers took the activist", 0, Tier::Exact, &["officers took the activist"]),
        ("  remained  seizure-free.\n", 0, Tier::WhiteSpace, &["remained seizure-free."]),
        ("13% more - a \"harsh\" sentence", 1, Tier::Typographic, &["13% more — a “harsh” sentence"]),
        ("The court […] he said", 1, Tier::Exact, &["The court", "he said"]),
        ("The court […] years, […] he said", 1, Tier::Exact, &["The court", "years,", "he said"]),
        ("The office [of the prosecutor] noted", 2, Tier::Exact, &["The office [of the prosecutor] noted"]),
        ("that the sentence […] stands", 2, Tier::Exact, &["that the sentence […] stands"]),
        ("The office […] stands, but", 2, Tier::Exact, &["The office", "stands, but"]),
        ("office [of the prosecutor] noted […] lawyer", 2, Tier::Exact, &["office", "noted", "lawyer"]),
        ("[t]he court sentenced him", 1, Tier::Exact, &["he court sentenced him"]),
        ("that [T]he sentence […] stands", 2, Tier::Exact, &["that", "he sentence", "stands"]),
        ("took [the man] from his flat", 0, Tier::Exact, &["took", "from his flat"]),
        ("sentenced him [the writer] to", 1, Tier::Exact, &["sentenced him", "to"]),
        ("saw three wom[a]n. He was", 4, Tier::Exact, &["saw three wom", "n. He was"]),
        ("He was arrest[s]", 4, Tier::Exact, &["He was arrest"]),
        ("Суд признал Ивана", 3, Tier::Exact, &["Суд признал Ивана"]),
        ("[с]уд признал Ивана", 3, Tier::Exact, &["уд признал Ивана"]),
        ("o'zbek tilida so`zladi", 3, Tier::Typographic, &["o‘zbek tilida so‘zladi"]),
        ("tilida soʻzladi, йод", 3, Tier::Unicode, &["tilida so‘zladi, и\u{306}од"]),
        ("in the field of law", 5, Tier::Unicode, &["in the ﬁeld of law"]),
        ("report covers imprisonment", 5, Tier::Hyphenation, &["report covers imprison-\nment"]),
        ("covers imprison- ment of", 5, Tier::WhiteSpace, &["covers imprison-\nment of"]),
        ("the cooperation of states", 5, Tier::Hyphenation, &["the co\u{ad}operation of states"]),
        ("Из-за дела 22-147/2026", 6, Tier::Hyphenation, &["Из-\u{2028}за дела 22-\u{2028}147/2026"]),
        ("Изза дела 22-147/2026", 6, Tier::Hyphenation, &["Из-\u{2028}за дела 22-\u{2028}147/2026"]),
        ("anti-war writers of Anglo-Saxon", 6, Tier::Hyphenation, &["anti-\u{2028}war writers of Anglo-\u{2028}Saxon"]),
        ("antiwar writers […] COVID-19 in", 6, Tier::Hyphenation, &["anti-\u{2028}war writers", "COVID-\u{2028}19 in"]),
        ("COVID-19 in 1937-1938", 6, Tier::Hyphenation, &["COVID-\u{2028}19 in 1937-\u{2028}1938"]),
        ("1937-1938, co-operation", 6, Tier::Hyphenation, &["1937-\u{2028}1938, co-\u{2028}oper-\u{2028}ation"]),
        ("fine of −500 crowns", 7, Tier::Exact, &["fine of −500 crowns"]),
        ("those aged ≥65 years", 7, Tier::Exact, &["those aged ≥65 years"]),
        ("5% of the patients’", 7, Tier::Exact, &["5% of the patients’"]),
        ("twenty-four, 10³ days", 7, Tier::Exact, &["twenty-four, 10³ days"]),
        ("right column begins; zerowidth", 8, Tier::WhiteSpace, &["right column begins; zero\u{200b}width"]),
        ("zerowidth and میخواهم", 8, Tier::WhiteSpace, &["zero\u{200b}width and می\u{200c}خواهم"]),
        ("left column ends here", 8, Tier::Exact, &["left column ends here"]),
    ];

    #[test]
    fn quotations_are_verified_at_the_strictest_tier() {
        for &(typed, paragraph, tier, parts) in VERIFIED {
            let quotation = Quotation::parse(typed).expect(typed);
            let verdict = haystack().verify(&quotation, None, &|_| true);
            let QuotationVerdict::Verified(found) = &verdict else { panic!("{typed:?}: {verdict:?}") };
            let words: Vec<&str> = found.ranges.iter().map(|range| &SOURCE[paragraph][range.clone()]).collect();
            assert_eq!((found.paragraph, found.tier, words.as_slice()), (paragraph, tier, parts), "{typed:?}");
        }
    }

    /// Quotations that are not in the source, although much of them is.
    const ABSENT: &[&str] = &[
        "the patient remained seizure",
        "officers took the activis",
        "fficers took the activist",
        "Officers took the activist",
        "officers took an activist",
        "officers took activist",
        "flat the patient remained",
        "sentenced him to 13",
        "sentenced him to 13.",
        "which is 13 more",
        "5 years, which is",
        "he said […] The court",
        "court […] признал Ивана",
        "по статье 159",
        "6 years. They saw",
        "o‘zbek tilida so",
        "of the prosecutor […] beaten",
        "The court [han]ded him to",
        "sentenced him to [12] years",
        "sentenced him to 1[2].5 years",
        "On 24 February [in that year], officers",
        "took [a b c d] flat; the patient",
        "[s]he court sentenced him",
        "saw three [women]. He was arrested […] three",
        "He was arrest[ed and beat]en in",
        "report covers imprison",
        "He made a use[ful] and",
        "useless and [il]lawful rule",
        "useless and [L]awful rule",
        "ment of writers and the",
        "Cуд признал Ивана",
        "Из за дела",
        "Из-за дела 22147/2026",
        "Из-за дела 22- 147/2026",
        "Из-за дела 22",
        "writers of AngloSaxon lands",
        "writers of Anglo- Saxon",
        "lands; COVID19 in",
        "COVID-19 in 19371938",
        "19 in 1937-1938",
        "war writers of Anglo-Saxon",
        "500 crowns, for those",
        "65 years: 5%",
        "aged ≥65 years: 5",
        "5% of the patients",
        "the patients’ files, O",
        "Neill’s twenty-four",
        "files, O’Neill’s twenty",
        "days, 700 days",
        "twenty-four, 10 days",
        "twenty-four, 10³ days, 700",
        "column ends here and the",
        "column ends here\u{2029}and the",
        "column ends here […] right column",
        "column ends [here] the right column",
        "column begins; zero",
    ];

    #[test]
    fn a_change_is_never_verified() {
        for typed in ABSENT {
            let quotation = Quotation::parse(typed).expect(typed);
            let verdict = haystack().verify(&quotation, Some(0), &|_| true);
            assert!(matches!(verdict, QuotationVerdict::Absent { .. }), "{typed:?}: {verdict:?}");
        }
    }

    #[test]
    fn an_omission_is_not_longer_than_sixty_words() {
        let paragraph = |words: usize| format!("first two words {}last two words", "and ".repeat(words));
        let quotation = Quotation::parse("first two words […] last two words").expect("a quotation");
        let verified = |words| !Haystack::new(vec![paragraph(words)]).matches(&quotation, &|_| true).is_empty();
        assert_eq!((verified(60), verified(61)), (true, false));
    }

    #[test]
    fn the_paragraph_named_comes_first_and_others_follow() {
        let twice = ["one two three", "four", "one  two three"].map(str::to_owned).to_vec();
        let quotation = Quotation::parse("one two three").expect("a quotation");
        let haystack = Haystack::new(twice);
        let place = |preferred, allowed: &dyn Fn(usize) -> bool| match haystack.verify(&quotation, preferred, allowed) {
            QuotationVerdict::Verified(found) => Some((found.paragraph, found.tier)),
            QuotationVerdict::Absent { .. } => None,
        };
        assert_eq!(place(Some(2), &|_| true), Some((2, Tier::WhiteSpace)));
        assert_eq!(place(Some(1), &|_| true), Some((0, Tier::Exact)));
        assert_eq!(place(Some(9), &|_| true), Some((0, Tier::Exact)));
        assert_eq!(place(Some(0), &|paragraph| paragraph > 0), Some((2, Tier::WhiteSpace)));
        assert_eq!(place(Some(0), &|paragraph| paragraph == 1), None);
        assert_eq!(haystack.matches(&quotation, &|_| true).len(), 2);
    }

    #[test]
    fn nothing_is_found_in_an_empty_source() {
        let quotation = Quotation::parse("one two three").expect("a quotation");
        let verdict = Haystack::new(Vec::new()).verify(&quotation, Some(0), &|_| true);
        assert_eq!(verdict, QuotationVerdict::Absent { nearest: None });
    }
}
