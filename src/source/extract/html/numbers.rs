//! The numbers that a browser draws before the items of ordered lists.

use dom_query::NodeRef;

use super::style::ElementStyle;

/// The numbers of the items of a list, in their order; none for a list without numbers.
pub(super) fn of(list: &NodeRef, style: ElementStyle) -> Vec<String> {
    if !list.has_name("ol") || style.is_unnumbered == Some(true) {
        return Vec::new();
    }
    let items: Vec<NodeRef> = list.children_it(false).filter(|item| item.has_name("li")).collect();
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let is_reversed = list.has_attr("reversed");
    let start = attribute(list, "start").unwrap_or(if is_reversed { length } else { 1 });
    let step = if is_reversed { -1 } else { 1 };
    let kind = list.attr("type");
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
    match kind {
        "a" => letters(number).unwrap_or_else(|| number.to_string()),
        "A" => letters(number).map_or_else(|| number.to_string(), |text| text.to_uppercase()),
        "i" => roman(number).map_or_else(|| number.to_string(), |text| text.to_lowercase()),
        "I" => roman(number).unwrap_or_else(|| number.to_string()),
        _ => number.to_string(),
    }
}

/// a, b … z, aa, ab …
fn letters(number: i64) -> Option<String> {
    let mut rest = u32::try_from(number).ok().filter(|number| *number > 0)?;
    let mut text = Vec::new();
    while rest > 0 {
        rest -= 1;
        text.push(char::from_digit(10 + rest % 26, 36)?);
        rest /= 26;
    }
    Some(text.iter().rev().collect())
}

fn roman(number: i64) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = u32::try_from(number).ok().filter(|number| (1..4000).contains(number))?;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    Some(text)
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
