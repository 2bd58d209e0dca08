//! stub
/// L
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Locator {
    /// p
    pub page: Option<usize>,
    /// p
    pub para: Option<usize>,
}
impl Locator {
    /// p
    pub fn parse(_: &str) -> Result<Self, String> {
        Ok(Self::default())
    }
}
/// R
#[derive(Debug, Clone)]
pub struct Record {
    /// p
    pub place: crate::diag::Place,
    /// p
    pub group: String,
    /// p
    pub rests_on: Vec<String>,
    /// p
    pub withdrawn: Option<(chrono::NaiveDate, String)>,
}
impl Record {
    /// p
    pub fn is_primary(&self) -> bool {
        false
    }
    /// p
    pub fn known_from(&self) -> Option<chrono::NaiveDate> {
        None
    }
    /// p
    pub fn allowed(&self, _: crate::audience::Audience, _: chrono::NaiveDate) -> bool {
        true
    }
}
