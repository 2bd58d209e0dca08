//! Explains errors of the engine to the author of a template.

use minijinja::{Error, ErrorKind};

use super::environment::{Engine, TemplateSource};
use super::prepare::Problem;
use super::refuse::{TemplateRefusal, forbidden};
use crate::diag::{Code, Diagnostic, Place};
use crate::yaml::nearest;

impl Engine {
    /// Reports forbidden constructs in every file of the folder.
    pub(super) fn forbidden(&self) -> Vec<Diagnostic> {
        let problem = |source: &TemplateSource| {
            let at =
                |(line, problem): &(usize, Problem)| forbidden(*problem, Place::line(source.shown.as_str(), *line));
            source.prepared.problems.iter().map(at).collect::<Vec<_>>()
        };
        self.files.iter().flat_map(problem).collect()
    }

    /// Explains an error of the engine to the author of the template.
    pub(super) fn explain(&self, error: &Error) -> Diagnostic {
        let chain = chain(error);
        let located = chain.iter().rev().find(|error| error.line().is_some()).copied().unwrap_or(error);
        let innermost = chain.last().copied().unwrap_or(error);
        let source = located.name().and_then(|name| self.files.iter().find(|source| source.name == name));
        let line = located.line().unwrap_or(1);
        let shown = source.map_or_else(|| located.name().unwrap_or_default(), |source| source.shown.as_str());
        let place = Place::line(shown, line);
        if let Some(TemplateRefusal(code, hint)) = chain.iter().find_map(|error| refusal(error)) {
            let words = innermost.detail().unwrap_or("this cannot be printed").to_owned();
            return Diagnostic::error(*code, place, words).hint(*hint);
        }
        let detail = innermost.detail().unwrap_or_default();
        let names = source.map_or(&[][..], |source| &source.prepared.names);
        self.by_kind(innermost.kind(), detail, place, names)
    }

    fn by_kind(&self, kind: ErrorKind, detail: &str, place: Place, names: &[(usize, String)]) -> Diagnostic {
        match kind {
            ErrorKind::UndefinedError => self.undefined(place, names),
            ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => {
                let words = format!("the template calls something that does not exist: {detail}");
                Diagnostic::error(Code::TemplateUndefined, place, words)
                    .hint("`amparo context` lists what a template may use")
            }
            ErrorKind::OutOfFuel => endless(place, "the template takes too many steps"),
            ErrorKind::WriteFailure => {
                endless(place, "the template with the values of the case expands to more than 1 MiB")
            }
            _ if detail.contains("recursion limit") => endless(place, "the template includes or calls itself too deep"),
            _ if detail.contains("plain object") => {
                Diagnostic::error(Code::TemplateClaimAltered, place, "a value of the case cannot be cut or changed")
                    .with_note(detail.to_owned())
                    .hint("print it as it is: `{{ fact }}`")
            }
            ErrorKind::TemplateNotFound => {
                Diagnostic::error(Code::TemplateUnknown, place, "the file to include does not exist")
                    .with_note(detail.to_owned())
                    .hint("a template includes files of its own folder, and of `shared/`")
            }
            _ => {
                let words = if detail.is_empty() { kind.to_string() } else { detail.to_owned() };
                Diagnostic::error(Code::TemplateSyntax, place, words)
                    .hint("`{{ … }}` prints a value, `{% … %}` is an instruction, `{# … #}` a remark")
            }
        }
    }

    fn undefined(&self, place: Place, names: &[(usize, String)]) -> Diagnostic {
        let tails = |name: &str| name.split('.').map(str::to_owned).collect::<Vec<_>>();
        let on_line = names.iter().filter(|(line, _)| *line == place.line);
        let unknown = on_line
            .flat_map(|(_, name)| tails(name))
            .find(|part| !self.known.contains(part) && !KEYWORDS.contains(&part.as_str()) && !is_local(part, names));
        let Some(unknown) = unknown else {
            return Diagnostic::error(Code::TemplateUndefined, place, "a name on this line stands for nothing")
                .hint("`amparo context` lists what a template may use");
        };
        let hint = nearest(&unknown, &self.known)
            .unwrap_or_else(|| "`amparo context` lists what a template may use".to_owned());
        Diagnostic::error(Code::TemplateUndefined, place, format!("`{unknown}` stands for nothing")).hint(hint)
    }
}

/// Words of the template language that are not names.
const KEYWORDS: [&str; 20] = [
    "if", "elif", "else", "endif", "for", "endfor", "in", "is", "not", "and", "or", "set", "endset", "include",
    "macro", "endmacro", "with", "endwith", "import", "from",
];

/// True for a name that the template itself defines: the word before it is `for`, `set`, `macro` or a comma list.
fn is_local(name: &str, names: &[(usize, String)]) -> bool {
    names.windows(2).any(|pair| matches!(pair[0].1.as_str(), "for" | "set" | "macro" | "with") && pair[1].1 == name)
}

fn endless(place: Place, words: &str) -> Diagnostic {
    Diagnostic::error(Code::TemplateEndless, place, words)
        .hint("look for a loop inside a loop, or a file that includes itself")
}

fn chain(error: &Error) -> Vec<&Error> {
    let mut all = vec![error];
    let mut next = std::error::Error::source(error);
    while let Some(inner) = next {
        all.extend(inner.downcast_ref::<Error>());
        next = inner.source();
    }
    all
}

fn refusal(error: &Error) -> Option<&TemplateRefusal> {
    std::error::Error::source(error)?.downcast_ref::<TemplateRefusal>()
}
