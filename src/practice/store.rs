//! Sessions, accounts and what was received: all in memory, all bounded.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rand::Rng as _;
use zeroize::Zeroizing;

use super::fault::Fault;
use super::fields::Fields;
use super::record::{Form, MAX_RECEIPTS, Receipt, Recorder, Upload};

/// The most sessions alive at once; the oldest is forgotten first. One guest has one
/// or two browsers, so only a flood reaches it.
pub const MAX_SESSIONS: usize = 64;
/// The most accounts alive at once; the oldest is forgotten first.
pub const MAX_ACCOUNTS: usize = 64;
/// How many wrong codes are accepted before a new one is made.
pub const MAX_TRIES: u8 = 5;

/// The site's state, shared by its connections.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

struct Inner {
    store: Mutex<Store>,
    recorder: Option<Recorder>,
}

/// The value of the session cookie. Never printed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    fn random() -> Self {
        Self(token())
    }

    /// The cookie's text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// 128 random bits in hexadecimal (OWASP asks for at least 64 in a session identifier).
fn token() -> String {
    format!("{:032x}", rand::rng().random::<u128>())
}

/// Everything the site knows.
#[derive(Default)]
pub struct Store {
    sessions: HashMap<Key, Session>,
    accounts: VecDeque<Account>,
    receipts: VecDeque<Receipt>,
    entered: u32,
}

/// A practice account.
pub struct Account {
    /// Family name.
    pub name: String,
    /// Given name.
    pub given_name: String,
    /// Address, in lower case: it names the account.
    pub email: String,
    /// Compared at login, wiped from memory with the account.
    pub password: Zeroizing<String>,
}

/// A login waiting for its one-time code.
pub struct Pending {
    /// The account.
    pub email: String,
    /// Six digits.
    pub code: String,
    /// Wrong codes typed so far.
    pub tries: u8,
}

impl Pending {
    /// A login with a fresh code.
    pub fn new(email: String) -> Self {
        Self {
            email,
            code: format!("{:06}", rand::rng().random_range(0..1_000_000)),
            tries: 0,
        }
    }
}

/// The request being filled in.
#[derive(Default, Clone)]
pub struct Draft {
    /// First page.
    pub identity: Fields,
    /// Second page.
    pub situation: Fields,
    /// The file of the third page.
    pub upload: Option<Upload>,
}

/// A request that was sent.
#[derive(Clone)]
pub struct Request {
    /// Its reference number.
    pub reference: String,
    /// What it said.
    pub draft: Draft,
}

/// One browser's session.
pub struct Session {
    /// 1, 2, … in order of arrival.
    pub number: u32,
    /// The form token (against cross-site requests).
    pub token: String,
    /// The account that is signed in.
    pub email: Option<String>,
    /// A login in progress.
    pub pending: Option<Pending>,
    /// The request being filled in.
    pub draft: Draft,
    /// The last request sent.
    pub request: Option<Request>,
    /// The appointment taken.
    pub appointment: Option<Fields>,
}

impl Session {
    fn new(number: u32) -> Self {
        Self {
            number,
            token: token(),
            email: None,
            pending: None,
            draft: Draft::default(),
            request: None,
            appointment: None,
        }
    }
}

impl Site {
    /// An empty site.
    pub fn new(recorder: Option<Recorder>) -> Self {
        Self(Arc::new(Inner {
            store: Mutex::default(),
            recorder,
        }))
    }

    /// The state. A thread that panicked while holding it cannot have left it half
    /// written in a way that matters to a practice site, so poison is ignored.
    pub fn lock(&self) -> MutexGuard<'_, Store> {
        self.0.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what arrived with a form, and writes the record if there is one.
    ///
    /// # Errors
    /// Returns [`Fault::Record`] when the record cannot be written: a test that reads
    /// it must not see an old one in silence.
    pub fn keep(
        &self,
        store: &mut Store,
        key: &Key,
        form: Form,
        accepted: bool,
        fields: &Fields,
        upload: Option<Upload>,
    ) -> Result<(), Fault> {
        let session = store.session(key)?.number;
        let mut receipt = Receipt::new(session, form, accepted, fields);
        receipt.upload = upload;
        while store.receipts.len() >= MAX_RECEIPTS {
            store.receipts.pop_front();
        }
        store.receipts.push_back(receipt);
        match &self.0.recorder {
            Some(recorder) => recorder
                .write(store.receipts.make_contiguous())
                .map_err(|_| Fault::Record),
            None => Ok(()),
        }
    }
}

impl Store {
    /// Finds the session of a cookie, or makes one. The flag tells a new one.
    pub fn enter(&mut self, cookie: Option<&str>) -> (Key, bool) {
        if let Some(text) = cookie {
            let key = Key(text.to_owned());
            if self.sessions.contains_key(&key) {
                return (key, false);
            }
        }
        if self.sessions.len() >= MAX_SESSIONS {
            let oldest = self.sessions.iter().min_by_key(|(_, s)| s.number);
            if let Some(key) = oldest.map(|(key, _)| key.clone()) {
                self.sessions.remove(&key);
            }
        }
        self.entered = self.entered.saturating_add(1);
        // A key is never chosen by the browser: an unknown cookie gets a new one.
        let key = Key::random();
        self.sessions
            .insert(key.clone(), Session::new(self.entered));
        (key, true)
    }

    /// The session of a key.
    ///
    /// # Errors
    /// Returns [`Fault::Expired`] when it was forgotten meanwhile.
    pub fn session(&mut self, key: &Key) -> Result<&mut Session, Fault> {
        self.sessions.get_mut(key).ok_or(Fault::Expired)
    }

    /// Moves a session to a new key and form token, so that a cookie known before the
    /// login is worth nothing after it (session fixation).
    ///
    /// # Errors
    /// Returns [`Fault::Expired`] when it was forgotten meanwhile.
    pub fn renew(&mut self, key: &Key) -> Result<Key, Fault> {
        let mut session = self.sessions.remove(key).ok_or(Fault::Expired)?;
        session.token = token();
        let fresh = Key::random();
        self.sessions.insert(fresh.clone(), session);
        Ok(fresh)
    }

    /// Whether an address has an account.
    pub fn account(&self, email: &str) -> Option<&Account> {
        self.accounts.iter().find(|a| a.email == email)
    }

    /// Adds an account.
    pub fn add_account(&mut self, account: Account) {
        while self.accounts.len() >= MAX_ACCOUNTS {
            self.accounts.pop_front();
        }
        self.accounts.push_back(account);
    }

    /// The account signed in to a session.
    pub fn signed_in(&self, key: &Key) -> Option<&Account> {
        let email = self.sessions.get(key)?.email.as_deref()?;
        self.account(email)
    }

    /// What a session sent, oldest first.
    pub fn received(&self, session: u32) -> impl Iterator<Item = &Receipt> {
        self.receipts.iter().filter(move |r| r.session == session)
    }
}

/// A reference a person can read aloud: no letter or digit that looks like another.
pub fn reference() -> String {
    const SIGNS: &[u8] = b"ACDEFHJKLMNPRTUVWXY3479";
    let mut rng = rand::rng();
    let sign = |_| char::from(*SIGNS.get(rng.random_range(0..SIGNS.len())).unwrap_or(&b'A'));
    let text: String = (0..6).map(sign).collect();
    format!("EST-{text}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
    use super::*;

    #[test]
    fn a_known_cookie_comes_back_and_an_invented_one_does_not() {
        let mut store = Store::default();
        let (key, fresh) = store.enter(None);
        assert!(fresh);
        let (again, fresh) = store.enter(Some(key.text()));
        assert!(again == key && !fresh);
        let (other, fresh) = store.enter(Some("invented"));
        assert!(fresh && other.text() != "invented" && other != key);
    }

    #[test]
    fn login_leaves_nothing_behind_the_old_key() {
        let mut store = Store::default();
        let (key, _) = store.enter(None);
        let token = store.session(&key).map(|s| s.token.clone()).ok().unwrap();
        let fresh = store.renew(&key).ok().unwrap();
        assert!(store.session(&key).is_err());
        assert_ne!(store.session(&fresh).ok().unwrap().token, token);
    }

    #[test]
    fn a_flood_of_sessions_and_receipts_is_bounded() {
        let site = Site::new(None);
        let mut store = site.lock();
        let (first, _) = store.enter(None);
        for _ in 0..MAX_SESSIONS {
            store.enter(None);
        }
        assert_eq!(store.sessions.len(), MAX_SESSIONS);
        assert!(store.session(&first).is_err());
        let (last, _) = store.enter(None);
        for _ in 0..=MAX_RECEIPTS {
            let kept = site.keep(
                &mut store,
                &last,
                Form::Login,
                true,
                &Fields::default(),
                None,
            );
            assert!(kept.is_ok());
        }
        assert_eq!(store.receipts.len(), MAX_RECEIPTS);
    }
}
