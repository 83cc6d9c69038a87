//! `estrand passage`: serves the requests of one session, outside its network and inside its walls.
#![allow(
    clippy::disallowed_methods,
    reason = "door: connects to the sites of a visit"
)]

use std::io::{self, Read, Write};
use std::net::{
    Ipv4Addr, Shutdown, SocketAddr, SocketAddrV4, TcpListener, TcpStream, ToSocketAddrs,
};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ask::{self, Ask, LONGEST, Refusal};
use super::list::List;
use super::meter::Meter;
use super::page::{Words, page};
use crate::guest::frame;
use crate::guest::outer::{is_closed, take_files};

/// Requests that are served at once: a browser opens some dozens.
const MOST: usize = 256;

/// How long a guest may take to say what it wants.
const SAYING: Duration = Duration::from_secs(30);

/// How long a site may take to pick up.
const CALL: Duration = Duration::from_secs(10);

/// Addresses of one site that are tried.
const TRIES: usize = 4;

/// What the custodian tells the passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orders {
    /// The sites.
    pub list: List,
    /// Where the visit began: the way back from a page that is not opened.
    pub home: String,
    /// What a page says that stands for another: the visitor's language, and a second one.
    pub words: Words,
    /// Services of the house that its guests may reach although they are nobody else's business.
    pub services: Vec<SocketAddrV4>,
}

struct Way {
    orders: Orders,
    open: AtomicUsize,
    /// Bytes that have gone out.
    out: AtomicU64,
    /// Bytes that have come in.
    inward: AtomicU64,
}

/// Runs until the custodian is gone. Standard input is its socket.
///
/// # Errors
/// When the custodian does not hand over what is needed.
pub fn run() -> io::Result<()> {
    let mut custodian = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    let listener = take_files(&custodian)?.into_iter().next();
    let listener = TcpListener::from(listener.ok_or(io::ErrorKind::InvalidData)?);
    let orders = frame::read(&mut custodian, frame::LIMIT).map_err(io::Error::other)?;
    let way = Arc::new(Way {
        orders,
        open: AtomicUsize::new(0),
        out: AtomicU64::new(0),
        inward: AtomicU64::new(0),
    });
    let told = custodian.try_clone()?;
    let counted = Arc::clone(&way);
    std::thread::spawn(move || listen(&listener, &way));
    // The first word says that the passage is there.
    tell(&told, false)?;
    std::thread::spawn(move || count(&told, &counted));
    // Nothing more is said to us: what can be read is the end.
    custodian.read_exact(&mut [0])
}

fn tell(mut custodian: &UnixStream, uploading: bool) -> io::Result<()> {
    frame::write(&mut custodian, &uploading, frame::GUEST_LIMIT).map_err(io::Error::other)
}

fn count(custodian: &UnixStream, way: &Way) {
    let mut meter = Meter::default();
    loop {
        std::thread::sleep(Duration::from_secs(1));
        let (out, inward) = (
            way.out.load(Ordering::Relaxed),
            way.inward.load(Ordering::Relaxed),
        );
        if let Some(uploading) = meter.second(out, inward) {
            if tell(custodian, uploading).is_err() {
                return;
            }
        }
    }
}

fn listen(listener: &TcpListener, way: &Arc<Way>) {
    loop {
        let Ok((guest, _)) = listener.accept() else {
            std::thread::sleep(Duration::from_millis(50));
            continue;
        };
        if way.open.fetch_add(1, Ordering::SeqCst) >= MOST {
            way.open.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        let served = Arc::clone(way);
        let serve = move || {
            // A guest that hangs up, or a site: nobody is to be told.
            serve(guest, &served).ok();
            served.open.fetch_sub(1, Ordering::SeqCst);
        };
        if std::thread::Builder::new().spawn(serve).is_err() {
            way.open.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

fn serve(mut guest: TcpStream, way: &Arc<Way>) -> io::Result<()> {
    guest.set_read_timeout(Some(SAYING))?;
    guest.set_nodelay(true)?;
    let mut said = Vec::new();
    let opened = loop {
        match ask::read(&said, &way.orders.list) {
            Ok(Some((ask, end))) => break open(&ask, way).map(|site| (ask, end, site)),
            Ok(None) => more(&mut guest, &mut said)?,
            Err(refusal) => break Err(refusal),
        }
    };
    let (ask, end, mut site) = match opened {
        Ok(opened) => opened,
        Err(refusal) => return refuse(guest, refusal, way),
    };
    match ask {
        Ask::Tunnel { .. } => guest.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?,
        Ask::Page { head, .. } => site.write_all(&head)?,
    }
    site.write_all(said.get(end..).unwrap_or_default())?;
    drop(said);
    guest.set_read_timeout(None)?;
    carry(guest, site, way)
}

fn more(guest: &mut TcpStream, said: &mut Vec<u8>) -> io::Result<()> {
    let mut piece = vec![0; 8192.min(LONGEST.saturating_sub(said.len()).max(1))];
    let read = guest.read(&mut piece)?;
    if read == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    said.extend(piece.get(..read).unwrap_or_default());
    Ok(())
}

fn refuse(mut guest: TcpStream, refusal: Refusal, way: &Way) -> io::Result<()> {
    let answer = page(refusal, &way.orders.home, &way.orders.words);
    guest.write_all(answer.as_bytes())?;
    guest.shutdown(Shutdown::Write)?;
    // What is left unread would take the answer back.
    guest.set_read_timeout(Some(Duration::from_secs(1)))?;
    io::copy(&mut guest.take(1 << 20), &mut io::sink()).map(drop)
}

fn open(ask: &Ask, way: &Way) -> Result<TcpStream, Refusal> {
    let (host, port) = match ask {
        Ask::Tunnel { host } => (host, 443),
        Ask::Page { host, .. } => (host, 80),
    };
    let found = (host.as_str(), port).to_socket_addrs();
    let found = found.map_err(|_| Refusal::Away)?;
    found
        .filter_map(|address| match address {
            SocketAddr::V4(address) => Some(address),
            SocketAddr::V6(_) => None,
        })
        .filter(|address| may_be_reached(*address, &way.orders.services))
        .take(TRIES)
        .find_map(|address| TcpStream::connect_timeout(&address.into(), CALL).ok())
        .ok_or(Refusal::Away)
}

/// A name may lead anywhere, the station itself and the house's own machines included: there only
/// what the house names.
fn may_be_reached(address: SocketAddrV4, services: &[SocketAddrV4]) -> bool {
    let own: Ipv4Addr = *address.ip();
    services.contains(&address) || !is_closed(own)
}

/// Both ways, until one of the two has said all.
fn carry(guest: TcpStream, site: TcpStream, way: &Arc<Way>) -> io::Result<()> {
    site.set_nodelay(true)?;
    let (from, to, counted) = (guest.try_clone()?, site.try_clone()?, Arc::clone(way));
    let up = move || {
        let ended = pass(&from, &to, &counted.out);
        // The guest has said all; the site may still answer. A broken way is broken both ways.
        let how = if ended.is_ok() {
            Shutdown::Write
        } else {
            Shutdown::Both
        };
        to.shutdown(how).ok();
    };
    let up = std::thread::Builder::new().spawn(up)?;
    let ended = pass(&site, &guest, &way.inward);
    guest.shutdown(Shutdown::Both).ok();
    site.shutdown(Shutdown::Both).ok();
    up.join().ok();
    ended
}

fn pass(mut from: &TcpStream, mut to: &TcpStream, counted: &AtomicU64) -> io::Result<()> {
    let mut piece = vec![0; 16 * 1024];
    loop {
        let read = from.read(&mut piece)?;
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else {
            return Ok(());
        };
        to.write_all(bytes)?;
        counted.fetch_add(read as u64, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::*;

    #[test]
    fn a_name_that_leads_into_the_house_opens_nothing_there() {
        let named: SocketAddrV4 = "192.168.1.20:443".parse().unwrap();
        for (address, open) in [
            ("9.9.9.10:443", true),
            ("192.168.1.20:443", true),
            ("192.168.1.20:80", false),
            ("192.168.1.21:443", false),
            ("127.0.0.1:80", false),
            ("169.254.169.254:80", false),
            ("10.0.2.2:80", false),
            ("0.0.0.0:80", false),
        ] {
            let address: SocketAddrV4 = address.parse().unwrap();
            assert_eq!(may_be_reached(address, &[named]), open, "{address}");
        }
    }
}
