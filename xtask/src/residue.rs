//! `cargo xtask residue`: what each habit of the field leaves behind, and what Estran leaves.
//!
//! The same planter and the same search as `estranctl prove`. Each habit gets a fresh ext4 on a
//! loop-mounted image as its home, /tmp and /var/tmp, a user of its own, and the machine's own
//! /dev/shm, IPC and key rings, as on an ordinary public computer.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::Result;
use crate::packages::{Purpose, prepare};
use crate::system;
use crate::tool::{answer, built, cargo, find, go, root, works};

/// The user of the habits: nobody's number.
const USER: &str = "54322";
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

const CHROMIUM: &str =
    "chromium --headless=new --disable-gpu --no-first-run --password-store=basic";
const FIREFOX: &str = "firefox-esr --headless --no-remote";
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
        browser: "chromium --headless=new --disable-gpu --no-first-run --password-store=basic --incognito",
        end: ":",
    },
    Habit {
        name: "Chromium --guest",
        browser: "chromium --headless=new --disable-gpu --no-first-run --password-store=basic --guest",
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
        browser: "firefox-esr --headless --no-remote --private-window",
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
    for habit in &HABITS {
        row(habit.name, &|| one(habit, &programs))?;
    }
    for browser in ["chromium", "firefox"] {
        for form in ["desk", "station"] {
            let name = our_name(browser, form);
            row(&name, &|| ours(browser, form, &name, &programs))?;
        }
    }
    fs::write(&place, page(&lines)?)?;
    println!("\nwritten: {}", place.display());
    Ok(())
}

/// The row of this name in the page as it stands.
fn kept<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let begin = format!("| {name} |");
    page.lines().find(|line| line.starts_with(&begin))
}

/// A fresh ext4 of one gigabyte.
struct Disk {
    folder: PathBuf,
}

impl Disk {
    fn new() -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("estran-residue-{}", std::process::id()));
        fs::create_dir_all(folder.join("mnt"))?;
        let disk = Self { folder };
        File::create(disk.image())?.set_len(1 << 30)?;
        go(Command::new("mkfs.ext4")
            .args(["-q", "-F"])
            .arg(disk.image()))?;
        go(Command::new("mount")
            .args(["-o", "loop"])
            .arg(disk.image())
            .arg(disk.mounted()))?;
        for name in ["home", "tmp", "vartmp"] {
            fs::create_dir(disk.mounted().join(name))?;
            go(Command::new("chown")
                .arg(format!("{USER}:{USER}"))
                .arg(disk.mounted().join(name)))?;
        }
        Ok(disk)
    }

    fn image(&self) -> PathBuf {
        self.folder.join("image")
    }

    fn mounted(&self) -> PathBuf {
        self.folder.join("mnt")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        works(Command::new("umount").arg("--lazy").arg(self.mounted()));
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// The runtime directory and what else outlives a visit outside the disk; cleared at the end.
struct Machine {
    run: PathBuf,
}

impl Machine {
    fn new() -> Result<Self> {
        let run = Path::new("/dev/shm").join(format!("estran-residue-run-{}", std::process::id()));
        fs::create_dir_all(&run)?;
        go(Command::new("chown")
            .arg(format!("{USER}:{USER}"))
            .arg(&run))?;
        Ok(Self { run })
    }
}

impl Drop for Machine {
    /// Kills what lingers and takes the planted IPC and files away: only things of the user that
    /// exists for this comparison alone.
    fn drop(&mut self) {
        let script = format!(
            "for s in /proc/[0-9]*/status; do \
               if grep -qs '^Uid:[[:space:]]*{USER}[[:space:]]' $s; then \
                 p=${{s%/status}}; kill -9 ${{p#/proc/}}; fi; done; sleep 1; \
             awk '$8 == {USER} {{ print \"-m\", $2 }}' /proc/sysvipc/shm | xargs -r ipcrm; \
             awk '$5 == {USER} {{ print \"-s\", $2 }}' /proc/sysvipc/sem | xargs -r ipcrm; \
             m=$(mktemp -d); mount -t mqueue none $m && find $m -type f -user {USER} -delete; \
             umount $m; rmdir $m; \
             find /dev/shm -maxdepth 1 -user {USER} -exec rm -rf {{}} +"
        );
        works(Command::new("bash").args(["-c", &script]));
        fs::remove_dir_all(&self.run).ok();
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

fn one(habit: &Habit, programs: &Path) -> Result<String> {
    let needed = habit.browser.split(' ').chain(habit.end.split(' ').take(1));
    for program in needed.filter(|word| PEERS.contains(word)) {
        if find(program).is_none() {
            let name = habit.name;
            return Ok(format!(
                "| {name} | {program} : pas installé sur cette machine | | | | | | |"
            ));
        }
    }
    let (disk, machine, word) = (Disk::new()?, Machine::new()?, word()?);
    let since = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let taken = visit(habit, programs, &disk, &machine, &word)?;
    let image = disk.image();
    let mut look = Command::new(programs.join("estranctl"));
    look.arg("look").arg("--image").arg(&image);
    look.args(["--since", &since.to_string()]);
    look.args(["--except", &std::process::id().to_string()]);
    look.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut looking = look.spawn()?;
    looking
        .stdin
        .take()
        .ok_or("no input")?
        .write_all(word.as_bytes())?;
    let found = looking.wait_with_output()?;
    let mut found: Value = serde_json::from_slice(&found.stdout)?;
    // The kernel shows a key to its owner alone, not even to root.
    let keys = keys_of_the_user(&word);
    if let Some(all) = found.as_array_mut() {
        all.push(serde_json::json!({ "place": "keys", "found": keys }));
    }
    drop(machine);
    Ok(line(
        habit.name,
        &found,
        &format!("{:.1} s", taken.as_secs_f64()),
    ))
}

/// How many keys of the habits' user carry the word.
fn keys_of_the_user(word: &str) -> usize {
    let mut asked = Command::new("setpriv");
    asked.args(["--reuid", USER, "--regid", USER, "--clear-groups", "--"]);
    let keys = answer(asked.args(["cat", "/proc/keys"])).unwrap_or_default();
    keys.lines().filter(|line| line.contains(word)).count()
}

/// Starts the planter and the browser on that disk, waits until everything is planted, and ends
/// the visit by the habit; returns how long that end took.
fn visit(
    habit: &Habit,
    programs: &Path,
    disk: &Disk,
    machine: &Machine,
    word: &str,
) -> Result<Duration> {
    let mounted = disk.mounted();
    let estrand = installed(programs, &mounted)?;
    let mut guest = rooms(&mounted, &machine.run, &estrand);
    guest.args(["bash", "-c", &script(habit)]);
    guest.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut guest = guest.stderr(Stdio::null()).spawn()?;
    let planting = format!("{{\"canary\":\"{word}\",\"print\":null}}");
    let mut told = guest.stdin.take().ok_or("no input")?;
    told.write_all(planting.as_bytes())?;
    drop(told);
    let mut said = guest.stdout.take().ok_or("no output")?;
    let begun = wait_for(&mut said, "begin")?;
    let ended = wait_for(&mut said, "end")?;
    works(Command::new("sync").arg("--file-system").arg(&mounted));
    Ok(ended.duration_since(begun))
}

/// What the visitor's side does.
fn script(habit: &Habit) -> String {
    format!(
        "exec 3<&0; cd ~; /run/estran/estrand plant <&3 >/dev/null & sleep 2; \
         {} http://127.0.0.1:8080/ >/dev/null 2>&1 & b=$!; \
         for i in $(seq 200); do [ -e ~/.estran-planted.json ] && break; sleep 1; done; \
         [ -e ~/.estran-planted.json ] || exit 9; sleep 15; echo begin; \
         kill $b; wait $b; {}; echo end",
        habit.browser, habit.end
    )
}

/// The machine as that user sees it: its disk is the image, its network is its own.
fn rooms(mounted: &Path, run: &Path, estrand: &Path) -> Command {
    let bind = |name: &str| mounted.join(name);
    let mut guest = Command::new("setpriv");
    guest.args(["--reuid", USER, "--regid", USER, "--clear-groups", "--"]);
    guest.args(["bwrap", "--dev-bind", "/", "/", "--unshare-net"]);
    guest
        .args(["--tmpfs", "/home", "--bind"])
        .arg(bind("home"))
        .arg("/home/visitor");
    guest.arg("--bind").arg(bind("tmp")).arg("/tmp");
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

/// When the script says this word.
fn wait_for(said: &mut impl std::io::Read, word: &str) -> Result<Instant> {
    let (begun, mut text, mut byte) = (Instant::now(), String::new(), [0]);
    while begun.elapsed() < VISIT {
        if said.read(&mut byte)? == 0 {
            return Err(
                format!("the visit ended before {word:?}: the planter was not done").into(),
            );
        }
        text.push(char::from(byte[0]));
        if text.ends_with(&format!("{word}\n")) {
            return Ok(Instant::now());
        }
    }
    Err("the visit took too long".into())
}

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
    let seen = proof["rows"].as_array().into_iter().flatten();
    let blind = seen
        .filter(|row| row["planted"] == "planted" && row["before"] == 0)
        .count();
    if blind > 0 {
        return Err(format!("{blind} plants were never seen: no proof\n{proof:#}").into());
    }
    let millis = proof["wipe_millis"].as_f64().unwrap_or(f64::NAN);
    Ok(line(
        name,
        &proof["searched"],
        &format!("{:.1} s", millis / 1000.0),
    ))
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

fn line(name: &str, searched: &Value, taken: &str) -> String {
    let found = |places: &[&str]| -> u64 {
        let all = searched.as_array().into_iter().flatten();
        let all = all.filter(|each| places.iter().any(|place| each["place"] == *place));
        all.filter_map(|each| each["found"].as_u64()).sum()
    };
    format!(
        "| {name} | {} | {} | {} | {} | {} | {} | {taken} |",
        found(&["files", "logs", "spool"]),
        found(&["disk"]),
        found(&["ram_files"]),
        found(&["ipc"]),
        found(&["keys"]),
        found(&["memory", "processes", "open_files"]),
    )
}

fn page(lines: &[String]) -> Result<String> {
    let version = |program: &str| {
        let said = answer(Command::new(program).arg("--version")).unwrap_or_default();
        said.lines().next().unwrap_or_default().trim().to_owned()
    };
    let system = fs::read_to_string("/etc/os-release")?;
    let system = system
        .lines()
        .find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease")?;
    let date = answer(Command::new("date").arg("+%Y-%m-%d")).unwrap_or_default();
    let date = date.trim();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    Ok(format!(
        "# Ce que laisse une visite, selon la façon de la finir\n\n\
         Fait par `cargo xtask residue`, {date}. Un mot tiré au hasard est laissé partout où une personne laisse\n\
         des traces, par la page et le planteur de `estranctl prove` ; la visite finit selon l’habitude ;\n\
         la même recherche compte le mot. Les nombres changent un peu d’une fois à l’autre ; zéro non.\n\n\
         | fin de la visite | fichiers | disque, octet par octet | fichiers en mémoire | mémoire partagée, sémaphores, files | clés du noyau | programmes | durée de la fin |\n\
         |---|---|---|---|---|---|---|---|\n{}\n\n\
         ## Conditions\n\n\
         - {}, noyau {}, {cores} cœurs, {}, {}, {}.\n\
         - Un ext4 neuf de 1 Gio sur une image montée en boucle porte le dossier personnel, `/tmp` et\n  \
         `/var/tmp` de chaque habitude ; pour Estran, tout ce qu’il pourrait écrire sur un disque.\n\
         - Estran : programme sans optimisation (la durée de sa fin n’est pas la meilleure), avec une\n  \
         imprimante absente, pour qu’un document attende dans la file.\n\
         - Navigateurs sans écran, réglages d’origine (sans nos règles), 15 s d’attente avant la fin pour\n  \
         que le navigateur écrive. Le presse-papiers et l’impression n’y sont pas.\n\
         - Recherche en root : tous les fichiers changés depuis le début, la mémoire de tous les\n  \
         programmes, System V, files POSIX, clés (celles d’une habitude, demandées sous son compte : le\n  \
         noyau ne les montre pas même à root), et l’image entière.\n\
         - « Programmes » compte aussi le planteur et un programme qui reste : les habitudes de la\n  \
         première colonne ne les tuent pas, sauf celle qui le dit.\n",
        lines.join("\n"),
        system.unwrap_or_default().trim_matches('"'),
        kernel.trim(),
        version("chromium"),
        version("firefox-esr"),
        version("bleachbit"),
    ))
}
