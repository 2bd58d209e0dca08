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
        let [a, b, c, d, e, f] = self.0;
        let (x, y) = other.apply((e, f));
        let o = other.0;
        Self([a * o[0] + b * o[2], a * o[1] + b * o[3], c * o[0] + d * o[2], c * o[1] + d * o[3], x, y])
    }

    /// Where a point comes to lie.
    pub(super) fn apply(self, (x, y): (f64, f64)) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
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
