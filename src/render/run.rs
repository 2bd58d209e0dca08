//! Runs work for documents on threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::fault::internal;
use crate::diag::Diagnostic;
use crate::document::Document;

/// The stack of a thread, in bytes. Typst recurses deeply on nested content, for which the usual stack is too small.
const STACK: usize = 16 << 20;

/// The most documents for which results are kept until the next round. Each takes some megabytes.
const LONGEST_ROUND: usize = 16;

type Outcome<T> = Result<T, Vec<Diagnostic>>;

/// Sets all documents with `work`, and keeps their order. With `again`, the same documents will be set once more, so
/// results inside Typst are kept until then.
pub(super) fn all<T: Send>(
    documents: &[&Document],
    threads: usize,
    again: bool,
    work: impl Fn(&Document) -> Outcome<T> + Sync,
) -> Vec<Outcome<T>> {
    let threads = threads.clamp(1, documents.len().max(1));
    let round = if again { documents.len().min(LONGEST_ROUND) } else { 0 };
    let job = Job {
        documents,
        work,
        age: round + 2 * threads,
        next: AtomicUsize::new(0),
        outcomes: Mutex::new(documents.iter().map(|_| None).collect()),
    };
    thread::scope(|scope| {
        for _ in 0..threads {
            // If a thread cannot be started, the others do its work; if none can, the report below says so.
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || job.worker());
        }
    });
    let outcomes = job.outcomes.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let missing = |document| Err(vec![internal(document, "no thread could be started for typesetting")]);
    documents
        .iter()
        .copied()
        .zip(outcomes)
        .map(|(document, outcome)| outcome.unwrap_or_else(|| missing(document)))
        .collect()
}

struct Job<'a, T, W> {
    documents: &'a [&'a Document],
    work: W,
    /// The number of documents after which an unused result is dropped. All threads share the cache and each document
    /// ages it, so the number counts the documents of all threads.
    age: usize,
    next: AtomicUsize,
    outcomes: Mutex<Vec<Option<Outcome<T>>>>,
}

impl<T: Send, W: Fn(&Document) -> Outcome<T> + Sync> Job<'_, T, W> {
    /// Takes documents until none is left.
    ///
    /// Each thread has a pool of its own for the parallel work inside Typst: on a shared pool it would pick up the next
    /// document on top of the present one until the stack overflows.
    fn worker(&self) {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build();
        let Ok(pool) = pool else { return };
        pool.install(|| {
            while let Some((index, document)) = self.take() {
                let outcome = catch_unwind(AssertUnwindSafe(|| (self.work)(document)));
                let outcome = outcome.unwrap_or_else(|_| Err(vec![internal(document, "typesetting broke down")]));
                let mut outcomes = self.outcomes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                outcomes[index] = Some(outcome);
                comemo::evict(self.age);
            }
        });
    }

    fn take(&self) -> Option<(usize, &Document)> {
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        self.documents.get(index).map(|document| (index, *document))
    }
}
