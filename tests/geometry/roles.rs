//! Which structure elements stand around a piece of marked content.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// Types of elements, the outermost first, by page and number of the marked content.
pub(super) type Roles = BTreeMap<(ObjectId, i64), Vec<String>>;

pub(super) fn roles(pdf: &Document) -> Roles {
    let root = pdf.catalog().expect("a catalogue").get_deref(b"StructTreeRoot", pdf).and_then(Object::as_dict);
    let mut walker = Walker { pdf, kinds: Vec::new(), found: Roles::new() };
    walker.children(root.expect("a structure tree"), None);
    walker.found
}

struct Walker<'a> {
    pdf: &'a Document,
    kinds: Vec<String>,
    found: Roles,
}

impl Walker<'_> {
    fn children(&mut self, element: &Dictionary, page: Option<ObjectId>) {
        let Ok(kids) = element.get_deref(b"K", self.pdf) else { return };
        let one = std::slice::from_ref(kids);
        for kid in kids.as_array().map_or(one, Vec::as_slice) {
            self.kid(kid, page);
        }
    }

    fn kid(&mut self, kid: &Object, page: Option<ObjectId>) {
        let (_, kid) = self.pdf.dereference(kid).expect("a kid");
        match kid {
            Object::Integer(number) => self.content(*number, page),
            Object::Dictionary(inner) => {
                let page = inner.get(b"Pg").and_then(Object::as_reference).ok().or(page);
                if let Ok(name) = inner.get(b"S") {
                    self.element(inner, name, page);
                } else if let Ok(number) = inner.get(b"MCID") {
                    self.content(number.as_i64().expect("a number"), page);
                }
                // What is left is a reference to a link, which draws nothing.
            }
            other => panic!("{other:?} is no kid of an element"),
        }
    }

    fn element(&mut self, element: &Dictionary, name: &Object, page: Option<ObjectId>) {
        self.kinds.push(String::from_utf8_lossy(name.as_name().expect("a type")).into_owned());
        self.children(element, page);
        self.kinds.pop();
    }

    fn content(&mut self, number: i64, page: Option<ObjectId>) {
        self.found.insert((page.expect("a page"), number), self.kinds.clone());
    }
}
