//! The visit's own print queue: a real `cupsd`, a virtual IPP printer, a guest that prints.

use std::fmt::Write;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, SystemTime};

use estran::audit::{self, Marks, Outcome, Probe};
use estran::guest::sandbox::Network;
use estran::guest::{Session, open_document};
use estran::printer::{self, Driver, Level, Queue, Said, Settings, Trouble};
use estran_driver::{Printer, trace, wait_until};

use crate::sandbox::{PATIENCE, inside, outcome, plan, run, told};

const LONG: Duration = Duration::from_secs(90);

/// A printer, a session that may use it, and what the queue says.
struct Desk {
    printer: Printer,
    session: Session,
    queue: Queue,
    said: Receiver<Said>,
    folder: tempfile::TempDir,
}

fn settings(printer: &Printer, folder: &Path) -> Settings {
    Settings {
        uri: printer.uri(),
        folder: folder.to_owned(),
        account: None,
        walls: None,
    }
}

fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let printer = Printer::start().unwrap();
    let settings = settings(&printer, folder.path());
    let driver = printer::learn(&settings).unwrap();
    let (say, said) = channel();
    let queue = Queue::start(&settings, &driver, move |word| {
        say.send(word).ok();
    })
    .unwrap();
    let mut plan = plan(Network::None);
    plan.printing = Some(folder.path().to_owned());
    let session = Session::start(&plan).unwrap();
    wait_until("the print service", LONG, || {
        Ok(folder.path().join("cups.sock").exists())
    })
    .unwrap();
    Desk {
        printer,
        session,
        queue,
        said,
        folder,
    }
}

impl Desk {
    fn wait(&self, wanted: Said) {
        while self.said.recv_timeout(LONG).unwrap() != wanted {}
    }

    /// Ends everything; returns the marks for the audit.
    fn end(self) -> Marks {
        let (ended, printer) = self.queue.end(PATIENCE);
        ended.unwrap();
        let (_, marks) = self.session.wipe(PATIENCE).unwrap();
        assert_eq!(std::fs::read_dir(self.folder.path()).unwrap().count(), 0);
        marks.with_printer(Some(printer))
    }
}

const fn level(printing: bool, trouble: Option<Trouble>) -> Said {
    Said::Level(Level { printing, trouble })
}

fn word() -> String {
    format!("Bernique{:08x}", rand::random::<u32>())
}

fn look(marks: &Marks) -> Outcome {
    let empty = tempfile::tempdir().unwrap();
    outcome(&audit::look(marks, empty.path()), Probe::Print)
}

/// A page that says `line`.
pub fn pdf(line: &str) -> Vec<u8> {
    let page = format!("BT /F 24 Tf 60 700 Td ({line}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
         /Resources<</Font<</F 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{page}\nendstream", page.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        writeln!(file, "{} 0 obj\n{object}\nendobj", number + 1).unwrap();
    }
    let start = file.len();
    let trailer = format!("trailer<</Size {}/Root 1 0 R>>", objects.len() + 1);
    format!("{file}{table}{trailer}\nstartxref\n{start}\n%%EOF\n").into_bytes()
}

/// Puts a document into the session, as a download would.
fn downloaded(session: &Session, name: &str, content: &[u8]) {
    let folder = inside(session, "/home/visitor/Documents");
    std::fs::write(folder.join(name), content).unwrap();
}

/// How many files of the print service hold the word.
fn kept(init: u32, word: &str, since: SystemTime) -> usize {
    let root = format!("/proc/{init}/root");
    [
        "var/spool/cups",
        "var/cache/cups",
        "run/cups",
        "tmp",
        "etc/cups",
    ]
    .iter()
    .map(|place| trace::in_files(&Path::new(&root).join(place), word, since).len())
    .sum()
}

#[test]
fn a_guest_prints_and_nothing_of_it_remains() {
    let (word, since) = (word(), SystemTime::now());
    let mut desk = desk();
    desk.printer.hang(true);
    downloaded(
        &desk.session,
        "lettre.pdf",
        &pdf(&format!("Ma lettre {word}")),
    );
    let script = format!("lp -t {word} ~/Documents/lettre.pdf; echo $? end > /tmp/done");
    run(&mut desk.session, &format!("{script}; sleep 600"));
    assert_eq!(told(&desk.session, "/tmp/done"), "0 end\n");
    desk.wait(level(true, None));
    // Positive controls: the spool holds the page now, and the probe sees the print service.
    let init = desk.queue.init();
    assert!(kept(init, &word, since) > 0, "the spool was looked at");
    let living = Marks::default().with_printer(Some(Marks::of(init, init).unwrap()));
    assert!(matches!(look(&living), Outcome::Found(n) if n >= 3));
    drop(living);

    desk.printer.hang(false);
    let sheet = desk.printer.wait_sheet(&word).unwrap();
    assert!(sheet.contains(&format!("Ma lettre {word}")), "{sheet}");
    desk.wait(level(false, None));
    assert_eq!(desk.printer.paper().len(), 1);
    assert_eq!(look(&desk.end()), Outcome::Nothing);
    for place in [
        "/tmp",
        "/var/tmp",
        "/dev/shm",
        "/run",
        "/var/spool",
        "/var/log",
    ] {
        let found = trace::in_files(Path::new(place), &word, since);
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn a_job_that_never_ends_goes_with_the_visit() {
    let (word, since) = (word(), SystemTime::now());
    let desk = desk();
    desk.printer.hang(true);
    downloaded(&desk.session, "lettre.pdf", &pdf(&word));
    let (file, size) = open_document(desk.session.init(), "lettre.pdf").unwrap();
    desk.queue.print(7, file, size);
    desk.wait(level(true, None));
    assert!(
        kept(desk.queue.init(), &word, since) > 0,
        "positive control"
    );
    assert_eq!(look(&desk.end()), Outcome::Nothing);
}

#[test]
fn a_document_is_handed_over_as_it_is_and_reported() {
    let word = word();
    let desk = desk();
    downloaded(&desk.session, "lettre.pdf", &pdf(&word));
    downloaded(&desk.session, "bruit.bin", &[0; 4000]);
    let (file, size) = open_document(desk.session.init(), "lettre.pdf").unwrap();
    desk.queue.print(3, file, size);
    desk.printer.wait_sheet(&word).unwrap();
    desk.wait(Said::Ended(3, true));
    let (file, size) = open_document(desk.session.init(), "bruit.bin").unwrap();
    desk.queue.print(4, file, size);
    desk.wait(Said::Ended(4, false));
    desk.end();
}

/// A document that comes before the print service has come up, which takes longer than the call
/// here, is not refused for that.
#[test]
fn a_document_waits_for_the_print_service() {
    let (word, folder) = (word(), tempfile::tempdir().unwrap());
    let page = folder.path().join("page.pdf");
    std::fs::write(&page, pdf(&word)).unwrap();
    let printer = Printer::start().unwrap();
    let settings = settings(&printer, folder.path());
    let driver = printer::learn(&settings).unwrap();
    let (say, said) = channel();
    let say = move |word| {
        say.send(word).ok();
    };
    let queue = Queue::start(&settings, &driver, say).unwrap();
    let size = std::fs::metadata(&page).unwrap().len();
    queue.print(5, std::fs::File::open(&page).unwrap(), size);
    let ended = || said.recv_timeout(LONG).unwrap();
    let ended = std::iter::repeat_with(ended).find(|said| matches!(said, Said::Ended(..)));
    assert_eq!(ended, Some(Said::Ended(5, true)));
    assert!(printer.wait_sheet(&word).is_ok());
    queue.end(PATIENCE).0.unwrap();
}

#[test]
fn the_guest_may_print_and_nothing_more() {
    let mut desk = desk();
    let tries = [
        ("sees the printer", true, "lpstat -p Imprimante"),
        (
            "its default printer",
            true,
            "lpstat -d | grep -q Imprimante",
        ),
        (
            "another printer",
            false,
            "lpadmin -p Voleur -E -v ipp://localhost:9/ -m raw; lpstat -p Voleur",
        ),
        (
            "sends it elsewhere",
            false,
            "lpadmin -p Imprimante -v ipp://localhost:9/; lpstat -v | grep -q localhost:9/",
        ),
        (
            "stops it",
            false,
            "cupsdisable Imprimante; lpstat -p Imprimante | grep -q disabled",
        ),
        (
            "a file of the print service",
            false,
            "timeout 5 lp /etc/cups/printers.conf",
        ),
        ("its folder", false, "touch /run/estran/print/x"),
    ];
    let mut script = String::new();
    for (name, _, line) in tries {
        script += &["(", line, ") > /dev/null 2>&1 < /dev/null && echo '", name].concat();
        script += &[
            " yes' >> /tmp/answers || echo '",
            name,
            " no' >> /tmp/answers\n",
        ]
        .concat();
    }
    run(
        &mut desk.session,
        &(script + "echo end >> /tmp/answers; sleep 600"),
    );
    let text = told(&desk.session, "/tmp/answers");
    for ((name, allowed, _), line) in tries.iter().zip(text.lines()) {
        let answer = if *allowed { "yes" } else { "no" };
        assert_eq!(line, format!("{name} {answer}"));
    }
    desk.end();
}

#[test]
fn only_plain_files_of_the_session_are_taken() {
    let mut session = Session::start(&plan(Network::None)).unwrap();
    let script = "cd ~/Documents; echo plain > plain.pdf; ln -s /etc/passwd link.pdf
        ln -s plain.pdf near.pdf; mkfifo pipe.pdf; mkdir folder.pdf; ln -s ../Documents around
        perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => q(socket.pdf), Listen => 1)'
        truncate -s 101M large.pdf; echo end > /tmp/done; sleep 600";
    run(&mut session, script);
    told(&session, "/tmp/done");
    let (mut file, size) = open_document(session.init(), "plain.pdf").unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut file, &mut text).unwrap();
    assert_eq!((text.as_str(), size), ("plain\n", 6));
    drop(file);
    for name in [
        "link.pdf",
        "near.pdf",
        "pipe.pdf",
        "folder.pdf",
        "socket.pdf",
        "large.pdf",
        "absent.pdf",
        "../Documents/plain.pdf",
        "around/plain.pdf",
        "..",
        ".",
        "",
        "/etc/passwd",
    ] {
        assert!(open_document(session.init(), name).is_err(), "{name}");
    }
    // The whole folder as a link elsewhere.
    let documents = inside(&session, "/home/visitor/Documents");
    std::fs::rename(&documents, documents.with_file_name("Old")).unwrap();
    std::os::unix::fs::symlink("/etc", &documents).unwrap();
    assert!(open_document(session.init(), "passwd").is_err());
    session.wipe(PATIENCE).unwrap();
}

#[test]
fn a_printer_that_is_away_is_said_and_nobody_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let away = Settings {
        uri: "ipp://localhost:9/ipp/print".into(),
        folder: folder.path().to_owned(),
        account: None,
        walls: None,
    };
    let error = printer::learn(&away).unwrap_err();
    assert!(
        matches!(error, printer::PrinterError::NotReached),
        "{error}"
    );
    let printer = Printer::start().unwrap();
    let driver: Driver = printer::learn(&settings(&printer, folder.path())).unwrap();
    let (say, said) = channel();
    let queue = Queue::start(&away, &driver, move |word| {
        say.send(word).ok();
    })
    .unwrap();
    wait_until("the print service", LONG, || {
        Ok(folder.path().join("cups.sock").exists())
    })
    .unwrap();
    let mut page = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut page, b"une page").unwrap();
    std::io::Seek::rewind(&mut page).unwrap();
    queue.print(1, page, 8);
    while said.recv_timeout(LONG).unwrap() != level(false, Some(Trouble::NotReached)) {}
    queue.end(PATIENCE).0.unwrap();
}
