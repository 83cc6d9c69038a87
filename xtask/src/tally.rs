//! Counting what passed and what failed, whoever ran it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::Result;
use crate::tool::spoken;

/// The score so far.
#[derive(Default)]
pub struct Tally {
    passed: u64,
    failed: u64,
    broken: Vec<String>,
}

impl Tally {
    /// Runs one step that counts as one: formatting, lints.
    pub fn one(&mut self, what: &str, command: &mut Command) {
        heading(what, command);
        let good = command.status().is_ok_and(|status| status.success());
        if good {
            self.passed += 1;
        } else {
            self.failed += 1;
            self.broken.push(what.to_owned());
        }
    }

    /// Runs a test runner and counts what its summary lines say.
    pub fn many(&mut self, what: &str, command: &mut Command) {
        heading(what, command);
        let counted = watch(command);
        let (passed, failed, good) = counted.unwrap_or((0, 0, false));
        self.passed += passed;
        self.failed += failed;
        // A runner that fails without a failed test did not even build; none run is a failure.
        if !good || passed + failed == 0 {
            self.failed += u64::from(failed == 0);
            self.broken.push(what.to_owned());
        }
    }

    /// Counts a failure that no runner saw.
    pub fn fail(&mut self, what: &str) {
        println!("\n{what}");
        self.failed += 1;
        self.broken.push(what.to_owned());
    }

    /// Says the result, last line alone; true when nothing failed.
    pub fn close(self) -> bool {
        for what in &self.broken {
            println!("FAILED: {what}");
        }
        println!("\n{} passed, {} failed", self.passed, self.failed);
        self.failed == 0
    }
}

fn heading(what: &str, command: &Command) {
    println!("\n== {what}\n$ {}", spoken(command));
}

/// Passes a runner's words on to the terminal and adds up its summaries.
fn watch(command: &mut Command) -> Result<(u64, u64, bool)> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let sum = Arc::new(Mutex::new((0, 0)));
    let out = child
        .stdout
        .take()
        .map(|pipe| follow(pipe, Arc::clone(&sum)));
    let err = child
        .stderr
        .take()
        .map(|pipe| follow(pipe, Arc::clone(&sum)));
    for thread in [out, err].into_iter().flatten() {
        thread.join().ok();
    }
    let good = child.wait()?.success();
    let (passed, failed) = sum.lock().map_or((0, 0), |sum| *sum);
    Ok((passed, failed, good))
}

fn follow(pipe: impl Read + Send + 'static, sum: Arc<Mutex<(u64, u64)>>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        for line in BufReader::new(pipe)
            .split(b'\n')
            .map_while(std::result::Result::ok)
        {
            let line = String::from_utf8_lossy(&line).into_owned();
            println!("{line}");
            if let (Some((passed, failed)), Ok(mut sum)) = (summary(&line), sum.lock()) {
                sum.0 += passed;
                sum.1 += failed;
            }
        }
    })
}

/// The counts of a summary line: `cargo test`'s, nextest's, or node's own test runner's.
fn summary(line: &str) -> Option<(u64, u64)> {
    let plain = without_colours(line);
    let text = plain.trim();
    for (sign, place) in [
        ("# pass ", 0),
        ("ℹ pass ", 0),
        ("# fail ", 1),
        ("ℹ fail ", 1),
    ] {
        if let Some(count) = text.strip_prefix(sign).and_then(|n| n.parse().ok()) {
            return Some(if place == 0 { (count, 0) } else { (0, count) });
        }
    }
    // What nextest shows of a failed test has that test's own result in it, moved to the right.
    if !plain.starts_with("test result: ") && !text.starts_with("Summary [") {
        return None;
    }
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || ",;:()".contains(letter))
        .filter(|word| !word.is_empty())
        .collect();
    let before = |name: &str| -> u64 {
        let pairs = words.windows(2).filter(|pair| pair[1] == name);
        pairs.filter_map(|pair| pair[0].parse::<u64>().ok()).sum()
    };
    // nextest ends a test that hangs, and names it apart.
    Some((before("passed"), before("failed") + before("timed")))
}

fn without_colours(line: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for letter in line.chars() {
        match letter {
            '\u{1b}' => inside = true,
            'm' if inside => inside = false,
            _ if inside => {}
            _ => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_of_the_runners() {
        let cargo =
            "test result: FAILED. 41 passed; 2 failed; 0 ignored; 0 measured; 3 filtered out";
        assert_eq!(summary(cargo), Some((41, 2)));
        let next = "     Summary [   0.784s] 10 tests run: 7 passed (1 slow), 2 failed, 1 timed out, 4 skipped";
        assert_eq!(summary(next), Some((7, 3)));
        assert_eq!(
            summary(
                "\u{1b}[32m     Summary\u{1b}[0m [ 1.0s] 3 tests run: \u{1b}[1m3\u{1b}[0m passed, 0 skipped"
            ),
            Some((3, 0))
        );
        let shown = "    test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured";
        assert_eq!(summary(shown), None, "its runner counts it");
        assert_eq!(summary("# pass 5"), Some((5, 0)));
        assert_eq!(summary("ℹ fail 1"), Some((0, 1)));
        assert_eq!(summary("5 passed by here"), None);
    }

    #[test]
    fn a_runner_that_ran_nothing_has_failed() {
        let mut tally = Tally::default();
        tally.many("nothing", &mut Command::new("true"));
        assert_eq!((tally.passed, tally.failed), (0, 1));
        tally.one("yes", &mut Command::new("true"));
        tally.one("no", &mut Command::new("false"));
        assert_eq!((tally.passed, tally.failed), (1, 2));
        assert!(!tally.close());
    }
}
