//! What all sessions of a station stand on: prepared once, before the custodian has a second thread.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: prepares the machine")]

use std::io;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::ops::Range;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use nix::sched::CloneFlags;
use rustix::fs::{FlockOperation, Mode, OFlags, flock, open};
use rustix::mount::{MountFlags, MountPropagationFlags, mount, mount_change};

use super::super::sandbox::Plan;
use super::super::walled::adopt_orphans;
use super::group::{Bounds, Leaf, Tree};
use super::{Outer, OuterError, mounts, network};
use crate::audit::{Limits, Places, Premises};

/// How long what an earlier custodian left may take to end.
const SWEEP: Duration = Duration::from_secs(20);

/// systemd-resolved keeps here the servers that it asks itself.
const UPSTREAM: &str = "/run/systemd/resolve/resolv.conf";

/// What the house decides.
#[derive(Clone, Debug)]
pub struct GroundSettings {
    /// The custodian's own folder, usually /run/estran.
    pub state: PathBuf,
    /// The uids that guests take in turn.
    pub guests: Range<u32>,
    /// What a session may take at most.
    pub bounds: Bounds,
    /// Whether sessions must be bounded.
    pub must_bound: bool,
    /// Services of the local network that guests may reach.
    pub services: Vec<SocketAddrV4>,
    /// Name servers; the machine's own when empty.
    pub resolvers: Vec<Ipv4Addr>,
    /// Freed memory is declared to be cleared.
    pub memory_cleared: bool,
    /// Where the audit looks for files.
    pub places: Places,
}

/// The prepared ground.
#[derive(Debug)]
pub struct Ground {
    settings: GroundSettings,
    tree: Tree,
    taken: AtomicU32,
    sessions: AtomicU32,
    /// Held as long as we live: two custodians would end each other's sessions.
    _lock: OwnedFd,
}

impl Ground {
    /// Prepares the machine and ends what an earlier custodian left. Must run before a second
    /// thread is there: the mount namespace belongs to each thread.
    ///
    /// # Errors
    /// [`OuterError`]; the station must not open then.
    pub fn prepare(settings: GroundSettings) -> Result<Self, OuterError> {
        if !rustix::process::geteuid().is_root() {
            return Err(OuterError::NotRoot);
        }
        let accounts = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        if let Some(uid) = collision(&accounts, &settings.guests) {
            return Err(OuterError::Account(uid));
        }
        // The orphans of a session come to us, and are reaped at its end.
        adopt_orphans().map_err(OuterError::at("becoming a reaper"))?;
        own_mounts().map_err(OuterError::at("making a mount namespace"))?;
        let state = settings.state.as_path();
        folder(state, 0o711)?;
        let lock = lock(&state.join("lock"))?;
        let tree = Tree::prepare(&name(state)).map_err(OuterError::at("making control groups"))?;
        if !tree.bounded() {
            // The audit says it too, unless the house excuses it.
            tracing::error!("a session's memory cannot be bounded on this machine");
        }
        let ground = Self {
            tree,
            taken: AtomicU32::new(rand::random()),
            sessions: AtomicU32::new(1),
            _lock: lock,
            settings,
        };
        folder(&ground.session(), 0o755)?;
        let queues = ground.queues();
        folder(&queues, 0o700)?;
        let flags = MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
        mount("estran", &queues, "mqueue", flags, None)
            .map_err(OuterError::at("listing message queues"))?;
        ground.sweep()?;
        Ok(ground)
    }

    /// Ends what earlier sessions left: processes, groups, mounts.
    ///
    /// # Errors
    /// [`OuterError::Leftovers`] when something resists.
    pub fn sweep(&self) -> Result<(), OuterError> {
        let leftovers = self.tree.leftovers().map_err(|_| OuterError::Leftovers)?;
        if !leftovers.is_empty() {
            tracing::warn!(
                groups = leftovers.len(),
                "ending what an earlier session left"
            );
        }
        for leaf in leftovers {
            leaf.end(SWEEP).map_err(|_| OuterError::Leftovers)?;
        }
        mounts::release_below(&self.session()).map_err(|_| OuterError::Leftovers)
    }

    /// Builds the outer walls for one session. `front_end` must own the display's socket.
    ///
    /// # Errors
    /// [`OuterError`]; whatever was built is taken down again.
    pub fn raise(&self, plan: &Plan, front_end: u32) -> Result<Outer, OuterError> {
        if self.settings.must_bound && !self.tree.bounded() {
            return Err(OuterError::NotBounded);
        }
        self.sweep()?;
        Outer::raise(self, plan, front_end)
    }

    /// What the audit has to know.
    pub fn premises(&self) -> Premises {
        let limits = match (self.tree.bounded(), self.settings.must_bound) {
            (true, _) => Limits::Whole,
            (false, true) => Limits::Absent,
            (false, false) => Limits::Excused,
        };
        Premises {
            guests: self.settings.guests.clone(),
            session: self.session(),
            groups: self.tree.path().to_owned(),
            queues: self.queues(),
            limits,
            memory_cleared: self.settings.memory_cleared,
            caching_resolver: self.servers().iter().any(Ipv4Addr::is_loopback),
            places: self.settings.places.clone(),
        }
    }

    /// What the guest reads as its name servers.
    pub fn inner_resolvers(&self) -> String {
        network::resolvers()
    }

    /// The custodian's own folder.
    pub fn state(&self) -> &Path {
        &self.settings.state
    }

    pub(super) fn session(&self) -> PathBuf {
        self.settings.state.join("session")
    }

    fn queues(&self) -> PathBuf {
        self.settings.state.join("queues")
    }

    /// Services of the house that guests may reach.
    pub fn services(&self) -> &[SocketAddrV4] {
        &self.settings.services
    }

    pub(super) const fn processes(&self) -> u32 {
        self.settings.bounds.processes
    }

    pub(super) fn leaf(&self) -> Result<Leaf, OuterError> {
        let number = self.sessions.fetch_add(1, Ordering::Relaxed);
        self.tree
            .leaf(number, self.settings.bounds)
            .map_err(OuterError::at("making the session's control group"))
    }

    /// In turn, so that a uid rests before it is given again.
    pub(super) fn next_guest(&self) -> u32 {
        let guests = &self.settings.guests;
        let turn = self.taken.fetch_add(1, Ordering::Relaxed);
        guests.start + turn % (guests.end - guests.start).max(1)
    }

    /// Those of the house, else the machine's; and where these lead to a cache of the machine
    /// itself, those behind it.
    fn servers(&self) -> Vec<Ipv4Addr> {
        if !self.settings.resolvers.is_empty() {
            return self.settings.resolvers.clone();
        }
        let read = |path| network::servers(&std::fs::read_to_string(path).unwrap_or_default());
        let own = read("/etc/resolv.conf");
        if own.iter().any(Ipv4Addr::is_loopback) {
            let behind = read(UPSTREAM);
            if !behind.is_empty() {
                return behind;
            }
        }
        own
    }

    pub(super) fn write_resolvers(&self, path: &Path) -> io::Result<()> {
        let servers = self.servers();
        let lines: Vec<String> = servers
            .iter()
            .map(|server| format!("nameserver {server}\n"))
            .collect();
        std::fs::write(path, lines.concat())
    }
}

/// A group that nobody has, for the network namespace's mark.
pub(super) fn token() -> u32 {
    1_000_000_000 + rand::random::<u32>() % 1_000_000_000
}

/// Gives the calling thread its own view of what is mounted where.
///
/// # Errors
/// When the kernel refuses it.
pub fn own_mounts() -> io::Result<()> {
    nix::sched::unshare(CloneFlags::CLONE_NEWNS)?;
    // What the machine unmounts goes from our view too; what we mount stays with us.
    let slave = MountPropagationFlags::DOWNSTREAM | MountPropagationFlags::REC;
    Ok(mount_change("/", slave)?)
}

/// A folder of root that nobody else can write to.
fn folder(path: &Path, mode: u32) -> Result<(), OuterError> {
    match std::fs::DirBuilder::new().mode(mode).create(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(OuterError::System("making the custodian's folder", error));
        }
        _ => {}
    }
    let safe = std::fs::symlink_metadata(path)
        .is_ok_and(|about| about.is_dir() && about.uid() == 0 && about.mode() & 0o022 == 0);
    if safe {
        Ok(())
    } else {
        Err(OuterError::State(path.to_owned()))
    }
}

fn lock(path: &Path) -> Result<OwnedFd, OuterError> {
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = open(path, flags, Mode::from_raw_mode(0o600))
        .map_err(OuterError::at("opening the lock"))?;
    flock(&file, FlockOperation::NonBlockingLockExclusive)
        .map_err(|_| OuterError::Second(path.to_owned()))?;
    Ok(file)
}

/// One place of groups for each place of state: `/run/estran` → `estran-run-estran`.
fn name(state: &Path) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let path: String = state.to_string_lossy().chars().map(plain).collect();
    format!("estran{path}")
}

fn collision(accounts: &str, guests: &Range<u32>) -> Option<u32> {
    accounts
        .lines()
        .filter_map(|line| line.split(':').nth(2)?.parse().ok())
        .find(|uid| guests.contains(uid))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn an_account_with_a_guests_uid_is_found() {
        let accounts = "root:x:0:0:root:/root:/bin/bash\nanne:x:60105:60105::/home/anne:/bin/sh\n";
        assert_eq!(collision(accounts, &(60_100..60_200)), Some(60_105));
        assert_eq!(collision(accounts, &(60_106..60_200)), None);
    }

    #[test]
    fn each_state_folder_has_its_own_groups() {
        assert_eq!(name(Path::new("/run/estran")), "estran-run-estran");
    }
}
