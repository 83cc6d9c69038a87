//! Finding the stick and mounting it: for root only. The kernel reads what a stranger wrote, so as
//! little of it as possible is asked to: one known kind of file system, mounted without programs,
//! devices or links, and told to become read-only at the first error.
#![allow(
    clippy::disallowed_methods,
    reason = "door: reads /sys, mounts the stick"
)]

use std::ffi::CString;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rustix::mount::{MountFlags, UnmountFlags, mount, unmount};

/// Where the kernel lists block devices.
pub const BLOCK: &str = "/sys/class/block";

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

    /// A superblock may order a panic at the first error: that order is overruled.
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

/// The first file system on a device of the USB, if one is plugged in: a partition, or a whole
/// stick without partitions. `block` is [`BLOCK`].
pub fn find(block: &Path) -> Option<PathBuf> {
    let mut names: Vec<(bool, String)> = std::fs::read_dir(block)
        .ok()?
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let place = std::fs::canonicalize(entry.path()).ok()?;
            let usb = place
                .iter()
                .any(|part| part.to_str().is_some_and(|part| part.starts_with("usb")));
            let size = std::fs::read_to_string(place.join("size")).ok()?;
            let sectors: u64 = size.trim().parse().ok()?;
            let name = entry.file_name().into_string().ok()?;
            let whole = !place.join("partition").exists();
            (usb && sectors > 0).then_some((whole, name))
        })
        .collect();
    // Partitions before whole devices, in their own order.
    names.sort();
    names
        .into_iter()
        .map(|(_, name)| Path::new("/dev").join(name))
        .find(|device| kind_of(device).is_ok_and(|kind| kind.is_some()))
}

fn kind_of(device: &Path) -> io::Result<Option<Kind>> {
    let mut first = [0; 2048];
    File::open(device)?.read_exact(&mut first)?;
    Ok(Kind::of(&first))
}

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
        let kind = kind_of(device)?.ok_or(io::ErrorKind::Unsupported)?;
        let flags = MountFlags::NOSUID
            | MountFlags::NODEV
            | MountFlags::NOEXEC
            | MountFlags::NOATIME
            | MountFlags::NOSYMFOLLOW;
        let options = CString::new(kind.options(owner)).map_err(io::Error::other)?;
        mount(device, place, kind.name(), flags, options.as_c_str())?;
        Ok(Self {
            place: place.to_owned(),
        })
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

    #[test]
    fn only_devices_of_the_usb_count() {
        let sys = tempfile::tempdir().unwrap();
        let block = sys.path().join("class");
        std::fs::create_dir(&block).unwrap();
        for (name, place) in [
            ("vda", "devices/pci0/virtio1/block/vda"),
            ("nowhere", "devices/pci0/usb1/1-1/block/nowhere"),
        ] {
            let place = sys.path().join(place);
            std::fs::create_dir_all(&place).unwrap();
            std::fs::write(place.join("size"), "2048\n").unwrap();
            std::os::unix::fs::symlink(&place, block.join(name)).unwrap();
        }
        // The one on the USB has no device file here, the other may not be taken.
        assert_eq!(find(&block), None);
        assert_eq!(find(Path::new("/nonexistent")), None);
    }

    proptest! {
        #[test]
        fn any_beginning_has_a_kind_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..2100)) {
            Kind::of(&bytes);
        }
    }
}
