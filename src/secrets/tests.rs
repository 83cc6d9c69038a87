//! Every store keeps the same promises.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::disallowed_methods, reason = "a test lays its own traps")]

use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::sync::Arc;
use std::time::Duration;

use super::given::Given;
use super::keyring::control;
use super::{Code, Door, Keyring, Name, Place, Session, Store, StoreError, Tried};

fn code(text: &str) -> Code {
    let mut code = Code::default();
    text.bytes().for_each(|byte| code.push(byte));
    code
}

fn keeps_what_it_is_given(store: &dyn Store) {
    for name in Name::ALL {
        assert_eq!(store.get(name).unwrap(), None, "{name:?}");
        store.delete(name).unwrap();
        store.set(name, b"first").unwrap();
        store.set(name, name.word().as_bytes()).unwrap();
    }
    for name in Name::ALL {
        let kept = store.get(name).unwrap().unwrap();
        assert_eq!(kept.as_slice(), name.word().as_bytes());
        store.delete(name).unwrap();
        assert_eq!(store.get(name).unwrap(), None);
    }
}

#[test]
fn memory_keeps_and_deletes() {
    keeps_what_it_is_given(&Keyring::memory());
}

#[test]
fn a_folder_keeps_and_deletes_and_is_closed_to_others() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("secrets");
    let store = Keyring::folder(&folder);
    keeps_what_it_is_given(&store);
    store.set(Name::ReceiptKey, &[7; 32]).unwrap();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("receipt-key")), 0o600);
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().flatten().collect();
    assert_eq!(left.len(), 1, "nothing half-written stays: {left:?}");
    let again = Keyring::folder(&folder);
    let kept = again.get(Name::ReceiptKey).unwrap().unwrap();
    assert_eq!(kept.as_slice(), [7; 32]);
}

#[test]
fn a_folder_that_others_can_read_is_refused() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("secrets");
    let store = Keyring::folder(&folder);
    store.set(Name::StaffCode, b"kept").unwrap();
    let open = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    open(&folder, 0o755);
    let error = store.get(Name::StaffCode).unwrap_err().to_string();
    assert!(error.contains("others can read it"), "{error}");
    assert!(!error.contains("kept"));
    open(&folder, 0o700);
    open(&folder.join("staff-code"), 0o644);
    assert!(store.get(Name::StaffCode).is_err());
    open(&folder.join("staff-code"), 0o600);
    assert!(
        store.get(Name::StaffCode).unwrap().is_some(),
        "the allowed side"
    );
}

#[test]
fn links_and_monsters_in_a_folder_are_refused() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("secrets");
    let store = Keyring::folder(&folder);
    store.set(Name::StaffCode, b"kept").unwrap();
    let elsewhere = parent.path().join("elsewhere");
    std::fs::write(&elsewhere, "planted").unwrap();
    std::fs::set_permissions(&elsewhere, std::fs::Permissions::from_mode(0o600)).unwrap();
    symlink(&elsewhere, folder.join("helper-code")).unwrap();
    assert!(store.get(Name::HelperCode).is_err(), "never followed");
    store.set(Name::HelperCode, b"own").unwrap();
    assert_eq!(std::fs::read(&elsewhere).unwrap(), b"planted");
    assert!(store.set(Name::ReceiptKey, &vec![1; 1 << 20]).is_err());
    assert_eq!(store.get(Name::ReceiptKey).unwrap(), None);
    let link = parent.path().join("link");
    symlink(&folder, &link).unwrap();
    assert!(Keyring::folder(&link).get(Name::StaffCode).is_err());
}

#[test]
fn what_the_service_manager_hands_in_counts_first_and_is_not_changed() {
    let (handed, kept) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folder = Arc::new(Keyring::folder(&kept.path().join("secrets")));
    folder.set(Name::ReceiptKey, b"kept").unwrap();
    let store = Given::at(handed.path(), folder.clone());
    let key = || {
        store
            .get(Name::ReceiptKey)
            .map(|found| found.map(|secret| secret.to_vec()))
    };
    assert_eq!(key().unwrap().unwrap(), b"kept", "nothing is handed in");
    let file = handed.path().join("estran.receipt-key");
    std::fs::write(&file, b"handed").unwrap();
    let mode = |mode| {
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&file, mode).unwrap();
    };
    for closed in [0o400, 0o600, 0o440] {
        mode(closed);
        assert_eq!(key().unwrap().unwrap(), b"handed", "{closed:o}");
    }
    for refused in [
        store.set(Name::ReceiptKey, b"new"),
        store.delete(Name::ReceiptKey),
    ] {
        let said = refused.unwrap_err().to_string();
        assert!(said.contains("the service manager hands it in"), "{said}");
    }
    assert_eq!(
        folder.get(Name::ReceiptKey).unwrap().unwrap().as_slice(),
        b"kept"
    );
    store.set(Name::StaffCode, b"ours").unwrap();
    let code = folder.get(Name::StaffCode).unwrap().unwrap();
    assert_eq!(
        code.as_slice(),
        b"ours",
        "what is not handed in is the store's"
    );
    // One that others can read or change, or that is no file, is not believed, and not passed over.
    for open in [0o404, 0o420, 0o444, 0o666] {
        mode(open);
        let said = key().unwrap_err().to_string();
        assert!(said.contains("others can read or change it"), "{said}");
    }
    std::fs::remove_file(&file).unwrap();
    symlink("/etc/hostname", &file).unwrap();
    assert!(key().is_err(), "never followed");
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    assert!(key().is_err());
    assert!(store.set(Name::ReceiptKey, b"new").is_err());
}

/// The stores are those of the keyring ecosystem, not only of its shape: whoever speaks keyring-core
/// finds what the station keeps, and the station finds what they keep.
#[test]
fn another_program_of_the_keyring_ecosystem_finds_the_same_secret() {
    as_another_user(54_403, || {
        let station = Keyring::keyutils().unwrap();
        let theirs = linux_keyutils_keyring_store::Store::new().unwrap();
        let entry = || {
            let store: Arc<keyring_core::CredentialStore> = theirs.clone();
            keyring_core::Entry::new_in_store(&store, "estran", "helper-code").unwrap()
        };
        let absent = entry().get_secret();
        assert!(
            matches!(absent, Err(keyring_core::Error::NoEntry)),
            "{absent:?}"
        );
        station.set(Name::HelperCode, b"of the station").unwrap();
        assert_eq!(entry().get_secret().unwrap(), b"of the station");
        entry().set_secret(b"of another").unwrap();
        let found = station.get(Name::HelperCode).unwrap().unwrap();
        assert_eq!(found.as_slice(), b"of another");
        station.delete(Name::HelperCode).unwrap();
        assert!(matches!(
            entry().get_secret(),
            Err(keyring_core::Error::NoEntry)
        ));
    });
}

#[test]
fn a_door_opens_to_its_code_and_waits_after_wrong_ones() {
    let store: Arc<dyn Store> = Arc::new(Keyring::memory());
    let mut door = Door::new(Arc::clone(&store), Name::StaffCode);
    let now = Duration::from_secs(1000);
    assert!(!door.is_set().unwrap());
    assert_eq!(door.attempt(&code("271828"), now).unwrap(), Tried::NotSet);
    door.set(&code("271828")).unwrap();
    assert_eq!(door.attempt(&code("271828"), now).unwrap(), Tried::Right);
    for expected in [0, 0, 2] {
        let wait = Duration::from_secs(expected);
        assert_eq!(
            door.attempt(&code("000001"), now).unwrap(),
            Tried::Wrong(wait)
        );
    }
    let soon = now + Duration::from_secs(1);
    assert_eq!(
        door.attempt(&code("271828"), soon).unwrap(),
        Tried::TooSoon(Duration::from_secs(1)),
        "the right code is not even looked at"
    );
    let later = now + Duration::from_secs(2);
    assert_eq!(door.attempt(&code("271828"), later).unwrap(), Tried::Right);
    assert_eq!(door.wait(later), None);
    store.set(Name::StaffCode, b"not a verifier").unwrap();
    assert!(matches!(
        door.attempt(&code("271828"), later),
        Err(StoreError::Unreachable { .. })
    ));
}

#[test]
fn places_are_read_from_a_command_line() {
    assert_eq!("keyutils".parse(), Ok(Place::Keyutils));
    assert_eq!("memory".parse(), Ok(Place::Memory));
    assert_eq!("folder:/a/b".parse(), Ok(Place::Folder("/a/b".into())));
    for wrong in ["", "folder:", "folder:relative", "Memory", "file:/x"] {
        assert!(wrong.parse::<Place>().is_err(), "{wrong}");
    }
    assert!(
        Name::ALL
            .iter()
            .all(|name| Name::of(name.word()) == Some(*name))
    );
    assert_eq!(
        Name::of("session"),
        None,
        "a visit's credential has no name"
    );
}

#[test]
fn a_planted_credential_of_a_visit_is_seen() {
    let store = Keyring::memory();
    assert_eq!(control::seen(&store), Session::NoEntry);
    control::plant(&store);
    assert_eq!(control::seen(&store), Session::Present, "positive control");
    control::take_out(&store);
    assert_eq!(control::seen(&store), Session::NoEntry);
}

/// In threads of another user, so that a test of the machine's key rings run at the same time
/// does not take these keys for its own user's.
fn as_another_user<T: Send + 'static>(of: u32, act: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::spawn(move || {
        if rustix::process::getuid().is_root() {
            let uid = rustix::process::Uid::from_raw(of);
            rustix::thread::set_thread_res_uid(uid, uid, uid).unwrap();
        }
        act()
    })
    .join()
    .unwrap()
}

#[test]
fn the_kernels_key_rings_keep_and_delete() {
    as_another_user(54_401, || {
        keeps_what_it_is_given(&Keyring::keyutils().unwrap());
        let store = Keyring::keyutils().unwrap();
        control::plant(&store);
        assert_eq!(control::seen(&store), Session::Present, "positive control");
        control::take_out(&store);
        let gone = (0..200).any(|_| {
            std::thread::sleep(Duration::from_millis(20));
            control::seen(&store) == Session::NoEntry
        });
        assert!(gone);
    });
}
