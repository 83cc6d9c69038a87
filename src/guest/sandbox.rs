//! The walls: the arguments of `bwrap` for one session. Every writable place is a sized RAM file
//! system of the session's own mount namespace; everything else is read-only or absent.
#![forbid(unsafe_code)]

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// The guest's home inside the sandbox.
pub const HOME: &str = "/home/visitor";
/// Where downloads go and what the farewell looks at, inside the sandbox.
pub const DOCUMENTS: &str = "/home/visitor/Documents";
/// Our own read-only files inside the sandbox.
pub const OURS: &str = "/run/estran";
/// The guest's uid and gid inside; Chromium refuses to run as 0.
pub const UID: u32 = 1000;
/// The guest's runtime directory inside.
pub const RUNTIME: &str = "/run/user/1000";

/// Where the folder of the print service's socket is, inside.
pub const PRINTING: &str = "/run/estran/print";
/// Where the program of [`Plan::program`] lies, inside.
pub const PROGRAM: &str = "/run/estran/program";

/// Where the practice démarche listens, inside the sandbox's own network.
pub const PRACTICE_ADDRESS: &str = "127.0.0.1:8080";

/// Where the passage listens, inside the session's own network.
pub const PASSAGE_ADDRESS: &str = "127.0.0.1:3128";

/// Which network the guest sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// Its own, empty one: only its own loopback.
    None,
    /// That of the machine (desk form; the station form has a network of its own).
    Machine,
    /// Station form: its own, in which nothing leads out but the passage to some sites.
    Passage,
}

/// Upper limits of the RAM file systems, bytes. They bound what a hostile guest can fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// The home, with the profile and the downloads.
    pub home: u64,
    /// Each of /tmp and /dev/shm.
    pub scratch: u64,
    /// Each of /var/tmp and the runtime directory.
    pub small: u64,
}

impl Default for Capacity {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self {
            home: 2048 * MIB,
            scratch: 512 * MIB,
            small: 32 * MIB,
        }
    }
}

/// A file that exists only inside: absolute path, content, read-only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// Where, inside.
    pub path: PathBuf,
    /// What.
    pub content: Vec<u8>,
}

impl Generated {
    /// A text file.
    pub fn text(path: impl Into<PathBuf>, content: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            content: content.into().into_bytes(),
        }
    }
}

/// What one session's sandbox is made of.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The `estrand` binary, started inside as the agent.
    pub agent: PathBuf,
    /// The practice démarche's server, when it is wanted.
    pub practice: Option<PathBuf>,
    /// A program to run in the place of a browser, seen inside as [`PROGRAM`].
    pub program: Option<PathBuf>,
    /// The compositor's socket, when there is one.
    pub display: Option<PathBuf>,
    /// The folder in which the visit's print service listens, when there is a printer.
    pub printing: Option<PathBuf>,
    /// The network.
    pub network: Network,
    /// RAM limits.
    pub capacity: Capacity,
    /// Visitor's language, BCP 47.
    pub language: String,
    /// Policies and the start page.
    pub files: Vec<Generated>,
}

/// The places that the guest can write to.
pub const WRITABLE: [&str; 5] = [HOME, "/tmp", "/var/tmp", "/dev/shm", RUNTIME];

/// Read-only from the host, where it has them.
const READ_ONLY: [&str; 9] = [
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ssl/certs",
    "/etc/localtime",
    "/etc/chromium.d",
    "/etc/firefox-esr",
    "/var/cache/fontconfig",
    "/etc/pki/tls/certs",
];

/// Where the writable places come from.
#[derive(Clone, Copy, Debug)]
pub enum Ram<'a> {
    /// bwrap makes them.
    Own,
    /// They are there already, below this folder (see `outer`).
    Outer(&'a Path),
}

/// Builds the argument list.
#[derive(Debug, Default)]
struct Arguments(Vec<OsString>);

impl Arguments {
    fn add<S: AsRef<OsStr>>(&mut self, words: impl IntoIterator<Item = S>) {
        self.0
            .extend(words.into_iter().map(|word| word.as_ref().to_owned()));
    }
}

/// The arguments of `bwrap`, without program and command. `numbers` are the file descriptors that
/// bwrap will find the contents of [`Plan::files`] and [`account_files`] under, in that order.
pub fn arguments(plan: &Plan, ram: Ram<'_>, files: &[Generated], numbers: &[i32]) -> Vec<OsString> {
    let mut args = Arguments::default();
    namespaces(&mut args, plan.network);
    environment(&mut args, plan);
    system(&mut args);
    for (file, number) in files.iter().zip(numbers) {
        parents(&mut args, &file.path);
        args.add(["--perms", "0644", "--file", &number.to_string()]);
        args.add([&file.path]);
    }
    match ram {
        Ram::Own => writable(&mut args, plan.capacity),
        Ram::Outer(root) => bound(&mut args, root),
    }
    args.add(["--perms", "0755", "--dir", OURS, "--ro-bind"]);
    args.add([&plan.agent, Path::new("/run/estran/estrand")]);
    // The browsers start the sensor by its path alone: it is the agent's file under another name.
    args.add(["--ro-bind"]);
    args.add([&plan.agent, &Path::new(OURS).join(super::sensor::PROGRAM)]);
    if let Some(practice) = &plan.practice {
        args.add(["--ro-bind"]);
        args.add([practice, Path::new("/run/estran/estran-practice")]);
    }
    if let Some(program) = &plan.program {
        args.add(["--ro-bind"]);
        args.add([program, Path::new(PROGRAM)]);
    }
    if let Some(display) = &plan.display {
        args.add(["--ro-bind"]);
        args.add([display, &Path::new(RUNTIME).join("wayland-0")]);
    }
    if let Some(printing) = &plan.printing {
        args.add(["--ro-bind"]);
        args.add([printing, Path::new(PRINTING)]);
    }
    args.add(["--chdir", HOME]);
    // bwrap's own root and /dev are writable and unsized: last, so that nothing stays so.
    args.add(["--remount-ro", "/dev", "--remount-ro", "/"]);
    args.0
}

/// `bwrap --args` wants each argument ended by NUL.
pub fn encode(arguments: &[OsString]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for argument in arguments {
        bytes.extend_from_slice(argument.as_bytes());
        bytes.push(0);
    }
    bytes
}

fn namespaces(args: &mut Arguments, network: Network) {
    let id = UID.to_string();
    args.add(["--unshare-user", "--uid", &id, "--gid", &id]);
    args.add([
        "--unshare-ipc",
        "--unshare-pid",
        "--unshare-uts",
        "--unshare-cgroup-try",
    ]);
    if network == Network::None {
        args.add(["--unshare-net"]);
    }
    args.add([
        "--hostname",
        "poste",
        "--die-with-parent",
        "--new-session",
        "--clearenv",
    ]);
}

fn environment(args: &mut Arguments, plan: &Plan) {
    let language = plan.language.as_str();
    for (name, value) in [
        ("PATH", "/usr/bin:/usr/sbin"),
        ("HOME", HOME),
        ("USER", "visitor"),
        ("LOGNAME", "visitor"),
        ("SHELL", "/usr/sbin/nologin"),
        ("XDG_RUNTIME_DIR", RUNTIME),
        ("TMPDIR", "/tmp"),
        ("LANG", "C.UTF-8"),
        ("LANGUAGE", language),
        ("GTK_USE_PORTAL", "0"),
        ("GTK_IM_MODULE", "wayland"),
        ("NO_AT_BRIDGE", "1"),
        ("GIO_USE_VFS", "local"),
        ("GSETTINGS_BACKEND", "memory"),
        ("MOZ_ENABLE_WAYLAND", "1"),
        ("MOZ_CRASHREPORTER_DISABLE", "1"),
        ("MOZ_CRASHREPORTER_NO_REPORT", "1"),
        ("MOZ_DATA_REPORTING", "0"),
        // Even an address that does not exist keeps a library from looking for a bus.
        ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/dev/null"),
    ] {
        args.add(["--setenv", name, value]);
    }
    // Without a printer of the visit's own, the machine's print service must not be found either.
    let server = format!("{PRINTING}/cups.sock");
    args.add(["--setenv", "CUPS_SERVER", &server]);
    if plan.network == Network::Passage {
        // For programs beside the browsers, which have policies.
        let passage = format!("http://{PASSAGE_ADDRESS}");
        for name in ["http_proxy", "https_proxy"] {
            args.add(["--setenv", name, &passage]);
        }
    }
    if plan.display.is_some() {
        args.add(["--setenv", "WAYLAND_DISPLAY", "wayland-0"]);
        args.add(["--setenv", "XDG_SESSION_TYPE", "wayland"]);
    }
}

fn system(args: &mut Arguments) {
    args.add(["--ro-bind", "/usr", "/usr"]);
    for name in ["bin", "sbin", "lib", "lib32", "lib64"] {
        let host = Path::new("/").join(name);
        if let Ok(target) = std::fs::read_link(&host) {
            args.add(["--symlink"]);
            args.add([&target, &host]);
        } else {
            args.add(["--ro-bind-try"]);
            args.add([&host, &host]);
        }
    }
    for place in ["/etc", "/run", "/run/user", "/var", "/var/cache", "/home"] {
        args.add(["--perms", "0755", "--dir", place]);
    }
    args.add(["--symlink", "/run", "/var/run"]);
    for place in READ_ONLY {
        args.add(["--ro-bind-try", place, place]);
    }
    // A guest of a root custodian keeps uid 0 outside, without capabilities: it would own the
    // files of /proc/sys, so these are read-only whatever the owner.
    args.add(["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys"]);
    args.add([
        "--ro-bind-try",
        "/proc/sysrq-trigger",
        "/proc/sysrq-trigger",
    ]);
    args.add(["--dev", "/dev"]);
}

fn writable(args: &mut Arguments, capacity: Capacity) {
    for (place, perms, size) in [
        (HOME, "0700", capacity.home),
        ("/tmp", "1777", capacity.scratch),
        ("/dev/shm", "1777", capacity.scratch),
        ("/var/tmp", "1777", capacity.small),
        (RUNTIME, "0700", capacity.small),
    ] {
        args.add([
            "--size",
            &size.to_string(),
            "--perms",
            perms,
            "--tmpfs",
            place,
        ]);
    }
}

fn bound(args: &mut Arguments, root: &Path) {
    for (name, place) in [
        ("home", HOME),
        ("tmp", "/tmp"),
        ("shm", "/dev/shm"),
        ("vartmp", "/var/tmp"),
        ("runtime", RUNTIME),
        ("media", super::outer::MEDIA),
    ] {
        args.add(["--bind"]);
        args.add([&root.join(name), Path::new(place)]);
    }
}

/// bwrap makes missing parents 0700, which would hide them from the guest.
fn parents(args: &mut Arguments, path: &Path) {
    let mut above: Vec<&Path> = path.ancestors().skip(1).collect();
    above.reverse();
    for directory in above.into_iter().skip(2) {
        if directory.starts_with("/usr") {
            continue;
        }
        args.add(["--perms", "0755", "--dir"]);
        args.add([directory]);
    }
}

/// The accounts and names that the guest sees, and nothing of the host's but its resolvers.
pub fn account_files(resolvers: &str, network: Network) -> Vec<Generated> {
    let resolvers: String = match network {
        Network::None | Network::Passage => String::new(),
        Network::Machine => resolvers
            .lines()
            .filter(|line| line.starts_with("nameserver ") && line.len() < 80)
            .fold(String::new(), |all, line| all + line + "\n"),
    };
    vec![
        Generated::text(
            "/etc/passwd",
            "visitor:x:1000:1000:visitor:/home/visitor:/usr/sbin/nologin\n\
             nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
        ),
        Generated::text("/etc/group", "visitor:x:1000:\nnogroup:x:65534:\n"),
        Generated::text("/etc/hosts", "127.0.0.1 localhost poste\n::1 localhost\n"),
        Generated::text(
            "/etc/nsswitch.conf",
            "passwd: files\ngroup: files\nhosts: files dns\n",
        ),
        Generated::text("/etc/resolv.conf", resolvers),
        // The same on every station and every visit: it identifies nobody.
        Generated::text("/etc/machine-id", "00000000000000000000000000000001\n"),
    ]
}
