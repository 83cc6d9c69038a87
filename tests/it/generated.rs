//! What is made from the program stands in the repository as the program makes it today.
//! `UPDATE_DOCS=1` writes it anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use estran::staff::generated;

use crate::sources::root;

const BEGIN: &str = "<!-- settings: begin (cargo xtask generate) -->\n";
const END: &str = "<!-- settings: end -->\n";

fn hold(path: &Path, content: &str) -> bool {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    fs::read_to_string(path).is_ok_and(|kept| kept == content)
}

#[test]
fn manual_completions_and_schemas_are_in_step() {
    let files = generated::files().unwrap();
    assert!(files.len() > 20, "{}", files.len());
    let stale: Vec<&str> = files
        .iter()
        .filter(|(path, content)| !hold(&root().join(path), content))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(stale, Vec::<&str>::new(), "run: cargo xtask generate");
    let made: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let left: Vec<String> = fs::read_dir(root().join("docs/man"))
        .unwrap()
        .flatten()
        .map(|entry| format!("docs/man/{}", entry.file_name().to_string_lossy()))
        .filter(|path| !made.contains(path.as_str()))
        .collect();
    assert_eq!(
        left,
        Vec::<String>::new(),
        "pages of commands that are gone"
    );
}

#[test]
fn the_guide_holds_every_setting() {
    let path = root().join("docs/configuration.md");
    let guide = fs::read_to_string(&path).unwrap();
    let (before, rest) = guide.split_once(BEGIN).expect("the mark of the beginning");
    let (_, after) = rest.split_once(END).expect("the mark of the end");
    let whole = format!("{before}{BEGIN}\n{}\n{END}{after}", generated::settings());
    assert!(hold(&path, &whole), "run: cargo xtask generate");
    assert!(whole.contains("`timers.pause_minutes`") && whole.contains("`demarche[].start`"));
}

#[test]
fn the_manual_names_every_exit_code() {
    let page = fs::read_to_string(root().join("docs/man/estranctl.1")).unwrap();
    for code in ["0\nDone", "1\nMistakes", "2\nIt could not"] {
        assert!(page.contains(code), "{code}");
    }
    assert!(
        !page.contains("black-box"),
        "the probe is no command of a station"
    );
}
