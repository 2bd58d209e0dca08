//! The files of the archive, and the line of the custody log, for another reading that is taken over.

use std::path::Path;

use super::reading::OtherReading;
use super::register::Register;
use crate::command::options::now;
use crate::diag::Failure;
use crate::disk::Digest;
use crate::disk::read;
use crate::disk::write::FileChange;
use crate::source::Record;
use crate::source::archive;
use crate::source::archive::custody::{CustodyEvent, KeptFile, LOG};

impl OtherReading {
    /// The new text, the old one beside it, and the newer file.
    pub(super) fn archive_files(&self, record: &Record, folder: &Path, old: &[u8]) -> Result<Vec<FileChange>, Failure> {
        let mut changes = Vec::new();
        let mut add = |name: &str, after: &[u8]| -> Result<(), Failure> {
            let path = folder.join(name);
            let before = read::if_any(read::file(&path))?;
            if before.as_deref() != Some(after) {
                changes.push(FileChange { path, before, after: after.to_vec() });
            }
            Ok(())
        };
        if let Some(file) = record.file.as_ref().filter(|_| old != self.text) {
            add(&archive::kept(&file.value, &Digest::of(old).to_string()), old)?;
            add(&file.value, &self.text)?;
        }
        if let Some(original) = &self.original {
            add(&original.name, &original.bytes)?;
        }
        Ok(changes)
    }

    /// The custody log with a line for this reading; none for a copy that was typed by hand.
    pub(super) fn log(
        &self,
        record: &Record,
        register: &Register,
        case: &Path,
        by: Option<&str>,
    ) -> Result<Option<FileChange>, Failure> {
        let (Some(original), Some(text)) = (&self.original, &record.file) else { return Ok(None) };
        let now = now();
        let earlier = register.log.last_of(&record.id);
        let today = now.date().to_string();
        let retrieved = match earlier {
            Some(event) if !self.is_newer => event.retrieved.clone(),
            _ => self.retrieved.clone().filter(|day| *day <= today).unwrap_or(today),
        };
        let event = CustodyEvent {
            format: 1,
            event: CustodyEvent::RE_READ.to_owned(),
            at: now.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            by: by.map(|who| who.trim().to_owned()).filter(|who| !who.is_empty()),
            source: record.id.clone(),
            url: record.url.clone(),
            retrieved,
            original: KeptFile { file: original.name.clone(), digest: original.digest.to_string() },
            bytes: original.bytes.len() as u64,
            text: KeptFile { file: text.value.clone(), digest: Digest::of(&self.text).to_string() },
            extractor: self.extractor.to_string(),
            beside: Vec::new(),
            previous: None,
        };
        let line = register.log.line(event).map_err(|fault| Failure::Internal(fault.to_string()))?;
        let before = register.log_text.clone();
        let after = (before.clone().unwrap_or_default() + &line + "\n").into_bytes();
        let path = case.join(LOG);
        Ok(Some(FileChange { path, before: before.map(String::into_bytes), after }))
    }
}
