//! The Wayland conformance suite against the display, compared with the failures that are
//! expected and why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// One line a test: its name, a tab or spaces, and the reason.
const EXPECTED: &str = "tests/wlcs/expected-failures.txt";

/// Builds the integration, runs the suite and compares.
///
/// # Errors
/// When the suite is missing, when a test fails that should not, and when one passes that was
/// expected to fail (the list only shrinks).
pub fn run() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .ok_or("the workspace has no root")?;
    let expected = expected(root)?;
    let integration = build(root)?;
    let suite = suite()?;
    let output = Command::new(suite)
        .arg(integration)
        .output()
        .map_err(|error| format!("running the conformance suite: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let outcome = Outcome::read(&text);
    outcome.print(&expected);
    outcome.judge(&expected)
}

fn expected(root: &Path) -> Result<BTreeMap<String, String>, String> {
    let path = root.join(EXPECTED);
    let text = std::fs::read_to_string(&path)
        .map_err(|error| format!("reading {}: {error}", path.display()))?;
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            line.split_once(char::is_whitespace)
                .map(|(name, reason)| (name.to_owned(), reason.trim().to_owned()))
                .ok_or_else(|| format!("{EXPECTED}: no reason for {line}"))
        })
        .collect()
}

fn build(root: &Path) -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .current_dir(root)
        .args(["build", "--package", "estran-wlcs"])
        .status()
        .map_err(|error| format!("building the integration: {error}"))?;
    if !built.success() {
        return Err("building the integration failed".into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    Ok(target.join("debug/libestran_wlcs.so"))
}

/// Where distributions put the suite.
fn suite() -> Result<PathBuf, String> {
    [
        "/usr/lib/x86_64-linux-gnu/wlcs/wlcs",
        "/usr/libexec/wlcs/wlcs",
        "/usr/lib/wlcs/wlcs",
    ]
    .into_iter()
    .map(PathBuf::from)
    .find(|path| path.is_file())
    .ok_or_else(|| "the conformance suite is missing; install the package wlcs".into())
}

#[derive(Debug, Default)]
struct Outcome {
    passed: BTreeSet<String>,
    failed: BTreeSet<String>,
    skipped: usize,
    finished: bool,
}

impl Outcome {
    fn read(text: &str) -> Self {
        let mut outcome = Self::default();
        for line in text.lines() {
            if line.contains("tests failed:") || line.contains("[  PASSED  ]") {
                outcome.finished = true;
            }
            let Some((tag, rest)) = line.strip_prefix('[').and_then(|l| l.split_once(']')) else {
                continue;
            };
            let name = rest
                .split([',', ' '])
                .find(|word| !word.is_empty())
                .unwrap_or_default()
                .to_owned();
            if !name.contains('.') {
                continue;
            }
            match tag.trim() {
                "OK" => drop(outcome.passed.insert(name)),
                "FAILED" => drop(outcome.failed.insert(name)),
                "SKIP" => outcome.skipped += 1,
                _ => {}
            }
        }
        outcome
    }

    fn print(&self, expected: &BTreeMap<String, String>) {
        println!(
            "{} passed, {} failed ({} expected), {} skipped (protocols that the display does not offer)",
            self.passed.len(),
            self.failed.len(),
            self.failed
                .iter()
                .filter(|name| expected.contains_key(*name))
                .count(),
            self.skipped
        );
    }

    fn judge(&self, expected: &BTreeMap<String, String>) -> Result<(), String> {
        if !self.finished {
            return Err("the conformance suite did not come to its end".into());
        }
        let new: Vec<_> = self
            .failed
            .iter()
            .filter(|name| !expected.contains_key(*name))
            .map(String::as_str)
            .collect();
        let gone: Vec<_> = expected
            .keys()
            .filter(|name| self.passed.contains(*name))
            .map(String::as_str)
            .collect();
        if new.is_empty() && gone.is_empty() {
            return Ok(());
        }
        Err(format!(
            "failing, not expected: {new:?}\npassing, expected to fail (remove them from {EXPECTED}): {gone:?}"
        ))
    }
}
