//! What somebody may do to the feet of a page.

use std::ops::Range;

use lopdf::content::Operation;

/// Takes the last foot away.
pub(super) fn drop_foot(operations: &mut Vec<Operation>) -> Option<()> {
    cut(operations, foot(operations)?)
}

/// Takes the number of the page out of the last foot.
pub(super) fn drop_number(operations: &mut Vec<Operation>) -> Option<()> {
    cut(operations, shown(operations, foot(operations)?)?)
}

/// Prints the last foot twice.
pub(super) fn add_foot(operations: &mut Vec<Operation>) -> Option<()> {
    let foot = foot(operations)?;
    let again = operations[foot.clone()].to_vec();
    operations.splice(foot.end..foot.end, again);
    Some(())
}

/// The last foot of a page: its number, then its lines.
fn foot(operations: &[Operation]) -> Option<Range<usize>> {
    let is_footer = |one: &Operation| one.operator == "BDC" && format!("{:?}", one.operands).contains("Footer");
    let start = operations.iter().position(is_footer)?;
    let end = start + operations[start..].iter().position(|one| one.operator == "EMC")?;
    // A rule stands above each.
    let rule = start + operations[start..end].iter().rposition(|one| one.operator == "S")?;
    let after = |operator: &str, from: usize| operations[from..end].iter().position(|one| one.operator == operator);
    let first = rule + after("BT", rule)?;
    let last = first + operations[first..end].iter().rposition(|one| one.operator == "ET")?;
    Some(first..last + 1)
}

fn cut(operations: &mut Vec<Operation>, range: Range<usize>) -> Option<()> {
    operations.drain(range).next().map(|_| ())
}

/// The first words that are shown there.
fn shown(operations: &[Operation], within: Range<usize>) -> Option<Range<usize>> {
    let end = operations[within.clone()].iter().position(|one| one.operator == "ET")?;
    Some(within.start..within.start + end + 1)
}
