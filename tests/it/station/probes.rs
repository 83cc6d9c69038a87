//! Each probe of the station sees what it looks for when it is planted, and then sees it gone.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::{chown, symlink};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use estran::audit::{Marks, Outcome, Probe};
use estran::guest::sandbox::Network;
use rustix::mount::{MountFlags, UnmountFlags, mount, unmount};

use super::Stand;
use crate::sandbox::{PATIENCE, plan, run, told};

/// Runs a shell line as a guest's uid; it says `ready`, and ends with its standard input.
fn as_guest(stand: &Stand, line: &str) -> Child {
    let uid = stand.settings.guests.start.to_string();
    let mut child = Command::new("setpriv")
        .args(["--reuid", &uid, "--regid", &uid, "--clear-groups"])
        .args(["sh", "-c", line])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    while said != "ready\n" {
        said.clear();
        assert!(lines.read_line(&mut said).unwrap() > 0, "{line}");
    }
    child
}

fn let_go(mut child: Child) {
    drop(child.stdin.take());
    child.wait().unwrap();
}

/// The kernel takes some things away a little later.
fn gone_at_last(stand: &Stand, probe: Probe) {
    let until = Instant::now() + PATIENCE;
    while stand.outcome(&Marks::default(), probe) != Outcome::Nothing {
        assert!(Instant::now() < until, "{probe:?} is not gone");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

fn seen_then_gone(probe: Probe, line: &str) {
    let Some(stand) = Stand::new() else { return };
    assert_eq!(stand.outcome(&Marks::default(), probe), Outcome::Nothing);
    let child = as_guest(&stand, line);
    let seen = stand.outcome(&Marks::default(), probe);
    assert!(matches!(seen, Outcome::Found(_)), "{probe:?}: {seen:?}");
    let_go(child);
    gone_at_last(&stand, probe);
}

#[test]
fn a_process_of_a_guests_uid() {
    seen_then_gone(Probe::Guests, "echo ready; read x");
}

#[test]
fn a_kernel_key_of_a_guest() {
    seen_then_gone(
        Probe::Keys,
        "exec keyctl session - sh -c 'keyctl add user estran secret @s > /dev/null && echo ready; read x'",
    );
}

#[test]
#[cfg(target_arch = "x86_64")]
fn shared_memory_of_a_guest() {
    seen_then_gone(
        Probe::SharedMemory,
        "exec perl -e '$| = 1; my $id = shmget(0, 4096, 01600) // die; print qq(ready\\n); <STDIN>; shmctl($id, 0, 0) or die'",
    );
}

#[test]
#[cfg(target_arch = "x86_64")]
fn a_message_queue_of_a_guest() {
    seen_then_gone(
        Probe::Queues,
        "exec perl -e '$| = 1; my $n = qq(estran-$$); syscall(240, $n, 0x42, 0600, 0) >= 0 or die; print qq(ready\\n); <STDIN>; syscall(241, $n) == 0 or die'",
    );
}

#[test]
fn files_of_a_guest_are_counted_and_neither_entered_nor_followed() {
    let Some(stand) = Stand::new() else { return };
    let look = || stand.outcome(&Marks::default(), Probe::Traces);
    assert_eq!(look(), Outcome::Nothing);
    let guest = Some(stand.settings.guests.start);
    let open = |path: &std::path::Path| {
        std::fs::create_dir(path).unwrap();
        std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .unwrap();
    };
    for top in ["/tmp", "/var/tmp", "/dev/shm"] {
        let folder = tempfile::tempdir_in(top).unwrap();
        std::fs::set_permissions(
            folder.path(),
            std::os::unix::fs::PermissionsExt::from_mode(0o755),
        )
        .unwrap();
        let deep = folder.path().join("deep");
        open(&deep);
        let file = deep.join("file");
        std::fs::write(&file, "x").unwrap();
        chown(&file, guest, guest).unwrap();
        assert_eq!(look(), Outcome::Found(1), "{top}");
        let own = deep.join("own");
        open(&own);
        chown(&own, guest, guest).unwrap();
        std::fs::write(own.join("inside"), "x").unwrap();
        chown(own.join("inside"), guest, guest).unwrap();
        assert_eq!(look(), Outcome::Found(2), "{top}: not entered");
        symlink(&own, deep.join("link")).unwrap();
        assert_eq!(look(), Outcome::Found(2), "{top}: not followed");
        drop(folder);
        assert_eq!(look(), Outcome::Nothing, "{top}");
    }
}

#[test]
fn crash_reports_and_print_jobs() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    let Some(stand) = Stand::with(|settings| {
        settings.places.crashes = vec![place("crash"), place("absent")];
        settings.places.spool = place("spool");
        settings.places.history = place("job.cache");
        settings.places.pages = place("page_log");
    }) else {
        return;
    };
    let look = |probe| stand.outcome(&Marks::default(), probe);
    assert_eq!(look(Probe::Crashes), Outcome::Nothing);
    assert_eq!(look(Probe::Spool), Outcome::Nothing);
    for name in ["crash", "spool"] {
        std::fs::create_dir(place(name)).unwrap();
    }
    // A report of the machine's own, older than any session: of nobody's visit.
    std::fs::write(place("crash").join("_usr_bin_something.0.crash"), "x").unwrap();
    assert_eq!(look(Probe::Crashes), Outcome::Nothing);
    let guest = stand.settings.guests.start;
    let name = format!("_usr_bin_chromium.{guest}.crash");
    std::fs::write(place("crash").join(name), "x").unwrap();
    std::fs::write(place("spool").join("d00001-001"), "x").unwrap();
    assert_eq!(look(Probe::Crashes), Outcome::Found(1));
    assert_eq!(look(Probe::Spool), Outcome::Found(1));
    for name in ["crash", "spool"] {
        std::fs::remove_dir_all(place(name)).unwrap();
    }
    assert_eq!(look(Probe::Crashes), Outcome::Nothing);
    assert_eq!(look(Probe::Spool), Outcome::Nothing);
}

/// Whatever fell while a session ran may have held something of it.
#[test]
fn a_crash_report_of_anybody_during_a_session() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_owned();
    let Some(stand) = Stand::with(|settings| settings.places.crashes = vec![place.clone()]) else {
        return;
    };
    let old = folder.path().join("_usr_bin_old.0.crash");
    let hour = std::time::Duration::from_hours(1);
    let before = std::time::SystemTime::now() - hour;
    std::fs::File::create(&old)
        .unwrap()
        .set_modified(before)
        .unwrap();
    let session = stand.start(&plan(Network::None));
    let look = |marks: &Marks| stand.outcome(marks, Probe::Crashes);
    assert_eq!(look(session.marks()), Outcome::Nothing, "older than it");
    let new = folder.path().join("_usr_bin_new.0.crash");
    std::fs::write(&new, "x").unwrap();
    assert_eq!(look(session.marks()), Outcome::Found(1));
    let (_, marks) = session.wipe(PATIENCE).unwrap();
    assert_eq!(look(&marks), Outcome::Found(1), "the wipe does not hide it");
    std::fs::remove_file(new).unwrap();
    assert_eq!(look(&marks), Outcome::Nothing);
}

/// Puts a setting of the machine back.
struct Setting(&'static str, String);

impl Setting {
    fn change(path: &'static str, to: &str) -> Self {
        let before = std::fs::read_to_string(path).unwrap();
        std::fs::write(path, to).unwrap();
        Self(path, before)
    }
}

impl Drop for Setting {
    fn drop(&mut self) {
        std::fs::write(self.0, &self.1).unwrap();
    }
}

/// A swap area of two megabytes; it goes with this value.
struct Swap(tempfile::NamedTempFile);

impl Swap {
    fn on() -> Self {
        let file = tempfile::NamedTempFile::new_in("/var/tmp").unwrap();
        // Without holes, as the kernel wants it.
        std::fs::write(file.path(), vec![0; 2 << 20]).unwrap();
        for program in ["/usr/sbin/mkswap", "/usr/sbin/swapon"] {
            let done = Command::new(program).arg(file.path()).output().unwrap();
            assert!(done.status.success(), "{program}: {done:?}");
        }
        Self(file)
    }
}

impl Drop for Swap {
    fn drop(&mut self) {
        let off = Command::new("/usr/sbin/swapoff")
            .arg(self.0.path())
            .status();
        assert!(off.unwrap().success());
    }
}

/// Settings of the whole machine: .config/nextest.toml runs this test while no other runs.
#[test]
fn alone_swap_and_core_dumps_of_the_machine() {
    let Some(stand) = Stand::new() else { return };
    let look = |probe| stand.outcome(&Marks::default(), probe);
    assert_eq!(look(Probe::Swap), Outcome::Nothing);
    let swap = Swap::on();
    assert_eq!(look(Probe::Swap), Outcome::Found(1));
    drop(swap);
    assert_eq!(look(Probe::Swap), Outcome::Nothing);
    for (pattern, seen) in [
        ("core", Outcome::Nothing),
        ("|/usr/bin/false", Outcome::Nothing),
        ("/var/tmp/core.%p", Outcome::Found(1)),
        ("|/usr/bin/tee /var/tmp/core", Outcome::Found(1)),
    ] {
        let setting = Setting::change("/proc/sys/kernel/core_pattern", pattern);
        assert_eq!(look(Probe::CorePattern), seen, "{pattern}");
        drop(setting);
    }
}

/// What the house declares and the machine does not keep is a finding.
#[test]
fn declarations_that_do_not_hold() {
    let cleared = std::fs::read_to_string("/proc/cmdline")
        .unwrap()
        .contains("init_on_free=1");
    let Some(stand) = Stand::with(|settings| {
        settings.resolvers = vec![std::net::Ipv4Addr::LOCALHOST];
        settings.memory_cleared = !cleared;
        settings.must_bound = true;
    }) else {
        return;
    };
    let look = |probe| stand.outcome(&Marks::default(), probe);
    assert_eq!(look(Probe::Resolver), Outcome::Found(1));
    if !cleared {
        assert_eq!(look(Probe::FreedMemory), Outcome::Found(1));
    }
    let bounded = stand.ground.premises().limits == estran::audit::Limits::Whole;
    let limits = look(Probe::Limits);
    assert_eq!(
        limits,
        if bounded {
            Outcome::Nothing
        } else {
            Outcome::Found(1)
        }
    );
    drop(stand);
    let Some(excused) = Stand::new() else { return };
    let limits = excused.outcome(&Marks::default(), Probe::Limits);
    assert_eq!(
        limits,
        if bounded {
            Outcome::Nothing
        } else {
            Outcome::Excused
        }
    );
}

/// A group that an earlier custodian left, with somebody alive in it: seen, then ended by the
/// sweep with which every custodian begins.
#[test]
fn a_left_group_is_seen_and_swept() {
    let Some(stand) = Stand::new() else { return };
    let groups = stand.ground.premises().groups;
    let left = groups.join("session-4000000");
    std::fs::create_dir(&left).unwrap();
    let mut stray = Command::new("sleep").arg("600").spawn().unwrap();
    std::fs::write(left.join("cgroup.procs"), stray.id().to_string()).unwrap();
    assert_eq!(
        stand.outcome(&Marks::default(), Probe::Group),
        Outcome::Found(1)
    );
    let waiter = std::thread::spawn(move || stray.wait().unwrap());
    stand.ground.sweep().unwrap();
    assert!(!waiter.join().unwrap().success(), "killed");
    assert_eq!(
        stand.outcome(&Marks::default(), Probe::Group),
        Outcome::Nothing
    );
}

/// What root mounts while the session runs is seen inside, is writable there when root says so,
/// and is gone from there when root unmounts it.
#[test]
fn a_mount_of_root_travels_into_the_running_session_and_out_again() {
    let Some(stand) = Stand::new() else { return };
    let mut session = stand.start(&plan(Network::None));
    let guest = session.outer().unwrap().guest();
    let media = session.outer().unwrap().media().join("stick");
    std::fs::create_dir(&media).unwrap();
    let flags = MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
    let options = std::ffi::CString::new(format!("size=1m,mode=0700,uid={guest}")).unwrap();
    mount("stick", &media, "tmpfs", flags, options.as_c_str()).unwrap();
    run(
        &mut session,
        "echo saved > /media/stick/file; echo end > /tmp/done
         while test -e /media/stick/file; do sleep 0.05; done
         test -d /media/stick && echo end > /tmp/gone; sleep 600",
    );
    told(&session, "/tmp/done");
    let saved = std::fs::read_to_string(media.join("file")).unwrap();
    assert_eq!(saved, "saved\n");
    unmount(&media, UnmountFlags::NOFOLLOW).unwrap();
    told(&session, "/tmp/gone");
    // A stick that nobody took out goes with the session.
    mount("stick", &media, "tmpfs", flags, options.as_c_str()).unwrap();
    let (_, marks) = session.wipe(PATIENCE).unwrap();
    super::assert_clean(&stand.look(&marks));
}
