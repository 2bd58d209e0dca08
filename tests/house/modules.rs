//! Which file of `src/` names what of which other file.

use std::collections::{BTreeMap, BTreeSet};

/// A file of `src/` as a module: `check/evidence.rs` is `["check", "evidence"]`.
type Path = Vec<String>;

/// The modules of `src/`.
pub(crate) struct Modules {
    /// The text of each module, without comments and tests.
    texts: BTreeMap<Path, String>,
    /// What each module hands on under its own name: the name, and where it comes from.
    handed_on: BTreeMap<Path, BTreeMap<String, Path>>,
}

impl Modules {
    /// Reads modules from paths of files and their lines of code.
    pub(crate) fn new<'a>(files: impl Iterator<Item = (&'a str, String)>) -> Self {
        let texts: BTreeMap<Path, String> = files.map(|(path, text)| (module(path), text)).collect();
        let mut modules = Self { texts, handed_on: BTreeMap::new() };
        let handed_on = modules.texts.iter().map(|(own, text)| (own.clone(), modules.hands_on(own, text))).collect();
        modules.handed_on = handed_on;
        modules
    }

    /// The rings of modules of one room that know each other, each ring by the names of its modules.
    pub(crate) fn rings(&self) -> Vec<String> {
        let known: BTreeMap<&Path, BTreeSet<Path>> = self.texts.keys().map(|own| (own, self.known(own))).collect();
        let reach = |from: &Path| {
            let mut seen: BTreeSet<Path> = BTreeSet::new();
            let mut open: Vec<Path> = known[from].iter().cloned().collect();
            while let Some(next) = open.pop() {
                if seen.insert(next.clone()) {
                    open.extend(known[&next].iter().cloned());
                }
            }
            seen
        };
        let reached: BTreeMap<&Path, BTreeSet<Path>> = self.texts.keys().map(|own| (own, reach(own))).collect();
        let mut rings: BTreeSet<Vec<String>> = BTreeSet::new();
        for (own, others) in &reached {
            let ring: Vec<String> =
                others.iter().filter(|other| reached[*other].contains(*own)).map(|path| path.join("/")).collect();
            if !ring.is_empty() {
                rings.insert(ring);
            }
        }
        rings.into_iter().map(|ring| ring.join(" ↔ ")).collect()
    }

    /// The modules of the same room that a module names, itself apart.
    fn known(&self, own: &Path) -> BTreeSet<Path> {
        let text = &self.texts[own];
        let plain: String =
            text.split_inclusive(';').filter(|part| !part.trim_start().starts_with("pub use ")).collect();
        let paths = paths(&plain, own);
        let files = paths.iter().filter_map(|path| self.file(path));
        files.filter(|file| file != own && file.first() == own.first()).collect()
    }

    /// The module in whose file a path ends.
    fn file(&self, path: &[String]) -> Option<Path> {
        let mut at: Path = Vec::new();
        for (index, segment) in path.iter().enumerate() {
            at.push(segment.clone());
            if self.texts.contains_key(&at) {
                continue;
            }
            at.pop();
            let from = self.handed_on.get(&at).and_then(|names| names.get(segment));
            let beyond = || path[index + 1..].iter().cloned();
            return match from {
                Some(from) if from.as_slice() != path => {
                    self.file(&from.iter().cloned().chain(beyond()).collect::<Path>())
                }
                _ => (!at.is_empty()).then_some(at),
            };
        }
        (!at.is_empty()).then_some(at)
    }

    fn hands_on(&self, own: &Path, text: &str) -> BTreeMap<String, Path> {
        let uses = text.split(';').map(str::trim).filter_map(|part| {
            let at = part
                .rfind("pub use ")
                .or_else(|| part.rfind("pub(crate) use "))
                .or_else(|| part.rfind("pub(super) use "))?;
            Some(part[at..].split_once("use ")?.1)
        });
        let mut names = BTreeMap::new();
        for tree in uses {
            for path in expand(tree) {
                let path = absolute(&path, own, |name| self.texts.contains_key(&child(own, name)));
                if let Some(last) = path.last() {
                    names.insert(last.clone(), path.clone());
                }
            }
        }
        names
    }
}

fn child(own: &[String], name: &str) -> Path {
    own.iter().cloned().chain([name.to_owned()]).collect()
}

fn module(file: &str) -> Path {
    let stem = file.trim_end_matches(".rs").trim_end_matches("/mod");
    stem.split('/').map(str::to_owned).collect()
}

/// The full paths that a text names, by `use` or in place.
fn paths(text: &str, own: &Path) -> Vec<Path> {
    let mut found = Vec::new();
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in text.match_indices(start) {
            let before = text[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let tree = tree(&text[at..]);
            found.extend(expand(tree).into_iter().map(|path| absolute(&path, own, |_| false)));
        }
    }
    // `use child::Name;` in a file that has children.
    for part in text
        .split(';')
        .filter_map(|part| part.trim().strip_prefix("use ").or(part.rsplit_once("\nuse ").map(|(_, rest)| rest)))
    {
        found.extend(
            expand(part)
                .into_iter()
                .map(|path| absolute(&path, own, |name| !matches!(name, "crate" | "super" | "self"))),
        );
    }
    found
}

/// A path with its group, up to where it ends.
fn tree(text: &str) -> &str {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' if text[..at].ends_with("::") || depth > 0 => depth += 1,
            '}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    return &text[..=at];
                }
            }
            _ if depth > 0 || c.is_alphanumeric() || matches!(c, '_' | ':') => {}
            _ => return &text[..at],
        }
    }
    text
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn expand(tree: &str) -> Vec<Path> {
    let Some((head, rest)) = tree.split_once('{') else {
        let plain = tree.split(" as ").next().unwrap_or_default();
        let path: Path = plain.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        return if path.is_empty() { Vec::new() } else { vec![path] };
    };
    let inner = rest.rsplit_once('}').map_or(rest, |(inner, _)| inner);
    let head: Path = head.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in inner.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("a part").push(c);
    }
    let whole = parts.iter().flat_map(|part| expand(part.trim()));
    let whole =
        whole.map(|path| head.iter().cloned().chain(path).filter(|part| part != "self" || head.is_empty()).collect());
    whole.collect()
}

/// A path from the root of the crate.
fn absolute(path: &[String], own: &[String], is_child: impl Fn(&str) -> bool) -> Path {
    let Some((first, rest)) = path.split_first() else { return Vec::new() };
    let mut at: Path = match first.as_str() {
        "crate" => Vec::new(),
        "self" => own.to_vec(),
        "super" => own[..own.len().saturating_sub(1)].to_vec(),
        name if is_child(name) => child(own, name),
        _ => return Vec::new(),
    };
    for segment in rest {
        if segment == "super" {
            at.pop();
        } else {
            at.push(segment.clone());
        }
    }
    at
}

#[test]
fn a_ring_of_files_is_found() {
    let text = |text: &str| text.to_owned();
    let modules = |inner: &str| {
        let files = [
            ("a/mod.rs", text("mod b;\nmod c;\npub use b::{One, Two};\nuse c::three;\nfn four() {}\n")),
            ("a/b.rs", text(inner)),
            ("a/c.rs", text("use super::{One, b::Two};\npub fn three() {}\n")),
        ];
        Modules::new(files.into_iter()).rings()
    };
    assert_eq!(modules("use crate::d::E;\npub struct One;\n"), Vec::<String>::new());
    assert_eq!(modules("use super::c::three;\n"), ["a/b ↔ a/c"]);
    assert_eq!(modules("fn f() { super::four() }\n"), ["a ↔ a/b ↔ a/c"]);
}
