//! A citation in a form that can be pasted into a case file.

use super::Locator;
use crate::yaml::scalar;

/// An entry of `cites:`, on one line.
pub(super) fn citation(source: &str, at: Locator, quote: &str) -> String {
    // Words that begin with a digit would be read correctly without quotation marks, but look like a number.
    format!("- {{source: {}, at: {at}, quote: {}}}", scalar(source), scalar(quote))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_stands_on_one_line() {
        let entry = citation("herald", Locator::Para(3), "was not allowed, he said");
        assert_eq!(entry, "- {source: herald, at: para 3, quote: \"was not allowed, he said\"}");
    }
}
