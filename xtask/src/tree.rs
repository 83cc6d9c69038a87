//! A clean Debian in a folder, made by mmdebstrap, and what packages do in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Result;
use crate::system::is_root;
use crate::tool::{answer, go};

const MIRROR: &str = "http://deb.debian.org/debian";
const SECURITY: &str = "http://deb.debian.org/debian-security";

/// Stands for a browser where none is wanted.
pub const STAND_IN: &str = "estran-stand-in";

/// Makes a tree of a release, with these packages and what they need and nothing more.
///
/// # Errors
/// When mmdebstrap fails.
pub fn make(release: &str, packages: &[&str], tree: &Path) -> Result {
    let mut maker = Command::new("mmdebstrap");
    maker.args(["--mode=root", "--variant=apt", "--components=main"]);
    maker.args(["--aptopt=APT::Install-Recommends \"false\""]);
    if !packages.is_empty() {
        maker.arg(format!("--include={}", packages.join(",")));
    }
    maker.arg(release).arg(tree);
    for source in [
        format!("deb {MIRROR} {release} main"),
        format!("deb {MIRROR} {release}-updates main"),
        format!("deb {SECURITY} {release}-security main"),
    ] {
        maker.arg(source);
    }
    go(&mut maker)
}

/// Runs a command inside a tree, with /proc, and with nothing started by packages.
///
/// # Errors
/// When it does not succeed.
pub fn inside(tree: &Path, words: &[&str]) -> Result {
    go(&mut entered(tree, words))
}

/// What a command inside a tree prints.
///
/// # Errors
/// When it does not succeed.
pub fn told(tree: &Path, words: &[&str]) -> Result<String> {
    let said = answer(&mut entered(tree, words));
    said.ok_or_else(|| format!("in {}: {} failed", tree.display(), words.join(" ")).into())
}

/// In namespaces of its own: what it mounts or starts there ends with it.
fn entered(tree: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--mount", "--pid", "--fork", "--kill-child", "--ipc"]);
    command.args(["--", "sh", "-c"]);
    command.arg(
        "mount -t proc proc \"$0/proc\" && mount --rbind /dev \"$0/dev\" && \
         exec chroot \"$0\" \"$@\"",
    );
    command.arg(tree).args(words);
    command
        .env_clear()
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null());
    command
}

/// Fetches the lists of packages: a tree comes without them, and without names of servers.
///
/// # Errors
/// When apt does not reach its servers.
pub fn lists(tree: &Path) -> Result {
    fs::copy("/etc/resolv.conf", tree.join("etc/resolv.conf"))?;
    inside(tree, &["apt-get", "update", "-qq"])
}

/// Installs packages of ours in a tree.
///
/// # Errors
/// When apt refuses.
pub fn install(tree: &Path, debs: &[PathBuf]) -> Result {
    let place = tree.join("root/debs");
    fs::remove_dir_all(&place).ok();
    fs::create_dir_all(&place)?;
    let mut words = vec!["apt-get".to_owned(), "install".into(), "--yes".into()];
    words.extend(["-qq", "--no-install-recommends", "--allow-downgrades"].map(str::to_owned));
    words.extend(["-o", "Dpkg::Options::=--force-confold"].map(str::to_owned));
    for deb in debs {
        let name = deb.file_name().ok_or("a package has a name")?;
        fs::copy(deb, place.join(name))?;
        words.push(format!("/root/debs/{}", name.display()));
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let installed = inside(tree, &words);
    fs::remove_dir_all(&place)?;
    installed
}

/// Builds a package without content of its own, or with the given files.
///
/// # Errors
/// When dpkg-deb fails.
pub fn stand_in(out: &Path, program: Option<&Path>) -> Result<PathBuf> {
    let folder = out.join(STAND_IN);
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(folder.join("DEBIAN"))?;
    fs::write(
        folder.join("DEBIAN/control"),
        format!(
            "Package: {STAND_IN}\nVersion: 1\nArchitecture: all\nMaintainer: Estran \
             <paquet@estran.example>\nProvides: estran-browser\nDescription: stands for a browser \
             in tests\n"
        ),
    )?;
    if let Some(program) = program {
        let place = folder.join("usr/bin");
        fs::create_dir_all(&place)?;
        fs::copy(program, place.join("firefox-esr"))?;
    }
    // Beside our packages, and not among them.
    let place = out.join("stand-in");
    fs::create_dir_all(&place)?;
    let deb = place.join(format!("{STAND_IN}_1_all.deb"));
    go(Command::new("dpkg-deb")
        .args(["--root-owner-group", "--build"])
        .arg(&folder)
        .arg(&deb))?;
    fs::remove_dir_all(&folder)?;
    Ok(deb)
}

/// Files that must be there after the installation: one of each kind.
const INSTALLED: [&str; 14] = [
    "usr/bin/estran",
    "usr/bin/estranctl",
    "usr/lib/estran/estrand",
    "usr/lib/estran/estran-practice",
    "usr/lib/systemd/system/estran.service",
    "usr/lib/udev/rules.d/72-estran-to-helper.rules",
    "usr/share/man/man1/estranctl.1.gz",
    "usr/share/bash-completion/completions/estranctl",
    "usr/share/initramfs-tools/scripts/init-bottom/estran-root",
    "etc/estran/station.toml",
    "etc/default/grub.d/60-estran.cfg",
    "etc/pam.d/estran",
    "etc/systemd/system/graphical.target.wants/estran.service",
    "var/lib/estran/screen",
];

/// What may stay after a purge, by Debian's policy or because other packages made it.
const MAY_STAY: [&str; 2] = ["/usr/share/estran-", "/etc/passwd"];

/// Installs, upgrades and purges the packages in a clean tree.
///
/// # Errors
/// When a file is missing, an edited file of the house is not kept, or something stays behind.
pub fn try_packages(release: &str, debs: &[PathBuf], out: &Path) -> Result {
    if !is_root() {
        return Err(
            "trying the packages in a clean system needs root: run it as root, or with \
                    --no-install-test"
                .into(),
        );
    }
    let tree = out.join(format!("try-{release}"));
    fs::remove_dir_all(&tree).ok();
    make(release, &[], &tree)?;
    let tried = tried(&tree, debs, out);
    fs::remove_dir_all(&tree)?;
    tried?;
    println!("\n{release}: installed, upgraded with the house's edits kept, and purged.");
    Ok(())
}

fn tried(tree: &Path, debs: &[PathBuf], out: &Path) -> Result {
    lists(tree)?;
    let mut first = debs.to_vec();
    first.push(stand_in(out, None)?);
    install(tree, &first)?;
    for file in INSTALLED {
        if fs::symlink_metadata(tree.join(file)).is_err() {
            return Err(format!("after the installation {file} is not there").into());
        }
    }
    inside(tree, &["estranctl", "config", "check", "/etc/estran"])?;
    let house = tree.join("etc/estran/station.toml");
    let edited = fs::read_to_string(&house)?.replace("France services de l’Estran", "Ma maison");
    fs::write(&house, &edited)?;
    let next = upgraded(debs, out)?;
    install(tree, &next)?;
    if fs::read_to_string(&house)? != edited {
        return Err("the upgrade changed a file that the house had edited".into());
    }
    if !tree.join("var/backups/estran/estran/station.toml").exists() {
        return Err("the upgrade kept no copy of the configuration".into());
    }
    let version = told(tree, &["dpkg-query", "-Wf${Version}", "estran-station"])?;
    if !version.ends_with("+next") {
        return Err(format!("the upgrade left version {version}").into());
    }
    let mut purge = vec!["apt-get", "purge", "--yes", "-qq"];
    purge.extend(crate::deb::PACKAGES);
    inside(tree, &purge)?;
    let left = told(
        tree,
        &[
            "find", "/", "-xdev", "-iname", "*estran*", "-not", "-path", "/proc/*",
        ],
    )?;
    let left: Vec<&str> = left
        .lines()
        .filter(|path| !path.contains(STAND_IN) && !MAY_STAY.iter().any(|p| path.starts_with(p)))
        .collect();
    if left.is_empty() {
        Ok(())
    } else {
        Err(format!("after the purge these are still there: {}", left.join(", ")).into())
    }
}

/// The same packages with a higher version.
fn upgraded(debs: &[PathBuf], out: &Path) -> Result<Vec<PathBuf>> {
    let folder = out.join("next");
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder)?;
    debs.iter()
        .map(|deb| {
            let opened = folder.join("opened");
            fs::remove_dir_all(&opened).ok();
            go(Command::new("dpkg-deb").arg("-R").arg(deb).arg(&opened))?;
            let control = opened.join("DEBIAN/control");
            let text: String = fs::read_to_string(&control)?
                .lines()
                .map(next_version)
                .collect();
            fs::write(&control, text)?;
            let name = deb.file_name().ok_or("a package has a name")?;
            let next = folder.join(name);
            let mut again = Command::new("dpkg-deb");
            go(again
                .args(["--root-owner-group", "--build"])
                .arg(&opened)
                .arg(&next))?;
            fs::remove_dir_all(&opened)?;
            Ok(next)
        })
        .collect()
}

fn next_version(line: &str) -> String {
    if line.starts_with("Version: ") {
        return format!("{line}+next\n");
    }
    // The packages of one build name each other's exact version.
    if line.starts_with("Depends: ") {
        if let Some((before, after)) = line.split_once("estran-custodian (= ") {
            if let Some((version, rest)) = after.split_once(')') {
                return format!("{before}estran-custodian (= {version}+next){rest}\n");
            }
        }
    }
    format!("{line}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_version_depends_on_itself() {
        assert_eq!(next_version("Version: 0.1.0"), "Version: 0.1.0+next\n");
        assert_eq!(
            next_version("Depends: libc6, estran-custodian (= 0.1.0), x"),
            "Depends: libc6, estran-custodian (= 0.1.0+next), x\n"
        );
        assert_eq!(next_version("Package: estran"), "Package: estran\n");
    }
}
