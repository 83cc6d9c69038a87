//! Wrong codes make the next try wait longer: guessing gets slow, and nobody is ever shut out.

use std::time::Duration;

/// So many mistakes are free: fingers slip.
const FREE: u32 = 2;

/// No wait is longer, so that a station can always be reset within a minute.
const LONGEST: Duration = Duration::from_mins(1);

/// The wrong codes since the last right one. Time is handed in, from any monotonic clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    wrong: u32,
    until: Duration,
}

impl Attempts {
    /// How long the next try must still wait.
    #[must_use]
    pub fn wait(&self, now: Duration) -> Option<Duration> {
        (now < self.until).then(|| self.until.saturating_sub(now))
    }

    /// A wrong code was given: 2 s after the third, then twice as long each time, up to a minute.
    pub fn wrong(&mut self, now: Duration) {
        self.wrong = self.wrong.saturating_add(1);
        let steps = self.wrong.saturating_sub(FREE);
        if steps > 0 {
            let seconds = 1_u64 << steps.min(6);
            self.until = now + Duration::from_secs(seconds).min(LONGEST);
        }
    }

    /// The right code was given.
    pub fn right(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_and_stays_within_a_minute() {
        let mut attempts = Attempts::default();
        let mut now = Duration::from_secs(100);
        let mut waits = Vec::new();
        for _ in 0..10 {
            attempts.wrong(now);
            let wait = attempts.wait(now).unwrap_or_default();
            waits.push(wait.as_secs());
            now += wait;
            assert_eq!(attempts.wait(now), None, "the wait itself is enough");
        }
        assert_eq!(waits, [0, 0, 2, 4, 8, 16, 32, 60, 60, 60]);
        for _ in 0..100 {
            attempts.wrong(now);
        }
        assert_eq!(attempts.wait(now), Some(LONGEST));
        attempts.right();
        attempts.wrong(now);
        assert_eq!(attempts.wait(now), None);
    }
}
