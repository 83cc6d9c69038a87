//! The companion extension in both real browsers, in the real sandbox, installed by policy as on a
//! station: each kind of field is announced, and nothing of what stands in it.
//!
//! The test listens where the custodian does, and keeps every byte that the browser hands to the
//! sensor.
#![allow(clippy::disallowed_methods, reason = "tests drive real processes")]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

use serde_json::{Value, json};

use crate::policies::{Chromium, Firefox, START, journey, replaced};
use crate::sandbox::{PATIENCE, inside, plan};
use estran::guest::Session;
use estran::guest::browser::firefox;
use estran::guest::frame;
use estran::guest::sandbox::{Generated, Network, Plan};
use estran::guest::sensor::Sensed;
use estran::guest::words::Told;

/// What is typed into the secret fields, and must be nowhere else.
const SECRET: &str = "varech-7-bigorneau";

/// Both browsers, as the cases need them.
trait Browser {
    /// It tells an extension that its rules did not open a page.
    const SAYS_CLOSED: bool;

    fn go(&mut self, url: &str);
    /// Tries a page that is not opened.
    fn stray(&mut self, url: &str);
    /// Runs a script in the page.
    fn script(&mut self, script: &str);
    /// Opens an empty tab in front.
    fn tab(&mut self);
    fn session(&self) -> &Session;
    fn end(self);
}

impl Browser for Chromium {
    const SAYS_CLOSED: bool = true;

    fn go(&mut self, url: &str) {
        assert_eq!(self.go(url), "");
    }

    fn stray(&mut self, url: &str) {
        assert_ne!(self.go(url), "");
    }

    fn script(&mut self, script: &str) {
        self.evaluate(script);
    }

    fn tab(&mut self) {
        self.fresh_tab();
    }

    fn session(&self) -> &Session {
        &self.session
    }

    fn end(self) {
        self.end();
    }
}

impl Browser for Firefox {
    const SAYS_CLOSED: bool = false;

    fn go(&mut self, url: &str) {
        assert_eq!(self.go(url), "");
    }

    fn stray(&mut self, url: &str) {
        assert_ne!(self.go(url), "");
    }

    fn script(&mut self, script: &str) {
        let params = json!({ "script": script, "args": [] });
        self.ask("WebDriver:ExecuteScript", params).unwrap();
    }

    fn tab(&mut self) {
        let tab = self
            .ask("WebDriver:NewWindow", json!({ "type": "tab" }))
            .unwrap();
        let handle = json!({ "handle": tab["handle"], "focus": true });
        self.ask("WebDriver:SwitchToWindow", handle).unwrap();
    }

    fn session(&self) -> &Session {
        &self.session
    }

    fn end(self) {
        self.session.wipe(PATIENCE).unwrap();
    }
}

/// Serves the test's pages on a port of its own; `other` is the port of another origin.
fn serve(listener: TcpListener, other: u16) {
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            answer(stream.unwrap(), other);
        }
    });
}

fn answer(mut stream: TcpStream, other: u16) {
    let mut line = String::new();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    reader.read_line(&mut line).unwrap();
    let mut header = String::new();
    while reader.read_line(&mut header).unwrap_or(0) > 2 {
        header.clear();
    }
    let body = page(line.split(' ').nth(1).unwrap_or("/"), other);
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n";
    write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).ok();
}

fn page(path: &str, other: u16) -> String {
    let inside = match path {
        "/fields" => FIELDS.to_owned(),
        "/password" => "<input id=a type=password autofocus>".to_owned(),
        "/plain" => "<input id=a name=ville autofocus>".to_owned(),
        "/frames" => format!(
            "<input id=plain name=ville>\
             <iframe id=same src=/inner></iframe>\
             <iframe id=cross src=http://127.0.0.1:{other}/inner></iframe>\
             <iframe id=doc srcdoc='<input id=a type=password>'></iframe>"
        ),
        // Takes the focus when its parent asks: a script of another origin may not.
        "/inner" => "<input id=a autocomplete=cc-number>\
                     <script>onmessage = () => document.getElementById('a').focus()</script>"
            .to_owned(),
        "/shadow" => SHADOW.to_owned(),
        _ => String::new(),
    };
    format!("<!doctype html><html lang=fr><title>essai</title><body>{inside}")
}

const FIELDS: &str = r#"
<label>Ville <input id=plain name=ville></label>
<textarea id=words name=message></textarea>
<input id=password type=password>
<label>Code secret <input id=pin inputmode=numeric></label>
<input id=masked style="-webkit-text-security: disc">
<input id=once autocomplete=one-time-code>
<label>Code reçu par SMS <input id=sms></label>
<div><span><input maxlength=1></span><span><input id=cut maxlength=1></span><span><input maxlength=1></span><span><input maxlength=1></span></div>
<input id=card autocomplete=cc-number>
<label>Numéro de carte bancaire <input id=carte></label>
<input id=cvv name=cvv>
<label>IBAN <input id=iban></label>
<input id=account aria-label="Account number">
<label>Numéro de sécurité sociale <input id=nir></label>
<label for=fiscal>Numéro fiscal</label><input id=fiscal>
<input id=toggled type=password>
<input id=shown type=password>
<div id=rich contenteditable>x</div>
"#;

const SHADOW: &str = r"
<input id=plain name=ville>
<div id=open></div><div id=closed></div>
<script>
  const inner = document.getElementById('open').attachShadow({ mode: 'open' });
  inner.innerHTML = '<div id=deep></div>';
  inner.getElementById('deep').attachShadow({ mode: 'open' }).innerHTML = '<input type=password>';
  const hidden = document.getElementById('closed').attachShadow({ mode: 'closed' });
  hidden.innerHTML = '<input name=iban>';
  addEventListener('open', () => inner.getElementById('deep').shadowRoot.querySelector('input').focus());
  addEventListener('closed', () => hidden.querySelector('input').focus());
</script>";

/// A session whose native host is ours behind a pipe that keeps every byte.
fn start(files: Vec<Generated>) -> (Session, Receiver<Told>) {
    let plan = Plan {
        files,
        ..plan(Network::Machine)
    };
    let session = Session::start(&plan).unwrap();
    let mut channel_end = session.listen().unwrap();
    let (say, hear) = channel();
    std::thread::spawn(move || {
        while let Ok(told) = frame::read::<Told>(&mut channel_end, frame::GUEST_LIMIT) {
            if matches!(told, Told::Sensed(_) | Told::Closed) && say.send(told).is_err() {
                return;
            }
        }
    });
    (session, hear)
}

const TEE: &str = "printf '#!/bin/bash\\ntee --output-error=exit -a /tmp/wire | exec /run/estran/estran-sensor\\n' > /tmp/host; chmod 755 /tmp/host; ";

struct Stand<B> {
    browser: B,
    heard: Receiver<Told>,
    last: Sensed,
    ports: (u16, u16),
}

impl<B: Browser> Stand<B> {
    /// Waits until the sensor says this.
    fn until(&mut self, wanted: Sensed, case: &str) {
        let until = Instant::now() + START;
        while self.last != wanted {
            let left = until.saturating_duration_since(Instant::now());
            match self.heard.recv_timeout(left) {
                Ok(Told::Sensed(sensed)) => self.last = sensed,
                Ok(_) => {}
                Err(error) => panic!("{case}: {:?} instead of {wanted:?}: {error}", self.last),
            }
        }
    }

    /// Goes where no rule leads, and waits until that is said.
    fn closed(&mut self) {
        self.browser.stray("https://elsewhere.example/");
        let until = Instant::now() + START;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.heard.recv_timeout(left) {
                Ok(Told::Closed) => return,
                Ok(Told::Sensed(sensed)) => self.last = sensed,
                Ok(_) => {}
                Err(error) => panic!("a page that is not opened was not said: {error}"),
            }
        }
    }

    fn go(&mut self, path: &str) {
        let port = self.ports.0;
        self.browser.go(&format!("http://127.0.0.1:{port}{path}"));
    }

    fn focus(&mut self, id: &str) {
        self.browser
            .script(&format!("document.getElementById('{id}').focus()"));
    }

    /// Each case from a plain field, so that nothing is left over from the one before.
    fn case(&mut self, script: &str, wanted: Sensed) {
        self.focus("plain");
        self.until(Sensed::Plain, &format!("the plain field before {script}"));
        self.browser.script(script);
        self.until(wanted, script);
    }
}

fn ports() -> (u16, u16) {
    let listeners = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    let [one, two] = [0, 1].map(|at: usize| listeners[at].local_addr().unwrap().port());
    let [first, second] = listeners;
    serve(first, two);
    serve(second, one);
    (one, two)
}

fn every_case<B: Browser>(mut stand: Stand<B>) {
    stand.go("/password");
    stand.until(Sensed::Password, "the first page");
    fields(&mut stand);
    toggles(&mut stand);
    stand.go("/frames");
    for frame in ["same", "cross"] {
        let script =
            format!("document.getElementById('{frame}').contentWindow.postMessage(1, '*')");
        stand.case(&script, Sensed::Card);
    }
    let script = "document.getElementById('doc').contentDocument.getElementById('a').focus()";
    stand.case(script, Sensed::Password);
    stand.go("/shadow");
    stand.case("dispatchEvent(new Event('open'))", Sensed::Password);
    stand.case("dispatchEvent(new Event('closed'))", Sensed::Bank);
    // From page to page, and to another tab.
    stand.go("/plain");
    stand.until(Sensed::Plain, "a plain page");
    stand.go("/password");
    stand.until(Sensed::Password, "a page with a password");
    stand.browser.tab();
    stand.go("/plain");
    stand.until(Sensed::Plain, "another tab");
    if B::SAYS_CLOSED {
        stand.closed();
        stand.browser.tab();
        stand.go("/plain");
    }
    let wire = std::fs::read(inside(stand.browser.session(), "/tmp/wire")).unwrap();
    nothing_but_kinds(&wire);
    silence(&mut stand);
    stand.browser.end();
}

fn fields<B: Browser>(stand: &mut Stand<B>) {
    use Sensed::{Bank, Card, Code, Identity, Password, Plain};
    stand.go("/fields");
    for (id, wanted) in [
        ("words", Plain),
        ("password", Password),
        ("pin", Password),
        ("masked", Password),
        ("once", Code),
        ("sms", Code),
        ("cut", Code),
        ("card", Card),
        ("carte", Card),
        ("cvv", Card),
        ("iban", Bank),
        ("account", Bank),
        ("nir", Identity),
        ("fiscal", Identity),
        ("rich", Plain),
    ] {
        // What stands in the field is there to be found on the wire.
        let script = format!(
            "(() => {{ const field = document.getElementById('{id}'); \
             if ('value' in field) field.value = '{SECRET}'; field.focus(); }})()"
        );
        stand.case(&script, wanted);
    }
}

fn toggles<B: Browser>(stand: &mut Stand<B>) {
    // Shown while it has the keyboard, and shown before it gets it.
    stand.case(
        "document.getElementById('toggled').focus()",
        Sensed::Password,
    );
    stand
        .browser
        .script("document.getElementById('toggled').type = 'text'");
    stand.case(
        "document.getElementById('toggled').focus()",
        Sensed::Password,
    );
    stand.case(
        "(() => { const field = document.getElementById('shown'); field.type = 'text'; field.focus(); })()",
        Sensed::Password,
    );
}

/// The wire holds frames of one digit each, and so no value.
fn nothing_but_kinds(wire: &[u8]) {
    // The last one may still be on its way.
    let frames: Vec<&[u8]> = wire.chunks_exact(5).collect();
    assert!(frames.len() > 20, "the wire was heard: {}", frames.len());
    for frame in frames {
        assert_eq!(frame[..4], 1_u32.to_ne_bytes());
        assert!((b'0'..=b'7').contains(&frame[4]), "{frame:?}");
    }
    let text = String::from_utf8_lossy(wire);
    assert!(!text.contains(SECRET) && !text.contains("varech"));
}

/// A killed sensor is silent, and comes back.
fn silence<B: Browser>(stand: &mut Stand<B>) {
    let sensors = sensors_of(stand.browser.session());
    assert!(!sensors.is_empty(), "the sensor runs");
    for sensor in sensors {
        rustix::process::kill_process(sensor, rustix::process::Signal::KILL).unwrap();
    }
    stand.until(Sensed::Silent, "killed");
    stand.until(Sensed::Plain, "back again");
}

/// The sensor's processes of this session: those in its pid namespace.
fn sensors_of(session: &Session) -> Vec<rustix::process::Pid> {
    let space = |pid: &str| std::fs::read_link(format!("/proc/{pid}/ns/pid")).ok();
    let ours = space(&session.init().to_string());
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|pid| pid.parse::<i32>().is_ok() && space(pid) == ours)
        .filter(|pid| {
            std::fs::read(format!("/proc/{pid}/cmdline"))
                .is_ok_and(|words| words.starts_with(b"/run/estran/estran-sensor"))
        })
        .filter_map(|pid| rustix::process::Pid::from_raw(pid.parse().ok()?))
        .collect()
}

/// Lets the test's own pages in.
fn allow(policies: &mut Value, list: &str, addresses: &[String]) {
    let list = policies.pointer_mut(list).unwrap().as_array_mut().unwrap();
    list.extend(addresses.iter().map(|address| json!(address)));
}

#[test]
fn in_chromium() {
    let ports = ports();
    let mut policies = Chromium::policies();
    let pages = [ports.0, ports.1].map(|port| format!("127.0.0.1:{port}"));
    allow(&mut policies, "/URLAllowlist", &pages);
    let mut files = replaced("estran.json", &policies);
    let host = files
        .iter_mut()
        .find(|file| file.path.ends_with("estran.sensor.json"))
        .unwrap();
    let text = String::from_utf8(host.content.clone()).unwrap();
    host.content = text
        .replace("/run/estran/estran-sensor", "/tmp/host")
        .into();
    let (session, heard) = start(files);
    let browser = Chromium::begin(session, TEE, "");
    every_case(Stand {
        browser,
        heard,
        last: Sensed::Silent,
        ports,
    });
}

#[test]
fn in_firefox() {
    let ports = ports();
    let policies = Firefox::open(&firefox::policies(&journey()));
    let (session, heard) = start(replaced("policies.json", &policies));
    let home = Firefox::home(|content| content.replace("/run/estran/estran-sensor", "/tmp/host"));
    let before = format!("{TEE}{home}");
    let browser = Firefox::begin(session, &before, "");
    every_case(Stand {
        browser,
        heard,
        last: Sensed::Silent,
        ports,
    });
}

#[test]
fn a_value_on_the_wire_would_be_noticed() {
    let mut wire: Vec<u8> = (0..30).flat_map(|_| *b"\x01\0\0\x001").collect();
    nothing_but_kinds(&wire);
    wire.extend_from_slice(b"\x02\0\0\0\"v");
    assert!(std::panic::catch_unwind(|| nothing_but_kinds(&wire)).is_err());
}
