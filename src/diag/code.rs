//! The closed list of codes. Names are stable and never reused; `codes.md` holds the manual page of each.

macro_rules! codes {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// The stable code of a diagnostic.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = concat!("`", $name, "`: see `amparo explain ", $name, "`.")] $variant),+ }

        impl Code {
            /// All codes, in the order of the manual.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that users see: `family/name`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

codes! {
    CaseSyntax = "case/syntax",
    CaseUnknownKey = "case/unknown-key",
    CaseDuplicateKey = "case/duplicate-key",
    CaseMissingKey = "case/missing-key",
    CaseWrongType = "case/wrong-type",
    CaseBadDate = "case/bad-date",
    CaseBadValue = "case/bad-value",
    CaseUnknownId = "case/unknown-id",
    CaseUnused = "case/unused",
    CaseCycle = "case/cycle",
    CaseNotText = "case/not-text",
    CaseTooLarge = "case/too-large",
    CaseControlCharacter = "case/control-character",
    CaseLanguageMissing = "case/language-missing",
    SourceArchiveMissing = "source/archive-missing",
    SourceCopyMissing = "source/copy-missing",
    SourceDigestDiffers = "source/digest-differs",
    SourceNotText = "source/not-text",
    SourceDate = "source/date",
    SourceWithdrawn = "source/withdrawn",
    SourceNothingFound = "source/nothing-found",
    SourceImport = "source/import",
    SourceGuessed = "source/guessed",
    SourceExtractor = "source/extractor",
    SourceFormat = "source/format",
    SourceBroken = "source/broken",
    SourceEncrypted = "source/encrypted",
    SourceNoText = "source/no-text",
    SourceTooLarge = "source/too-large",
    SourceEncoding = "source/encoding",
    SourcePage = "source/page",
    SourceName = "source/name",
    SourceTwice = "source/twice",
    SourceRecord = "source/record",
    SourceCompanion = "source/companion",
    SourceCustody = "source/custody",
    CiteMissing = "cite/missing",
    CiteLocator = "cite/locator",
    CiteMoved = "cite/moved",
    CiteExcluded = "cite/excluded",
    CiteNotLocked = "cite/not-locked",
    CiteLockStale = "cite/lock-stale",
    CiteLong = "cite/long",
    CitePerson = "cite/person",
    QuoteAltered = "quote/altered",
    QuoteAbsent = "quote/absent",
    QuoteTooShort = "quote/too-short",
    QuoteNotCheckable = "quote/not-checkable",
    QuoteMeaning = "quote/meaning",
    QuoteSlip = "quote/slip",
    QuoteTranslation = "quote/translation",
    FactOverclaim = "fact/overclaim",
    FactBeyondSource = "fact/beyond-source",
    FactSense = "fact/sense",
    FactOwnWords = "fact/own-words",
    FactLanguages = "fact/languages",
    FactRecord = "fact/record",
    FactConflict = "fact/conflict",
    FactTie = "fact/tie",
    FactDerived = "fact/derived",
    FactHedge = "fact/hedge",
    FactReview = "fact/review",
    FactReturned = "fact/returned",
    FactUnanswered = "fact/unanswered",
    FactMissingStep = "fact/missing-step",
    FactDated = "fact/dated",
    DemandNoGround = "demand/no-ground",
    DemandNorm = "demand/norm",
    DemandHarm = "demand/harm",
    DemandLanguages = "demand/languages",
    ArgumentConcedes = "argument/concedes",
    WordingUnattributed = "wording/unattributed",
    WordingLetters = "wording/letters",
    WordingProtected = "wording/protected",
    TemplateUnknown = "template/unknown",
    TemplateSyntax = "template/syntax",
    TemplateUndefined = "template/undefined",
    TemplateValue = "template/value",
    TemplateEndless = "template/endless",
    TemplateOutside = "template/outside",
    TemplateClaimAltered = "template/claim-altered",
    TemplateFactInWords = "template/fact-in-words",
    TemplateConstruct = "template/construct",
    TemplateHeading = "template/heading",
    TemplateToldAlone = "template/told-alone",
    DocumentLimit = "document/limit",
    DocumentLeftOut = "document/left-out",
    DocumentDraft = "document/draft",
    DocumentStale = "document/stale",
    DocumentUnconfirmed = "document/unconfirmed",
    DocumentDecision = "document/decision",
    DocumentOutlawed = "document/outlawed",
    DocumentOutsideCountry = "document/outside-country",
    DocumentConsent = "document/consent",
    DocumentNothing = "document/nothing",
    FormFieldMissing = "form/field-missing",
    FormConsent = "form/consent",
    FormStep = "form/step",
    FormGap = "form/gap",
    FormReview = "form/review",
    FormCategory = "form/category",
    FormProcedure = "form/procedure",
    DocumentCopyKept = "document/copy-kept",
    DirectoryUnknown = "directory/unknown",
    DirectoryOtherState = "directory/other-state",
    DirectoryUnverified = "directory/unverified",
    PdfGlyph = "pdf/glyph",
    PdfTypeset = "pdf/typeset",
    PdfEndless = "pdf/endless",
    PdfWordsDiffer = "pdf/words-differ",
    PdfNoRoom = "pdf/no-room",
    PdfOverlap = "pdf/overlap",
    OutputChanged = "output/changed",
    OutputIncomplete = "output/incomplete",
    VerifyFile = "verify/file",
    VerifyAttachment = "verify/attachment",
    VerifyText = "verify/text",
    VerifySources = "verify/sources",
    VerifyRebuild = "verify/rebuild",
    Internal = "internal",
}

/// A family of codes: the part before the slash.
pub type Family = &'static str;

impl Code {
    /// Finds a code by its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// The part before the slash.
    #[must_use]
    pub fn family(self) -> Family {
        self.name().split('/').next().unwrap_or_default()
    }

    /// The first line of the manual page: what the message means, in one sentence.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.manual().lines().skip(1).find(|line| !line.is_empty()).unwrap_or_default()
    }

    /// The manual page: what it checks, why, an example, what to do. Markdown.
    #[must_use]
    pub fn manual(self) -> &'static str {
        let heading = format!("## {}\n", self.name());
        let manual = include_str!("codes.md");
        let Some(start) = manual.find(&heading) else { return "" };
        let page = &manual[start..];
        let end = page[3..].find("\n## ").map_or(page.len(), |at| at + 3);
        page[..end].trim()
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    const SECTIONS: [&str; 4] = ["### What it checks", "### Why it matters", "### Example", "### What to do"];

    #[test]
    fn each_code_has_a_page_with_all_its_parts() {
        for code in Code::ALL {
            let (page, name) = (code.manual(), code.name());
            let title = code.title();
            assert!(title.ends_with('.') && !title.starts_with('#'), "{name} has no title of one sentence: {title:?}");
            let headings: Vec<&str> = page.lines().filter(|line| line.starts_with("### ")).collect();
            assert_eq!(headings, SECTIONS, "{name}");
            for part in page.split("\n### ").skip(1) {
                let body = part.split_once('\n').map_or("", |(_, body)| body);
                assert!(!body.trim().is_empty(), "{name} has an empty part: {part}");
            }
        }
    }

    #[test]
    fn manual_pages_are_in_the_order_of_the_list() {
        let pages: Vec<&str> = include_str!("codes.md").lines().filter_map(|line| line.strip_prefix("## ")).collect();
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(pages, codes);
    }

    #[test]
    fn a_name_finds_its_code() {
        for code in Code::ALL {
            assert_eq!(Code::from_name(code.name()), Some(*code));
        }
        assert_eq!(Code::from_name("quote/alterd"), None);
    }
}
