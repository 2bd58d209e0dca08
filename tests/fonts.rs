//! Which fonts the program carries: those that the README names with their licences, and no other.

use ttf_parser::{Face, name_id};

use crate::program::Room;
use crate::support::{read, root};

/// `PostScript` names of the faces in the binary.
const FACES: [&str; 6] = [
    "DejaVuSansMono",
    "DejaVuSansMono-Bold",
    "LibertinusSerif-Bold",
    "LibertinusSerif-Italic",
    "LibertinusSerif-Regular",
    "LibertinusSerif-SemiboldItalic",
];

/// Whether an OpenType or TrueType file may begin here: its mark, then a number of tables and what follows from that.
///
/// Source: ISO/IEC 14496-22, 4.2 (table directory).
fn may_begin(bytes: &[u8]) -> bool {
    let Some([0, 1, 0, 0, 0, tables, range @ ..] | [b'O', b'T', b'T', b'O', 0, tables, range @ ..]) =
        bytes.first_chunk::<8>()
    else {
        return false;
    };
    *tables > 3 && u16::from_be_bytes(*range) == 16 << tables.ilog2()
}

/// Where a font may begin in these bytes.
fn begins(bytes: &[u8]) -> impl Iterator<Item = usize> {
    (0..bytes.len()).filter(|at| matches!(bytes[*at], 0 | b'O') && may_begin(&bytes[*at..]))
}

/// The `PostScript` names of all fonts that lie somewhere in these bytes.
fn fonts(bytes: &[u8]) -> Vec<String> {
    let mut found: Vec<String> = begins(bytes).filter_map(|at| postscript_name(&bytes[at..])).collect();
    found.sort();
    found
}

fn postscript_name(font: &[u8]) -> Option<String> {
    let names = Face::parse(font, 0).ok()?.names();
    let mut names = names.into_iter().filter(|name| name.name_id == name_id::POST_SCRIPT_NAME);
    names.find_map(|name| name.to_string())
}

#[test]
fn the_program_holds_the_wanted_fonts_and_no_other() {
    let program = std::fs::read(env!("CARGO_BIN_EXE_amparo")).expect("the program");
    assert_eq!(fonts(&program), FACES);
}

/// The lines of a font that say whose it is.
fn copyright(font: &[u8]) -> Vec<String> {
    let names = Face::parse(font, 0).expect("a font").names();
    let names = names.into_iter().filter(|name| name.name_id == name_id::COPYRIGHT_NOTICE && name.is_unicode());
    let lines = names.filter_map(|name| name.to_string()).flat_map(|text| {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    });
    lines.collect()
}

#[test]
fn the_licences_repeat_what_each_font_says_of_its_owner() {
    let program = std::fs::read(env!("CARGO_BIN_EXE_amparo")).expect("the program");
    let printed = Room::new().run("licences").done().out;
    assert_eq!(printed, read(&root().join("licences/fonts.txt")));
    let begins: Vec<usize> = begins(&program).filter(|at| postscript_name(&program[*at..]).is_some()).collect();
    assert_eq!(begins.len(), FACES.len());
    for line in begins.iter().flat_map(|at| copyright(&program[*at..])) {
        assert!(printed.contains(&line), "{line}");
    }
}

#[test]
fn the_readme_names_each_font_and_its_licence() {
    let readme = read(&root().join("README.md"));
    for words in ["Libertinus Serif", "SIL Open Font License 1.1", "DejaVu Sans Mono", "Bitstream Vera"] {
        assert!(readme.contains(words), "{words}");
    }
}
