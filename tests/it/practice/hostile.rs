//! What a hostile or broken client gets: a kind page, a right status, a living site.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::Server;
use super::client::Client;
use super::journey::{IDENTITY, to_the_upload};
use estran::practice::{MAX_BODY, MAX_UPLOAD};

const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn sessions_do_not_see_each_other() {
    let server = Server::start();
    let (mut one, mut two) = (Client::new(&server.base), Client::new(&server.base));
    one.fill("/demande/identite", &IDENTITY);
    assert!(one.get("/releve").has("Lefèvre-Nuñez"), "control");
    for path in ["/releve", "/demande/identite", "/"] {
        assert!(!two.get(path).has("Lefèvre-Nuñez"), "{path}");
    }
    assert_ne!(one.cookie, two.cookie);
    let sessions: Vec<u32> = server
        .record()
        .submissions
        .iter()
        .map(|r| r.session)
        .collect();
    assert_eq!(sessions, [1]);
}

#[test]
fn a_form_without_its_token_is_refused_and_leaves_no_trace() {
    let server = Server::start();
    let (mut one, mut two) = (Client::new(&server.base), Client::new(&server.base));
    let foreign = two.get("/compte/creer").token();
    one.get("/");
    for path in [
        "/compte/creer",
        "/connexion",
        "/connexion/code",
        "/connexion/nouveau-code",
        "/deconnexion",
        "/demande/identite",
        "/demande/situation",
        "/demande/verification",
        "/rendez-vous",
    ] {
        for token in ["", "x", &foreign] {
            let page = one.post(path, &[("jeton", token), ("nom", "Pirate")]);
            assert_eq!(page.status, 403, "{path} {token}");
            assert!(page.has("trop ancienne"));
        }
    }
    assert_eq!(one.upload(&foreign, "a.pdf", b"%PDF-1.7").status, 403);
    assert!(!server.record_text().contains("Pirate"));
    // Control: with its own token the same form arrives.
    one.fill("/demande/identite", &[("nom", "Pirate")]);
    assert!(server.record_text().contains("Pirate"));
}

#[test]
fn files_are_refused_when_too_heavy_or_of_another_kind() {
    let server = Server::start();
    let mut client = Client::new(&server.base);
    let token = to_the_upload(&mut client);
    let limit = usize::try_from(MAX_UPLOAD).unwrap();
    let mut file = b"%PDF-1.7".to_vec();
    file.resize(limit + 1, b'x');
    let heavy = client.upload(&token, "lourd.pdf", &file);
    assert_eq!(heavy.status, 413);
    assert!(heavy.has("trop lourd") && heavy.has("href=\"#fichier\""));
    let program = client.upload(&token, "facture.pdf", b"MZ\x90\0");
    assert!(program.status == 200 && program.has("pas du bon type"));
    assert!(client.upload(&token, "", b"").has("Choisissez un fichier"));
    assert_eq!(
        client.get("/demande/verification").location,
        "/demande/justificatif"
    );
    // Control: the largest file allowed is taken.
    file.truncate(limit);
    assert_eq!(
        client.upload(&token, "juste.pdf", &file).location,
        "/demande/verification"
    );
    let last = server.record().submissions.pop().unwrap();
    assert_eq!(last.upload.unwrap().bytes, MAX_UPLOAD);
}

#[test]
fn every_refusal_is_a_kind_page_in_french() {
    let server = Server::start();
    let mut client = Client::new(&server.base);
    let token = client.get("/compte/creer").token();
    let long = "a".repeat(MAX_BODY + 1);
    let pages = [
        (404, client.get("/../../etc/passwd")),
        (404, client.get("/inconnu?a=%00%ff")),
        (405, client.get("/deconnexion")),
        (405, client.post("/releve", &[("a", "b")])),
        (
            413,
            client.post("/connexion", &[("jeton", &token), ("email", &long)]),
        ),
        (400, client.post_raw("/connexion", FORM, b"email=%E9")),
        (
            400,
            client.post_raw("/connexion", FORM, "a=1&".repeat(65).as_bytes()),
        ),
    ];
    for (status, page) in &pages {
        assert_eq!(page.status, *status);
        assert!(
            page.has("lang=\"fr\"") && page.has("Retour à l’accueil"),
            "{status}"
        );
    }
    let odd = client.post_raw("/demande/justificatif", FORM, b"a=b");
    assert_eq!(odd.status, 400);
    assert!(odd.has("Retour à l’accueil"));
}

#[test]
fn every_answer_carries_the_security_headers() {
    let server = Server::start();
    let mut client = Client::new(&server.base);
    for path in ["/", "/style.css", "/inconnu", "/exemple/justificatif.pdf"] {
        let page = client.get(path);
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        for part in [
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("script-src"));
        assert_eq!(page.headers["cache-control"], "no-store");
        assert_eq!(page.headers["x-content-type-options"], "nosniff");
    }
    assert!(!client.get("/").has("<script") && !client.get("/").has("style="));
}

#[test]
fn random_bytes_never_stop_the_site() {
    let mut server = Server::start();
    let mut client = Client::new(&server.base);
    let token = client.get("/demande/identite").token();
    let body = proptest::collection::vec(any::<u8>(), 0..600);
    let paths = [
        "/compte/creer",
        "/connexion",
        "/demande/identite",
        "/demande/situation",
        "/rendez-vous",
    ];
    let mut runner = TestRunner::new(Config {
        cases: 96,
        failure_persistence: None,
        ..Config::default()
    });
    let base = server.base.clone();
    let cookie = client.cookie.clone();
    runner
        .run(&(body, 0..paths.len(), any::<bool>()), |(noise, path, multipart)| {
            let mut client = Client::new(&base);
            client.cookie.clone_from(&cookie);
            let page = if multipart {
                let mut body = format!("--B\r\nContent-Disposition: form-data; name=\"jeton\"\r\n\r\n{token}\r\n--B\r\n").into_bytes();
                body.extend(noise);
                client.post_raw("/demande/justificatif", "multipart/form-data; boundary=B", &body)
            } else {
                let mut body = format!("jeton={token}&").into_bytes();
                body.extend(noise);
                client.post_raw(paths[path], FORM, &body)
            };
            prop_assert!([200, 303, 400, 403].contains(&page.status), "{}", page.status);
            Ok(())
        })
        .unwrap();
    assert!(server.lives());
    assert_eq!(client.get("/").status, 200);
}
