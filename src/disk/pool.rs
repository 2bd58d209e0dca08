//! Work on many files at once, a few at a time.

use rayon::prelude::*;

/// Stack of a thread, in bytes. Large, because a hostile file may hold a deeply nested tree.
const STACK: usize = 16 << 20;

/// The results of `work` for all items, in their order. At most `threads` threads work, each on one item at a time, so
/// no more files than that are in memory. If no thread can be started, the items are done one after the other.
pub fn in_order<I: Sync, T: Send>(items: &[I], threads: usize, work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(threads).min(items.len()).max(1);
    match rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build() {
        Ok(pool) => pool.install(|| items.par_iter().with_max_len(1).map(&work).collect()),
        Err(_) => items.iter().map(work).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::in_order;

    #[test]
    fn results_are_in_order_and_few_items_are_worked_on_at_once() {
        let (working, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let items: Vec<usize> = (0..200).collect();
        let work = |item: &usize| {
            most.fetch_max(working.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::yield_now();
            working.fetch_sub(1, Ordering::SeqCst);
            item * 2
        };
        for threads in [1, 2] {
            let done = in_order(&items, threads, work);
            assert!(done.iter().eq(items.iter().map(|item| item * 2).collect::<Vec<_>>().iter()), "{threads}");
            assert!(most.load(Ordering::SeqCst) <= threads, "{threads}");
        }
        assert!(in_order(&[] as &[usize], 2, work).is_empty());
    }
}
