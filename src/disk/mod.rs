//! The disk: what is read, looked up and watched, and what is written: each file whole or not at all.

pub mod digest;
pub mod pool;
pub mod read;
pub mod watch;
pub mod write;

pub use digest::{Digest, Hasher};
