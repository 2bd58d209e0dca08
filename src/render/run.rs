//! Runs work for documents on threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::fault::internal;
use crate::diag::Diagnostic;
use crate::document::Document;

/// The stack of a thread, in bytes. Typst recurses deeply on nested content, for which the usual stack is too small.
const STACK: usize = 16 << 20;

/// The most documents for which results are kept until the next round. Each takes some megabytes.
const LONGEST_ROUND: usize = 16;

type Outcome<T> = Result<T, Vec<Diagnostic>>;

/// How documents are worked on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pace {
    /// The number of threads.
    pub(super) threads: usize,
    /// True if the same documents will be set once more: results inside Typst are kept until then.
    pub(super) again: bool,
    /// The longest time for one document; `None`: it is not measured.
    pub(super) limit: Option<Duration>,
}

/// The work for a document, and the message if it takes longer than the limit.
pub(super) trait DocumentWork: Send + Sync + 'static {
    /// Its result.
    type Done: Send;

    /// Does the work.
    fn work(&self, document: &Document) -> Outcome<Self::Done>;

    /// The message on work that is not done after this time.
    fn overdue(&self, document: &Document, limit: Duration) -> Diagnostic;
}

/// Does the work for all documents, and keeps their order.
///
/// A thread cannot be stopped. One that exceeds the limit is left to itself until the program ends, and no further
/// document is begun; those get an empty list of problems.
pub(super) fn all<W: DocumentWork>(documents: &[Arc<Document>], pace: Pace, work: W) -> Vec<Outcome<W::Done>> {
    let threads = pace.threads.clamp(1, documents.len().max(1));
    let round = if pace.again { documents.len().min(LONGEST_ROUND) } else { 0 };
    let job = Arc::new(Job {
        documents: documents.to_vec(),
        work,
        age: round + 2 * threads,
        steps: Mutex::new(documents.iter().map(|_| Step::Waits).collect()),
        changed: Condvar::new(),
    });
    let mut started = 0;
    for _ in 0..threads {
        let job = job.clone();
        // If a thread cannot be started, the others do its work.
        started += usize::from(thread::Builder::new().stack_size(STACK).spawn(move || job.worker()).is_ok());
    }
    if started == 0 {
        let failed = |document: &Arc<Document>| Err(vec![internal(document, "no thread could be started for it")]);
        return documents.iter().map(failed).collect();
    }
    job.outcomes(pace.limit)
}

/// The state of the work for one document.
enum Step<T> {
    Waits,
    Runs(Instant),
    Done(Outcome<T>),
}

struct Job<W: DocumentWork> {
    documents: Vec<Arc<Document>>,
    work: W,
    /// The number of documents after which an unused result is dropped. All threads share the cache and each document
    /// ages it, so the number counts the documents of all threads.
    age: usize,
    steps: Mutex<Vec<Step<W::Done>>>,
    /// Told after each change of the steps.
    changed: Condvar,
}

impl<W: DocumentWork> Job<W> {
    /// Takes documents until none is left.
    ///
    /// Each thread has a pool of its own for the parallel work inside Typst: on a shared pool it would pick up the next
    /// document on top of the present one until the stack overflows.
    fn worker(&self) {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build();
        while let Some((index, document)) = self.take() {
            let work = || catch_unwind(AssertUnwindSafe(|| self.work.work(document)));
            let outcome = match &pool {
                Ok(pool) => {
                    pool.install(work).unwrap_or_else(|_| Err(vec![internal(document, "rendering broke down")]))
                }
                Err(cause) => Err(vec![internal(document, format!("no thread could be started for it: {cause}"))]),
            };
            comemo::evict(self.age);
            // Nobody waits any more for work that was overdue.
            if let Some(step @ Step::Runs(_)) = self.steps().get_mut(index) {
                *step = Step::Done(outcome);
            }
            self.changed.notify_all();
        }
    }

    fn take(&self) -> Option<(usize, &Document)> {
        let mut steps = self.steps();
        let index = steps.iter().position(|step| matches!(step, Step::Waits))?;
        steps[index] = Step::Runs(Instant::now());
        self.changed.notify_all();
        Some((index, &self.documents[index]))
    }

    fn steps(&self) -> MutexGuard<'_, Vec<Step<W::Done>>> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for all outcomes, for each no longer than the limit.
    fn outcomes(&self, limit: Option<Duration>) -> Vec<Outcome<W::Done>> {
        let mut steps = self.steps();
        while let Some(rest) = self.rest(&mut steps, limit) {
            let waited = self.changed.wait_timeout(steps, rest);
            steps = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let done = std::mem::take(&mut *steps).into_iter().map(|step| match step {
            Step::Done(outcome) => outcome,
            Step::Waits | Step::Runs(_) => Err(Vec::new()),
        });
        done.collect()
    }

    /// The time until the next look; `None` if everything is done. Whatever exceeds the limit counts as done.
    fn rest(&self, steps: &mut [Step<W::Done>], limit: Option<Duration>) -> Option<Duration> {
        let mut next: Option<Duration> = None;
        let mut late = false;
        for (step, document) in steps.iter_mut().zip(&self.documents) {
            let rest = match (&*step, limit) {
                (Step::Done(_), _) => continue,
                (Step::Runs(since), Some(limit)) => limit.saturating_sub(since.elapsed()),
                (Step::Runs(_) | Step::Waits, _) => LONG,
            };
            match limit.filter(|_| rest.is_zero()) {
                Some(limit) => {
                    *step = Step::Done(Err(vec![self.work.overdue(document, limit)]));
                    late = true;
                }
                None => next = Some(next.map_or(rest, |next| next.min(rest))),
            }
        }
        if late {
            for step in steps.iter_mut().filter(|step| matches!(step, Step::Waits)) {
                *step = Step::Done(Err(Vec::new()));
            }
            return self.rest(steps, limit);
        }
        next
    }
}

/// The time between two looks if nothing happens.
const LONG: Duration = Duration::from_hours(1);
