//! The rooms of the house: who may know whom, and what is done in one place only.

mod literals;
mod modules;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::{files, read, root};

/// Each room and the rooms that it may know. A room knows only those before it in the flow. `command` joins them all.
const ROOMS: &[(&str, &[&str])] = &[
    // A macro for all rooms, which none of them names.
    ("closed", &[]),
    ("diag", &[]),
    ("text", &[]),
    ("disk", &["diag"]),
    ("yaml", &["diag"]),
    ("document", &["disk"]),
    ("reference", &["diag", "disk", "text", "yaml"]),
    ("source", &["diag", "disk", "document", "reference", "text", "yaml"]),
    ("case", &["diag", "disk", "document", "reference", "source", "yaml"]),
    ("check", &["case", "diag", "disk", "document", "reference", "source", "text", "yaml"]),
    ("assemble", &["case", "check", "diag", "disk", "document", "reference", "source", "text", "yaml"]),
    ("render", &["case", "check", "diag", "disk", "document", "reference", "source"]),
    ("verify", &["diag", "disk", "document", "render", "source", "text"]),
    ("report", &["assemble", "case", "check", "diag", "document", "reference", "render", "source"]),
];

/// The room that joins all others.
const JOINER: &str = "command";

/// What only some files may do, with how it looks in the code.
const ALONE: &[(&str, &[&str], &[&str])] = &[
    (
        "asks the clock or the environment",
        &["command/options.rs", "main.rs"],
        &["SystemTime::now", "std::env", "env::var", "env::args"],
    ),
    ("measures time", &["disk/watch.rs", "command/watch.rs", "render/run.rs"], &["Instant"]),
    (
        "touches the disk",
        &["disk/"],
        &["std::fs", "fs::", "File::", ".exists()", ".is_dir()", ".is_file()", "read_dir("],
    ),
    (
        "hides a fault of ours, or was forgotten",
        &[],
        &[".unwrap()", "todo!", "unimplemented!", "dbg!", "println!", "eprintln!"],
    ),
];

/// A file of `src/`: its path there, and its lines of code without comments and tests.
struct File {
    path: String,
    lines: Vec<(usize, String)>,
}

impl File {
    fn room(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or_default()
    }

    /// The rooms that it names, with the line.
    fn knows(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (number, line) in &self.lines {
            for (at, path) in line.match_indices("crate::") {
                let rest = &line[at + path.len()..];
                let names: Vec<&str> = match rest.strip_prefix('{') {
                    Some(group) => group.split('}').next().unwrap_or_default().split(',').collect(),
                    None => vec![rest],
                };
                let word = |name: &str| {
                    name.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::to_owned)
                };
                found.extend(
                    names.into_iter().filter_map(word).filter(|name| !name.is_empty()).map(|name| (*number, name)),
                );
            }
        }
        found
    }
}

fn sources() -> Vec<File> {
    let src = root().join("src");
    let is_code = |path: &Path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let in_tests = path.components().any(|part| part.as_os_str() == "tests");
        path.extension().is_some_and(|ending| ending == "rs") && !in_tests && !name.ends_with("tests.rs")
    };
    let inner = |path: &Path| path.strip_prefix(&src).expect("inside src").to_string_lossy().replace('\\', "/");
    let paths = files(&src);
    paths
        .iter()
        .filter(|path| is_code(path.strip_prefix(&src).expect("inside src")))
        .map(|path| File { path: inner(path), lines: code(&read(path)) })
        .collect()
}

/// The lines of code of a text: no comments, and nothing that is compiled for tests only.
fn code(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            let indent = line.len() - line.trim_start().len();
            let is_end =
                |line: &str| line.len() - line.trim_start().len() == indent && line.trim_end().ends_with(['}', ';']);
            // The item that is left out ends where a line of the same indent closes it.
            let _ = lines.find(|(_, line)| is_end(line));
            continue;
        }
        if !line.trim_start().starts_with("//") {
            out.push((index + 1, line.to_owned()));
        }
    }
    out
}

#[test]
fn a_room_knows_only_the_rooms_it_may_know() {
    let mut faults = Vec::new();
    for file in sources() {
        let room = file.room();
        if [JOINER, "lib", "main"].contains(&room) {
            continue;
        }
        let Some((_, may)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            faults.push(format!("src/{}: the room `{room}` has no row in tests/house.rs", file.path));
            continue;
        };
        for (line, other) in file.knows() {
            if other != room && !may.contains(&other.as_str()) {
                faults.push(format!("src/{}:{line}: `{room}` must not know `{other}`", file.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_rooms_are_in_no_circle() {
    let mut before: BTreeSet<&str> = BTreeSet::new();
    for (room, may) in ROOMS {
        for other in *may {
            assert!(before.contains(other), "`{room}` may know `{other}`, which has no row before it");
        }
        before.insert(room);
    }
}

/// True if a line has a mark as words of its own: `PdfFile::` is no `File::`.
fn names(line: &str, mark: &str) -> bool {
    let is_word = mark.starts_with(char::is_alphabetic);
    line.match_indices(mark).any(|(at, _)| !is_word || !line[..at].ends_with(char::is_alphanumeric))
}

#[test]
fn some_things_are_done_in_one_place() {
    let mut faults = Vec::new();
    for file in sources() {
        for (what, places, marks) in ALONE {
            if places.iter().any(|place| file.path == *place || place.ends_with('/') && file.path.starts_with(place)) {
                continue;
            }
            for (number, line) in &file.lines {
                if let Some(mark) = marks.iter().find(|mark| names(line, mark)) {
                    faults.push(format!("src/{}:{number}: `{mark}` {what}", file.path));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn no_files_of_a_room_are_in_a_circle() {
    let files = sources();
    let text = |file: &File| file.lines.iter().fold(String::new(), |text, (_, line)| text + line + "\n");
    let rings = modules::Modules::new(files.iter().map(|file| (file.path.as_str(), text(file)))).rings();
    assert!(rings.is_empty(), "\n{}\n", rings.join("\n"));
}

/// No file has more lines than this.
const MOST_LINES: usize = 500;

/// No function has more lines than this.
const MOST_LINES_OF_A_FUNCTION: usize = 60;

#[test]
fn files_and_functions_are_short() {
    let src = root().join("src");
    let mut faults = Vec::new();
    for path in files(&src).iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs")) {
        let text = read(path);
        let name = path.strip_prefix(&src).expect("inside src").display();
        let count = text.lines().count();
        faults.extend((count > MOST_LINES).then(|| format!("src/{name} has {count} lines")));
        let long = functions(&text).into_iter().filter(|(_, count)| *count > MOST_LINES_OF_A_FUNCTION);
        faults.extend(long.map(|(line, count)| format!("src/{name}:{line}: a function of {count} lines")));
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The first line of each function, from 1, and how many lines it has: to the first line that closes its indent.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_function = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().take(4).collect();
        let at = words.iter().position(|word| *word == "fn");
        let before =
            |word: &&str| word.starts_with("pub") || word.starts_with("crate") || ["const", "async"].contains(word);
        at.is_some_and(|at| words[..at].iter().all(before))
    };
    let starts = lines.iter().enumerate().filter(|(_, line)| is_function(line));
    let length = |(at, line): (usize, &&str)| {
        let end = lines[at..].iter().position(|other| indent(other) == indent(line) && other.trim_start() == "}");
        (at + 1, end.map_or(1, |end| end + 1))
    };
    starts.map(length).collect()
}

/// A new format is a folder of its own under `render/` and its line in the list: nothing else names it.
#[test]
fn a_format_is_a_folder_and_a_line() {
    const LIST: &str = "render/formats.rs";
    let mut places: BTreeSet<String> = BTreeSet::new();
    for file in sources().iter().filter(|file| !file.path.starts_with("render/html/")) {
        let names_it =
            |line: &str| ["render::html", "super::html", "html::Html"].iter().any(|name| line.contains(name));
        let names_it = file.lines.iter().any(|(_, line)| names_it(line));
        places.extend(names_it.then(|| file.path.clone()));
    }
    assert_eq!(places.into_iter().collect::<Vec<_>>(), [LIST]);
}

/// Who reads a name need not ask which of two is meant. Private types may share one: they are seen in one file only.
#[test]
fn each_public_type_has_a_name_of_its_own() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in sources() {
        for (line, name) in public_types(&file.lines) {
            places.entry(name).or_default().push(format!("src/{}:{line}", file.path));
        }
    }
    assert!(places.len() > 300, "only {} public types are seen", places.len());
    let twice = places.into_iter().filter(|(_, places)| places.len() > 1);
    let faults: Vec<String> = twice.map(|(name, places)| format!("`{name}`: {}", places.join(", "))).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The public types with their lines: those that are written out, and those that a macro makes of their name.
fn public_types(lines: &[(usize, String)]) -> Vec<(usize, String)> {
    const MACROS: &[&str] = &["closed! {", "id! {", "words! {"];
    let mut found = Vec::new();
    let mut in_macro = false;
    for (number, line) in lines {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default();
        if MACROS.contains(&line.as_str()) {
            in_macro = true;
        } else if in_macro && first.starts_with(char::is_uppercase) {
            found.push((*number, first.to_owned()));
            in_macro = false;
        } else if (first == "pub" || first.starts_with("pub("))
            && words.next().is_some_and(|kind| ["struct", "enum", "trait", "type"].contains(&kind))
        {
            let name = words.next().unwrap_or_default();
            found.extend(name.split(|c: char| !c.is_alphanumeric()).next().map(|name| (*number, name.to_owned())));
        }
    }
    // `$name`, inside a macro, is no name.
    found.retain(|(_, name)| !name.is_empty());
    found
}

#[test]
fn public_types_are_found() {
    let text = "pub struct A<T>(T);\npub(crate) enum B {}\nstruct C;\npub enum $name {}\nclosed! {\n    #[derive(Default)]\n    D {\n        E = \"e\",\n    }\n}\npub(super) type F = A<u8>;\nid! {\n    G\n}";
    let lines: Vec<(usize, String)> = text.lines().map(str::to_owned).enumerate().collect();
    let names: Vec<String> = public_types(&lines).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["A", "B", "D", "F", "G"]);
}

#[test]
fn code_is_read_without_comments_and_tests() {
    let text = "use crate::a;\n// crate::b\n#[cfg(test)]\nmod tests;\nfn f() {}\n#[cfg(test)]\nmod more {\n    use crate::c;\n}\n";
    let lines: Vec<usize> = code(text).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [1, 5]);
    let file = File { path: "x/y.rs".into(), lines: vec![(1, "use crate::{a::B, c}; crate::d::e()".into())] };
    let names: Vec<String> = file.knows().into_iter().map(|(_, name)| name).collect();
    assert_eq!((file.room(), names), ("x", vec!["a".to_owned(), "c".into(), "d".into()]));
}
