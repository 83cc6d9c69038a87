//! What leaves a station for its monitoring, as a real collector (OTLP/HTTP) and a real Prometheus
//! see it. `cargo xtask test` brings both; where one is missing these tests fail.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use estran::usage::{
    Consentement, Duree, Effacement, Fin, Issue, Ledger, Line, Mode, Month, Operateur, Thematique,
};

const STATION: &str = include_str!("../../kiosk-config/station.toml");
const DEMARCHES: &str = include_str!("../../kiosk-config/demarches.toml");

/// A month of 90 visits: 60 for the Caf, and so many at the Anah; the others at Taxes.
fn store(folder: &Path, anah: u32) {
    let (november, december) = ("2026-11", "2026-12");
    let month = |text: &str| text.parse::<Month>().unwrap();
    let mut ledger = Ledger::open(folder, Vec::new(), month(november)).unwrap();
    for visit in 0..90 {
        let line = Line {
            mode: Mode::Autonome,
            posture: None,
            thematique: Thematique::Logement,
            operateur: match visit {
                0..60 => Operateur::Cnaf,
                _ if visit < 60 + anah => Operateur::Anah,
                _ => Operateur::Dgfip,
            },
            duree: Duree::Lt30,
            issue: Issue::NonRenseigne,
            orientation: None,
            consentement: Consentement::NonDemande,
            fin: Fin::Usager,
            effacement: Effacement::Ok,
        };
        ledger.count(&line, month(november));
    }
    ledger.save(month(december)).unwrap();
}

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn wait(what: &str, mut is: impl FnMut() -> bool) {
    for _ in 0..1200 {
        if is() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{what} was waited for in vain");
}

struct House {
    top: tempfile::TempDir,
}

impl House {
    fn new(anah: u32, collector: &str) -> Self {
        let top = tempfile::tempdir().unwrap();
        let config = top.path().join("config");
        fs::create_dir(&config).unwrap();
        let station = STATION.replace("collector = \"\"", &format!("collector = \"{collector}\""));
        fs::write(config.join("station.toml"), station).unwrap();
        fs::write(config.join("demarches.toml"), DEMARCHES).unwrap();
        store(&top.path().join("state"), anah);
        Self { top }
    }

    fn metrics(&self, more: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_estranctl"))
            .arg("metrics")
            .arg("--config")
            .arg(self.top.path().join("config"))
            .arg("--state")
            .arg(self.top.path().join("state"))
            .args(more)
            .output()
            .unwrap()
    }
}

/// The collector, which prints all that it takes in.
fn collector(folder: &Path, port: u16) -> (Running, PathBuf) {
    let program = std::env::var_os("ESTRAN_TEST_COLLECTOR").expect(
        "ESTRAN_TEST_COLLECTOR is not set: `cargo xtask test` brings a collector and sets it",
    );
    let log = folder.join("collector.log");
    let out = File::create(&log).unwrap();
    let child = Command::new(program)
        .args(["start", "--exporter", "blackhole", "--debug-log", "metrics"])
        .args(["--debug-log-verbosity", "detailed"])
        .args(["--otlp-http-endpoint", &format!("127.0.0.1:{port}")])
        .args([
            "--otlp-grpc-endpoint",
            &format!("127.0.0.1:{}", free_port()),
        ])
        .arg("--pid-file")
        .arg(folder.join("collector.pid"))
        .arg("--log-file")
        .arg(folder.join("collector.own.log"))
        .stdin(Stdio::null())
        .stdout(out.try_clone().unwrap())
        .stderr(out)
        .spawn()
        .unwrap();
    wait("the collector", || {
        std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
    });
    (Running(child), log)
}

/// All that a collector was sent of a house with so many visits at the Anah.
fn sent(anah: u32) -> String {
    let port = free_port();
    let house = House::new(anah, &format!("http://127.0.0.1:{port}"));
    let (_collector, log) = collector(house.top.path(), port);
    let output = house.metrics(&["--send"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{output:?}");
    assert!(said.contains("metrics sent"), "{said}");
    let seen = || fs::read_to_string(&log).unwrap();
    wait("what was sent", || seen().contains("estran_visits_by"));
    wait("the end of it", || seen().contains("estran_memory_bytes"));
    seen()
}

#[test]
fn a_collector_gets_suppressed_margins_and_the_machines_health_alone() {
    // The control: a number that may be shown arrives, under its name.
    let shown = sent(20);
    assert!(shown.contains("anah") && shown.contains("cnaf"), "{shown}");
    let hidden = sent(3);
    assert!(hidden.contains("cnaf"), "{hidden}");
    assert!(!hidden.contains("anah"), "3 visits were sent: {hidden}");
    for name in ["estran_visits", "estran_memory_bytes", "2026-11", "estran"] {
        assert!(hidden.contains(name), "{name} in {hidden}");
    }
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    for word in [host.trim(), "host.name", "process.", "os.type"] {
        assert!(!hidden.contains(word), "{word} was sent: {hidden}");
    }
}

#[test]
fn without_a_collector_nothing_is_sent_and_that_is_said() {
    let nobody = free_port();
    let house = House::new(3, &format!("http://127.0.0.1:{nobody}"));
    let output = house.metrics(&["--send"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let silent = House::new(3, "");
    let output = silent.metrics(&["--send"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("collector"), "{said}");
}

/// Serves this text to everybody who asks, as the node exporter would.
fn serve(text: String) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            stream
                .set_read_timeout(Some(Duration::from_secs(5)))
                .unwrap();
            drop(stream.read(&mut [0; 4096]));
            let length = text.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n\
                 Content-Length: {length}\r\nConnection: close\r\n\r\n"
            );
            drop(stream.write_all(format!("{head}{text}").as_bytes()));
        }
    });
    port
}

/// What a Prometheus says of a query.
fn asked(port: u16, query: &str) -> String {
    let address = format!("http://127.0.0.1:{port}/api/v1/query");
    let answer = ureq::get(&address).query("query", query).call();
    answer.map_or_else(
        |_| String::new(),
        |mut answer| answer.body_mut().read_to_string().unwrap_or_default(),
    )
}

#[test]
fn a_prometheus_reads_the_text_form() {
    let house = House::new(3, "");
    let output = house.metrics(&[]);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let target = serve(text);
    let folder = house.top.path();
    let settings = format!(
        "global: {{scrape_interval: 1s}}\nscrape_configs:\n  - job_name: estran\n    \
         static_configs: [{{targets: ['127.0.0.1:{target}']}}]\n"
    );
    fs::write(folder.join("prometheus.yml"), settings).unwrap();
    let port = free_port();
    let child = Command::new("prometheus")
        .arg(format!(
            "--config.file={}",
            folder.join("prometheus.yml").display()
        ))
        .arg(format!(
            "--storage.tsdb.path={}",
            folder.join("data").display()
        ))
        .arg(format!("--web.listen-address=127.0.0.1:{port}"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(folder.join("prometheus.log")).unwrap())
        .spawn()
        .expect("prometheus is missing: `cargo xtask test` installs it");
    let _prometheus = Running(child);
    let caf = "estran_visits_by{list=\"operateur\",value=\"cnaf\"}";
    wait("the first scrape", || asked(port, caf).contains("\"60\""));
    assert!(asked(port, "estran_memory_bytes").contains("estran_memory_bytes"));
    let hidden = asked(port, "estran_visits_by{value=\"anah\"}");
    assert!(
        hidden.contains("\"success\"") && !hidden.contains("anah"),
        "{hidden}"
    );
}
