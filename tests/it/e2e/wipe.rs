//! After the end nothing is left; before it, everything is seen.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, SystemTime};

use estran_driver::practice::{self, Person};
use estran_driver::{Kiosk, Page, Result, STEP, trace, visit, wait_until};

use super::{both, check, quiet, secret};

both!(
    nothing_is_left_of_a_secret,
    the_second_visitor_finds_an_empty_browser,
    the_guest_dies_with_the_front_end,
);

/// Writes a secret into all that a visitor leaves without knowing: history, form, clipboard,
/// download, shared memory, queue.
fn plant(kiosk: &Kiosk, secret: &str) -> Result {
    let page = Page::of(kiosk);
    page.go(&format!("http://127.0.0.1:8080/?trace={secret}"))?;
    practice::open_request(kiosk)?;
    let mut person = Person::with(secret);
    secret.clone_into(&mut person.name);
    practice::identity(kiosk, &person)?;
    page.settle()?;
    page.find("Votre logement")?;
    page.go("http://127.0.0.1:8080/exemple/justificatif.pdf")
        .ok();
    practice::wait_document(kiosk, "justificatif")?;
    // The clipboard: the address bar's whole text.
    for key in ["ctrl+l", "ctrl+a"] {
        kiosk.desk().press(key)?;
    }
    kiosk.desk().type_text(secret)?;
    for key in ["ctrl+a", "ctrl+c", "Escape", "Escape"] {
        kiosk.desk().press(key)?;
    }
    let root = kiosk.guest_root().ok_or("no guest runs")?;
    for place in [
        "home/visitor/Documents",
        "tmp",
        "var/tmp",
        "dev/shm",
        "run/user/1000",
    ] {
        std::fs::write(root.join(place).join(format!("{secret}.txt")), secret)?;
    }
    Ok(())
}

/// How many files of the guest hold the secret, in each of its writable places.
fn seen(kiosk: &Kiosk, secret: &str, since: SystemTime) -> Result<Vec<usize>> {
    let root = kiosk.guest_root().ok_or("no guest runs")?;
    let places = ["home/visitor", "tmp", "var/tmp", "dev/shm", "run/user/1000"];
    let count = |place: &str| trace::in_files(&root.join(place), secret, since).len();
    Ok(places.into_iter().map(count).collect())
}

fn nothing_is_left_of_a_secret(kiosk: &mut Kiosk) -> Result {
    let (secret, since) = (secret(), SystemTime::now());
    let ipc = trace::ipc();
    visit::enter(kiosk, &mut quiet)?;
    plant(kiosk, &secret)?;
    // The positive control: every search used below sees the secret now.
    let files = seen(kiosk, &secret, since)?;
    check(files.iter().all(|count| *count > 0), || {
        format!("seen in files: {files:?}")
    })?;
    check(files[0] > 1, || {
        "the browser's own profile does not hold it".into()
    })?;
    let guest = kiosk.guest_processes();
    let memory: usize = guest
        .iter()
        .map(|pid| trace::in_memory(*pid, &secret))
        .sum::<Result<usize>>()?;
    check(memory > 0, || "not seen in the guest's memory".into())?;
    let outside = Path::new("/dev/shm").join(format!("{secret}.control"));
    std::fs::write(&outside, &secret)?;
    let control = visit::traces(kiosk, &secret, since);
    std::fs::remove_file(&outside)?;
    let control = control?;
    check(control.iter().any(|line| line.contains(".control")), || {
        format!("{control:?}")
    })?;

    visit::leave(kiosk, &mut quiet)?;

    let alive: BTreeSet<u32> = trace::processes();
    let left: Vec<_> = guest.iter().filter(|pid| alive.contains(pid)).collect();
    check(left.is_empty(), || format!("alive: {left:?}"))?;
    let traces = visit::traces(kiosk, &secret, since)?;
    check(traces.is_empty(), || format!("left: {traces:#?}"))?;
    let more: Vec<_> = trace::ipc().difference(&ipc).cloned().collect();
    check(more.is_empty(), || format!("left in IPC: {more:?}"))
}

fn the_second_visitor_finds_an_empty_browser(kiosk: &mut Kiosk) -> Result {
    let (secret, since) = (secret(), SystemTime::now());
    visit::enter(kiosk, &mut quiet)?;
    plant(kiosk, &secret)?;
    // In the same visit a closed tab can be brought back: the key works.
    check(reopens(kiosk)?, || {
        "Ctrl-Shift-T does nothing even for the first visitor".into()
    })?;
    visit::leave(kiosk, &mut quiet)?;

    visit::enter(kiosk, &mut quiet)?;
    check(kiosk.guest_root().is_some(), || "no second guest".into())?;
    let files: usize = seen(kiosk, &secret, since)?.iter().sum();
    check(files == 0, || format!("{files} files of the first visitor"))?;
    let record = kiosk.practice_record()?;
    let empty = record["submissions"].as_array().is_some_and(Vec::is_empty);
    check(empty, || format!("the site knows the visitor: {record}"))?;
    let before = Page::of(kiosk).settle()?;
    kiosk.desk().press("ctrl+shift+t")?;
    std::thread::sleep(Duration::from_secs(2));
    let changed = Page::of(kiosk).settle()?.differing(&before);
    check(changed < 2_000, || {
        format!("Ctrl-Shift-T changed {changed} pixels")
    })?;
    let guest = kiosk.guest_processes();
    let memory: usize = guest
        .iter()
        .map(|pid| trace::in_memory(*pid, &secret))
        .sum::<Result<usize>>()?;
    check(memory == 0, || {
        format!("{memory} times in the second guest's memory")
    })
}

/// Opens and closes a tab; does Ctrl-Shift-T bring it back?
fn reopens(kiosk: &Kiosk) -> Result<bool> {
    let (page, desk) = (Page::of(kiosk), kiosk.desk());
    desk.press("ctrl+t")?;
    std::thread::sleep(Duration::from_secs(1));
    page.go("http://127.0.0.1:8080/fiche")?;
    desk.press("ctrl+w")?;
    std::thread::sleep(Duration::from_secs(1));
    let before = page.settle()?;
    desk.press("ctrl+shift+t")?;
    std::thread::sleep(Duration::from_secs(2));
    Ok(page.settle()?.differing(&before) > 2_000)
}

fn the_guest_dies_with_the_front_end(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    let family = kiosk.processes();
    check(kiosk.guest_processes().len() > 2, || "no guest runs".into())?;
    kiosk.kill()?;
    wait_until("the guest's end", STEP, || {
        let alive = trace::processes();
        let left: Vec<_> = family
            .iter()
            .filter(|pid| alive.contains(pid) && trace::resident(**pid) > 0)
            .map(|pid| trace::name(*pid))
            .collect();
        if left.is_empty() {
            Ok(true)
        } else {
            Err(format!("alive: {left:?}").into())
        }
    })
}
