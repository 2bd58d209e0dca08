//! The command line: runs the library and gives its exit code back, nothing else.

use std::process::ExitCode;

/// Typesetting asks for very many small pieces of memory, which costs less here than with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    amparo::run(std::env::args_os())
}
