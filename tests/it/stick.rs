//! The visitor's stick, as root: real file systems on loop devices.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;

use estran::stick::{self, Copied, Mounted};

/// A stick: an image on a loop device. Dropping it pulls it out.
pub struct Stick {
    pub device: PathBuf,
    folder: tempfile::TempDir,
}

impl Stick {
    pub fn new(mebibytes: u64, make: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let image = folder.path().join("image");
        let file = File::create(&image).unwrap();
        file.set_len(mebibytes << 20).unwrap();
        let (program, arguments) = make.split_first().unwrap();
        let made = Command::new(program)
            .args(arguments)
            .arg(&image)
            .output()
            .unwrap();
        assert!(made.status.success(), "{program}: {made:?}");
        Self::of(folder)
    }

    /// The image in the folder, plugged in.
    fn of(folder: tempfile::TempDir) -> Self {
        Self::plugged(folder, &[])
    }

    fn plugged(folder: tempfile::TempDir, how: &[&str]) -> Self {
        let shown = Command::new("losetup")
            .args(["--find", "--show"])
            .args(how)
            .arg(folder.path().join("image"))
            .output()
            .unwrap();
        assert!(shown.status.success(), "losetup: {shown:?}");
        let device = String::from_utf8(shown.stdout).unwrap();
        std::fs::create_dir_all(folder.path().join("place")).unwrap();
        Self {
            device: device.trim().into(),
            folder,
        }
    }

    /// The same stick with its switch for write protection set.
    pub fn locked(&self) -> Self {
        let image = tempfile::tempdir().unwrap();
        let copy = image.path().join("image");
        std::fs::copy(self.folder.path().join("image"), copy).unwrap();
        Self::plugged(image, &["--read-only"])
    }

    /// Pulls it out.
    pub fn pull(&self) {
        let pulled = Command::new("losetup")
            .arg("--detach")
            .arg(&self.device)
            .status();
        assert!(pulled.unwrap().success());
    }

    pub fn place(&self) -> PathBuf {
        self.folder.path().join("place")
    }

    pub fn mount(&self) -> std::io::Result<Mounted> {
        Mounted::new(&self.device, &self.place(), 1000)
    }
}

impl Drop for Stick {
    fn drop(&mut self) {
        Command::new("umount")
            .arg(self.place())
            .stderr(std::process::Stdio::null())
            .status()
            .ok();
        Command::new("losetup")
            .arg("--detach")
            .arg(&self.device)
            .status()
            .ok();
    }
}

/// A stick that can be let die: its device answers with an input/output error from then on, as one
/// does that is pulled out in the middle of a write. It lies in compressed memory (zram), which can be
/// told while it is mounted to take no more.
pub struct Dying {
    pub stick: Stick,
    number: String,
}

impl Dying {
    /// Nothing where the kernel has no zram; said aloud.
    pub fn new() -> Option<Self> {
        let Ok(number) = std::fs::read_to_string("/sys/class/zram-control/hot_add") else {
            crate::left_out("a dying stick: this kernel has no zram");
            return None;
        };
        let number = number.trim().to_owned();
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("place")).unwrap();
        let device = PathBuf::from(format!("/dev/zram{number}"));
        let dying = Self {
            stick: Stick { device, folder },
            number,
        };
        dying.set("disksize", "64M");
        let device = &dying.stick.device;
        let made = Command::new("mkfs.ext4").arg("-q").arg(device).status();
        assert!(made.unwrap().success());
        Some(dying)
    }

    fn set(&self, what: &str, to: &str) {
        std::fs::write(format!("/sys/block/zram{}/{what}", self.number), to).unwrap();
    }

    /// Dies after so many bytes more.
    pub fn after(&self, bytes: u64) {
        let state = std::fs::read_to_string(format!("/sys/block/zram{}/mm_stat", self.number));
        let state = state.unwrap();
        // Documentation/admin-guide/blockdev/zram.rst: the third is the memory that it takes.
        let taken: u64 = state.split_whitespace().nth(2).unwrap().parse().unwrap();
        self.set("mem_limit", &(taken + bytes).to_string());
    }

    /// What got onto it can be looked at on another computer.
    pub fn revive(&self) {
        self.set("mem_limit", "0");
    }
}

impl Drop for Dying {
    fn drop(&mut self) {
        let place = self.stick.place();
        Command::new("umount").arg(place).output().ok();
        std::fs::write("/sys/class/zram-control/hot_remove", &self.number).ok();
    }
}

/// Bytes that no memory can make smaller.
pub fn noise(size: usize) -> Vec<u8> {
    let mut bytes = vec![0; size];
    rand::fill(&mut bytes[..]);
    bytes
}

fn is_root() -> bool {
    rustix::process::getuid().is_root()
}

fn copy(size: usize, place: &Path) -> Copied {
    copy_of(&vec![7; size], place)
}

fn copy_of(bytes: &[u8], place: &Path) -> Copied {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    stick::copy(
        file,
        bytes.len() as u64,
        place,
        "relevé.pdf",
        &AtomicBool::new(false),
    )
}

fn known(kind: &str) -> bool {
    let kinds = std::fs::read_to_string("/proc/filesystems").unwrap();
    kinds.split_whitespace().any(|word| word == kind)
}

#[test]
fn a_document_is_on_the_stick_once_it_is_out() {
    if !is_root() {
        crate::left_out("a stick: only root may mount");
        return;
    }
    // FAT and its like where this kernel has them; ext4 everywhere.
    for (kind, make) in [
        ("ext4", &["mkfs.ext4", "-q"][..]),
        ("vfat", &["mkfs.vfat"]),
        ("exfat", &["mkfs.exfat"]),
    ] {
        if kind != "ext4" && !known(kind) {
            crate::left_out(&format!(
                "a stick with {kind}: this kernel does not know it"
            ));
            continue;
        }
        let stick = Stick::new(16, make);
        let mounted = stick.mount().unwrap();
        let flags = std::fs::read_to_string("/proc/mounts").unwrap();
        let place = stick.place().display().to_string();
        let line = flags.lines().find(|line| line.contains(&place)).unwrap();
        for flag in ["nosuid", "nodev", "noexec", "nosymfollow"] {
            assert!(line.contains(flag), "{line}");
        }
        assert_eq!(copy(100_000, mounted.place()), Copied::Whole);
        mounted.release().unwrap();
        // Pulled out and plugged into another computer.
        let again = stick.mount().unwrap();
        let mut bytes = Vec::new();
        let copied = again.place().join("relevé.pdf");
        File::open(copied).unwrap().read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, vec![7; 100_000]);
        again.release().unwrap();
    }
}

#[test]
fn a_full_stick_a_busy_stick_and_a_stick_that_cannot_be_written_to() {
    if !is_root() {
        crate::left_out("a stick: only root may mount");
        return;
    }
    let stick = Stick::new(4, &["mkfs.ext4", "-q"]);
    let mounted = stick.mount().unwrap();
    assert_eq!(copy(8 << 20, mounted.place()), Copied::Full);
    assert_eq!(copy(1000, mounted.place()), Copied::Whole, "room for this");
    let open = File::open(mounted.place().join("relevé.pdf")).unwrap();
    let (mounted, _busy) = mounted.release().unwrap_err();
    drop(open);
    mounted.release().unwrap();
    // The device itself is opened read-only, and forgets it when closed.
    let locked = stick.locked();
    assert!(
        locked.mount().is_err(),
        "a write-protected stick is refused"
    );
}

#[test]
fn a_stick_that_dies_in_the_middle_of_a_write_is_not_called_whole() {
    if !is_root() {
        crate::left_out("a stick: only root may mount");
        return;
    }
    let Some(dying) = Dying::new() else { return };
    let mounted = dying.stick.mount().unwrap();
    let control = noise(100_000);
    assert_eq!(copy_of(&control, mounted.place()), Copied::Whole);
    dying.after(1 << 20);
    let long = noise(6 << 20);
    assert_eq!(copy_of(&long, mounted.place()), Copied::Unreadable);
    mounted.release().ok();

    // On another computer: the first is whole, and nothing of the second looks like a document.
    dying.revive();
    let again = dying.stick.mount().unwrap();
    let names = std::fs::read_dir(again.place()).unwrap();
    let mut found = 0;
    for entry in names.map(|entry| entry.unwrap()) {
        if entry.file_name().to_string_lossy().starts_with("relev") {
            assert!(std::fs::read(entry.path()).unwrap() == control, "{entry:?}");
            found += 1;
        }
    }
    assert_eq!(found, 1);
    again.release().unwrap();
}

#[test]
fn what_is_no_file_system_is_refused_and_nobody_falls() {
    if !is_root() {
        crate::left_out("a stick: only root may mount");
        return;
    }
    for seed in 0..6_u8 {
        let folder = tempfile::tempdir().unwrap();
        let mut image: Vec<u8> = (0..1_u32 << 20)
            .map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8 ^ seed)
            .collect();
        // A mark that promises ext4, and nothing that keeps the promise.
        if seed % 2 == 0 {
            image[0x438..0x43a].copy_from_slice(&[0x53, 0xef]);
        }
        std::fs::write(folder.path().join("image"), image).unwrap();
        let stick = Stick::of(folder);
        assert!(stick.mount().is_err(), "seed {seed}");
    }
}
