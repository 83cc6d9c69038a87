//! The page under measure, and what it says of itself.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

const PAGE: &str = include_str!("page.html");

/// What the page says: the path that it asked for, such as "start/typing".
pub struct Site {
    pub url: String,
    pub said: Receiver<String>,
}

impl Site {
    /// Serves the page on a free port until the program ends.
    pub fn open() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}/", listener.local_addr()?);
        let (say, said) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let say = say.clone();
                // A connection that breaks off has nothing to say.
                thread::spawn(move || answer(stream, &say).ok());
            }
        });
        Ok(Self { url, said })
    }
}

fn answer(mut stream: TcpStream, say: &Sender<String>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = request.split(' ').nth(1).unwrap_or_default();
    let body = if path == "/" { PAGE } else { "" };
    if path.starts_with("/start/") || path.starts_with("/end/") {
        say.send(path[1..].to_owned()).ok();
    }
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
