//! File systems of the session that are mounted where the machine can see them.
#![forbid(unsafe_code)]

use super::super::{Marks, Outcome, marks};

/// Each file system counts once.
pub fn look(marks: &Marks) -> Outcome {
    match marks::mounts("thread-self") {
        Ok(now) => super::outcome(now.intersection(&marks.mounts).count()),
        Err(_) => Outcome::Blind,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn a_mount_of_the_session_that_we_can_see_is_found() {
        let all = marks::mounts("self").unwrap();
        let one = all.iter().next().unwrap().clone();
        let seen = Marks {
            mounts: [one].into(),
            ..Marks::default()
        };
        assert_eq!(look(&seen), Outcome::Found(1));
        let gone = ("0:4194303".to_owned(), "rw,size=980k".to_owned());
        assert_eq!(
            look(&Marks {
                mounts: [gone].into(),
                ..Marks::default()
            }),
            Outcome::Nothing
        );
    }
}
