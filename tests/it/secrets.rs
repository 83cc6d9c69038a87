//! The station's secrets from a shell, and the kernel's three-day trap.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

#[cfg(feature = "desktop-keyring")]
mod desktop;

/// `estranctl` where another user can start it too.
struct Program {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Program {
    fn copied() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder.path(), open).unwrap();
        let path = folder.path().join("estranctl");
        std::fs::copy(env!("CARGO_BIN_EXE_estranctl"), &path).unwrap();
        Self {
            _folder: folder,
            path,
        }
    }
}

fn piped(command: &mut Command, input: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Whoever refuses the command line does not read.
    let written = child.stdin.take().unwrap().write_all(input.as_bytes());
    written
        .or_else(|error| {
            let gone = error.kind() == std::io::ErrorKind::BrokenPipe;
            if gone { Ok(()) } else { Err(error) }
        })
        .unwrap();
    child.wait_with_output().unwrap()
}

fn estranctl(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_estranctl"));
    piped(
        command.args(["--lang", "en", "secrets"]).args(arguments),
        input,
    )
}

fn text(output: &Output) -> String {
    [&output.stdout, &output.stderr]
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .concat()
}

#[test]
fn a_code_is_set_listed_and_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let place = format!("folder:{}", folder.path().join("secrets").display());
    let at = ["--secrets", place.as_str()];
    let with = |words: &[&str], input| estranctl(&[words, &at].concat(), input);
    for (code, words) in [
        ("123\n", "too short"),
        ("777777\n", "too easy"),
        ("", "too short"),
    ] {
        let refused = with(&["code", "staff-code"], code);
        assert_eq!(refused.status.code(), Some(1), "{}", text(&refused));
        assert!(text(&refused).contains(words), "{}", text(&refused));
    }
    let set = with(&["code", "staff-code"], "271828\n");
    assert_eq!(set.status.code(), Some(0), "{}", text(&set));
    let list = text(&with(&["list"], ""));
    assert!(list.contains("staff-code: present"), "{list}");
    assert!(list.contains("receipt-key: absent"), "{list}");
    let told: serde_json::Value =
        serde_json::from_slice(&with(&["list", "--json"], "").stdout).unwrap();
    let first = serde_json::json!({ "name": "staff-code", "set": true });
    assert_eq!((&told["version"], &told["secrets"][0]), (&1.into(), &first));
    let kept = std::fs::read_to_string(folder.path().join("secrets/staff-code")).unwrap();
    assert!(kept.starts_with("$argon2id$") && !kept.contains("271828"));
    assert_eq!(with(&["forget", "staff-code"], "").status.code(), Some(0));
    assert!(text(&with(&["list"], "")).contains("staff-code: absent"));
    let key = with(&["code", "receipt-key"], "271828\n");
    assert_eq!(key.status.code(), Some(2), "a key is no code");
}

/// Joins a new session of the kernel's key rings, becomes that user, and starts the program.
const NEW_SESSION: &str = r#"
    my $uid = shift;
    syscall(250, 1, 0) >= 0 or die "join: $!";
    if ($> == 0) { $) = "$uid $uid"; $( = $uid; $< = $uid; $> = $uid; }
    exec @ARGV or die "exec: $!";
"#;

/// The trap: the kernel keeps a key of ours for three days after the last log-out, and another
/// session of the same user reads it, unless it was deleted.
#[test]
#[cfg(target_arch = "x86_64")]
fn a_key_outlives_its_session_until_it_is_deleted() {
    let us = rustix::process::getuid();
    // Another user's, as root: the whole machine's tests look for keys of their own user.
    let uid = if us.is_root() { 54_402 } else { us.as_raw() };
    let program = Program::copied();
    let session = |words: &[&str], input| {
        let mut perl = Command::new("perl");
        perl.args(["-e", NEW_SESSION, &uid.to_string()]);
        perl.arg(&program.path).args(["--lang", "en", "secrets"]);
        piped(perl.args(words), input)
    };
    let list = || text(&session(&["list"], ""));
    assert!(list().contains("helper-code: absent"), "{}", list());
    let set = session(&["code", "helper-code"], "271828\n");
    assert_eq!(set.status.code(), Some(0), "{}", text(&set));
    assert!(
        list().contains("helper-code: present"),
        "the trap itself: {}",
        list()
    );
    let gone = session(&["forget", "helper-code"], "");
    assert_eq!(gone.status.code(), Some(0), "{}", text(&gone));
    assert!(list().contains("helper-code: absent"), "{}", list());
}
