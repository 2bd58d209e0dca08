//! What travels inside the binary: the data under `templates/`, and those faces of `typst-assets` that are wanted.
//!
//! The crate gives all its faces or none, among them one under the GPL. Only this script sees them all; the faces named
//! here are written out for `src/render/pdf/fonts.rs`.

use std::path::PathBuf;

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
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names the folder"));
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
