//! Shared memory, semaphores and message queues of the guests outside their own namespace.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::ops::Range;
use std::os::unix::fs::MetadataExt;

use super::super::{Outcome, Premises};

/// `mqueue`, see `statfs(2)`.
const MQUEUE: i64 = 0x1980_0202;

/// System V: each object counts once.
pub fn shared(premises: &Premises) -> Outcome {
    let mut count = 0;
    for kind in ["shm", "sem", "msg"] {
        match std::fs::read_to_string(format!("/proc/sysvipc/{kind}")) {
            Ok(table) => count += owned(&table, &premises.guests),
            // A kernel without System V objects has none.
            Err(_) if !std::path::Path::new("/proc/sysvipc").exists() => {}
            Err(_) => return Outcome::Blind,
        }
    }
    super::outcome(count)
}

/// The first line names the columns; owner and creator both count.
fn owned(table: &str, guests: &Range<u32>) -> usize {
    let mut lines = table.lines();
    let head: Vec<&str> = lines
        .next()
        .unwrap_or_default()
        .split_ascii_whitespace()
        .collect();
    let columns: Vec<usize> = ["uid", "cuid"]
        .iter()
        .filter_map(|name| head.iter().position(|column| column == name))
        .collect();
    lines
        .filter(|line| {
            let fields: Vec<&str> = line.split_ascii_whitespace().collect();
            columns.iter().any(|column| {
                let uid = fields.get(*column).and_then(|field| field.parse().ok());
                uid.is_some_and(|uid| guests.contains(&uid))
            })
        })
        .count()
}

/// POSIX: each queue counts once.
pub fn queues(premises: &Premises) -> Outcome {
    let mounted = rustix::fs::statfs(&premises.queues).is_ok_and(|about| about.f_type == MQUEUE);
    if !mounted {
        return Outcome::Blind;
    }
    let Ok(entries) = std::fs::read_dir(&premises.queues) else {
        return Outcome::Blind;
    };
    let owned = entries
        .filter_map(Result::ok)
        .filter_map(|entry| entry.metadata().ok())
        .filter(|about| premises.guests.contains(&about.uid()));
    super::outcome(owned.count())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::owned;

    #[test]
    fn owner_and_creator_count_wherever_the_columns_are() {
        let sem = "       key      semid perms      nsems   uid   gid  cuid  cgid      otime\n\
                   17747          0   600          1 60100 60100     0     0          0\n\
                   17748          1   600          1     0     0 60101     0          0\n\
                   17749          2   600          1     0     0     0     0          0\n";
        assert_eq!(owned(sem, &(60_100..60_110)), 2);
        let msg = "       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid\n\
                   1 60100 600 60100 60100 60100 60100 1000 1000 1000\n";
        assert_eq!(owned(msg, &(60_100..60_110)), 0);
        assert_eq!(owned("", &(0..1)), 0);
    }
}
