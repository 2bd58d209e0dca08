//! The command line: runs the library and gives its exit code back, nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    amparo::run(std::env::args_os())
}
