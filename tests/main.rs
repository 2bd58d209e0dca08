//! The one integration binary.

mod assemble;
