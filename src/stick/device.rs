//! Mounting a stick: for root only. The kernel reads what a stranger wrote, so as
//! little of it as possible is asked to: one known kind of file system, mounted without programs,
//! devices or links, and told to become read-only at the first error.
#![allow(
    clippy::disallowed_methods,
    reason = "door: reads the device, mounts the stick"
)]

use std::ffi::CString;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rustix::mount::{MountFlags, UnmountFlags, mount, mount_remount, unmount};

/// The file systems that sticks have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// FAT, the usual one.
    Vfat,
    /// Its successor.
    Exfat,
    /// Windows' own.
    Ntfs,
    /// Linux's own.
    Ext4,
}

impl Kind {
    /// The kind, by the marks that its inventors put at fixed places. `first` is the beginning of
    /// the device, 2 KiB.
    pub fn of(first: &[u8]) -> Option<Self> {
        let at = |place: usize, mark: &[u8]| {
            first.get(place..place.saturating_add(mark.len())) == Some(mark)
        };
        if at(3, b"EXFAT   ") {
            return Some(Self::Exfat);
        }
        if at(3, b"NTFS    ") {
            return Some(Self::Ntfs);
        }
        if at(0x438, &[0x53, 0xef]) {
            return Some(Self::Ext4);
        }
        let fat = at(510, &[0x55, 0xaa]) && (at(0x36, b"FAT1") || at(0x52, b"FAT32"));
        fat.then_some(Self::Vfat)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Vfat => "vfat",
            Self::Exfat => "exfat",
            Self::Ntfs => "ntfs3",
            Self::Ext4 => "ext4",
        }
    }

    /// A superblock may order a panic at the first error: that order is overruled where the file
    /// system knows one. FAT and its like know no owners: everything on them is `owner`'s, and
    /// nobody else's.
    fn options(self, owner: u32) -> String {
        match self {
            Self::Vfat => {
                format!("uid={owner},gid={owner},umask=077,utf8=1,errors=remount-ro")
            }
            Self::Exfat => format!("uid={owner},gid={owner},umask=077,errors=remount-ro"),
            Self::Ntfs => format!("uid={owner},gid={owner},umask=077"),
            Self::Ext4 => "errors=remount-ro".to_owned(),
        }
    }
}

/// The kind of file system that a device begins with, if it is known here.
pub(super) fn kind_of(device: &Path) -> io::Result<Option<Kind>> {
    let mut first = [0; 2048];
    File::open(device)?.read_exact(&mut first)?;
    Ok(Kind::of(&first))
}

/// Without programs, devices or links.
const PLAIN: MountFlags = MountFlags::NOSUID
    .union(MountFlags::NODEV)
    .union(MountFlags::NOEXEC)
    .union(MountFlags::NOATIME)
    .union(MountFlags::NOSYMFOLLOW);

/// A stick that is mounted. Dropping it leaves it mounted.
#[derive(Debug, PartialEq, Eq)]
pub struct Mounted {
    place: PathBuf,
}

impl Mounted {
    /// Mounts the stick at an existing folder; FAT and its like show their files as `owner`'s.
    ///
    /// # Errors
    /// When the kernel refuses it, or does not know its file system.
    pub fn new(device: &Path, place: &Path, owner: u32) -> io::Result<Self> {
        Self::with(device, place, owner, PLAIN)
    }

    /// The same, to be read only: it may be pulled out at any moment.
    ///
    /// # Errors
    /// See [`Mounted::new`].
    pub fn to_read(device: &Path, place: &Path, owner: u32) -> io::Result<Self> {
        Self::with(device, place, owner, PLAIN | MountFlags::RDONLY)
    }

    fn with(device: &Path, place: &Path, owner: u32, flags: MountFlags) -> io::Result<Self> {
        let kind = kind_of(device)?.ok_or(io::ErrorKind::Unsupported)?;
        let options = CString::new(kind.options(owner)).map_err(io::Error::other)?;
        mount(device, place, kind.name(), flags, options.as_c_str())?;
        Ok(Self {
            place: place.to_owned(),
        })
    }

    /// The stick that was mounted at this place before.
    pub fn at(place: &Path) -> Self {
        Self {
            place: place.to_owned(),
        }
    }

    /// Lets it be written to at this place, and at no other where it is seen too.
    ///
    /// # Errors
    /// When it is write-protected.
    pub fn open(&self) -> io::Result<()> {
        Ok(mount_remount(&self.place, PLAIN, c"")?)
    }

    /// To be read only again: all that was written is on it then.
    ///
    /// # Errors
    /// When something is open for writing.
    pub fn shut(&self) -> io::Result<()> {
        Ok(mount_remount(&self.place, PLAIN | MountFlags::RDONLY, c"")?)
    }

    /// Where it is.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Unmounts it: all that was written is on it then.
    ///
    /// # Errors
    /// `EBUSY` while something is open on it; it stays mounted.
    pub fn release(self) -> Result<(), (Self, io::Error)> {
        match unmount(&self.place, UnmountFlags::NOFOLLOW) {
            Ok(()) => Ok(()),
            Err(error) => Err((self, error.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use proptest::prelude::*;

    fn marked(marks: &[(usize, &[u8])]) -> Vec<u8> {
        let mut first = vec![0; 2048];
        for (place, mark) in marks {
            first[*place..place + mark.len()].copy_from_slice(mark);
        }
        first
    }

    #[test]
    fn file_systems_are_known_by_their_marks() {
        let end: (usize, &[u8]) = (510, &[0x55, 0xaa]);
        for (marks, kind) in [
            (vec![(3, &b"EXFAT   "[..]), end], Some(Kind::Exfat)),
            (vec![(3, &b"NTFS    "[..]), end], Some(Kind::Ntfs)),
            (vec![(0x438, &[0x53, 0xef][..])], Some(Kind::Ext4)),
            (vec![(0x36, &b"FAT16   "[..]), end], Some(Kind::Vfat)),
            (vec![(0x52, &b"FAT32   "[..]), end], Some(Kind::Vfat)),
            (vec![(0x52, &b"FAT32   "[..])], None),
            (vec![end], None),
        ] {
            assert_eq!(Kind::of(&marked(&marks)), kind, "{marks:?}");
        }
        assert_eq!(Kind::of(&[]), None);
    }

    /// The words that each file system of the kernel knows (Documentation/filesystems/vfat.rst,
    /// fs/exfat/super.c, Documentation/filesystems/ntfs3.rst, ext4(5)): one that it does not know
    /// makes it refuse the mount.
    #[test]
    fn every_kind_is_asked_for_what_it_knows_and_nothing_of_it_is_for_others() {
        let owners = ["uid", "gid", "umask"];
        for (kind, more) in [
            (Kind::Vfat, &["utf8", "errors"][..]),
            (Kind::Exfat, &["errors"]),
            (Kind::Ntfs, &[]),
        ] {
            let options = kind.options(60_105);
            let words: Vec<&str> = options.split(',').collect();
            let names: Vec<&str> = words
                .iter()
                .filter_map(|word| word.split('=').next())
                .collect();
            assert_eq!(names, [&owners[..], more].concat(), "{kind:?}");
            for word in ["uid=60105", "gid=60105", "umask=077"] {
                assert!(words.contains(&word), "{kind:?}: {options}");
            }
        }
        // It has owners of its own.
        assert_eq!(Kind::Ext4.options(60_105), "errors=remount-ro");
        for kind in [Kind::Vfat, Kind::Exfat, Kind::Ext4] {
            assert!(kind.options(1).contains("errors=remount-ro"), "{kind:?}");
        }
    }

    /// What the tools of the field make is known, and what sticks do not have is refused.
    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test makes file systems")]
    fn real_file_systems_are_known_and_others_are_refused() {
        let made = |tool: &str, arguments: &[&str]| {
            let file = tempfile::NamedTempFile::new().unwrap();
            file.as_file().set_len(64 << 20).unwrap();
            let made = std::process::Command::new(tool)
                .args(arguments)
                .arg(file.path())
                .output();
            let made = made.unwrap_or_else(|error| panic!("{tool}: {error}"));
            assert!(made.status.success(), "{tool}: {made:?}");
            kind_of(file.path()).unwrap()
        };
        for fat in ["12", "16", "32"] {
            assert_eq!(made("mkfs.vfat", &["-F", fat]), Some(Kind::Vfat), "{fat}");
        }
        assert_eq!(made("mkfs.exfat", &[]), Some(Kind::Exfat));
        assert_eq!(made("mkfs.ext4", &["-q", "-F"]), Some(Kind::Ext4));
        for swap_or_empty in [&["mkswap", "-q"][..], &["true"]] {
            let (tool, arguments) = swap_or_empty.split_first().unwrap();
            assert_eq!(made(tool, arguments), None, "{tool}");
        }
    }

    proptest! {
        #[test]
        fn any_beginning_has_a_kind_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..2100)) {
            Kind::of(&bytes);
        }
    }
}
