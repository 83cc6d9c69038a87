//! Which system this is, and how to install something on it.

use std::fs;
use std::process::Command;

use crate::Result;
use crate::tool::{answer, find, go};

/// The systems that these tools know how to prepare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Debian, by its number: 12 or 13.
    Debian(u16),
    /// Ubuntu 24.04: its browsers are snaps, which cannot live in a private sandbox.
    Ubuntu,
    /// Anything else: nothing is installed there, only listed.
    Other,
}

impl System {
    /// This machine's.
    pub fn here() -> Self {
        Self::read(&fs::read_to_string("/etc/os-release").unwrap_or_default())
    }

    fn read(os_release: &str) -> Self {
        let field = |name: &str| {
            let line = os_release.lines().find_map(|line| line.strip_prefix(name));
            line.map(|value| value.trim_matches('"'))
                .unwrap_or_default()
        };
        match (field("ID="), field("VERSION_ID=")) {
            ("debian", version) => match version.parse() {
                Ok(number @ (12 | 13)) => Self::Debian(number),
                _ => Self::Other,
            },
            ("ubuntu", "24.04") => Self::Ubuntu,
            _ => Self::Other,
        }
    }
}

/// Are we root?
pub fn is_root() -> bool {
    answer(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

/// A command with the right to change the system: as it is for root, through sudo otherwise,
/// which asks for the password by itself.
///
/// # Errors
/// When we are not root and there is no sudo.
pub fn privileged(program: &str) -> Result<Command> {
    if is_root() {
        return Ok(Command::new(program));
    }
    if find("sudo").is_none() {
        return Err(format!(
            "`{program}` needs the administrator's rights, and there is no sudo here: \
             run it as root, then start again"
        )
        .into());
    }
    let mut command = Command::new("sudo");
    command.arg(program);
    Ok(command)
}

/// Is this Debian package installed?
pub fn is_installed(package: &str) -> bool {
    let mut query = Command::new("dpkg-query");
    // One line for each architecture that it is there for.
    query.args(["--show", "--showformat", "${db:Status-Status}\n", package]);
    answer(&mut query).is_some_and(|all| all.lines().any(|status| status == "installed"))
}

/// Installs Debian packages with apt.
///
/// # Errors
/// When apt refuses, or we may not ask it.
pub fn install(packages: &[&str]) -> Result {
    let apt = |arguments: &[&str]| -> Result {
        let mut command = privileged("env")?;
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        go(command.args(arguments))
    };
    // A fresh machine has no or old package lists; without them the names mean nothing.
    apt(&["update", "--quiet"])?;
    let mut arguments = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_systems() {
        let debian =
            "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n";
        assert_eq!(System::read(debian), System::Debian(12));
        assert_eq!(
            System::read("ID=debian\nVERSION_ID=\"11\"\n"),
            System::Other
        );
        let ubuntu = "NAME=\"Ubuntu\"\nVERSION_ID=\"24.04\"\nID=ubuntu\nID_LIKE=debian\n";
        assert_eq!(System::read(ubuntu), System::Ubuntu);
        assert_eq!(System::read(""), System::Other);
    }
}
