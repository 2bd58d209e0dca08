//! How the user space of a PDF is moved, turned and scaled.

/// The six numbers of `cm` and `Tm`.
///
/// Source: ISO 32000-1, 8.3.3.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This one first, then the other.
    pub(super) fn then(self, other: Self) -> Self {
        let Self([right_x, right_y, up_x, up_y, ..]) = self;
        let [right, up] = [(right_x, right_y), (up_x, up_y)].map(|arrow| other.turn(arrow));
        let origin = other.apply((self.0[4], self.0[5]));
        Self([right.0, right.1, up.0, up.1, origin.0, origin.1])
    }

    /// Where a point comes to lie.
    pub(super) fn apply(self, point: (f64, f64)) -> (f64, f64) {
        let turned = self.turn(point);
        (turned.0 + self.0[4], turned.1 + self.0[5])
    }

    /// The same without the move.
    fn turn(self, (x, y): (f64, f64)) -> (f64, f64) {
        let Self([right_x, right_y, up_x, up_y, ..]) = self;
        (right_x * x + up_x * y, right_y * x + up_y * y)
    }

    /// How much longer a line from left to right becomes.
    pub(super) fn scale(self) -> f64 {
        self.0[0].hypot(self.0[1])
    }

    /// Whether what was upright stays so.
    pub(super) fn is_upright(self) -> bool {
        self.0[1].abs() < 1e-6 && self.0[0] > 0.0
    }
}
