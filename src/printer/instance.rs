//! One `cupsd` in its own sandbox, watched from outside, and its end.
#![allow(
    clippy::disallowed_methods,
    reason = "door: starts the print service, and the clock of its end"
)]

use std::ffi::OsString;
use std::fs::File;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use command_fds::{CommandFdExt, FdMapping};

use super::driver::Driver;
use super::files::{self, MEETING, SPOOL};
use super::{DAEMON, LP, PrinterError, Settings};
use crate::audit::Marks;
use crate::guest::outer::Walls;
use crate::guest::sandbox::{self, Generated};
use crate::guest::{NotEnded, Release, SessionError, Walled, memory, seccomp};

/// Writable places with their sizes in bytes. They bound what a hostile guest can make it keep.
const WRITABLE: [(&str, &str, u64); 5] = [
    (SPOOL, "0710", 512 * MIB),
    ("/var/cache/cups", "0770", 16 * MIB),
    ("/run/cups", "0755", MIB),
    ("/etc/cups", "0755", 8 * MIB),
    ("/tmp", "1777", 256 * MIB),
];

const MIB: u64 = 1024 * 1024;

/// Read-only from the host, where it has them.
const READ_ONLY: [&str; 7] = [
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ssl/certs",
    "/etc/papersize",
    "/etc/resolv.conf",
    "/var/cache/fontconfig",
];

/// A running instance. Dropping it kills it; only [`Instance::end`] says whether it is gone.
#[derive(Debug)]
pub struct Instance {
    walled: Walled,
    /// In the station form the instance's RAM is the session's, and its end is that one's.
    release: Option<Release>,
    marks: Marks,
}

impl Instance {
    /// Starts one. Must be called from a thread that outlives it.
    ///
    /// # Errors
    /// When the sandbox does not start; whatever was started is dead again then.
    pub fn start(settings: &Settings, driver: &Driver) -> Result<Self, PrinterError> {
        let (info, write) = std::io::pipe()?;
        let command = [
            DAEMON,
            "-f",
            "-c",
            "/etc/cups/cupsd.conf",
            "-s",
            "/etc/cups/cups-files.conf",
        ];
        let files = files::all(&settings.uri, driver);
        if let Some(walls) = &settings.walls {
            furnish(walls)?;
        }
        let out = Stdio::null();
        let bwrap = spawn(settings, &files, &command, out, write.into())?;
        let walled = Walled::of(bwrap, File::from(OwnedFd::from(info)))?;
        let init = walled.init();
        let places = WRITABLE.map(|(place, _, _)| place);
        wait_for_walls(init)?;
        let own = settings.walls.is_none();
        let release = own.then(|| Release::watch(init, &places)).transpose();
        let release = release.map_err(SessionError::from)?;
        let marks = Marks::of(init, walled.bwrap())?;
        Ok(Self {
            walled,
            release,
            marks,
        })
    }

    /// The pid, seen from outside, of the sandbox's first process.
    pub fn init(&self) -> u32 {
        self.walled.init()
    }

    /// Kills it and waits until its processes and its RAM are gone.
    ///
    /// # Errors
    /// When one of these did not happen within `patience`. The marks tell the audit what to look
    /// for, in both cases.
    pub fn end(mut self, patience: Duration) -> (Result<(), NotEnded>, Marks) {
        let until = Instant::now() + patience;
        let ended = self.walled.end(until).and_then(|()| {
            match self.release.as_mut().map(|release| release.wait(until)) {
                None | Some(Ok(true)) => Ok(()),
                Some(Ok(false) | Err(_)) => Err(NotEnded::FileSystems),
            }
        });
        (ended, std::mem::take(&mut self.marks))
    }
}

/// bwrap names its first process before that has built its walls: they are there when the program
/// that was asked for runs.
fn wait_for_walls(init: u32) -> Result<(), SessionError> {
    let until = Instant::now() + Duration::from_secs(20);
    let inside = format!("/proc/{init}/root{MEETING}");
    while Instant::now() < until {
        let built = rustix::fs::statvfs(format!("/proc/{init}/root/").as_str())
            .is_ok_and(|root| root.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY));
        if built && Path::new(&inside).is_dir() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Err(SessionError::NotUp)
}

/// Starts `command` in the sandbox of the print service, which tells its first process on `info`.
pub fn spawn(
    settings: &Settings,
    files: &[Generated],
    command: &[&str],
    out: Stdio,
    info: OwnedFd,
) -> Result<Child, SessionError> {
    let numbers: Vec<i32> = (6..).take(files.len()).collect();
    let arguments = sandbox::encode(&arguments(settings, files, &numbers));
    let mut mappings = vec![
        FdMapping {
            parent_fd: memory(&arguments)?,
            child_fd: 3,
        },
        FdMapping {
            parent_fd: memory(&seccomp::filter()?)?,
            child_fd: 4,
        },
        FdMapping {
            parent_fd: info,
            child_fd: 5,
        },
    ];
    for (file, child_fd) in files.iter().zip(numbers) {
        mappings.push(FdMapping {
            parent_fd: memory(&file.content)?,
            child_fd,
        });
    }
    let mut bwrap = match &settings.walls {
        None => Command::new("/usr/bin/bwrap"),
        Some(walls) => walls.enter(LP, "/usr/bin/bwrap"),
    };
    bwrap
        .args(["--args", "3", "--seccomp", "4", "--info-fd", "5", "--"])
        .args(command)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(Stdio::null())
        .fd_mappings(mappings)
        .map_err(|_| SessionError::NotUp)?;
    // With walls it becomes that account on its way.
    if let (Some(account), None) = (settings.account, &settings.walls) {
        bwrap.uid(account).gid(account);
    }
    bwrap.spawn().map_err(SessionError::Bwrap)
}

fn arguments(settings: &Settings, files: &[Generated], numbers: &[i32]) -> Vec<OsString> {
    let mut all = Vec::new();
    say(
        &mut all,
        "--unshare-user --unshare-ipc --unshare-pid --unshare-uts --unshare-cgroup-try",
    );
    let account = format!("--uid {LP} --gid {LP} --hostname poste");
    say(&mut all, &account);
    say(&mut all, "--die-with-parent --new-session --clearenv");
    say(
        &mut all,
        "--setenv PATH /usr/sbin:/usr/bin --setenv LANG C.UTF-8 --setenv HOME /tmp",
    );
    say(&mut all, "--ro-bind /usr /usr");
    for name in ["bin", "sbin", "lib", "lib32", "lib64"] {
        if Path::new("/").join(name).is_symlink() {
            say(&mut all, &format!("--symlink usr/{name} /{name}"));
        } else {
            say(&mut all, &format!("--ro-bind-try /{name} /{name}"));
        }
    }
    for place in ["/etc", "/run", "/var", "/var/cache", "/var/spool"] {
        say(&mut all, &format!("--perms 0755 --dir {place}"));
    }
    for place in READ_ONLY {
        say(&mut all, &format!("--ro-bind-try {place} {place}"));
    }
    say(&mut all, "--proc /proc --dev /dev");
    say(&mut all, &format!("--ro-bind /usr/sbin/cupsd {DAEMON}"));
    for (place, perms, size) in WRITABLE {
        if let Some(walls) = &settings.walls {
            all.push("--bind".into());
            all.push(walls.ram.join(below(place)).into());
            all.push(place.into());
        } else {
            let mount = format!("--perms {perms} --size {size} --tmpfs {place}");
            say(&mut all, &mount);
        }
    }
    say(&mut all, &format!("--perms 0770 --dir {SPOOL}/tmp"));
    say(&mut all, "--perms 0755 --dir /etc/cups/ppd");
    for (file, number) in files.iter().zip(numbers) {
        say(&mut all, &format!("--perms 0644 --file {number}"));
        all.push(file.path.clone().into());
    }
    all.push("--bind".into());
    all.push(settings.folder.clone().into());
    say(&mut all, &format!("{MEETING} --chdir /"));
    say(&mut all, "--remount-ro /dev --remount-ro /");
    all
}

/// The name of a writable place below the session's own.
fn below(place: &str) -> String {
    place.trim_start_matches('/').replace('/', "-")
}

/// Makes the writable places in the session's memory, for the account of the print service.
fn furnish(walls: &Walls) -> std::io::Result<()> {
    for (place, perms, _) in WRITABLE {
        let folder = walls.ram.join(below(place));
        let mode = u32::from_str_radix(perms, 8).map_err(std::io::Error::other)?;
        std::fs::create_dir(&folder)?;
        std::os::unix::fs::chown(&folder, Some(LP), Some(LP))?;
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

fn say(all: &mut Vec<OsString>, words: &str) {
    all.extend(words.split(' ').map(OsString::from));
}
