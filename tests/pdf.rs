//! PDF output, read back as a reader's program would read it.

#[path = "pdf/build.rs"]
mod build;
#[path = "pdf/samples.rs"]
mod samples;

use std::collections::BTreeMap;

use amparo::render::pdf::Press;

fn layouts() -> BTreeMap<String, String> {
    BTreeMap::from([
        ("common.typ".to_owned(), include_str!("../templates/layouts/common.typ").to_owned()),
        ("letter/layout.typ".to_owned(), include_str!("../templates/layouts/letter/layout.typ").to_owned()),
        ("appeal/layout.typ".to_owned(), include_str!("../templates/layouts/appeal/layout.typ").to_owned()),
    ])
}

#[test]
fn probe() {
    let press = Press::new(Vec::new(), layouts()).unwrap();
    for d in [samples::letter(), samples::appeal()] {
        match press.probe(&d) {
            Ok((bytes, text)) => {
                std::fs::write(format!("{}/{}.pdf", env!("CARGO_TARGET_TMPDIR"), d.layout), bytes).unwrap();
                std::fs::write(format!("{}/{}.typ", env!("CARGO_TARGET_TMPDIR"), d.layout), text).unwrap();
            }
            Err(e) => panic!("{e:#?}"),
        }
    }
}
