//! Audiences: the groups of readers. Each fact, person, citation and source has a set of those that may see it.
//!
//! Audiences are no ladder: a UN body may read facts that the custodian may not, and the other way round.

use std::fmt;

closed! {
    /// Somebody who reads a paper.
    Audience {
        /// The place of detention.
        Custodian = "custodian",
        /// Other offices of the State concerned.
        State = "state",
        /// Offices of another State.
        OtherState = "other-state",
        /// Bodies of the United Nations.
        Un = "un",
        /// Everybody.
        Public = "public",
        /// Readers inside the country, who may be at risk for what they hold in their hands.
        InsideCountry = "inside-country",
        /// Those who work on the case.
        Internal = "internal",
    }
}

/// A set of audiences. The empty set means nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct AudienceSet(u8);

impl AudienceSet {
    /// Everybody.
    #[must_use]
    pub fn all() -> Self {
        Audience::ALL.into_iter().collect()
    }

    /// Only those who work on the case: the default if no audience was typed.
    #[must_use]
    pub fn internal() -> Self {
        Self::default().with(Audience::Internal)
    }

    /// This set with one audience added.
    #[must_use]
    pub fn with(self, audience: Audience) -> Self {
        Self(self.0 | bit(audience))
    }

    /// This set with one audience removed.
    #[must_use]
    pub fn without(self, audience: Audience) -> Self {
        Self(self.0 & !bit(audience))
    }

    /// True if the audience is in the set.
    #[must_use]
    pub fn contains(self, audience: Audience) -> bool {
        self.0 & bit(audience) != 0
    }

    /// The audiences that are in both sets.
    #[must_use]
    pub fn intersect(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// True if the set has no audience.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The members, in the fixed order.
    pub fn iter(self) -> impl Iterator<Item = Audience> {
        Audience::ALL.into_iter().filter(move |audience| self.contains(*audience))
    }
}

fn bit(audience: Audience) -> u8 {
    1 << (audience as u8)
}

impl FromIterator<Audience> for AudienceSet {
    fn from_iter<I: IntoIterator<Item = Audience>>(members: I) -> Self {
        members.into_iter().fold(Self::default(), Self::with)
    }
}

impl fmt::Display for AudienceSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(Audience::name).collect();
        f.write_str(&names.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_finds_its_audience() {
        for audience in Audience::ALL {
            assert_eq!(Audience::from_name(audience.name()), Some(audience));
        }
        assert_eq!(Audience::from_name("press"), None);
    }

    #[test]
    fn sets_are_sorted_and_can_be_intersected() {
        let letter: AudienceSet = [Audience::Public, Audience::State, Audience::Public].into_iter().collect();
        assert_eq!(letter.to_string(), "state, public");
        assert_eq!(letter.intersect(AudienceSet::internal()), AudienceSet::default());
        assert_eq!(letter.intersect(AudienceSet::all()), letter);
        assert!(letter.contains(Audience::State) && !letter.without(Audience::State).contains(Audience::State));
        assert!(AudienceSet::default().is_empty());
    }
}
