//! The first check: the ledger is complete, and nothing was added to the file.

use super::{Check, Finding, State};
use crate::diag::Code;
use crate::disk::digest::hex;
use crate::render::format::{Enclosed, Finished, Unreadable};
use crate::render::formats;
use crate::render::ledger::{Carried, Fault, NAME};

/// Properties of our metadata; any other property is foreign.
const XMP: [&str; 21] = [
    "dc:title",
    "dc:language",
    "dc:format",
    "xmp:CreatorTool",
    "xmp:ModifyDate",
    "xmp:CreateDate",
    "stEvt:action",
    "stEvt:when",
    "stEvt:instanceID",
    "stEvt:softwareAgent",
    "pdfaid:part",
    "pdfaid:conformance",
    "pdfuaid:part",
    "xmpTPg:NPages",
    "xmpMM:History",
    "xmpMM:InstanceID",
    "xmpMM:DocumentID",
    "xmpMM:RenditionClass",
    "pdf:PDFVersion",
    "x:xmpmeta",
    "pdfaExtension:schemas",
];

/// The words about a file in no format that carries a ledger.
pub(super) const NO_PAPER: &str = "this is no PDF and no page of HTML that amparo made";

/// An opened file with its contents.
pub struct Opened<'a> {
    /// The file, if it is in a format of ours.
    pub file: Option<Box<dyn Finished + 'a>>,
    /// Its ledger, if it is reliable.
    pub carried: Option<Carried>,
    /// The copies of sources inside it: name and bytes.
    pub copies: Vec<(String, Vec<u8>)>,
    /// The result of the check.
    pub check: Check,
}

/// Opens a file and reads its ledger and attachments.
#[must_use]
pub fn open(bytes: &[u8]) -> Opened<'_> {
    let nothing = |check| Opened { file: None, carried: None, copies: Vec::new(), check };
    let wrong = |words: String| failed(Finding::new(Code::VerifyFile, words));
    let Some(format) = formats::of(bytes) else { return nothing(wrong(NO_PAPER.to_owned())) };
    match format.open(bytes) {
        Ok(file) => look(file),
        Err(why @ Unreadable::Encrypted) => nothing(impossible(&format!("it {why}"))),
        Err(why) => nothing(wrong(format!("this {} {why}", format.name().to_uppercase()))),
    }
}

fn look(file: Box<dyn Finished + '_>) -> Opened<'_> {
    let enclosed = file.enclosed();
    let (carried, mut findings) = match ledger(&enclosed) {
        Ok(carried) => (Some(carried), Vec::new()),
        Err(Missing::Wrong(words)) => (None, vec![Finding::new(Code::VerifyAttachment, words)]),
        Err(Missing::Newer(format)) => {
            let why = format!("its ledger has the format {format}, which this release does not read: use a newer one");
            return Opened { file: Some(file), carried: None, copies: Vec::new(), check: impossible(&why) };
        }
    };
    let mut copies = Vec::new();
    // Without a ledger the file is not one of ours, and the rest is not checked.
    if let Some(carried) = &carried {
        others(carried, &enclosed, &mut copies, &mut findings);
        let strange = file.strange().into_iter().map(|what| format!("the file holds {what}"));
        findings.extend(strange.chain(metadata(&*file, carried)).map(|words| Finding::new(Code::VerifyFile, words)));
        if !file.is_as_made() {
            let words = "the bytes of the file are not those that were written: its own checksum does not fit";
            findings.push(Finding::new(Code::VerifyFile, words));
        }
    }
    let says = match copies.len() {
        0 => "the ledger is there and whole".to_owned(),
        count => format!("the ledger is there and whole, with copies of sources: {count}"),
    };
    Opened { file: Some(file), carried, copies, check: Check::of(Code::VerifyAttachment, findings, says) }
}

/// The reasons for which there is no reliable ledger.
enum Missing {
    Wrong(String),
    Newer(u64),
}

fn ledger(enclosed: &[Enclosed]) -> Result<Carried, Missing> {
    let mut named = enclosed.iter().filter(|one| one.name == NAME);
    let one = match (named.next(), named.next()) {
        (Some(one), None) => one,
        (None, _) => {
            let why = "another program made it or saved it again, or it is older than this check";
            return Err(Missing::Wrong(format!("the file carries no `{NAME}`: {why}")));
        }
        (Some(_), Some(_)) => return Err(Missing::Wrong(format!("the file carries `{NAME}` more than once"))),
    };
    if one.relationship != "Data" || one.mime != "application/json" || one.description.is_empty() {
        return Err(Missing::Wrong(format!(
            "`{NAME}` is not attached as a ledger is (relationship, type, description)"
        )));
    }
    let bytes = one.bytes.as_ref().map_err(|why| Missing::Wrong(format!("`{NAME}` cannot be unpacked: {why}")))?;
    Carried::read(bytes).map_err(|fault| match fault {
        Fault::Form(why) => Missing::Wrong(format!("`{NAME}` is no ledger: {why}")),
        Fault::Format(format) => Missing::Newer(format),
        Fault::Seal => Missing::Wrong(format!("`{NAME}` was changed after it was written: its seal does not fit")),
    })
}

/// The other attachments may only be copies that the ledger lists.
fn others(carried: &Carried, enclosed: &[Enclosed], copies: &mut Vec<(String, Vec<u8>)>, findings: &mut Vec<Finding>) {
    let mut wrong = |words: String| findings.push(Finding::new(Code::VerifyAttachment, words));
    for one in enclosed.iter().filter(|one| one.name != NAME) {
        let listed = carried.attached.iter().find(|listed| listed.name == one.name);
        match (listed, &one.bytes) {
            (None, _) => wrong(format!("the file carries `{}`, which its ledger does not list", one.name)),
            (Some(_), Err(why)) => wrong(format!("`{}` cannot be unpacked: {why}", one.name)),
            (Some(listed), Ok(bytes)) if listed.digest != format!("sha256:{}", hex(bytes)) => {
                wrong(format!("`{}` is not the copy that the ledger lists", one.name));
            }
            (Some(_), Ok(bytes)) => copies.push((one.name.clone(), bytes.clone())),
        }
    }
    for listed in &carried.attached {
        if !enclosed.iter().any(|one| one.name == listed.name) {
            wrong(format!("the copy `{}` is listed and not there", listed.name));
        }
    }
}

/// Metadata that differ from the ledger.
fn metadata(file: &dyn Finished, carried: &Carried) -> Vec<String> {
    let mut found = Vec::new();
    let day = carried.document.as_of.replace('-', "");
    for (name, value) in file.properties() {
        let known = name.strip_prefix("XMP ");
        let wrong = match known.unwrap_or(&name) {
            "Title" | "dc:title" => value != carried.document.title,
            "CreationDate" | "ModDate" => value != format!("D:{day}000000Z"),
            "xmp:ModifyDate" | "xmp:CreateDate" | "stEvt:when" => !value.starts_with(&carried.document.as_of),
            "Creator" | "xmp:CreatorTool" | "stEvt:softwareAgent" => value != "amparo",
            other => known.is_some() && !XMP.contains(&other),
        };
        if wrong {
            found.push(format!("the metadata say of {name}: “{value}”, and the ledger does not"));
        }
    }
    found
}

fn failed(finding: Finding) -> Check {
    Check::of(Code::VerifyAttachment, vec![finding], String::new())
}

fn impossible(why: &str) -> Check {
    Check::not(Code::VerifyAttachment, State::Impossible, why)
}
