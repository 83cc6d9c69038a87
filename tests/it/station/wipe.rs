//! The end of a station's session: each probe sees it while it lives, and nothing after.

use std::time::Duration;

use estran::audit::{Marks, Outcome, Probe};
use estran::guest::sandbox::Network;
use estran::guest::{NotEnded, SessionError};

use super::{Stand, assert_clean};
use crate::sandbox::{PATIENCE, inside, plan, run, told};

#[test]
fn nothing_is_left_of_a_session_and_the_probes_saw_it_before() {
    let Some(stand) = Stand::new() else { return };
    assert_clean(&stand.look(&Marks::default()));
    let mut session = stand.start(&plan(Network::Machine));
    run(
        &mut session,
        "for place in ~ /tmp /var/tmp /dev/shm $XDG_RUNTIME_DIR; do echo secret > $place/c; done
         exec 9> /tmp/unlinked; echo secret >&9; rm /tmp/unlinked
         (setsid bash -c \"trap '' TERM HUP; while :; do sleep 1; done\" &) &
         echo end > /tmp/done; while :; do sleep 1; done",
    );
    told(&session, "/tmp/done");
    let before = stand.look(session.marks());
    for probe in [
        Probe::Processes,
        Probe::Namespaces,
        Probe::Group,
        Probe::Mounts,
        Probe::Guests,
        Probe::Network,
    ] {
        let outcome = crate::sandbox::outcome(&before, probe);
        assert!(
            matches!(outcome, Outcome::Found(_)),
            "{probe:?} {outcome:?}"
        );
    }
    let (taken, marks) = session.wipe(PATIENCE).unwrap();
    assert_clean(&stand.look(&marks));
    println!("wiped in {taken:?}");
}

#[test]
fn an_open_file_of_the_session_keeps_the_wipe_from_claiming_success() {
    let Some(stand) = Stand::new() else { return };
    let mut session = stand.start(&plan(Network::None));
    run(
        &mut session,
        "echo x > ~/held; echo end > /tmp/done; sleep 600",
    );
    told(&session, "/tmp/done");
    let held = std::fs::File::open(inside(&session, "/home/visitor/held")).unwrap();
    let (error, marks) = session.wipe(Duration::from_millis(700)).unwrap_err();
    assert!(
        matches!(error, SessionError::NotEnded(NotEnded::FileSystems)),
        "{error}"
    );
    assert_eq!(stand.outcome(&marks, Probe::HeldFiles), Outcome::Found(1));
    drop(held);
    assert_clean(&stand.look(&marks));
}

/// The custodian's own copy of the mounts is busy: `EBUSY` is a finding, and nothing is hidden.
#[test]
fn a_busy_mount_is_a_finding_and_the_next_sweep_ends_it() {
    let Some(stand) = Stand::new() else { return };
    let session = stand.start(&plan(Network::None));
    let back = session.outer().unwrap().back();
    let busy = std::fs::File::create(back.join("job")).unwrap();
    let (error, marks) = session.wipe(Duration::from_millis(700)).unwrap_err();
    assert!(
        matches!(error, SessionError::NotEnded(NotEnded::FileSystems)),
        "{error}"
    );
    assert!(matches!(
        stand.outcome(&marks, Probe::Mounts),
        Outcome::Found(_)
    ));
    assert!(stand.ground.sweep().is_err(), "still busy");
    drop(busy);
    stand.ground.sweep().unwrap();
    assert_clean(&stand.look(&marks));
}

#[test]
fn a_network_that_someone_holds_is_found() {
    let Some(stand) = Stand::new() else { return };
    let session = stand.start(&plan(Network::Machine));
    let init = session.init();
    let net = std::fs::File::open(format!("/proc/{init}/ns/net")).unwrap();
    let (_, marks) = session.wipe(PATIENCE).unwrap();
    assert_eq!(stand.outcome(&marks, Probe::Network), Outcome::Found(1));
    drop(net);
    assert_clean(&stand.look(&marks));
}
