//! The timers that run now, against a clock that is handed in.

use std::time::Duration;

use super::Due;
use crate::visit::Timer;

/// How long each timer runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timings {
    /// Untouched notice or choice: back to the welcome.
    pub idle_before: Duration,
    /// Untouched visit: farewell.
    pub idle_visit: Duration,
    /// How long before that the warning shows (WCAG 2.2.1: at least 20 s; ours at least 60 s).
    pub idle_warning: Duration,
    /// An unanswered question is a No.
    pub question: Duration,
    /// A Yes is heard after this; a question must have been read.
    pub reading: Duration,
    /// An act that was agreed to is done within this, or asked again.
    pub act: Duration,
    /// A pause that nobody takes up.
    pub pause: Duration,
    /// The farewell, untouched.
    pub farewell: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        Self {
            idle_before: Duration::from_mins(1),
            idle_visit: Duration::from_mins(10),
            idle_warning: Duration::from_mins(1),
            question: Duration::from_secs(90),
            reading: Duration::from_secs(2),
            act: Duration::from_mins(3),
            pause: Duration::from_mins(5),
            farewell: Duration::from_mins(3),
        }
    }
}

#[derive(Debug)]
pub(super) struct Timers {
    running: Vec<(Timer, Duration)>,
    last_active: Duration,
    inhibited: bool,
}

const fn length(timer: Timer, timings: &Timings) -> Duration {
    match timer {
        Timer::IdleBefore => timings.idle_before,
        Timer::IdleVisit => timings.idle_visit,
        Timer::Question(..) => timings.question,
        Timer::Reading(_) => timings.reading,
        Timer::Act(_) => timings.act,
        Timer::Grant(_, request) => Duration::from_secs(60 * request.minutes as u64),
        Timer::Pause(_) => timings.pause,
        Timer::Farewell(_) => timings.farewell,
    }
}

const fn is_idle(timer: Timer) -> bool {
    matches!(timer, Timer::IdleBefore | Timer::IdleVisit)
}

const fn word(timer: Timer) -> Due {
    match timer {
        Timer::IdleBefore | Timer::IdleVisit => Due::Idle,
        Timer::Reading(ticket) => Due::Read(ticket),
        Timer::Question(ticket, _)
        | Timer::Grant(ticket, _)
        | Timer::Act(ticket)
        | Timer::Pause(ticket)
        | Timer::Farewell(ticket) => Due::Expired(ticket),
    }
}

impl Timers {
    pub(super) const fn new(now: Duration) -> Self {
        Self {
            running: Vec::new(),
            last_active: now,
            inhibited: false,
        }
    }

    pub(super) const fn active(&mut self, now: Duration) {
        self.last_active = now;
    }

    /// Makes the running timers those of the life: a kept one keeps its deadline, a new one starts.
    pub(super) fn agree(
        &mut self,
        wanted: &[Timer],
        now: Duration,
        timings: &Timings,
        inhibited: bool,
    ) {
        self.inhibited = inhibited;
        let mut running = Vec::with_capacity(wanted.len());
        for timer in wanted {
            let known = self
                .running
                .iter()
                .find(|(t, _)| t == timer)
                .map(|(_, deadline)| *deadline);
            if is_idle(*timer) && known.is_none() {
                self.last_active = now; // a new stage is a sign of life
            }
            let deadline = if is_idle(*timer) {
                self.last_active + length(*timer, timings)
            } else {
                known.unwrap_or(now + length(*timer, timings))
            };
            running.push((*timer, deadline));
        }
        self.running = running;
    }

    fn armed(&self) -> impl Iterator<Item = (Timer, Duration)> {
        let inhibited = self.inhibited;
        self.running
            .iter()
            .copied()
            .filter(move |(timer, _)| !(inhibited && *timer == Timer::IdleVisit))
    }

    /// What is due, each once: the life no longer lists it afterwards.
    pub(super) fn due(&mut self, now: Duration) -> impl Iterator<Item = Due> {
        let due: Vec<Due> = self
            .armed()
            .filter(|(_, deadline)| *deadline <= now)
            .map(|(timer, _)| word(timer))
            .collect();
        due.into_iter()
    }

    /// When the next timer is due or the next visible number changes.
    pub(super) fn next(&self, now: Duration, timings: &Timings) -> Option<Duration> {
        self.armed()
            .map(|(timer, deadline)| next_of(timer, deadline, now, timings))
            .min()
    }

    pub(super) fn remaining(&self, now: Duration) -> Option<u32> {
        self.armed()
            .find(|(timer, _)| !is_idle(*timer))
            .map(|(_, deadline)| whole(deadline.saturating_sub(now)))
    }

    pub(super) fn idle_left(&self, now: Duration, timings: &Timings) -> Option<u32> {
        self.armed()
            .find(|(timer, _)| *timer == Timer::IdleVisit)
            .map(|(_, deadline)| deadline.saturating_sub(now))
            .filter(|left| *left <= timings.idle_warning)
            .map(whole)
    }
}

fn next_of(timer: Timer, deadline: Duration, now: Duration, timings: &Timings) -> Duration {
    let visible = if is_idle(timer) {
        deadline.saturating_sub(timings.idle_warning)
    } else {
        Duration::ZERO
    };
    if matches!(timer, Timer::IdleBefore | Timer::Reading(_) | Timer::Act(_)) {
        return deadline;
    }
    if now < visible {
        return visible;
    }
    let left = deadline.saturating_sub(now);
    let step = if left > Duration::from_mins(2) { 60 } else { 1 };
    let shown = Duration::from_secs(u64::from(whole(left)));
    // The moment at which the number shown becomes the next one.
    let next = deadline.saturating_sub(shown.saturating_sub(Duration::from_secs(step)));
    next.clamp(
        now + Duration::from_millis(1),
        deadline.max(now + Duration::from_millis(1)),
    )
}

/// Whole seconds, rounded up; above two minutes, whole minutes.
fn whole(left: Duration) -> u32 {
    let seconds = left.as_millis().div_ceil(1000) as u32;
    if seconds > 120 {
        seconds.div_ceil(60) * 60
    } else {
        seconds
    }
}
