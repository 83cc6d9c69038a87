//! The whole démarche, and what the site says it received.

use std::io::Write as _;
use std::process::{Command, Stdio};

use estran::practice::{Form, Receipt, Value};

use super::Server;
use super::client::{Client, Page};

const PASSWORD: &str = "marée-haute-1951";
const EMAIL: &str = "eloise.lefevre@example.org";

pub const IDENTITY: [(&str, &str); 7] = [
    ("nom", "Lefèvre-Nuñez"),
    ("prenom", "Éloïse"),
    ("jour", "14"),
    ("mois", "5"),
    ("annee", "1951"),
    ("ville", "Saint-Brieuc-sur-Œuf"),
    ("numero", "2 51 05 22 999 999 62"),
];

pub const SITUATION: [(&str, &str); 5] = [
    ("logement", "heberge"),
    ("famille", "veuf"),
    ("soins", "dents"),
    ("soins", "hopital"),
    ("precisions", "J’ai déménagé à Noël.\r\nÇa coûte 42 €."),
];

fn to(page: &Page, location: &str) {
    assert_eq!(
        (page.status, page.location.as_str()),
        (303, location),
        "{}",
        page.text()
    );
}

pub fn to_the_upload(client: &mut Client) -> String {
    to(
        &client.fill("/demande/identite", &IDENTITY),
        "/demande/situation",
    );
    to(
        &client.fill("/demande/situation", &SITUATION),
        "/demande/justificatif",
    );
    client.get("/demande/justificatif").token()
}

fn pairs(receipt: &Receipt) -> Vec<(&str, &str)> {
    receipt
        .fields
        .iter()
        .map(|field| match &field.value {
            Value::Value(text) => (field.name.as_str(), text.as_str()),
            Value::HiddenCharacters(_) => (field.name.as_str(), "hidden"),
        })
        .collect()
}

fn pdf_text(pdf: &[u8]) -> String {
    let mut child = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext (poppler-utils)");
    child.stdin.take().unwrap().write_all(pdf).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

#[test]
fn a_whole_request_arrives_exactly_as_sent() {
    let server = Server::start();
    let mut client = Client::new(&server.base);
    assert_eq!(server.record().submissions, [], "nothing yet");
    let token = to_the_upload(&mut client);
    let file = b"%PDF-1.7\nun justificatif\n";
    to(
        &client.upload(&token, "reçu d’été.pdf", file),
        "/demande/verification",
    );
    let summary = client.get("/demande/verification");
    assert!(
        summary.has("Lefèvre-Nuñez")
            && summary.has("Les dents, L’hôpital")
            && summary.has("reçu d’été.pdf")
    );
    to(
        &client.fill("/demande/verification", &[]),
        "/demande/confirmation",
    );

    let record = server.record();
    let sent: Vec<(Form, bool)> = record
        .submissions
        .iter()
        .map(|r| (r.form, r.accepted))
        .collect();
    let forms = [
        Form::Identity,
        Form::Situation,
        Form::Document,
        Form::Request,
    ];
    assert_eq!(sent, forms.map(|form| (form, true)));
    assert_eq!(pairs(&record.submissions[0]), IDENTITY);
    assert_eq!(pairs(&record.submissions[1]), SITUATION);
    assert_eq!(
        pairs(&record.submissions[3]),
        [&IDENTITY[..], &SITUATION[..]].concat()
    );
    let upload = record.submissions[3].upload.as_ref().unwrap();
    assert_eq!(
        (upload.name.as_str(), upload.bytes),
        ("reçu d’été.pdf", file.len() as u64)
    );
    assert_eq!(upload.sha256.len(), 64);
    assert_eq!(record.submissions[2].upload.as_ref(), Some(upload));

    let statement = client.get("/releve");
    for text in [
        "Lefèvre-Nuñez",
        "Saint-Brieuc-sur-Œuf",
        "Ça coûte 42 €.",
        "reçu d’été.pdf",
    ] {
        assert!(statement.has(text), "{text}");
    }
    // The folder holds the record and nothing else: the file's content is not kept.
    let names: Vec<_> = std::fs::read_dir(server.folder())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names, ["record.json"]);
}

#[test]
fn the_certificate_is_a_tagged_pdf_with_real_text() {
    let server = Server::start();
    let mut client = Client::new(&server.base);
    assert_eq!(
        client.get("/demande/attestation.pdf").status,
        404,
        "no request, no certificate"
    );
    let token = to_the_upload(&mut client);
    client.upload(&token, "a.pdf", b"%PDF-1.7");
    client.fill("/demande/verification", &[]);
    let reference = client
        .get("/demande/confirmation")
        .between("id=\"reference\">", "<")
        .to_owned();
    let pdf = client.get("/demande/attestation.pdf");
    let disposition = pdf.headers["content-disposition"].to_str().unwrap();
    assert_eq!(
        disposition,
        format!("attachment; filename=\"attestation-{reference}.pdf\"")
    );
    assert_eq!(pdf.headers["content-type"], "application/pdf");
    assert!(pdf.bytes.starts_with(b"%PDF"));
    let text = pdf_text(&pdf.bytes);
    for expected in [
        "Lefèvre-Nuñez",
        "Éloïse",
        "Saint-Brieuc-sur-Œuf",
        "Attestation de demande",
        &reference,
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let marked = b"/MarkInfo";
    assert!(
        pdf.bytes.windows(marked.len()).any(|w| w == marked),
        "tagged"
    );
    let inline = client.get("/demande/attestation/imprimer");
    assert!(
        inline.headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("inline")
    );
}

/// Types wrong codes until a new one comes, and reads it on the telephone.
fn after_wrong_codes(client: &mut Client) -> String {
    let old = client
        .get("/telephone")
        .between("id=\"le-code\">", "<")
        .to_owned();
    for _ in 0..4 {
        assert!(
            client
                .fill("/connexion/code", &[("code", "x")])
                .has("pas le bon code")
        );
    }
    assert!(
        client
            .fill("/connexion/code", &[("code", "x")])
            .has("nouveau code")
    );
    let code = client
        .get("/telephone")
        .between("id=\"le-code\">", "<")
        .to_owned();
    assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()));
    if code != old {
        assert!(
            client
                .fill("/connexion/code", &[("code", &old)])
                .has("pas le bon code")
        );
    }
    code
}

#[test]
fn an_account_opens_with_a_password_and_then_a_code() {
    let server = Server::start();
    let mut client = Client::new(&server.base);
    to(&client.get("/mon-espace"), "/connexion");
    let account = [
        ("nom", "Lefèvre"),
        ("prenom", "Éloïse"),
        ("email", EMAIL),
        ("mot-de-passe", PASSWORD),
        ("confirmation", PASSWORD),
    ];
    to(&client.fill("/compte/creer", &account), "/compte/cree");
    assert!(client.fill("/compte/creer", &account).has("déjà un compte"));
    assert!(
        client
            .fill("/connexion", &[("email", EMAIL), ("mot-de-passe", "faux")])
            .has("pas bon")
    );
    to(
        &client.fill(
            "/connexion",
            &[("email", EMAIL), ("mot-de-passe", PASSWORD)],
        ),
        "/connexion/code",
    );
    to(&client.get("/mon-espace"), "/connexion");
    let code = after_wrong_codes(&mut client);
    let before = client.cookie.clone();
    to(
        &client.fill("/connexion/code", &[("code", &code)]),
        "/mon-espace",
    );
    assert!(client.get("/mon-espace").has("Bonjour Éloïse"));
    // The cookie known before the login opens nothing after it.
    let mut thief = Client::new(&server.base);
    thief.cookie = before;
    to(&thief.get("/mon-espace"), "/connexion");
    // A signed-in person finds their names in the form.
    assert!(client.get("/demande/identite").has("value=\"Lefèvre\""));
    let token = client.get("/mon-espace").token();
    to(&client.post("/deconnexion", &[("jeton", &token)]), "/");
    to(&client.get("/mon-espace"), "/connexion");
    // The record knows the address (control) and never the password.
    assert!(server.record_text().contains(EMAIL));
    assert!(!server.record_text().contains(PASSWORD));
}

#[test]
fn going_back_keeps_what_was_typed_and_steps_cannot_be_skipped() {
    let server = Server::start();
    let mut client = Client::new(&server.base);
    for path in [
        "/demande/situation",
        "/demande/justificatif",
        "/demande/verification",
        "/demande/confirmation",
    ] {
        to(&client.get(path), "/demande/identite");
    }
    to(
        &client.fill("/demande/identite", &IDENTITY),
        "/demande/situation",
    );
    to(&client.get("/demande/justificatif"), "/demande/situation");
    // Half an answer, then back: nothing is checked, everything is kept.
    let half = [
        ("precisions", "à moitié"),
        ("soins", "yeux"),
        ("aller", "retour"),
    ];
    to(
        &client.fill("/demande/situation", &half),
        "/demande/identite",
    );
    assert!(
        client
            .get("/demande/identite")
            .has("value=\"Saint-Brieuc-sur-Œuf\"")
    );
    let page = client.get("/demande/situation");
    assert!(page.has("à moitié") && page.has("value=\"yeux\" checked"));
    to(
        &client.fill("/demande/situation", &SITUATION),
        "/demande/justificatif",
    );
    let token = client.get("/demande/justificatif").token();
    to(
        &client.upload(&token, "a.pdf", b"%PDF-1.7"),
        "/demande/verification",
    );
    to(
        &client.fill("/demande/verification", &[("aller", "retour")]),
        "/demande/justificatif",
    );
    assert!(
        client
            .get("/demande/justificatif")
            .has("Fichier déjà reçu : a.pdf")
    );
}

#[test]
fn problems_are_listed_linked_and_said_in_the_title() {
    let server = Server::start();
    let mut client = Client::new(&server.base);
    let page = client.fill(
        "/demande/identite",
        &[
            ("nom", " "),
            ("jour", "31"),
            ("mois", "2"),
            ("annee", "1951"),
        ],
    );
    assert_eq!(page.status, 200);
    assert!(page.has("<title>Erreur : ") && page.has("Il y a 5 choses à corriger"));
    for link in ["#nom", "#prenom", "#jour", "#ville", "#numero"] {
        assert!(page.has(&format!("href=\"{link}\"")), "{link}");
    }
    assert!(page.has("value=\"31\""), "what was typed stays");
    let record = server.record();
    assert_eq!(record.submissions.len(), 1);
    assert!(!record.submissions[0].accepted);
}

#[test]
fn an_appointment_is_taken() {
    let server = Server::start();
    let mut client = Client::new(&server.base);
    to(&client.get("/rendez-vous/confirmation"), "/rendez-vous");
    assert!(
        client
            .fill(
                "/rendez-vous",
                &[("lieu", "agence"), ("creneau", "dimanche")]
            )
            .has("Il y a 1 chose")
    );
    to(
        &client.fill(
            "/rendez-vous",
            &[("lieu", "agence"), ("creneau", "mardi-1000")],
        ),
        "/rendez-vous/confirmation",
    );
    assert!(client.get("/rendez-vous/confirmation").has("Mardi à 10 h"));
}
