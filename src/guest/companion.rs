//! The companion extension: our own few lines of script in every page of both browsers, which say
//! what kind of field has the keyboard (`companion/`). Packed here when a session is made, and
//! installed by policy; see decision 0111 for what both browsers really accept.
#![forbid(unsafe_code)]

use std::io::{Cursor, Write as _};

use p256::ecdsa::signature::Signer;
use p256::ecdsa::{DerSignature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::sandbox::{Generated, OURS};
use super::sensor::PROGRAM;

/// The native messaging host's name, in both browsers.
const HOST: &str = "estran.sensor";

/// Firefox knows the extension by this.
const FIREFOX_ID: &str = "sensor@estran";

/// The host of its own pages. Firefox chooses one by chance in each profile; a fixed one can be
/// named in a policy.
const FIREFOX_UUID: &str = "7f0e2f3a-6b1c-4a53-9a55-0e57a4e57a41";

/// Chromium knows an extension by the hash of the key that signed it. This key is no secret: the
/// file never leaves this machine, and whoever can change it can change the program.
const KEY: [u8; 32] = *b"estran companion: not a secret.\x01";

const CONTENT: &str = include_str!("companion/content.js");
const BACKGROUND: &str = include_str!("companion/background.js");
const CHROMIUM: &str = include_str!("companion/manifest.chromium.json");
const FIREFOX: &str = include_str!("companion/manifest.firefox.json");

/// The extension could not be packed. The session then runs with a silent sensor.
#[derive(Debug, thiserror::Error)]
#[error("packing the companion extension: {0}; this is a bug of ours")]
pub struct Unpacked(String);

/// Everything that both browsers read: the packed extension, where it is, and its way to us.
///
/// # Errors
/// [`Unpacked`]; never for a reason outside the program.
pub fn files() -> Result<Vec<Generated>, Unpacked> {
    let key = SigningKey::from_slice(&KEY).map_err(|error| Unpacked(error.to_string()))?;
    let crx = crx(&key, &packed(CHROMIUM)?)?;
    let id = chromium_id(&key);
    let binary = |name: &str, content| Generated {
        path: format!("{OURS}/{name}").into(),
        content,
    };
    Ok(vec![
        binary("companion.crx", crx),
        binary("companion.xpi", packed(FIREFOX)?),
        Generated::text(format!("{OURS}/companion.xml"), update(&id)),
        Generated::text(
            format!("/etc/chromium/native-messaging-hosts/{HOST}.json"),
            host("allowed_origins", &format!("chrome-extension://{id}/")),
        ),
    ])
}

/// Firefox looks for a user's hosts in the home alone: path relative to it, and content.
pub fn firefox_host() -> (String, String) {
    (
        format!(".mozilla/native-messaging-hosts/{HOST}.json"),
        host("allowed_extensions", FIREFOX_ID),
    )
}

/// Installed by force from a file, and allowed to speak to our host alone.
pub fn chromium_policies() -> Value {
    // Without a key there is no extension to install either.
    let id = SigningKey::from_slice(&KEY).map_or_else(|_| String::new(), |key| chromium_id(&key));
    json!({
        "ExtensionInstallForcelist": [format!("{id};file://{OURS}/companion.xml")],
        "NativeMessagingBlocklist": ["*"],
        "NativeMessagingAllowlist": [HOST],
        "NativeMessagingUserLevelHosts": false,
    })
}

/// The entry of Firefox's `ExtensionSettings`.
pub fn firefox_setting() -> (String, Value) {
    let setting = json!({
        "installation_mode": "force_installed",
        "install_url": format!("file://{OURS}/companion.xpi"),
        "updates_disabled": true,
        "private_browsing": false,
    });
    (FIREFOX_ID.to_owned(), setting)
}

/// Its own page, which the website filter must let through: the background script lives in one.
pub fn firefox_page() -> String {
    format!("moz-extension://{FIREFOX_UUID}/*")
}

/// Preferences without which Firefox ESR does not take an extension of ours. Every other one stays
/// blocked by policy.
pub fn firefox_preferences() -> [(&'static str, Value); 2] {
    let uuids = json!({ (FIREFOX_ID): FIREFOX_UUID }).to_string();
    [
        ("xpinstall.signatures.required", json!(false)),
        ("extensions.webextensions.uuids", json!(uuids)),
    ]
}

fn host(who: &str, allowed: &str) -> String {
    let host = json!({
        "name": HOST,
        "description": "Estran",
        "path": format!("{OURS}/{PROGRAM}"),
        "type": "stdio",
        who: [allowed],
    });
    format!("{host:#}\n")
}

fn update(id: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?>\n\
         <gupdate xmlns='http://www.google.com/update2/response' protocol='2.0'>\n\
         <app appid='{id}'><updatecheck codebase='file://{OURS}/companion.crx' version='1'/></app>\n\
         </gupdate>\n"
    )
}

/// The same bytes every time: stored, not compressed, without a date.
fn packed(manifest: &str) -> Result<Vec<u8>, Unpacked> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("manifest.json", manifest),
        ("background.js", BACKGROUND),
        ("content.js", CONTENT),
    ] {
        archive
            .start_file(name, options)
            .map_err(|error| Unpacked(error.to_string()))?;
        archive
            .write_all(content.as_bytes())
            .map_err(|error| Unpacked(error.to_string()))?;
    }
    let archive = archive
        .finish()
        .map_err(|error| Unpacked(error.to_string()))?;
    Ok(archive.into_inner())
}

/// SubjectPublicKeyInfo of a P-256 key (RFC 5480): the fixed front, then the point.
fn public_key(key: &SigningKey) -> Vec<u8> {
    const FRONT: [u8; 26] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    let point = key.verifying_key().to_sec1_point(false);
    [&FRONT, point.as_bytes()].concat()
}

fn identity(key: &SigningKey) -> [u8; 16] {
    let hash = Sha256::digest(public_key(key));
    let mut identity = [0; 16];
    identity.copy_from_slice(&hash[..16]);
    identity
}

/// Half bytes as the letters a to p.
fn chromium_id(key: &SigningKey) -> String {
    let letter = |half: u8| char::from(b'a' + half);
    identity(key)
        .iter()
        .flat_map(|byte| [letter(byte >> 4), letter(byte & 0xf)])
        .collect()
}

/// CRX3: a magic word, a header in protocol-buffer form, the archive. Field numbers from
/// `crx3.proto` of Chromium: 3 a proof with ECDSA (1 key, 2 signature), 10000 the signed data
/// (1 the identity).
fn crx(key: &SigningKey, archive: &[u8]) -> Result<Vec<u8>, Unpacked> {
    let signed = field(1, &identity(key));
    let length = |bytes: &[u8]| {
        u32::try_from(bytes.len())
            .map(u32::to_le_bytes)
            .map_err(|_| Unpacked("too long".to_owned()))
    };
    let mut message = b"CRX3 SignedData\0".to_vec();
    message.extend(length(&signed)?);
    message.extend(&signed);
    message.extend(archive);
    let signature: DerSignature = key.sign(&message);
    let proof = [field(1, &public_key(key)), field(2, signature.as_bytes())].concat();
    let header = [field(3, &proof), field(10000, &signed)].concat();
    let mut crx = b"Cr24".to_vec();
    crx.extend(3_u32.to_le_bytes());
    crx.extend(length(&header)?);
    crx.extend(header);
    crx.extend(archive);
    Ok(crx)
}

/// A length-delimited field.
fn field(number: u32, bytes: &[u8]) -> Vec<u8> {
    let mut field = varint(u64::from(number) << 3 | 2);
    field.extend(varint(bytes.len() as u64));
    field.extend(bytes);
    field
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn the_script_reads_no_value_and_reaches_no_network() {
        // The control: these words would be seen.
        assert!(CONTENT.contains("getAttribute"));
        for forbidden in [
            ".value",
            "innerText",
            "innerHTML",
            "fetch(",
            "XMLHttpRequest",
            "WebSocket",
            "sendBeacon",
            "eval(",
            "localStorage",
            "location.",
            "clipboard",
            ".url",
            "url }",
            ".key)",
            "event.key",
        ] {
            for script in [CONTENT, BACKGROUND] {
                // A map's `values()` is no field's `value`.
                let script = script.replace(".values()", "");
                assert!(!script.contains(forbidden), "{forbidden}");
            }
        }
    }

    #[test]
    fn it_asks_for_nothing_but_its_way_to_us() {
        // Browsers tell an extension that a page was not opened, for the station to say why.
        let wanted = json!(["nativeMessaging", "webNavigation"]);
        for manifest in [CHROMIUM, FIREFOX] {
            let manifest: Value = serde_json::from_str(manifest).unwrap();
            assert_eq!(manifest["permissions"], wanted);
            assert!(manifest.get("host_permissions").is_none());
            assert!(manifest.get("web_accessible_resources").is_none());
            let script = &manifest["content_scripts"][0];
            assert_eq!(script["all_frames"], json!(true));
        }
    }

    #[test]
    fn it_is_packed_the_same_every_time() {
        let (one, two) = (files().unwrap(), files().unwrap());
        assert_eq!(one, two);
        let crx = &one[0].content;
        assert!(crx.starts_with(b"Cr24\x03\0\0\0"));
        let id = chromium_id(&SigningKey::from_slice(&KEY).unwrap());
        assert!(id.len() == 32 && id.bytes().all(|letter| (b'a'..=b'p').contains(&letter)));
        assert!(String::from_utf8_lossy(&one[2].content).contains(&id));
        assert!(chromium_policies().to_string().contains(&id));
    }

    #[test]
    fn numbers_of_any_size() {
        assert_eq!(varint(0), [0]);
        assert_eq!(varint(127), [127]);
        assert_eq!(varint(300), [0xac, 2]);
        assert_eq!(field(10000, b"x"), [0x82, 0xf1, 0x04, 1, b'x']);
    }
}
