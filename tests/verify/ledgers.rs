//! What somebody may do to the ledger of a paper. A name that ends in `!` seals it again.

use amparo::render::ledger::{Carried, CarriedClaim};
use lopdf::Document;

use super::mutate::{file, save};

/// The bytes of the ledger of a paper.
pub(crate) fn take(paper: &[u8]) -> Vec<u8> {
    let mut pdf = Document::load_mem(paper).expect("a paper of ours");
    file(&mut pdf).get_plain_content().expect("a ledger")
}

/// The paper with another ledger.
pub(crate) fn put(paper: &[u8], ledger: &[u8]) -> Vec<u8> {
    let mut pdf = Document::load_mem(paper).expect("a paper of ours");
    let file = file(&mut pdf);
    file.dict.remove(b"Filter");
    file.set_plain_content(ledger.to_vec());
    save(pdf)
}

pub(super) fn mutate(paper: &[u8], name: &str, place: usize) -> Option<Vec<u8>> {
    let ledger = take(paper);
    let text = String::from_utf8(ledger.clone()).expect("text");
    let changed = match name {
        "garbage" => [b"".to_vec(), b"{\"format\":1}".to_vec(), "[".repeat(100_000).into_bytes()][place].clone(),
        "word" => {
            let (at, digest) = text.match_indices("\"sha256\":\"").nth(place * 4)?;
            let mut bytes = ledger.clone();
            let digit = &mut bytes[at + digest.len()];
            *digit = if *digit == b'0' { b'1' } else { b'0' };
            bytes
        }
        "key" => text.replacen("\"format\":1,", "\"format\":1,\"more\":1,", 1).into_bytes(),
        "title" => text.replacen("\"title\":\"", "\"title\":\"No ", 1).into_bytes(),
        sealed => {
            let mut carried = Carried::read(&ledger).expect("a ledger");
            change(&mut carried, sealed.strip_suffix('!').expect("a sealed one"), place)?;
            carried.write().expect("written")
        }
    };
    assert_ne!(changed, ledger, "{name} changes nothing");
    Some(put(paper, &changed))
}

fn change(carried: &mut Carried, name: &str, place: usize) -> Option<()> {
    // Each of the places stands in another part of the list.
    let far = |length: usize, place: usize| place * length / 7;
    match name {
        "title" => carried.document.title.push_str(", or not"),
        "date" => "2020-01-01".clone_into(&mut carried.document.as_of),
        "drop-passage" => drop(carried.text.remove(far(carried.text.len(), place))),
        "add-passage" => {
            let at = far(carried.text.len(), place);
            let mut more = carried.text[at].clone();
            more.sha256.replace_range(0..4, "0000");
            carried.text.insert(at, more);
        }
        "endless-passage" => carried.text[place].lines = usize::MAX,
        "swap-passages" => {
            let at = far(carried.text.len(), place) + 1;
            carried.text.swap(at, at + 2);
        }
        "feet" => carried.marks.feet = if place == 0 { carried.marks.feet + 1 } else { usize::MAX },
        "mark" => match carried.marks.footer.first_mut() {
            Some(line) => line.push_str(" or later"),
            None => carried.marks.footer.push("Use until later".to_owned()),
        },
        "claim" => claims(carried, |claim| !claim.text.is_empty(), place)?.text.insert_str(0, "Never "),
        "move-claim" => claims(carried, |_| true, place * 2)?.at += 1,
        "swap-claims" => {
            let last = carried.claims.len() - 1;
            carried.claims.swap(0, last);
        }
        "quote" => {
            let selector = cited(carried, place * 3)?.selector.as_mut()?;
            let word = selector.exact.split(' ').nth(1)?.to_owned();
            selector.exact = selector.exact.replacen(&word, "unlike", 1);
        }
        "place" => {
            let cited = cited(carried, place * 3)?;
            cited.at = if cited.at == "para 2" { "para 3".to_owned() } else { "para 2".to_owned() };
        }
        "copy" => carried.sources[0].digest.replace_range(7..11, "0000"),
        "source" => drop(carried.sources.remove(0)),
        "around" => {
            let with_words =
                |claim: &CarriedClaim| claim.citations.iter().any(|cited| has_words(cited.selector.as_ref()));
            let claim = claims(carried, with_words, place)?;
            let selectors = claim.citations.iter_mut().filter_map(|cited| cited.selector.as_mut());
            let selector = selectors.into_iter().find(|selector| has_words(Some(&**selector)))?;
            if selector.prefix.is_empty() { &mut selector.suffix } else { &mut selector.prefix }.insert_str(0, "not ");
        }
        "status" => "feared".clone_into(&mut claims(carried, |claim| !claim.status.is_empty(), place)?.status),
        "template" => carried.made_with.template.replace_range(7..11, "0000"),
        "url" => carried.sources.iter_mut().find(|source| !source.url.is_empty())?.url.push('x'),
        other => panic!("there is no mutation `ledger-{other}`"),
    }
    Some(())
}

fn has_words(selector: Option<&amparo::render::ledger::Selector>) -> bool {
    selector.is_some_and(|selector| !selector.prefix.is_empty() || !selector.suffix.is_empty())
}

fn claims(carried: &mut Carried, wanted: impl Fn(&CarriedClaim) -> bool, place: usize) -> Option<&mut CarriedClaim> {
    carried.claims.iter_mut().filter(|claim| wanted(claim)).nth(place)
}

fn cited(carried: &mut Carried, place: usize) -> Option<&mut amparo::render::ledger::CarriedCitation> {
    carried.claims.iter_mut().flat_map(|claim| &mut claim.citations).filter(|cited| cited.selector.is_some()).nth(place)
}
