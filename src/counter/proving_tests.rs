//! A proof asked for at the screen, with programs that stand for `estranctl`.

use std::os::unix::fs::PermissionsExt as _;

use super::tests::{Station, with_prover};
use super::*;

/// A station whose prover runs these lines of shell.
fn proving(folder: &std::path::Path, lines: &str) -> Station {
    let program = folder.join("estranctl");
    std::fs::write(&program, format!("#!/bin/sh\n{lines}\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
    with_prover(0, Config::embedded().unwrap(), None, Some(program))
}

impl Station {
    fn ended(&self) -> Proving {
        self.wait_until("the proof", || {
            self.counter.proving(Lang::Fr) != Proving::Running
        });
        self.state(State::Ready);
        self.counter.proving(Lang::Fr)
    }
}

/// What `estranctl prove --json` prints.
fn clean() -> String {
    serde_json::json!({
        "version": 1,
        "software": "0.1.0",
        "when": "2026-11-25 matin",
        "form": "desk",
        "root": false,
        "guest": "firefox",
        "rows": [{ "plant": "cookie", "planted": "planted", "before": 3, "after": 0 }],
        "searched": [],
        "unmarked": 0,
        "clipped": 0,
        "wipe_millis": 140,
        "audit": { "outcomes": [] },
        "init_on_free": true,
    })
    .to_string()
}

#[test]
fn a_proof_runs_beside_the_closed_station_and_is_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("proof.json"), clean()).unwrap();
    let lines = "cd \"$(dirname \"$0\")\"; echo \"$@\" > asked; \
                 while ! test -e go; do sleep 0.02; done; cat proof.json";
    let station = proving(folder.path(), lines);
    station.state(State::Ready);
    assert_eq!(station.counter.proving(Lang::Fr), Proving::Nothing);
    station.counter.prove(Role::Staff).unwrap();
    let closed = station.state(State::Closed);
    assert_eq!(closed.closed, Some(Shut::Proof));
    assert_eq!(station.counter.prove(Role::Staff), Err(Why::NotNow));
    station
        .guardian
        .say(Event::Person(crate::visit::Person::Touched));
    assert_eq!(station.state(State::Closed).closed, Some(Shut::Proof));
    std::fs::write(folder.path().join("go"), "").unwrap();
    let Proving::Proved(proved) = station.ended() else {
        panic!("no proof: {:?}", station.counter.proving(Lang::Fr));
    };
    let asked = std::fs::read_to_string(folder.path().join("asked")).unwrap();
    assert_eq!(asked, "prove --json --browser firefox\n");
    assert_eq!(
        proved.rows.len(),
        2,
        "the names of the columns, and a cookie"
    );
    assert_eq!(proved.rows[1], ["Cookie", "oui", "3", "0"]);
    assert_eq!(
        station.counter.acts().last().map(|one| one.act),
        Some(Act::Proved)
    );
    // Not while somebody is there.
    station.visit();
    assert_eq!(station.counter.prove(Role::Staff), Err(Why::NotNow));
}

/// Whoever came in would be taken for a trace of the proof, and the visit end in quarantine.
#[test]
fn nobody_opens_the_station_while_a_proof_runs() {
    let folder = tempfile::tempdir().unwrap();
    let lines = "cd \"$(dirname \"$0\")\"; while ! test -e go; do sleep 0.02; done; echo nonsense";
    let station = proving(folder.path(), lines);
    let place = station.socket();
    station.state(State::Ready);
    station.counter.open(Role::Staff).unwrap();
    assert_eq!(station.counter.acts().len(), 1, "the control: it may open");
    station.counter.prove(Role::Staff).unwrap();
    let closed = |station: &Station| {
        station.state(State::Closed);
        let touched = Event::Person(crate::visit::Person::Touched);
        station.guardian.say(touched);
        assert_eq!(station.state(State::Closed).closed, Some(Shut::Proof));
    };
    closed(&station);
    assert_eq!(station.counter.open(Role::Staff), Err(Why::Proof));
    let refused = ask(&place, Lang::En, Ask::Open).unwrap_err().to_string();
    assert!(
        refused.contains("a proof of the wipe is being made"),
        "{refused}"
    );
    closed(&station);
    // Closing and opening again is no way around it, nor is a word that comes from elsewhere.
    station.counter.close(Role::Shell, Shut::Maintenance);
    assert_eq!(station.counter.open(Role::Shell), Err(Why::Proof));
    closed(&station);
    station.guardian.tell(Word::Reopen);
    closed(&station);
    std::fs::write(folder.path().join("go"), "").unwrap();
    station.wait_until("the proof", || {
        station.counter.proving(Lang::Fr) == Proving::Failed
    });
    // What staff closed meanwhile is closed, and opens again now.
    assert_eq!(station.state(State::Closed).closed, Some(Shut::Maintenance));
    station.counter.open(Role::Shell).unwrap();
    station.visit();
}

#[test]
fn a_proof_that_could_not_be_made_says_so_and_the_station_opens_again() {
    let folder = tempfile::tempdir().unwrap();
    for lines in ["echo nonsense", "exit 2", "head -c 9000000 /dev/zero"] {
        let station = proving(folder.path(), lines);
        station.state(State::Ready);
        station.counter.prove(Role::Staff).unwrap();
        assert_eq!(station.ended(), Proving::Failed, "{lines}");
    }
    let station = with_prover(0, Config::embedded().unwrap(), None, None);
    station.state(State::Ready);
    assert_eq!(station.counter.proving(Lang::Fr), Proving::Elsewhere);
    assert_eq!(station.counter.prove(Role::Staff), Err(Why::NotNow));
}

#[test]
fn what_staff_closed_stays_closed_after_a_proof() {
    let folder = tempfile::tempdir().unwrap();
    let station = proving(folder.path(), "echo nonsense");
    station.state(State::Ready);
    station.counter.close(Role::Staff, Shut::Maintenance);
    station.state(State::Closed);
    station.counter.prove(Role::Staff).unwrap();
    station.wait_until("the proof", || {
        station.counter.proving(Lang::Fr) == Proving::Failed
    });
    assert_eq!(station.state(State::Closed).closed, Some(Shut::Maintenance));
}
