//! What tells a session apart from everything else on the machine, taken while it runs.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::collections::BTreeSet;
use std::io;
use std::time::SystemTime;

use super::namespace::UserNamespace;
use super::probe::{keyring, print};

/// Marks of one session. The default has none: for the audit at boot, before any session.
#[derive(Debug, Default)]
pub struct Marks {
    pub(super) namespace: Option<UserNamespace>,
    /// `major:minor` and the options of each file system that the session alone has.
    pub(super) mounts: BTreeSet<(String, String)>,
    /// Serial numbers of the kernel keys that were there before.
    pub(super) keys: Option<BTreeSet<u32>>,
    pub(super) print: Box<print::PrintMarks>,
    /// bwrap's outer process and its first process inside.
    pub(super) roots: [u32; 2],
    /// Station form only.
    pub(super) outer: Option<Box<OuterMarks>>,
}

/// What the station form adds.
#[derive(Clone, Copy, Debug)]
pub struct OuterMarks {
    /// The number of the session's network namespace: reused, so not believed alone.
    pub network: u64,
    /// A setting of that namespace which no other has.
    pub token: u32,
    /// When the session began.
    pub since: SystemTime,
}

impl Marks {
    /// Takes the marks of the sandbox whose first process is `init`, started by `bwrap`.
    ///
    /// # Errors
    /// When /proc does not tell: a session that cannot be audited must not start.
    pub fn of(init: u32, bwrap: u32) -> io::Result<Self> {
        Self::since(init, bwrap, &mounts("thread-self")?)
    }

    /// As [`Marks::of`], where the custodian itself sees the session's file systems: `before` is
    /// what it saw before the session.
    ///
    /// # Errors
    /// See [`Marks::of`].
    pub fn since(init: u32, bwrap: u32, before: &BTreeSet<(String, String)>) -> io::Result<Self> {
        let namespace = UserNamespace::outermost_of(init)?;
        let mounts = mounts(&init.to_string())?
            .into_iter()
            .filter(|mount| !before.iter().any(|(device, _)| *device == mount.0))
            .collect();
        Ok(Self {
            namespace: Some(namespace),
            mounts,
            keys: keyring::serials(),
            print: Box::new(print::PrintMarks::now()),
            roots: [bwrap, init],
            outer: None,
        })
    }

    /// With the station's own marks, and those file systems that only the custodian sees.
    ///
    /// # Errors
    /// See [`Marks::of`].
    pub fn with_outer(
        mut self,
        outer: OuterMarks,
        before: &BTreeSet<(String, String)>,
    ) -> io::Result<Self> {
        let now = mounts("thread-self")?;
        self.mounts.extend(now.difference(before).cloned());
        self.outer = Some(Box::new(outer));
        Ok(self)
    }
}

/// Device and options of every file system that this process sees now.
///
/// # Errors
/// When /proc does not tell.
pub fn mounts_now() -> io::Result<BTreeSet<(String, String)>> {
    mounts("thread-self")
}

impl Marks {
    /// What to look for of the visit's print service, once it was ended.
    pub(super) fn printer(&self) -> Option<&Self> {
        self.print.printer.as_ref()
    }

    /// Adds what to look for of the visit's print service.
    #[must_use]
    pub fn with_printer(mut self, printer: Option<Self>) -> Self {
        self.print.printer = printer;
        self
    }
}

/// Device and file system options of every mount that a process sees.
pub(super) fn mounts(process: &str) -> io::Result<BTreeSet<(String, String)>> {
    let table = std::fs::read_to_string(format!("/proc/{process}/mountinfo"))?;
    Ok(table.lines().filter_map(mount).collect())
}

/// `proc_pid_mountinfo(5)`: the third field, and the last one after the separator.
fn mount(line: &str) -> Option<(String, String)> {
    let (front, back) = line.split_once(" - ")?;
    Some((
        front.split(' ').nth(2)?.to_owned(),
        back.rsplit(' ').next()?.to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    #[test]
    fn a_line_of_mountinfo() {
        let line = "78 65 0:44 / /home/visitor rw,nosuid shared:3 - tmpfs tmpfs rw,size=980k";
        assert_eq!(
            super::mount(line),
            Some(("0:44".into(), "rw,size=980k".into()))
        );
        assert_eq!(super::mount("nonsense"), None);
    }
}
