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

fn press() -> Press {
    Press::new(Vec::new(), layouts()).expect("the layouts of the project are valid")
}

#[test]
fn probe() {
    let press = press();
    for d in [samples::letter(), samples::appeal()] {
        match press.print(&d) {
            Ok(printed) => {
                std::fs::write(format!("{}/{}.pdf", env!("CARGO_TARGET_TMPDIR"), d.layout), &printed.bytes).unwrap();
                println!("{:#?}", amparo::render::pdf::readback::read(&printed.bytes));
                println!("{:#?}", printed.warnings);
            }
            Err(e) => panic!("{e:#?}"),
        }
    }
}
