//! The template engine: its limits, the printing of values, and its errors.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::ValueKind;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};

use super::escape::escape;
use super::filters;
use super::folder::Folder;
use super::marks::{VALUE_CLOSE, VALUE_OPEN, without_lines};
use super::prepare::{self, PreparedTemplate};
use super::refuse::{forbidden, refuse};
use super::values::{ClaimValue, MissingWords, Thing, WordsValue};
use crate::diag::characters::is_private;
use crate::diag::{Code, Diagnostic, Place};
use crate::reference::Locale;

/// The most instructions for one document. The longest shipped document takes a fiftieth of them.
const FUEL: u64 = 50_000;

/// The largest size of an expanded document, in bytes.
const MOST_BYTES: usize = 1 << 20;

/// The deepest nesting of includes and macros.
const DEPTH: usize = 16;

/// The engine for one template.
pub struct Engine {
    pub(super) environment: Environment<'static>,
    pub(super) files: Arc<Vec<TemplateSource>>,
    folder: String,
    /// Names that a template may use, for hints.
    pub(super) known: Vec<String>,
}

/// A file that the engine may read.
#[derive(Debug)]
pub(super) struct TemplateSource {
    /// Its name in the folders of templates: `documents/appeal/en.md`.
    pub(super) name: String,
    /// The name by which the user knows it.
    pub(super) shown: String,
    pub(super) prepared: PreparedTemplate,
}

impl Engine {
    /// The engine for the template in this folder.
    pub fn new(folder: &Folder, locale: &Locale) -> Self {
        let sources = folder.files.iter().enumerate().map(|(number, (name, (shown, text)))| TemplateSource {
            name: name.clone(),
            shown: shown.clone(),
            prepared: prepare::prepare(text, number),
        });
        let files: Arc<Vec<TemplateSource>> = Arc::new(sources.collect());
        let environment = environment(&files, &folder.id, locale);
        Self { environment, files, folder: folder.id.clone(), known: Vec::new() }
    }

    /// Sets the names that a template may use, for hints on unknown names.
    pub fn know(&mut self, names: Vec<String>) {
        self.known = names;
    }

    /// The name by which the user knows a file, by its number, from 0.
    pub fn shown(&self, file: usize) -> &str {
        self.files.get(file).map_or("", |source| source.shown.as_str())
    }

    /// Expands a file of the template's folder.
    ///
    /// # Errors
    /// Every problem of the template, each at its line.
    pub fn expand(&self, file: &str, context: &Value) -> Result<String, Vec<Diagnostic>> {
        let problems = self.forbidden();
        if !problems.is_empty() {
            return Err(problems);
        }
        let name = format!("documents/{}/{file}", self.folder);
        let explain = |error: Error| {
            let mut found = self.explain(&error);
            // The engine knows no place for an error of its output.
            if found.primary.place.file.is_empty() {
                let source = self.files.iter().find(|source| source.name == name);
                found.primary.place = Place::file(source.map_or(name.as_str(), |source| source.shown.as_str()));
            }
            vec![found]
        };
        let template = self.environment.get_template(&name).map_err(explain)?;
        let mut out = Bounded(Vec::new());
        let context = context.clone();
        template.render_captured_to(context, &mut out).map_err(explain)?;
        Ok(String::from_utf8_lossy(&out.0).into_owned())
    }

    /// Expands one line of `template.yaml`.
    ///
    /// # Errors
    /// Every problem of the line, at its place.
    pub fn expand_line(&self, line: &str, place: &Place, context: &Value) -> Result<String, Box<Diagnostic>> {
        let prepared = prepare::prepare(line, 0);
        if let Some((_, problem)) = prepared.problems.first() {
            return Err(Box::new(forbidden(*problem, place.clone())));
        }
        let name = format!("documents/{}/template.yaml", self.folder);
        let expanded = self.environment.render_named_str(&name, line, context.clone());
        expanded.map_err(|error| {
            let mut found = self.explain(&error);
            found.primary.place = place.clone();
            Box::new(found)
        })
    }
}

fn environment(files: &Arc<Vec<TemplateSource>>, folder: &str, locale: &Locale) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_debug(false);
    environment.set_recursion_limit(DEPTH);
    environment.set_fuel(Some(FUEL));
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // With it, text captured by a macro or `{% set %}` is markup, and everything else is words to be escaped.
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    let written = AtomicUsize::new(0);
    environment.set_formatter(move |out, _: &mut State, value| print(out, value, &written));
    let own = format!("documents/{folder}/");
    environment.set_path_join_callback(move |name, _| {
        let leaves = name.starts_with('/') || name.contains('\\') || name.split('/').any(|part| part == "..");
        match name.strip_prefix("shared/") {
            _ if leaves || name.starts_with("documents/") => Cow::Borrowed(name),
            Some(rest) => Cow::Owned(format!("documents/shared/{rest}")),
            None => Cow::Owned(format!("{own}{name}")),
        }
    });
    let files = Arc::clone(files);
    environment.set_loader(move |name| load(&files, name));
    for name in filters::REMOVED {
        environment.remove_filter(name);
    }
    for name in ["namespace", "debug", "dict"] {
        environment.remove_global(name);
    }
    filters::add(&mut environment, locale);
    environment
}

fn load(files: &[TemplateSource], name: &str) -> Result<Option<String>, Error> {
    let leaves = name.starts_with('/') || name.contains('\\') || name.split('/').any(|part| part == "..");
    let found = files.iter().find(|source| source.name == name);
    if leaves || (found.is_none() && name.matches("documents/").count() > 1) {
        let words = format!("`{name}` lies outside the folder of this template");
        return Err(refuse(
            Code::TemplateOutside,
            words,
            "include a file of the same folder, or of `shared/`; copy what you need",
        ));
    }
    Ok(found.map(|source| source.prepared.text.clone()))
}

/// Prints a value: a claim as its mark, words escaped between marks of their own, text of the template escaped.
fn print(out: &mut Output, value: &Value, written: &AtomicUsize) -> Result<(), Error> {
    let text = printed(value)?;
    if written.fetch_add(text.len(), Ordering::Relaxed) > MOST_BYTES {
        return Err(Error::from(ErrorKind::WriteFailure));
    }
    out.write_str(&text).map_err(Error::from)
}

fn printed(value: &Value) -> Result<String, Error> {
    if value.downcast_object_ref::<ClaimValue>().is_some() {
        return Ok(value.to_string());
    }
    if let Some(words) = value.downcast_object_ref::<WordsValue>() {
        let text = escape(&words.text);
        return match text.as_str() {
            "" => Err(not_text("an empty value")),
            _ => Ok(format!("{VALUE_OPEN}{text}{VALUE_CLOSE}")),
        };
    }
    if let Some(missing) = value.downcast_object_ref::<MissingWords>() {
        return Err(refuse(Code::DirectoryUnknown, missing.what.clone(), missing.hint));
    }
    match value.kind() {
        ValueKind::String if value.is_safe() => Ok(value.to_string()),
        ValueKind::String => {
            let (text, _) = without_lines(&value.to_string());
            if text.chars().any(is_private) {
                let words = "a claim went through a filter";
                let hint = "a claim is printed as the case has it: `{{ fact }}`";
                return Err(refuse(Code::TemplateClaimAltered, words, hint));
            }
            if text.trim().is_empty() { Err(not_text("an empty text")) } else { Ok(escape(&text)) }
        }
        ValueKind::Number => Ok(escape(&value.to_string())),
        ValueKind::Undefined => Err(Error::from(ErrorKind::UndefinedError)),
        ValueKind::None => Err(not_text("nothing: this case has no such value")),
        ValueKind::Bool => Err(not_text("`true` or `false`")),
        _ if value.downcast_object_ref::<Thing>().is_some() => Err(not_text("a thing with properties")),
        kind => Err(not_text(match kind {
            ValueKind::Seq | ValueKind::Iterable => "a list",
            ValueKind::Map => "a mapping",
            _ => "something that is no text",
        })),
    }
}

fn not_text(what: &str) -> Error {
    refuse(
        Code::TemplateValue,
        format!("this prints {what}"),
        "test it first with `{% if … %}`, go through a list with `{% for … %}`, or name one of its properties",
    )
}

/// A buffer of at most [`MOST_BYTES`].
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MOST_BYTES {
            return Err(io::Error::other("too much text"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
