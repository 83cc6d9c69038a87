//! The outer walls of the station form, around the same inner sandbox as the desk form's: a control
//! group, RAM file systems made by root, a network of its own, a uid of its own.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: builds the outer walls")]

pub mod enter;
mod ground;
mod group;
mod hand;
mod mounts;
mod network;

use std::collections::BTreeSet;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use super::frame::{self, FrameError};
use super::inner::Inner;
use super::sandbox::{Network, Plan};
use super::session::NotEnded;
use crate::audit::OuterMarks;
use enter::{Orders, Step};

pub use enter::listen_inside;
use group::Leaf;
use mounts::{Mounts, Shown};

pub use ground::{Ground, GroundSettings, own_mounts};
pub use group::Bounds;
pub use hand::{over as give_files, take as take_files};
pub use network::{INTERFACE, is_closed};

/// Where the session sees what root mounts below [`Outer::media`] while it runs.
pub const MEDIA: &str = "/media";

/// How long the outer walls may take to stand.
const START: Duration = Duration::from_secs(30);

/// Why the station form cannot keep a guest.
#[derive(Debug, thiserror::Error)]
pub enum OuterError {
    /// The station form without root.
    #[error("the station form needs root; start estrand by its service")]
    NotRoot,
    /// A folder that others could exchange.
    #[error("{0} must be a folder of root that nobody else can write to")]
    State(PathBuf),
    /// Another custodian has the lock.
    #[error("another custodian runs already: it holds {0}")]
    Second(PathBuf),
    /// An account has one of the guests' uids.
    #[error("an account has uid {0}, which is a guest's: change first_guest in station.toml")]
    Account(u32),
    /// What an earlier session left cannot be ended.
    #[error("an earlier session is still there: restart the machine")]
    Leftovers,
    /// Sessions must be bounded and cannot be.
    #[error(
        "the kernel does not bound memory and processes here: boot with control groups version 2"
    )]
    NotBounded,
    /// A wall could not be built.
    #[error("building the outer walls: {0}")]
    Wall(Step),
    /// A system call of ours failed.
    #[error("{0}: {1}")]
    System(&'static str, #[source] io::Error),
}

impl OuterError {
    fn at<E: Into<io::Error>>(doing: &'static str) -> impl FnOnce(E) -> Self {
        move |error| Self::System(doing, error.into())
    }
}

/// What a helper of the session (its print service, its passage) needs to live inside the same
/// walls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walls {
    /// Our own program, where every account sees it.
    program: PathBuf,
    /// The door of the session's control group.
    door: PathBuf,
    /// The print service's own folder in the session's memory.
    pub ram: PathBuf,
    /// The folder in the session's memory in which guest and print service meet.
    pub meeting: PathBuf,
}

impl Walls {
    /// Our own program.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// A command that enters the session's control group, gives root up for this account, and
    /// becomes `program`; its arguments are added by the caller.
    pub fn enter(&self, account: u32, program: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("into").arg("--door").arg(&self.door).args([
            "--account",
            &account.to_string(),
            "--",
            program,
        ]);
        command
    }
}

/// The outer walls of one session.
#[derive(Debug)]
pub struct Outer {
    leaf: Option<Leaf>,
    mounts: Mounts,
    guest: u32,
    processes: u32,
    token: u32,
    since: SystemTime,
    before: BTreeSet<(String, String)>,
    rules: Option<String>,
    /// While this is held, slirp4netns runs.
    way_out: Option<OwnedFd>,
}

impl Outer {
    /// Builds what can be built before there is a process.
    fn raise(ground: &Ground, plan: &Plan, front_end: u32) -> Result<Self, OuterError> {
        let before = crate::audit::mounts_now().map_err(OuterError::at("reading the mounts"))?;
        let since = SystemTime::now();
        let guest = ground.next_guest();
        let shown = shown(plan, front_end);
        let leaf = ground.leaf()?;
        let mounts = match Mounts::make(
            &ground.session(),
            plan.capacity,
            guest,
            &shown,
            plan.printing.is_some(),
        ) {
            Ok(mounts) => mounts,
            Err(error) => {
                leaf.remove().ok();
                return Err(OuterError::System("mounting the session's memory", error));
            }
        };
        let rules = match plan.network {
            Network::None => None,
            Network::Machine => Some(network::rules(ground.services())),
            Network::Passage => Some(network::inside_only()),
        };
        ground
            .write_resolvers(&mounts.root().join(RESOLVERS))
            .map_err(OuterError::at("naming the name servers"))?;
        Ok(Self {
            leaf: Some(leaf),
            mounts,
            guest,
            processes: ground.processes(),
            token: ground::token(),
            since,
            before,
            rules,
            way_out: None,
        })
    }

    /// The session's folder, as the custodian and the process that becomes the sandbox see it.
    pub fn root(&self) -> &Path {
        self.mounts.root()
    }

    /// Root mounts here what the running session is to see at [`MEDIA`], and unmounts it before
    /// the end.
    pub fn media(&self) -> PathBuf {
        self.root().join(mounts::MEDIA)
    }

    /// Root's own folder in the session's memory, which ends with it and which the guest does not
    /// see.
    pub fn back(&self) -> PathBuf {
        self.root().join(mounts::BACK)
    }

    /// What a helper needs to live inside this session's walls.
    pub fn helper(&self) -> Option<Walls> {
        Some(Walls {
            door: self.leaf.as_ref()?.door(),
            program: self.root().join(AGENT),
            ram: self.root().join(mounts::PRINT),
            meeting: self.root().join(mounts::MEETING),
        })
    }

    /// The name servers of the house, as a file for those who ask them.
    pub fn resolvers(&self) -> PathBuf {
        self.root().join(RESOLVERS)
    }

    /// The uid of this session's guest.
    pub const fn guest(&self) -> u32 {
        self.guest
    }

    /// The plan with each file where the guest's uid can reach it.
    pub(super) fn inside(&self, plan: &Plan) -> Plan {
        let at = |name: &str| self.root().join(name);
        Plan {
            agent: at(AGENT),
            practice: plan.practice.as_ref().map(|_| at(PRACTICE)),
            display: plan.display.as_ref().map(|_| at(DISPLAY)),
            printing: plan.printing.as_ref().map(|_| at(mounts::MEETING)),
            ..plan.clone()
        }
    }

    /// Starts the process that walks through the walls and becomes the sandbox. It begins with a
    /// fresh session key ring.
    pub(super) fn spawn(&mut self, estrand: &Path, inner: Inner) -> Result<Child, OuterError> {
        let (mut ours, theirs) = UnixStream::pair().map_err(OuterError::at("making a socket"))?;
        let mut child = Command::new("/usr/bin/keyctl")
            .args(["session", "-"])
            .arg(estrand)
            .arg("outer")
            .env_clear()
            .current_dir("/")
            // slirp4netns stays in this group, and is reaped by it.
            .process_group(0)
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(OuterError::at(
                "starting keyctl; install the package keyutils",
            ))?;
        let told = self.tell(&mut ours, inner);
        if told.is_err() {
            child.kill().ok();
            child.wait().ok();
        }
        told.map(|()| child)
    }

    fn tell(&mut self, socket: &mut UnixStream, inner: Inner) -> Result<(), OuterError> {
        let outside = std::fs::File::open("/proc/thread-self/ns/net")
            .map_err(OuterError::at("opening the network namespace"))?;
        let (exit, hold) = io::pipe().map_err(OuterError::at("making a pipe"))?;
        self.way_out = Some(hold.into());
        let mut files = vec![outside.into(), exit.into()];
        files.extend(inner.into_files());
        let orders = Orders {
            door: self.leaf.as_ref().map(Leaf::door).unwrap_or_default(),
            guest: self.guest,
            processes: self.processes,
            custodian: std::process::id().cast_signed(),
            token: self.token,
            rules: self.rules.clone(),
            resolvers: self.root().join(RESOLVERS),
        };
        let time = Some(START);
        socket
            .set_read_timeout(time)
            .map_err(OuterError::at("preparing a socket"))?;
        hand::over(socket, &files).map_err(OuterError::at("handing over files"))?;
        drop(files);
        frame::write(socket, &orders, frame::LIMIT).map_err(|_| OuterError::Wall(Step::Orders))?;
        // It closes when bwrap takes the process over.
        match frame::read::<Step>(socket, frame::GUEST_LIMIT) {
            Err(FrameError::Closed) => Ok(()),
            Ok(step) => Err(OuterError::Wall(step)),
            Err(FrameError::TooLong | FrameError::NotValid | FrameError::Io(_)) => {
                Err(OuterError::Wall(Step::Orders))
            }
        }
    }

    /// What the audit has to look for, from the process that became the sandbox.
    pub(super) fn marks(&self, bwrap: u32) -> io::Result<OuterMarks> {
        let network = std::fs::metadata(format!("/proc/{bwrap}/ns/net"))?.ino();
        Ok(OuterMarks {
            network,
            token: self.token,
            since: self.since,
        })
    }

    /// What the custodian saw mounted before.
    pub(super) const fn before(&self) -> &BTreeSet<(String, String)> {
        &self.before
    }

    /// Kills everything in the group.
    pub(super) fn kill(&self) {
        if let Some(leaf) = &self.leaf {
            // An error means that it is gone already; the wait after it says so.
            leaf.kill().ok();
        }
    }

    /// Waits until the group is empty and removes it.
    pub(super) fn empty(&mut self, until: Instant) -> Result<(), NotEnded> {
        self.way_out = None;
        let Some(leaf) = &self.leaf else {
            return Ok(());
        };
        if !leaf.wait_empty(until).map_err(|_| NotEnded::Group)? {
            return Err(NotEnded::Processes);
        }
        leaf.remove().map_err(|_| NotEnded::Group)?;
        self.leaf = None;
        Ok(())
    }

    /// Unmounts the session's memory.
    pub(super) fn unmount(&self, until: Instant) -> Result<(), NotEnded> {
        self.mounts
            .release(until)
            .map_err(|_| NotEnded::FileSystems)
    }
}

impl Drop for Outer {
    fn drop(&mut self) {
        self.kill();
        let until = Instant::now() + Duration::from_secs(5);
        let ended = self.empty(until).and_then(|()| self.unmount(until));
        if let Err(error) = ended {
            // The next sweep tries again, and the audit looks.
            tracing::error!(%error, "the outer walls still stand");
        }
    }
}

/// Names below the session's folder.
const AGENT: &str = "estrand";
const PRACTICE: &str = "estran-practice";
const DISPLAY: &str = "display";
const RESOLVERS: &str = "resolv.conf";

fn shown(plan: &Plan, front_end: u32) -> Vec<Shown<'_>> {
    let file = |from, name| Shown {
        from,
        name,
        socket_of: None,
    };
    let mut shown = vec![file(plan.agent.as_path(), AGENT)];
    shown.extend(plan.practice.as_deref().map(|from| file(from, PRACTICE)));
    shown.extend(plan.display.as_deref().map(|from| Shown {
        from,
        name: DISPLAY,
        socket_of: Some(front_end),
    }));
    shown
}
