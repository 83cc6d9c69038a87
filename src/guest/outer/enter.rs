//! `estrand outer`: the process that becomes the sandbox. It starts as root with one thread, walks
//! through the outer walls one by one, gives root up for good, and turns into `bwrap`.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: the outer walls' process")]

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use command_fds::{CommandFdExt, FdMapping};
use nix::sched::CloneFlags;
use rustix::mount::{MountPropagationFlags, mount_bind, mount_change};
use rustix::process::{
    Gid, Pid, Resource, Rlimit, Signal, Uid, getppid, set_parent_process_death_signal, setrlimit,
};
use rustix::thread::{
    CapabilitySet, CapabilitySets, LinkNameSpaceType, clear_ambient_capability_set,
    move_into_link_name_space, remove_capability_from_bounding_set, set_capabilities,
    set_no_new_privs, set_thread_groups, set_thread_res_gid, set_thread_res_uid,
};
use serde::{Deserialize, Serialize};

use super::super::frame;
use super::super::inner::Inner;
use super::super::walled::wait_readable;
use super::{hand, network};
use crate::audit::NETWORK_TOKEN;

/// How long slirp4netns may take.
const SLIRP: Duration = Duration::from_secs(10);

/// What the custodian tells the process.
#[derive(Debug, Serialize, Deserialize)]
pub struct Orders {
    /// The door of the session's control group.
    pub door: PathBuf,
    /// The uid and gid to become.
    pub guest: u32,
    /// Processes and threads that this uid may have, whatever the control groups can do here.
    pub processes: u32,
    /// The custodian: whoever else is our parent is not.
    pub custodian: i32,
    /// The namespace's token.
    pub token: u32,
    /// The name servers that slirp4netns is to ask, as a file.
    pub resolvers: PathBuf,
    /// The firewall, when the session has a way out.
    pub rules: Option<String>,
}

/// Which wall could not be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Orders that are none.
    #[error("orders not understood")]
    Orders,
    /// Entering the control group.
    #[error("entering the control group")]
    Group,
    /// Making the namespaces.
    #[error("making mount and network namespaces")]
    Namespaces,
    /// The rules.
    #[error("setting the firewall; install the package nftables")]
    Firewall,
    /// The way out.
    #[error("starting slirp4netns; install the package slirp4netns")]
    WayOut,
    /// Giving up root.
    #[error("giving up root")]
    Privileges,
    /// The inner sandbox.
    #[error("starting bwrap; install the package bubblewrap")]
    Bwrap,
}

/// Runs until it is `bwrap`. Standard input is the custodian's socket.
///
/// # Errors
/// When a wall could not be built; the custodian has been told which.
pub fn run() -> io::Result<()> {
    let mut custodian = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    let step = match walk(&mut custodian) {
        Ok(never) => match never {},
        Err(step) => step,
    };
    frame::write(&mut custodian, &step, frame::GUEST_LIMIT).ok();
    Err(io::Error::other(step))
}

/// Processes and threads that a helper's account may have: the passage has two threads for each
/// request.
const HELPERS: u32 = 1500;

/// `estrand into`: enters the control group behind `door`, gives root up for `account`, and becomes
/// `command`.
///
/// # Errors
/// When one of these did not work.
pub fn into(door: &Path, account: u32, command: &[OsString]) -> io::Result<()> {
    let (program, arguments) = command.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    std::fs::write(door, "0")?;
    first_to_go()?;
    give_up_root(account, HELPERS)?;
    Err(Command::new(program).args(arguments).exec())
}

enum Never {}

fn walk(custodian: &mut UnixStream) -> Result<Never, Step> {
    let mut files = hand::take(custodian).map_err(|_| Step::Orders)?;
    let orders: Orders = frame::read(custodian, frame::LIMIT).map_err(|_| Step::Orders)?;
    if files.len() < 2 {
        return Err(Step::Orders);
    }
    let (outside, exit) = (files.remove(0), files.remove(0));
    let inner = Inner::from_files(files).ok_or(Step::Orders)?;
    set_parent_process_death_signal(Some(Signal::KILL)).map_err(|_| Step::Orders)?;
    std::fs::write(&orders.door, "0").map_err(|_| Step::Group)?;
    first_to_go().map_err(|_| Step::Group)?;
    namespaces(orders.token).map_err(|_| Step::Namespaces)?;
    if let Some(rules) = &orders.rules {
        firewall(rules).map_err(|_| Step::Firewall)?;
        mount_bind(&orders.resolvers, "/etc/resolv.conf").map_err(|_| Step::WayOut)?;
        way_out(outside, exit).map_err(|_| Step::WayOut)?;
    }
    give_up_root(orders.guest, orders.processes).map_err(|_| Step::Privileges)?;
    // The kernel forgets this wish when credentials change; if the custodian died meanwhile,
    // nobody waits for us.
    set_parent_process_death_signal(Some(Signal::KILL)).map_err(|_| Step::Privileges)?;
    if getppid().map(Pid::as_raw_pid) != Some(orders.custodian) {
        return Err(Step::Privileges);
    }
    let mut bwrap = inner.command().map_err(|_| Step::Bwrap)?;
    let _error = bwrap.exec();
    Err(Step::Bwrap)
}

fn namespaces(token: u32) -> io::Result<()> {
    nix::sched::unshare(CloneFlags::CLONE_NEWNS | CloneFlags::CLONE_NEWNET)?;
    // What the custodian mounts reaches us; what happens here reaches nobody.
    let slave = MountPropagationFlags::DOWNSTREAM | MountPropagationFlags::REC;
    mount_change("/", slave)?;
    std::fs::write(NETWORK_TOKEN, format!("{token} {token}"))
}

fn firewall(rules: &str) -> io::Result<()> {
    let mut nft = Command::new("/usr/sbin/nft")
        .args(["-f", "-"])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    nft.stdin
        .take()
        .ok_or(io::ErrorKind::BrokenPipe)?
        .write_all(rules.as_bytes())?;
    if nft.wait()?.success() {
        Ok(())
    } else {
        Err(io::ErrorKind::InvalidInput.into())
    }
}

/// slirp4netns lives in the session's control group and in the machine's network, and ends when
/// the custodian lets go of the other end of `exit`.
fn way_out(outside: OwnedFd, exit: OwnedFd) -> io::Result<()> {
    let inside = File::open("/proc/self/ns/net")?;
    let (ready, tell) = io::pipe()?;
    let network = Some(LinkNameSpaceType::Network);
    move_into_link_name_space(outside.as_fd(), network)?;
    let mappings = [
        (3, OwnedFd::from(inside.try_clone()?)),
        (4, tell.into()),
        (5, exit),
    ]
    .map(|(child_fd, parent_fd)| FdMapping {
        parent_fd,
        child_fd,
    });
    let mut slirp = Command::new("/usr/bin/slirp4netns");
    slirp
        .args(["--configure", "--mtu=65520", "--disable-host-loopback"])
        .args(["--enable-sandbox", "--enable-seccomp", "--netns-type=path"])
        .args(["--ready-fd=4", "--exit-fd=5"])
        .args(["/proc/self/fd/3", network::INTERFACE])
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .fd_mappings(mappings.into())
        .map_err(io::Error::other)?;
    let started = slirp.spawn();
    // Its copies of the pipes close with it: an early end is seen at once.
    drop(slirp);
    move_into_link_name_space(inside.as_fd(), network)?;
    started?;
    let ready = OwnedFd::from(ready);
    if !wait_readable(&ready, Instant::now() + SLIRP)? {
        return Err(io::ErrorKind::TimedOut.into());
    }
    let mut byte = [0];
    File::from(ready).read_exact(&mut byte)
}

/// A machine without memory takes the guest first, and never the custodian in its place. Set by
/// root, this is also the least that the guest can go back to.
fn first_to_go() -> io::Result<()> {
    std::fs::write("/proc/self/oom_score_adj", "1000")
}

fn give_up_root(guest: u32, processes: u32) -> io::Result<()> {
    let bound = Some(u64::from(processes));
    let bound = Rlimit {
        current: bound,
        maximum: bound,
    };
    // Counted for the guest's own uid, user namespaces that it makes included.
    setrlimit(Resource::Nproc, bound)?;
    set_thread_groups(&[])?;
    for number in 0..64 {
        let one = CapabilitySet::from_bits_retain(1 << number);
        // A number that this kernel does not know is refused.
        if remove_capability_from_bounding_set(one).is_err() {
            break;
        }
    }
    let (uid, gid) = (Uid::from_raw(guest), Gid::from_raw(guest));
    set_thread_res_gid(gid, gid, gid)?;
    set_thread_res_uid(uid, uid, uid)?;
    clear_ambient_capability_set()?;
    let none = CapabilitySet::empty();
    set_capabilities(
        None,
        CapabilitySets {
            effective: none,
            permitted: none,
            inheritable: none,
        },
    )?;
    set_no_new_privs(true)?;
    Ok(())
}

/// A listener inside the network of the session whose first process is `init`; whoever holds it need
/// not be there.
///
/// # Errors
/// When the session is gone, or somebody listens there already.
pub fn listen_inside(init: u32, address: &str) -> io::Result<TcpListener> {
    let network = File::open(format!("/proc/{init}/ns/net"))?;
    // The network belongs to each thread: this one goes in and does not come back.
    let inside = |network: File| {
        move_into_link_name_space(network.as_fd(), Some(LinkNameSpaceType::Network))?;
        TcpListener::bind(address)
    };
    std::thread::scope(|scope| {
        let listening = scope.spawn(move || inside(network)).join();
        listening.unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))
    })
}
