//! The written forms of automatic numbers, under the names that Word gives them.
//!
//! Source: ECMA-376, part 1, 17.18.59 (`ST_NumberFormat`).

/// The largest number that is written with letters or as a Roman number; the programs write larger ones each in its way.
const LARGEST: u32 = 780;

/// The letters of forms that count with letters.
const LETTERS: &str = include_str!("letters.tsv");

/// The letters of a form.
fn letters(form: &str) -> &'static str {
    let row = |row: &'static str| row.split_once('\t').filter(|(known, _)| *known == form).map(|(_, letters)| letters);
    LETTERS.lines().find_map(row).unwrap_or_default()
}

/// A number in this form; `None` if the form is not known, or the number too large for it.
pub(super) fn written(form: &str, number: u32) -> Option<String> {
    let capital = |text: Option<String>| text.map(|text| text.to_uppercase());
    match form {
        "decimal" => Some(number.to_string()),
        "decimalZero" => Some(format!("{number:02}")),
        "none" | "bullet" => Some(String::new()),
        "numberInDash" => Some(format!("- {number} -")),
        "lowerRoman" => roman(number),
        "upperRoman" => capital(roman(number)),
        "lowerLetter" | "russianLower" | "hebrew2" | "arabicAlpha" | "arabicAbjad" | "thaiLetters" | "chicago" => {
            repeated(letters(form), number)
        }
        "upperLetter" => capital(repeated(letters("lowerLetter"), number)),
        "lowerLatin" => counted(letters("lowerLetter"), number),
        "upperLatin" => capital(counted(letters("lowerLetter"), number)),
        "russianUpper" => capital(repeated(letters("russianLower"), number)),
        "hebrew1" => hebrew(number),
        "decimalEnclosedCircle" => enclosed('①', 20, number),
        "decimalEnclosedParen" => enclosed('⑴', 20, number),
        "decimalEnclosedFullstop" => enclosed('⒈', 20, number),
        "decimalFullWidth" => digits('０', number),
        "thaiNumbers" => digits('๐', number),
        "hindiNumbers" => digits('०', number),
        _ => None,
    }
}

/// Letters after the last of which each is doubled: a, b, …, z, aa, bb.
fn repeated(letters: &str, number: u32) -> Option<String> {
    let count = u32::try_from(letters.chars().count()).ok()?;
    let index = number.checked_sub(1).filter(|_| number <= LARGEST)?;
    let letter = letters.chars().nth((index % count) as usize)?;
    Some(std::iter::repeat_n(letter, (index / count + 1) as usize).collect())
}

/// Letters that count like digits: a, b, …, z, aa, ab.
fn counted(letters: &str, number: u32) -> Option<String> {
    let letters: Vec<char> = letters.chars().collect();
    let count = u32::try_from(letters.len()).ok()?;
    let mut rest = Some(number).filter(|number| (1..=LARGEST).contains(number))?;
    let mut found = Vec::new();
    while rest > 0 {
        found.push(letters[((rest - 1) % count) as usize]);
        rest = (rest - 1) / count;
    }
    Some(found.into_iter().rev().collect())
}

/// A Roman number in small letters.
fn roman(number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = Some(number).filter(|number| (1..4000).contains(number))?;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    Some(text)
}

/// A Hebrew number; 15 and 16 are written as 9 and 6, 9 and 7.
fn hebrew(number: u32) -> Option<String> {
    let letters: Vec<char> = letters("hebrew2").chars().collect();
    let mut rest = Some(number).filter(|number| (1..500).contains(number))?;
    let mut text = String::new();
    while rest >= 100 {
        let hundreds = (rest / 100).min(4);
        text.push(letters[(17 + hundreds) as usize]);
        rest -= hundreds * 100;
    }
    if rest == 15 || rest == 16 {
        text.push(letters[8]);
        rest -= 9;
    } else if rest >= 10 {
        text.push(letters[(8 + rest / 10) as usize]);
        rest %= 10;
    }
    if rest > 0 {
        text.push(letters[(rest - 1) as usize]);
    }
    Some(text)
}

fn enclosed(first: char, count: u32, number: u32) -> Option<String> {
    let index = number.checked_sub(1).filter(|index| *index < count)?;
    char::from_u32(u32::from(first) + index).map(String::from)
}

fn digits(zero: char, number: u32) -> Option<String> {
    let digit = |c: char| char::from_u32(u32::from(zero) + c.to_digit(10)?);
    number.to_string().chars().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn numbers_are_written_as_the_programs_write_them() {
        let cases = [
            ("decimal", 12, Some("12")),
            ("decimalZero", 7, Some("07")),
            ("upperRoman", 1994, Some("MCMXCIV")),
            ("lowerRoman", 0, None),
            ("lowerLetter", 28, Some("bb")),
            ("upperLatin", 28, Some("AB")),
            ("lowerLatin", 702, Some("zz")),
            ("lowerLetter", 1_000_000, None),
            ("russianLower", 10, Some("к")),
            ("russianUpper", 30, Some("АА")),
            ("hebrew1", 15, Some("טו")),
            ("hebrew1", 121, Some("קכא")),
            ("decimalEnclosedCircle", 3, Some("③")),
            ("hindiNumbers", 20, Some("२०")),
            ("cardinalText", 1, None),
        ];
        for (form, number, expected) in cases {
            assert_eq!(written(form, number).as_deref(), expected, "{form} {number}");
        }
    }
}
