//! Runs of words for the checks: the template's own words are separate from values and claims.

use crate::diag::Place;

/// A run of words: a paragraph, a heading, a cell, a term.
#[derive(Debug, Default, Clone)]
pub struct Leaf {
    /// Its role.
    pub role: RunRole,
    /// Its pieces in order.
    pub pieces: Vec<RunPiece>,
}

/// The role of a run of words.
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
    /// Words of the template itself.
    Literal(String, Place),
    /// A value.
    Value,
    /// A claim, by its index among all claims of the document.
    Claim(usize, Place),
}

/// The marks around the present position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// No marks.
    Words,
    /// Inside the marks of a value.
    Value,
    /// Inside the mark of a claim, with the number so far.
    Claim(usize),
}
