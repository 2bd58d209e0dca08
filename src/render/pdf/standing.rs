//! A press that is kept between builds. Setting it up costs time each time, and little of it ever changes.

use std::collections::BTreeMap;

use super::Press;
use crate::diag::Diagnostic;

/// A press that is set up when it is first needed, and then kept.
#[derive(Debug)]
pub struct Standing {
    fonts: Vec<Vec<u8>>,
    press: Option<Result<Press, Vec<Diagnostic>>>,
    again: bool,
}

impl Standing {
    /// No press yet, but the files of the further fonts.
    #[must_use]
    pub fn new(fonts: Vec<Vec<u8>>) -> Self {
        Self { fonts, press: None, again: false }
    }

    /// The same for several builds of one case: what was worked out for its papers is remembered from one to the next.
    #[must_use]
    pub fn for_rounds(fonts: Vec<Vec<u8>>) -> Self {
        Self { again: true, ..Self::new(fonts) }
    }

    /// The press with these layouts.
    ///
    /// # Errors
    /// A font file without a usable face; a layout that is not valid Typst: then others may work later.
    pub fn press(&mut self, layouts: BTreeMap<String, String>) -> Result<&Press, Vec<Diagnostic>> {
        let fonts = &mut self.fonts;
        let press = self.press.get_or_insert_with(|| Press::new(std::mem::take(fonts), BTreeMap::new()));
        let press = press.as_mut().map_err(|problems| problems.clone())?;
        press.lay_out(layouts)?;
        press.again = self.again;
        Ok(press)
    }
}
