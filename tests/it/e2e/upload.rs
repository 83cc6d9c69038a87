//! An upload keeps the idle timer waiting in the desk form, too: whoever waits for a slow line is
//! there.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{IpAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use estran_driver::{Kiosk, Options, Page, Rect, Result, STEP, visit, wait_until};

use super::staff::{replace, run};
use super::{check, options};

/// What the page sends, bytes: half a minute of the slow line.
const FILE: u64 = 6_000_000;

/// What the line takes each second, bytes.
const LINE: usize = 200_000;

mod an_upload_in_the_desk_form_is_waited_for {
    #[test]
    fn firefox() {
        super::uploads("firefox");
    }

    #[test]
    fn chromium() {
        super::uploads("chromium");
    }
}

/// A site on this machine's own address, which no list of a browser refuses: a page that sends a file,
/// and counts what has arrived of it.
struct Site {
    address: String,
    arrived: Arc<AtomicU64>,
}

/// The address under which this machine is known to others; nothing is sent to find it.
fn own_address() -> Result<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0")?;
    socket.connect("192.0.2.1:9")?;
    Ok(socket.local_addr()?.ip())
}

impl Site {
    fn open() -> Result<Self> {
        let listener = TcpListener::bind((own_address()?, 0))?;
        let address = format!("http://{}/", listener.local_addr()?);
        let arrived = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&arrived);
        thread::spawn(move || {
            for line in listener.incoming().flatten() {
                let count = Arc::clone(&count);
                thread::spawn(move || serve(line, &count).ok());
            }
        });
        Ok(Self { address, arrived })
    }

    fn arrived(&self) -> u64 {
        self.arrived.load(Ordering::Relaxed)
    }
}

/// A page that sends a file at once.
fn page() -> String {
    format!(
        "<!doctype html><meta charset=utf-8><title>Envoi</title><body style='background:linear-gradient(#36c,#fc6)'>\
         <h1>Envoi du dossier</h1><script>fetch('/envoi', {{ method: 'POST', \
         body: new Uint8Array({FILE}) }})</script>"
    )
}

fn serve(line: TcpStream, arrived: &AtomicU64) -> std::io::Result<()> {
    // The smallest buffer there is: what is not taken here waits in the browser.
    rustix::net::sockopt::set_socket_recv_buffer_size(&line, 8 * 1024)?;
    let mut reader = BufReader::new(line.try_clone()?);
    let mut request = String::new();
    while reader.read_line(&mut request)? > 2 {}
    let mut line = line;
    if request.starts_with("POST") {
        let mut taken = vec![0; LINE / 5];
        while arrived.load(Ordering::Relaxed) < FILE {
            let read = reader.read(&mut taken)?;
            if read == 0 {
                break;
            }
            arrived.fetch_add(read as u64, Ordering::Relaxed);
            thread::sleep(Duration::from_secs_f64(read as f64 / LINE as f64));
        }
    }
    let body = page();
    write!(
        line,
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
}

fn uploads(browser: &str) {
    let house = tempfile::tempdir().unwrap();
    let mut options = options(browser);
    for file in ["station.toml", "demarches.toml"] {
        fs::copy(options.config.join(file), house.path().join(file)).unwrap();
    }
    let (from, to) = ("idle_visit_minutes = 10", "idle_visit_minutes = 2");
    replace(house.path(), "station.toml", from, to).unwrap();
    house.path().clone_into(&mut options.config);
    // Two minutes are twelve seconds: the question comes after six.
    options.more = vec!["--hurry".into(), "10".into()];
    waited_for(&options);
}

fn waited_for(options: &Options) {
    run("upload", options, |kiosk| {
        let site = Site::open()?;
        open_web(kiosk)?;
        let page = Page::of(kiosk);
        page.settle()?;
        // What is typed while the first page still comes may be lost.
        wait_until("the upload to begin", STEP * 6, || {
            page.go(&site.address)?;
            Ok(site.arrived() > 0)
        })?;
        kiosk.desk().press("shift")?;
        let begun = Instant::now();
        while site.arrived() < FILE * 4 / 5 {
            let screen = kiosk.ui()?.screen;
            check(screen == "guest", || {
                format!(
                    "{screen} after {:?}, {} sent",
                    begun.elapsed(),
                    site.arrived()
                )
            })?;
            check(begun.elapsed() < STEP * 6, || {
                "the line stands still".into()
            })?;
            thread::sleep(Duration::from_millis(200));
        }
        // Longer than an untouched visit may be.
        check(begun.elapsed() > Duration::from_secs(14), || {
            format!("too fast to show anything: {:?}", begun.elapsed())
        })?;
        wait_until("the end of the upload", STEP * 3, || {
            Ok(site.arrived() >= FILE)
        })?;
        // The control: nobody has touched anything, and now that is seen.
        kiosk.wait_screen("idle", STEP * 2).map(drop)
    });
}

/// From the welcome to a browser that may go anywhere.
fn open_web(kiosk: &Kiosk) -> Result {
    kiosk.wait_screen("welcome", visit::FIRST_PAGE)?;
    kiosk.click("welcome.start")?;
    kiosk.wait_screen("notice", STEP)?;
    kiosk.click("notice.read")?;
    kiosk.wait_screen("choosing", STEP)?;
    kiosk.click("choosing.free")?;
    kiosk.wait_screen("guest", visit::FIRST_PAGE)?;
    // Whatever this machine's network makes of the first page, the browser is there.
    wait_until("a browser that is painted", visit::FIRST_PAGE, || {
        kiosk.desk().press("shift")?;
        let shown = Page::of(kiosk).look()?;
        let all = Rect {
            x: 0,
            y: 0,
            width: shown.width(),
            height: shown.height(),
        };
        Ok(shown.colours(all, 24) >= 24)
    })
}
