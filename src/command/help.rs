//! Help for authors of case files: the manual of messages, JSON Schemas for editors, completions for shells, and the
//! licences of embedded files.

use clap::CommandFactory as _;
use schemars::{Schema, schema_for};

use crate::assemble::{RawLayout, RawSpec};
use crate::case::raw::RawCase;
use crate::command::cli::{Cli, SchemaKind};
use crate::diag::{Code, Failure};
use crate::reference;
use crate::render::ledger::Carried;
use crate::source::raw::RawSources;
use crate::yaml::nearest;

/// The manual page of a code; without a code, all codes with their titles.
///
/// # Errors
/// There is no such code.
pub fn explain(code: Option<&str>) -> Result<String, Failure> {
    let Some(name) = code else { return Ok(contents()) };
    match Code::from_name(name) {
        Some(code) => Ok(code.manual().to_owned()),
        None => Err(Failure::request(format!("no message has the code `{name}`"), near(name))),
    }
}

fn contents() -> String {
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or_default();
    let lines = Code::ALL.iter().map(|code| format!("{:width$}  {}", code.name(), code.title()));
    lines.collect::<Vec<_>>().join("\n")
}

/// The nearest code as a hint. The second half of a code alone (`altered`) is enough to find it.
fn near(name: &str) -> String {
    let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    let half = names.iter().find(|known| known.split('/').next_back() == Some(name));
    let guess = half.map(|known| format!("did you mean `{known}`?")).or_else(|| nearest(name, &names));
    guess.unwrap_or_else(|| "`amparo explain` lists all codes".to_owned())
}

/// The JSON Schema of a kind of file.
///
/// # Errors
/// The schema cannot be written as JSON, which is an error of the program.
pub fn schema(of: SchemaKind) -> Result<String, Failure> {
    let schema = match of {
        SchemaKind::Case => schema_for!(RawCase),
        SchemaKind::Sources => schema_for!(RawSources),
        SchemaKind::Ledger => schema_for!(Carried),
        SchemaKind::Directory => shared("directory")?,
        SchemaKind::Law => shared("law")?,
        SchemaKind::Wording => shared("wording")?,
        SchemaKind::Locale => shared("locale")?,
        SchemaKind::Sense => shared("sense")?,
        SchemaKind::Template => schema_for!(RawSpec),
        SchemaKind::Layout => schema_for!(RawLayout),
    };
    serde_json::to_string_pretty(&schema).map_err(|cause| Failure::Internal(cause.to_string()))
}

fn shared(kind: &str) -> Result<Schema, Failure> {
    let found = reference::schemas().into_iter().find(|(name, _)| *name == kind);
    found.map(|(_, schema)| schema).ok_or_else(|| Failure::Internal(format!("no schema of `{kind}`")))
}

/// The completions of a shell.
#[must_use]
pub fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "amparo", &mut script);
    String::from_utf8_lossy(&script).trim_end().to_owned()
}

/// The licences of the embedded fonts, which must be included with every copy of the fonts.
#[must_use]
pub fn licences() -> &'static str {
    include_str!("../../LICENSE-FONTS").trim_end()
}
