//! The session's network namespace. Its number is reused as soon as it is free, so whoever holds
//! that number is asked for the token that was set inside.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::fs::File;
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

use super::super::{Marks, Outcome, OuterMarks};

/// The token is a group that nobody has, in the setting that names who may send pings: a guest
/// cannot, and no other namespace has the same.
pub const TOKEN: &str = "/proc/sys/net/ipv4/ping_group_range";

/// Each process that lives in the namespace or holds it open counts once.
pub fn look(marks: &Marks) -> Outcome {
    let Some(outer) = marks.outer.as_deref() else {
        return Outcome::Nothing;
    };
    let Some(pids) = super::pids() else {
        return Outcome::Blind;
    };
    let holders = pids.into_iter().filter(|pid| holds(*pid, *outer));
    super::outcome(holders.count())
}

fn holds(pid: u32, outer: OuterMarks) -> bool {
    let name = format!("net:[{}]", outer.network);
    let lives = PathBuf::from(format!("/proc/{pid}/ns/net"));
    let open = std::fs::read_dir(format!("/proc/{pid}/fd"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()));
    std::iter::once(lives)
        .chain(open)
        .filter(|link| std::fs::read_link(link).is_ok_and(|to| to == Path::new(&name)))
        .any(|link| token(&link) == Some(outer.token))
}

/// Reads the token from inside, on a thread that ends in there.
fn token(namespace: &Path) -> Option<u32> {
    let namespace = File::open(namespace).ok()?;
    let inside = std::thread::spawn(move || {
        move_into_link_name_space(namespace.as_fd(), Some(LinkNameSpaceType::Network)).ok()?;
        let text = std::fs::read_to_string(TOKEN).ok()?;
        text.split_ascii_whitespace().next()?.parse().ok()
    });
    inside.join().ok()?
}
