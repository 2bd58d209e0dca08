//! The sections of a Word text: which heads and feet of pages people see.
//!
//! Source: ECMA-376, part 1, 17.10 (headers and footers).

use super::office::XmlElement;

#[derive(Debug)]
struct Reference {
    is_foot: bool,
    /// On which pages: `default`, `first` or `even`.
    pages: String,
    relation: String,
}

/// The heads and feet of all sections.
#[derive(Debug, Default)]
pub(super) struct Sections {
    references: Vec<Reference>,
    /// The first page of a section has its own.
    has_first: bool,
}

impl Sections {
    /// Reads a child of `w:sectPr`.
    pub(super) fn read(&mut self, element: &XmlElement) {
        match element.name() {
            name @ ("w:headerReference" | "w:footerReference") => {
                let pages = element.get("type").unwrap_or_else(|| "default".to_owned());
                let reference = |relation| Reference { is_foot: name == "w:footerReference", pages, relation };
                self.references.extend(element.get("id").map(reference));
            }
            "w:titlePg" => self.has_first |= element.is_on(),
            _ => {}
        }
    }

    /// The relations of the heads or feet that are seen, each once.
    pub(super) fn seen(&self, is_foot: bool, has_left_pages: bool) -> Vec<String> {
        let is_seen = |reference: &&Reference| match reference.pages.as_str() {
            "first" => self.has_first,
            "even" => has_left_pages,
            _ => true,
        };
        let mut known = std::collections::HashSet::new();
        let own = self.references.iter().filter(|reference| reference.is_foot == is_foot).filter(is_seen);
        own.filter(|reference| known.insert(&reference.relation)).map(|reference| reference.relation.clone()).collect()
    }
}
