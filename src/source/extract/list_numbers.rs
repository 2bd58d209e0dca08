//! The written forms of automatic numbers, under the names that Word gives them.
//!
//! Source: ECMA-376, part 1, 17.18.59 (`ST_NumberFormat`).

use codex::numeral_systems::{NamedNumeralSystem as Named, NumeralSystem};

/// The largest number that is written with letters or as a Roman number; the programs write larger ones each in its way.
const LARGEST: u32 = 780;

/// The signs of forms that Typst does not know, and what is done with them.
const SIGNS: &str = include_str!("letters.tsv");

/// A number in this form; `None` if the form is not known, or the number too large for it.
pub(super) fn written(form: &str, number: u32) -> Option<String> {
    let capital = |form: &str| written(form, number).map(|text| text.to_uppercase());
    let one = |system: NumeralSystem| system.represent(number.into()).ok().map(|text| text.to_string());
    // The bound is asked first: letters that are doubled again and again are as long as the number is large.
    let up_to = |most: u32, named: Named| (1..=most).contains(&number).then(|| one(named.system()))?;
    match form {
        "decimal" => Some(number.to_string()),
        "decimalZero" => Some(format!("{number:02}")),
        "none" | "bullet" => Some(String::new()),
        "numberInDash" => Some(format!("- {number} -")),
        "lowerRoman" => up_to(3999, Named::LowerRoman),
        "lowerLatin" => up_to(LARGEST, Named::LowerLatin),
        "hebrew1" => up_to(499, Named::Hebrew),
        "decimalEnclosedCircle" => up_to(20, Named::CircledArabic),
        "upperRoman" => capital("lowerRoman"),
        "upperLetter" => capital("lowerLetter"),
        "upperLatin" => capital("lowerLatin"),
        "russianUpper" => capital("russianLower"),
        _ => {
            let row = SIGNS.lines().find_map(|row| row.strip_prefix(form)?.strip_prefix('\t'))?;
            let (how, signs) = row.split_once('\t')?;
            let signs: Vec<&str> = signs.split(' ').collect();
            match how {
                "digits" => one(NumeralSystem::Positional(&signs)),
                "single" => one(NumeralSystem::ZerolessFixed(&signs)),
                // After the last letter, each is doubled: a, b, …, z, aa, bb.
                _ if number > LARGEST => None,
                _ => one(NumeralSystem::Symbolic(&signs)),
            }
        }
    }
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
            ("lowerLetter", u32::MAX, None),
            ("lowerRoman", u32::MAX, None),
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
