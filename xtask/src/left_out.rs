//! What the tests could not run on this machine: said again at the end, where everybody looks.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A file that the tests write to; gone with this.
pub struct LeftOut(PathBuf);

impl LeftOut {
    /// An empty one.
    pub fn new() -> Self {
        let name = format!("estran-left-out-{}", std::process::id());
        let place = Self(std::env::temp_dir().join(name));
        fs::remove_file(&place.0).ok();
        place
    }

    /// Tells a runner where to write.
    pub fn tell(&self, runner: &mut Command) {
        runner.env("ESTRAN_LEFT_OUT", &self.0);
    }

    /// One sentence for each thing, with the number of tests.
    pub fn show(&self) {
        let text = fs::read_to_string(&self.0).unwrap_or_default();
        for (what, tests) in counted(&text) {
            println!("LEFT OUT in {tests} test(s): {what}");
        }
    }
}

impl Drop for LeftOut {
    fn drop(&mut self) {
        fs::remove_file(&self.0).ok();
    }
}

fn counted(text: &str) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for line in text.lines() {
        *counts.entry(line).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn each_thing_is_said_once() {
        let text = "needs root\nno exfat\nneeds root\n";
        let counts: Vec<_> = counted(text).into_iter().collect();
        assert_eq!(counts, [("needs root", 2), ("no exfat", 1)]);
    }
}
