//! The file of the request. Its bytes are counted, hashed and forgotten as they come:
//! nothing of it is kept, so a large file costs no memory.

use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use sha2::{Digest as _, Sha256};

use super::check::Problems;
use super::fault::Fault;
use super::fields::{Fields, MAX_BODY};
use super::http::check_token;
use super::record::{Form, Upload};
use super::request::{goes_back, show, unfinished};
use super::request_views::document;
use super::store::{Key, Site};

/// The largest file, in bytes (10 Mo as written on the page).
pub const MAX_UPLOAD: u64 = 10_000_000;
/// The most bytes read before the connection is given up. Between the two limits the
/// file is read to its end and refused on the page: a browser that is cut off while it
/// sends shows its own error instead of ours.
pub const MAX_DRAINED: usize = 200_000_000;
/// The longest file name kept, in characters (255 bytes is the limit of usual file
/// systems).
const MAX_NAME: usize = 255;

/// The empty form, or the file already received.
pub async fn form(State(site): State<Site>, key: Key) -> Result<Response, Fault> {
    let mut store = site.lock();
    let unfinished = unfinished(&mut store, &key)?;
    if let Some(path) = unfinished.filter(|path| *path != "/demande/justificatif") {
        return Ok(Redirect::to(path).into_response());
    }
    let draft = store.session(&key)?.draft.clone();
    let page = show(&mut store, &key, |token, signed_in| {
        document(token, signed_in, &draft, &Problems::default())
    })?;
    Ok(page.into_response())
}

/// Receives the file.
pub async fn receive(
    State(site): State<Site>,
    key: Key,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, Fault> {
    // A body of another kind is answered with our page, not with the extractor's line.
    let multipart = multipart.map_err(|_| Fault::Broken)?;
    let Read { fields, file } = read(&site, &key, multipart).await?;
    check_token(&site, &key, &fields)?;
    let mut store = site.lock();
    if goes_back(&fields) {
        return Ok(Redirect::to("/demande/situation").into_response());
    }
    let mut problems = Problems::default();
    let mut status = StatusCode::OK;
    let already = store.session(&key)?.draft.upload.is_some();
    match &file {
        None if already => {}
        None => problems.add("fichier", "Choisissez un fichier sur ce poste."),
        Some(file) if file.upload.bytes > MAX_UPLOAD => {
            status = StatusCode::PAYLOAD_TOO_LARGE;
            problems.add(
                "fichier",
                "Ce fichier est trop lourd. Choisissez un fichier de 10 Mo au plus.",
            );
        }
        Some(file) if file.kind.is_none() => problems.add(
            "fichier",
            "Ce fichier n’est pas du bon type. Choisissez un fichier PDF, JPEG ou PNG.",
        ),
        Some(_) => {}
    }
    let accepted = problems.is_empty();
    let upload = file.map(|file| file.upload);
    site.keep(
        &mut store,
        &key,
        Form::Document,
        accepted,
        &fields,
        upload.clone(),
    )?;
    let draft = &mut store.session(&key)?.draft;
    if accepted {
        if upload.is_some() {
            draft.upload = upload;
        }
        return Ok(Redirect::to("/demande/verification").into_response());
    }
    let draft = draft.clone();
    let page = show(&mut store, &key, |token, signed_in| {
        document(token, signed_in, &draft, &problems)
    })?;
    Ok((status, page).into_response())
}

struct Read {
    fields: Fields,
    file: Option<File>,
}

struct File {
    upload: Upload,
    kind: Option<Kind>,
}

/// The kinds of file that the page asks for, told by their first bytes: a name proves
/// nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pdf,
    Png,
    Jpeg,
}

impl Kind {
    fn of(start: &[u8]) -> Option<Self> {
        const SIGNATURES: [(&[u8], Kind); 3] = [
            (b"%PDF-", Kind::Pdf),
            (b"\x89PNG\r\n\x1a\n", Kind::Png),
            (b"\xff\xd8\xff", Kind::Jpeg),
        ];
        SIGNATURES
            .iter()
            .find_map(|(signature, kind)| start.starts_with(signature).then_some(*kind))
    }
}

/// Reads the whole body. The token must come before the file, as it does on our page,
/// so that a foreign form is refused before its file is read.
async fn read(site: &Site, key: &Key, mut multipart: Multipart) -> Result<Read, Fault> {
    let mut read = Read {
        fields: Fields::default(),
        file: None,
    };
    while let Some(field) = multipart.next_field().await.map_err(refusal)? {
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file_name) = field.file_name().map(clean) {
            check_token(site, key, &read.fields)?;
            let file = drain(field, file_name).await?;
            // A browser sends an empty, nameless file when none was chosen.
            if file.upload.bytes > 0 || !file.upload.name.is_empty() {
                read.file = Some(file);
            }
        } else {
            let value = text(field).await?;
            read.fields.push(name, value)?;
        }
    }
    Ok(read)
}

/// A file name to show: bounded, on one line.
fn clean(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_control())
        .take(MAX_NAME)
        .collect()
}

async fn drain(mut field: Field<'_>, name: String) -> Result<File, Fault> {
    let mut hash = Sha256::new();
    let mut bytes = 0_u64;
    let mut start = Vec::with_capacity(8);
    while let Some(chunk) = field.chunk().await.map_err(refusal)? {
        let wanted = 8_usize.saturating_sub(start.len());
        start.extend(chunk.iter().take(wanted));
        bytes = bytes.saturating_add(chunk.len() as u64);
        hash.update(&chunk);
    }
    let sha256 = hash
        .finalize()
        .iter()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    Ok(File {
        upload: Upload {
            name,
            bytes,
            sha256,
        },
        kind: Kind::of(&start),
    })
}

/// A value next to the file, as bounded as an ordinary form.
async fn text(mut field: Field<'_>) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(refusal)? {
        if bytes.len() + chunk.len() > MAX_BODY {
            return Err(Fault::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| Fault::Broken)
}

fn refusal(error: MultipartError) -> Fault {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Fault::TooLarge
    } else {
        Fault::Broken
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
    use super::*;

    #[test]
    fn kinds_are_told_by_their_first_bytes() {
        assert_eq!(Kind::of(b"%PDF-1.7"), Some(Kind::Pdf));
        assert_eq!(Kind::of(b"\x89PNG\r\n\x1a\n"), Some(Kind::Png));
        assert_eq!(Kind::of(b"\xff\xd8\xff\xe0"), Some(Kind::Jpeg));
        assert_eq!(Kind::of(b"MZ"), None);
        assert_eq!(Kind::of(b""), None);
    }

    #[test]
    fn file_names_are_one_bounded_line() {
        assert_eq!(clean("reçu\r\nSet-Cookie: a.pdf"), "reçuSet-Cookie: a.pdf");
        assert_eq!(clean(&"é".repeat(1000)).chars().count(), MAX_NAME);
    }
}
