//! The settings as a JSON Schema, and in words: both from the raw types themselves.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::raw::{RawApps, RawDemarches, RawStation, RawTheme};
use crate::wording::{Arg, Lang, Wording};

/// A file of a house that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// The house and its station.
    Station,
    /// The démarches.
    Demarches,
    /// The colours.
    Theme,
    /// Other programs.
    Apps,
}

/// Every file that has a schema.
pub const FILES: [File; 4] = [File::Station, File::Demarches, File::Theme, File::Apps];

impl File {
    /// Its name without `.toml`.
    #[must_use]
    pub const fn stem(self) -> &'static str {
        match self {
            Self::Station => "station",
            Self::Demarches => "demarches",
            Self::Theme => "theme",
            Self::Apps => "apps",
        }
    }
}

/// The schema of a file, with its descriptions in `lang`.
#[must_use]
pub fn schema(file: File, words: &Wording, lang: Lang) -> Value {
    let mut schema = match file {
        File::Station => of::<RawStation>(),
        File::Demarches => of::<RawDemarches>(),
        File::Theme => of::<RawTheme>(),
        File::Apps => of::<RawApps>(),
    };
    describe(&mut schema, file.stem().to_owned(), words, lang);
    if let Some(object) = schema.as_object_mut() {
        object.insert("title".to_owned(), format!("{}.toml", file.stem()).into());
    }
    schema
}

fn of<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}

/// The words of the raw types are for programmers: the wording's take their place.
fn describe(node: &mut Value, path: String, words: &Wording, lang: Lang) {
    let Some(object) = node.as_object_mut() else {
        return;
    };
    object.remove("description");
    object.remove("title");
    let key = format!("setting-{path}");
    if words.has(Lang::Fr, &key) {
        object.insert("description".to_owned(), words.text(lang, &key).into());
    }
    let text = is_text(object);
    for inner in ["items", "additionalProperties"] {
        if let Some(inner) = object.get_mut(inner) {
            describe(inner, path.clone(), words, lang);
        }
    }
    let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    for (name, property) in properties {
        let path = if text {
            "text".to_owned()
        } else {
            format!("{path}-{name}")
        };
        describe(property, path, words, lang);
    }
}

/// A text in the languages of the house.
fn is_text(object: &Map<String, Value>) -> bool {
    object
        .get("properties")
        .is_some_and(|properties| properties.get("fr").is_some())
}

/// One setting: its file, its path, and what its schema says.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The file.
    pub file: File,
    /// As in `timers.pause_minutes`; `[]` after a table that is repeated.
    pub path: String,
    schema: Value,
}

/// Every setting of every file, in the files' order.
#[must_use]
pub fn settings(words: &Wording, lang: Lang) -> Vec<Setting> {
    let mut all = Vec::new();
    for file in FILES {
        walk(&mut all, file, String::new(), &schema(file, words, lang));
    }
    all
}

fn walk(all: &mut Vec<Setting>, file: File, path: String, node: &Value) {
    let properties = node.get("properties").and_then(Value::as_object);
    let text = node.as_object().is_some_and(is_text);
    match properties {
        Some(properties) if !text => {
            for (name, property) in properties {
                let table = property.pointer("/items/properties").is_some();
                let dot = if path.is_empty() { "" } else { "." };
                let repeated = property.pointer("/items/properties/fr").is_none() && table;
                let mark = if repeated { "[]" } else { "" };
                let path = format!("{path}{dot}{name}{mark}");
                let inner = if repeated {
                    property.get("items")
                } else {
                    Some(property)
                };
                if let Some(inner) = inner {
                    walk(all, file, path, inner);
                }
            }
        }
        Some(_) | None => all.push(Setting {
            file,
            path,
            schema: node.clone(),
        }),
    }
}

impl Setting {
    /// What it is for.
    #[must_use]
    pub fn description(&self) -> &str {
        self.schema
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// What may be written.
    #[must_use]
    pub fn values(&self, words: &Wording, lang: Lang) -> String {
        let number = |key| self.schema.get(key).and_then(Value::as_i64);
        if let Some(list) = self.schema.get("enum").and_then(Value::as_array) {
            let list: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            return list.join(", ");
        }
        if let (Some(min), Some(max)) = (number("minimum"), number("maximum")) {
            let args = [("min", Arg::Number(min)), ("max", Arg::Number(max))];
            return words.text_with(lang, "explain-number", &args);
        }
        let kind = self
            .schema
            .get("type")
            .map(Value::to_string)
            .unwrap_or_default();
        let key = if kind.contains("boolean") {
            "explain-boolean"
        } else if kind.contains("array") {
            "explain-list"
        } else if kind.contains("object") {
            "explain-text"
        } else {
            "explain-string"
        };
        words.text(lang, key)
    }

    /// What it is when the file is silent, where that is one value.
    #[must_use]
    pub fn default(&self) -> Option<String> {
        self.schema.get("default").map(|value| match value {
            Value::Bool(value) => value.to_string(),
            Value::Number(value) => value.to_string(),
            Value::String(value) => format!("\"{value}\""),
            Value::Null | Value::Array(_) | Value::Object(_) => "[]".to_owned(),
        })
    }
}

/// The settings as a table in Markdown, for the guide.
#[must_use]
pub fn table(words: &Wording, lang: Lang) -> String {
    let mut lines = Vec::new();
    let all = settings(words, lang);
    for file in FILES {
        lines.push(format!("### `{}.toml`\n", file.stem()));
        lines.push(words.text(lang, "explain-heading"));
        lines.push("|---|---|---|---|".to_owned());
        for setting in all.iter().filter(|setting| setting.file == file) {
            let default = setting
                .default()
                .map_or_else(String::new, |d| format!("`{d}`"));
            lines.push(format!(
                "| `{}` | {} | {} | {} |",
                setting.path,
                setting.description(),
                setting.values(words, lang),
                default
            ));
        }
        lines.push(String::new());
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::*;
    use crate::config::Config;

    #[test]
    fn every_setting_is_explained_in_every_language() {
        let words = Wording::embedded();
        for lang in Lang::ALL {
            let all = settings(&words, lang);
            assert!(all.len() > 60, "{}", all.len());
            for setting in all {
                let what = (setting.file, &setting.path);
                assert!(
                    setting.description().len() > 4,
                    "{what:?} in {}",
                    lang.tag()
                );
                assert!(!setting.values(&words, lang).is_empty(), "{what:?}");
            }
        }
    }

    #[test]
    fn the_schemas_bounds_are_those_of_the_check() {
        let words = Wording::embedded();
        let house = "[place]\nname = \"x\"\ncontact.fr = \"x\"\ndpo = \"x\"\n\
                     [help]\nroles = [{ fr = \"x\" }]\n";
        let valid = |path: &str, value: i64| {
            let (table, key) = path.split_once('.').unwrap();
            let line = format!("{key} = {value}\n");
            let text = if table == "help" {
                format!("{house}{line}")
            } else {
                format!("{house}[{table}]\n{line}")
            };
            Config::from_texts(&text, "").is_ok()
        };
        let mut seen = 0;
        for setting in settings(&words, Lang::Fr) {
            let bound = |key| setting.schema.get(key).and_then(Value::as_i64);
            let (Some(min), Some(max)) = (bound("minimum"), bound("maximum")) else {
                continue;
            };
            seen += 1;
            let path = &setting.path;
            assert!(
                valid(path, min) && valid(path, max),
                "{path}: {min} to {max}"
            );
            assert!(
                !valid(path, min - 1) && !valid(path, max + 1),
                "{path} is bounded"
            );
            if let Some(default) = setting.default() {
                let default = default.parse().unwrap();
                assert!((min..=max).contains(&default), "{path}: {default}");
            }
        }
        assert!(seen >= 13, "{seen} numbers were seen");
    }

    #[test]
    fn the_schemas_words_are_those_of_the_check() {
        let words = Wording::embedded();
        let house = "[place]\nname = \"x\"\ncontact.fr = \"x\"\ndpo = \"x\"\n\
                     [help]\nroles = [{ fr = \"x\" }]\n";
        let mut seen = 0;
        for setting in settings(&words, Lang::Fr) {
            let Some(list) = setting.schema.get("enum").and_then(Value::as_array) else {
                continue;
            };
            let (table, key) = setting.path.split_once('.').unwrap();
            for word in list.iter().filter_map(Value::as_str) {
                seen += 1;
                let more = match (key, word) {
                    ("mode", "strict") => "allowed = [\"caf.fr\"]",
                    ("second", "firefox") => "first = \"chromium\"",
                    _ => "",
                };
                let text = format!("{house}[{table}]\n{key} = \"{word}\"\n{more}\n");
                assert!(Config::from_texts(&text, "").is_ok(), "{text}");
                let wrong = text.replace(word, "nothing-of-the-list");
                assert!(Config::from_texts(&wrong, "").is_err(), "{wrong}");
            }
        }
        assert!(seen >= 19, "{seen} words were seen");
    }
}
