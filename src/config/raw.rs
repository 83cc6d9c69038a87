//! What the files may say, before anything is checked. Every value carries its place.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, Visitor};
use toml::Spanned;

/// A text in the languages of the house.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawText {
    #[schemars(with = "String")]
    pub fr: Option<Spanned<String>>,
    #[serde(rename = "fr-x-falc")]
    #[schemars(with = "Option<String>")]
    pub falc: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    pub en: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    pub ar: Option<Spanned<String>>,
}

/// `station.toml`.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawStation {
    #[schemars(with = "Option<Vec<String>>")]
    pub languages: Option<Spanned<Vec<Spanned<String>>>>,
    #[schemars(extend("default" = true))]
    pub free_browsing: Option<bool>,
    #[schemars(extend("default" = true))]
    pub practice: Option<bool>,
    #[schemars(with = "RawPlace")]
    pub place: Option<Spanned<RawPlace>>,
    #[serde(default)]
    pub opening: RawOpening,
    #[serde(default)]
    pub timers: RawTimers,
    #[schemars(with = "RawHelp")]
    pub help: Option<Spanned<RawHelp>>,
    #[serde(default)]
    pub browsers: RawBrowsers,
    #[serde(default)]
    pub network: RawNetwork,
    #[serde(default)]
    pub sites: RawSites,
    #[serde(default)]
    pub usb: RawUsb,
    #[serde(default)]
    pub health: RawHealth,
    #[serde(default)]
    pub screen: RawScreen,
    #[serde(default)]
    pub keyboard: RawKeyboard,
    #[serde(default)]
    pub session: RawSession,
    #[schemars(with = "Option<RawPrinter>")]
    pub printer: Option<Spanned<RawPrinter>>,
    #[serde(default)]
    pub custodian: RawCustodian,
    #[serde(default)]
    pub statistics: RawStatistics,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPlace {
    #[schemars(with = "String", length(min = 1, max = 80))]
    pub name: Option<Spanned<String>>,
    #[schemars(with = "Option<String>", length(min = 1, max = 40))]
    pub post: Option<Spanned<String>>,
    #[schemars(with = "RawText")]
    pub contact: Option<Spanned<RawText>>,
    #[schemars(with = "String", length(min = 1, max = 160))]
    pub dpo: Option<Spanned<String>>,
    #[schemars(with = "Option<RawText>")]
    pub hours: Option<Spanned<RawText>>,
    #[schemars(with = "Option<String>", length(min = 1, max = 160))]
    pub address: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    pub siret: Option<Spanned<String>>,
}

/// Opening hours of each day, as in "9:00-12:00 14:00-17:00"; a day that is not named is open.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawOpening {
    #[schemars(with = "Option<String>")]
    pub monday: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    pub tuesday: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    pub wednesday: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    pub thursday: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    pub friday: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    pub saturday: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    pub sunday: Option<Spanned<String>>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawTimers {
    #[schemars(with = "Option<i64>", range(min = 30, max = 600), extend("default" = 90))]
    pub idle_before_seconds: Option<Spanned<i64>>,
    #[schemars(with = "Option<i64>", range(min = 2, max = 60), extend("default" = 10))]
    pub idle_visit_minutes: Option<Spanned<i64>>,
    #[schemars(with = "Option<i64>", range(min = 60, max = 300), extend("default" = 60))]
    pub idle_warning_seconds: Option<Spanned<i64>>,
    #[schemars(with = "Option<i64>", range(min = 30, max = 300), extend("default" = 90))]
    pub question_seconds: Option<Spanned<i64>>,
    #[schemars(with = "Option<i64>", range(min = 1, max = 30), extend("default" = 5))]
    pub pause_minutes: Option<Spanned<i64>>,
    #[schemars(with = "Option<i64>", range(min = 30, max = 900), extend("default" = 120))]
    pub farewell_seconds: Option<Spanned<i64>>,
    #[schemars(with = "Option<i64>", range(min = 15, max = 240), extend("default" = 60))]
    pub visit_minutes: Option<Spanned<i64>>,
    #[schemars(
        with = "Option<String>",
        extend("enum" = ["never", "when_others_wait", "always"], "default" = "when_others_wait")
    )]
    pub visit_limit: Option<Spanned<String>>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawHelp {
    #[schemars(with = "Vec<RawText>", length(min = 1, max = 8))]
    pub roles: Option<Spanned<Vec<Spanned<RawText>>>>,
    #[schemars(with = "Option<i64>", range(min = 1, max = 120), extend("default" = 15))]
    pub default_minutes: Option<Spanned<i64>>,
    #[schemars(with = "Option<i64>", range(min = 0, max = 1), extend("default" = 1))]
    pub seats: Option<Spanned<i64>>,
    #[schemars(with = "Option<i64>", range(min = 1, max = 767))]
    pub take_back_key: Option<Spanned<i64>>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawBrowsers {
    #[schemars(
        with = "Option<String>",
        extend("enum" = ["firefox", "chromium"], "default" = "firefox")
    )]
    pub first: Option<Spanned<String>>,
    #[schemars(with = "Option<String>", extend("enum" = ["firefox", "chromium"]))]
    pub second: Option<Spanned<String>>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawNetwork {
    #[schemars(
        with = "Option<String>",
        extend(
            "enum" = ["operateur_externe", "aucun_declare", "inconnu"],
            "default" = "inconnu"
        )
    )]
    pub journal: Option<Spanned<String>>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawSites {
    #[schemars(
        with = "Option<String>",
        extend("enum" = ["open", "demarches", "strict"], "default" = "demarches")
    )]
    pub mode: Option<Spanned<String>>,
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub allowed: Vec<Spanned<String>>,
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub fake: Vec<Spanned<String>>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawUsb {
    #[schemars(
        with = "Option<String>",
        extend("enum" = ["off", "take", "bring_and_take"], "default" = "take")
    )]
    pub policy: Option<Spanned<String>>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawHealth {
    #[schemars(with = "Option<i64>", range(min = 1, max = 50), extend("default" = 10))]
    pub free_memory_percent: Option<Spanned<i64>>,
    #[schemars(with = "Option<i64>", range(min = 1, max = 50), extend("default" = 10))]
    pub free_disk_percent: Option<Spanned<i64>>,
    #[schemars(with = "Option<i64>", range(min = 50, max = 110), extend("default" = 85))]
    pub temperature_celsius: Option<Spanned<i64>>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawScreen {
    #[schemars(
        with = "Option<String>",
        extend("enum" = ["normal", "large", "largest"], "default" = "normal")
    )]
    pub text: Option<Spanned<String>>,
    #[schemars(extend("default" = false))]
    pub high_contrast: Option<bool>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawKeyboard {
    #[schemars(with = "Option<String>", extend("default" = "fr"))]
    pub layout: Option<Spanned<String>>,
    #[schemars(with = "Option<String>", extend("default" = ""))]
    pub variant: Option<Spanned<String>>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawSession {
    #[schemars(with = "Option<i64>", range(min = 512, max = 16384), extend("default" = 2048))]
    pub memory_mib: Option<Spanned<i64>>,
}

/// `theme.toml`.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawTheme {
    #[serde(default)]
    pub colours: RawColours,
}

/// Each a colour as in "#0E4D73".
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawColours {
    #[schemars(with = "Option<String>", extend("default" = "#F7F2E8"))]
    pub ground: Option<Spanned<String>>,
    #[schemars(with = "Option<String>", extend("default" = "#10263A"))]
    pub text: Option<Spanned<String>>,
    #[schemars(with = "Option<String>", extend("default" = "#0E4D73"))]
    pub action: Option<Spanned<String>>,
    #[schemars(with = "Option<String>", extend("default" = "#0A3A57"))]
    pub bar: Option<Spanned<String>>,
    #[schemars(with = "Option<String>", extend("default" = "#F2B84B"))]
    pub attention: Option<Spanned<String>>,
    #[schemars(with = "Option<String>", extend("default" = "#B3261E"))]
    pub end: Option<Spanned<String>>,
    #[schemars(with = "Option<String>", extend("default" = "#1E6B4A"))]
    pub ready: Option<Spanned<String>>,
}

/// `apps.toml`.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawApps {
    #[serde(default)]
    #[schemars(with = "Vec<RawApp>")]
    pub app: Vec<Spanned<RawApp>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawApp {
    #[schemars(with = "String")]
    pub key: Option<Spanned<String>>,
    #[schemars(with = "RawText")]
    pub label: Option<Spanned<RawText>>,
    #[serde(default)]
    #[schemars(with = "Vec<String>", length(min = 1, max = 16))]
    pub command: Vec<Spanned<String>>,
}

/// How the root custodian of the station form keeps its guests.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPrinter {
    #[schemars(with = "String")]
    pub uri: Option<Spanned<String>>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawCustodian {
    #[schemars(with = "Option<String>", extend("default" = "estran"))]
    pub front_end: Option<Spanned<String>>,
    #[schemars(with = "Option<String>", extend("default" = "estran"))]
    pub staff: Option<Spanned<String>>,
    #[schemars(
        with = "Option<i64>",
        range(min = 1000, max = 4_000_000_000_u32),
        extend("default" = 60_100)
    )]
    pub first_guest: Option<Spanned<i64>>,
    #[schemars(with = "Option<i64>", range(min = 2, max = 1000), extend("default" = 100))]
    pub guests: Option<Spanned<i64>>,
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub services: Vec<Spanned<String>>,
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub resolvers: Vec<Spanned<String>>,
    #[schemars(extend("default" = false))]
    pub memory_cleared: Option<bool>,
    #[schemars(extend("default" = true))]
    pub bounded: Option<bool>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawStatistics {
    #[schemars(with = "Option<String>", extend("default" = ""))]
    pub place_id: Option<Spanned<String>>,
    #[schemars(with = "Option<Vec<String>>", length(max = 4))]
    pub pairs: Option<Spanned<Vec<Spanned<String>>>>,
    #[schemars(with = "Option<i64>", range(min = 11, max = 100), extend("default" = 11))]
    pub export_threshold: Option<Spanned<i64>>,
    #[schemars(with = "Option<i64>", range(min = 5), extend("default" = 5))]
    pub staff_threshold: Option<Spanned<i64>>,
    #[schemars(with = "Option<String>", extend("default" = "19:00"))]
    pub write_at: Option<Spanned<String>>,
    #[schemars(with = "Option<String>", extend("enum" = ["off", "epsilon-1", "epsilon-0.5"], "default" = "off"))]
    pub private_totals: Option<Spanned<String>>,
    #[schemars(with = "Option<String>", extend("default" = ""))]
    pub folder: Option<Spanned<String>>,
    #[schemars(with = "Option<String>", extend("default" = ""))]
    pub collector: Option<Spanned<String>>,
}

/// `demarches.toml`.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawDemarches {
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub transversal: Vec<Spanned<String>>,
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RawText>")]
    pub document: BTreeMap<String, Spanned<RawText>>,
    #[serde(default)]
    #[schemars(with = "Vec<RawGroup>")]
    pub group: Vec<Spanned<RawGroup>>,
    #[serde(default)]
    #[schemars(with = "Vec<RawDemarche>")]
    pub demarche: Vec<Spanned<RawDemarche>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawGroup {
    #[schemars(with = "String")]
    pub key: Option<Spanned<String>>,
    #[schemars(with = "RawText")]
    pub label: Option<Spanned<RawText>>,
    #[schemars(with = "Option<RawText>")]
    pub hint: Option<Spanned<RawText>>,
    #[schemars(with = "String")]
    pub pictogram: Option<Spanned<String>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawDemarche {
    #[schemars(with = "String")]
    pub key: Option<Spanned<String>>,
    #[schemars(with = "RawText")]
    pub label: Option<Spanned<RawText>>,
    #[schemars(with = "String")]
    pub group: Option<Spanned<String>>,
    #[schemars(with = "String")]
    pub operator: Option<Spanned<String>>,
    #[schemars(with = "String")]
    pub thematique: Option<Spanned<String>>,
    #[schemars(with = "String")]
    pub start: Option<Spanned<String>>,
    #[serde(default)]
    #[schemars(with = "Vec<String>", length(min = 1))]
    pub domains: Vec<Spanned<String>>,
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub documents: Vec<Spanned<String>>,
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub aliases: Vec<Spanned<String>>,
    #[serde(default)]
    pub franceconnect_plus: bool,
    #[serde(default)]
    pub own_signature: bool,
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
