//! Who may be told.
pub use stub::*;
mod stub {
    /// Who may be told.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Audience {
        /// The place of detention.
        Custodian,
        /// Offices of the State.
        State,
        /// Other States.
        OtherState,
        /// United Nations.
        Un,
        /// Public.
        Public,
        /// Readers inside.
        InsideCountry,
        /// Us.
        Internal,
    }
    impl Audience {
        /// All.
        pub const ALL: &'static [Self] = &[
            Self::Custodian,
            Self::State,
            Self::OtherState,
            Self::Un,
            Self::Public,
            Self::InsideCountry,
            Self::Internal,
        ];
        /// Name.
        #[must_use]
        pub fn name(self) -> &'static str {
            match self {
                Self::Custodian => "custodian",
                Self::State => "state",
                Self::OtherState => "other-state",
                Self::Un => "un",
                Self::Public => "public",
                Self::InsideCountry => "inside-country",
                Self::Internal => "internal",
            }
        }
        /// From name.
        #[must_use]
        pub fn from_name(name: &str) -> Option<Self> {
            Self::ALL.iter().copied().find(|a| a.name() == name)
        }
    }
}
