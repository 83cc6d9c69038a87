//! `estranctl ui`: the probe of developer builds.
#![forbid(unsafe_code)]

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;

use super::Outcome;

/// A description longer than this is not one of a screen (bytes).
const LONGEST: u64 = 4 << 20;

/// Copies what the front-end answers, up to the end of the stream, to standard output.
pub(super) fn show(socket: Option<PathBuf>) -> std::io::Result<Outcome> {
    let place = socket.or_else(|| {
        let dir = std::env::var_os("XDG_RUNTIME_DIR")?;
        Some(PathBuf::from(dir).join("estran-probe.sock"))
    });
    let Some(place) = place else {
        let mut out = std::io::stderr().lock();
        writeln!(
            out,
            "estranctl: XDG_RUNTIME_DIR is not set; give --socket PATH"
        )?;
        return Ok(Outcome::Failed);
    };
    match ask(&place) {
        Ok(answer) => {
            let mut out = std::io::stdout().lock();
            out.write_all(&answer)?;
            writeln!(out)?;
            Ok(Outcome::Good)
        }
        Err(error) => {
            let mut out = std::io::stderr().lock();
            let place = place.display();
            writeln!(
                out,
                "estranctl: asking {place}: {error}; is estran running, built with the \
                 feature probe?"
            )?;
            Ok(Outcome::Failed)
        }
    }
}

fn ask(place: &std::path::Path) -> std::io::Result<Vec<u8>> {
    let stream = UnixStream::connect(place)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut answer = Vec::new();
    stream.take(LONGEST).read_to_end(&mut answer)?;
    Ok(answer)
}
