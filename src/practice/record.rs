//! What the site received, and the one file in which tests read it.
//!
//! This is the room's only door to the disk. The folder belongs to the session's tmpfs
//! and dies with it; without `--record` nothing is ever written.

use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::fields::Fields;

/// The most submissions kept in all; the oldest leave first.
pub const MAX_RECEIPTS: usize = 500;

/// The content of `record.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Every submission with a valid form token, oldest first.
    pub submissions: Vec<Receipt>,
}

/// One submission, accepted or sent back with problems.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Which session sent it (1, 2, … in order of arrival; not the cookie).
    pub session: u32,
    /// Which form.
    pub form: Form,
    /// `false` when the page came back with problems to correct.
    pub accepted: bool,
    /// The values in the order of the page.
    pub fields: Vec<Received>,
    /// The file, if one came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload: Option<Upload>,
}

/// One value that arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The control's name.
    pub name: String,
    /// What was in it.
    #[serde(flatten)]
    pub value: Value,
}

/// A value, or the length of one that nobody needs to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// The text exactly as it arrived.
    Value(String),
    /// A password: people type their real one even here. Only its length, in
    /// characters, is kept.
    HiddenCharacters(usize),
}

/// The forms of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Account creation.
    Account,
    /// E-mail address and password.
    Login,
    /// The one-time code.
    Code,
    /// First page of the request.
    Identity,
    /// Second page of the request.
    Situation,
    /// Third page of the request, with the file.
    Document,
    /// The request itself, after the summary.
    Request,
    /// The appointment.
    Appointment,
}

impl Form {
    /// The form's name on the statement page.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Account => "Création de compte",
            Self::Login => "Connexion : e-mail et mot de passe",
            Self::Code => "Connexion : code reçu sur le téléphone",
            Self::Identity => "Demande, étape 1 : votre identité",
            Self::Situation => "Demande, étape 2 : votre situation",
            Self::Document => "Demande, étape 3 : votre justificatif",
            Self::Request => "Demande envoyée",
            Self::Appointment => "Rendez-vous",
        }
    }
}

/// What is known of a file that arrived. Its content is counted and forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// The file name that the browser sent.
    pub name: String,
    /// Its length, in bytes.
    pub bytes: u64,
    /// SHA-256 of its content, in lower-case hexadecimal.
    pub sha256: String,
}

/// The names under which passwords travel.
const PASSWORDS: [&str; 2] = ["mot-de-passe", "confirmation"];

impl Receipt {
    /// What arrived with a form: everything but the form token, passwords by length.
    pub(super) fn new(session: u32, form: Form, accepted: bool, fields: &Fields) -> Self {
        let fields = fields
            .iter()
            .filter(|(name, _)| *name != super::parts::TOKEN)
            .map(|(name, value)| Received {
                name: name.to_owned(),
                value: if PASSWORDS.contains(&name) {
                    Value::HiddenCharacters(value.chars().count())
                } else {
                    Value::Value(value.to_owned())
                },
            })
            .collect();
        Self {
            session,
            form,
            accepted,
            fields,
            upload: None,
        }
    }
}

/// The door: writes the record into its folder.
#[derive(Debug)]
pub(super) struct Recorder {
    folder: PathBuf,
}

impl Recorder {
    /// Takes a folder, making it if it is missing, and writes an empty record, so that
    /// a folder that cannot be written is told at start and not to a visitor.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        let recorder = Self {
            folder: folder.to_owned(),
        };
        recorder.write(&[])?;
        Ok(recorder)
    }

    /// Replaces the record in one step: a reader sees the old one or the new one.
    pub(super) fn write(&self, submissions: &[Receipt]) -> io::Result<()> {
        #[derive(Serialize)]
        struct Borrowed<'a> {
            submissions: &'a [Receipt],
        }
        let fresh = self.folder.join("record.json.new");
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&fresh)?;
        file.write_all(&serde_json::to_vec_pretty(&Borrowed { submissions })?)?;
        drop(file);
        std::fs::rename(fresh, self.folder.join("record.json"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
    use super::*;

    #[test]
    fn a_record_comes_back_as_written_without_token_or_password() {
        let mut fields = Fields::default();
        for (name, value) in [
            ("jeton", "secret-token"),
            ("prenom", "Éloïse"),
            ("mot-de-passe", "marée-haute"),
        ] {
            fields.push(name.to_owned(), value.to_owned()).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let recorder = Recorder::open(folder.path()).unwrap();
        let receipt = Receipt::new(1, Form::Account, true, &fields);
        recorder.write(std::slice::from_ref(&receipt)).unwrap();
        let text = std::fs::read_to_string(folder.path().join("record.json")).unwrap();
        assert!(text.contains("Éloïse"), "positive control: {text}");
        assert!(!text.contains("secret-token") && !text.contains("marée-haute"));
        let back: Record = serde_json::from_str(&text).unwrap();
        assert_eq!(back.submissions, [receipt]);
        assert_eq!(
            back.submissions[0].fields[1].value,
            Value::HiddenCharacters(11)
        );
    }

    #[test]
    fn an_unwritable_folder_is_told_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::File::create(&file).unwrap();
        assert!(Recorder::open(&file).is_err());
    }
}
