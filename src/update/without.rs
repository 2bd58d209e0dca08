//! The case as if it had never had a source.

use crate::load::Loaded;
use crate::source::Withdrawn;

/// Takes a source out of a case that was loaded: no citation of it counts, on any date and by any clock. What rests on
/// it alone falls, and what it had replaced holds again. `false`: the case has no such source.
pub fn without(loaded: &mut Loaded, source: &str) -> bool {
    let Some(record) = loaded.records.get_mut(source) else { return false };
    record.withdrawn = Some(Withdrawn { on: None, why: "left out to see what would be without it".to_owned() });
    true
}
