//! One run of the machine: QEMU, its QMP socket, the host's hand inside, and what is seen.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::image::Image;
use crate::Result;
use crate::tool::{go, spoken};

/// Memory, mebibytes: what docs/installation.md calls the least.
pub const MEMORY: u32 = 2048;

/// How a machine is started.
#[derive(Clone, Debug)]
pub struct Start<'a> {
    /// Disks of this run: root and state, over the image's.
    pub folder: &'a Path,
    /// Words for the kernel besides the usual ones.
    pub kernel: &'a str,
    /// A saved moment to go on from.
    pub moment: Option<&'a str>,
}

/// A running machine.
pub struct Machine {
    qemu: Child,
    qmp: BufReader<UnixStream>,
    folder: PathBuf,
    hand: Option<BufReader<UnixStream>>,
    questions: u32,
}

/// Empty disks over the image's, which stay as they are.
///
/// # Errors
/// When qemu-img fails.
pub fn fresh_disks(image: &Image, folder: &Path) -> Result {
    fs::remove_dir_all(folder).ok();
    fs::create_dir_all(folder)?;
    for (name, below) in [("root", &image.root), ("state", &image.state)] {
        let mut maker = Command::new("qemu-img");
        maker.args(["create", "-q", "-f", "qcow2", "-F", "raw", "-b"]);
        go(maker.arg(below).arg(folder.join(format!("{name}.qcow2"))))?;
    }
    Ok(())
}

/// Whether the processor's own virtualisation can really be used: a device node proves nothing.
pub fn accelerated() -> bool {
    let words = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let virtual_ = words
        .split_ascii_whitespace()
        .any(|word| word == "vmx" || word == "svm");
    let module = ["kvm_intel", "kvm_amd"]
        .iter()
        .any(|name| Path::new("/sys/module").join(name).exists());
    virtual_ && module && Path::new("/dev/kvm").exists()
}

impl Machine {
    /// Starts it.
    ///
    /// # Errors
    /// When QEMU does not start or does not answer.
    pub fn start(image: &Image, start: &Start<'_>) -> Result<Self> {
        let folder = start.folder.to_owned();
        for socket in ["qmp", "hand"] {
            fs::remove_file(folder.join(socket)).ok();
        }
        let mut qemu = Command::new("nice");
        qemu.args([
            "-n",
            "10",
            "qemu-system-x86_64",
            "-nodefaults",
            "-display",
            "none",
        ]);
        if accelerated() {
            qemu.args(["-machine", "q35,accel=kvm", "-cpu", "host"]);
        } else {
            qemu.args(["-machine", "q35", "-accel", "tcg"]);
            // QEMU 7.2 loses flags at cmpxchg16b now and then, and the kernel with them.
            qemu.args(["-cpu", "max,la57=off,cx16=off"]);
        }
        // A machine that starts anew by itself has lost: a panic, or keys that must do nothing.
        qemu.args(["-no-reboot", "-smp", "1", "-m", &MEMORY.to_string()]);
        devices(&mut qemu, &folder);
        qemu.arg("-kernel").arg(&image.kernel);
        qemu.arg("-initrd").arg(&image.initrd);
        qemu.args(["-append", &format!("{KERNEL} {}", start.kernel)]);
        if let Some(moment) = start.moment {
            qemu.args(["-loadvm", moment]);
        }
        println!("\n$ {}", spoken(&qemu));
        let qemu = qemu
            .stdin(Stdio::null())
            .stderr(fs::File::create(folder.join("qemu.log"))?)
            .spawn()?;
        let qmp = connected(&folder.join("qmp"))?;
        let mut machine = Self {
            qemu,
            qmp: BufReader::new(qmp),
            folder,
            hand: None,
            questions: 0,
        };
        machine.line()?;
        machine.qmp("qmp_capabilities", json!({}))?;
        Ok(machine)
    }

    /// The folder of this run.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn line(&mut self) -> Result<Value> {
        let mut line = String::new();
        self.qmp.read_line(&mut line)?;
        if line.is_empty() {
            return Err("QEMU is gone; see qemu.log".into());
        }
        Ok(serde_json::from_str(&line)?)
    }

    /// Gives QEMU a command and returns its answer.
    ///
    /// # Errors
    /// When QEMU refuses it.
    pub fn qmp(&mut self, name: &str, arguments: Value) -> Result<Value> {
        let command = json!({ "execute": name, "arguments": arguments });
        writeln!(self.qmp.get_mut(), "{command}")?;
        loop {
            let mut answer = self.line()?;
            if let Some(error) = answer.get("error") {
                return Err(format!("QEMU, {name}: {error}").into());
            }
            if let Some(done) = answer.get_mut("return") {
                return Ok(done.take());
            }
        }
    }

    /// A command of QEMU's monitor.
    ///
    /// # Errors
    /// When it says anything: it is silent when all is well.
    pub fn monitor(&mut self, line: &str) -> Result {
        let said = self.qmp("human-monitor-command", json!({ "command-line": line }))?;
        match said.as_str() {
            Some("") | None => Ok(()),
            Some(said) => Err(format!("QEMU, {line}: {said}").into()),
        }
    }

    /// Presses keys together, on the station's own keyboard or on the helper's.
    ///
    /// # Errors
    /// When QEMU refuses.
    pub fn press(&mut self, whose: Whose, keys: &[&str]) -> Result {
        for down in [true, false] {
            let events: Vec<Value> = keys
                .iter()
                .map(|key| {
                    json!({ "type": "key", "data": {
                        "down": down, "key": { "type": "qcode", "data": key } } })
                })
                .collect();
            self.qmp(
                "input-send-event",
                json!({ "device": whose.screen(), "head": 0, "events": events }),
            )?;
            sleep(Duration::from_millis(120));
        }
        sleep(Duration::from_millis(250));
        Ok(())
    }

    /// Types letters that are on the same key everywhere, and ends the line.
    ///
    /// # Errors
    /// When QEMU refuses.
    pub fn type_line(&mut self, whose: Whose, letters: &str) -> Result {
        for letter in letters.chars() {
            self.press(whose, &[letter.to_string().as_str()])?;
        }
        self.press(whose, &["ret"])
    }

    /// Runs a line as root inside, and returns what it prints; `None` when nobody answers yet.
    pub fn ask(&mut self, line: &str) -> Option<String> {
        if self.hand.is_none() {
            let stream = UnixStream::connect(self.folder.join("hand")).ok()?;
            stream.set_read_timeout(Some(Duration::from_mins(1))).ok()?;
            self.hand = Some(BufReader::new(stream));
        }
        let answer = self.asked(line);
        if answer.is_none() {
            self.hand = None;
        }
        answer
    }

    fn asked(&mut self, line: &str) -> Option<String> {
        let hand = self.hand.as_mut()?;
        self.questions += 1;
        let mark = format!("ANSWER-{}", self.questions);
        writeln!(hand.get_mut(), "{line}; echo {mark}").ok()?;
        let mut said = String::new();
        loop {
            let mut one = String::new();
            if hand.read_line(&mut one).ok()? == 0 {
                return None;
            }
            if !one.starts_with("END ") {
                said.push_str(&one);
            } else if let Some(answer) = said.trim().strip_suffix(&mark) {
                return Some(answer.trim().to_owned());
            } else {
                // To a question that nobody waited for any more.
                said.clear();
            }
        }
    }

    /// Asks until the answer is right.
    ///
    /// # Errors
    /// When it is not right after so many seconds; the last answer is told.
    pub fn wait(
        &mut self,
        what: &str,
        seconds: u64,
        line: &str,
        right: impl Fn(&str) -> bool,
    ) -> Result<String> {
        let until = Instant::now() + Duration::from_secs(seconds);
        let mut last = String::from("nobody answered");
        while Instant::now() < until {
            if self.qemu.try_wait()?.is_some() {
                return Err("QEMU ended; see qemu.log".into());
            }
            if let Some(said) = self.ask(line) {
                if right(&said) {
                    return Ok(said);
                }
                last = said;
            }
            sleep(Duration::from_secs(2));
        }
        Err(format!("{what} did not come in {seconds} s; last: {last}").into())
    }

    /// Waits until it starts anew by itself: QEMU then ends.
    ///
    /// # Errors
    /// When it has not after so many seconds.
    pub fn restarts_within(mut self, seconds: u64) -> Result {
        let until = Instant::now() + Duration::from_secs(seconds);
        while Instant::now() < until {
            if let Some(status) = self.qemu.try_wait()? {
                return if status.success() {
                    Ok(())
                } else {
                    Err(format!("QEMU: {status}; see qemu.log").into())
                };
            }
            sleep(Duration::from_secs(1));
        }
        Err(format!("it did not start anew in {seconds} s").into())
    }

    /// Plugs a USB stick in, which is this file.
    ///
    /// # Errors
    /// When QEMU refuses.
    pub fn plug(&mut self, file: &Path) -> Result {
        let below = json!({ "driver": "file", "filename": file });
        let node = json!({ "driver": "raw", "node-name": "stick", "file": below });
        self.qmp("blockdev-add", node)?;
        let device = json!({
            "driver": "usb-storage", "id": "stick", "bus": "usb.0", "port": "4", "drive": "stick",
            "removable": true
        });
        self.qmp("device_add", device)?;
        Ok(())
    }

    /// Adds a disk, which is this file, while the machine runs.
    ///
    /// # Errors
    /// When QEMU refuses.
    pub fn plug_disk(&mut self, file: &Path) -> Result {
        let below = json!({ "driver": "file", "filename": file });
        let node = json!({
            "driver": "raw", "node-name": "disk", "file": below, "read-only": true
        });
        self.qmp("blockdev-add", node)?;
        let device = json!({
            "driver": "virtio-blk-pci", "id": "disk", "bus": "later", "drive": "disk"
        });
        self.qmp("device_add", device)?;
        Ok(())
    }

    /// Pulls the stick out again.
    ///
    /// # Errors
    /// When QEMU refuses.
    pub fn unplug(&mut self) -> Result {
        self.qmp("device_del", json!({ "id": "stick" }))?;
        Ok(())
    }

    /// The screen as a picture.
    ///
    /// # Errors
    /// When QEMU cannot write it.
    pub fn picture(&mut self, file: &Path) -> Result {
        let file = file.to_string_lossy();
        self.qmp(
            "screendump",
            json!({ "filename": file, "format": "png", "device": "screen" }),
        )?;
        Ok(())
    }

    /// The screen as a picture, in memory.
    ///
    /// # Errors
    /// When QEMU cannot write it.
    pub fn look(&mut self) -> Result<Vec<u8>> {
        let file = self.folder.join("look.png");
        self.picture(&file)?;
        Ok(fs::read(file)?)
    }

    /// All its memory, as a file.
    ///
    /// # Errors
    /// When QEMU cannot write it.
    pub fn memory(&mut self, file: &Path) -> Result {
        let place = format!("file:{}", file.display());
        self.qmp(
            "dump-guest-memory",
            json!({ "paging": false, "protocol": place }),
        )?;
        Ok(())
    }

    /// The plug: the machine is gone at once, and nothing is written any more.
    ///
    /// # Errors
    /// When QEMU does not end.
    pub fn pull_plug(mut self) -> Result {
        self.qmp("quit", json!({})).ok();
        self.qemu.wait()?;
        Ok(())
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // Gone already, or it is ours to end.
        self.qemu.kill().ok();
        self.qemu.wait().ok();
    }
}

/// Whose keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The one at the screen.
    Visitor,
    /// The second one.
    Helper,
}

impl Whose {
    /// QEMU routes keys by the display that a keyboard belongs to.
    const fn screen(self) -> &'static str {
        match self {
            Self::Visitor => "screen",
            Self::Helper => "other",
        }
    }
}

/// The kernel's words: what the packages' GRUB drop-in writes, and patience for an emulated machine.
const KERNEL: &str = "root=/dev/vda ro console=ttyS0 init_on_free=1 quiet loglevel=3 \
    vt.global_cursor_default=0 fbcon=font:TER16x32 systemd.default_device_timeout_sec=900 \
    systemd.default_timeout_start_sec=900 modprobe.blacklist=bochs no_timer_check panic=-1";

fn devices(qemu: &mut Command, folder: &Path) {
    let at = |name: &str| folder.join(name).display().to_string();
    for (name, bus) in [("root", "vda"), ("state", "vdb")] {
        let file = at(&format!("{name}.qcow2"));
        qemu.args([
            "-drive",
            &format!("id={bus},if=none,format=qcow2,file={file}"),
        ]);
        qemu.args(["-device", &format!("virtio-blk-pci,drive={bus}")]);
    }
    for words in [
        "virtio-gpu-pci,id=screen,xres=1280,yres=720",
        "bochs-display,id=other",
        "pcie-root-port,id=later,chassis=1",
        "qemu-xhci,id=usb",
        "usb-kbd,id=kv,bus=usb.0,port=1,serial=main,display=screen",
        "usb-tablet,id=mv,bus=usb.0,port=2,serial=main,display=screen",
        "usb-kbd,id=kh,bus=usb.0,port=3,serial=helper,display=other",
        "virtio-serial-pci",
        "virtserialport,chardev=hand,name=org.estran.agent",
        "virtio-net-pci,netdev=net",
    ] {
        qemu.args(["-device", words]);
    }
    qemu.args(["-netdev", "user,id=net,restrict=on"]);
    let socket = |name: &str| format!("socket,id={name},path={},server=on,wait=off", at(name));
    qemu.args(["-chardev", &socket("hand")]);
    qemu.args(["-qmp", &format!("unix:{},server=on,wait=off", at("qmp"))]);
    qemu.args(["-serial", &format!("file:{}", at("serial.log"))]);
}

fn connected(path: &Path) -> Result<UnixStream> {
    for _ in 0..600 {
        if let Ok(stream) = UnixStream::connect(path) {
            return Ok(stream);
        }
        sleep(Duration::from_millis(100));
    }
    Err("QEMU did not start in a minute; see qemu.log".into())
}

/// How many times a word is in a file, as UTF-8, UTF-16 or UTF-32.
///
/// # Errors
/// When the file cannot be read.
pub fn count(file: &Path, word: &str) -> Result<usize> {
    let wide = |zeros: &str| -> String {
        word.chars()
            .flat_map(|letter| [letter.to_string(), zeros.to_owned()])
            .collect()
    };
    let mut found = 0;
    for pattern in [word.to_owned(), wide("\\x00"), wide("\\x00\\x00\\x00")] {
        let mut search = Command::new("grep");
        search.args(["--text", "--only-matching", "--perl-regexp", &pattern]);
        let out = search.arg(file).env("LC_ALL", "C").output()?;
        if out.status.code().is_none_or(|code| code > 1) {
            return Err(format!("grep could not read {}", file.display()).into());
        }
        found += String::from_utf8_lossy(&out.stdout).lines().count();
    }
    Ok(found)
}

/// Which QEMU this is, in its own words.
pub fn version() -> Option<String> {
    let said = crate::tool::answer(Command::new("qemu-system-x86_64").arg("--version"))?;
    said.lines().next().map(str::to_owned)
}
