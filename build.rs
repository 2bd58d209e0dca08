//! The data under `templates/` travels inside the binary: a change there is a change of the program. What is known of it
//! and of the dependencies when the program is built need not be worked out in each run.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

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
