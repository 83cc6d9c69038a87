//! Can a guest live here? The sandbox and the browsers, tried before they are needed.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Result;
use crate::system::{System, install, is_root, privileged};
use crate::tool::{find, go, works};

/// A browser that can live in the sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Firefox, ESR or not.
    Firefox,
    /// Chromium.
    Chromium,
}

impl Browser {
    /// As `estran --browser` calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Firefox => "firefox",
            Self::Chromium => "chromium",
        }
    }

    const fn programs(self) -> &'static [&'static str] {
        match self {
            Self::Firefox => &["/usr/bin/firefox-esr", "/usr/bin/firefox"],
            Self::Chromium => &["/usr/bin/chromium"],
        }
    }
}

/// The browsers that are installed as real programs, Firefox first.
pub fn browsers() -> Vec<Browser> {
    let real = |browser: &Browser| {
        browser
            .programs()
            .iter()
            .any(|path| is_real(Path::new(path)))
    };
    let all = [Browser::Firefox, Browser::Chromium];
    all.into_iter().filter(real).collect()
}

/// A snap's program is a link to the snap starter, or a script that calls it.
fn is_real(program: &Path) -> bool {
    let Ok(target) = fs::canonicalize(program) else {
        return false;
    };
    if target.ends_with("usr/bin/snap") {
        return false;
    }
    let start = fs::read(&target).unwrap_or_default();
    let start = &start[..start.len().min(4096)];
    !start.starts_with(b"#!") || !String::from_utf8_lossy(start).contains("/snap/bin")
}

/// Makes sure that there is a browser and a working sandbox, and returns the browsers.
///
/// # Errors
/// When there is no browser or the sandbox does not work; the message says what to do.
pub fn check() -> Result<Vec<Browser>> {
    if browsers().is_empty() && System::here() == System::Ubuntu {
        mozilla()?;
    }
    let found = browsers();
    if found.is_empty() {
        return Err(
            "no browser that can live in the sandbox: install firefox-esr or chromium \
                    as a package (a snap or a flatpak cannot be used)"
                .into(),
        );
    }
    if !found.contains(&Browser::Chromium) {
        println!("Note: no Chromium here that is not a snap; only Firefox is used.");
    }
    sandbox_works()?;
    Ok(found)
}

fn sandbox_works() -> Result {
    // The browsers make namespaces of their own inside ours: try both floors.
    let floor = ["--unshare-user", "--unshare-pid", "--ro-bind", "/", "/"];
    let mut bwrap = Command::new("bwrap");
    bwrap.args(floor).args(["--dev", "/dev", "--proc", "/proc"]);
    bwrap.args(["unshare", "--user", "true"]);
    if works(&mut bwrap) {
        return Ok(());
    }
    let restricted = fs::read_to_string("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
        .is_ok_and(|value| value.trim() == "1");
    if restricted && !is_root() {
        return Err(APPARMOR.into());
    }
    let mut again = Command::new("bwrap");
    again.args(floor).args(["--dev", "/dev", "--proc", "/proc"]);
    again.args(["unshare", "--user", "true"]);
    let said = again.stdin(Stdio::null()).output()?.stderr;
    Err(format!(
        "the sandbox does not work here: {}\nUser namespaces must be allowed \
         (sysctl kernel.unprivileged_userns_clone=1, user.max_user_namespaces above 0; a \
         container must allow them too).",
        String::from_utf8_lossy(&said).trim()
    )
    .into())
}

const APPARMOR: &str = r"the sandbox may not make user namespaces on this system.

Ubuntu 24.04 allows them only to programs that have an AppArmor profile saying so. Estran's
sandbox is bubblewrap; give it this profile once, as administrator:

    sudo tee /etc/apparmor.d/bwrap >/dev/null <<'END'
    abi <abi/4.0>,
    include <tunables/global>
    profile bwrap /usr/bin/bwrap flags=(unconfined) {
      userns,
      include if exists <local/bwrap>
    }
    END
    sudo apparmor_parser --replace /etc/apparmor.d/bwrap

Then start again. Every program that uses bubblewrap gains that right, which is how Debian has
it; the sandbox itself is not weakened by it.";

const KEY: &str = "https://packages.mozilla.org/apt/repo-signing-key.gpg";
const KEY_FILE: &str = "/etc/apt/keyrings/packages.mozilla.org.asc";
/// As Mozilla publishes it with its installation steps.
const FINGERPRINT: &str = "35BAA0B33E9EB396F59CA838C0BA5CE6DC6315A3";
const SOURCE: &str = "Types: deb\nURIs: https://packages.mozilla.org/apt\nSuites: mozilla\n\
                      Components: main\nSigned-By: /etc/apt/keyrings/packages.mozilla.org.asc\n";

/// Firefox ESR as a Debian package from Mozilla's own archive: Ubuntu has only a snap.
fn mozilla() -> Result {
    println!(
        "Ubuntu's Firefox and Chromium are snaps; a snap cannot live in a sandbox of ours.\n\
         Firefox ESR will be installed from Mozilla's own package archive, \
         packages.mozilla.org: its key and its address are added to apt."
    );
    if find("wget").is_none() || find("gpg").is_none() {
        install(&["wget", "gpg", "ca-certificates"])?;
    }
    let folder = std::env::temp_dir().join(format!("estran-mozilla-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let (key, source) = (folder.join("key"), folder.join("mozilla.sources"));
    go(Command::new("wget")
        .arg("--quiet")
        .arg("-O")
        .arg(&key)
        .arg(KEY))?;
    let mut show = Command::new("gpg");
    show.args(["--show-keys", "--with-colons"]).arg(&key);
    let shown = crate::tool::answer(&mut show).unwrap_or_default();
    if !shown.contains(FINGERPRINT) {
        return Err(
            "the key of packages.mozilla.org is not the one that Mozilla publishes: \
                    nothing was installed"
                .into(),
        );
    }
    fs::write(&source, SOURCE)?;
    go(privileged("install")?
        .args(["-D", "-m", "0644"])
        .arg(&key)
        .arg(KEY_FILE))?;
    let list = "/etc/apt/sources.list.d/mozilla.sources";
    go(privileged("install")?
        .args(["-D", "-m", "0644"])
        .arg(&source)
        .arg(list))?;
    fs::remove_dir_all(&folder)?;
    install(&["firefox-esr", "firefox-esr-l10n-fr"])
}
