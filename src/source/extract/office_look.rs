//! How letters of an office text look, as far as it decides whether and how they are seen.

use super::symbols::Font;

/// The longest chain of styles of which each is based on the next.
pub(super) const LONGEST_CHAIN: usize = 32;

/// From this rise or fall on, in half points, letters count as raised or lowered. Less is an adjustment of the line.
const LEAST_RISE: i64 = 4;

/// The height of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum LetterHeight {
    /// On the line.
    #[default]
    OnLine,
    /// Above the line: an exponent, the mark of a note, the ending of an ordinal number.
    Raised,
    /// Below the line: an index.
    Lowered,
}

/// Properties of letters, as far as they are given.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LetterLook {
    pub(super) struck: Option<bool>,
    pub(super) struck_twice: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) height: Option<LetterHeight>,
    pub(super) rise: Option<i64>,
    pub(super) font: Option<Font>,
}

impl LetterLook {
    /// These properties, and those of `below` where none is given.
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            struck: self.struck.or(below.struck),
            struck_twice: self.struck_twice.or(below.struck_twice),
            hidden: self.hidden.or(below.hidden),
            height: self.height.or(below.height),
            rise: self.rise.or(below.rise),
            font: self.font.or(below.font),
        }
    }

    /// How letters with these properties are seen.
    pub(super) fn seen(self) -> SeenAs {
        let by_rise = match self.rise.unwrap_or(0) {
            LEAST_RISE.. => LetterHeight::Raised,
            rise if rise <= -LEAST_RISE => LetterHeight::Lowered,
            _ => LetterHeight::OnLine,
        };
        SeenAs {
            struck: self.struck == Some(true),
            hidden: self.hidden == Some(true),
            height: self.height.filter(|height| *height != LetterHeight::OnLine).unwrap_or(by_rise),
            font: self.font.unwrap_or_default(),
        }
    }
}

/// How letters are seen.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SeenAs {
    /// A line goes through them.
    pub(super) struck: bool,
    /// They are not shown.
    pub(super) hidden: bool,
    /// Their height.
    pub(super) height: LetterHeight,
    /// Their font.
    pub(super) font: Font,
}
