//! Demands as values: ours, each in the wording of the office's power, and those that sources made.

use minijinja::Value;

use super::claims::Claim;
use super::context::Maker;
use super::people::{self, nothing};
use super::values::{self, Fields, put, thing};
use crate::case::Power;
use crate::case::view::{Ask, MadeDemand};
use crate::document::{ClaimId, FactId};
use crate::reference::{GrammaticalCase, Join, Norm, Office, fill};

impl<'a> Maker<'a> {
    pub(super) fn demands(&mut self, out: &mut Fields) {
        let view = self.view;
        let recipient = self.wanted.recipient.map(|office| self.office(office));
        let asks = if let Some(office) = self.wanted.recipient {
            self.asks_of(office)
        } else {
            view.asks.iter().filter_map(|ask| self.ask(ask, &Power::ALL)).collect()
        };
        put(out, "grounds", self.grounds(&asks));
        put(out, "asks", asks);
        put(out, "recipient", recipient.unwrap_or_else(nothing));
        let recipients: Vec<Value> = self.wanted.recipients.iter().map(|office| self.office(office)).collect();
        put(out, "recipients", recipients);
        let made: Vec<Value> = view.made.iter().filter_map(|made| self.made(made)).collect();
        put(out, "made", made);
        let demands: Vec<Value> = view.asks.iter().filter_map(|ask| self.shared(ask)).collect();
        put(out, "demands", demands);
        let norms = self.norm_ids();
        put(out, "norms", norms.iter().filter_map(|id| self.norm(id)).collect::<Vec<_>>());
        let law = self.law(&norms);
        put(out, "law", law);
    }

    /// A demand with every recipient that has the power for it, each in the wording of that power.
    fn shared(&mut self, ask: &Ask) -> Option<Value> {
        let mut offices = Vec::new();
        for office in self.wanted.recipients {
            let Some(claim) = self.ask(ask, &powers_of(office)) else { continue };
            let mut fields = people::office(office, self.wanted.language, None);
            put(&mut fields, "ask", claim);
            offices.push(thing(fields));
        }
        if offices.is_empty() {
            return None;
        }
        let mut fields = Fields::new();
        put(&mut fields, "id", ask.id.as_str());
        put(&mut fields, "offices", offices);
        put(&mut fields, "grounds", self.facts_of(&ask.grounds));
        Some(thing(fields))
    }

    /// The norms of the demands that an addressed office can meet, in the order of the demands, each once.
    fn norm_ids(&self) -> Vec<&'a str> {
        let offices = self.wanted.recipient.into_iter().chain(self.wanted.recipients.iter().copied());
        let powers: Vec<Power> = offices.flat_map(powers_of).collect();
        let met = |ask: &&Ask| powers.is_empty() || powers.iter().any(|power| ask.wording.contains_key(power));
        let mut ids: Vec<&str> = Vec::new();
        for norm in self.view.asks.iter().filter(met).flat_map(|ask| &ask.norms) {
            if !ids.contains(&norm.value.as_str()) {
                ids.push(&norm.value);
            }
        }
        ids
    }

    /// The norms `ids`, those of one instrument cited together: “rules 1, 24 and 61 of …”; in Russian in the
    /// accusative.
    fn law(&mut self, ids: &[&str]) -> Vec<Value> {
        let mut instruments: Vec<(&str, Vec<&Norm>)> = Vec::new();
        for norm in ids.iter().filter_map(|id| self.reference.norm(id)) {
            match instruments.iter_mut().find(|(instrument, _)| *instrument == norm.instrument) {
                Some((_, norms)) => norms.push(norm),
                None => instruments.push((&norm.instrument, vec![norm])),
            }
        }
        instruments.into_iter().filter_map(|(instrument, norms)| self.together(instrument, norms)).collect()
    }

    fn together(&mut self, instrument: &str, mut norms: Vec<&Norm>) -> Option<Value> {
        norms.sort_by_key(|norm| (norm.number.parse::<u32>().unwrap_or(u32::MAX), norm.number.clone()));
        let numbers: Vec<&str> = norms.iter().map(|norm| norm.number.as_str()).collect();
        let first = norms.first()?;
        let language = self.wanted.language;
        let short = first.cited_short.get(language)?;
        let words = match first.cited_several.get(language) {
            Some(several) if norms.len() > 1 => {
                fill(several, &[("number", &self.locale.format.list(&numbers, Join::And))])
            }
            _ if norms.len() > 1 => return None,
            _ => short.in_case_or_plain(GrammaticalCase::Accusative).to_owned(),
        };
        let claim = Claim::new(ClaimId::norm(instrument, &numbers), &words, &first.says.place);
        Some(self.claim(claim, Fields::new()))
    }

    fn facts_of(&self, ids: &[FactId]) -> Vec<Value> {
        ids.iter().filter_map(|id| self.facts.get(id).cloned()).collect()
    }

    fn office(&mut self, office: &Office) -> Value {
        let language = self.wanted.language;
        let mut fields = people::office(office, language, self.reference.address(office, language, true));
        let asks = self.asks_of(office);
        put(&mut fields, "grounds", self.grounds(&asks));
        put(&mut fields, "asks", asks);
        put(&mut fields, "of_country", office.of == self.view.country);
        thing(fields)
    }

    fn asks_of(&mut self, office: &Office) -> Vec<Value> {
        let powers = powers_of(office);
        let most = self.wanted.most_asks;
        let view = self.view;
        // A paper with a letter to an office tells in that letter only what the office may be told.
        let may_tell = |ask: &&Ask| {
            let grounds = ask.grounds.iter().filter_map(|id| view.fact(id));
            grounds.into_iter().all(|told| told.fact.audience.contains(&office.audience))
        };
        view.asks.iter().filter(may_tell).filter_map(|ask| self.ask(ask, &powers)).take(most).collect()
    }

    /// A demand in the wording of the first of these powers that has a wording.
    fn ask(&mut self, ask: &Ask, powers: &[Power]) -> Option<Value> {
        let power = powers.iter().copied().find(|power| ask.wording.contains_key(power))?;
        let key = (ask.id.clone(), power);
        if let Some(known) = self.asks.get(&key) {
            return Some(known.clone());
        }
        let value = self.worded(ask, power)?;
        self.asks.insert(key, value.clone());
        Some(value)
    }

    fn worded(&mut self, ask: &Ask, power: Power) -> Option<Value> {
        let id = ClaimId::Demand(ask.id.clone());
        let claim = self.words_of(id, ask.wording.get(&power)?, &ask.place)?;
        let mut fields = Fields::new();
        put(&mut fields, "power", power.name());
        put(&mut fields, "grounds", self.facts_of(&ask.grounds));
        let norms: Vec<Value> = ask.norms.iter().filter_map(|norm| self.norm(norm)).collect();
        put(&mut fields, "norms", norms);
        let claim = claim.resting_on(&ask.grounds, self.view);
        if let Some(places) = self.wanted.places {
            let places = places(&claim.cites);
            put(&mut fields, "where", if places.is_empty() { nothing() } else { values::words(places) });
        }
        Some(self.claim(claim, fields))
    }

    fn made(&mut self, made: &MadeDemand) -> Option<Value> {
        let claim = self.words_of(ClaimId::Demand(made.id.clone()), &made.text, &made.place)?;
        let mut fields = Fields::new();
        let who = self.view.names.get(&made.who).map(|named| people::named(named, self.wanted.language));
        let name = who.and_then(|who| who.get_attr("name").ok());
        put(&mut fields, "who", name.unwrap_or_else(nothing));
        put(&mut fields, "on", self.date(made.on.as_ref()));
        put(&mut fields, "on_page", made.on_page);
        put(&mut fields, "current", made.current);
        put(&mut fields, "restated", made.restated_by.is_some());
        Some(self.claim(claim.cited(made.cites.clone(), Vec::new()), fields))
    }

    /// The facts on which these demands rest, each once, in the order of their dates.
    fn grounds(&self, asks: &[Value]) -> Vec<Value> {
        let number = values::claim_index;
        let of_asks = asks.iter().filter_map(|ask| ask.get_attr("grounds").ok()?.try_iter().ok()).flatten();
        let wanted: Vec<Option<usize>> = of_asks.map(|ground| number(&ground)).collect();
        let in_order = self.view.facts.iter().filter_map(|told| self.facts.get(&told.fact.id));
        in_order.filter(|fact| wanted.contains(&number(fact))).cloned().collect()
    }

    /// An article: printed as it is cited; `.short`, `.says`, and the grammatical cases of the citation.
    pub(super) fn norm(&mut self, id: &str) -> Option<Value> {
        if let Some(known) = self.norms.get(id) {
            return Some(known.clone());
        }
        let value = self.article(id)?;
        self.norms.insert(id.to_owned(), value.clone());
        Some(value)
    }

    fn article(&mut self, id: &str) -> Option<Value> {
        let norm = self.reference.norm(id)?;
        let language = self.wanted.language;
        let place = &norm.says.place;
        let ledger = ClaimId::norm(&norm.instrument, &[norm.number.as_str()]);
        let claim = |text: &str| Claim::new(ledger.clone(), text, place);
        let mut fields = Fields::new();
        let cited = norm.cited.get(language)?;
        for case in GrammaticalCase::ALL {
            let value = self.claim(claim(cited.in_case_or_plain(case)), Fields::new());
            put(&mut fields, case.name(), value);
        }
        if let Some(short) = norm.cited_short.get(language).map(|name| claim(name.plain())) {
            let short = self.claim(short, Fields::new());
            put(&mut fields, "short", short);
        }
        if let Some(says) = norm.says.value.get(language).map(|says| claim(says)) {
            let says = self.claim(says, Fields::new());
            put(&mut fields, "says", says);
        }
        Some(self.claim(claim(cited.plain()), fields))
    }
}

/// The powers of an office, in its order of preference.
fn powers_of(office: &Office) -> Vec<Power> {
    office.powers.value.clone()
}
