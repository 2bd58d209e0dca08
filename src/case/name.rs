//! The forms of a name in one language.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::text::text_or_mapping;
use crate::diag::Place;
use crate::yaml::At;

/// A name in one language: plain, or with grammatical cases and the basis of the spelling.
#[derive(Debug, Clone, Default)]
pub struct RawName {
    /// Nominative.
    pub nom: Option<At<String>>,
    /// Genitive.
    pub gen_: Option<At<String>>,
    /// Dative.
    pub dat: Option<At<String>>,
    /// Accusative.
    pub acc: Option<At<String>>,
    /// Instrumental.
    pub ins: Option<At<String>>,
    /// Prepositional.
    pub prep: Option<At<String>>,
    /// `source` (a source spells it so), `transliteration`, `translation`.
    pub basis: Option<At<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[derive(Default)]
struct NameForms {
    nom: Option<At<String>>,
    #[serde(rename = "gen")]
    gen_: Option<At<String>>,
    dat: Option<At<String>>,
    acc: Option<At<String>>,
    ins: Option<At<String>>,
    prep: Option<At<String>>,
    basis: Option<At<String>>,
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
                let nom = At { value: String::deserialize(StrDeserializer::new(text))?, place: Place::default() };
                Ok(RawName { nom: Some(nom), ..RawName::default() })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawName, A::Error> {
                let f = NameForms::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawName {
                    nom: f.nom,
                    gen_: f.gen_,
                    dat: f.dat,
                    acc: f.acc,
                    ins: f.ins,
                    prep: f.prep,
                    basis: f.basis,
                })
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

impl RawName {
    /// The forms that were typed, by grammatical case.
    pub(super) fn forms(&self) -> BTreeMap<&'static str, String> {
        [
            ("nom", &self.nom),
            ("gen", &self.gen_),
            ("dat", &self.dat),
            ("acc", &self.acc),
            ("ins", &self.ins),
            ("prep", &self.prep),
        ]
        .into_iter()
        .filter_map(|(case, form)| form.as_ref().map(|form| (case, form.value.clone())))
        .collect()
    }
}
