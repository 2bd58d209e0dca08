//! Sheets of paper and sizes of print.

closed! {
    /// A sheet of paper.
    #[derive(Default)]
    PaperSize {
        /// 210 by 297 mm.
        #[default]
        A4 = "a4",
        /// 215.9 by 279.4 mm.
        UsLetter = "us-letter",
        /// An envelope for a sheet of A4 folded twice: 220 by 110 mm.
        ///
        /// Source: ISO 269 (withdrawn, the sizes stay in use).
        Dl = "dl",
        /// An envelope for a sheet of US Letter folded twice: 9 1/2 by 4 1/8 in, 241.3 by 104.8 mm.
        No10 = "no-10",
    }
}

/// Sizes of print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Print {
    /// The size of the layout.
    #[default]
    Normal,
    /// 18 points for the text, and at least 16 for everything else.
    Large,
}

impl PaperSize {
    /// The envelope for a sheet of this paper, folded twice.
    #[must_use]
    pub fn envelope(self) -> Self {
        match self {
            Self::A4 | Self::Dl => Self::Dl,
            Self::UsLetter | Self::No10 => Self::No10,
        }
    }

    /// Width and height in mm.
    #[must_use]
    pub fn size(self) -> (f64, f64) {
        match self {
            Self::A4 => (210.0, 297.0),
            Self::UsLetter => (215.9, 279.4),
            Self::Dl => (220.0, 110.0),
            Self::No10 => (241.3, 104.8),
        }
    }
}
