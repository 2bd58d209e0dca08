//! The case: what was typed ([`raw`]) and what it means.

pub mod raw;
