//! Who may be named, and which words name somebody else.

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

    /// Whether this paper may name them at all.
    pub(super) fn is_named(&self, named: &Named) -> bool {
        self.may_be_named(named) && !named.is_closed(self.readers.closed(), self.as_of)
    }

    fn may_be_named(&self, named: &Named) -> bool {
        let told = named.audience.is_empty() || self.readers.are_in(&named.audience);
        told && !self.hidden.contains(&named.id)
    }

    /// Whether words of ours name nobody of whom this audience is not told, in any form, variant or slip; else they are
    /// left out. Where the law closes a name, our words must be changed, not dropped in silence: that is checked later.
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
