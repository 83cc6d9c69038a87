//! The planting page's server: a few routes, on the guest's own loopback.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use super::super::canary::{Canary, Plant};
use super::super::result::Planted;
use super::Reports;

/// The longest head and body of a request, bytes.
const HEAD: u64 = 64 << 10;
const BODY: u64 = 1 << 20;
/// How long a browser may keep a connection without asking.
const QUIET: Duration = Duration::from_secs(30);

const PAGE: &str = include_str!("page.html");
const WORKER: &str = include_str!("worker.js");

/// A request, as far as it matters.
struct Request {
    method: String,
    path: String,
    query: String,
    headers: BTreeMap<String, String>,
}

/// An answer.
struct Answer {
    status: &'static str,
    kind: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn text(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: "200 OK",
            kind,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Serves for ever, each connection on a thread of its own.
pub(super) fn serve(listener: &TcpListener, canary: &Canary, reports: &Arc<Reports>) {
    for stream in listener.incoming().flatten() {
        let (canary, reports) = (canary.clone(), Arc::clone(reports));
        std::thread::spawn(move || talk(&stream, &canary, &reports));
    }
}

fn talk(stream: &TcpStream, canary: &Canary, reports: &Reports) -> io::Result<()> {
    stream.set_read_timeout(Some(QUIET))?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader)? {
        let answer = answer(&request, canary, reports);
        write(stream, &answer)?;
    }
    Ok(())
}

fn read(reader: &mut BufReader<&TcpStream>) -> io::Result<Option<Request>> {
    let mut head = reader.by_ref().take(HEAD);
    let mut line = String::new();
    head.read_line(&mut line)?;
    let mut words = line.split_ascii_whitespace();
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request = Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: BTreeMap::new(),
    };
    loop {
        let mut line = String::new();
        if head.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        let value = value.trim().to_owned();
        request.headers.insert(name.to_ascii_lowercase(), value);
    }
    let length = request.headers.get("content-length");
    let length = length.and_then(|length| length.parse().ok()).unwrap_or(0);
    // The body is what the page sent; it is here to have been sent.
    io::copy(&mut reader.take(u64::min(length, BODY)), &mut io::sink())?;
    Ok(Some(request))
}

fn write(mut stream: &TcpStream, answer: &Answer) -> io::Result<()> {
    let mut head = format!(
        "HTTP/1.1 {}\r\nContent-Type: {}; charset=utf-8\r\nContent-Length: {}\r\n",
        answer.status,
        answer.kind,
        answer.body.len()
    );
    for (name, value) in &answer.headers {
        head.extend([*name, ": ", value, "\r\n"]);
    }
    head += "\r\n";
    stream.write_all(head.as_bytes())?;
    stream.write_all(&answer.body)
}

fn answer(request: &Request, canary: &Canary, reports: &Reports) -> Answer {
    let token = |plant| canary.token(plant);
    match request.path.as_str() {
        "/" => {
            let address = token(Plant::Address);
            let page = format!("<script>location.replace('/page?adresse={address}')</script>");
            Answer::text("text/html", page)
        }
        "/page" => Answer::text("text/html", page(canary)),
        "/worker.js" => Answer::text(
            "text/javascript",
            WORKER.replace("{worker}", &token(Plant::ServiceWorker)),
        ),
        "/compressed" => Answer::text("text/plain", gzip(&token(Plant::CompressedPage)))
            .with("Content-Encoding", "gzip")
            .with("Cache-Control", "max-age=86400"),
        "/private" if request.headers.contains_key("authorization") => {
            Answer::text("text/plain", "ok")
        }
        "/private" => {
            let mut answer = Answer::text("text/plain", "");
            answer.status = "401 Unauthorized";
            answer.with("WWW-Authenticate", "Basic realm=\"compte\"")
        }
        "/download" => {
            let name = token(Plant::Download);
            Answer::text("application/octet-stream", format!("{name}\n")).with(
                "Content-Disposition",
                format!("attachment; filename=\"{name}.txt\""),
            )
        }
        "/imprimer" => Answer::text("text/html", printed(canary, request)),
        "/report" if request.method == "POST" => {
            report(&request.query, reports);
            Answer::text("text/plain", "ok")
        }
        "/done" if request.method == "POST" => {
            reports.done();
            Answer::text("text/plain", "ok")
        }
        _ => Answer::text("text/plain", "ok"),
    }
}

/// The planting page, with a word for each place. They stand in it backwards, so that the search
/// does not take the page itself for a plant.
fn page(canary: &Canary) -> String {
    let words: BTreeMap<Plant, String> = Plant::ALL
        .into_iter()
        .map(|plant| (plant, canary.token(plant).chars().rev().collect()))
        .collect();
    let words = serde_json::to_string(&words).unwrap_or_default();
    PAGE.replace("{title}", &canary.token(Plant::Title))
        .replace("{words}", &words)
}

/// Firefox prints when the page asks; Chromium was started for printing.
fn printed(canary: &Canary, request: &Request) -> String {
    let word = canary.token(Plant::PdfPrint);
    let asks = request
        .headers
        .get("user-agent")
        .is_some_and(|agent| agent.contains("Firefox"));
    let ask = if asks {
        "<script>onload = () => setTimeout(() => print(), 500)</script>"
    } else {
        ""
    };
    format!("<!doctype html><meta charset=utf-8><title>{word}</title><h1>{word}</h1>{ask}")
}

/// `plant=cookie&ok=true`
fn report(query: &str, reports: &Reports) {
    let field = |name: &str| {
        let fields = query.split('&').filter_map(|field| field.split_once('='));
        fields.into_iter().find(|(n, _)| *n == name).map(|(_, v)| v)
    };
    let name = field("plant").map(|name| serde_json::Value::String(name.to_owned()));
    let plant = name.and_then(|name| serde_json::from_value::<Plant>(name).ok());
    if let Some(plant) = plant {
        let planted = match field("ok") {
            Some("true") => Planted::Planted,
            _ => Planted::Impossible,
        };
        reports.set(plant, planted);
    }
}

/// Long enough that no packer leaves the word as it is.
fn gzip(word: &str) -> Vec<u8> {
    let text = format!("{} {word} {}", "marée ".repeat(200), "estran ".repeat(200));
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(text.as_bytes()).ok();
    encoder.finish().unwrap_or_default()
}
