//! A sceptic's search: which traces of a secret are left on the machine?
//!
//! Every search here is used twice by a test: while the guest lives, to prove that it *can* find
//! the secret, and after the wipe, to show that it finds nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::Result;

const CHUNK: usize = 1 << 20;

/// Every living descendant of a process, nearest first, without the process itself.
pub fn descendants(of: u32) -> Vec<u32> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for pid in processes() {
        if let Some(parent) = parent(pid) {
            children.entry(parent).or_default().push(pid);
        }
    }
    let mut found = children.remove(&of).unwrap_or_default();
    let mut next = 0;
    while next < found.len() {
        found.extend(children.remove(&found[next]).unwrap_or_default());
        next += 1;
    }
    found
}

/// Every process that this machine shows.
pub fn processes() -> BTreeSet<u32> {
    let Ok(list) = fs::read_dir("/proc") else {
        return BTreeSet::new();
    };
    list.flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect()
}

fn parent(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name stands in brackets and may hold anything: read after the last one.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    if state == "Z" || state == "X" {
        return None;
    }
    fields.next()?.parse().ok()
}

/// The name of a process as the kernel keeps it, empty when it is gone.
pub fn name(pid: u32) -> String {
    let comm = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    comm.trim_end().to_owned()
}

/// The resident memory of a process in bytes; zero when it is gone.
pub fn resident(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

/// The secret as it may lie in memory or in a file: UTF-8 and UTF-16 (browsers keep both).
fn shapes(secret: &str) -> [Vec<u8>; 2] {
    let wide = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [secret.as_bytes().to_vec(), wide]
}

fn holds(bytes: &[u8], shapes: &[Vec<u8>]) -> usize {
    let count = |shape| memchr::memmem::find_iter(bytes, shape).count();
    shapes.iter().map(count).sum()
}

/// Counts a secret in everything that a reader gives, across the borders of its chunks.
fn count_in(mut reader: impl Read, secret: &str) -> std::io::Result<usize> {
    let shapes = shapes(secret);
    let keep = shapes.iter().map(Vec::len).max().unwrap_or(1) - 1;
    let mut buffer = vec![0; CHUNK];
    let (mut filled, mut total) = (0, 0);
    loop {
        let read = reader.read(&mut buffer[filled..])?;
        if read == 0 {
            return Ok(total + holds(&buffer[..filled], &shapes));
        }
        filled += read;
        if filled == buffer.len() {
            // What starts in the kept tail is counted in the next round.
            total +=
                holds(&buffer[..filled], &shapes) - holds(&buffer[filled - keep..filled], &shapes);
            buffer.copy_within(filled - keep.., 0);
            filled = keep;
        }
    }
}

/// How often a secret stands in the writable memory of a process; zero when it is gone.
///
/// # Errors
/// When the process is alive and may not be read: a search that saw nothing proves nothing.
pub fn in_memory(pid: u32, secret: &str) -> Result<usize> {
    let Ok(maps) = fs::read_to_string(format!("/proc/{pid}/maps")) else {
        return Ok(0);
    };
    if maps.is_empty() {
        return Ok(0);
    }
    let mut memory = match File::open(format!("/proc/{pid}/mem")) {
        Ok(memory) => memory,
        Err(_) if parent(pid).is_none() => return Ok(0),
        Err(error) => return Err(format!("reading the memory of {pid}: {error}").into()),
    };
    let mut total = 0;
    for line in maps.lines() {
        let mut fields = line.split_whitespace();
        let (Some(range), Some(rights)) = (fields.next(), fields.next()) else {
            continue;
        };
        let Some((start, end)) = bounds(range).filter(|_| rights.starts_with("rw")) else {
            continue;
        };
        if memory.seek(SeekFrom::Start(start)).is_ok() {
            // Device and guard pages answer with an error; what was read before it counts.
            total += count_in((&mut memory).take(end - start), secret).unwrap_or(0);
        }
    }
    Ok(total)
}

fn bounds(range: &str) -> Option<(u64, u64)> {
    let (start, end) = range.split_once('-')?;
    Some((
        u64::from_str_radix(start, 16).ok()?,
        u64::from_str_radix(end, 16).ok()?,
    ))
}

/// Every file below `folder` that was changed since `since` and whose content or name holds the
/// secret. Links are not followed; pseudo file systems are left out.
pub fn in_files(folder: &Path, secret: &str, since: SystemTime) -> Vec<PathBuf> {
    let since = since
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs() as i64 - 1);
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(list) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in list.flatten() {
            let (path, Ok(meta)) = (entry.path(), entry.metadata()) else {
                continue;
            };
            let named = entry.file_name().to_string_lossy().contains(secret);
            if meta.is_dir() && !is_pseudo(&path) {
                folders.push(path.clone());
            }
            let read = meta.is_file() && meta.ctime() >= since;
            let inside = read
                && File::open(&path)
                    .and_then(|file| count_in(file, secret))
                    .is_ok_and(|count| count > 0);
            if named || inside {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn is_pseudo(path: &Path) -> bool {
    ["/proc", "/sys", "/dev/mqueue"]
        .iter()
        .any(|each| path == Path::new(each))
}

/// System V memory, queues and semaphores, and POSIX queues: one line each.
pub fn ipc() -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for kind in ["shm", "msg", "sem"] {
        let table = fs::read_to_string(format!("/proc/sysvipc/{kind}")).unwrap_or_default();
        lines.extend(table.lines().skip(1).filter_map(|line| {
            let mut fields = line.split_whitespace();
            Some(format!("{kind} {} {}", fields.next()?, fields.next()?))
        }));
    }
    if let Ok(queues) = fs::read_dir("/dev/mqueue") {
        lines.extend(
            queues
                .flatten()
                .map(|queue| format!("mqueue {}", queue.file_name().display())),
        );
    }
    lines
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]
    use super::*;

    #[test]
    fn a_secret_is_counted_across_chunks_and_in_both_shapes() {
        let secret = "laminaire-4711";
        let mut sea = vec![b'.'; CHUNK - 5];
        sea.extend_from_slice(secret.as_bytes());
        sea.extend(vec![b'.'; CHUNK]);
        sea.extend(secret.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(count_in(sea.as_slice(), secret).unwrap(), 2);
        assert_eq!(count_in(sea.as_slice(), "laminaire-4712").unwrap(), 0);
    }

    #[test]
    fn memory_and_files_are_searched() {
        let secret = format!("goémon-{}", std::process::id());
        assert!(in_memory(std::process::id(), &secret).unwrap() > 0);
        let folder = std::env::temp_dir().join(format!("estran-trace-{}", std::process::id()));
        let start = SystemTime::now();
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("note"), format!("… {secret} …")).unwrap();
        let found = in_files(&folder, &secret, start);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found, [folder.join("note")]);
        assert!(in_files(&std::env::temp_dir(), "never-written-4e1f", start).is_empty());
    }

    #[test]
    fn a_child_is_a_descendant() {
        let mut child = std::process::Command::new("sleep")
            .arg("30")
            .spawn()
            .unwrap();
        assert!(descendants(std::process::id()).contains(&child.id()));
        assert_eq!(name(child.id()), "sleep");
        assert!(resident(std::process::id()) > 100_000);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!descendants(std::process::id()).contains(&child.id()));
    }
}
