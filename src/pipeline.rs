//! Load, check, assemble, render, write. Each stage is a function that gives its output and a list of problems.

use crate::check::{self, Checked};
use crate::diag::{Diagnostic, Failure, Files, tidy};
use crate::job::Job;
use crate::load::{self, Loaded};
use crate::reference::Reference;

/// What a run came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The texts that messages point into.
    pub files: Files,
    /// All problems, in order.
    pub problems: Vec<Diagnostic>,
    /// Results for stdout, a line each.
    pub said: Vec<String>,
    /// Whether a problem stands in the way.
    pub blocked: bool,
}

/// A case that was read and checked, as far as it could be.
#[derive(Debug)]
pub struct Ready {
    /// What was read.
    pub loaded: Loaded,
    /// What is known independently of the case.
    pub reference: Reference,
    /// The case with its evidence; `None` if its shape is broken.
    pub checked: Option<Checked>,
    /// All problems so far.
    pub problems: Vec<Diagnostic>,
}

/// Reads and checks a case.
///
/// # Errors
/// A folder or file that cannot be read.
pub fn prepare(job: &Job) -> Result<Ready, Failure> {
    let mut loaded = load::load(job)?;
    let (reference, mut problems) = Reference::load(&load::reference_files(&mut loaded));
    problems.append(&mut loaded.problems);
    let (checked, found) = check::check(&loaded, &reference, job.strict);
    problems.extend(found);
    Ok(Ready { loaded, reference, checked, problems })
}

/// `amparo check`.
///
/// # Errors
/// A folder or file that cannot be read or written.
pub fn check(job: &Job, lock: bool) -> Result<Outcome, Failure> {
    let ready = prepare(job)?;
    let mut said = Vec::new();
    if let Some(checked) = &ready.checked {
        let citations = checked.case.citations().len();
        if lock {
            let path = job.case.join("citations.lock");
            crate::write::replace(&path, checked.evidence.lock(job.today, &ready.loaded.lock).write().as_bytes())?;
            said.push(format!("wrote {}", path.display()));
        }
        said.push(format!(
            "{}: {} facts, {} demands, {citations} citations: {}",
            checked.case.id(),
            checked.case.facts().len(),
            checked.case.demands().len(),
            checked.evidence.summary(&checked.case),
        ));
    }
    Ok(ready.finish(job, said))
}

impl Ready {
    /// Sorts the problems and says whether one stands in the way.
    #[must_use]
    pub fn finish(mut self, job: &Job, said: Vec<String>) -> Outcome {
        tidy(&mut self.problems);
        let blocked = self.problems.iter().any(|problem| check::blocks(problem, job.strict));
        Outcome { files: self.loaded.files, problems: self.problems, said, blocked }
    }
}
