//! The generated policies, and the browsers' own sandboxes, in the real browsers inside the real
//! sandbox. Each browser is asked through its own automation protocol.
#![allow(clippy::disallowed_methods, reason = "tests drive real processes")]
#![allow(
    clippy::print_stdout,
    reason = "measured numbers, shown with --nocapture"
)]

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::sandbox::{PATIENCE, inside, plan, run};
use estran::guest::Session;
use estran::guest::browser::{self, Journey, chromium, firefox};
use estran::guest::frame;
use estran::guest::sandbox::{Generated, Network};
use estran::guest::words::Told;

/// A browser on a busy machine.
pub const START: Duration = Duration::from_mins(1);

pub fn journey() -> Journey {
    Journey {
        home: "http://127.0.0.1:8080/".into(),
        allowed: vec!["exemple.fr".into()],
        refused: Vec::new(),
        practice: true,
        passage: false,
        language: "fr".into(),
        zoom: 100,
    }
}

pub fn replaced(path: &str, content: &Value) -> Vec<Generated> {
    let mut files = browser::files(&journey());
    let file = files
        .iter_mut()
        .find(|file| file.path.ends_with(path))
        .unwrap();
    file.content = content.to_string().into_bytes();
    files
}

/// Chromium, spoken to over a pair of pipes.
pub struct Chromium {
    pub session: Session,
    to: File,
    from: BufReader<File>,
    page: String,
    count: u32,
}

impl Chromium {
    /// The policies differ from the generated ones in what shuts this very test out: the two
    /// that refuse the debugging pipe, and the two pages that it reads.
    fn start(flags: &str) -> Self {
        let mut plan = plan(Network::None);
        plan.files = replaced("estran.json", &Self::policies());
        let session = Session::start(&plan).unwrap();
        let mut agent = session.listen().unwrap();
        let mut chromium = Self::begin(session, "", flags);
        // The companion loads the tabs again that were there before it.
        while !matches!(
            frame::read(&mut agent, frame::GUEST_LIMIT).unwrap(),
            Told::Sensed(_)
        ) {}
        std::thread::sleep(Duration::from_secs(1));
        chromium.fresh_tab();
        chromium
    }

    pub fn policies() -> Value {
        let mut policies = chromium::policies(&journey());
        policies
            .as_object_mut()
            .unwrap()
            .remove("RemoteDebuggingAllowed")
            .unwrap();
        policies["DeveloperToolsAvailability"] = json!(1);
        let allowed = policies["URLAllowlist"].as_array_mut().unwrap();
        allowed.extend([json!("chrome://policy"), json!("chrome://sandbox")]);
        policies
    }

    /// In a session that runs; `before` is run in its shell first.
    pub fn begin(mut session: Session, before: &str, flags: &str) -> Self {
        run(
            &mut session,
            &format!(
                "{before} mkfifo /tmp/in /tmp/out; exec /usr/bin/chromium --headless --disable-gpu \
                 --remote-debugging-pipe {flags} about:blank 3< /tmp/in 4> /tmp/out"
            ),
        );
        let until = Instant::now() + START;
        while !inside(&session, "/tmp/out").exists() {
            assert!(Instant::now() < until);
            std::thread::sleep(Duration::from_millis(10));
        }
        let to = File::options()
            .write(true)
            .open(inside(&session, "/tmp/in"))
            .unwrap();
        let from = BufReader::new(File::open(inside(&session, "/tmp/out")).unwrap());
        let mut chromium = Self {
            session,
            to,
            from,
            page: String::new(),
            count: 0,
        };
        chromium.fresh_tab();
        chromium
    }

    /// Each door is tried from a tab of its own: leaving a privileged page by force can end the
    /// debugging session.
    pub fn fresh_tab(&mut self) {
        self.page.clear();
        let target = self.ask("Target.createTarget", json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = self.ask("Target.attachToTarget", attach);
        attached["sessionId"]
            .as_str()
            .unwrap()
            .clone_into(&mut self.page);
    }

    /// The pipes are the guest's files: the wipe would rightly wait for them.
    pub fn end(self) {
        drop((self.to, self.from));
        self.session.wipe(PATIENCE).unwrap();
    }

    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.count += 1;
        let mut question = json!({ "id": self.count, "method": method, "params": params });
        if !self.page.is_empty() {
            question["sessionId"] = json!(self.page);
        }
        self.to
            .write_all(format!("{question}\0").as_bytes())
            .unwrap();
        loop {
            let mut bytes = Vec::new();
            assert!(
                self.from.read_until(0, &mut bytes).unwrap() > 0,
                "chromium is gone"
            );
            let answer: Value = serde_json::from_slice(&bytes[..bytes.len() - 1]).unwrap();
            if answer["id"] == json!(self.count) {
                assert!(answer["error"].is_null(), "{answer}");
                return answer["result"].clone();
            }
        }
    }

    /// The error of going to an address, or "".
    pub fn go(&mut self, url: &str) -> String {
        let gone = self.ask("Page.navigate", json!({ "url": url }));
        gone["errorText"].as_str().unwrap_or_default().to_owned()
    }

    pub fn evaluate(&mut self, expression: &str) -> Value {
        let params =
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        self.ask("Runtime.evaluate", params)["result"]["value"].clone()
    }

    fn until(&mut self, expression: &str) -> Value {
        let until = Instant::now() + START;
        loop {
            let value = self.evaluate(expression);
            if !value.is_null() && value != json!("") && value != json!([]) {
                return value;
            }
            assert!(Instant::now() < until, "{expression}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Every row of chrome://policy: name, and what the browser says about it.
const POLICY_ROWS: &str = r"(() => {
    const rows = [];
    const walk = node => {
        if (node.localName === 'policy-row' && node.policy) rows.push([node.policy.name, node.policy]);
        for (const child of node.children ?? []) walk(child);
        if (node.shadowRoot) walk(node.shadowRoot);
    };
    walk(document.documentElement);
    return rows;
})()";

/// What chrome://policy finds wrong with a policy of ours.
fn trouble(name: &str, rows: &[Value]) -> Option<String> {
    let Some(row) = rows.iter().find(|row| row[0] == json!(name)) else {
        return Some(format!("{name} is not on chrome://policy"));
    };
    let said = |key: &str| row[1][key].as_str().is_some_and(|text| !text.is_empty());
    let deprecated = row[1]["deprecated"].as_bool().unwrap_or(false);
    (said("error") || said("warning") || deprecated).then(|| row.to_string())
}

#[test]
fn a_wrong_chromium_policy_would_be_noticed() {
    let row = |more: Value| {
        let mut policy = json!({ "name": "A", "level": "mandatory", "source": "platform" });
        policy
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        [json!(["A", policy])]
    };
    assert!(trouble("A", &row(json!({}))).is_none());
    assert!(trouble("B", &row(json!({}))).is_some());
    assert!(trouble("A", &row(json!({ "error": "Unknown policy." }))).is_some());
    assert!(trouble("A", &row(json!({ "warning": "Ignored." }))).is_some());
    assert!(trouble("A", &row(json!({ "deprecated": true }))).is_some());
}

#[test]
fn chromium_accepts_every_policy_and_closes_every_door() {
    let mut chromium = Chromium::start("");
    assert_eq!(chromium.go("chrome://policy"), "");
    let rows = chromium.until(POLICY_ROWS);
    let rows = rows.as_array().unwrap();
    let wanted = chromium::policies(&journey());
    let names: Vec<&String> = wanted
        .as_object()
        .unwrap()
        .keys()
        .filter(|name| *name != "RemoteDebuggingAllowed")
        .collect();
    let troubled: Vec<String> = names
        .iter()
        .filter_map(|name| trouble(name, rows))
        .collect();
    assert!(troubled.is_empty(), "{}", troubled.join("\n"));
    let accepted = names.len();
    println!("chromium: {accepted} policies accepted");
    for url in [
        "file:///etc/passwd",
        "view-source:http://127.0.0.1:8080/",
        "chrome://settings",
        "chrome://flags",
        "devtools://devtools/bundled/inspector.html",
        "https://elsewhere.example/",
        "http://localhost:631/",
        "http://127.0.0.1:631/",
    ] {
        chromium.fresh_tab();
        assert_eq!(
            chromium.go(url),
            "net::ERR_BLOCKED_BY_ADMINISTRATOR",
            "{url}"
        );
    }
    chromium.fresh_tab();
    // The allowed side: refused by the missing server or name, not by a policy.
    assert_eq!(
        chromium.go("http://127.0.0.1:8080/"),
        "net::ERR_CONNECTION_REFUSED"
    );
    assert_ne!(
        chromium.go("https://www.exemple.fr/"),
        "net::ERR_BLOCKED_BY_ADMINISTRATOR"
    );
    chromium.end();
}

fn chromium_says(flags: &str) -> String {
    let mut chromium = Chromium::start(flags);
    assert_eq!(chromium.go("chrome://sandbox"), "");
    let text = chromium.until("document.getElementById('evaluation')?.innerText ?? ''");
    chromium.end();
    text.as_str().unwrap().to_owned()
}

#[test]
fn chromium_keeps_its_own_sandbox_and_the_check_notices_when_it_does_not() {
    let ours = chromium_says("");
    assert!(ours.contains("You are adequately sandboxed"), "{ours}");
    let weakened = chromium_says("--no-sandbox");
    assert!(weakened.contains("NOT adequately sandboxed"), "{weakened}");
}

/// Firefox, spoken to over Marionette: `length:[type, id, name, parameters]`.
pub struct Firefox {
    pub session: Session,
    stream: TcpStream,
    count: u32,
}

impl Firefox {
    /// The policies differ from the generated ones in the one that shuts this very test out.
    fn start(policies: &Value, environment: &str) -> Self {
        // Marionette listens on TCP: the machine's network, on a port that the kernel chooses.
        let mut plan = plan(Network::Machine);
        plan.files = replaced("policies.json", &Self::open(policies));
        let home = Self::home(|content| content);
        Self::begin(Session::start(&plan).unwrap(), &home, environment)
    }

    /// The files that a launch writes into the home, written by a shell.
    pub fn home(change: impl Fn(String) -> String) -> String {
        let launch = firefox::launch("firefox-esr".into(), &journey());
        launch
            .files
            .into_iter()
            .fold(String::new(), |script, (path, content)| {
                let path = path.replace(".mozilla/estran/", "p/");
                let content = change(content);
                script
                    + &format!(
                        "mkdir -p ~/$(dirname {path}); cat > ~/{path} <<'END'\n{content}\nEND\n"
                    )
            })
    }

    pub fn open(policies: &Value) -> Value {
        let mut policies = policies.clone();
        policies["policies"]
            .as_object_mut()
            .unwrap()
            .remove("DisableDeveloperTools");
        policies
    }

    /// In a session that runs; `before` is run in its shell first.
    pub fn begin(mut session: Session, before: &str, environment: &str) -> Self {
        run(
            &mut session,
            &format!(
                "{before} mkdir -p ~/p; echo 'user_pref(\"marionette.port\", 0);' >> ~/p/user.js; \
                 {environment} exec /usr/bin/firefox-esr --headless --marionette --remote-allow-system-access --no-remote --profile ~/p about:blank"
            ),
        );
        let until = Instant::now() + START;
        let port = inside(&session, "/home/visitor/p/MarionetteActivePort");
        let port: u16 = loop {
            match std::fs::read_to_string(&port) {
                Ok(text) if !text.trim().is_empty() => break text.trim().parse().unwrap(),
                _ => std::thread::sleep(Duration::from_millis(50)),
            }
            assert!(Instant::now() < until, "no Marionette");
        };
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(START)).unwrap();
        let mut firefox = Self {
            session,
            stream,
            count: 0,
        };
        firefox.hear();
        firefox.ask("WebDriver:NewSession", json!({})).unwrap();
        firefox
    }

    fn hear(&mut self) -> Value {
        let mut length = Vec::new();
        loop {
            let mut byte = [0];
            self.stream.read_exact(&mut byte).unwrap();
            if byte == *b":" {
                break;
            }
            length.push(byte[0]);
        }
        let mut body = vec![0; String::from_utf8(length).unwrap().parse().unwrap()];
        self.stream.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    pub fn ask(&mut self, name: &str, params: Value) -> Result<Value, String> {
        self.count += 1;
        let question = json!([0, self.count, name, params]).to_string();
        write!(self.stream, "{}:{question}", question.len()).unwrap();
        let answer = self.hear();
        assert_eq!(answer[1], json!(self.count));
        if answer[2].is_null() {
            Ok(answer[3].clone())
        } else {
            Err(answer[2].to_string())
        }
    }

    fn chrome(&mut self, script: &str) -> Value {
        self.ask("Marionette:SetContext", json!({ "value": "chrome" }))
            .unwrap();
        let answer = self.ask(
            "WebDriver:ExecuteScript",
            json!({ "script": script, "args": [] }),
        );
        self.ask("Marionette:SetContext", json!({ "value": "content" }))
            .unwrap();
        answer.unwrap()["value"].clone()
    }

    pub fn go(&mut self, url: &str) -> String {
        self.ask("WebDriver:Navigate", json!({ "url": url }))
            .err()
            .unwrap_or_default()
    }
}

/// What Firefox's policy engine logged as wrong.
const POLICY_ERRORS: &str = r"
    const storage = Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage);
    return storage.getEvents()
        .filter(e => /polic/i.test(e.consoleID + e.filename) && ['error', 'warn'].includes(e.level))
        .map(e => Array.from(e.arguments ?? [], String).join(' '));
";

#[test]
fn firefox_accepts_every_policy_and_closes_every_door() {
    let wanted = firefox::policies(&journey());
    let mut firefox = Firefox::start(&wanted, "");
    assert_eq!(firefox.chrome(POLICY_ERRORS), json!([]));
    let active = firefox.chrome("return Object.keys(Services.policies.getActivePolicies());");
    let active = active.as_array().unwrap();
    let names = wanted["policies"].as_object().unwrap().keys();
    for name in names.filter(|name| *name != "DisableDeveloperTools") {
        assert!(
            active.contains(&json!(name)),
            "{name} is not active: {active:?}"
        );
    }
    println!("firefox: {} policies accepted", active.len());
    for url in [
        "file:///etc/passwd",
        // The source of an allowed page can be read; that of any other cannot.
        "view-source:https://elsewhere.example/",
        "about:config",
        "about:addons",
        "about:profiles",
        "about:support",
        "https://elsewhere.example/",
        "http://localhost:631/",
    ] {
        let said = firefox.go(url);
        assert!(said.contains("blockedByPolicy"), "{url}: {said}");
    }
    let allowed = firefox.go("http://127.0.0.1:8080/");
    assert!(allowed.contains("connectionFailure"), "{allowed}");
    assert_eq!(firefox.go("file:///run/estran/start.html"), "");
    firefox.session.wipe(PATIENCE).unwrap();
}

#[test]
fn a_wrong_firefox_policy_would_be_noticed() {
    let wrong = json!({ "policies": { "ShowHomeButton": "perhaps", "NoSuchPolicy": true } });
    let mut firefox = Firefox::start(&wrong, "");
    let errors = firefox.chrome(POLICY_ERRORS);
    assert!(!errors.as_array().unwrap().is_empty());
    firefox.session.wipe(PATIENCE).unwrap();
}

fn content_sandbox(environment: &str) -> Value {
    let mut firefox = Firefox::start(&firefox::policies(&journey()), environment);
    firefox.go("file:///run/estran/start.html");
    let said = firefox.chrome(
        "const info = Cc['@mozilla.org/sandbox/sandbox-settings;1'].getService(Ci.mozISandboxSettings);
         return [info.effectiveContentSandboxLevel,
                 Services.sysinfo.getProperty('hasSeccompBPF'),
                 Services.sysinfo.getProperty('hasUserNamespaces')];",
    );
    firefox.session.wipe(PATIENCE).unwrap();
    said
}

#[test]
fn firefox_keeps_its_own_sandbox_and_the_check_notices_when_it_does_not() {
    assert_eq!(content_sandbox(""), json!([6, true, true]));
    assert_eq!(
        content_sandbox("MOZ_DISABLE_CONTENT_SANDBOX=1")[0],
        json!(0)
    );
}
