//! What is made from the program itself and kept beside it: manual pages, completions, schemas, the
//! table of settings. A test holds them in step; `cargo xtask generate` writes them anew.
#![forbid(unsafe_code)]

use clap::{Command, CommandFactory as _};
use clap_complete::Shell;

use super::{Arguments, answers};
use crate::config::{self, FILES};
use crate::wording::{Lang, Wording};

/// A file, by its path in the repository, and its whole text.
pub type File = (String, String);

/// Every file that is made whole.
///
/// # Errors
/// When a page cannot be laid out.
pub fn files() -> std::io::Result<Vec<File>> {
    let mut command = shipped();
    command.build();
    let mut all = Vec::new();
    pages(&mut all, &command, "estranctl")?;
    for (shell, name) in [
        (Shell::Bash, "estranctl.bash"),
        (Shell::Zsh, "_estranctl"),
        (Shell::Fish, "estranctl.fish"),
    ] {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut shipped(), "estranctl", &mut script);
        all.push((format!("completions/{name}"), text(script)));
    }
    let words = Wording::embedded();
    for file in FILES {
        let schema = config::schema(file, &words, Lang::Fr);
        let path = format!("kiosk-config/schema/{}.schema.json", file.stem());
        all.push((path, format!("{schema:#}\n")));
    }
    let printed = "docs/schema/estranctl.schema.json".to_owned();
    all.push((printed, format!("{:#}\n", answers::schema())));
    Ok(all)
}

/// The table of settings, for `docs/configuration.md`.
#[must_use]
pub fn settings() -> String {
    config::table(&Wording::embedded(), Lang::Fr)
}

/// The command line as it is shipped: without the probe of developer builds.
fn shipped() -> Command {
    let whole = Arguments::command();
    let kept: Vec<Command> = whole
        .get_subcommands()
        .filter(|one| one.get_name() != "ui" && !one.is_hide_set())
        .cloned()
        .collect();
    let mut command = Command::new("estranctl")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true);
    if let Some(about) = whole.get_about() {
        command = command.about(about.clone());
    }
    command
        .args(whole.get_arguments().cloned())
        .subcommands(kept)
}

/// One page for each command that does something.
fn pages(all: &mut Vec<File>, command: &Command, name: &str) -> std::io::Result<()> {
    if command.get_name() == "help" {
        return Ok(());
    }
    // Kept for the rest of a program that only writes pages.
    let title: &'static str = name.to_owned().leak();
    let titled = command.clone().name(title).display_name(name.to_owned());
    let mut page = Vec::new();
    clap_mangen::Man::new(titled)
        .date("")
        .manual("Estran")
        .render(&mut page)?;
    let mut page = text(page);
    if name == "estranctl" {
        page.push_str(EXIT_STATUS);
    }
    all.push((format!("docs/man/{name}.1"), page));
    for inner in command.get_subcommands() {
        pages(all, inner, &format!("{name}-{}", inner.get_name()))?;
    }
    Ok(())
}

/// In roff. The same numbers are [`super::Outcome`]'s.
const EXIT_STATUS: &str = ".SH \"EXIT STATUS\"\n.TP\n0\nDone, valid, nothing that needs a hand.\n\
                           .TP\n1\nMistakes or findings, shown; or not possible in the station's \
                           present state.\n.TP\n2\nIt could not be done: the station does not \
                           answer, a file cannot be read, the command line is wrong.\n";

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}
