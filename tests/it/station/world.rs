//! A small world around a station under test: the house's network and the Internet, in network
//! namespaces of their own, so that nothing depends on the machine's network.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use nix::sched::{CloneFlags, unshare};

/// A machine of the local network.
pub const NEIGHBOUR: Ipv4Addr = Ipv4Addr::new(192, 168, 77, 1);
/// The station itself, on that network.
pub const STATION: Ipv4Addr = Ipv4Addr::new(192, 168, 77, 2);
/// The house's name server.
pub const RESOLVER: Ipv4Addr = Ipv4Addr::new(192, 168, 77, 53);
/// A site of the Internet, also found under every name.
pub const SITE: Ipv4Addr = Ipv4Addr::new(9, 9, 9, 10);
/// The ports that listen on every address of the world.
pub const PORTS: [u16; 4] = [80, 443, 631, 8080];

/// What was seen from outside.
#[derive(Default)]
pub struct Seen {
    /// Questions to the name server.
    pub names: AtomicUsize,
    /// Pages asked for.
    pub pages: AtomicUsize,
}

pub struct World {
    pub seen: Arc<Seen>,
    stop: Option<mpsc::Sender<()>>,
    keeper: Option<JoinHandle<()>>,
}

impl World {
    /// Moves the calling thread into the station's network and builds the world beside it.
    pub fn around_this_thread() -> Self {
        unshare(CloneFlags::CLONE_NEWNET).unwrap();
        let seen = Arc::new(Seen::default());
        let (stop, stopped) = mpsc::channel::<()>();
        let (tell, told) = mpsc::channel();
        let (wire, wired) = mpsc::channel();
        let outside = Arc::clone(&seen);
        let keeper = std::thread::spawn(move || {
            unshare(CloneFlags::CLONE_NEWNET).unwrap();
            tell.send(rustix::thread::gettid().as_raw_pid()).unwrap();
            wired.recv().unwrap();
            for address in [NEIGHBOUR, RESOLVER, SITE] {
                ip(&["addr", "add", &format!("{address}/24"), "dev", "world"]);
            }
            ip(&["link", "set", "world", "up"]);
            ip(&["link", "set", "lo", "up"]);
            for port in PORTS {
                serve(port, Arc::clone(&outside));
            }
            for address in [RESOLVER, SITE] {
                resolve(address, Arc::clone(&outside));
            }
            tell.send(0).unwrap();
            // The namespace lives as long as this thread.
            stopped.recv().ok();
        });
        let world = told.recv().unwrap().to_string();
        let pair = [
            "link", "add", "house", "type", "veth", "peer", "name", "world",
        ];
        ip(&[&pair[..], &["netns", &world]].concat());
        ip(&["addr", "add", &format!("{STATION}/24"), "dev", "house"]);
        ip(&["link", "set", "house", "up"]);
        ip(&["link", "set", "lo", "up"]);
        ip(&["route", "add", "default", "via", &NEIGHBOUR.to_string()]);
        wire.send(()).unwrap();
        told.recv().unwrap();
        Self {
            seen,
            stop: Some(stop),
            keeper: Some(keeper),
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        drop(self.stop.take());
        self.keeper.take().map(JoinHandle::join);
    }
}

fn ip(arguments: &[&str]) {
    let done = Command::new("ip").args(arguments).status().unwrap();
    assert!(done.success(), "ip {arguments:?}");
}

/// Answers every request with a page.
fn serve(port: u16, seen: Arc<Seen>) {
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let seen = Arc::clone(&seen);
            std::thread::spawn(move || answer(stream, &seen));
        }
    });
}

fn answer(mut stream: std::net::TcpStream, seen: &Seen) {
    let mut request = [0; 4096];
    let Ok(length) = stream.read(&mut request) else {
        return;
    };
    if request[..length].starts_with(b"POST") {
        // Takes whatever comes.
        std::io::copy(&mut stream, &mut std::io::sink()).ok();
        return;
    }
    if request[..length].starts_with(b"GET / ") {
        seen.pages.fetch_add(1, Ordering::SeqCst);
    }
    let page = "<!doctype html><title>Estran</title><h1 style='background:#080'>Estran</h1>";
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n";
    let length = page.len();
    write!(stream, "{head}Content-Length: {length}\r\n\r\n{page}").ok();
}

/// A name server that knows one address for every name.
fn resolve(address: Ipv4Addr, seen: Arc<Seen>) {
    let socket = UdpSocket::bind((address, 53)).unwrap();
    std::thread::spawn(move || {
        let mut question = [0; 512];
        while let Ok((length, from)) = socket.recv_from(&mut question) {
            seen.names.fetch_add(1, Ordering::SeqCst);
            if let Some(answer) = address_of(&question[..length]) {
                socket.send_to(&answer, from).ok();
            }
        }
    });
}

/// RFC 1035: the header, the question again, and for type A one address.
fn address_of(question: &[u8]) -> Option<Vec<u8>> {
    let mut end = 12;
    while *question.get(end)? != 0 {
        end += usize::from(question[end]) + 1;
    }
    end += 5;
    let kind = question.get(end - 4..end - 2)?;
    let is_address = kind == [0, 1];
    let mut answer = question[..2].to_vec();
    answer.extend([0x81, 0x80, 0, 1, 0, u8::from(is_address), 0, 0, 0, 0]);
    answer.extend(&question[12..end]);
    if is_address {
        answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
        answer.extend(SITE.octets());
    }
    Some(answer)
}
