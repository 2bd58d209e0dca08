//! Takes out of the YAML of a case everything that a view lacks.
//!
//! What goes: entries that the view does not hold; citations by which nothing is told; reasons, reviews, consents and
//! other remarks that are for those who work on the case alone; persons and bodies to whom nothing leads that is told.
//! What the view worked out on everything that was known stays as it came out: a change of a state that is gone becomes
//! the first on its topic, an origin that is gone is named by its group.

use std::collections::{BTreeMap, BTreeSet};

use amparo::case::Citation;
use amparo::case::view::View;
use amparo::document::DemandId;
use amparo::reference::audience::Audience;
use serde_json::{Map, Value, json};

use super::shelf::{Reader, Shelf};
use super::tree::Tree;

/// What stands where a reason stood that the file needs and the view lacks.
const NOTHING: &str = "-";

/// How the id of a voice begins that is not named to the audience.
const SPEAKER: &str = "unnamed-speaker-";

/// The publisher of a source whose own is kept back.
const PUBLISHER: &str = "Unnamed Publisher";

/// The sections whose entries are named things.
const NAMED: [&str; 4] = ["persons", "organisations", "institutions", "places"];

/// The case as someone would type it who has only what a view has, with some papers of one audience. Words around
/// quotations come from the copies, which no view cuts: none are asked for.
pub(crate) fn pruned_for(shelf: &Shelf, papers: &BTreeSet<&str>, view: &View) -> Tree {
    let readers: Vec<&Reader> = papers.iter().map(|paper| &shelf.planned[*paper]).collect();
    let mut tree = cut(shelf, readers.first().expect("a paper").audience, view);
    for section in NAMED {
        let section = tree.section(section);
        section.retain(|id, _| view.names.contains_key(id) || id.starts_with(SPEAKER));
        section.values_mut().for_each(|named| known(entry(named), view));
    }
    tree.list("victims").retain(|id| view.victims.iter().any(|known| id == known));
    let is_one = |template: &str| readers.iter().any(|reader| reader.template == template);
    tree.list("documents").retain(|paper| paper["template"].as_str().is_some_and(is_one));
    without_context(&mut tree);
    // How a source prints a date is kept with the fact and printed in no paper.
    for fact in tree.section("facts").values_mut() {
        for key in ["event", "from", "seen", "until"] {
            without(fact.get_mut(key).and_then(Value::as_object_mut).unwrap_or(&mut Map::new()), &["printed"]);
        }
    }
    tree
}

/// Lets no ledger carry words from around its quotations.
pub(crate) fn without_context(tree: &mut Tree) {
    for source in tree.sources.values_mut() {
        without(entry(source), &["context"]);
    }
}

/// The case as far as an audience may be told.
pub(crate) fn pruned(shelf: &Shelf, audience: Audience) -> Tree {
    pruned_to(shelf, audience, &shelf.views[&audience])
}

/// The case as far as one view goes, with the papers of an audience; of those who may be named only whoever something
/// told leads to, and nothing of them that no paper prints.
pub(crate) fn pruned_to(shelf: &Shelf, audience: Audience, view: &View) -> Tree {
    let mut tree = cut(shelf, audience, view);
    names(&mut tree, view);
    tree
}

/// The case as far as one view goes, with all names.
fn cut(shelf: &Shelf, audience: Audience, view: &View) -> Tree {
    let mut tree = shelf.tree.clone();
    tree.list("conflicts").clear();
    tree.section("guarded").clear();
    facts(tree.section("facts"), view);
    demands(tree.section("demands"), view);
    kept(tree.section("gaps"), |id| view.gaps.iter().any(|gap| gap.id == id));
    kept(tree.section("arguments"), |id| view.arguments.iter().any(|argument| argument.category == id));
    kept(tree.section("caveats"), |id| view.caveats.contains_key(id));
    kept(tree.section("topics"), |id| view.topics.contains_key(id));
    steps(tree.list("steps"), view);
    papers(tree.list("documents"), shelf, audience);
    for paper in tree.list("documents") {
        chosen(paper, shelf, view);
    }
    sources(&mut tree.sources, &shelf.tree, view);
    voices(&mut tree, view);
    tree
}

fn kept(section: &mut Map<String, Value>, keep: impl Fn(&str) -> bool) {
    section.retain(|id, _| keep(id));
}

fn text<'a>(entry: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    entry.get(key)?.as_str()
}

fn entry(value: &mut Value) -> &mut Map<String, Value> {
    value.as_object_mut().expect("a mapping")
}

fn list_of<'a>(entry: &'a mut Map<String, Value>, key: &str) -> Option<&'a mut Vec<Value>> {
    entry.get_mut(key)?.as_array_mut()
}

/// Deletes these keys.
fn without(entry: &mut Map<String, Value>, keys: &[&str]) {
    for key in keys {
        entry.shift_remove(*key);
    }
}

/// Empties these keys, which the file needs.
fn emptied(value: &mut Value, keys: &[&str]) {
    let Some(entry) = value.as_object_mut() else { return };
    for key in keys {
        if let Some(reason) = entry.get_mut(*key) {
            *reason = NOTHING.into();
        }
    }
}

fn facts(section: &mut Map<String, Value>, view: &View) {
    kept(section, |id| view.fact(id).is_some());
    for (id, value) in section {
        let fact = entry(value);
        let told = view.fact(id.as_str()).expect("it was kept");
        without(fact, &["reviewed", "unanswered"]);
        if let Some(others) = list_of(fact, "told-with") {
            others.retain(|id| id.as_str().is_some_and(|id| view.fact(id).is_some()));
        }
        for key in ["event", "from", "seen", "until"] {
            // That a day was reckoned is told, how is not.
            emptied(fact.get_mut(key).unwrap_or(&mut Value::Null), &["reckoning"]);
        }
        if fact.get("confirmed").is_some() {
            emptied(&mut fact["confirmed"], &["how"]);
        }
        for derived in list_of(fact, "derived").into_iter().flatten() {
            emptied(derived, &["how"]);
        }
        if let Some(caveats) = list_of(fact, "caveats") {
            caveats.retain(|id| view.caveats.contains_key(id.as_str().expect("an id")));
        }
        if !view.awaited.iter().any(|awaited| awaited.fact.as_str() == id) {
            without(fact, &["awaits"]);
        }
        for key in ["adds", "replaces", "requalifies", "ends"] {
            let target = text(fact, key).unwrap_or("none");
            if target != "none" && view.fact(target).is_none() {
                without(fact, &[key]);
                fact.insert("replaces".into(), "none".into());
            }
        }
        let open: Vec<&Citation> = told.cites.iter().chain(&told.also).collect();
        cited(fact, &open);
    }
}

/// Keeps each set that is whole, and what corroborates.
fn cited(fact: &mut Map<String, Value>, open: &[&Citation]) {
    let is_whole = |set: &Value| set.as_array().is_some_and(|set| set.iter().all(|citation| is_open(citation, open)));
    if fact.get("cites").is_some_and(|set| !is_whole(set)) {
        without(fact, &["cites"]);
    }
    if let Some(sets) = list_of(fact, "or-cites") {
        sets.retain(is_whole);
    }
    if let Some(also) = list_of(fact, "also") {
        also.retain(|citation| is_open(citation, open));
    }
    let both = fact.get_mut("cites").into_iter().flat_map(|set| set.as_array_mut().expect("a list").iter_mut());
    for citation in both {
        if let Some(meaning) = citation.get_mut("meaning") {
            emptied(meaning, &["why"]);
        }
    }
}

fn is_open(citation: &Value, open: &[&Citation]) -> bool {
    let same = |known: &&Citation| {
        citation["source"] == known.source
            && citation["quote"] == known.quote.value
            && citation["at"] == known.at.to_string()
    };
    open.iter().any(same)
}

fn demands(section: &mut Map<String, Value>, view: &View) {
    let asked = |id: &str| view.asks.iter().any(|ask| ask.id.as_str() == id);
    kept(section, |id| asked(id) || view.made.iter().any(|made| made.id.as_str() == id));
    for (id, value) in section {
        let demand = entry(value);
        let Some(made) = view.made.iter().find(|made| made.id.as_str() == id) else { continue };
        if let Some(restated) = list_of(demand, "restated-by") {
            restated.retain(|other| other.as_str() == made.restated_by.as_ref().map(DemandId::as_str));
        }
        if let Some(grounds) = list_of(demand, "while") {
            grounds.retain(|ground| view.fact(ground.as_str().expect("an id")).is_some());
        }
    }
}

fn steps(list: &mut Vec<Value>, view: &View) {
    let told = |step: &Value| {
        view.steps.iter().any(|known| {
            let date = known.date.as_ref().map_or_else(|| "unknown".to_owned(), ToString::to_string);
            step["body"] == known.body && step["date"] == date
        })
    };
    list.retain(told);
}

/// The papers of this audience, to its offices.
fn papers(list: &mut Vec<Value>, shelf: &Shelf, audience: Audience) {
    let templates = &shelf.ready.templates;
    for value in list.iter_mut() {
        let paper = entry(value);
        emptied(paper.get_mut("cleared-by").unwrap_or(&mut Value::Null), &["how"]);
        let spec = templates.spec(text(paper, "template").expect("a template")).expect("it is sound");
        let to = paper.entry("to").or_insert_with(|| json!([])).as_array_mut().expect("a list");
        match spec.audience {
            Some(own) if own == audience => {}
            Some(_) => without(paper, &["template"]),
            None => {
                to.retain(|to| reader_of(to.as_str().expect("an id"), shelf) == Some(audience));
                if to.is_empty() {
                    without(paper, &["template"]);
                }
            }
        }
    }
    list.retain(|paper| paper.get("template").is_some());
}

/// Takes from the fields of a form the facts that are not told.
fn chosen(value: &mut Value, shelf: &Shelf, view: &View) {
    let facts = shelf.tree.case.get("facts");
    let is_gone = |id: &str| facts.is_some_and(|facts| facts.get(id).is_some()) && view.fact(id).is_none();
    match value {
        Value::Array(items) => {
            items.retain(|item| !item.as_str().is_some_and(is_gone));
            for item in items.iter_mut() {
                chosen(item, shelf, view);
            }
        }
        Value::Object(entries) => entries.values_mut().for_each(|inner| chosen(inner, shelf, view)),
        _ => {}
    }
}

/// The audience of an office, be it found from the facts.
fn reader_of(to: &str, shelf: &Shelf) -> Option<Audience> {
    let reference = &shelf.ready.reference;
    let Some(role) = to.strip_prefix("place-of-detention/") else { return Some(reference.office(to)?.audience) };
    let place = shelf.views[&Audience::Internal].place_of_detention()?;
    let prison = reference.office(place.directory.as_ref()?)?;
    if role == "head" {
        Some(prison.audience)
    } else {
        Some(reference.office(prison.supervised_by.as_ref()?)?.audience)
    }
}

fn sources(section: &mut Map<String, Value>, whole: &Tree, view: &View) {
    kept(section, |id| view.sources.contains_key(id));
    for (id, value) in section {
        let source = entry(value);
        without(source, &["note"]);
        // Whose publisher is kept back keeps one that nobody is told, and that has another name.
        if view.withheld.contains(id) {
            without(source, &["publisher", "parent", "url"]);
            let name = json!({"name": {"en": PUBLISHER}, "basis": "stated", "how": NOTHING});
            source.insert("publisher-name".into(), name);
        }
        for (key, reasons) in [("published", &["basis", "doubt"][..]), ("publisher-name", &["how"])] {
            emptied(source.get_mut(key).unwrap_or(&mut Value::Null), reasons);
        }
        if let Some(decision) = source.get_mut("published").and_then(|published| published.get_mut("counted-from")) {
            emptied(decision, &["why"]);
        }
        let limits = source.get_mut("limits").and_then(|limits| limits.get_mut("not-text"));
        for range in limits.and_then(Value::as_array_mut).into_iter().flatten() {
            emptied(range, &["why"]);
        }
        if let Some(origins) = list_of(source, "rests-on") {
            *origins = origins.iter().flat_map(|origin| groups(origin.as_str().expect("an id"), whole, view)).collect();
        }
    }
}

/// An origin as far as the audience may know it: its id, else the groups from which it comes.
fn groups(origin: &str, whole: &Tree, view: &View) -> Vec<Value> {
    let Some(source) = whole.sources.get(origin).filter(|_| !view.sources.contains_key(origin)) else {
        return vec![origin.into()];
    };
    let group = source.get("group").cloned().unwrap_or_else(|| origin.into());
    let further = source.get("rests-on").and_then(Value::as_array).into_iter().flatten();
    std::iter::once(group)
        .chain(further.flat_map(|origin| groups(origin.as_str().expect("an id"), whole, view)))
        .collect()
}

/// A voice that is not named to the audience stays a voice of its own, without its name: what it says is told, and no
/// paper for readers says whose words they are.
fn voices(tree: &mut Tree, view: &View) {
    let mut unnamed: BTreeMap<String, String> = BTreeMap::new();
    for section in ["facts", "demands", "gaps"] {
        for value in tree.section(section).values_mut() {
            unsaid(value, view, &mut unnamed);
        }
    }
    let name = json!({"en": "Unnamed Speaker", "ru": {"basis": "translation", "nom": "Неназванный"}});
    let speakers = unnamed.into_values().map(|id| (id, json!({"name": name})));
    tree.section("organisations").extend(speakers);
    if !view.withheld.is_empty() {
        let name = json!({"en": PUBLISHER, "ru": {"basis": "translation", "nom": "Неназванный издатель"}});
        let publisher = json!({"name": name, "audience": ["internal"]});
        tree.section("organisations").insert(format!("{SPEAKER}publisher"), publisher);
    }
}

fn unsaid(value: &mut Value, view: &View, unnamed: &mut BTreeMap<String, String>) {
    if let Some(voices) = value.get_mut("voice").and_then(Value::as_array_mut) {
        for voice in voices {
            let id = voice.as_str().expect("an id").to_owned();
            if !view.names.contains_key(&id) {
                let next = format!("{SPEAKER}{}", unnamed.len() + 1);
                *voice = unnamed.entry(id).or_insert(next).clone().into();
            }
        }
    }
    match value {
        Value::Object(entries) => entries.values_mut().for_each(|inner| unsaid(inner, view, unnamed)),
        Value::Array(items) => items.iter_mut().for_each(|item| unsaid(item, view, unnamed)),
        _ => {}
    }
}

/// Keeps those to whom something leads that is told, by id or by name.
fn names(tree: &mut Tree, view: &View) {
    let told: Vec<&str> = ["facts", "demands", "gaps", "arguments", "steps"]
        .into_iter()
        .filter_map(|section| tree.case.get(section))
        .flat_map(strings)
        .collect();
    // Whoever collects signatures is named on the sheets.
    let documents = tree.case.get("documents").and_then(Value::as_array).into_iter().flatten();
    let organisers = documents.filter_map(|paper| paper.get("collect")?.get("organiser")?.as_str());
    let ids: BTreeSet<&str> = told.iter().copied().chain(organisers).collect();
    let words = told.join("\n");
    let is_named = |id: &str, value: &Value| {
        ids.contains(id) || value.get("name").is_some_and(|name| strings(name).iter().any(|form| words.contains(form)))
    };
    let mut gone: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for section in NAMED {
        let all = tree.case.get(section).and_then(Value::as_object).into_iter().flatten();
        let cut = all.filter(|(id, value)| {
            let is_victim = view.victims.contains(id);
            let known = view.names.contains_key(*id) || id.starts_with(SPEAKER);
            !known || !(is_victim || is_named(id, value))
        });
        gone.insert(section, cut.map(|(id, _)| id.clone()).collect());
    }
    for (section, ids) in gone {
        tree.section(section).retain(|id, _| !ids.contains(id));
        for (_, value) in tree.section(section) {
            without(entry(value), &["consent", "slips", "variants", "relation", "relations"]);
        }
    }
    tree.list("victims").retain(|id| view.victims.iter().any(|known| id == known));
}

/// Keeps of someone who may be named what no untold source says of them.
fn known(named: &mut Map<String, Value>, view: &View) {
    for key in ["variants", "slips"] {
        if let Some(spellings) = list_of(named, key) {
            spellings.retain(|spelling| view.sources.contains_key(spelling["source"].as_str().expect("an id")));
        }
    }
    without(named, &["relation", "relations"]);
}

/// Every text in a value.
pub(crate) fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(entries) => entries.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}
