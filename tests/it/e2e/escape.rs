//! The kiosk-escape list: every way out that is known, tried for real, beside something of the
//! same kind that must work, so that a test which could not have pressed the key fails.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use estran_driver::{Kiosk, Page, Picture, Rect, Result, STEP, trace, visit, wait_until};

use super::{both, check, quiet};

both!(
    addresses_that_are_not_pages,
    keys_that_open_tools,
    file_dialogs_reach_no_page,
    keys_of_the_desktop,
    foreign_programs_never_start,
    the_machine_s_own_services_are_out_of_reach,
    the_bar_takes_nothing_from_the_guest,
);

const HOME: &str = "http://127.0.0.1:8080/";
const MAGENTA: [u8; 3] = [255, 0, 255];

/// The page below the browser's own bars, where the address differs from case to case.
fn content(picture: &Picture) -> Picture {
    let top = picture.height() / 4;
    picture.crop(Rect {
        x: 0,
        y: top,
        width: picture.width(),
        height: picture.height() - top,
    })
}

/// Part of the page that differs.
fn differs(a: &Picture, b: &Picture) -> f64 {
    let all = f64::from(a.width() * a.height()).max(1.0);
    content(a).differing(&content(b)) as f64 / all
}

/// A page of one loud colour in the guest's own folder: seen at once when it is shown.
fn plant_page(kiosk: &Kiosk) -> Result<PathBuf> {
    let root = kiosk.guest_root().ok_or("no guest runs")?;
    let page = "<!doctype html><title>x</title><body style='background:#f0f'>x";
    std::fs::write(root.join("home/visitor/Documents/loud.html"), page)?;
    Ok(root)
}

fn loud(picture: &Picture) -> bool {
    picture.count(MAGENTA) > 50_000
}

fn addresses_that_are_not_pages(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    plant_page(kiosk)?;
    let page = Page::of(kiosk);
    // Allowed: another page of the démarche.
    let home = page.go(HOME)?;
    let card = page.go(&format!("{HOME}fiche"))?;
    check(differs(&home, &card) > 0.01, || {
        "the address bar does not work".into()
    })?;
    // Refused: what any refusal looks like, to compare with, once the kiosk has said it, too.
    page.go("http://interdit.example/")?;
    thread::sleep(Duration::from_secs(2));
    let refusal = page.settle()?;
    check(differs(&home, &refusal) > 0.01, || {
        "a foreign site is not refused".into()
    })?;
    for address in [
        "file:///home/visitor/Documents/loud.html",
        "file:///etc/passwd",
        "file:///",
        "view-source:http://127.0.0.1:8080/",
        "about:config",
        "about:profiles",
        "about:support",
        "about:addons",
        "chrome://settings/",
        "chrome://version/",
        "chrome://flags/",
        "chrome://downloads/",
        "chrome://extensions/",
        "devtools://devtools/bundled/inspector.html",
        "jar:file:///usr/lib/x.jar!/",
        "javascript:document.body.style.background='#f0f'",
        "data:text/html,<body bgcolor=magenta>",
        "filesystem:http://127.0.0.1:8080/temporary/x",
    ] {
        let mut picture = page.go(address)?;
        let mut shown = loud(&picture);
        // Refused, or not followed at all: nothing third.
        wait_until("a refusal", STEP, || {
            picture = page.look()?;
            shown |= loud(&picture);
            let refused = differs(&picture, &refusal) < 0.05;
            let ignored = differs(&picture, &card) < 0.05;
            Ok(refused || ignored || picture.colours(all(&picture), 40) < 40)
        })
        .map_err(|_| keep(&picture, address))?;
        check(!shown, || format!("{address} was shown"))?;
        page.go(&format!("{HOME}fiche"))?;
        // What the kiosk said of the refusal is gone again, too.
        wait_until("the way back", STEP, || {
            Ok(differs(&page.look()?, &card) < 0.05)
        })
        .map_err(|_| format!("after {address}: no way back"))?;
    }
    Ok(())
}

fn all(picture: &Picture) -> Rect {
    Rect {
        x: 0,
        y: picture.height() / 4,
        width: picture.width(),
        height: picture.height() - picture.height() / 4,
    }
}

/// Keeps a picture of what should not be, and says where.
fn keep(picture: &Picture, what: &str) -> String {
    let name: String = what
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let path = super::evidence(&format!("escape-{name}"), "seen").with_extension("png");
    picture.save(&path).ok();
    format!(
        "{what}: neither refused nor ignored, see {}",
        path.display()
    )
}

/// Keys of developer tools, private windows, caret browsing and task managers.
const TOOLS: [&str; 12] = [
    "F12",
    "ctrl+shift+i",
    "ctrl+shift+j",
    "ctrl+shift+c",
    "ctrl+shift+k",
    "ctrl+shift+e",
    "ctrl+shift+m",
    "ctrl+shift+n",
    "ctrl+shift+p",
    "shift+F5",
    "shift+F7",
    "shift+Escape",
];

/// Part of the whole picture that differs.
fn part(a: &Picture, b: &Picture) -> f64 {
    a.differing(b) as f64 / f64::from(a.width() * a.height()).max(1.0)
}

fn keys_that_open_tools(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    let (page, desk) = (Page::of(kiosk), kiosk.desk());
    page.click_margin()?;
    let before = page.settle()?;
    // Allowed: the find bar opens. The keys do arrive.
    desk.press("ctrl+f")?;
    page_changes(&page, &before)?;
    desk.press("Escape")?;
    wait_until("the find bar closes", STEP, || {
        Ok(part(&page.look()?, &before) < 0.01)
    })?;
    // A refusal may say so, until Escape; a tool would stay.
    let before = page.settle()?;
    for chord in TOOLS {
        desk.press(chord)?;
        thread::sleep(Duration::from_secs(2));
        desk.press("Escape")?;
        let mut after = page.look()?;
        wait_until("the page as it was", STEP, || {
            after = page.look()?;
            Ok(part(&after, &before) < 0.01)
        })
        .map_err(|_| keep(&after, chord))?;
        check(kiosk.ui()?.screen == "guest", || {
            format!("{chord} left the guest")
        })?;
    }
    // What came late is still there.
    let last = page.settle()?;
    check(part(&last, &before) < 0.01, || keep(&last, "a late tool"))
}

fn file_dialogs_reach_no_page(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    plant_page(kiosk)?;
    let page = Page::of(kiosk);
    // Allowed: the dialog that opens a file does come, so there was something to refuse.
    let before = page.settle()?;
    kiosk.desk().press("ctrl+o")?;
    page_changes(&page, &before)?;
    kiosk
        .desk()
        .type_text("/home/visitor/Documents/loud.html\n")?;
    still_in_the_guest(kiosk, "ctrl+o")?;
    leave_dialogs(kiosk)?;
    for chord in ["ctrl+s", "ctrl+p", "ctrl+u", "ctrl+h", "ctrl+j", "ctrl+n"] {
        page.click_margin()?;
        kiosk.desk().press(chord)?;
        still_in_the_guest(kiosk, chord)?;
        leave_dialogs(kiosk)?;
    }
    still_in_the_guest(kiosk, "all of them")?;
    // Allowed: the browser is still there, and the démarche can be reached.
    page.go(HOME)?;
    visit::wait_page(kiosk, STEP)
}

/// Waits until more than a caret has changed.
fn page_changes(page: &Page<'_>, before: &Picture) -> Result {
    wait_until("something on the screen changes", STEP, || {
        Ok(page.look()?.differing(before) > 4_000)
    })
}

/// What a key opens has its time to come, and nothing of it leaves the guest or shows the page.
fn still_in_the_guest(kiosk: &Kiosk, chord: &str) -> Result {
    let until = Instant::now() + Duration::from_secs(2);
    while Instant::now() < until {
        let screen = kiosk.ui()?.screen;
        check(screen == "guest", || format!("{chord} leads to {screen}"))?;
        let shown = Page::of(kiosk).look()?;
        check(!loud(&shown), || keep(&shown, chord))?;
    }
    Ok(())
}

fn leave_dialogs(kiosk: &Kiosk) -> Result {
    for _ in 0..3 {
        kiosk.desk().press("Escape")?;
        thread::sleep(Duration::from_millis(150));
    }
    Ok(())
}

fn keys_of_the_desktop(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    let desk = kiosk.desk();
    for chord in [
        "ctrl+alt+F2",
        "ctrl+alt+BackSpace",
        "ctrl+alt+Delete",
        "alt+Tab",
        "alt+Space",
        "super",
        "ctrl+Escape",
        "alt+F2",
        "alt+Print",
    ] {
        desk.press(chord)?;
        thread::sleep(Duration::from_millis(300));
        check(kiosk.ui()?.screen == "guest", || {
            format!("{chord} left the guest")
        })?;
        desk.press("Escape")?;
    }
    for _ in 0..6 {
        desk.press("shift")?;
    }
    check(kiosk.ui()?.screen == "guest", || {
        "sticky keys left the guest".into()
    })?;
    visit::wait_page(kiosk, STEP)?;
    // Closing the last window ends the browser at most, and the visitor is asked what next.
    desk.press("alt+F4")?;
    desk.press("ctrl+q")?;
    thread::sleep(Duration::from_secs(3));
    let ui = kiosk.wait_any(&["guest", "gone"], STEP)?;
    if ui.screen == "gone" {
        kiosk.click("gone.restart")?;
        kiosk.wait_screen("guest", STEP)?;
        visit::wait_page(kiosk, visit::FIRST_PAGE)?;
    }
    visit::leave(kiosk, &mut quiet)?;
    Ok(())
}

/// What a browser's own processes, and those around it, are called.
const USUAL: &[&str] = &[
    "bwrap",
    "estrand",
    "estran-practice",
    "estran-sensor",
    "firefox",
    "chrom",
    "Web Content",
    "Isolated",
    "Privileged",
    "RDD Process",
    "Socket Process",
    "Utility",
    "WebExtensions",
    "file:// Content",
    "forkserver",
    "Main",
    "chrome_crashpad",
    "crashhelper",
    "cat",
    "sh",
    "gpu",
    "GPU",
];

fn is_usual(name: &str) -> bool {
    USUAL.iter().any(|each| name.starts_with(each))
}

fn foreign_programs_never_start(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    let names = || -> BTreeSet<String> {
        let guest = kiosk.guest_processes().into_iter();
        guest
            .map(trace::name)
            .filter(|name| !name.is_empty())
            .collect()
    };
    // The control: the browser's own processes are seen by their names, and a stranger's would
    // not pass for one of them.
    let at_first = names();
    check(
        at_first
            .iter()
            .any(|name| name.starts_with("firefox") || name.starts_with("chrom")),
        || format!("only {at_first:?} are seen"),
    )?;
    check(!is_usual("xterm"), || "the list allows everything".into())?;
    let page = Page::of(kiosk);
    for address in [
        "mailto:x@example.org",
        "tel:0102030405",
        "ssh://127.0.0.1",
        "vnc://127.0.0.1",
        "smb://127.0.0.1/x",
        "apt:xterm",
        "steam://run/1",
        "magnet:?xt=x",
        "ms-word:x",
        "x-scheme-handler:x",
        "callto:x",
        "irc://x/y",
    ] {
        page.go(address)?;
        thread::sleep(Duration::from_millis(500));
        let strange: Vec<_> = names().into_iter().filter(|name| !is_usual(name)).collect();
        check(strange.is_empty(), || {
            format!("{address} started {strange:?}")
        })?;
        for _ in 0..2 {
            kiosk.desk().press("Escape")?;
        }
    }
    page.go(HOME)?;
    visit::wait_page(kiosk, STEP)
}

fn the_machine_s_own_services_are_out_of_reach(kiosk: &mut Kiosk) -> Result {
    let service = TcpListener::bind("127.0.0.1:0")?;
    let everywhere = TcpListener::bind("0.0.0.0:0")?;
    let (port, open) = (
        service.local_addr()?.port(),
        everywhere.local_addr()?.port(),
    );
    visit::enter(kiosk, &mut quiet)?;
    let page = Page::of(kiosk);
    for address in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://0.0.0.0:{open}/"),
        format!("http://10.0.2.2:{open}/"),
        "http://192.168.1.1/".to_owned(),
        "http://169.254.169.254/".to_owned(),
    ] {
        page.go(&address)?;
    }
    for listener in [&service, &everywhere] {
        listener.set_nonblocking(true)?;
        let came = listener.accept().is_ok();
        check(!came, || {
            "the guest reached a service of this machine".into()
        })?;
        // The control: the service does listen.
        std::net::TcpStream::connect(("127.0.0.1", listener.local_addr()?.port()))?;
    }
    // The practice démarche knows no network at all.
    let root = kiosk
        .guest_processes()
        .into_iter()
        .next()
        .ok_or("no guest runs")?;
    let devices = std::fs::read_to_string(format!("/proc/{root}/net/dev"))?;
    let names: Vec<_> = devices
        .lines()
        .skip(2)
        .filter_map(|line| line.split(':').next())
        .collect();
    check(names.iter().all(|name| name.trim() == "lo"), || {
        format!("{names:?}")
    })?;
    page.go(HOME)?;
    visit::wait_page(kiosk, STEP)
}

fn the_bar_takes_nothing_from_the_guest(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    let ui = kiosk.ui()?;
    let top = ui.guest.as_ref().ok_or("no guest area")?.bounds[1] as u32;
    let bar = |picture: &Picture| {
        picture.crop(Rect {
            x: 0,
            y: 0,
            width: picture.width(),
            height: top,
        })
    };
    let before = bar(&kiosk.desk().wait_still(Duration::from_millis(500), STEP)?);
    let home = ui.control("guest.home").ok_or("no guest.home")?.middle();
    // A link of the page, dragged onto the bar.
    kiosk.desk().drag(kiosk.guest_point(0.5, 0.6)?, home)?;
    thread::sleep(Duration::from_secs(1));
    check(kiosk.ui()?.screen == "guest", || {
        "a drop onto the bar pressed it".into()
    })?;
    let away = kiosk.guest_point(0.5, 0.95)?;
    kiosk.desk().move_to(away.0, away.1)?;
    // A page title and an address never show in the bar.
    Page::of(kiosk).go(&format!("{HOME}fiche"))?;
    let mut after = before.clone();
    wait_until("the bar as it was", STEP, || {
        after = bar(&kiosk.desk().look()?);
        Ok(after.differing(&before) < 200)
    })
    .map_err(|_| keep(&after, "the bar"))?;
    // Allowed: the bar itself works.
    kiosk.click("guest.finish")?;
    kiosk.wait_screen("farewell", STEP)?;
    Ok(())
}
