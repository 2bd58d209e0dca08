//! The custody log: who added which file when, with which digest. It has one JSON object per line, is only appended to,
//! and each line holds the digest of the line before it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diag::{Code, Diagnostic, Place};
use crate::disk::Digest;

/// Name of the log in the folder of a case.
pub const LOG: &str = "custody.log";

/// A file with its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFile {
    /// Its name in the archive.
    pub file: String,
    /// Its digest: `sha256:` and 64 digits.
    pub digest: String,
}

/// A file made by another program and kept beside an original.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The kind of proof: `rfc3161`, `opentimestamps`, `auto-archiver`.
    pub kind: String,
    /// The file.
    #[serde(flatten)]
    pub kept: KeptFile,
}

/// A line of the log: a source was added, or read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CustodyEvent {
    /// Version of the format.
    pub format: u32,
    /// The event: `added`, or `re-read` if the text was made once more, of the same file or of a newer one.
    pub event: String,
    /// The time in UTC: `2031-03-05T10:00:00Z`.
    pub at: String,
    /// A name or a role of the person who did it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<String>,
    /// Id of the source.
    pub source: String,
    /// The address from which it comes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    /// The day on which the copy was made.
    pub retrieved: String,
    /// The original file, unchanged.
    pub original: KeptFile,
    /// The size of the original in bytes.
    pub bytes: u64,
    /// The canonical text.
    pub text: KeptFile,
    /// The extractor that made the text: name and version.
    pub extractor: String,
    /// Proofs made by other programs.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub beside: Vec<Proof>,
    /// Digest of the line before; `None` in the first line.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous: Option<String>,
}

impl CustodyEvent {
    /// The name of the event by which a source came into the case.
    pub const ADDED: &str = "added";

    /// The name of the event by which another reading of a source was taken over.
    pub const RE_READ: &str = "re-read";
}

/// The events of a log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// The events, each with its line, from 1.
    pub events: Vec<(usize, CustodyEvent)>,
    /// Digest of the last line.
    pub last: Option<String>,
}

impl Log {
    /// Reads a log and checks its chain. A line that cannot be read is a problem at that line.
    #[must_use]
    pub fn read(file: &Arc<str>, text: &str) -> (Self, Vec<Diagnostic>) {
        let (mut log, mut problems) = (Self::default(), Vec::new());
        let lines = text.strip_suffix('\n').unwrap_or(text);
        for (index, line) in lines.split('\n').enumerate().filter(|_| !text.is_empty()) {
            let place = Place::line(file.clone(), index + 1);
            match serde_json::from_str::<CustodyEvent>(line) {
                Ok(event) => {
                    if event.previous != log.last {
                        problems.push(altered(place));
                    }
                    log.events.push((index + 1, event));
                }
                Err(_) => problems.push(
                    Diagnostic::error(Code::SourceCustody, place, "this line of the custody log cannot be read")
                        .hint("take the line from an older copy of the log; never write into it by hand"),
                ),
            }
            log.last = Some(Digest::of(line.as_bytes()).to_string());
        }
        if !text.is_empty() && !text.ends_with('\n') {
            let place = Place::line(file.clone(), lines.split('\n').count());
            problems.push(
                Diagnostic::error(Code::SourceCustody, place, "the last line of the custody log breaks off")
                    .hint("take the log from an older copy; never write into it by hand"),
            );
        }
        (log, problems)
    }

    /// The last event of a source: its record must agree with it.
    #[must_use]
    pub fn last_of(&self, source: &str) -> Option<&CustodyEvent> {
        self.events.iter().rev().map(|(_, event)| event).find(|event| event.source == source)
    }

    /// The text of the next line, without a line end.
    ///
    /// # Errors
    /// Does not happen for an event made by this program.
    pub fn line(&self, event: CustodyEvent) -> Result<String, serde_json::Error> {
        serde_json::to_string(&CustodyEvent { previous: self.last.clone(), ..event })
    }
}

fn altered(place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::SourceCustody,
        place,
        "the line before this one was changed or is missing, or this one was added by hand",
    )
    .hint("compare with an older copy of the log, for instance in the history of the case")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(source: &str) -> CustodyEvent {
        let kept = |file: &str| KeptFile { file: file.into(), digest: Digest::of(file.as_bytes()).to_string() };
        CustodyEvent {
            format: 1,
            event: "added".into(),
            at: "2031-03-05T10:00:00Z".into(),
            by: None,
            source: source.into(),
            url: None,
            retrieved: "2031-03-05".into(),
            original: kept("a.html"),
            bytes: 3,
            text: kept("a.txt"),
            extractor: "html 1".into(),
            beside: vec![Proof { kind: "opentimestamps".into(), kept: kept("a.ots") }],
            previous: None,
        }
    }

    fn log(sources: &[&str]) -> String {
        let mut text = String::new();
        for source in sources {
            let (log, problems) = Log::read(&"custody.log".into(), &text);
            assert!(problems.is_empty(), "{problems:?}");
            text += &(log.line(event(source)).expect("a line") + "\n");
        }
        text
    }

    fn lines_with_problems(text: &str) -> Vec<usize> {
        Log::read(&"custody.log".into(), text).1.iter().map(|problem| problem.primary.place.line).collect()
    }

    #[test]
    fn every_change_of_a_log_is_found_except_the_loss_of_its_end() {
        let whole = log(&["one", "two", "three"]);
        let rows: Vec<&str> = whole.lines().collect();
        assert_eq!(lines_with_problems(&whole), [] as [usize; 0]);
        assert_eq!(lines_with_problems(""), [] as [usize; 0]);
        let one_word = whole.replacen("2031-03-05T10", "2031-03-05T11", 1);
        assert_eq!(lines_with_problems(&one_word), [2]);
        assert_eq!(lines_with_problems(&format!("{}\n{}\n", rows[0], rows[2])), [2]);
        assert_eq!(lines_with_problems(&format!("{}\n{}\n", rows[1], rows[2])), [1]);
        assert_eq!(lines_with_problems(&format!("{}\n{}\n{}\n", rows[1], rows[0], rows[2])), [1, 2, 3]);
        assert_eq!(lines_with_problems(&format!("{}\nx\n{}\n", rows[0], rows[1])), [2, 3]);
        assert_eq!(lines_with_problems(whole.trim_end()), [3]);
        // Changes that only the archive and the records can show.
        assert_eq!(lines_with_problems(&format!("{}\n{}\n", rows[0], rows[1])), [] as [usize; 0]);
    }
}
