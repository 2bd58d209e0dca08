//! The forms of a name in one language.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::text::text_or_mapping;
use crate::reference::{GrammaticalCase, Name};
use crate::yaml::At;

/// A name in one language: plain, or with grammatical cases, and the basis of the spelling.
#[derive(Debug, Clone)]
pub struct RawName {
    /// The forms that are given.
    pub name: Name,
    /// `source` (a source spells it so), `transliteration`, `translation`.
    pub basis: Option<At<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct NameForms {
    nom: String,
    r#gen: Option<String>,
    dat: Option<String>,
    acc: Option<String>,
    ins: Option<String>,
    prep: Option<String>,
    basis: Option<At<String>>,
}

impl From<NameForms> for RawName {
    fn from(typed: NameForms) -> Self {
        let forms = [Some(typed.nom), typed.r#gen, typed.dat, typed.acc, typed.ins, typed.prep];
        let given = GrammaticalCase::ALL.into_iter().zip(forms).filter_map(|(case, form)| Some((case, form?)));
        Self { name: Name::Declined(given.collect()), basis: typed.basis }
    }
}

impl<'de> Deserialize<'de> for RawName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = RawName;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or a mapping with `nom`, `gen`, `dat`, `acc`, `ins`, `prep` and `basis`")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<RawName, E> {
                Ok(RawName { name: Name::Same(text.to_owned()), basis: None })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawName, A::Error> {
                NameForms::deserialize(MapAccessDeserializer::new(map)).map(RawName::from)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl JsonSchema for RawName {
    fn schema_name() -> Cow<'static, str> {
        "Name".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        text_or_mapping(&["nom", "gen", "dat", "acc", "ins", "prep", "basis"])
    }
}
