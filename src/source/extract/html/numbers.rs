//! The numbers that a browser draws before the items of ordered lists.

use dom_query::NodeRef;

use super::super::list_numbers;
use super::style::{ElementStyle, ListStyle};

/// The numbers of the items of a list, in their order; none for a list without numbers.
pub(super) fn of(list: &NodeRef, style: ElementStyle) -> Vec<String> {
    if !list.has_name("ol") || style.numbers == Some(ListStyle::Unnumbered) {
        return Vec::new();
    }
    let items: Vec<NodeRef> = list.children_it(false).filter(|item| item.has_name("li")).collect();
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let is_reversed = list.has_attr("reversed");
    let start = attribute(list, "start").unwrap_or(if is_reversed { length } else { 1 });
    let step = if is_reversed { -1 } else { 1 };
    let kind = match style.numbers {
        Some(ListStyle::Of(kind)) => Some(kind.into()),
        _ => list.attr("type"),
    };
    let mut next = start;
    let number = |item: &NodeRef| {
        let number = attribute(item, "value").unwrap_or(next);
        next = number.saturating_add(step);
        let kind = item.attr("type").or_else(|| kind.clone());
        written(number, kind.as_deref().unwrap_or("1")) + ". "
    };
    items.iter().map(number).collect()
}

fn attribute(node: &NodeRef, name: &str) -> Option<i64> {
    node.attr(name)?.trim().parse().ok()
}

/// A number as the kind of its list shows it.
fn written(number: i64, kind: &str) -> String {
    let form = match kind {
        "a" => "lowerLatin",
        "A" => "upperLatin",
        "i" => "lowerRoman",
        "I" => "upperRoman",
        _ => "decimal",
    };
    let written = u32::try_from(number).ok().and_then(|number| list_numbers::written(form, number));
    written.unwrap_or_else(|| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn numbers_are_written_as_browsers_do() {
        let cases = [
            (4, "1", "4"),
            (1, "a", "a"),
            (28, "a", "ab"),
            (3, "I", "III"),
            (9, "i", "ix"),
            (0, "a", "0"),
            (-2, "1", "-2"),
        ];
        for (number, kind, expected) in cases {
            assert_eq!(written(number, kind), expected, "{number} {kind}");
        }
    }
}
