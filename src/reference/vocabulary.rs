//! The closed lists of words that case files, templates and reference data share.

/// An enum whose variants have the names that users type.
macro_rules! closed {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, schemars::JsonSchema,
        )]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that users type.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The one that this word names.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|own| own.name() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

pub(crate) use closed;

closed! {
    /// What an office can do about a demand. A demand has one wording for each power.
    Power {
        /// Do the thing itself.
        Do = "do",
        /// Order that it be done.
        Order = "order",
        /// Inspect on the spot, and see that the law is kept.
        Inspect = "inspect",
        /// Investigate what happened.
        Investigate = "investigate",
        /// Review a decision or the lawfulness of what was done.
        Review = "review",
        /// Visit the person.
        Visit = "visit",
        /// Raise the case with those who can act.
        Raise = "raise",
    }
}

closed! {
    /// How well a fact is established.
    Status {
        /// By a primary document, or two independent origins.
        Established = "established",
        /// By one origin.
        Reported = "reported",
        /// Claimed by a party.
        Alleged = "alleged",
        /// Expected or feared.
        Feared = "feared",
        /// Sources contradict each other.
        Disputed = "disputed",
        /// Worked out from other facts.
        Derived = "derived",
    }
}
