//! The agent: the one program of ours inside the sandbox. It keeps the session's mounts alive
//! while browsers come and go, starts them, and tells what lies in the documents folder. It has
//! no power that the guest has not; the custodian believes nothing it says without a limit.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: processes and files inside the sandbox"
)]

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Component, Path};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::Watcher;
use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process_group, setrlimit};

use super::frame::{self, FrameError};
use super::sandbox::{DOCUMENTS, HOME, PRACTICE_ADDRESS, RUNTIME};
use super::sensor::{self, Companions, Sensed};
use super::words::{self, Launch, Order, Planting, Told};

/// How long a browser may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(2);
/// How long the practice démarche may take to listen.
const LISTEN: Duration = Duration::from_secs(10);
/// The documents folder is read at most this often.
const SETTLE: Duration = Duration::from_millis(200);

/// The one folder that a visitor needs, whatever a program calls it.
const FOLDERS: &str = "XDG_DESKTOP_DIR=\"$HOME/Documents\"\n\
                       XDG_DOWNLOAD_DIR=\"$HOME/Documents\"\n\
                       XDG_DOCUMENTS_DIR=\"$HOME/Documents\"\n";

enum Heard {
    Order(Order),
    Garbage,
    CustodianGone,
    Changed,
    Companion(sensor::Word),
}

struct Agent {
    custodian: UnixStream,
    /// The running program, with its arguments.
    program: Option<(Vec<String>, Child)>,
    /// The practice démarche, or the planter of a proof.
    server: Option<Child>,
    documents: Vec<(String, u64)>,
    companions: Companions,
    sensed: Sensed,
}

/// Runs until the custodian is gone; the sandbox ends with it.
///
/// # Errors
/// When standard input is not the custodian's socket, or the home cannot be made.
pub fn run() -> io::Result<()> {
    // 1, not 0: handlers that are piped to ignore 0.
    let core = Rlimit {
        current: Some(1),
        maximum: Some(1),
    };
    setrlimit(Resource::Core, core)?;
    // A machine without memory takes the guest first. What the station form has set stays.
    std::fs::write("/proc/self/oom_score_adj", "1000").ok();
    let custodian = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    for folder in [DOCUMENTS, "/home/visitor/.cache"] {
        std::fs::create_dir_all(folder)?;
    }
    write_in_home(".config/user-dirs.dirs", FOLDERS)?;
    let (heard, ears) = mpsc::channel();
    let _watcher = watch(heard.clone());
    let companion = heard.clone();
    sensor::listen(Path::new(RUNTIME), move |word| {
        companion.send(Heard::Companion(word)).is_ok()
    })?;
    listen(custodian.try_clone()?, heard);
    let mut agent = Agent {
        custodian,
        program: None,
        server: None,
        documents: Vec::new(),
        companions: Companions::default(),
        sensed: Sensed::Silent,
    };
    agent.tell(&Told::Ready);
    loop {
        match ears.recv_timeout(SETTLE) {
            Ok(Heard::Order(order)) => agent.follow(order),
            Ok(Heard::Garbage) => agent.tell(&Told::Failed),
            Ok(Heard::CustodianGone) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Ok(Heard::Changed) => {
                // One reading for a burst of writes.
                std::thread::sleep(SETTLE);
                agent.read_documents();
            }
            Ok(Heard::Companion((_, sensor::Said::Closed))) => agent.tell(&Told::Closed),
            Ok(Heard::Companion(word)) => agent.companions.told(word),
            Err(RecvTimeoutError::Timeout) => agent.look_after(),
        }
        agent.sense();
    }
}

fn watch(heard: Sender<Heard>) -> Option<notify::RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            heard.send(Heard::Changed).ok();
        }
    })
    .ok()?;
    watcher
        .watch(Path::new(DOCUMENTS), notify::RecursiveMode::NonRecursive)
        .ok()?;
    Some(watcher)
}

fn listen(mut custodian: UnixStream, heard: Sender<Heard>) {
    std::thread::spawn(move || {
        loop {
            let word = match frame::read(&mut custodian, frame::LIMIT) {
                Ok(order) => Heard::Order(order),
                Err(FrameError::NotValid) => Heard::Garbage,
                Err(FrameError::Closed | FrameError::TooLong | FrameError::Io(_)) => {
                    Heard::CustodianGone
                }
            };
            let last = matches!(word, Heard::CustodianGone);
            if heard.send(word).is_err() || last {
                return;
            }
        }
    });
}

impl Agent {
    fn tell(&mut self, told: &Told) {
        // A custodian that does not listen any more is seen by the reading thread.
        frame::write(&mut self.custodian, told, frame::GUEST_LIMIT).ok();
    }

    fn follow(&mut self, order: Order) {
        let followed = match order {
            Order::Practice => self.start_practice(),
            Order::Plant(planting) => self.start_planter(&planting),
            Order::Launch(launch) => self.launch(launch),
            Order::Paper(name, bytes) => {
                // That it lies in the folder is its only answer: it opens and ends nothing.
                paper(Path::new(DOCUMENTS), &name, &bytes, false).ok();
                return;
            }
            Order::More(name, bytes) => {
                paper(Path::new(DOCUMENTS), &name, &bytes, true).ok();
                return;
            }
        };
        self.tell(if followed.is_ok() {
            &Told::Done
        } else {
            &Told::Failed
        });
    }

    fn start_practice(&mut self) -> io::Result<()> {
        if let Some(practice) = &mut self.server {
            if practice.try_wait()?.is_none() {
                return Ok(());
            }
        }
        let record = "/home/visitor/.practice";
        std::fs::create_dir_all(record)?;
        let mut command = Command::new("/run/estran/estran-practice");
        command.args(["--listen", PRACTICE_ADDRESS, "--record", record]);
        self.server = Some(quiet(command).spawn()?);
        listening()
    }

    /// The planter reads what to plant from its standard input: arguments are seen by everyone.
    fn start_planter(&mut self, planting: &Planting) -> io::Result<()> {
        let mut planter = Command::new("/run/estran/estrand");
        planter.arg("plant");
        let mut planter = quiet(planter).stdin(Stdio::piped()).spawn()?;
        let stdin = planter.stdin.take();
        self.server = Some(planter);
        serde_json::to_writer(stdin.ok_or(io::ErrorKind::BrokenPipe)?, planting)?;
        listening()
    }

    fn launch(&mut self, launch: Launch) -> io::Result<()> {
        let Some((name, arguments)) = launch.argv.split_first() else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let mut command = Command::new(name);
        command.args(arguments).envs(launch.env);
        let takes_it = match &mut self.program {
            Some((running, child)) => {
                launch.forward
                    && same_but_the_last(running, &launch.argv)
                    && child.try_wait()?.is_none()
            }
            None => false,
        };
        if takes_it {
            let mut messenger = quiet(command).spawn()?;
            std::thread::spawn(move || messenger.wait());
            return Ok(());
        }
        self.stop();
        // Not under a running program's feet.
        for (path, content) in &launch.files {
            write_in_home(path, content)?;
        }
        let child = quiet(command).spawn()?;
        self.program = Some((launch.argv, child));
        Ok(())
    }

    /// Stops the running program and its process group.
    fn stop(&mut self) {
        let Some((_, mut child)) = self.program.take() else {
            return;
        };
        let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        let signal = |signal| group.map(|group| kill_process_group(group, signal));
        signal(Signal::TERM);
        let until = Instant::now() + GRACE;
        while matches!(child.try_wait(), Ok(None)) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(10));
        }
        signal(Signal::KILL);
        child.wait().ok();
    }

    fn look_after(&mut self) {
        if let Some((_, child)) = &mut self.program {
            if !matches!(child.try_wait(), Ok(None)) {
                self.stop();
                self.tell(&Told::Exited);
            }
        }
    }

    /// Silence is told, too: it is a level like the others.
    fn sense(&mut self) {
        let sensed = self.companions.level();
        if sensed != self.sensed {
            self.sensed = sensed;
            self.tell(&Told::Sensed(sensed));
        }
    }

    fn read_documents(&mut self) {
        let found = documents(Path::new(DOCUMENTS));
        if found != self.documents {
            self.documents.clone_from(&found);
            self.tell(&Told::Documents(found));
        }
    }
}

/// Waits until the guest's own server listens.
fn listening() -> io::Result<()> {
    let address: SocketAddr = PRACTICE_ADDRESS.parse().map_err(io::Error::other)?;
    let until = Instant::now() + LISTEN;
    while Instant::now() < until {
        if TcpStream::connect_timeout(&address, SETTLE).is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err(io::ErrorKind::TimedOut.into())
}

/// The last argument is the address; the others say how the program looks and behaves.
fn same_but_the_last(running: &[String], wanted: &[String]) -> bool {
    let settings = |argv: &[String]| argv.split_last().map(|(_, settings)| settings.to_vec());
    settings(running) == settings(wanted)
}

fn quiet(mut command: Command) -> Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .current_dir(HOME)
        .process_group(0);
    command
}

/// Writes a file of the folder itself, or `more` of it; a name that is more than a name is refused.
fn paper(folder: &Path, name: &str, bytes: &[u8], more: bool) -> io::Result<()> {
    if !matches!(
        Path::new(name).components().collect::<Vec<_>>().as_slice(),
        [Component::Normal(_)]
    ) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut options = std::fs::File::options();
    let options = options.create(true).append(more);
    let mut file = options
        .write(true)
        .truncate(!more)
        .open(folder.join(name))?;
    io::Write::write_all(&mut file, bytes)
}

fn write_in_home(path: &str, content: &str) -> io::Result<()> {
    let path = Path::new(path);
    if path
        .components()
        .any(|part| !matches!(part, Component::Normal(_)))
    {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let path = Path::new(HOME).join(path);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(path, content)
}

/// Finished downloads: plain files, not hidden, not the browsers' unfinished ones.
fn documents(folder: &Path) -> Vec<(String, u64)> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<(String, u64)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let unfinished = [".crdownload", ".part", ".tmp"]
                .iter()
                .any(|end| name.ends_with(end));
            let about = entry.metadata().ok()?; // does not follow links
            // Firefox first makes an empty file under the final name.
            let taken = about.is_file() && about.len() > 0 && !name.starts_with('.') && !unfinished;
            taken.then_some((name, about.len()))
        })
        .take(words::DOCUMENTS)
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn only_finished_plain_files_are_documents() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "attestation.pdf",
            ".hidden",
            "relevé.pdf.crdownload",
            "cv.odt.part",
        ] {
            std::fs::write(folder.path().join(name), b"12345").unwrap();
        }
        std::fs::create_dir(folder.path().join("dossier")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("lien")).unwrap();
        assert_eq!(
            documents(folder.path()),
            [("attestation.pdf".to_owned(), 5)]
        );
    }

    #[test]
    fn a_running_program_takes_another_address_but_not_other_settings() {
        let argv = |words: [&str; 3]| words.map(str::to_owned);
        let running = argv(["chromium", "--lang=fr", "https://a.fr/"]);
        assert!(same_but_the_last(
            &running,
            &argv(["chromium", "--lang=fr", "https://b.fr/"])
        ));
        assert!(!same_but_the_last(
            &running,
            &argv(["chromium", "--lang=en", "https://a.fr/"])
        ));
        assert!(!same_but_the_last(
            &running,
            &argv(["firefox", "--lang=fr", "https://a.fr/"])
        ));
    }

    #[test]
    fn nothing_is_written_outside_the_home() {
        for path in ["../x", "/etc/x", "a/../../x", "./x"] {
            assert_eq!(
                write_in_home(path, "").unwrap_err().kind(),
                io::ErrorKind::InvalidInput,
                "{path}"
            );
        }
    }
}
