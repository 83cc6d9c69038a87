//! What an end costs: the order to wipe, to the end of kill and release, to the audit's answer.
//! Beside it, what others do with the same files on ext4: `rm -rf` and `sync`, and `shred`.
//!
//! It prints and never judges; one line of a table for each load, the middle one of three rounds
//! (one round above 1 GB). `cargo xtask bench wipe` runs it; words after `--` choose lines. As root
//! the ext4 is a loop-mounted image of its own, past the machine's cache; otherwise the temporary
//! directory is taken, whatever it is.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a measurement that stops at what it cannot do"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use estran::custodian::{Client, ClientSettings, Command as Order, Notice, Target};
use estran::proof::search::memory::descendants;
use estran::visit::Browser;

const PATIENCE: Duration = Duration::from_mins(5);

/// What a session holds at its end.
#[derive(Clone, Copy)]
enum Load {
    /// One file of so many megabytes.
    Megabytes(u32),
    /// So many small files.
    Files(u32),
}

impl Load {
    const ALL: [Self; 7] = [
        Self::Megabytes(10),
        Self::Megabytes(100),
        Self::Megabytes(300),
        Self::Megabytes(1000),
        Self::Megabytes(4000),
        Self::Files(1000),
        Self::Files(100_000),
    ];

    fn rounds(self) -> usize {
        match self {
            Self::Megabytes(0..=1000) | Self::Files(_) => 3,
            Self::Megabytes(_) => 1,
        }
    }

    fn name(self) -> String {
        match self {
            Self::Megabytes(size) => format!("{size} MB"),
            Self::Files(count) => format!("{count} files"),
        }
    }

    /// Makes it in the folder where it is started. The bytes do not repeat: no file system may
    /// save them.
    fn script(self) -> String {
        match self {
            Self::Megabytes(size) => format!(
                "mkdir load; openssl enc -aes-128-ctr -K 00 -iv 00 -in /dev/zero 2>/dev/null \
                 | head -c {size}000000 > load/file; [ -s load/file ] \
                 || head -c {size}000000 /dev/urandom > load/file"
            ),
            Self::Files(count) => format!(
                "mkdir load; perl -e 'for (1..{count}) {{ my $d = int($_ / 500); \
                 mkdir \"load/$d\"; open F, \">load/$d/$_\"; print F \"x\" x 600; close F }}'"
            ),
        }
    }
}

fn main() {
    println!(
        "| session | kill → released | audit | the same audit again | kill → clean \
         | rm -rf + sync, at once | rm -rf + sync, cold | shred -n1 |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let disk = Disk::new();
    for load in Load::ALL {
        let name = load.name();
        if !wanted.is_empty() && !wanted.iter().any(|word| name.contains(word)) {
            continue;
        }
        let rounds = load.rounds();
        let (wipe, (audit, again)) = middle(rounds, || wipe(load));
        let (remove, ()) = middle(rounds, || (disk.remove(load), ()));
        let cold = disk
            .is_own()
            .then(|| middle(rounds, || (disk.remove_cold(load), ())).0);
        let shred = disk.shred(load);
        let or_none = |time: Option<Duration>| time.map_or_else(|| "–".to_owned(), shown);
        println!(
            "| {name} | {} | {} | {} | **{}** | {} | {} | {} |",
            shown(wipe),
            shown(audit),
            shown(again),
            shown(wipe + audit),
            shown(remove),
            or_none(cold),
            or_none(shred),
        );
    }
    println!("\next4: {}", disk.about());
}

/// The middle one, by its first part.
fn middle<T>(rounds: usize, mut once: impl FnMut() -> (Duration, T)) -> (Duration, T) {
    let mut all: Vec<(Duration, T)> = (0..rounds).map(|_| once()).collect();
    all.sort_by_key(|(time, _)| *time);
    all.swap_remove(rounds / 2)
}

fn shown(time: Duration) -> String {
    if time < Duration::from_secs(2) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

/// The real custodian with a program that fills the session: how long its wipe takes, the audit after
/// it, and another audit, when the kernel has nothing left to do for that session.
fn wipe(load: Load) -> (Duration, (Duration, Duration)) {
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("fill");
    let script = format!(
        "#!/usr/bin/bash\ncd ~\n{}\ntouch /tmp/filled\nsleep 600\n",
        load.script()
    );
    std::fs::write(&program, script).expect("the program");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&program, mode).expect("its rights");
    let settings = ClientSettings {
        memory_mib: 6000,
        proof: true,
        program: Some(program),
        ..ClientSettings::default()
    };
    let (told, heard) = std::sync::mpsc::channel();
    let estrand = Path::new(env!("CARGO_BIN_EXE_estrand"));
    let mut client = Client::spawn_desk(estrand, settings, move |notice| {
        told.send(notice).ok();
    })
    .expect("the custodian");
    client
        .send(&Order::Open {
            browser: Browser::First,
            target: Target::Program {
                canary: "abcdefghijklmnopqrst".into(),
            },
            display: None,
            language: "fr".into(),
            zoom: 100,
        })
        .expect("the custodian listens");
    filled(client.custodian());
    let mut timed = |order: Order, done: fn(&Notice) -> bool| {
        let begun = Instant::now();
        client.send(&order).expect("the custodian listens");
        hear(&heard, done);
        begun.elapsed()
    };
    let wiped = timed(Order::Wipe { round: 1 }, |notice| {
        matches!(notice, Notice::Wiped { .. })
    });
    let audited = |notice: &Notice| matches!(notice, Notice::Audited { .. });
    let audit = timed(Order::Audit { round: 1 }, audited);
    std::thread::sleep(Duration::from_secs(1));
    (wiped, (audit, timed(Order::Audit { round: 2 }, audited)))
}

fn hear(heard: &Receiver<Notice>, wanted: impl Fn(&Notice) -> bool) {
    while !wanted(&heard.recv_timeout(PATIENCE).expect("an answer")) {}
}

fn filled(custodian: u32) {
    let until = Instant::now() + PATIENCE;
    let there = |pid: &u32| {
        let inside = std::fs::read_link(format!("/proc/{pid}/exe"));
        inside.is_ok_and(|exe| exe == Path::new("/run/estran/estrand"))
            && Path::new(&format!("/proc/{pid}/root/tmp/filled")).exists()
    };
    while !descendants(custodian).iter().any(there) {
        assert!(Instant::now() < until, "the session was never filled");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A place on an ext4.
struct Disk {
    place: PathBuf,
    /// The loop device of an image of our own.
    own: Option<(PathBuf, tempfile::NamedTempFile)>,
}

impl Disk {
    fn new() -> Self {
        let image = tempfile::NamedTempFile::new().expect("an image");
        image.as_file().set_len(7_000_000_000).expect("its size");
        let place = tempfile::tempdir().expect("a folder").keep();
        let mut disk = Self { place, own: None };
        let made = works(
            Command::new("mkfs.ext4")
                .args(["-q", "-F"])
                .arg(image.path()),
        );
        if let Some(device) = plugged(image.path()).filter(|_| made) {
            disk.own = Some((device, image));
            disk.mount();
        }
        disk
    }

    const fn is_own(&self) -> bool {
        self.own.is_some()
    }

    const fn about(&self) -> &'static str {
        if self.is_own() {
            "a loop-mounted image of its own, without the machine's cache behind it"
        } else {
            "the temporary directory (not root: no image could be mounted)"
        }
    }

    fn mount(&self) {
        if let Some((device, _)) = &self.own {
            let mounted = works(Command::new("mount").args([device, &self.place]));
            assert!(mounted, "mounting the disk");
        }
    }

    /// Nothing of it is in memory after this, as after hours or a restart.
    fn remove_cold(&self, load: Load) -> Duration {
        self.make(load);
        assert!(
            works(Command::new("umount").arg(&self.place)),
            "unmounting the disk"
        );
        self.mount();
        self.timed("rm -rf load && sync -f .")
    }

    fn make(&self, load: Load) {
        let script = format!(
            "cd {} && {} && sync -f .",
            self.place.display(),
            load.script()
        );
        assert!(
            works(Command::new("bash").args(["-c", &script])),
            "filling the disk"
        );
    }

    fn remove(&self, load: Load) -> Duration {
        self.make(load);
        self.timed("rm -rf load && sync -f .")
    }

    /// Many small files are not what anyone shreds within a visitor's patience.
    fn shred(&self, load: Load) -> Option<Duration> {
        match load {
            Load::Megabytes(_) => {
                self.make(load);
                let taken = self.timed("shred -n1 -u load/file && rmdir load && sync -f .");
                Some(taken)
            }
            Load::Files(_) => None,
        }
    }

    fn timed(&self, script: &str) -> Duration {
        let begun = Instant::now();
        let script = format!("cd {} && {script}", self.place.display());
        assert!(
            works(Command::new("bash").args(["-c", &script])),
            "{script}"
        );
        begun.elapsed()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if let Some((device, _)) = &self.own {
            works(Command::new("umount").arg(&self.place));
            works(Command::new("losetup").arg("--detach").arg(device));
        }
        std::fs::remove_dir_all(&self.place).ok();
    }
}

/// The image as a device that goes past the machine's cache.
fn plugged(image: &Path) -> Option<PathBuf> {
    let shown = Command::new("losetup")
        .args(["--find", "--show", "--direct-io=on"])
        .arg(image)
        .output()
        .ok()?;
    let device = String::from_utf8(shown.stdout).ok()?;
    shown.status.success().then(|| device.trim().into())
}

fn works(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
