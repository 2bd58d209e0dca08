//! Demands as values: ours, each in the wording of the office's power, and those that sources made.

use minijinja::Value;

use super::claims::Claim;
use super::context::Maker;
use super::people::{self, nothing};
use super::values::{self, Fields, put, thing};
use crate::case::Power;
use crate::document::ClaimKind;
use crate::reference::Office;
use crate::view::{Ask, Made};

impl Maker<'_> {
    pub(super) fn demands(&mut self, out: &mut Fields) {
        let view = self.view;
        let recipient = self.wanted.recipient.map(|office| self.office(office));
        let asks = if let Some(office) = self.wanted.recipient {
            self.asks_of(office)
        } else {
            view.asks.iter().filter_map(|ask| self.ask(ask, Power::ALL)).collect()
        };
        put(out, "grounds", grounds(&asks));
        put(out, "asks", asks);
        put(out, "recipient", recipient.unwrap_or_else(nothing));
        let recipients: Vec<Value> = self.wanted.recipients.iter().map(|office| self.office(office)).collect();
        put(out, "recipients", recipients);
        let made: Vec<Value> = view.made.iter().filter_map(|made| self.made(made)).collect();
        put(out, "made", made);
        let mut ids: Vec<&str> = view.asks.iter().flat_map(|ask| &ask.norms).map(|norm| norm.value.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let norms: Vec<Value> = ids.into_iter().filter_map(|id| self.norm(id)).collect();
        put(out, "norms", norms);
    }

    fn office(&mut self, office: &Office) -> Value {
        let language = self.wanted.language;
        let mut fields = people::office(office, language, self.reference.address(office, language, true));
        let asks = self.asks_of(office);
        put(&mut fields, "asks", asks);
        thing(fields)
    }

    fn asks_of(&mut self, office: &Office) -> Vec<Value> {
        let powers: Vec<Power> =
            office.powers.value.iter().filter_map(|power| Power::from_word(power.name())).collect();
        let most = self.wanted.most_asks;
        let view = self.view;
        view.asks.iter().filter_map(|ask| self.ask(ask, &powers)).take(most).collect()
    }

    /// A demand in the wording of the first of these powers that has one.
    fn ask(&mut self, ask: &Ask, powers: &[Power]) -> Option<Value> {
        let power = powers.iter().copied().find(|power| ask.wording.contains_key(power))?;
        let id = format!("demands.{}", ask.id);
        let claim = self.words_of(ClaimKind::Demand, id, ask.wording.get(&power)?, &ask.place)?;
        let mut fields = Fields::new();
        put(&mut fields, "power", power.word());
        let grounds = ask.grounds.iter().filter_map(|id| self.facts.get(id.as_str()).cloned());
        put(&mut fields, "grounds", grounds.collect::<Vec<_>>());
        let norms: Vec<Value> = ask.norms.iter().filter_map(|norm| self.norm(norm)).collect();
        put(&mut fields, "norms", norms);
        let view = self.view;
        Some(self.claim(claim.resting_on(&ask.grounds, view), fields))
    }

    fn made(&mut self, made: &Made) -> Option<Value> {
        let claim = self.words_of(ClaimKind::Demand, format!("demands.{}", made.id), &made.text, &made.place)?;
        let mut fields = Fields::new();
        let who = self.view.names.get(&made.who).map(|named| people::named(named, self.wanted.language));
        let name = who.and_then(|who| who.get_attr("name").ok());
        put(&mut fields, "who", name.unwrap_or_else(nothing));
        put(&mut fields, "on", self.date(made.on.as_ref()));
        put(&mut fields, "current", made.current);
        put(&mut fields, "restated", made.restated_by.is_some());
        Some(self.claim(claim.cited(made.cites.clone(), Vec::new()), fields))
    }

    /// An article: printed as it is cited; `.short`, `.says`, and the grammatical cases of the citation.
    pub(super) fn norm(&mut self, id: &str) -> Option<Value> {
        let norm = self.reference.norm(id)?;
        let language = self.wanted.language;
        let place = &norm.says.place;
        let ledger = format!("norms.{id}");
        let claim = |text: &str| Claim::new(ClaimKind::Norm, ledger.clone(), text, place);
        let mut fields = Fields::new();
        let forms = people::name_forms(norm.cited.get(language)?)?;
        for (case, form) in &forms {
            let value = self.claim(claim(form), Fields::new());
            put(&mut fields, case, value);
        }
        if let Some(short) = norm.cited_short.get(language).map(|name| claim(name.plain())) {
            let short = self.claim(short, Fields::new());
            put(&mut fields, "short", short);
        }
        if let Some(says) = norm.says.value.get(language).map(|says| claim(says)) {
            let says = self.claim(says, Fields::new());
            put(&mut fields, "says", says);
        }
        let text = forms.get("nom")?;
        Some(self.claim(claim(text), fields))
    }
}

/// The facts on which these demands rest, each once.
fn grounds(asks: &[Value]) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    let index = |value: &Value| value.downcast_object_ref::<values::Claim>().map(|claim| claim.index);
    let of_ask = asks.iter().filter_map(|ask| ask.get_attr("grounds").ok()?.try_iter().ok());
    for ground in of_ask.flatten() {
        if !all.iter().any(|known| index(known) == index(&ground)) {
            all.push(ground);
        }
    }
    all
}
