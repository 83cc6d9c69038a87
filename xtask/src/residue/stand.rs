//! What a compared visit stands on: a disk of its own, and the machine's own memory.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::tool::{go, works};

/// The user of the habits: nobody's number.
pub(super) const USER: &str = "54322";

/// Of the disk, bytes.
pub(super) const SIZE: u64 = 1 << 30;

/// A fresh ext4.
pub(super) struct Disk {
    folder: PathBuf,
}

impl Disk {
    pub(super) fn new() -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("estran-residue-{}", std::process::id()));
        fs::create_dir_all(folder.join("mnt"))?;
        let disk = Self { folder };
        File::create(disk.image())?.set_len(SIZE)?;
        go(Command::new("mkfs.ext4")
            .args(["-q", "-F"])
            .arg(disk.image()))?;
        go(Command::new("mount")
            .args(["-o", "loop"])
            .arg(disk.image())
            .arg(disk.mounted()))?;
        for name in ["home", "tmp", "vartmp"] {
            fs::create_dir(disk.mounted().join(name))?;
            go(Command::new("chown")
                .arg(format!("{USER}:{USER}"))
                .arg(disk.mounted().join(name)))?;
        }
        Ok(disk)
    }

    pub(super) fn image(&self) -> PathBuf {
        self.folder.join("image")
    }

    pub(super) fn mounted(&self) -> PathBuf {
        self.folder.join("mnt")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        works(Command::new("umount").arg("--lazy").arg(self.mounted()));
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// The runtime directory and what else outlives a visit outside the disk; cleared at the end.
pub(super) struct Machine {
    /// The runtime directory.
    pub(super) run: PathBuf,
}

impl Machine {
    pub(super) fn new() -> Result<Self> {
        let run = Path::new("/dev/shm").join(format!("estran-residue-run-{}", std::process::id()));
        fs::create_dir_all(&run)?;
        go(Command::new("chown")
            .arg(format!("{USER}:{USER}"))
            .arg(&run))?;
        Ok(Self { run })
    }
}

impl Drop for Machine {
    /// Kills what lingers and takes the planted IPC and files away: only things of the user that
    /// exists for this comparison alone.
    fn drop(&mut self) {
        let script = format!(
            "for s in /proc/[0-9]*/status; do \
               if grep -qs '^Uid:[[:space:]]*{USER}[[:space:]]' $s; then \
                 p=${{s%/status}}; kill -9 ${{p#/proc/}}; fi; done; sleep 1; \
             awk '$8 == {USER} {{ print \"-m\", $2 }}' /proc/sysvipc/shm | xargs -r ipcrm; \
             awk '$5 == {USER} {{ print \"-s\", $2 }}' /proc/sysvipc/sem | xargs -r ipcrm; \
             m=$(mktemp -d); mount -t mqueue none $m && find $m -type f -user {USER} -delete; \
             umount $m; rmdir $m; \
             find /dev/shm -maxdepth 1 -user {USER} -exec rm -rf {{}} +"
        );
        works(Command::new("bash").args(["-c", &script]));
        fs::remove_dir_all(&self.run).ok();
    }
}
