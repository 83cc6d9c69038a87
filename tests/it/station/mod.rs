//! The station form: as root, with everything real. As an ordinary user there is nothing to run,
//! and each test says so; as root nothing is left out.
#![allow(
    clippy::print_stdout,
    reason = "says what an ordinary user cannot run; measured numbers"
)]

mod browsers;
pub mod door;
mod network;
mod passage;
mod printing;
mod probes;
mod relay;
mod sticks;
mod stubborn;
mod torture;
mod visit;
mod walls;
mod wipe;
mod world;

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use estran::audit::{self, Marks, Outcome, Places, Probe, Report};
use estran::guest::Session;
use estran::guest::outer::{Bounds, Ground, GroundSettings};
use estran::guest::sandbox::Plan;

/// Prepared ground of its own for one test: folder, groups and guests' uids.
pub struct Stand {
    pub ground: Ground,
    pub settings: GroundSettings,
    folder: tempfile::TempDir,
}

/// Uids that no other test of this machine takes at the same time.
pub fn guests() -> std::ops::Range<u32> {
    let first = 1_000_000 + std::process::id() % 1_000_000 * 10;
    first..first + 10
}

impl Stand {
    /// `None` for an ordinary user, who is told.
    pub fn new() -> Option<Self> {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut GroundSettings)) -> Option<Self> {
        if !rustix::process::geteuid().is_root() {
            crate::left_out("the station form needs root");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o711)).unwrap();
        let mut settings = GroundSettings {
            state: folder.path().join("state"),
            guests: guests(),
            bounds: Bounds {
                memory: 2 << 30,
                processes: 2000,
            },
            // Bounds are tested where the kernel has them here; see `walls`.
            must_bound: false,
            services: Vec::new(),
            resolvers: Vec::new(),
            memory_cleared: false,
            places: Places::default(),
        };
        change(&mut settings);
        let ground = Ground::prepare(settings.clone()).unwrap();
        Some(Self {
            ground,
            settings,
            folder,
        })
    }

    pub fn start(&self, plan: &Plan) -> Session {
        Session::start_on(&self.ground, plan, 0).unwrap()
    }

    pub fn look(&self, marks: &Marks) -> Report {
        audit::look_station(marks, self.folder.path(), &self.ground.premises())
    }

    pub fn outcome(&self, marks: &Marks, probe: Probe) -> Outcome {
        crate::sandbox::outcome(&self.look(marks), probe)
    }

    pub fn state(&self) -> PathBuf {
        self.settings.state.clone()
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        self.ground.sweep().ok();
        std::fs::remove_dir(self.ground.premises().groups).ok();
    }
}

/// Everything that the audit sees is nothing.
pub fn assert_clean(report: &Report) {
    let seen: Vec<_> = report
        .outcomes
        .iter()
        .filter(|(probe, outcome)| match outcome {
            Outcome::Nothing => false,
            // The stand says that this machine need not bound sessions.
            Outcome::Excused => *probe != Probe::Limits,
            Outcome::Found(_) | Outcome::Blind => true,
        })
        .collect();
    assert!(seen.is_empty(), "{seen:?}");
    assert_eq!(report.outcomes.len(), Probe::STATION.len());
}
