//! Documents as PDF: PDF/A-3a with PDF/UA-1, the same bytes from the same input.

mod bind;
mod fill;
mod fonts;
mod format;
mod generated;
mod literal;
mod options;
mod overlap;
mod report;
mod room;
mod runs;
mod source;
mod typesetter;
mod world;

pub use format::Pdf;
pub use typesetter::Typesetter;
