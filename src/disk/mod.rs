//! Access to the disk: reading, writing, waiting for a change, digests. No other room touches the disk.
//!
//! | part | what it promises |
//! | --- | --- |
//! | [`mod@read`] | a pipe or a device is refused; links out of a folder are not followed |
//! | [`mod@write`] | a file appears whole or not at all; several together, or none; a manifest last |
//! | [`watch`] | a change is told once its save is over |
//! | [`end`] | a request to end the program leaves nothing half done |
//! | [`digest`] | SHA-256, as any tool works it out |
//! | [`pool`] | of many files, few are in memory at a time |
//!
//! Content that was read is passed on and not kept.

pub mod digest;
pub mod end;
pub mod pool;
pub mod read;
pub mod watch;
pub mod write;

pub use digest::{Digest, Hasher};
