//! The reasons why a file is not added.

use crate::diag::Code;

/// The reason why a file is not added, with advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRefusal {
    /// The code of the message.
    pub code: Code,
    /// The reason in words.
    pub words: String,
    /// Advice to the user.
    pub hint: String,
}

impl ImportRefusal {
    /// A refusal with its reason and advice.
    pub(super) fn new(code: Code, words: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, words: words.into(), hint: hint.into() }
    }

    /// The file is damaged; `why` gives the reason.
    pub(super) fn broken(name: &str, why: &str) -> Self {
        let hint = "download or copy the file again; if no whole copy exists, save what can be read as text";
        Self::new(Code::SourceBroken, format!("`{name}` {why}"), hint)
    }

    /// The file is locked with a password.
    pub(super) fn encrypted(name: &str) -> Self {
        let hint = "open it with its password, save it without one, and add that file; keep the locked one too";
        Self::new(Code::SourceEncrypted, format!("`{name}` is locked with a password"), hint)
    }

    /// The file has no words.
    pub(super) fn no_text(name: &str) -> Self {
        let hint = "look at the file; if its words are pictures, type them into a text file and add that one";
        Self::new(Code::SourceNoText, format!("`{name}` has no words that can be read"), hint)
    }

    /// The file or a part of it is larger than `most` bytes.
    pub(super) fn too_large(name: &str, why: &str, most: u64) -> Self {
        let words = format!("`{name}` {why}: at most {} MiB are read", most >> 20);
        let hint = "such a file is made to do harm, or damaged; ask for another copy, or add the part that matters";
        Self::new(Code::SourceTooLarge, words, hint)
    }
}
