//! Plants outside the browser: files, inter-process communication, keys, logs, processes.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: the guest's own processes and files"
)]

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::super::canary::{Canary, Plant};
use super::super::ipc;
use super::super::result::Planted;
use super::super::search::kernel;
use crate::guest::sandbox::{HOME, PRINTING, RUNTIME};
use crate::printer;

/// How long the visit's print service may take to come up.
const QUEUE: Duration = Duration::from_secs(20);

/// Plants everything that needs no browser.
pub(super) fn plant(canary: &Canary) -> Vec<(Plant, Planted)> {
    let home = |name: &str| format!("{HOME}/{name}");
    let files = [
        (Plant::HomeFile, home("brouillon.txt")),
        (Plant::Tmp, "/tmp/brouillon.txt".to_owned()),
        (Plant::VarTmp, "/var/tmp/brouillon.txt".to_owned()),
        (Plant::SharedMemoryFile, "/dev/shm/brouillon".to_owned()),
        (Plant::RuntimeFile, format!("{RUNTIME}/brouillon")),
        (Plant::RecentFiles, home(".local/share/recently-used.xbel")),
    ];
    let mut planted: Vec<_> = files
        .into_iter()
        .map(|(plant, path)| (plant, outcome(&file(plant, &path, &canary.token(plant)))))
        .collect();
    let number = canary.number();
    let memory = canary.token(Plant::SysvMemory);
    let queue = canary.token(Plant::PosixQueue);
    let more = [
        (
            Plant::SysvMemory,
            ipc::plant_memory(number, memory.as_bytes()),
        ),
        (Plant::SysvSemaphore, ipc::plant_semaphore(number)),
        (
            Plant::PosixQueue,
            ipc::plant_queue(&kernel::queue(canary), queue.as_bytes()),
        ),
        (
            Plant::KernelKey,
            ipc::plant_key(&canary.token(Plant::KernelKey)),
        ),
        (Plant::SystemLog, log(&canary.token(Plant::SystemLog))),
    ];
    planted.extend(more.map(|(plant, done)| (plant, outcome(&done))));
    planted.push((Plant::PrintJob, print(&canary.token(Plant::PrintJob))));
    let stays = stay(canary);
    planted.push((Plant::LingeringProcess, outcome(&stays)));
    planted.push((Plant::UnlinkedFile, outcome(&stays)));
    planted
}

fn outcome(done: &io::Result<()>) -> Planted {
    if done.is_ok() {
        Planted::Planted
    } else {
        Planted::Refused
    }
}

/// Hands a text to the visit's print service, which has nobody to give it to.
fn print(token: &str) -> Planted {
    if !Path::new(PRINTING).is_dir() {
        return Planted::Impossible;
    }
    let until = Instant::now() + QUEUE;
    loop {
        let printed = printer::hand_over(Path::new(PRINTING), format!("{token}\n").as_bytes());
        if printed.is_ok() || Instant::now() > until {
            return outcome(&printed);
        }
        // The print service is still coming up.
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn file(plant: Plant, path: &str, token: &str) -> io::Result<()> {
    let path = Path::new(path);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let text = if plant == Plant::RecentFiles {
        RECENT.replace("{token}", token)
    } else {
        format!("{token}\n")
    };
    std::fs::write(path, text)
}

/// As GTK's own file chooser writes it: a program that reads the list keeps what is whole and not
/// older than thirty days.
const RECENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<xbel version="1.0"
      xmlns:bookmark="http://www.freedesktop.org/standards/desktop-bookmarks"
      xmlns:mime="http://www.freedesktop.org/standards/shared-mime-info">
  <bookmark href="file:///home/visitor/Documents/{token}.pdf" added="2099-01-01T08:00:00Z" modified="2099-01-01T08:00:00Z" visited="2099-01-01T08:00:00Z">
    <info>
      <metadata owner="http://freedesktop.org">
        <mime:mime-type type="application/pdf"/>
        <bookmark:applications>
          <bookmark:application name="Firefox" exec="&apos;firefox %u&apos;" modified="2099-01-01T08:00:00Z" count="1"/>
        </bookmark:applications>
      </metadata>
    </info>
  </bookmark>
</xbel>
"#;

/// The machine's log, by both of its doors.
fn log(token: &str) -> io::Result<()> {
    let socket = UnixDatagram::unbound()?;
    let journal = format!("MESSAGE={token}\nPRIORITY=6\n");
    let new = socket.send_to(journal.as_bytes(), "/run/systemd/journal/socket");
    let old = socket.send_to(format!("<14>{token}").as_bytes(), "/dev/log");
    new.or(old).map(drop)
}

/// Starts a process that starts another and ends: nobody waits for that one any more.
fn stay(canary: &Canary) -> io::Result<()> {
    let (process, file) = (Plant::LingeringProcess, Plant::UnlinkedFile);
    let words = format!("{} {}", canary.token(process), canary.token(file));
    // The shell hands its own input on; a job in the background would get none.
    let mut between = Command::new("/usr/bin/sh")
        .args(["-c", "exec 3<&0; \"$0\" plant --linger <&3 &"])
        .arg("/run/estran/estrand")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut stdin) = between.stdin.take() {
        stdin.write_all(words.as_bytes())?;
    }
    between.wait().map(drop)
}

/// The process that stays.
pub(super) fn linger() -> io::Result<()> {
    let mut words = String::new();
    io::stdin().lock().take(1024).read_to_string(&mut words)?;
    rustix::process::setsid().ok();
    let mut deleted = File::create_new("/tmp/.corbeille")?;
    let (_, file) = words.split_once(' ').unwrap_or_default();
    writeln!(deleted, "{file}")?;
    std::fs::remove_file("/tmp/.corbeille")?;
    loop {
        std::thread::sleep(Duration::from_mins(10));
        // Neither the words nor the file may be optimised away.
        std::hint::black_box((&words, &deleted));
    }
}
