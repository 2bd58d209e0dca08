//! What the tests share that measure the checks with inputs of strangers: files of data, groups, a small case to check.

use std::path::{Path, PathBuf};

use amparo::case::load::{self, Input};
use amparo::check;
use amparo::diag::Diagnostic;
use amparo::reference::Reference;
use amparo::reference::layers::reference_files;

use crate::support::{files, root};

/// Beginning of the names of files at which nobody looked while the words of the languages were collected.
const ASIDE: &str = "aside-";

/// Beginning of the names of files in which each answer must be right.
const SURE: &str = "sure-";

/// The files of data in a folder of the tests, and in the folder that an environment variable names.
pub(crate) fn data(folder: &str, elsewhere: &str) -> Vec<PathBuf> {
    let elsewhere = std::env::var(elsewhere).map(|folder| files(Path::new(&folder))).unwrap_or_default();
    let all = files(&root().join(folder)).into_iter().chain(elsewhere);
    all.filter(|file| file.extension().is_some_and(|end| end == "yaml")).collect()
}

/// What the name of the group ends with to which a file belongs.
pub(crate) fn group(file: &Path) -> &'static str {
    let begins = |with| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(with));
    match file.starts_with(root()) {
        true if begins(ASIDE) => " aside",
        true if begins(SURE) => " sure",
        true => "",
        false => " elsewhere",
    }
}

/// Writes what was measured to a file under `target/`.
pub(crate) fn keep(name: &str, text: &str) {
    let folder = root().join("target");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(name), text).expect("a file");
}

/// Words as a string of YAML.
pub(crate) fn quoted(words: &str) -> String {
    serde_json::to_string(words).expect("a string")
}

/// The shipped words of the languages, read once.
pub(crate) fn reference() -> Reference {
    let input =
        Input { case: root().join("cases/example"), archive: None, templates: PathBuf::new(), without: Vec::new() };
    let mut loaded = load::load(&input).expect("the example is read");
    Reference::load(&reference_files(&loaded.layers, &mut loaded.files)).0
}

/// A case with one source, whose copy has these lines.
pub(crate) struct SmallCase<'a> {
    pub(crate) case: &'a str,
    pub(crate) sources: &'a str,
    pub(crate) page: &'a str,
}

impl SmallCase<'_> {
    /// Everything that the check reports.
    pub(crate) fn problems(&self, reference: &Reference) -> Vec<Diagnostic> {
        let folder = tempfile::tempdir().expect("a folder");
        let archive = folder.path().join("archive");
        std::fs::create_dir(&archive).expect("a folder");
        std::fs::write(archive.join("page.txt"), self.page).expect("a file");
        std::fs::write(folder.path().join("case.yaml"), self.case).expect("a file");
        std::fs::write(folder.path().join("sources.yaml"), self.sources).expect("a file");
        let input = Input {
            case: folder.path().to_owned(),
            archive: Some(archive),
            templates: PathBuf::new(),
            without: Vec::new(),
        };
        let loaded = load::load(&input).expect("the case is read");
        assert!(loaded.case.is_some(), "the case cannot be read: {:#?}", loaded.problems);
        let (checked, problems) = check::check(&loaded, reference, false).expect("the copy is read");
        assert!(checked.is_some(), "the case has a fault of form: {:#?}", problems.first());
        problems
    }
}
