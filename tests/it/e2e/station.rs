//! The station form on a screen: a front-end without privileges, a custodian of root behind its
//! socket, and a real browser under a guest's uid, used by keys and clicks.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use estran_driver::practice;
use estran_driver::{Kiosk, Options, Page, Result, STEP, visit};

use super::staff::{done, estranctl};
use super::{check, options, quiet, secret};
use crate::station::door::Daemon;
use crate::station::guests;

/// The account of the front-end: it owns nothing.
const NOBODY: u32 = 65534;

mod a_visit_on_the_screen_of_a_station_ends_clean {
    #[test]
    fn firefox() {
        super::at_a_station("firefox");
    }

    #[test]
    fn chromium() {
        super::at_a_station("chromium");
    }
}

/// A station and its kiosk; `None` without root, which is said.
pub fn station(browser: &str, change: &dyn Fn(String) -> String) -> Option<(Daemon, Kiosk)> {
    let change = |station: String| {
        let station = station
            .replace("front_end = \"root\"", "front_end = \"nobody\"")
            .replace("staff = \"root\"", "staff = \"nogroup\"");
        let other = if browser == "firefox" {
            "chromium"
        } else {
            "firefox"
        };
        let station = station
            .replace("first = \"firefox\"", &format!("first = {browser:?}"))
            .replace("second = \"chromium\"", &format!("second = {other:?}"));
        change(station)
    };
    let daemon = Daemon::with(&change, &[])?;
    let options = Options {
        program: without_privileges(daemon.folder.path()).unwrap(),
        config: daemon.folder.path().join("config"),
        more: vec!["--station".into(), daemon.socket().display().to_string()],
        ..options(browser)
    };
    let kiosk = Kiosk::start(&options).unwrap().kept_by(daemon.process.id());
    Some((daemon, kiosk))
}

/// The front-end as an account that may do nothing, with its folders given to it.
fn without_privileges(folder: &Path) -> Result<PathBuf> {
    let program = folder.join("estran");
    fs::copy(env!("CARGO_BIN_EXE_estran"), &program)?;
    let start = folder.join("start");
    let script = format!(
        "#!/bin/sh\nchown -R {NOBODY}:{NOBODY} \"$XDG_RUNTIME_DIR\"\n\
         exec setpriv --reuid {NOBODY} --regid {NOBODY} --clear-groups {} \"$@\"\n",
        program.display()
    );
    fs::write(&start, script)?;
    fs::set_permissions(&start, fs::Permissions::from_mode(0o755))?;
    Ok(start)
}

fn at_a_station(browser: &str) {
    let Some((_daemon, kiosk)) = station(browser, &|station| station) else {
        return;
    };
    super::on("station", kiosk, |kiosk| {
        let secret = secret();
        let told = visit::whole(kiosk, &secret, &mut |step| match step {
            "practice" => who_is_who(kiosk),
            _ => Ok(()),
        })?;
        check(told.before >= 3 && told.after == 0, || format!("{told:?}"))?;
        check(told.traces_before > 0, || "positive control".to_owned())?;
        check(told.traces_after.is_empty(), || format!("{told:?}"))?;
        // The next visitor finds an empty browser, and leaves too.
        visit::enter(kiosk, &mut quiet)?;
        practice::open_request(kiosk)?;
        Page::of(kiosk).settle()?;
        visit::leave(kiosk, &mut quiet).map(drop)
    });
}

#[test]
fn a_station_whose_custodian_is_anew_is_released_at_the_first_touch() {
    let Some((mut daemon, kiosk)) = station("firefox", &|station| station) else {
        return;
    };
    super::on("anew", kiosk, |kiosk| {
        kiosk.wait_screen("welcome", visit::FIRST_PAGE)?;
        daemon.kill();
        kiosk.wait_screen("quarantined", STEP)?;
        daemon.again();
        done(&estranctl(kiosk, &["quarantine", "release"]))?;
        kiosk.wait_any(&["clean", "welcome"], visit::WIPE).map(drop)
    });
}

/// The front-end is nobody, the guest's programs run under a guest's uid, and the sensor is one of
/// them.
fn who_is_who(kiosk: &Kiosk) -> Result {
    check(uid(kiosk.pid()) == Some(NOBODY), || {
        "the front-end".to_owned()
    })?;
    let guests = guests();
    let inside = kiosk.guest_processes();
    let strangers: Vec<_> = inside
        .iter()
        .filter(|pid| uid(**pid).is_some_and(|uid| !guests.contains(&uid)))
        .collect();
    check(!inside.is_empty() && strangers.is_empty(), || {
        format!("{strangers:?}")
    })?;
    estran_driver::wait_until("the sensor to run", STEP * 2, || {
        Ok(kiosk.guest_processes().into_iter().any(|pid| {
            fs::read(format!("/proc/{pid}/cmdline"))
                .is_ok_and(|words| words.starts_with(b"/run/estran/estran-sensor"))
        }))
    })
}

fn uid(pid: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}
