//! The data under `templates/` travels inside the binary: a change there is a change of the program.

fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=cases/example");
}
