//! The names that may be used, and the words of ours that name a hidden person.

use std::collections::BTreeMap;

use super::cut::{Cut, CutEntry};
use crate::case::{Named, Text};
use crate::document::ClaimId;
use crate::reference::Name;

impl<'a> Cut<'a> {
    pub(super) fn names(&mut self) -> BTreeMap<String, Named> {
        let (kept, cut): (Vec<_>, Vec<_>) = self.case.names.iter().partition(|(_, named)| self.is_named(named));
        for (id, named) in cut {
            let outlawed = self.may_be_named(named);
            let why = if outlawed { "outlawed: nobody is named it here" } else { "not for this audience" };
            self.drop(CutEntry::Name(id.clone()), why);
        }
        kept.into_iter().map(|(id, named)| (id.clone(), named.clone())).collect()
    }

    /// True if this paper may name it.
    pub(super) fn is_named(&self, named: &Named) -> bool {
        self.may_be_named(named) && !named.is_closed(self.readers.closed(), self.as_of)
    }

    fn may_be_named(&self, named: &Named) -> bool {
        let told = named.audience.is_empty() || self.readers.are_in(&named.audience);
        told && !self.hidden.contains(&named.id)
    }

    /// True if words of ours name nobody hidden from this audience, in any form, variant or slip; else they are left
    /// out. A name that the law closes does not count here: a later check reports it, because those words must be
    /// rewritten.
    pub(super) fn may_say<'t>(&mut self, what: ClaimId, texts: impl IntoIterator<Item = &'t Text>) -> bool {
        let texts: Vec<&Text> = texts.into_iter().collect();
        let said = |form: &str| texts.iter().any(|text| text.values().any(|words| words.value.contains(form)));
        let named = self.spellings(|named| !self.may_be_named(named)).any(said);
        if named {
            self.drop(what, "names somebody of whom this audience is not told");
        }
        !named
    }

    pub(super) fn spellings(&self, of: impl Fn(&Named) -> bool) -> impl Iterator<Item = &'a str> {
        self.case.names.values().filter(move |named| of(named)).flat_map(|named| {
            let forms = named.names.values().flat_map(Name::forms);
            forms.chain(named.variants.iter().chain(&named.slips).map(|spelling| spelling.spelling.value.as_str()))
        })
    }

    pub(super) fn names_someone_cut(&self, text: &Text) -> bool {
        text.values().any(|words| self.names_someone(&words.value))
    }

    pub(super) fn names_someone(&self, words: &str) -> bool {
        self.unspoken.iter().any(|form| form.find(words.as_bytes()).is_some())
    }
}
