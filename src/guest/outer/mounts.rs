//! The session's file systems in RAM, mounted by root in the custodian's own mount namespace and
//! copied into the session's. Sized, bounded in number of files, never swapped. Ending them is
//! unmounting them, at once and in plain sight: never lazily, never by walking what a guest made.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: makes mount points")]

use std::ffi::CString;
use std::io;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::fs::{FileType, Mode, OFlags, fstat, open};
use rustix::io::Errno;
use rustix::mount::{
    MountFlags, MountPropagationFlags, UnmountFlags, mount, mount_bind, mount_change,
    mount_remount, unmount,
};

use super::super::sandbox::Capacity;

/// Files and folders that a guest may make in each file system.
const INODES: u64 = 200_000;

/// The writable places, by the name that each has below the session's folder.
pub const HOME: &str = "home";
/// See [`HOME`].
pub const TMP: &str = "tmp";
/// See [`HOME`].
pub const VAR_TMP: &str = "vartmp";
/// See [`HOME`].
pub const SHM: &str = "shm";
/// See [`HOME`].
pub const RUNTIME: &str = "runtime";
/// What is mounted here by root while a session runs appears in it, at [`super::MEDIA`].
pub const MEDIA: &str = "media";
/// Root's own, for what belongs to the session and must go with it (a print queue): the guest does
/// not see it.
pub const BACK: &str = "back";

/// The print service's own, for what a visitor prints: the guest does not see it.
pub const PRINT: &str = "print";
/// Where the print service listens, and where the guest finds it.
pub const MEETING: &str = "meeting";

/// The account of print services on Debian.
const LP: u32 = 7;

/// The mounts of one session: all that is mounted at or below its folder.
#[derive(Debug)]
pub struct Mounts {
    root: PathBuf,
}

/// A file to be shown to the session, at a name below the session's folder.
pub struct Shown<'a> {
    /// The file outside.
    pub from: &'a Path,
    /// Its name below the session's folder.
    pub name: &'a str,
    /// If it must be a socket: the uid that must own it.
    pub socket_of: Option<u32>,
}

impl Mounts {
    /// Makes all of them below `root`.
    ///
    /// # Errors
    /// When one is refused; what was made is unmounted again.
    pub fn make(
        root: &Path,
        capacity: Capacity,
        guest: u32,
        shown: &[Shown<'_>],
        printing: bool,
    ) -> io::Result<Self> {
        let mounts = Self {
            root: root.to_owned(),
        };
        let made = mounts.all(capacity, guest, shown).and_then(|()| {
            if printing {
                return mounts.printing(capacity);
            }
            Ok(())
        });
        if made.is_err() {
            mounts.release(Instant::now() + Duration::from_secs(5)).ok();
        }
        made.map(|()| mounts)
    }

    fn all(&self, capacity: Capacity, guest: u32, shown: &[Shown<'_>]) -> io::Result<()> {
        let root = self.root.as_path();
        ram(root, 1 << 20, 256, "mode=0755")?;
        let guests = format!("mode=0700,uid={guest},gid={guest}");
        let free = "mode=1777".to_owned();
        for (name, size, owner) in [
            (HOME, capacity.home, &guests),
            (TMP, capacity.scratch, &free),
            (SHM, capacity.scratch, &free),
            (VAR_TMP, capacity.small, &free),
            (RUNTIME, capacity.small, &guests),
            (BACK, capacity.scratch, &"mode=0700".to_owned()),
        ] {
            let place = root.join(name);
            std::fs::create_dir(&place)?;
            ram(&place, size, INODES, owner)?;
        }
        for shown in shown {
            self.show(shown)?;
        }
        let media = root.join(MEDIA);
        std::fs::create_dir(&media)?;
        ram(&media, 1 << 16, 16, "mode=0755")?;
        // Later mounts travel from here into the session, and never back.
        mount_change(&media, MountPropagationFlags::SHARED)?;
        Ok(())
    }

    fn printing(&self, capacity: Capacity) -> io::Result<()> {
        for (name, size, mode) in [
            (PRINT, capacity.scratch, "0700"),
            (MEETING, 1 << 20, "0755"),
        ] {
            let place = self.root.join(name);
            std::fs::create_dir(&place)?;
            ram(
                &place,
                size,
                INODES,
                &format!("mode={mode},uid={LP},gid={LP}"),
            )?;
        }
        Ok(())
    }

    /// The session's folder, in the custodian's own view.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Binds a file read-only. The file is opened first and never followed, so that nobody can
    /// exchange it between look and mount.
    fn show(&self, shown: &Shown<'_>) -> io::Result<()> {
        let file = open(
            shown.from,
            OFlags::PATH | OFlags::NOFOLLOW | OFlags::CLOEXEC,
            Mode::empty(),
        )?;
        let about = fstat(&file)?;
        let kind = FileType::from_raw_mode(about.st_mode);
        let right = match shown.socket_of {
            Some(owner) => kind == FileType::Socket && about.st_uid == owner,
            None => kind == FileType::RegularFile,
        };
        if !right {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let place = self.root.join(shown.name);
        std::fs::File::create_new(&place)?;
        let opened = format!("/proc/self/fd/{}", file.as_raw_fd());
        mount_bind(opened.as_str(), &place)?;
        let flags = MountFlags::BIND | MountFlags::RDONLY | MountFlags::NOSUID | MountFlags::NODEV;
        mount_remount(&place, flags, c"")?;
        Ok(())
    }

    /// Unmounts all of them, last first, and waits while one is busy.
    ///
    /// # Errors
    /// `EBUSY` when something still holds one after `until`: a finding, and nothing is hidden.
    pub fn release(&self, until: Instant) -> io::Result<()> {
        loop {
            match release_below(&self.root) {
                Err(error)
                    if error.kind() == io::ErrorKind::ResourceBusy && Instant::now() < until =>
                {
                    std::thread::sleep(Duration::from_millis(2));
                }
                released => return released,
            }
        }
    }
}

/// Unmounts whatever is mounted at or below `root` in our own view, what root mounted under a
/// session's media included.
///
/// # Errors
/// When something resists.
pub fn release_below(root: &Path) -> io::Result<()> {
    let table = std::fs::read_to_string("/proc/thread-self/mountinfo")?;
    let mut places: Vec<&Path> = table
        .lines()
        .filter_map(|line| line.split(' ').nth(4))
        .map(Path::new)
        .filter(|place| place.starts_with(root))
        .collect();
    // Mounted later means listed later.
    places.reverse();
    for place in places {
        unmount(place, UnmountFlags::NOFOLLOW)?;
    }
    Ok(())
}

fn ram(place: &Path, size: u64, inodes: u64, owner: &str) -> io::Result<()> {
    let flags = MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
    let plain = format!("size={size},nr_inodes={inodes},{owner}");
    let options = |text: String| CString::new(text).map_err(io::Error::other);
    let noswap = options(format!("{plain},noswap"))?;
    match mount("estran", place, "tmpfs", flags, noswap.as_c_str()) {
        // Linux before 6.4 does not know the word. Without swap it is not needed.
        Err(Errno::INVAL) if no_swap() => {
            tracing::warn!("this kernel has no noswap: relying on the absence of swap");
            let plain = options(plain)?;
            mount("estran", place, "tmpfs", flags, plain.as_c_str())?;
        }
        mounted => mounted?,
    }
    Ok(())
}

fn no_swap() -> bool {
    std::fs::read_to_string("/proc/swaps").map_or(true, |table| table.lines().count() <= 1)
}
