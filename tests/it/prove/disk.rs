//! `estranctl prove --image`: a raw disk, read from its first byte to its last. The disk is an ext4
//! on a loop-mounted image, on which everything lies that a proof could write to a disk.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::{estranctl, output, program, row, searched, word_of};
use crate::left_out;

/// Of the disk, bytes.
const SIZE: u64 = 64 << 20;

struct Disk(tempfile::TempDir);

impl Disk {
    fn new() -> Option<Self> {
        if !rustix::process::geteuid().is_root() {
            left_out("a proof with a raw disk: only root may mount");
            return None;
        }
        let disk = Self(tempfile::tempdir().unwrap());
        File::create(disk.image()).unwrap().set_len(SIZE).unwrap();
        std::fs::create_dir(disk.mounted()).unwrap();
        done(
            Command::new("mkfs.ext4")
                .args(["-q", "-F"])
                .arg(disk.image()),
        );
        done(
            Command::new("mount")
                .args(["-o", "loop"])
                .arg(disk.image())
                .arg(disk.mounted()),
        );
        std::fs::create_dir(disk.mounted().join("tmp")).unwrap();
        Some(disk)
    }

    fn image(&self) -> PathBuf {
        self.0.path().join("image")
    }

    fn mounted(&self) -> PathBuf {
        self.0.path().join("mounted")
    }

    /// A proof whose every place on a disk is this one.
    fn prove(&self, seconds: &str) -> Command {
        let script =
            "echo $ESTRAN_CANARY | tee ~/left /tmp/left /var/tmp/left > /dev/shm/word; sleep 600";
        let mut prove = estranctl(&["prove", "--json", "--seconds", seconds]);
        prove.arg("--program").arg(program(self.0.path(), script));
        prove.arg("--image").arg(self.image());
        prove
            .env("TMPDIR", self.mounted().join("tmp"))
            .env("HOME", self.mounted());
        prove
    }

    fn sync(&self) {
        done(
            Command::new("sync")
                .arg("--file-system")
                .arg(self.mounted()),
        );
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg(self.mounted()).status().ok();
    }
}

fn done(command: &mut Command) {
    assert!(command.status().unwrap().success(), "{command:?}");
}

/// The word in many shapes, each in a file that is deleted again: no longer files, still on the
/// disk.
fn written_and_deleted(folder: &Path, word: &str) -> usize {
    let both = |to: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let hex = word.bytes().map(|byte| format!("{byte:02x}"));
    let hex = hex.collect::<Vec<_>>().concat();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(word.repeat(3).as_bytes()).unwrap();
    let base64 = {
        let mut encoded = Command::new("base64")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        encoded
            .stdin
            .take()
            .unwrap()
            .write_all(word.as_bytes())
            .unwrap();
        encoded.wait_with_output().unwrap().stdout
    };
    let shapes = [
        word.as_bytes().to_vec(),
        both(u16::to_le_bytes),
        both(u16::to_be_bytes),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
        base64,
        gzip.finish().unwrap(),
    ];
    for (number, shape) in shapes.iter().enumerate() {
        let path = folder.join(number.to_string());
        let mut file = File::create(&path).unwrap();
        // Long enough that no file system puts it into the inode.
        file.write_all(&[vec![b'.'; 3000], shape.clone()].concat())
            .unwrap();
        file.sync_all().unwrap();
        std::fs::remove_file(path).unwrap();
    }
    shapes.len()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

#[test]
fn a_deleted_file_is_found_on_the_raw_disk_in_every_shape() {
    let Some(disk) = Disk::new() else { return };
    let prover = disk
        .prove("4")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let word = word_of(&prover);
    let shapes = written_and_deleted(&disk.mounted(), &word);
    disk.sync();
    let answer = prover.wait_with_output().unwrap();
    assert_eq!(answer.status.code(), Some(1), "something is left");
    let proof: Value = serde_json::from_slice(&answer.stdout).unwrap();
    let on_disk = searched(&proof, "disk").unwrap();
    assert!(number(&on_disk["found"]) >= shapes as u64, "{proof:#}");
    // The disk is searched once, as a disk: no file shows it any more.
    assert_eq!(searched(&proof, "files").unwrap()["found"], 0, "{proof:#}");
}

#[test]
fn a_visit_writes_to_no_disk() {
    let Some(disk) = Disk::new() else { return };
    let (code, said, proof) = output(&mut disk.prove("2"));
    assert_eq!(code, 0, "{said}");
    assert!(number(&row(&proof, "program")["before"]) > 3, "{said}");
    let on_disk = searched(&proof, "disk").unwrap();
    assert_eq!(on_disk["found"], 0, "{said}");
    assert_eq!(number(&on_disk["bytes"]), SIZE, "to its last byte: {said}");
}
