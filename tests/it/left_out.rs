//! What a machine cannot run is said aloud, and said again where everybody looks: a runner hides
//! what a passing test prints.

use std::io::Write as _;

/// Says that this was left out, and why. `cargo xtask test` names a file that collects it, and
/// shows it at its end.
#[allow(clippy::print_stdout, reason = "for whoever runs this test alone")]
pub fn left_out(what: &str) {
    println!("LEFT OUT: {what}");
    if let Some(path) = std::env::var_os("ESTRAN_LEFT_OUT") {
        let mut file = std::fs::File::options()
            .append(true)
            .create(true)
            .open(path)
            .unwrap();
        // One write, so that lines of tests that run at the same time stay whole.
        file.write_all(format!("{what}\n").as_bytes()).unwrap();
    }
}
