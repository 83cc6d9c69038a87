//! What the files may say, before anything is checked. Every value carries its place.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, Visitor};
use toml::Spanned;

/// A text in the languages of the house.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawText {
    pub fr: Option<Spanned<String>>,
    #[serde(rename = "fr-x-falc")]
    pub falc: Option<Spanned<String>>,
    pub en: Option<Spanned<String>>,
    pub ar: Option<Spanned<String>>,
}

/// `station.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawStation {
    pub languages: Option<Spanned<Vec<Spanned<String>>>>,
    pub free_browsing: Option<bool>,
    pub practice: Option<bool>,
    pub place: Option<Spanned<RawPlace>>,
    #[serde(default)]
    pub timers: RawTimers,
    pub help: Option<Spanned<RawHelp>>,
    #[serde(default)]
    pub browsers: RawBrowsers,
    #[serde(default)]
    pub network: RawNetwork,
    #[serde(default)]
    pub screen: RawScreen,
    #[serde(default)]
    pub keyboard: RawKeyboard,
    #[serde(default)]
    pub session: RawSession,
    pub printer: Option<Spanned<RawPrinter>>,
    #[serde(default)]
    pub custodian: RawCustodian,
    pub statistics: RawStatistics,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPlace {
    pub name: Option<Spanned<String>>,
    pub contact: Option<Spanned<RawText>>,
    pub dpo: Option<Spanned<String>>,
    pub hours: Option<Spanned<RawText>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawTimers {
    pub idle_before_seconds: Option<Spanned<i64>>,
    pub idle_visit_minutes: Option<Spanned<i64>>,
    pub idle_warning_seconds: Option<Spanned<i64>>,
    pub question_seconds: Option<Spanned<i64>>,
    pub pause_minutes: Option<Spanned<i64>>,
    pub farewell_seconds: Option<Spanned<i64>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawHelp {
    pub roles: Option<Spanned<Vec<Spanned<RawText>>>>,
    pub default_minutes: Option<Spanned<i64>>,
    pub take_back_key: Option<Spanned<i64>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawBrowsers {
    pub first: Option<Spanned<String>>,
    pub second: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawNetwork {
    pub journal: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawScreen {
    pub text: Option<Spanned<String>>,
    pub high_contrast: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawKeyboard {
    pub layout: Option<Spanned<String>>,
    pub variant: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawSession {
    pub memory_mib: Option<Spanned<i64>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPrinter {
    pub uri: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCustodian {
    pub front_end: Option<Spanned<String>>,
    pub staff: Option<Spanned<String>>,
    pub first_guest: Option<Spanned<i64>>,
    pub guests: Option<Spanned<i64>>,
    #[serde(default)]
    pub services: Vec<Spanned<String>>,
    #[serde(default)]
    pub resolvers: Vec<Spanned<String>>,
    pub memory_cleared: Option<bool>,
    pub bounded: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawStatistics {
    pub place_id: Option<Spanned<String>>,
    pub pairs: Option<Spanned<Vec<Spanned<String>>>>,
    pub export_threshold: Option<Spanned<i64>>,
    pub staff_threshold: Option<Spanned<i64>>,
    pub write_at: Option<Spanned<String>>,
    pub collector: Option<Spanned<String>>,
}

/// `demarches.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawDemarches {
    #[serde(default)]
    pub transversal: Vec<Spanned<String>>,
    #[serde(default)]
    pub document: BTreeMap<String, Spanned<RawText>>,
    #[serde(default)]
    pub group: Vec<Spanned<RawGroup>>,
    #[serde(default)]
    pub demarche: Vec<Spanned<RawDemarche>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawGroup {
    pub key: Option<Spanned<String>>,
    pub label: Option<Spanned<RawText>>,
    pub hint: Option<Spanned<RawText>>,
    pub pictogram: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawDemarche {
    pub key: Option<Spanned<String>>,
    pub label: Option<Spanned<RawText>>,
    pub group: Option<Spanned<String>>,
    pub operator: Option<Spanned<String>>,
    pub thematique: Option<Spanned<String>>,
    pub start: Option<Spanned<String>>,
    #[serde(default)]
    pub domains: Vec<Spanned<String>>,
    #[serde(default)]
    pub documents: Vec<Spanned<String>>,
    #[serde(default)]
    pub aliases: Vec<Spanned<String>>,
    #[serde(default)]
    pub franceconnect_plus: bool,
}

/// The keys that a raw type accepts, as serde itself knows them: written once, in the type.
pub fn keys_of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    let mut keys: &'static [&'static str] = &[];
    // The probe always answers with an error; the keys are what it saw before.
    if T::deserialize(Probe { keys: &mut keys }).is_ok() {
        return &[];
    }
    keys
}

struct Probe<'a> {
    keys: &'a mut &'static [&'static str],
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(Self::Error::custom("probe"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        *self.keys = fields;
        Err(Self::Error::custom("probe"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
