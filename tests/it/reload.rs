//! Edits of a house's files, as editors, deployment tools and people make them.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use estran::config::{Edit, watch};

const STATION: &str = include_str!("../../kiosk-config/station.toml");
const DEMARCHES: &str = include_str!("../../kiosk-config/demarches.toml");

/// Generous: the machine may be busy.
const SOON: Duration = Duration::from_secs(30);

/// Long after an edit is told when nothing stands in its way.
const QUIET: Duration = Duration::from_millis(1500);

fn named(name: &str) -> String {
    STATION.replacen("France services de l’Estran", name, 1)
}

fn fill(dir: &Path, name: &str) {
    fs::create_dir_all(dir).unwrap();
    fs::write(dir.join("station.toml"), named(name)).unwrap();
    fs::write(dir.join("demarches.toml"), DEMARCHES).unwrap();
}

struct House {
    _top: tempfile::TempDir,
    dir: PathBuf,
    edits: Receiver<Edit>,
}

/// A house whose folder `lay` has made, under watch.
fn house(lay: impl FnOnce(&Path) -> PathBuf) -> House {
    let top = tempfile::tempdir().unwrap();
    let dir = lay(top.path());
    let (sender, edits) = channel();
    watch(&dir, move |edit| drop(sender.send(edit))).unwrap();
    House {
        _top: top,
        dir,
        edits,
    }
}

fn plain() -> House {
    house(|top| {
        let dir = top.join("estran");
        fill(&dir, "First");
        dir
    })
}

impl House {
    /// The name of the place in the next edit that can be used.
    fn name(&self) -> String {
        match self.edits.recv_timeout(SOON).expect("an edit is told") {
            Edit::Good(config) => config.place.name.clone(),
            Edit::Broken(error) => panic!("{error}: {:?}", error.findings),
        }
    }

    fn broken(&self) -> String {
        match self.edits.recv_timeout(SOON).expect("an edit is told") {
            Edit::Good(_) => panic!("it should not be usable"),
            Edit::Broken(error) => error.findings[0].place(),
        }
    }

    fn nothing(&self) {
        assert!(self.edits.recv_timeout(QUIET).is_err(), "nothing is told");
    }

    fn station(&self) -> PathBuf {
        self.dir.join("station.toml")
    }
}

#[test]
fn an_edit_in_place_is_told_once() {
    let house = plain();
    fs::write(house.station(), named("Second")).unwrap();
    assert_eq!(house.name(), "Second");
    fs::write(house.station(), named("Second")).unwrap();
    house.nothing();
}

#[test]
fn an_editor_that_renames_is_followed_again_and_again() {
    let house = plain();
    for name in ["Second", "Third", "Fourth"] {
        let beside = house.dir.join(".station.toml.swp");
        fs::write(&beside, named(name)).unwrap();
        fs::rename(&beside, house.station()).unwrap();
        assert_eq!(house.name(), name);
    }
}

#[test]
fn an_editor_that_moves_the_old_file_away_is_followed() {
    let house = plain();
    fs::rename(house.station(), house.dir.join("station.toml~")).unwrap();
    fs::write(house.station(), named("Second")).unwrap();
    assert_eq!(house.name(), "Second");
}

#[test]
fn a_swapped_link_inside_the_folder_is_followed() {
    let house = house(|top| {
        let dir = top.join("estran");
        fill(&dir.join("..one"), "First");
        symlink("..one", dir.join("..data")).unwrap();
        for file in ["station.toml", "demarches.toml"] {
            symlink(Path::new("..data").join(file), dir.join(file)).unwrap();
        }
        dir
    });
    for (folder, name) in [("..two", "Second"), ("..three", "Third")] {
        fill(&house.dir.join(folder), name);
        let next = house.dir.join("..data_tmp");
        symlink(folder, &next).unwrap();
        fs::rename(&next, house.dir.join("..data")).unwrap();
        assert_eq!(house.name(), name);
    }
    // The folder that is linked to now is followed too.
    fs::write(house.dir.join("..three/station.toml"), named("Fourth")).unwrap();
    assert_eq!(house.name(), "Fourth");
}

#[test]
fn a_folder_that_is_itself_a_link_is_followed() {
    let house = house(|top| {
        fill(&top.join("one"), "First");
        symlink("one", top.join("estran")).unwrap();
        top.join("estran")
    });
    let top = house.dir.parent().unwrap();
    fill(&top.join("two"), "Second");
    symlink("two", top.join("next")).unwrap();
    fs::rename(top.join("next"), &house.dir).unwrap();
    assert_eq!(house.name(), "Second");
}

#[test]
fn a_half_written_file_is_waited_for() {
    let house = plain();
    let text = named("Second");
    // What stands before the last table is a valid file of its own: only its writer knows better.
    let cut = text.find("[session]").unwrap();
    let mut file = fs::File::create(house.station()).unwrap();
    file.write_all(&text.as_bytes()[..cut]).unwrap();
    house.nothing();
    file.write_all(&text.as_bytes()[cut..]).unwrap();
    drop(file);
    assert_eq!(house.name(), "Second");
    house.nothing();
}

#[test]
fn a_mistake_is_told_with_its_place_and_mended() {
    let house = plain();
    fs::write(
        house.station(),
        named("Second").replacen("pause_minutes = 5", "pause_minutes = 900", 1),
    )
    .unwrap();
    assert!(
        house.broken().contains("station.toml:"),
        "with line and column"
    );
    fs::remove_file(house.dir.join("demarches.toml")).unwrap();
    assert!(house.broken().contains("demarches.toml"));
    fill(&house.dir, "Third");
    // The two files may be seen one after the other.
    let last =
        std::iter::from_fn(|| house.edits.recv_timeout(SOON).ok()).find_map(|edit| match edit {
            Edit::Good(config) => Some(config.place.name.clone()),
            Edit::Broken(_) => None,
        });
    assert_eq!(last.as_deref(), Some("Third"));
}

#[test]
fn a_sentence_and_a_colour_of_the_house_are_followed() {
    let house = plain();
    let french = house.dir.join("wording/fr");
    fs::create_dir_all(&french).unwrap();
    fs::write(french.join("house.ftl"), "welcome-title = Coucou.\n").unwrap();
    let title = |edit: Edit| match edit {
        Edit::Good(config) => config
            .wording
            .text(estran::wording::Lang::Fr, "welcome-title"),
        Edit::Broken(error) => panic!("{error}"),
    };
    assert_eq!(title(house.edits.recv_timeout(SOON).unwrap()), "Coucou.");
    fs::write(french.join("house.ftl"), "welcome-title = Salut.\n").unwrap();
    assert_eq!(title(house.edits.recv_timeout(SOON).unwrap()), "Salut.");
    fs::write(
        house.dir.join("theme.toml"),
        "[colours]\nend = \"#800000\"\n",
    )
    .unwrap();
    match house.edits.recv_timeout(SOON).unwrap() {
        Edit::Good(config) => assert_eq!(config.theme.end, [0x80, 0, 0]),
        Edit::Broken(error) => panic!("{error}"),
    }
}
