//! Whatever stands in the house's files: a checked configuration, or sentences that say what to
//! write instead. The first line that is "---" parts the two files.

use estran::config::Config;

const STATION: &str = include_str!("../../../kiosk-config/station.toml");
const DEMARCHES: &str = include_str!("../../../kiosk-config/demarches.toml");

/// One input.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (station, demarches) = text.split_once("\n---\n").unwrap_or((&text, DEMARCHES));
    for (station, demarches) in [(station, demarches), (STATION, station)] {
        if let Err(error) = Config::from_texts(station, demarches) {
            assert!(!error.to_string().is_empty());
            assert!(!error.findings.is_empty());
        }
    }
}
