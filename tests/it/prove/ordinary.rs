//! The proof without any right of root: by a user who was made for it, and who owns nothing but a
//! folder. Where the tests themselves are an ordinary user's, every proof of them is.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{a_browser_leaves_nothing, output, program, row, searched};
use crate::left_out;

/// Nobody's number.
const USER: u32 = 54_399;

/// That user's folder, and programs that this user can reach.
struct Ordinary(tempfile::TempDir);

fn open(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

impl Ordinary {
    fn new() -> Option<Self> {
        if !rustix::process::geteuid().is_root() {
            left_out("another user's proof: only root can become another user");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        open(folder.path(), 0o711);
        let own = folder.path().join("own");
        std::fs::create_dir(&own).unwrap();
        open(&own, 0o700);
        std::os::unix::fs::chown(&own, Some(USER), Some(USER)).unwrap();
        for program in [
            env!("CARGO_BIN_EXE_estranctl"),
            env!("CARGO_BIN_EXE_estrand"),
        ] {
            let program = Path::new(program);
            let copy = folder.path().join(program.file_name().unwrap());
            std::fs::copy(program, &copy).unwrap();
            open(&copy, 0o755);
        }
        let ordinary = Self(folder);
        // The control: nothing of root's is left to whom these commands are given.
        let (code, _, rights) = {
            let mut ask = ordinary.command("grep");
            output(
                ask.args([
                    "-cE",
                    "^(Uid|Gid):.*\\b0\\b|^CapEff:.*[1-9a-f]|^Groups:.*[0-9]",
                ])
                .arg("/proc/self/status"),
            )
        };
        assert_eq!((code, rights), (1, 0.into()), "still with rights of root");
        Some(ordinary)
    }

    fn folder(&self) -> &Path {
        self.0.path()
    }

    /// This program, as that user.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let user = USER.to_string();
        let mut command = Command::new("setpriv");
        command.args(["--reuid", &user, "--regid", &user, "--clear-groups", "--"]);
        command
            .arg(program)
            .env_clear()
            .env("PATH", "/usr/bin:/bin");
        for name in ["HOME", "TMPDIR", "XDG_RUNTIME_DIR"] {
            command.env(name, self.folder().join("own"));
        }
        command
    }

    fn estranctl(&self) -> Command {
        let mut command = self.command(self.folder().join("estranctl"));
        command.args(["--lang", "en"]);
        command
    }
}

#[test]
fn an_ordinary_user_can_prove_it_too() {
    let Some(ordinary) = Ordinary::new() else {
        return;
    };
    let script = "echo $ESTRAN_CANARY | tee ~/left /tmp/left /dev/shm/left > /var/tmp/left
        (setsid bash -c \"sleep 600; : $ESTRAN_CANARY\" &); sleep 600";
    let guest: PathBuf = program(ordinary.folder(), script);
    let mut prove = ordinary.estranctl();
    prove.args(["prove", "--seconds", "2", "--json", "--program"]);
    let (code, said, proof) = output(prove.arg(guest));
    assert_eq!(code, 0, "{said}");
    assert_eq!(proof["root"], false, "{said}");
    let seen = row(&proof, "program")["before"].as_u64().unwrap();
    assert!(seen > 4, "{said}");
    // What this user may not read is said, and not called clean.
    let memory = searched(&proof, "memory").unwrap();
    assert!(memory["refused"].as_u64().unwrap() > 0, "{said}");
    assert!(memory["items"].as_u64().unwrap() > 0, "{said}");
}

#[test]
fn an_ordinary_user_proves_a_visit_with_firefox() {
    if let Some(ordinary) = Ordinary::new() {
        a_browser_leaves_nothing(&mut ordinary.estranctl(), "firefox");
    }
}

#[test]
fn an_ordinary_user_proves_a_visit_with_chromium() {
    if let Some(ordinary) = Ordinary::new() {
        a_browser_leaves_nothing(&mut ordinary.estranctl(), "chromium");
    }
}
