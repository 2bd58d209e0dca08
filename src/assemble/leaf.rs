//! Runs of words as the checks see them: what the template says itself, values and claims apart.

use crate::diag::Place;

/// A run of words: a paragraph, a heading, a cell, a term.
#[derive(Debug, Default, Clone)]
pub struct Leaf {
    /// What it is.
    pub role: RunRole,
    /// Its pieces in order.
    pub pieces: Vec<RunPiece>,
}

/// What a run of words is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum RunRole {
    /// Running text.
    #[default]
    Body,
    /// A heading.
    Heading,
    /// A cell of a table's header.
    TableHeader,
}

/// A piece of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunPiece {
    /// What the template itself says.
    Literal(String, Place),
    /// A value.
    Value,
    /// A claim.
    Claim(usize, Place),
}

/// Inside which marks the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Inside none.
    Words,
    /// Inside a value.
    Value,
    /// Inside a claim's mark; the number so far.
    Claim(usize),
}
