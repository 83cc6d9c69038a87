//! What `packaging/station` puts on a machine: units that systemd understands, as closed as they say,
//! and no path to something that nobody ships.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sources::{root, text};

const UNITS: &str = "usr/lib/systemd/system";

/// Programs that the packages' other files put on the machine.
const OURS: [&str; 4] = [
    "/usr/bin/estranctl",
    "/usr/lib/estran/estran",
    "/usr/lib/estran/estrand",
    "/usr/lib/estran/estran-practice",
];

/// Programs of others that units start, and the package that must therefore be a dependency; nothing
/// for those that no Debian is without.
const OTHERS: [(&str, Option<&str>); 3] = [
    ("/usr/bin/cage", Some("cage")),
    ("/usr/sbin/nft", Some("nftables")),
    ("/usr/bin/sh", None),
];

/// How exposed a unit may be, as systemd counts it (0 to 10). That of the walls is no mistake: they
/// are the sandbox that everything else relies on (docs/decisions/0131).
const EXPOSURE: [(&str, f32); 4] = [
    ("estran-gate.service", 2.0),
    ("estran.service", 2.0),
    ("estrand.service", 1.0),
    ("estran-walls.service", 6.0),
];

fn station() -> PathBuf {
    root().join("packaging/station")
}

/// Every file below a folder, without following anything.
fn all(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        if entry.file_type().expect("its kind").is_dir() {
            found.extend(all(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}

fn units() -> Vec<String> {
    let folder = station().join(UNITS);
    let names = fs::read_dir(folder).expect("the units");
    let names = names.map(|entry| entry.expect("a unit"));
    let plain = names.filter(|entry| entry.path().is_file());
    plain
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

/// A root with our units, the system's own, and something to start at each path.
fn installed() -> tempfile::TempDir {
    let tree = tempfile::tempdir().expect("a folder");
    let at = |path: &str| tree.path().join(path.trim_start_matches('/'));
    for from in all(Path::new("/usr/lib/systemd/system")) {
        let to = at(from.to_str().expect("a name"));
        fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        match fs::read_link(&from) {
            Ok(target) => std::os::unix::fs::symlink(target, &to).expect("a link"),
            Err(_) => drop(fs::copy(&from, &to).expect("a copy")),
        }
    }
    for from in all(&station()) {
        let to = tree
            .path()
            .join(from.strip_prefix(station()).expect("ours"));
        fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        fs::copy(&from, &to).expect("a copy");
    }
    let others = OTHERS.iter().map(|(program, _)| *program);
    for program in OURS.into_iter().chain(others) {
        let to = at(program);
        fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        fs::write(&to, "#!/bin/sh\n").expect("a program");
        fs::set_permissions(&to, fs::Permissions::from_mode(0o755)).expect("its mode");
    }
    tree
}

/// What systemd says of our units there; nothing when all is well.
fn verified(tree: &Path) -> String {
    let mut verify = Command::new("systemd-analyze");
    verify.args(["verify", "--man=no", "--root"]).arg(tree);
    let said = verify
        .args(units())
        .current_dir(tree.join(UNITS))
        .output()
        .expect("systemd-analyze; install the package systemd");
    let mut lines = String::from_utf8_lossy(&said.stderr).into_owned();
    if !said.status.success() {
        lines.push_str(&said.status.to_string());
    }
    lines
}

#[test]
fn systemd_understands_every_unit() {
    let tree = installed();
    assert_eq!(verified(tree.path()), "");
    // Positive control: it would have said so.
    let unit = tree.path().join(UNITS).join("estrand.service");
    let broken = text(&unit).replace("[Service]\n", "[Service]\nNonsense=yes\n");
    fs::write(&unit, broken).expect("a broken unit");
    assert!(verified(tree.path()).contains("Nonsense"));
    fs::remove_file(tree.path().join("usr/lib/estran/estrand")).expect("a lost program");
    assert!(verified(tree.path()).contains("/usr/lib/estran/estrand"));
}

fn exposure(unit: &Path) -> f32 {
    let said = Command::new("systemd-analyze")
        .args(["security", "--offline=true", "--no-pager"])
        .arg(unit)
        .output()
        .expect("systemd-analyze; install the package systemd");
    let said = String::from_utf8_lossy(&said.stdout);
    let level = said.lines().find_map(|line| {
        let (_, level) = line.split_once("Overall exposure level for ")?;
        level.split_whitespace().nth(1)?.parse().ok()
    });
    level.unwrap_or_else(|| panic!("no level for {}: {said}", unit.display()))
}

#[test]
fn units_are_as_closed_as_they_say() {
    let folder = station().join(UNITS);
    for (unit, most) in EXPOSURE {
        let level = exposure(&folder.join(unit));
        assert!(level <= most, "{unit}: {level}, and at most {most}");
    }
    // Positive control: a unit that closes nothing is far above.
    let open = tempfile::tempdir().expect("a folder");
    let open = open.path().join("open.service");
    fs::write(&open, "[Service]\nExecStart=/usr/bin/cat\n").expect("a unit");
    assert!(exposure(&open) > 9.0);
}

/// The paths in a text.
fn paths(text: &str) -> BTreeSet<String> {
    let inside = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    text.split(|c| !inside(c))
        .filter(|word| word.starts_with('/'))
        .map(|word| word.trim_end_matches(['.', '/']).to_owned())
        .collect()
}

/// Where only we put something.
const PLACES: [&str; 4] = [
    "/usr/lib/estran/",
    "/usr/share/estran/",
    "/etc/estran/",
    "/etc/default/estran",
];

/// Written while the machine runs, or by staff.
const LATER: [&str; 1] = ["/etc/estran/nftables.d"];

fn is_shipped(path: &str) -> bool {
    let relative = path.trim_start_matches('/');
    let house = path.strip_prefix("/etc/estran/");
    OURS.contains(&path)
        || LATER.iter().any(|later| path.starts_with(later))
        || station().join(relative).exists()
        || house.is_some_and(|file| root().join("kiosk-config").join(file).exists())
}

#[test]
fn every_path_of_ours_is_shipped() {
    let mut count = 0;
    let mut lost = Vec::new();
    let mut files = all(&station());
    files.extend(all(&root().join("packaging/debian")));
    for file in files {
        for path in paths(&text(&file)) {
            if PLACES.iter().any(|place| path.starts_with(place)) {
                count += 1;
                if !is_shipped(&path) {
                    lost.push(format!("{}: {path}", file.display()));
                }
            }
        }
    }
    assert!(count > 10, "the scan saw {count} paths");
    assert!(!is_shipped("/usr/lib/estran/nothing"));
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn what_units_start_is_a_dependency() {
    let control = text(&root().join("packaging/debian/control"));
    let (_, depends) = control
        .split_once("Package: estran-station")
        .expect("the package");
    // What the screen's unit starts is a script of ours, which starts cage.
    let screen = text(&station().join("usr/lib/estran/screen"));
    assert!(screen.contains("\n/usr/bin/cage "));
    let mut count = 0;
    for unit in units() {
        let said = text(&station().join(UNITS).join(&unit));
        let started = said
            .lines()
            .filter(|line| line.starts_with("Exec"))
            .filter_map(|line| line.split_once('=')?.1.split(' ').next())
            .chain(screen.lines().filter_map(|line| {
                let program = line.split(' ').next()?;
                program.starts_with('/').then_some(program)
            }));
        for program in started {
            count += 1;
            let other = OTHERS.iter().find(|(path, _)| *path == program);
            let known =
                OURS.contains(&program) || station().join(program.trim_start_matches('/')).exists();
            match other {
                Some((_, Some(package))) => assert!(depends.contains(package), "{package}"),
                Some((_, None)) => {}
                None => assert!(known, "{unit} starts {program}, which nobody ships"),
            }
        }
    }
    assert!(
        count >= units().len() - 2,
        "only {count} programs were seen"
    );
}

#[test]
fn every_script_is_one_that_a_shell_reads() {
    let mut files = all(&station());
    files.extend(all(&root().join("packaging")));
    let scripts: BTreeSet<PathBuf> = files
        .into_iter()
        .filter(|file| text(file).starts_with("#!/bin/sh"))
        .collect();
    assert!(scripts.len() >= 8, "{scripts:?}");
    for script in scripts {
        let read = Command::new("sh").arg("-n").arg(&script).status();
        assert!(read.expect("sh").success(), "{}", script.display());
    }
}
