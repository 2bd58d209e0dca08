//! The closed lists of words that case files, templates and reference data share.

closed! {
    /// A power of an office: what it can do about a demand. A demand has one wording for each power.
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
    /// The degree to which a fact is established.
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
