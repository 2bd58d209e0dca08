//! The one integration binary.

mod pdf;
