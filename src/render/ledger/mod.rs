//! The ledger inside a PDF: the words of its pages with their grounds, for a program that checks them.
//!
//! It is one attachment with a fixed name, [`NAME`]. Its format is described in `cases/README.md` ("The ledger inside
//! each PDF") and by `amparo schema ledger`.
//!
//! A paper that supporters carry has a ledger of digests only ([`Extent::Digests`]): digests of words that anybody can
//! read on its pages, and nothing from a source. It has no digest of a source, a quotation or an input of the case:
//! such texts can be guessed, and a digest would confirm a correct guess.

mod folded;
mod seal;

pub use seal::Fault;

pub(crate) use folded::passage;
pub use folded::{Folded, digest, running};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of the attachment.
pub const NAME: &str = "amparo.json";

/// The description of the attachment.
pub const DESCRIPTION: &str = "Ledger of this document: what its pages say, and what that rests on";

/// The version of the format that is written and read.
pub const FORMAT: u32 = 1;

/// The ledger of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Carried {
    /// Version of this format: 1.
    pub format: u32,
    /// `sha256:` and the digest of this file with `"seal":""` in this place. It tells of changes by accident or by an
    /// unwary hand; who forges can compute it as well.
    pub seal: String,
    /// Its extent: `full` or `digests`.
    pub extent: Extent,
    /// The document.
    pub document: CarriedDocument,
    /// The program, templates and reference data with which it was made.
    pub made_with: MadeWith,
    /// Each block, line and cell of the text in reading order.
    pub text: Vec<CarriedPassage>,
    /// The words on the pages beside the text: footer lines on each page, and the mark of a draft.
    pub marks: Marks,
    /// In a page of HTML: `sha256:` and the digest of the page without this ledger and with a checksum of zeros. It
    /// covers what words alone do not tell: their order on the screen, lists, tables, emphasis, links.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub markup: Option<String>,
    /// Each demand, fact and other claim, wherever it stands, in reading order.
    pub claims: Vec<CarriedClaim>,
    /// The sources that the claims cite. Empty where the extent is `digests`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<CarriedSource>,
    /// Copies of sources that are attached to the same file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attached: Vec<Attached>,
}

/// The extent of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// Claims, citations and sources, as far as the audience of the document may be told.
    Full,
    /// Digests of what stands on the pages, and nothing of any source: for papers that supporters carry.
    Digests,
}

/// The document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CarriedDocument {
    /// Name of the paper: of its file, without `.pdf`.
    pub name: String,
    /// The template that gave the words.
    pub template: String,
    /// ISO 639 code of its language.
    pub language: String,
    /// Its title, as the metadata of the file have it.
    pub title: String,
    /// The date of which it speaks.
    pub as_of: String,
    /// `knowledge`: a fact counts once a source had published it; `event`: once it had happened.
    pub clock: String,
    /// The number of sheets or cards it holds, where people sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<usize>,
    /// Whom it tells. Left out where the extent is `digests`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub audience: String,
}

/// The program, templates and reference data with which a document was made. The case itself is not among them: a
/// digest of what was cut away would say too much.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MadeWith {
    /// Version of amparo.
    pub amparo: String,
    /// Digest of the list of its exact dependencies (`Cargo.lock`).
    pub cargo_lock: String,
    /// Digest of the template: of the lines `PATH DIGEST` of its files, sorted.
    pub template: String,
    /// Digest of the layout, in the same way.
    pub layout: String,
    /// Digest of directory, law, languages and style of citation, in the same way.
    pub reference: String,
}

/// A block, line or cell of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CarriedPassage {
    /// The number of lines of its folded text.
    pub lines: usize,
    /// The first 32 hexadecimal digits of the SHA-256 of its folded text.
    pub sha256: String,
}

/// The words on the pages beside the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Marks {
    /// The number of feet beside each other on each page: one on each card that is cut from it, none on an envelope.
    pub feet: usize,
    /// The lines of each foot. Beside them stand the number of the page and how many there are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footer: Vec<String>,
    /// The mark of a draft: behind the words and above them on each page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
    /// The heads of tables that may return on each page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub table_heads: Vec<String>,
}

/// A claim where it stands. Running words are those outside notes, in reading order, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CarriedClaim {
    /// `fact`, `demand`, `norm`, `caveat`, `gap`, `argument` or `step`.
    pub kind: String,
    /// Its first running word.
    pub at: usize,
    /// The number of its running words; the outer ones may touch punctuation that is not of the claim.
    pub words: usize,
    /// The first 32 hexadecimal digits of the SHA-256 of these words, a line each.
    pub sha256: String,
    /// Id in the case. Left out, like all that follows, where the extent is `digests` or the claim stood before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Its words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The status with which a fact is told: `established`, `reported`, `alleged`, `feared`, `disputed` or `derived`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub status: String,
    /// Ids of the facts that a demand follows from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<String>,
    /// The citations on which it rests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<CarriedCitation>,
}

/// A citation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CarriedCitation {
    /// Id of the source.
    pub source: String,
    /// The place in the source: `para 12`.
    pub at: String,
    /// The words. Left out where they hold a name or number that the paper does not print.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selector: Option<Selector>,
    /// The verdict on it when the paper was made: `verified`, `locked` (verified before), `not-checkable` or `absent`.
    pub verdict: String,
    /// The tier that the match needed: `exact`, `white-space`, `typographic`, `unicode`, `hyphenation`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tier: String,
}

/// A quotation as the W3C Web Annotation model selects it.
///
/// Source: <https://www.w3.org/TR/annotation-model/#text-quote-selector>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Selector {
    /// `TextQuoteSelector`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The words; `[…]` marks an omission, `[x]` an altered letter.
    pub exact: String,
    /// Words before it, as far as the record of the source allows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// Words after it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
}

/// A source. The keys are Hayagriva's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CarriedSource {
    /// Id in the case.
    pub id: String,
    /// Title, as printed.
    pub title: String,
    /// The authors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<String>,
    /// The site, newspaper or series in which it stands.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub parent: String,
    /// Publisher.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    /// Number of the document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub serial_number: String,
    /// The last day of its printed date.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// Address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// ISO 639 code of its language.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// `sha256:` and the digest of the copy against which the quotations were verified.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub digest: String,
    /// The extractor that made the canonical text, with its version. The text of `plain` is the copy without its marks.
    pub extractor: String,
    /// `sha256:` and the digest of the file from which the copy was made, where it was made from one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub original: String,
}

/// A copy of a source that is attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Attached {
    /// Name of the attachment.
    pub name: String,
    /// Id of the source.
    pub source: String,
    /// `sha256:` and its digest.
    pub digest: String,
}
