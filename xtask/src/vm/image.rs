//! The machine's disks: a Debian with our packages installed by apt, and a disk for what it keeps.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::tool::{go, root};
use crate::tree;

/// What the packages need, and what the scenarios look with.
const INCLUDED: &str = "linux-image-amd64,systemd-sysv,udev,dbus,libpam-systemd,initramfs-tools,zstd,\
    kmod,e2fsprogs,iproute2,ca-certificates,cage,foot,bubblewrap,slirp4netns,nftables,keyutils,\
    cups-daemon,cups-filters,cups-ipp-utils,fonts-dejavu-core,xkb-data,polkitd,apparmor,\
    unattended-upgrades,systemd-timesyncd,libinput-tools,procps";

/// What a visit opens in the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Guest {
    /// A terminal that stands for a browser: software emulation is too slow for one.
    Light,
    /// Debian's own.
    Firefox,
    /// Debian's own.
    Chromium,
}

impl Guest {
    /// Its first process.
    pub const fn program(self) -> &'static str {
        match self {
            Self::Light => "foot",
            Self::Firefox => "firefox-esr",
            Self::Chromium => "chromium",
        }
    }

    /// The folder of its disks and runs.
    pub fn folder(self, out: &Path) -> PathBuf {
        match self {
            Self::Light => out.to_owned(),
            Self::Firefox | Self::Chromium => out.join(self.program()),
        }
    }
}

/// Debian's browsers, as the station recommends them.
const BROWSERS: [&str; 4] = [
    "firefox-esr",
    "firefox-esr-l10n-fr",
    "chromium",
    "chromium-l10n",
];

/// The staff's code, set as docs/installation.md tells it for a fleet.
const CODE: &str = "printf '482917\\n482917\\n' | runuser -u estran -- estranctl secrets code \
    staff-code --secrets folder:/var/lib/estran/screen/secrets";

/// The house's printer, which a scenario switches on.
const PRINTER: &str = "printf '\\n[printer]\\nuri = \"ipp://localhost:8631/ipp/print\"\\n' \
    >>/etc/estran/station.toml && estranctl config check /etc/estran";

/// The other browser first.
const CHROMIUM_FIRST: &str = "sed -i 's/^first = \"firefox\"/first = \"chromium\"/; \
    s/^second = \"chromium\"/second = \"firefox\"/' /etc/estran/station.toml && \
    grep -q '^first = \"chromium\"' /etc/estran/station.toml && estranctl config check /etc/estran";

/// The disks and what the machine is started with.
#[derive(Clone, Debug)]
pub struct Image {
    /// The root, never written to.
    pub root: PathBuf,
    /// `/var/lib/estran`.
    pub state: PathBuf,
    /// The kernel.
    pub kernel: PathBuf,
    /// Its first file system.
    pub initrd: PathBuf,
}

impl Image {
    /// Makes what is not there yet: the base trees are kept, the rest is made anew for these packages.
    ///
    /// # Errors
    /// When a tool fails.
    pub fn make(out: &Path, debs: &[PathBuf], guest: Guest) -> Result<Self> {
        let folder = &guest.folder(out);
        fs::create_dir_all(folder)?;
        let base = base(out, guest)?;
        let image = Self {
            root: folder.join("root.raw"),
            state: folder.join("state.raw"),
            kernel: folder.join("vmlinuz"),
            initrd: folder.join("initrd.img"),
        };
        let fresh = image.root.exists() && debs.iter().all(|deb| newer(&image.root, deb));
        if !fresh {
            image.fill(folder, &base, debs, guest)?;
        }
        Ok(image)
    }

    fn fill(&self, folder: &Path, base: &Path, debs: &[PathBuf], guest: Guest) -> Result {
        let system = folder.join("tree");
        fs::remove_dir_all(&system).ok();
        go(Command::new("cp").arg("-a").arg(base).arg(&system))?;
        let mut all = debs.to_vec();
        if guest == Guest::Light {
            let browser = root().join("packaging/vm/browser");
            all.push(tree::stand_in(folder, Some(&browser))?);
        }
        settle(&system)?;
        tree::lists(&system)?;
        tree::install(&system, &all)?;
        tree::inside(&system, &["sh", "-c", CODE])?;
        tree::inside(&system, &["sh", "-c", PRINTER])?;
        if guest == Guest::Chromium {
            tree::inside(&system, &["sh", "-c", CHROMIUM_FIRST])?;
        }
        self.take_kernel(&system)?;
        // What a station keeps is a partition of its own, from the first start on.
        let kept = folder.join("state");
        fs::remove_dir_all(&kept).ok();
        fs::rename(system.join("var/lib/estran"), &kept)?;
        fs::create_dir(system.join("var/lib/estran"))?;
        disk(&self.state, "64M", "estran-state", &kept)?;
        let size = if guest == Guest::Light {
            "2500M"
        } else {
            "4500M"
        };
        disk(&self.root, size, "estran-root", &system)?;
        fs::remove_dir_all(&kept)?;
        fs::remove_dir_all(&system)?;
        Ok(())
    }

    fn take_kernel(&self, system: &Path) -> Result {
        for entry in fs::read_dir(system.join("boot"))?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with("vmlinuz-") {
                fs::copy(entry.path(), &self.kernel)?;
            } else if name.starts_with("initrd.img-") {
                fs::copy(entry.path(), &self.initrd)?;
            }
        }
        Ok(())
    }
}

/// A Debian without our packages.
fn base(out: &Path, guest: Guest) -> Result<PathBuf> {
    let light = out.join("base");
    if !light.join("boot").exists() {
        tree::make("trixie", &INCLUDED.split(',').collect::<Vec<_>>(), &light)?;
    }
    if guest == Guest::Light {
        return Ok(light);
    }
    let heavy = out.join("base-browsers");
    if !heavy.join("boot").exists() {
        let making = out.join("base-making");
        fs::remove_dir_all(&making).ok();
        go(Command::new("cp").arg("-a").arg(light).arg(&making))?;
        tree::lists(&making)?;
        let mut words = vec![
            "apt-get",
            "install",
            "--yes",
            "-qq",
            "--no-install-recommends",
        ];
        words.extend(BROWSERS);
        tree::inside(&making, &words)?;
        fs::rename(making, &heavy)?;
    }
    Ok(heavy)
}

/// What an administrator would do: disks, name; and the host's hand.
fn settle(system: &Path) -> Result {
    fs::write(
        system.join("etc/fstab"),
        "LABEL=estran-root / ext4 errors=remount-ro 0 1\n\
         LABEL=estran-state /var/lib/estran ext4 nosuid,nodev,noexec 0 2\n",
    )?;
    fs::write(system.join("etc/hostname"), "poste\n")?;
    let initramfs = system.join("etc/initramfs-tools");
    // Only what this machine has: the smaller it is, the sooner it is unpacked.
    fs::write(
        initramfs.join("conf.d/estran-vm"),
        "MODULES=list\nCOMPRESS=zstd\n",
    )?;
    fs::write(
        initramfs.join("modules"),
        "virtio_pci\nvirtio_blk\next4\noverlay\nvirtio_console\n",
    )?;
    let hand = system.join("usr/local/lib/estran-vm-agent");
    fs::copy(root().join("packaging/vm/agent"), &hand)?;
    fs::set_permissions(&hand, fs::Permissions::from_mode(0o755))?;
    let units = system.join("etc/systemd/system");
    let unit = "estran-vm-agent.service";
    fs::copy(root().join("packaging/vm").join(unit), units.join(unit))?;
    fs::create_dir_all(units.join("multi-user.target.wants"))?;
    link(
        &format!("../{unit}"),
        &units.join("multi-user.target.wants").join(unit),
    )?;
    for idle in [
        "serial-getty@ttyS0.service",
        "systemd-networkd-wait-online.service",
    ] {
        link("/dev/null", &units.join(idle))?;
    }
    let screen = units.join("estran.service.d");
    fs::create_dir_all(&screen)?;
    // No graphics card is there to be found.
    fs::write(
        screen.join("vm.conf"),
        "[Service]\nEnvironment=WLR_RENDERER=pixman\n",
    )?;
    Ok(())
}

fn link(to: &str, from: &Path) -> Result {
    fs::remove_file(from).ok();
    Ok(symlink(to, from)?)
}

fn disk(file: &Path, size: &str, label: &str, content: &Path) -> Result {
    fs::remove_file(file).ok();
    let mut maker = Command::new("/usr/sbin/mke2fs");
    maker.args(["-q", "-t", "ext4", "-L", label, "-d"]);
    go(maker.arg(content).arg(file).arg(size))
}

fn newer(file: &Path, than: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|about| about.modified()).ok();
    time(file) > time(than)
}
