//! Control groups, version 2: one for each session. Killing the group kills everything in it, at
//! once, whatever it forks; where the kernel has the controllers here, it bounds memory and
//! processes too.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: writes to the control groups"
)]

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::audit::GROUP_PREFIX;

/// What a session may take at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Memory, its files in RAM included, bytes.
    pub memory: u64,
    /// Processes and threads.
    pub processes: u32,
}

/// The place of all sessions' groups.
#[derive(Debug)]
pub struct Tree {
    path: PathBuf,
    bounded: bool,
}

/// One session's group.
#[derive(Debug)]
pub struct Leaf {
    path: PathBuf,
}

impl Tree {
    /// Makes the place below the custodian's own group. `name` tells it from that of another
    /// custodian of this machine.
    ///
    /// # Errors
    /// When there is no control group hierarchy of version 2, or it cannot be written to.
    pub fn prepare(name: &str) -> io::Result<Self> {
        let (mounted, own) = own_group()?;
        let parent = mounted.join(own.trim_start_matches('/'));
        if own != "/" {
            // A group with processes of its own gives no controllers to those below: we move.
            let aside = parent.join("custodian");
            make(&aside)?;
            std::fs::write(aside.join("cgroup.procs"), "0")?;
        }
        let path = parent.join(name);
        enable(&parent);
        make(&path)?;
        enable(&path);
        Ok(Self::at(path))
    }

    /// The place as it is; what the kernel gives to those below is read back.
    fn at(path: PathBuf) -> Self {
        let enabled = std::fs::read_to_string(path.join("cgroup.subtree_control"));
        let bounded = enabled.is_ok_and(|enabled| {
            let enabled: Vec<&str> = enabled.split_ascii_whitespace().collect();
            enabled.contains(&"memory") && enabled.contains(&"pids")
        });
        Self { path, bounded }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the kernel bounds sessions here.
    pub const fn bounded(&self) -> bool {
        self.bounded
    }

    /// A fresh group for the session with this number.
    ///
    /// # Errors
    /// When it cannot be made, or not be bounded where bounds are to be had.
    pub fn leaf(&self, number: u32, bounds: Bounds) -> io::Result<Leaf> {
        let path = self.path.join(format!("{GROUP_PREFIX}{number}"));
        std::fs::create_dir(&path)?;
        let leaf = Leaf { path };
        if self.bounded {
            let bounded = leaf.bound(bounds);
            if bounded.is_err() {
                leaf.remove().ok();
            }
            bounded?;
        }
        Ok(leaf)
    }

    /// The groups that an earlier custodian left.
    ///
    /// # Errors
    /// When the place cannot be read.
    pub fn leftovers(&self) -> io::Result<Vec<Leaf>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&self.path)? {
            let entry = entry?;
            let ours = entry
                .file_name()
                .to_string_lossy()
                .starts_with(GROUP_PREFIX);
            if ours && entry.file_type()?.is_dir() {
                found.push(Leaf { path: entry.path() });
            }
        }
        Ok(found)
    }
}

impl Leaf {
    /// Where a process writes `0` to enter.
    pub fn door(&self) -> PathBuf {
        self.path.join("cgroup.procs")
    }

    fn bound(&self, bounds: Bounds) -> io::Result<()> {
        let set = |file: &str, value: String| std::fs::write(self.path.join(file), value);
        set("memory.max", bounds.memory.to_string())?;
        set("pids.max", bounds.processes.to_string())?;
        // A kernel without swap has no such file.
        match set("memory.swap.max", "0".to_owned()) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            set => set,
        }
    }

    /// Kills everything in the group and below it.
    ///
    /// # Errors
    /// When the kernel refuses.
    pub fn kill(&self) -> io::Result<()> {
        std::fs::write(self.path.join("cgroup.kill"), "1")
    }

    /// Waits until nobody is in it; false when `until` has passed.
    ///
    /// # Errors
    /// When the group cannot be read.
    pub fn wait_empty(&self, until: Instant) -> io::Result<bool> {
        let mut events = File::open(self.path.join("cgroup.events"))?;
        let a_while = Timespec {
            tv_sec: 0,
            tv_nsec: 20_000_000,
        };
        loop {
            let mut text = String::new();
            events.rewind()?;
            events.read_to_string(&mut text)?;
            if text.lines().any(|line| line == "populated 0") {
                return Ok(true);
            }
            if Instant::now() >= until {
                return Ok(false);
            }
            // The kernel announces a change of this file as an exceptional condition.
            poll(&mut [PollFd::new(&events, PollFlags::PRI)], Some(&a_while)).ok();
        }
    }

    /// Removes the empty group, and those that something made below it.
    ///
    /// # Errors
    /// When it is not empty.
    pub fn remove(&self) -> io::Result<()> {
        remove(&self.path, 8)
    }

    /// Kill, wait, remove.
    ///
    /// # Errors
    /// When something is still there after `patience`.
    pub fn end(&self, patience: Duration) -> io::Result<()> {
        let until = Instant::now() + patience;
        self.kill()?;
        if !self.wait_empty(until)? {
            return Err(ErrorKind::TimedOut.into());
        }
        self.remove()
    }
}

fn remove(path: &Path, depth: u8) -> io::Result<()> {
    if depth > 0 {
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                remove(&entry.path(), depth - 1)?;
            }
        }
    }
    std::fs::remove_dir(path)
}

fn make(path: &Path) -> io::Result<()> {
    match std::fs::create_dir(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Each by itself: one that is not to be had must not hinder the other. What came of it is read
/// back.
fn enable(group: &Path) {
    for controller in ["+memory", "+pids"] {
        std::fs::write(group.join("cgroup.subtree_control"), controller).ok();
    }
}

/// Where version 2 is mounted, and our own group in it.
fn own_group() -> io::Result<(PathBuf, String)> {
    let mounts = std::fs::read_to_string("/proc/thread-self/mountinfo")?;
    let groups = std::fs::read_to_string("/proc/self/cgroup")?;
    let absent = || io::Error::other("no control groups of version 2 are mounted");
    let mounted = mounted(&mounts).ok_or_else(absent)?;
    let own = groups
        .lines()
        .find_map(|line| line.strip_prefix("0::"))
        .ok_or_else(absent)?;
    Ok((mounted, own.to_owned()))
}

fn mounted(mounts: &str) -> Option<PathBuf> {
    mounts
        .lines()
        .find_map(|line| {
            let (front, back) = line.split_once(" - ")?;
            let kind = back.split(' ').next()?;
            // A mount of a part of the hierarchy shows other paths than /proc tells.
            let whole = front.split(' ').nth(3)? == "/";
            (kind == "cgroup2" && whole).then(|| front.split(' ').nth(4))?
        })
        .map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    const BOUNDS: Bounds = Bounds {
        memory: 3 << 30,
        processes: 700,
    };

    /// A folder in the place of the kernel's: what is written where, on a machine with the
    /// controllers. That the kernel keeps to it, only such a machine shows.
    #[test]
    fn a_session_is_bounded_where_both_controllers_are_there_and_only_there() {
        let folder = tempfile::tempdir().unwrap();
        let control = folder.path().join("cgroup.subtree_control");
        for (number, (enabled, bounded)) in [
            ("cpu memory pids\n", true),
            ("memory\n", false),
            ("pids\n", false),
            ("\n", false),
        ]
        .into_iter()
        .enumerate()
        {
            std::fs::write(&control, enabled).unwrap();
            let tree = Tree::at(folder.path().to_owned());
            assert_eq!(tree.bounded(), bounded, "{enabled}");
            let leaf = tree.leaf(number as u32, BOUNDS).unwrap();
            let read = |file: &str| std::fs::read_to_string(leaf.path.join(file)).ok();
            let wanted = |value: &str| bounded.then(|| value.to_owned());
            assert_eq!(read("memory.max"), wanted("3221225472"));
            assert_eq!(read("memory.swap.max"), wanted("0"));
            assert_eq!(read("pids.max"), wanted("700"));
        }
        assert_eq!(
            Tree::at(folder.path().to_owned())
                .leftovers()
                .unwrap()
                .len(),
            4
        );
    }

    /// A bound that cannot be set is no session: here, a folder that is not there.
    #[test]
    fn a_bound_that_the_kernel_refuses_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let leaf = Leaf {
            path: folder.path().join("absent"),
        };
        assert!(leaf.bound(BOUNDS).is_err());
    }

    #[test]
    fn version_2_is_found_alone_and_beside_version_1() {
        let alone = "30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw\n";
        assert_eq!(mounted(alone).unwrap().to_str(), Some("/sys/fs/cgroup"));
        let mixed = "31 30 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n\
                     32 30 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";
        assert_eq!(
            mounted(mixed).unwrap().to_str(),
            Some("/sys/fs/cgroup/unified")
        );
        assert_eq!(
            mounted("31 30 0:27 /part /x rw - cgroup2 cgroup2 rw\n"),
            None
        );
        assert_eq!(mounted("nonsense"), None);
    }
}
