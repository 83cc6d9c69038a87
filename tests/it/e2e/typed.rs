//! What people type into our own screens (codes, a helper's first name) is in no memory of ours once
//! the visit is over. Each search sees it first.

use std::io::Write as _;
use std::process::{Command, Stdio};

use estran_driver::{Kiosk, Result, STEP, trace, visit, wait_until};

use super::{check, options, quiet, with_options};

/// Words that nobody else writes, of the letters of a name.
fn name() -> String {
    let (mut text, mut left) = (String::from("Zw"), std::process::id());
    while text.len() < 12 {
        text.push(char::from(b'a' + (left % 10) as u8));
        left /= 10;
        text.push(char::from(b'q' + (text.len() % 7) as u8));
    }
    text
}

/// Twelve digits that nobody else writes.
fn digits(first: u8) -> String {
    format!(
        "{first}{:011}",
        u64::from(std::process::id()) * 7_919 % 100_000_000_000
    )
}

/// A store with both codes.
fn store(staff: &str, helper: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let place = format!("folder:{}", folder.path().join("secrets").display());
    for (name, code) in [("staff-code", staff), ("helper-code", helper)] {
        let mut set = Command::new(env!("CARGO_BIN_EXE_estranctl"))
            .args(["secrets", "code", name, "--secrets", &place])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdin = set.stdin.take().unwrap();
        writeln!(stdin, "{code}").unwrap();
        drop(stdin);
        assert!(set.wait().unwrap().success(), "{name}");
    }
    (folder, place)
}

/// How often a word stands in the memory of the front-end and of the custodian.
fn in_ours(kiosk: &Kiosk, word: &str) -> Result<usize> {
    let guest = kiosk.guest_processes();
    let ours = kiosk
        .processes()
        .into_iter()
        .filter(|pid| !guest.contains(pid));
    std::iter::once(kiosk.pid())
        .chain(ours)
        .map(|pid| trace::in_memory(pid, word))
        .sum()
}

fn typed(kiosk: &Kiosk, field: &str, word: &str) -> Result {
    kiosk.control(field, STEP)?;
    kiosk.focus_to(field)?;
    kiosk.desk().type_text(word)?;
    wait_until(
        "what is being typed, in memory (positive control)",
        STEP,
        || Ok(in_ours(kiosk, word)? > 0),
    )
}

#[test]
fn codes_and_names_leave_our_memory_with_the_visit() {
    let (staff, helper, wrong, first_name) = (digits(2), digits(3), digits(4), name());
    let (_folder, place) = store(&staff, &helper);
    let mut options = options("firefox");
    options.more = vec!["--secrets".into(), place];
    with_options("typed", &options, |kiosk| {
        visit::enter(kiosk, &mut quiet)?;
        kiosk.click("guest.help")?;
        kiosk.click("help.helper")?;
        kiosk.wait_screen("code", STEP)?;
        for code in [&wrong, &helper] {
            typed(kiosk, "help.code", code)?;
            kiosk.desk().press("Return")?;
            wait_until("a code that was given leaves memory", STEP, || {
                Ok(in_ours(kiosk, code)? == 0)
            })?;
        }
        kiosk.wait_screen("request", STEP)?;
        kiosk.click("help.gesture.write")?;
        typed(kiosk, "help.name", &first_name)?;
        kiosk.click("help.ask")?;
        kiosk.wait_screen("consent", STEP)?;
        check(in_ours(kiosk, &first_name)? > 0, || {
            "the question does not say who asks".into()
        })?;
        visit::say_yes(kiosk)?;
        kiosk.click("helper.takeback")?;
        kiosk.wait_screen("guest", STEP)?;
        kiosk.desk().press("ctrl+alt+e")?;
        kiosk.wait_screen("code", STEP)?;
        typed(kiosk, "staff.code", &staff)?;
        kiosk.desk().press("Return")?;
        kiosk.wait_screen("staff", STEP)?;
        kiosk.press_by_keyboard("staff.leave")?;
        kiosk.wait_screen("guest", STEP)?;
        visit::leave(kiosk, &mut quiet)?;
        for (what, word) in [
            ("the code of staff", &staff),
            ("a helper's code", &helper),
            ("a wrong code", &wrong),
            ("a helper's first name", &first_name),
        ] {
            let left = in_ours(kiosk, word)?;
            check(left == 0, || format!("{what}: {left} times in our memory"))?;
        }
        Ok(())
    });
}
