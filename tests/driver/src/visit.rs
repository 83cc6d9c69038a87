//! One whole visit, as a person makes it: for the demonstration and for the tests.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use crate::practice::{self, Person};
use crate::{Kiosk, Page, Result, STEP, trace, wait_until};

/// How long a browser may take to show its first page on a loaded machine.
pub const FIRST_PAGE: Duration = Duration::from_secs(90);

/// How long a wipe and its audit may take on a loaded machine.
pub const WIPE: Duration = Duration::from_mins(1);

/// What a whole visit left to tell.
#[derive(Clone, Debug)]
pub struct Told {
    /// What arrived at the practice site, in one line.
    pub record: String,
    /// Processes of the guest before the wipe.
    pub before: usize,
    /// The same processes still alive after it.
    pub after: usize,
    /// How often the visitor's secret stood in the guest's memory before.
    pub traces_before: usize,
    /// Where it is found after: processes, files, IPC.
    pub traces_after: Vec<String>,
    /// From "erase" to "cleaned and checked".
    pub wipe: Duration,
}

/// Says each step aloud and keeps a picture of it.
pub type Tell<'a> = &'a mut dyn FnMut(&str) -> Result;

/// From Welcome into the practice démarche, until its first page is painted.
///
/// # Errors
/// When a step does not come.
pub fn enter(kiosk: &Kiosk, tell: Tell<'_>) -> Result {
    kiosk.wait_screen("welcome", FIRST_PAGE)?;
    tell("welcome")?;
    kiosk.click("welcome.start")?;
    kiosk.wait_screen("notice", STEP)?;
    tell("notice")?;
    kiosk.click("notice.read")?;
    kiosk.wait_screen("choosing", STEP)?;
    tell("choosing")?;
    kiosk.click("choosing.practice")?;
    kiosk.wait_screen("guest", FIRST_PAGE)?;
    wait_page(kiosk, FIRST_PAGE)?;
    Page::of(kiosk).settle()?;
    tell("practice")?;
    // Nobody has touched the bar: the page can be typed into at once.
    kiosk.page_has_keyboard()
}

/// Waits until the practice site's home page is painted: its note has an amber edge that nothing
/// of the shell has in the guest's place.
///
/// # Errors
/// When it is not after `limit`.
pub fn wait_page(kiosk: &Kiosk, limit: Duration) -> Result {
    wait_until("the practice site's home page", limit, || {
        Ok(is_home(&Page::of(kiosk).look()?))
    })
}

/// Does this picture show the practice site's home page?
pub fn is_home(picture: &crate::Picture) -> bool {
    picture.count([0xF2, 0xB8, 0x4B]) >= 150
}

/// Ends the visit and has everything wiped; returns the time from "erase" to
/// the moment when the station may welcome someone.
///
/// # Errors
/// When a step does not come.
pub fn leave(kiosk: &Kiosk, tell: Tell<'_>) -> Result<Duration> {
    kiosk.click("guest.finish")?;
    kiosk.wait_screen("farewell", STEP)?;
    kiosk.control("farewell.erase", STEP)?;
    tell("farewell")?;
    kiosk.click("farewell.erase")?;
    let begun = Instant::now();
    let mut told = false;
    let screen = loop {
        let screen = kiosk.ui()?.screen;
        if screen == "wiping" && !told {
            told = true;
            tell("wiping")?;
        }
        if screen == "clean" || screen == "welcome" {
            break screen;
        }
        if screen == "quarantined" || begun.elapsed() > WIPE {
            return Err(format!("the wipe ended in {screen:?}\n{}", kiosk.said()).into());
        }
    };
    let taken = begun.elapsed();
    if screen == "clean" {
        kiosk.desk().wait_still(Duration::from_millis(300), STEP)?;
        tell("clean")?;
    }
    // "Cleaned and checked" gives way by itself.
    kiosk.wait_screen("welcome", STEP)?;
    kiosk.desk().wait_still(Duration::from_millis(300), STEP)?;
    tell("welcome again")?;
    Ok(taken)
}

/// Everything but the guest where a secret may have stayed: one line each.
///
/// # Errors
/// When a living process may not be read.
pub fn traces(kiosk: &Kiosk, secret: &str, since: SystemTime) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let family = std::iter::once(kiosk.pid()).chain(kiosk.processes());
    for pid in family {
        let count = trace::in_memory(pid, secret)?;
        if count > 0 {
            found.push(format!("memory of {} ({pid}): {count}", trace::name(pid)));
        }
    }
    for place in [
        "/tmp",
        "/var/tmp",
        "/dev/shm",
        "/run",
        "/home",
        "/root",
        "/var/spool",
    ] {
        let files = trace::in_files(Path::new(place), secret, since);
        found.extend(
            files
                .into_iter()
                .map(|file| format!("file {}", file.display())),
        );
    }
    Ok(found)
}

/// Drives a whole visit with a helper in it.
///
/// # Errors
/// When a step does not come.
pub fn whole(kiosk: &Kiosk, secret: &str, tell: Tell<'_>) -> Result<Told> {
    let since = SystemTime::now();
    let person = Person::with(secret);
    enter(kiosk, tell)?;
    practice::open_request(kiosk)?;
    let identity = practice::identity(kiosk, &person)?;
    tell("form with accents")?;
    help(kiosk, tell)?;
    practice::situation(kiosk, &person)?;
    practice::document(kiosk)?;
    practice::send(kiosk)?;
    practice::download(kiosk)?;
    tell("sent and downloaded")?;
    let processes = kiosk.guest_processes();
    let count = |pid: &u32| trace::in_memory(*pid, secret).unwrap_or(0);
    let traces_before = processes.iter().map(count).sum();
    let wipe = leave(kiosk, tell)?;
    let alive = trace::processes();
    let record = identity["fields"].as_array().into_iter().flatten();
    let record: Vec<_> = record.filter_map(|field| field["value"].as_str()).collect();
    Ok(Told {
        record: record.join(", "),
        before: processes.len(),
        after: processes.iter().filter(|pid| alive.contains(pid)).count(),
        traces_before,
        traces_after: traces(kiosk, secret, since)?,
        wipe,
    })
}

/// Calls the helper, says yes, and takes the hand back.
///
/// # Errors
/// When a step does not come.
pub fn help(kiosk: &Kiosk, tell: Tell<'_>) -> Result {
    kiosk.click("guest.help")?;
    ask(kiosk)?;
    tell("consent")?;
    say_yes(kiosk)?;
    tell("helper in control")?;
    kiosk.click("helper.takeback")?;
    kiosk.wait_screen("guest", STEP)?;
    tell("taken back")
}

/// From the help panel to the question for writing, in a house without a helper's code.
///
/// # Errors
/// When a step does not come.
pub fn ask(kiosk: &Kiosk) -> Result {
    ask_for(kiosk, &["write"])
}

/// The same, for these gestures.
///
/// # Errors
/// When a step does not come.
pub fn ask_for(kiosk: &Kiosk, gestures: &[&str]) -> Result {
    kiosk.control("help.helper", STEP)?;
    // Whether a code was set is looked up when the sheet opens: until then it asks for one.
    wait_until("the helper's form", STEP, || {
        if kiosk.ui()?.screen == "help" {
            kiosk.click("help.helper")?;
        } else if kiosk.ui()?.screen == "code" {
            kiosk.click("help.close")?;
            kiosk.click("guest.help")?;
        }
        Ok(kiosk.ui()?.screen == "request")
    })?;
    for gesture in gestures {
        kiosk.click(&format!("help.gesture.{gesture}"))?;
    }
    kiosk.click("help.ask")?;
    kiosk.wait_screen("consent", STEP)?;
    Ok(())
}

/// Lets the helper write, and says yes.
///
/// # Errors
/// When a step does not come.
pub fn say_yes(kiosk: &Kiosk) -> Result {
    tick(kiosk, "write")?;
    kiosk.click("consent.yes")?;
    kiosk.control("helper.takeback", STEP)?;
    Ok(())
}

/// Ticks a gesture of the question.
///
/// # Errors
/// When it does not stay ticked.
pub fn tick(kiosk: &Kiosk, gesture: &str) -> Result {
    let id = format!("consent.gesture.{gesture}");
    // A question that has just come hears no press: a person presses again.
    wait_until("the gesture to be ticked", STEP, || {
        kiosk.click(&id)?;
        let ticked = || {
            let ui = kiosk.ui()?;
            let gesture = ui.control(&id);
            Ok(gesture.and_then(|each| each.checked) == Some(true))
        };
        Ok(wait_until("a tick", Duration::from_secs(2), ticked).is_ok())
    })
}
