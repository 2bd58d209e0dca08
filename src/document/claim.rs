//! The ids of claims.

use std::fmt;

use super::{DemandId, FactId};

/// The entry of the case, or the articles of the law, that a claim puts into words.
///
/// The ids of a case may contain dots. So the id is stored apart from its section; both are joined only in ledgers,
/// manifests and messages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClaimId {
    /// A fact of the case.
    Fact(FactId),
    /// The expected decision of a fact, which no source reports yet.
    Awaited(FactId),
    /// A demand.
    Demand(DemandId),
    /// Articles of one instrument.
    Norm {
        /// The id of the instrument.
        instrument: String,
        /// The numbers of the articles there, in order.
        numbers: Vec<String>,
    },
    /// A reservation, by its id.
    Caveat(String),
    /// A gap, by its id.
    Gap(String),
    /// The unknown part of a topic, by the id of the topic.
    Topic(String),
    /// An argument, by its category.
    Argument(String),
    /// A step taken before, by the body to which it went.
    Step(String),
}

closed! {
    /// The kinds of claims.
    ClaimKind {
        /// A fact of the case.
        Fact = "fact",
        /// A demand.
        Demand = "demand",
        /// An article of a treaty, declaration, rule or statute: the drafter's.
        Norm = "norm",
        /// A reservation that goes with a fact.
        Caveat = "caveat",
        /// A question that the sources leave open.
        Gap = "gap",
        /// An argument of the drafter.
        Argument = "argument",
        /// A step taken before.
        Step = "step",
    }
}

/// The ending of the written id of an awaited decision.
const AWAITS: &str = ".awaits";

impl ClaimId {
    /// The articles with these numbers in one instrument: `iccpr` and `9`.
    #[must_use]
    pub fn norm(instrument: &str, numbers: &[&str]) -> Self {
        let numbers = numbers.iter().map(|number| (*number).to_owned()).collect();
        Self::Norm { instrument: instrument.to_owned(), numbers }
    }

    /// Reads an id as written in a ledger or a manifest. It can be ambiguous: `facts.hearing.awaits` may be a fact with
    /// a dot in its id. Without a kind it is read as an awaited decision.
    #[must_use]
    pub fn read(written: &str, kind: Option<ClaimKind>) -> Option<Self> {
        let (section, id) = written.split_once('.')?;
        let own = || id.to_owned();
        Some(match section {
            "facts" => match id.strip_suffix(AWAITS).filter(|_| kind != Some(ClaimKind::Fact)) {
                Some(fact) => Self::Awaited(fact.into()),
                None => Self::Fact(id.into()),
            },
            "demands" => Self::Demand(id.into()),
            "norms" => {
                let (instrument, numbers) = id.split_once('/')?;
                Self::norm(instrument, &numbers.split(',').collect::<Vec<_>>())
            }
            "caveats" => Self::Caveat(own()),
            "gaps" => Self::Gap(own()),
            "topics" => Self::Topic(own()),
            "arguments" => Self::Argument(own()),
            "steps" => Self::Step(own()),
            _ => return None,
        })
    }

    /// The kind of the claim.
    #[must_use]
    pub const fn kind(&self) -> ClaimKind {
        match self {
            Self::Fact(_) => ClaimKind::Fact,
            Self::Demand(_) => ClaimKind::Demand,
            Self::Norm { .. } => ClaimKind::Norm,
            Self::Caveat(_) => ClaimKind::Caveat,
            Self::Awaited(_) | Self::Gap(_) | Self::Topic(_) => ClaimKind::Gap,
            Self::Argument(_) => ClaimKind::Argument,
            Self::Step(_) => ClaimKind::Step,
        }
    }

    /// The id of the fact, if it is a fact.
    #[must_use]
    pub fn fact(&self) -> Option<&FactId> {
        match self {
            Self::Fact(id) => Some(id),
            _ => None,
        }
    }

    /// The id as typed in the case or the law, without its section.
    #[must_use]
    pub fn own(&self) -> String {
        match self {
            Self::Norm { instrument, numbers } => format!("{instrument}/{}", numbers.join(",")),
            Self::Fact(id) | Self::Awaited(id) => id.to_string(),
            Self::Demand(id) => id.to_string(),
            Self::Caveat(id) | Self::Gap(id) | Self::Topic(id) | Self::Argument(id) | Self::Step(id) => id.clone(),
        }
    }
}

/// The form for ledgers, manifests and messages: `facts.verdict`, `norms.iccpr/9,14`.
impl fmt::Display for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (section, ending) = match self {
            Self::Fact(_) => ("facts", ""),
            Self::Awaited(_) => ("facts", AWAITS),
            Self::Demand(_) => ("demands", ""),
            Self::Norm { .. } => ("norms", ""),
            Self::Caveat(_) => ("caveats", ""),
            Self::Gap(_) => ("gaps", ""),
            Self::Topic(_) => ("topics", ""),
            Self::Argument(_) => ("arguments", ""),
            Self::Step(_) => ("steps", ""),
        };
        write!(f, "{section}.{}{ending}", self.own())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_written_with_its_kind_is_read_unchanged() {
        let id = str::to_owned;
        let all = [
            ClaimId::Fact("verdict".into()),
            ClaimId::Fact("hearing.awaits".into()),
            ClaimId::Awaited("a.date".into()),
            ClaimId::Demand("a.b".into()),
            ClaimId::norm("ru-upk", &["401.6", "401.7"]),
            ClaimId::Caveat(id("c")),
            ClaimId::Gap(id("g.h")),
            ClaimId::Topic(id("counsel")),
            ClaimId::Argument(id("i")),
            ClaimId::Step(id("ombudsman")),
        ];
        for one in all {
            assert_eq!(ClaimId::read(&one.to_string(), Some(one.kind())), Some(one));
        }
    }

    #[test]
    fn without_a_kind_an_id_is_an_awaited_decision() {
        assert_eq!(ClaimId::read("facts.appeal.awaits", None), Some(ClaimId::Awaited("appeal".into())));
        assert_eq!(ClaimId::read("words.appeal", None), None);
    }
}
