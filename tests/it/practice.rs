//! The practice site, driven from outside as a browser drives it.

mod client;
mod hostile;
mod journey;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use estran::practice::Record;

/// A running site, ended with the test.
pub struct Server {
    child: Child,
    folder: tempfile::TempDir,
    pub base: String,
}

impl Server {
    /// Starts the real program on a port of the system's choice.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_estran-practice"))
            .args(["--listen", "127.0.0.1:0", "--record"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.trim().strip_prefix("listening on ").unwrap();
        Self {
            base: format!("http://{address}"),
            child,
            folder,
        }
    }

    pub fn record(&self) -> Record {
        serde_json::from_str(&self.record_text()).unwrap()
    }

    pub fn record_text(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("record.json")).unwrap()
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Whether the program is still the one that was started: it did not crash.
    pub fn lives(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs axe-core in Chromium over every page and state. The Node packages are installed
/// outside the source tree. Needs node, npm and chromium: run by `cargo xtask test`,
/// which installs them, hence a failure and not a skip when they are missing.
#[test]
fn every_page_and_state_is_accessible() {
    let server = Server::start();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/practice");
    let work = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("practice-accessibility");
    std::fs::create_dir_all(&work).unwrap();
    for name in ["package.json", "accessibility.mjs", "journey.mjs"] {
        std::fs::copy(source.join(name), work.join(name)).unwrap();
    }
    let run = |program: &str, arguments: &[&str]| {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(&work)
            .output()
            .unwrap_or_else(|error| panic!("{program}: {error}; install node, npm and chromium"));
        assert!(
            output.status.success(),
            "{program} {arguments:?}:\n{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    // Once fetched, the packages serve the next runs without a network.
    if !work.join("node_modules/axe-core/axe.min.js").is_file() {
        let fetch = ["install", "--no-audit", "--no-fund", "--ignore-scripts"];
        run("npm", &fetch);
    }
    let out = run("node", &["accessibility.mjs", &server.base, "out"]);
    assert!(out.contains("84 pages and states"), "{out}");
}
