//! What travels inside the binary: the data under `templates/` with its digests, and those faces of `typst-assets` that
//! are wanted. What is known when the program is built need not be worked out in each run.
//!
//! The crate gives all its faces or none, among them one under the GPL. Only this script sees them all; the faces named
//! here are written out for `src/render/pdf/fonts.rs`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

/// The `PostScript` names of the wanted faces, which are also the names of their files in `OUT_DIR`.
///
/// The bold italic face of Libertinus lacks the Cyrillic letters beyond Russian, Ukrainian ones too; the semibold italic
/// has them. The last two set the few signs that Libertinus lacks.
const FACES: [&str; 6] = [
    "LibertinusSerif-Regular",
    "LibertinusSerif-Bold",
    "LibertinusSerif-Italic",
    "LibertinusSerif-SemiboldItalic",
    "DejaVuSansMono",
    "DejaVuSansMono-Bold",
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=cases/example");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rustc-env=AMPARO_CARGO_LOCK={}", digest(Path::new("Cargo.lock")));
    let mut table = String::new();
    digests(Path::new("templates"), &mut table);
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names the folder"));
    std::fs::write(out.join("digests.rs"), format!("[{table}]")).expect("cargo's folder can be written");
    faces(&out);
}

/// Writes the wanted faces out.
fn faces(out: &Path) {
    for wanted in FACES {
        let is_wanted = |face: &&[u8]| postscript_name(face).as_deref() == Some(wanted);
        let face = typst_assets::fonts().find(is_wanted);
        let face = face.unwrap_or_else(|| panic!("typst-assets has no face {wanted} any more"));
        std::fs::write(out.join(wanted), face).expect("cargo's folder can be written");
    }
}

fn postscript_name(face: &[u8]) -> Option<String> {
    let names = ttf_parser::Face::parse(face, 0).ok()?.names();
    let mut names = names.into_iter().filter(|name| name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME);
    names.find_map(|name| name.to_string())
}

/// The digest of each file of a folder, as pairs of path and digest in Rust.
fn digests(folder: &Path, table: &mut String) {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            digests(&path, table);
        } else {
            let name = path.to_string_lossy().replace('\\', "/");
            let _ = writeln!(table, "({name:?}, \"{}\"),", digest(&path));
        }
    }
}

fn digest(path: &Path) -> String {
    let bytes = std::fs::read(path).expect("a file of the project");
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
