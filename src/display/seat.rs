//! The seat gate: which input reaches the guest, decided before anything else sees it.
//!
//! Pure: no clock, no protocol. The display thread asks the gate about each event and carries out
//! the releases that it orders.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::{Input, Source};
use crate::visit::{Deed, Desk, HelperGate, Policy, Ticket};

/// evdev codes of the keys whose state is kept even when nothing reaches the guest: Caps Lock and
/// Num Lock.
const LOCK_KEYS: [u32; 2] = [58, 69];

/// evdev codes of the keys that send a form: Return and the number pad's.
const SENDING_KEYS: [u32; 2] = [28, 96];

/// evdev codes that no helper's keyboard may send at all: they are the station's own (F11, F12,
/// SysRq, Pause and both Super keys).
const STATION_KEYS: [u32; 6] = [87, 88, 99, 119, 125, 126];

/// The visitor's own hand at the desk wins at once: a helper's events wait outside for so long.
pub const YIELDS: Duration = Duration::from_millis(1500);

/// Ends a helper's control without waiting for anyone: shared by every handle and the gate.
#[derive(Clone, Debug, Default)]
pub struct Revocation {
    granted: Arc<AtomicU64>,
    revoked: Arc<AtomicU64>,
}

impl Revocation {
    /// Remembers the newest ticket that a policy named.
    pub fn granted(&self, policy: &Policy) {
        if let Some(ticket) = ticket(policy.helper) {
            self.granted.fetch_max(rank(ticket), Ordering::SeqCst);
        }
    }

    /// Refuses every ticket named until now.
    pub fn revoke(&self) {
        let granted = self.granted.load(Ordering::SeqCst);
        self.revoked.fetch_max(granted, Ordering::SeqCst);
    }

    fn refuses(&self, ticket: Ticket) -> bool {
        rank(ticket) <= self.revoked.load(Ordering::SeqCst)
    }
}

/// Zero is "none", so that the first ticket is newer than no revocation.
fn rank(ticket: Ticket) -> u64 {
    u64::from(ticket.number()) + 1
}

const fn ticket(helper: HelperGate) -> Option<Ticket> {
    match helper {
        HelperGate::Dropped => None,
        HelperGate::Pointer(ticket) | HelperGate::Acts(ticket) => Some(ticket),
    }
}

/// What becomes of an input event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// It reaches the guest's page.
    Page,
    /// It moves the helper's large pointer; nothing reaches the page.
    Pointer,
    /// Only the keyboard's lock state is kept in step; no event reaches the page.
    Locks,
    /// Nothing happens.
    Drop,
}

/// What a source holds down in the guest.
#[derive(Clone, Debug, Default)]
struct Held {
    keys: BTreeSet<u32>,
    buttons: BTreeSet<u32>,
    touches: BTreeSet<u64>,
}

/// Decides about each input event. Shut until the first policy.
#[derive(Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one independent fact about the seat"
)]
pub struct Gate {
    desk: Desk,
    helper: HelperGate,
    revocation: Revocation,
    focused: bool,
    sensitive: bool,
    unsettled: bool,
    sends: bool,
    now: Duration,
    yields_until: Duration,
    second_seat: bool,
    deeds: BTreeSet<Deed>,
    told: BTreeSet<Deed>,
    held: [Held; 2],
}

const fn index(source: Source) -> usize {
    match source {
        Source::Desk => 0,
        Source::Helper => 1,
    }
}

const fn other(source: Source) -> Source {
    match source {
        Source::Desk => Source::Helper,
        Source::Helper => Source::Desk,
    }
}

impl Gate {
    /// The strictest gate: nothing reaches the guest.
    pub fn new(revocation: Revocation) -> Self {
        Self {
            desk: Desk::Shell,
            helper: HelperGate::Dropped,
            revocation,
            focused: false,
            sensitive: false,
            unsettled: false,
            sends: false,
            now: Duration::ZERO,
            yields_until: Duration::ZERO,
            second_seat: false,
            deeds: BTreeSet::new(),
            told: BTreeSet::new(),
            held: [Held::default(), Held::default()],
        }
    }

    /// Takes the policy over. Call [`Gate::releases`] afterwards.
    pub fn apply(&mut self, policy: &Policy) {
        if self.helper != policy.helper {
            self.deeds.clear();
            self.told.clear();
        }
        self.desk = policy.desk;
        self.helper = policy.helper;
        self.sends = policy.sends;
    }

    /// What time it is, on any monotonic clock. Call it before each event and each settling.
    pub fn at(&mut self, now: Duration) {
        self.now = now;
    }

    /// The helper has devices of their own: what the desk does is then the visitor's alone.
    pub fn set_second_seat(&mut self, there: bool) {
        self.second_seat = there;
    }

    /// What was done with the helper's hand and not told yet.
    pub fn new_deeds(&mut self) -> Vec<Deed> {
        let new: Vec<Deed> = self.deeds.difference(&self.told).copied().collect();
        self.told.extend(&new);
        new
    }

    /// A sensitive field has the focus: the helper's events stop before anyone has decided.
    pub fn set_sensitive(&mut self, sensitive: bool) {
        self.sensitive = sensitive;
    }

    /// The focus moved and the guest has not said yet to what kind of field: a helper's keys wait
    /// outside until it has.
    pub fn set_unsettled(&mut self, unsettled: bool) {
        self.unsettled = unsettled;
    }

    /// What a helper may do at this instant.
    pub fn helper(&self) -> HelperGate {
        match ticket(self.helper) {
            Some(ticket)
                if !self.revocation.refuses(ticket) && !self.sensitive && !self.yields() =>
            {
                self.helper
            }
            Some(_) | None => HelperGate::Dropped,
        }
    }

    /// The visitor has just used the desk themselves.
    fn yields(&self) -> bool {
        self.now < self.yields_until
    }

    /// With one keyboard for both, nobody can say whose fingers type into a secret field: until the
    /// visitor has said "C'est moi", no key does. What is already held down is let go as ever.
    fn withholds(&self) -> bool {
        let acts = match self.helper {
            HelperGate::Acts(_) => true,
            HelperGate::Dropped | HelperGate::Pointer(_) => false,
        };
        acts && self.sensitive && !self.second_seat && self.helper_granted()
    }

    /// A policy gives the helper the hand and nobody has taken it back, whatever the field.
    pub fn helper_granted(&self) -> bool {
        ticket(self.helper).is_some_and(|ticket| !self.revocation.refuses(ticket))
    }

    /// The desk's pointer and keys may reach the guest.
    pub const fn desk_open(&self) -> bool {
        matches!(self.desk, Desk::Guest)
    }

    /// Some source may type: the guest's window has the keyboard.
    pub fn keyboard_open(&self) -> bool {
        (self.desk_open() && self.focused) || matches!(self.helper(), HelperGate::Acts(_))
    }

    /// Some source may point.
    pub fn pointer_open(&self) -> bool {
        self.desk_open() || matches!(self.helper(), HelperGate::Acts(_))
    }

    /// Decides about one event and remembers what is held down.
    pub fn admit(&mut self, source: Source, input: &Input) -> Verdict {
        let verdict = match source {
            Source::Desk => self.desk_verdict(input),
            Source::Helper => self.helper_verdict(input),
        };
        if source == Source::Desk && verdict == Verdict::Page && is_a_hand(input) {
            self.yields_until = self.now + YIELDS;
        }
        let verdict = match verdict {
            Verdict::Page => self.hold(source, input),
            Verdict::Pointer | Verdict::Locks | Verdict::Drop => verdict,
        };
        self.note(source, input, verdict);
        verdict
    }

    /// Remembers that something was done with the helper's hand. With one keyboard and mouse for
    /// both, nobody can say whose fingers they were: all of it counts.
    fn note(&mut self, source: Source, input: &Input, verdict: Verdict) {
        let theirs = match source {
            Source::Helper => true,
            Source::Desk => !self.second_seat,
        };
        if !theirs || !self.helper_granted() {
            return;
        }
        let deed = match (verdict, input) {
            (Verdict::Pointer, _) => Some(Deed::Showed),
            (Verdict::Page, Input::Key { pressed: true, .. }) => Some(Deed::Wrote),
            (Verdict::Page, Input::Button { pressed: true, .. } | Input::TouchDown { .. }) => {
                Some(Deed::Clicked)
            }
            (Verdict::Page | Verdict::Locks | Verdict::Drop, _) => None,
        };
        self.deeds.extend(deed);
    }

    fn desk_verdict(&mut self, input: &Input) -> Verdict {
        if let Input::Focus(focused) = *input {
            self.focused = focused;
            return Verdict::Drop;
        }
        let Input::Key { code, .. } = *input else {
            return if self.desk_open() {
                Verdict::Page
            } else {
                Verdict::Drop
            };
        };
        if self.desk_open() && self.focused && !(self.withholds() && is_press(input)) {
            Verdict::Page
        } else if LOCK_KEYS.contains(&code) {
            Verdict::Locks
        } else {
            Verdict::Drop
        }
    }

    fn helper_verdict(&self, input: &Input) -> Verdict {
        match (self.helper(), input) {
            (HelperGate::Pointer(_), Input::Motion { .. } | Input::Left) => Verdict::Pointer,
            (HelperGate::Dropped | HelperGate::Pointer(_), _) | (_, Input::Focus(_)) => {
                Verdict::Drop
            }
            (
                HelperGate::Acts(_),
                Input::Key {
                    pressed: true,
                    code,
                },
            ) if self.unsettled
                || STATION_KEYS.contains(code)
                || (SENDING_KEYS.contains(code) && !self.sends) =>
            {
                Verdict::Drop
            }
            (HelperGate::Acts(_), _) => Verdict::Page,
        }
    }

    /// A press that both sources make reaches the guest once, and so does its release; a release
    /// of what was never pressed here does not.
    fn hold(&mut self, source: Source, input: &Input) -> Verdict {
        let [mine, theirs] = [index(source), index(other(source))];
        let passes = match *input {
            Input::Key {
                code,
                pressed: true,
            } => self.held[mine].keys.insert(code) && !self.held[theirs].keys.contains(&code),
            Input::Key {
                code,
                pressed: false,
            } => self.held[mine].keys.remove(&code) && !self.held[theirs].keys.contains(&code),
            Input::Button {
                code,
                pressed: true,
            } => self.held[mine].buttons.insert(code) && !self.held[theirs].buttons.contains(&code),
            Input::Button {
                code,
                pressed: false,
            } => {
                self.held[mine].buttons.remove(&code) && !self.held[theirs].buttons.contains(&code)
            }
            Input::TouchDown { id, .. } => {
                !self.held[theirs].touches.contains(&id) && self.held[mine].touches.insert(id)
            }
            Input::TouchMotion { id, .. } => self.held[mine].touches.contains(&id),
            Input::TouchUp { id } => self.held[mine].touches.remove(&id),
            Input::TouchCancel => !std::mem::take(&mut self.held[mine].touches).is_empty(),
            Input::Motion { .. }
            | Input::Left
            | Input::Wheel { .. }
            | Input::Scroll { .. }
            | Input::Focus(_) => true,
        };
        if passes { Verdict::Page } else { Verdict::Drop }
    }

    /// The helper's devices are gone: what they held is let go with the next releases.
    pub fn helper_gone(&mut self) -> Vec<Input> {
        let mut out = Vec::new();
        self.release_keys(Source::Helper, &mut out);
        self.release_rest(Source::Helper, &mut out);
        out
    }

    /// The guest is gone, and with it what it held.
    pub fn forget_held(&mut self) {
        self.held = [Held::default(), Held::default()];
    }

    /// What the guest must be told to let go, because its source may no longer hold it. Call after
    /// every change; a repeated call orders nothing more.
    pub fn releases(&mut self) -> Vec<Input> {
        let mut out = Vec::new();
        if !(self.desk_open() && self.focused) {
            self.release_keys(Source::Desk, &mut out);
        }
        if !self.desk_open() {
            self.release_rest(Source::Desk, &mut out);
        }
        if !matches!(self.helper(), HelperGate::Acts(_)) {
            self.release_keys(Source::Helper, &mut out);
            self.release_rest(Source::Helper, &mut out);
        }
        out
    }

    fn release_keys(&mut self, source: Source, out: &mut Vec<Input>) {
        let theirs = self.held[index(other(source))].keys.clone();
        let keys = std::mem::take(&mut self.held[index(source)].keys);
        out.extend(keys.difference(&theirs).map(|&code| Input::Key {
            code,
            pressed: false,
        }));
    }

    fn release_rest(&mut self, source: Source, out: &mut Vec<Input>) {
        let theirs = self.held[index(other(source))].buttons.clone();
        let held = &mut self.held[index(source)];
        let buttons = std::mem::take(&mut held.buttons);
        out.extend(buttons.difference(&theirs).map(|&code| Input::Button {
            code,
            pressed: false,
        }));
        if !std::mem::take(&mut held.touches).is_empty() {
            out.push(Input::TouchCancel);
        }
    }
}

const fn is_press(input: &Input) -> bool {
    matches!(input, Input::Key { pressed: true, .. })
}

/// Somebody does something with their hand; letting go is not.
const fn is_a_hand(input: &Input) -> bool {
    match input {
        Input::Motion { .. }
        | Input::Wheel { .. }
        | Input::Scroll { .. }
        | Input::TouchDown { .. }
        | Input::TouchMotion { .. }
        | Input::Button { pressed: true, .. }
        | Input::Key { pressed: true, .. } => true,
        Input::Left
        | Input::TouchUp { .. }
        | Input::TouchCancel
        | Input::Focus(_)
        | Input::Button { pressed: false, .. }
        | Input::Key { pressed: false, .. } => false,
    }
}

#[cfg(test)]
#[path = "seat_tests.rs"]
mod tests;
