//! What Estran needs from the system, and why, in words for the person who is asked.

use crate::Result;
use crate::system::{System, install, is_installed};
use crate::tool::find;

/// Something that must be there.
struct Need {
    /// The Debian package.
    package: &'static str,
    /// A program that serves as well when it is already there.
    program: Option<&'static str>,
    /// Why, for the person who is asked.
    why: &'static str,
}

const fn need(package: &'static str, program: Option<&'static str>, why: &'static str) -> Need {
    Need {
        package,
        program,
        why,
    }
}

const BUILD: &[Need] = &[
    need("gcc", Some("cc"), "links Rust programs"),
    need("libc6-dev", None, "the C library's headers, for linking"),
    need(
        "pkg-config",
        Some("pkg-config"),
        "finds the libraries below",
    ),
    need(
        "libxkbcommon-dev",
        None,
        "keyboards: the guest's French layout",
    ),
    need(
        "libpixman-1-dev",
        None,
        "pixels: puts the guest's windows together",
    ),
];

const VISIT: &[Need] = &[
    need(
        "bubblewrap",
        Some("bwrap"),
        "the sandbox in which the browser lives",
    ),
    need("xkb-data", None, "the keyboard layouts themselves"),
    need(
        "libxkbcommon-x11-0",
        None,
        "reads the keyboard of an X11 desktop",
    ),
    need("libx11-xcb1", None, "opens a window on an X11 desktop"),
    need("libxcursor1", None, "the mouse pointer on an X11 desktop"),
    need("libxi6", None, "touch and mouse on an X11 desktop"),
    need(
        "fonts-dejavu-core",
        None,
        "letters for the pages in the browser",
    ),
    need(
        "speech-dispatcher",
        Some("speech-dispatcher"),
        "reads the screens aloud",
    ),
    need(
        "speech-dispatcher-espeak-ng",
        None,
        "gives it a voice in every language of the station",
    ),
];

const WITHOUT_DISPLAY: &[Need] = &[
    need("xvfb", Some("Xvfb"), "a display that exists only in memory"),
    need(
        "x11-xkb-utils",
        Some("setxkbmap"),
        "gives that display a French keyboard",
    ),
];

const PRINTING: &[Need] = &[
    need(
        "cups-daemon",
        Some("cupsd"),
        "the visit's own print queue: started for a visit, gone with it",
    ),
    need(
        "cups-filters",
        Some("driverless"),
        "asks a network printer what it can do, and prepares pages for it",
    ),
];

const BROWSERS: &[Need] = &[
    need("firefox-esr", None, "a browser for the guest"),
    need(
        "firefox-esr-l10n-fr",
        None,
        "its menus and messages in French",
    ),
    need(
        "chromium",
        None,
        "the second browser: some sites do not work in the first",
    ),
    need("chromium-l10n", None, "its menus and messages in French"),
];

const STATION: &[Need] = &[
    need(
        "slirp4netns",
        Some("slirp4netns"),
        "the station form: a session's own way to the network",
    ),
    need(
        "nftables",
        Some("nft"),
        "the station form: keeps a session away from the local network",
    ),
    need(
        "keyutils",
        Some("keyctl"),
        "the station form: a fresh key ring for each session",
    ),
    need(
        "iproute2",
        Some("ip"),
        "builds a small network around the station for its tests",
    ),
];

const TESTS: &[Need] = &[
    need(
        "prometheus",
        Some("prometheus"),
        "reads what a station tells its monitoring, as a fleet's own would",
    ),
    need(
        "python3-pip",
        Some("pip3"),
        "fetches a telemetry collector that Debian has not: rotel",
    ),
    need(
        "systemd",
        Some("systemd-analyze"),
        "checks the station's units, without running any",
    ),
    need(
        "cups-ipp-utils",
        Some("ippeveprinter"),
        "a virtual printer: what reaches the paper is compared",
    ),
    need(
        "dbus-daemon",
        Some("dbus-run-session"),
        "without it the virtual printer does not start",
    ),
    need(
        "gnome-keyring",
        Some("gnome-keyring-daemon"),
        "keeps the codes of a desk: the real Secret Service for its tests",
    ),
    need(
        "dbus-bin",
        Some("dbus-send"),
        "asks whether that service is there",
    ),
    need(
        "mousepad",
        Some("mousepad"),
        "an editor: a program of the house beside the browsers",
    ),
    need("dosfstools", Some("mkfs.vfat"), "makes a FAT stick"),
    need("exfatprogs", Some("mkfs.exfat"), "makes an exFAT stick"),
    need("e2fsprogs", Some("mkfs.ext4"), "makes a Linux stick"),
    need("cups-client", Some("lp"), "prints as a guest's program may"),
    need(
        "nodejs",
        Some("node"),
        "runs the accessibility checker on the practice site",
    ),
    need(
        "npm",
        Some("npm"),
        "fetches the accessibility checker axe-core",
    ),
    need(
        "poppler-utils",
        Some("pdftotext"),
        "reads the PDF that the practice site makes",
    ),
    need(
        "espeak-ng",
        Some("espeak-ng"),
        "speaks into a file, so that the voice can be tested",
    ),
    need(
        "libinput-dev",
        None,
        "a helper's own keyboard and mouse: the part behind the feature seats",
    ),
    need(
        "libudev-dev",
        None,
        "tells which of the devices are the helper's",
    ),
];

const CONFORMANCE: &[Need] = &[need("wlcs", Some("wlcs"), "the Wayland conformance suite")];

const RESIDUE: &[Need] = &[
    need(
        "bleachbit",
        Some("bleachbit"),
        "a cleaner that others use, to be compared with",
    ),
    need(
        "e2fsprogs",
        Some("mkfs.ext4"),
        "makes the disks that are searched",
    ),
    need(
        "util-linux",
        Some("setpriv"),
        "starts a browser as another user",
    ),
];

const PACKAGES: &[Need] = &[
    need("debhelper", Some("dh"), "builds Debian packages"),
    need(
        "dpkg-dev",
        Some("dpkg-buildpackage"),
        "builds Debian packages",
    ),
    need("make", Some("make"), "reads debian/rules"),
    need("lintian", Some("lintian"), "checks Debian packages"),
    need(
        "mmdebstrap",
        Some("mmdebstrap"),
        "makes a clean Debian in which the packages are tried",
    ),
    need(
        "libinput-dev",
        None,
        "a helper's own keyboard and mouse: the part behind the feature seats",
    ),
    need(
        "libudev-dev",
        None,
        "tells which of the devices are the helper's",
    ),
];

const CROSS: &[Need] = &[
    need(
        "gcc-aarch64-linux-gnu",
        None,
        "links programs for 64-bit ARM",
    ),
    need(
        "libc6-dev-arm64-cross",
        None,
        "the C library's headers for it",
    ),
    need("libxkbcommon-dev:arm64", None, "keyboards, for 64-bit ARM"),
    need("libpixman-1-dev:arm64", None, "pixels, for 64-bit ARM"),
    need(
        "libinput-dev:arm64",
        None,
        "a helper's own devices, for 64-bit ARM",
    ),
    need(
        "libudev-dev:arm64",
        None,
        "which of them are the helper's, for 64-bit ARM",
    ),
    need(
        "qemu-user",
        Some("qemu-aarch64"),
        "starts the programs on this machine, in emulation",
    ),
];

const MACHINE: &[Need] = &[
    need(
        "qemu-system-x86",
        Some("qemu-system-x86_64"),
        "the virtual machine",
    ),
    need("qemu-utils", Some("qemu-img"), "makes its disks"),
    need("e2fsprogs", Some("mke2fs"), "fills its disks"),
    need("dosfstools", Some("mkfs.vfat"), "makes its FAT stick"),
];

/// For what the machine is to be prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A kiosk in a window of this desktop.
    Window,
    /// A kiosk on a display in memory.
    Unattended,
    /// Every test.
    Tests,
    /// The Wayland conformance suite.
    Conformance,
    /// The comparison of what stays behind.
    Residue,
    /// The Debian packages.
    Packages,
    /// The Debian packages, for a processor that is not this machine's.
    Cross,
    /// The station in a virtual machine.
    Machine,
    /// Building alone.
    Build,
}

fn needs(purpose: Purpose) -> Vec<&'static Need> {
    let lists: &[&[Need]] = match purpose {
        Purpose::Window => &[BUILD, VISIT, PRINTING, BROWSERS],
        Purpose::Unattended => &[BUILD, VISIT, PRINTING, BROWSERS, WITHOUT_DISPLAY],
        Purpose::Tests => &[
            BUILD,
            VISIT,
            PRINTING,
            BROWSERS,
            WITHOUT_DISPLAY,
            STATION,
            TESTS,
        ],
        Purpose::Conformance => &[BUILD, CONFORMANCE],
        Purpose::Residue => &[
            BUILD,
            VISIT,
            PRINTING,
            BROWSERS,
            WITHOUT_DISPLAY,
            STATION,
            RESIDUE,
        ],
        Purpose::Packages => &[BUILD, PACKAGES],
        Purpose::Cross => &[BUILD, PACKAGES, CROSS],
        Purpose::Machine => &[BUILD, PACKAGES, MACHINE],
        Purpose::Build => &[BUILD],
    };
    lists.iter().copied().flatten().collect()
}

/// Installs what is missing for this purpose, saying what and why.
///
/// # Errors
/// When something is missing and cannot be installed from here; the message says what to do.
pub fn prepare(purpose: Purpose) -> Result {
    let system = System::here();
    let missing: Vec<_> = needs(purpose)
        .into_iter()
        .filter(|need| !is_there(need, system))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("This is needed and not here yet:");
    for need in &missing {
        println!("  {:<20} {}", need.package, need.why);
    }
    let names: Vec<_> = missing.iter().map(|need| need.package).collect();
    match system {
        System::Debian(_) | System::Ubuntu => install(&names),
        System::Other => Err(format!(
            "this system is not Debian 12, Debian 13 or Ubuntu 24.04: install what is named \
             above by your system's own means ({}), then start again",
            names.join(", ")
        )
        .into()),
    }
}

fn is_there(need: &Need, system: System) -> bool {
    // Ubuntu's own browsers are snaps: a package of that name would only fetch a snap. They are
    // dealt with in `sandbox`.
    if system == System::Ubuntu && BROWSERS.iter().any(|each| each.package == need.package) {
        return true;
    }
    // Elsewhere a package manager that we do not know cannot be asked: trust the programs.
    let asked = match system {
        System::Debian(_) | System::Ubuntu => is_installed(need.package),
        System::Other => need.program.is_none(),
    };
    need.program.is_some_and(|program| find(program).is_some()) || asked
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn tests_need_all_that_a_visit_needs() {
        let names = |purpose| -> Vec<_> {
            needs(purpose)
                .into_iter()
                .map(|need| need.package)
                .collect()
        };
        let tests = names(Purpose::Tests);
        for name in names(Purpose::Unattended) {
            assert!(tests.contains(&name), "{name}");
        }
        assert!(!names(Purpose::Build).contains(&"bubblewrap"));
    }
}
