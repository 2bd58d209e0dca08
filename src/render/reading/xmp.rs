//! The metadata of a PDF as an XMP packet: RDF written as XML.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

/// The name for the rest of a packet that is not valid XML. No paper of ours has such a property.
const UNREADABLE: &str = "(unreadable)";

/// The simple properties of a packet with their words, in its order, without the description of its own schemas. The
/// parts of a list have the name of the list.
pub(super) fn properties(packet: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(packet);
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
    let mut found = Found::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => found.begin(start.name().as_ref()),
            Ok(Event::End(_)) => found.end(),
            Ok(Event::Text(text)) => found.words.push_str(&text),
            Ok(Event::CData(text)) => found.words.push_str(&text),
            Ok(Event::GeneralRef(name)) => found.refer(&name),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(fault) => {
                found.end();
                found.properties.push((UNREADABLE.to_owned(), fault.to_string()));
                break;
            }
        }
    }
    found.end();
    found.properties
}

#[derive(Default)]
struct Found {
    properties: Vec<(String, String)>,
    /// The last element that does not belong to RDF.
    name: String,
    /// The text after the beginning of the last element.
    words: String,
    /// True if the text follows the beginning of an element, not the end of one.
    is_open: bool,
}

impl Found {
    fn begin(&mut self, name: &str) {
        self.end();
        if !name.starts_with("rdf:") {
            name.clone_into(&mut self.name);
        }
        self.is_open = true;
    }

    fn end(&mut self) {
        let words = std::mem::take(&mut self.words);
        let is_schema = self.name.starts_with("pdfaSchema:") || self.name.starts_with("pdfaProperty:");
        if std::mem::take(&mut self.is_open) && !is_schema && !words.trim().is_empty() {
            self.properties.push((self.name.clone(), words.trim().to_owned()));
        }
    }

    fn refer(&mut self, name: &str) {
        let reference = format!("&{name};");
        match unescape(&reference) {
            Ok(words) => self.words.push_str(&words),
            Err(_) => self.words.push_str(&reference),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(packet: &str) -> Vec<String> {
        properties(packet).into_iter().map(|(name, words)| format!("{name}={words}")).collect()
    }

    #[test]
    fn properties_are_read_with_their_words() {
        let packet = "<?xpacket begin=\"\"?><x:xmpmeta><rdf:RDF><rdf:Description rdf:about=\"\">\
            <dc:title><rdf:Alt><rdf:li xml:lang=\"en\">A &amp; B &#8212; C</rdf:li><rdf:li>D</rdf:li></rdf:Alt></dc:title>\
            <pdfaSchema:schema>left out</pdfaSchema:schema> <pdfaid:part> 3 </pdfaid:part><xmp:Empty/>\
            </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>";
        assert_eq!(shown(packet), ["dc:title=A & B — C", "dc:title=D", "pdfaid:part=3"]);
    }

    #[test]
    fn nothing_is_hidden_by_broken_xml() {
        assert_eq!(shown("<a:b>one</c:d><e:f>two & &x; three"), ["a:b=one", "e:f=two & &x; three"]);
        let broken = shown("<a:b>one</a:b><!-- <e:f>two</e:f>");
        assert!(broken[0] == "a:b=one" && broken[1].starts_with("(unreadable)="), "{broken:?}");
    }
}
