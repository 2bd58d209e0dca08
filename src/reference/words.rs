//! The fixed words that every language of documents must have, including those of notes, and the names that may be
//! filled into them.

use schemars::JsonSchema;
use serde::Deserialize;

macro_rules! words {
    ($(#[$of_all:meta])+ $name:ident { $($(#[$doc:meta])+ $field:ident [$($slot:literal),*];)+ }) => {
        $(#[$of_all])+
        #[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name { $($(#[$doc])+ pub $field: String),+ }

        impl $name {
            /// Each key, its words, and the names that must stand in braces in them.
            #[must_use]
            pub fn all(&self) -> Vec<(String, &str, &'static [&'static str])> {
                vec![$((stringify!($field).replace('_', "-"), self.$field.as_str(), &[$($slot),*])),+]
            }
        }
    };
}

words! {
    /// The fixed words of documents in one language.
    Words {
        /// The mark on each page of a document that is not verified.
        draft [];
        /// The mark on each page of a form that lacks a consent, or a step that is known: it is not to be filed.
        draft_form [];
        /// The note that the document tells what was known on this day.
        as_known_on ["date"];
        /// A day that was worked out: it was then or before.
        not_later_than ["date"];
        /// Until when the document may be used.
        use_until ["date"];
        /// The mark on each page of a document that speaks as of an earlier day than it was made.
        reconstruction ["date"];
        /// The mark on each page of a document that is made as if a source did not exist.
        without_source [];
        /// The mark on each page of a document whose news was too old on its own day; the day of its latest news.
        do_not_send ["date"];
        /// Of which day the latest news in the document is.
        latest_news ["date"];
        /// The note on risk for readers inside the country; its name is filled in in the genitive. Source: forms
        /// specification, 8.5.
        do_not_circulate ["country"];
        /// Before the subject of a letter.
        subject [];
        /// Before the sender.
        from [];
        /// Before the addressee.
        to [];
        /// Before those who receive a copy.
        copies [];
        /// Before the list of enclosures.
        enclosures [];
        /// Before the list of sources.
        sources [];
        /// Before the notes.
        notes [];
        /// Under the blank for the name of the person who signs. Source: 59-FZ, article 7 (forms specification, 7.4).
        blank_name [];
        /// Under the blank for the address to which the answer goes. Source: as above.
        blank_address [];
        /// Under the blank for the date of signing. Source: as above.
        blank_date [];
        /// Under the blank for the signature. Source: as above.
        blank_signature [];
        /// Label of the rule above the address: where the letter goes back to if it cannot be delivered.
        blank_return [];
        /// At the head of a letter in a language that its office does not read.
        reading_copy [];
        /// Over the column with a letter as it is sent.
        as_sent [];
        /// Over the column with the same letter in the reader's language.
        in_translation [];
        /// Behind a quotation in another language: its translation, by whom and when; checked by nobody else.
        translation_draft ["words", "by", "date"];
        /// The same, checked by a second person.
        translation_checked ["words", "by", "date"];
        /// The same, sworn or by the body that wrote the original.
        translation_official ["words", "by", "date"];
        /// In the corner of an envelope: who sends it.
        envelope_sender [];
        /// The heading of what is known.
        known [];
        /// The heading of what is reported.
        reported [];
        /// The heading of what is not known.
        not_known [];
        /// For a field of a form that no source fills.
        not_stated [];
        /// The outcome of an expected step is not in the file.
        outcome_unknown [];
        /// The heading of the persons a document is about.
        about_person [];
        /// The heading of what happened.
        what_happened [];
        /// The heading of why it is urgent.
        why_now [];
        /// The heading of the background.
        background [];
        /// The heading of the demands.
        what_we_ask [];
        /// The heading of the table of offices and powers.
        who_can_do_what [];
        /// The heading of a letter to copy.
        model_letter [];
        /// The heading of the advice on sending.
        how_to_send [];
        /// Before a demand that a source made.
        called_for ["who", "date"];
        /// Before a demand that follows from the facts.
        we_ask [];
        /// Between a demand and its grounds.
        because [];
        /// The heading of the law that is argued.
        legal_grounds [];
        /// The heading of a list of events.
        chronology [];
        /// The heading of sources that differ.
        conflicts [];
        /// The heading of what no source says.
        gaps [];
        /// The heading of the table of contents.
        contents [];
        /// The names of the columns of a table of offices.
        office [];
        /// A postal address.
        address [];
        /// The address of an office is not known.
        address_unknown [];
        /// A date.
        date [];
        /// The mark on each copy of a petition sheet.
        sheet_mark ["number", "total", "version"];
        /// The mark on each petition card.
        card_mark ["number", "total", "version"];
        /// At the head of a petition in a language of the country itself; its name is filled in in the genitive.
        outside_country ["country"];
        /// The head of the column of numbers of a petition sheet.
        column_number [];
        /// The head of the column of names of a petition sheet. Source: forms specification, 9.2.
        column_name [];
        /// The head of the column of places. No street, no e-mail address and no telephone number is asked for.
        column_place [];
        /// The head of the column of signatures.
        column_signature [];
        /// The label of the collector's entry under a sheet: how many have signed it.
        collected_count [];
        /// The label of the collector's entry under a sheet: who has collected, and the day.
        collected_by [];
        /// On the strip that hides the lines which others have filled in.
        cover_strip [];
    }
}

words! {
    /// The words of notes in one language, beside those of the sources.
    NoteWords {
        /// A paragraph of a source.
        para ["number"];
        /// Several paragraphs.
        paras ["numbers"];
        /// A page of a source.
        page ["number"];
        /// Several pages.
        pages ["numbers"];
        /// A paragraph of a page.
        page_para ["page", "para"];
        /// A source without a date.
        undated [];
        /// A source without a date; the day from which it can be.
        undated_since ["date"];
        /// A source without a date; the day on which it was there.
        undated_until ["date"];
        /// The copy in the archive is not all of the source.
        incomplete [];
    }
}

/// The keys whose words do not hold exactly the required names in braces, each with the difference.
#[must_use]
pub(super) fn wrong_placeholders(all: &[(String, &str, &[&str])]) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    for (key, words, slots) in all {
        let found = placeholders(words);
        if let Some(missing) = slots.iter().find(|slot| !found.contains(slot)) {
            wrong.push((key.clone(), format!("do not hold `{{{missing}}}`")));
        } else if let Some(unknown) = found.iter().find(|name| !slots.contains(name)) {
            wrong.push((key.clone(), format!("hold `{{{unknown}}}`, which nothing fills")));
        }
    }
    wrong
}

fn placeholders(words: &str) -> Vec<&str> {
    words.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}

/// Fills names in braces: `fill("Use until {date}", &[("date", "1 May 2025")])`. Filled-in text is not scanned again.
#[must_use]
pub fn fill(words: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(own, _)| *own == name) {
            Some((_, value)) => out.push_str(value),
            None => out.extend(["{", name, "}"]),
        }
        rest = tail;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filled_in_text_is_not_scanned_again() {
        type Row<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);
        let table: &[Row<'_>] = &[
            ("Use until {date}", &[("date", "1 May 2025")], "Use until 1 May 2025"),
            ("{page} of {pages}", &[("page", "{pages}"), ("pages", "3")], "{pages} of 3"),
            ("no {such} name", &[("date", "x")], "no {such} name"),
            ("open { brace", &[], "open { brace"),
            ("", &[], ""),
        ];
        for (words, values, expected) in table {
            assert_eq!(fill(words, values), *expected, "{words}");
        }
    }
}
