//! Memory of processes: every page that is there or swapped out, deleted files that are still
//! open, and what a process was started with.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt as _;
use std::time::Duration;

use super::super::result::{Findings, Place};
use super::{Search, Tally};

/// How often a process that refuses is asked again, and how long after.
const AGAIN: u32 = 3;
const MOMENT: Duration = Duration::from_millis(40);

/// Every process that this machine shows, nearest first.
pub fn pids() -> Vec<u32> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect()
}

/// The living descendants of a process.
pub fn descendants(of: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = pids()
        .into_iter()
        .filter_map(|pid| Some((pid, parent(pid)?)))
        .collect();
    let mut found = vec![of];
    let mut next = 0;
    while let Some(above) = found.get(next).copied() {
        let children = parents.iter().filter(|(_, parent)| *parent == above);
        found.extend(children.map(|(pid, _)| *pid));
        next += 1;
    }
    found.remove(0);
    found
}

/// `proc_pid_stat(5)`: the name stands in brackets and may hold anything.
fn parent(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
}

/// Searches one process: memory, deleted open files, arguments. A process that ends meanwhile is
/// no fault; one that may not be read counts as refused.
pub fn process(pid: u32, search: &mut Search<'_>, findings: &mut Findings) {
    let arguments = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let seen = findings.seen(Place::Processes);
    seen.items += 1;
    search.patterns().in_text(&arguments, &mut seen.tally);
    open_files(pid, search, findings);
    let seen = findings.seen(Place::Memory);
    let mut tries = 0;
    loop {
        match memory(pid, search, &mut seen.tally) {
            Ok(0) => return,
            Ok(bytes) => return seen.looked(bytes),
            // A process that is gone has nothing to hide.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) if error.raw_os_error() == Some(libc::ESRCH) => return,
            // One that is just becoming another program, or ending, may be read a moment later. The
            // error comes before the first byte: nothing is counted twice.
            Err(error) if tries < AGAIN && error.kind() != io::ErrorKind::PermissionDenied => {
                tries += 1;
                std::thread::sleep(MOMENT);
            }
            Err(error) => return seen.refused(&error),
        }
    }
}

fn open_files(pid: u32, search: &mut Search<'_>, findings: &mut Findings) {
    let files = std::fs::read_dir(format!("/proc/{pid}/fd"));
    for entry in files.into_iter().flatten().flatten() {
        let link = std::fs::read_link(entry.path()).unwrap_or_default();
        let deleted = link.to_string_lossy().ends_with(" (deleted)");
        let plain = || std::fs::metadata(entry.path()).is_ok_and(|about| about.is_file());
        if !deleted || !plain() {
            continue;
        }
        let seen = findings.seen(Place::OpenFiles);
        let read = File::open(entry.path()).and_then(|file| search.read(file, &mut seen.tally));
        match read {
            Ok(bytes) => seen.looked(bytes),
            Err(error) => seen.refused(&error),
        }
    }
}

/// Counts in the pages of a process that are there; returns how many bytes were read.
///
/// # Errors
/// When it may not be read.
pub fn memory(pid: u32, search: &mut Search<'_>, tally: &mut Tally) -> io::Result<u64> {
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps"))?;
    if maps.is_empty() {
        return Ok(0);
    }
    let memory = File::open(format!("/proc/{pid}/mem"))?;
    let pages = File::open(format!("/proc/{pid}/pagemap"))?;
    let page = page_size();
    let mut total = 0;
    for (start, end) in maps.lines().filter_map(wanted) {
        for (from, to) in present(&pages, start / page, end / page) {
            let range = Range {
                memory: &memory,
                at: from * page,
                end: to * page,
            };
            total += search.read(range, tally)?;
        }
    }
    Ok(total)
}

/// Readable, and not the unchanged content of a file that others see as well
/// (`proc_pid_maps(5)`).
fn wanted(line: &str) -> Option<(u64, u64)> {
    let mut fields = line.split_ascii_whitespace();
    let (range, rights) = (fields.next()?, fields.next()?);
    let inode = fields.nth(2)?;
    let own = rights.contains('w') || inode == "0" || line.ends_with(" (deleted)");
    let kernels = line.ends_with("[vsyscall]") || line.contains("[vvar");
    let (start, end) = range.split_once('-')?;
    let number = |text| u64::from_str_radix(text, 16).ok();
    (rights.starts_with('r') && own && !kernels).then_some((number(start)?, number(end)?))
}

/// Runs of pages that are in memory or swapped out (Documentation/admin-guide/mm/pagemap.rst:
/// bits 63 and 62). Reading others would only make them.
fn present(pages: &File, first: u64, last: u64) -> Vec<(u64, u64)> {
    const THERE: u64 = 0b11 << 62;
    const STEP: usize = 1 << 16;
    let mut runs: Vec<(u64, u64)> = Vec::new();
    let mut at = first;
    let mut entries = vec![0; 8 * STEP];
    while at < last {
        let wanted = usize::try_from(last - at).unwrap_or(STEP).min(STEP) * 8;
        let Ok(read) = pages.read_at(&mut entries[..wanted], at * 8) else {
            return runs;
        };
        if read < 8 {
            return runs;
        }
        for entry in entries[..read].chunks_exact(8) {
            let there = entry
                .try_into()
                .is_ok_and(|entry| u64::from_ne_bytes(entry) & THERE != 0);
            match runs.last_mut() {
                Some((_, end)) if there && *end == at => *end += 1,
                _ if there => runs.push((at, at + 1)),
                _ => {}
            }
            at += 1;
        }
    }
    runs
}

/// `AT_PAGESZ` of `getauxval(3)`.
fn page_size() -> u64 {
    let vector = std::fs::read("/proc/self/auxv").unwrap_or_default();
    let word = |bytes: &[u8]| bytes.try_into().map_or(0, usize::from_ne_bytes);
    let width = size_of::<usize>();
    vector
        .chunks_exact(2 * width)
        .map(|pair| (word(&pair[..width]), word(&pair[width..])))
        .find(|(kind, _)| *kind == 6)
        .map_or(4096, |(_, size)| size as u64)
}

/// A part of an address space. A page that went meanwhile ends it.
struct Range<'a> {
    memory: &'a File,
    at: u64,
    end: u64,
}

impl Read for Range<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
        let length = buffer.len().min(left);
        let read = self.memory.read_at(&mut buffer[..length], self.at);
        let read = read.unwrap_or(0);
        self.at += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use std::process::{Command, Stdio};

    use super::super::super::canary::{Canary, Plant};
    use super::super::{Depth, Patterns};
    use super::*;

    #[test]
    fn a_word_in_a_process_is_found_and_a_child_is_a_descendant() {
        let canary = Canary::fresh();
        let word = canary.token(Plant::FormText);
        let patterns = Patterns::of(&canary).unwrap();
        let mut search = Search::new(&patterns, Depth::Plain);
        let mut count = |pid| {
            let mut tally = Tally::default();
            assert!(memory(pid, &mut search, &mut tally).unwrap() > 0);
            tally.of(Some(Plant::FormText))
        };
        let mut shell = Command::new("sh")
            .args(["-c", "read word; read end"])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        assert!(descendants(std::process::id()).contains(&shell.id()));
        assert_eq!(count(shell.id()), 0);
        io::Write::write_all(
            shell.stdin.as_mut().unwrap(),
            format!("{word}\n").as_bytes(),
        )
        .unwrap();
        let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while count(shell.id()) == 0 {
            assert!(std::time::Instant::now() < until, "never found");
        }
        shell.kill().unwrap();
        shell.wait().unwrap();
        assert!(count(std::process::id()) > 0, "in ourselves");
    }
}
