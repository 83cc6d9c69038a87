//! The desktop's Secret Service (feature `desktop-keyring`): a real gnome-keyring-daemon, on a bus and
//! in a home of its own. `cargo xtask test --optional` runs this.

use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use estran::secrets::{Code, Door, Keyring, Name, Store as _, Tried};

use super::{piped, text};

/// Opens the key ring with the password, as logging in does, waits until the service is on the bus,
/// starts the program, and logs out.
const LOG_IN: &str = r#"
    printf %s "$1" | gnome-keyring-daemon --unlock --foreground --components=secrets \
        >/dev/null 2>"$HOME/keyring.log" &
    keeper=$!
    shift
    asked=0
    until dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
        org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q "boolean true"
    do
        asked=$((asked + 1))
        [ "$asked" -lt 200 ] || { cat "$HOME/keyring.log" >&2; exit 70; }
        sleep 0.1
    done
    "$@"
    code=$?
    kill "$keeper"
    wait "$keeper"
    exit "$code"
"#;

/// A person's desk: what the key ring writes stays in its home from one session to the next.
struct Desk {
    home: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut private = std::fs::DirBuilder::new();
        private.mode(0o700).create(home.path().join("run")).unwrap();
        Self { home }
    }

    /// A program in this home; a service that never answers is not waited for.
    fn command(&self, program: &[&str]) -> Command {
        let mut command = Command::new("timeout");
        command.args(["--kill-after=5", "90"]).args(program);
        command.env_clear();
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
        command.env("HOME", self.home.path());
        command.env("XDG_RUNTIME_DIR", self.home.path().join("run"));
        command
    }

    fn session(&self, password: &str, program: &[&str], input: &str) -> Output {
        let log_in = ["dbus-run-session", "--", "sh", "-c", LOG_IN, "sh", password];
        piped(&mut self.command(&[&log_in, program].concat()), input)
    }

    fn estranctl(&self, password: &str, words: &[&str], input: &str) -> Output {
        self.session(password, &estranctl(words), input)
    }

    /// The files of the key rings.
    fn files(&self) -> Vec<PathBuf> {
        let folder = self.home.path().join(".local/share/keyrings");
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    }
}

fn estranctl<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let program = [env!("CARGO_BIN_EXE_estranctl"), "--lang", "en", "secrets"];
    [&program, words, &["--secrets", "desktop"]].concat()
}

#[test]
fn a_code_outlives_the_session_and_is_not_readable_on_the_disk() {
    let desk = Desk::new();
    let list = || text(&desk.estranctl("sesame", &["list"], ""));
    assert!(list().contains("staff-code: absent"), "{}", list());
    let set = desk.estranctl("sesame", &["code", "staff-code"], "271828\n");
    assert_eq!(set.status.code(), Some(0), "{}", text(&set));
    assert!(list().contains("staff-code: present"), "{}", list());
    let files = desk.files();
    assert!(!files.is_empty(), "the key ring is on the disk");
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let readable = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!readable.contains("argon2id"), "{}", file.display());
    }
    let forgotten = desk.estranctl("sesame", &["forget", "staff-code"], "");
    assert_eq!(forgotten.status.code(), Some(0), "{}", text(&forgotten));
    assert!(list().contains("staff-code: absent"), "{}", list());
}

#[test]
fn a_key_ring_that_stays_locked_is_an_error_and_no_open_door() {
    let desk = Desk::new();
    let set = desk.estranctl("sesame", &["code", "staff-code"], "271828\n");
    assert_eq!(set.status.code(), Some(0), "{}", text(&set));
    let locked = desk.estranctl("another password", &["list"], "");
    assert_eq!(locked.status.code(), Some(2), "{}", text(&locked));
    assert!(
        text(&locked).contains("reading the secret"),
        "{}",
        text(&locked)
    );
    let again = desk.estranctl("sesame", &["list"], "");
    assert!(text(&again).contains("staff-code: present"), "the control");
}

#[test]
fn a_desk_without_the_service_is_told_so() {
    let desk = Desk::new();
    let mut list = desk.command(&estranctl(&["list"]));
    list.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all");
    let said = piped(&mut list, "");
    assert_eq!(said.status.code(), Some(2), "{}", text(&said));
    assert!(
        text(&said).contains("opening the store of secrets"),
        "{}",
        text(&said)
    );
}

#[test]
fn a_door_behind_the_service_opens_to_its_code() {
    let desk = Desk::new();
    let program = std::env::current_exe().unwrap();
    let program = program.to_str().unwrap();
    let inside = ["--exact", "secrets::desktop::inside", "--ignored"];
    let ran = desk.session("sesame", &[&[program], &inside[..]].concat(), "");
    assert!(ran.status.success(), "{}", text(&ran));
    assert!(text(&ran).contains("1 passed"), "{}", text(&ran));
}

/// Runs on the bus that the test above made.
#[test]
#[ignore = "started by the test above, which gives it a bus and a key ring of its own"]
fn inside() {
    let code = |text: &str| {
        let mut code = Code::default();
        text.bytes().for_each(|byte| code.push(byte));
        code
    };
    assert!(
        Path::new(&std::env::var("HOME").unwrap())
            .join("run")
            .exists()
    );
    let store = Keyring::desktop().unwrap();
    for name in Name::ALL {
        assert_eq!(store.get(name).unwrap(), None, "{name:?}");
        store.delete(name).unwrap();
        store.set(name, b"first").unwrap();
        store.set(name, &[0, 255, 10, 13]).unwrap();
    }
    for name in Name::ALL {
        let kept = store.get(name).unwrap().unwrap();
        assert_eq!(kept.as_slice(), [0, 255, 10, 13], "bytes, not words");
        store.delete(name).unwrap();
        assert_eq!(store.get(name).unwrap(), None);
    }
    let mut door = Door::new(std::sync::Arc::new(store), Name::StaffCode);
    let now = Duration::from_secs(1);
    assert_eq!(door.attempt(&code("271828"), now).unwrap(), Tried::NotSet);
    door.set(&code("271828")).unwrap();
    let wrong = door.attempt(&code("000000"), now).unwrap();
    assert_eq!(wrong, Tried::Wrong(Duration::ZERO));
    assert_eq!(door.attempt(&code("271828"), now).unwrap(), Tried::Right);
}
