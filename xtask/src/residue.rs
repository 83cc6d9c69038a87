//! `cargo xtask residue`: what each habit of the field leaves behind, and what Estran leaves.
//!
//! The same planter and the same search as `estranctl prove`. Each habit gets a fresh ext4 on a
//! loop-mounted image as its home, /tmp and /var/tmp, a user of its own, and the machine's own
//! /dev/shm, IPC and key rings, as on an ordinary public computer.

mod page;
mod stand;

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use estran_driver::Server;
use page::{FILES, counted, found_any, kept, line, missing};
use serde_json::Value;
use stand::{Disk, Machine, USER};

use crate::Result;
use crate::packages::{Purpose, prepare};
use crate::system;
use crate::tool::{answer, built, cargo, find, go, root, works};

/// How long one visit may take.
const VISIT: Duration = Duration::from_mins(5);

/// What to compare.
#[derive(clap::Args)]
pub struct Arguments {
    /// Only the rows whose name contains this; the others stay as the page has them
    #[arg(long, default_value = "")]
    only: String,
}

/// Where the comparison is written.
const PAGE: &str = "docs/comparaison-residus.md";

/// A way to end a visit.
struct Habit {
    name: &'static str,
    /// The browser as it is started; the address follows.
    browser: &'static str,
    /// What is done after it was closed.
    end: &'static str,
}

/// With a window: without one, Chromium keeps nothing unless it is told where, and would look
/// better than it is.
const CHROMIUM: &str = "chromium --disable-gpu --no-first-run --password-store=basic";
const FIREFOX: &str = "firefox-esr --no-remote";
const WIPE_HOME: &str = "rm -rf ~/..?* ~/.[!.]* ~/* /tmp/..?* /tmp/.[!.]* /tmp/*; \
                         for p in $(grep -ls \"^Uid:.*\\b$UID\\b\" /proc/[0-9]*/status); do \
                         p=${p%/status}; p=${p#/proc/}; [ $p = $$ ] || kill -9 $p; done 2>/dev/null";

/// The programs of others that are compared.
const PEERS: [&str; 3] = ["chromium", "firefox-esr", "bleachbit"];

const HABITS: [Habit; 8] = [
    Habit {
        name: "Chromium, fermé",
        browser: CHROMIUM,
        end: ":",
    },
    Habit {
        name: "Chromium, profil supprimé",
        browser: CHROMIUM,
        end: "rm -rf ~/.config/chromium ~/.cache/chromium",
    },
    Habit {
        name: "Chromium, dossier personnel et /tmp supprimés, programmes tués",
        browser: CHROMIUM,
        end: WIPE_HOME,
    },
    Habit {
        name: "Chromium --incognito",
        browser: "chromium --disable-gpu --no-first-run --password-store=basic --incognito",
        end: ":",
    },
    Habit {
        name: "Chromium --guest",
        browser: "chromium --disable-gpu --no-first-run --password-store=basic --guest",
        end: ":",
    },
    Habit {
        name: "Chromium, puis BleachBit",
        browser: CHROMIUM,
        end: "bleachbit --clean chromium.* firefox.* system.recent_documents system.tmp system.trash",
    },
    Habit {
        name: "Firefox, fermé",
        browser: FIREFOX,
        end: ":",
    },
    Habit {
        name: "Firefox, fenêtre privée",
        browser: "firefox-esr --no-remote --private-window",
        end: ":",
    },
];

/// Compares, and writes docs/comparaison-residus.md.
///
/// # Errors
/// When it is not root, or something cannot be started.
pub fn run(arguments: &Arguments) -> Result {
    if let Err(error) = prepare(Purpose::Residue) {
        // A peer that cannot be had is said in its row; what else is missing stops below.
        println!("{error}");
    }
    if !system::is_root() {
        return Err(
            "this mounts disk images and reads the memory of all programs: start it as root".into(),
        );
    }
    go(cargo().args([
        "build",
        "--package",
        "estran",
        "--no-default-features",
        "--bins",
    ]))?;
    let programs = built("debug")?;
    let place = root().join(PAGE);
    let before = fs::read_to_string(&place).unwrap_or_default();
    let mut lines = Vec::new();
    let mut row = |name: &str, make: &dyn Fn() -> Result<String>| -> Result {
        if name.contains(&arguments.only) {
            println!("\n{name}");
            let line = make()?;
            println!("{line}");
            lines.push(line);
        } else if let Some(line) = kept(&before, name) {
            lines.push(line.to_owned());
        }
        Ok(())
    };
    row(CONTROL, &|| control(&programs))?;
    for habit in &HABITS {
        row(habit.name, &|| one(habit, &programs))?;
    }
    for browser in ["chromium", "firefox"] {
        for form in ["desk", "station"] {
            let name = our_name(browser, form);
            row(&name, &|| ours(browser, form, &name, &programs))?;
        }
    }
    fs::write(&place, page::page(&lines)?)?;
    println!("\nwritten: {}", place.display());
    match lines
        .iter()
        .find(|line| line.starts_with(OURS) && found_any(line))
    {
        Some(line) => Err(format!("something is left of a visit with Estran: {line}").into()),
        None => Ok(()),
    }
}

/// A word like those of `estranctl prove`.
fn word() -> Result<String> {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut bytes = [0; 20];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    let letter = |byte: &u8| char::from(ALPHABET[usize::from(byte % 32)]);
    Ok(bytes.iter().map(letter).collect())
}

/// The row that shows that the search sees.
const CONTROL: &str = "Témoin : un fichier écrit, puis supprimé";

/// The positive control: a file that was written and deleted must be on the raw disk, and nowhere
/// else.
fn control(programs: &Path) -> Result<String> {
    let (disk, word) = (Disk::new()?, word()?);
    let since = now()?;
    let file = disk.mounted().join("tmp/control");
    fs::write(&file, format!("{word}\n"))?;
    go(Command::new("sync").arg("--file-system").arg(&file))?;
    fs::remove_file(&file)?;
    let found = look(programs, &disk, &word, since)?;
    if counted(&found, &["disk"]) == 0 || counted(&found, FILES) > 0 {
        return Err(format!("the search does not see what it must see: {found:#}").into());
    }
    Ok(line(CONTROL, 1, &found, "–"))
}

/// Seconds since 1970.
fn now() -> Result<u64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())
}

/// The search of `estranctl prove`, everywhere on this machine and on that disk.
fn look(programs: &Path, disk: &Disk, word: &str, since: u64) -> Result<Value> {
    let mut look = Command::new(programs.join("estranctl"));
    look.arg("look").arg("--image").arg(disk.image());
    look.args(["--since", &since.to_string()]);
    look.args(["--except", &std::process::id().to_string()]);
    look.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut looking = look.spawn()?;
    let mut told = looking.stdin.take().ok_or("no input")?;
    told.write_all(word.as_bytes())?;
    drop(told);
    Ok(serde_json::from_slice(&looking.wait_with_output()?.stdout)?)
}

fn one(habit: &Habit, programs: &Path) -> Result<String> {
    let needed = habit.browser.split(' ').chain(habit.end.split(' ').take(1));
    for program in needed.filter(|word| PEERS.contains(word)) {
        if find(program).is_none() {
            let why = format!("{program} : pas installé sur cette machine");
            return Ok(missing(habit.name, &why));
        }
    }
    let (disk, machine, word) = (Disk::new()?, Machine::new()?, word()?);
    let since = now()?;
    let ended = visit(habit, programs, &disk, &machine, &word)?;
    let mut found = look(programs, &disk, &word, since)?;
    // The kernel shows a key to its owner alone, not even to root.
    let keys = keys_of_the_user(&word);
    if let Some(all) = found.as_array_mut() {
        all.push(serde_json::json!({ "place": "keys", "found": keys }));
    }
    drop(machine);
    let taken = format!("{:.1} s", ended.taken.as_secs_f64());
    Ok(line(habit.name, ended.planted, &found, &taken))
}

/// How many keys of the habits' user carry the word.
fn keys_of_the_user(word: &str) -> usize {
    let mut asked = Command::new("setpriv");
    asked.args(["--reuid", USER, "--regid", USER, "--clear-groups", "--"]);
    let keys = answer(asked.args(["cat", "/proc/keys"])).unwrap_or_default();
    keys.lines().filter(|line| line.contains(word)).count()
}

/// A visit that is over.
struct Ended {
    /// How many traces were left.
    planted: u64,
    /// How long its end took.
    taken: Duration,
}

/// Starts the planter and the browser on that disk, waits until everything is planted, and ends
/// the visit by the habit.
fn visit(
    habit: &Habit,
    programs: &Path,
    disk: &Disk,
    machine: &Machine,
    word: &str,
) -> Result<Ended> {
    let mounted = disk.mounted();
    let estrand = installed(programs, &mounted)?;
    let screen = Server::start(1280, 800)?;
    let mut guest = rooms(&mounted, &machine.run, &estrand, screen.display());
    guest.args(["bash", "-c", &script(habit)]);
    guest.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut guest = guest.stderr(Stdio::null()).spawn()?;
    let planting = format!("{{\"canary\":\"{word}\",\"print\":null}}");
    let mut told = guest.stdin.take().ok_or("no input")?;
    told.write_all(planting.as_bytes())?;
    drop(told);
    let mut said = guest.stdout.take().ok_or("no output")?;
    let (begun, text) = wait_for(&mut said, "begin")?;
    let (ended, _) = wait_for(&mut said, "end")?;
    works(Command::new("sync").arg("--file-system").arg(&mounted));
    Ok(Ended {
        planted: text.lines().next().unwrap_or_default().trim().parse()?,
        taken: ended.duration_since(begun),
    })
}

/// What the visitor's side does.
fn script(habit: &Habit) -> String {
    format!(
        "exec 3<&0; cd ~; mkdir -p .config Documents; \
         echo 'XDG_DOWNLOAD_DIR=\"$HOME/Documents\"' > .config/user-dirs.dirs; \
         /run/estran/estrand plant <&3 >/dev/null & sleep 2; \
         {} http://127.0.0.1:8080/ >/dev/null 2>&1 & b=$!; \
         for i in $(seq 200); do [ -e ~/.estran-planted.json ] && break; sleep 1; done; \
         [ -e ~/.estran-planted.json ] || exit 9; sleep 15; \
         grep -o ':\"planted\"' ~/.estran-planted.json | wc -l; echo begin; \
         kill $b; wait $b; {}; echo end",
        habit.browser, habit.end
    )
}

/// The machine as that user sees it: its disk is the image, its network is its own.
fn rooms(mounted: &Path, run: &Path, estrand: &Path, screen: &str) -> Command {
    const SCREENS: &str = "/tmp/.X11-unix";
    let bind = |name: &str| mounted.join(name);
    let mut guest = Command::new("setpriv");
    guest.args(["--reuid", USER, "--regid", USER, "--clear-groups", "--"]);
    guest.args(["bwrap", "--dev-bind", "/", "/", "--unshare-net"]);
    guest
        .args(["--tmpfs", "/home", "--bind"])
        .arg(bind("home"))
        .arg("/home/visitor");
    guest.arg("--bind").arg(bind("tmp")).arg("/tmp");
    guest.args(["--ro-bind", SCREENS, SCREENS]);
    guest.arg("--bind").arg(bind("vartmp")).arg("/var/tmp");
    guest
        .args(["--tmpfs", "/run", "--bind"])
        .arg(run)
        .arg("/run/user/1000");
    guest
        .arg("--ro-bind")
        .arg(estrand)
        .arg("/run/estran/estrand");
    guest.args(["--clearenv", "--setenv", "LANG", "C.UTF-8"]);
    guest.args(["--setenv", "HOME", "/home/visitor"]);
    guest.args(["--setenv", "DISPLAY", screen]);
    guest.args(["--setenv", "PATH", "/usr/bin:/usr/sbin:/bin"]);
    guest.args(["--setenv", "XDG_RUNTIME_DIR", "/run/user/1000"]);
    guest
}

/// A copy that the user can reach.
fn installed(programs: &Path, mounted: &Path) -> Result<PathBuf> {
    let copy = mounted.join("estrand");
    if !copy.exists() {
        fs::copy(programs.join("estrand"), &copy)?;
    }
    Ok(copy)
}

/// When the script says this word, and what it said until then.
fn wait_for(said: &mut impl std::io::Read, word: &str) -> Result<(Instant, String)> {
    let (begun, mut text, mut byte) = (Instant::now(), String::new(), [0]);
    while begun.elapsed() < VISIT {
        if said.read(&mut byte)? == 0 {
            return Err(
                format!("the visit ended before {word:?}: the planter was not done").into(),
            );
        }
        text.push(char::from(byte[0]));
        if text.ends_with(&format!("{word}\n")) {
            return Ok((Instant::now(), text));
        }
    }
    Err("the visit took too long".into())
}

/// How our own rows begin.
const OURS: &str = "| **Estran";

fn our_name(browser: &str, form: &str) -> String {
    let form = if form == "desk" {
        "forme bureau"
    } else {
        "poste durci"
    };
    format!("**Estran, {browser}, {form}**")
}

/// The same with Estran, whose every writable place on a disk is that image.
fn ours(browser: &str, form: &str, name: &str, programs: &Path) -> Result<String> {
    let disk = Disk::new()?;
    let mounted = disk.mounted();
    let mut prove = Command::new(programs.join("estranctl"));
    prove
        .args(["prove", "--json", "--browser", browser, "--form", form])
        .arg("--image")
        .arg(disk.image());
    prove
        .env("TMPDIR", mounted.join("tmp"))
        .env("HOME", mounted.join("home"));
    let state = Path::new("/run").join(format!("estran-residue-{}", std::process::id()));
    if form == "station" {
        prove.arg("--config").arg(house(&mounted)?);
        prove.arg("--state").arg(&state);
    }
    let said = prove.stderr(Stdio::inherit()).output()?;
    fs::remove_dir_all(&state).ok();
    let proof: Value = serde_json::from_slice(&said.stdout)?;
    let rows = proof["rows"].as_array().into_iter().flatten();
    let planted: Vec<_> = rows.filter(|row| row["planted"] == "planted").collect();
    let blind = planted.iter().filter(|row| row["before"] == 0).count();
    if blind > 0 {
        return Err(format!("{blind} plants were never seen: no proof\n{proof:#}").into());
    }
    let all = proof["searched"].as_array().into_iter().flatten();
    let read = all.filter(|each| each["place"] == "disk");
    let read: u64 = read.filter_map(|each| each["bytes"].as_u64()).sum();
    if read < stand::SIZE {
        return Err(format!("only {read} bytes of the disk were read: no proof").into());
    }
    let millis = proof["wipe_millis"].as_f64().unwrap_or(f64::NAN);
    let taken = format!("{:.1} s", millis / 1000.0);
    Ok(line(name, planted.len() as u64, &proof["searched"], &taken))
}

/// The configuration as it is shipped, for a station of root's own on a machine for trials.
fn house(mounted: &Path) -> Result<PathBuf> {
    let (shipped, house) = (root().join("kiosk-config"), mounted.join("config"));
    fs::create_dir(&house)?;
    let station = fs::read_to_string(shipped.join("station.toml"))?
        .replace("front_end = \"estran\"", "front_end = \"root\"")
        .replace("staff = \"estran\"", "staff = \"root\"")
        .replace("bounded = true", "bounded = false");
    fs::write(house.join("station.toml"), station)?;
    fs::copy(shipped.join("demarches.toml"), house.join("demarches.toml"))?;
    Ok(house)
}
