//! Requests to end the program: Ctrl-C, and what the system sends. Nothing is left half done: files that belong together
//! are all renamed before, and unfinished ones are removed. A second request ends the program at once.

use super::write;

/// From now on the program ends in order when it is asked to. At Ctrl-C `interrupted` is called last; if it returns, the
/// program ends as one that the signal has ended.
///
/// A file that grows beyond the limit of the system no longer ends the program: it cannot be written, like any other.
///
/// # Errors
/// The system does not allow it.
#[cfg(unix)]
pub fn heed(interrupted: fn()) -> std::io::Result<()> {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::{flag, iterator::Signals, low_level};

    flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)))?;
    let asked = Arc::new(AtomicBool::new(false));
    let requests: Vec<i32> = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| !is_ignored(*signal)).collect();
    for signal in &requests {
        // In this order: the first request only sets the flag.
        flag::register_conditional_default(*signal, asked.clone())?;
        flag::register(*signal, asked.clone())?;
    }
    let mut signals = Signals::new(&requests)?;
    std::thread::Builder::new().name("end".to_owned()).spawn(move || {
        for signal in signals.forever() {
            let _nothing_more_is_written = write::give_up();
            if signal == SIGINT {
                interrupted();
            }
            let _ = low_level::emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

/// True if whoever started the program wants it to ignore a signal, as `nohup` does.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
    ignored >> (signal - 1) & 1 == 1
}

/// As above.
///
/// # Errors
/// The system does not allow it.
#[cfg(not(unix))]
pub fn heed(interrupted: fn()) -> std::io::Result<()> {
    let end = move || {
        let _nothing_more_is_written = write::give_up();
        interrupted();
        #[expect(clippy::exit, reason = "there is no signal by which it could end")]
        std::process::exit(130);
    };
    ctrlc::set_handler(end).map_err(std::io::Error::other)
}
