//! System V memory and semaphores, POSIX queues, kernel keys: what a guest can plant with them and
//! a search can read. The kernel offers them by system calls alone, and rustix has none of these.
#![allow(unsafe_code, reason = "no safe call for System V and POSIX IPC")]

use std::ffi::CString;
use std::io;

/// At most so much of one shared memory is read, bytes.
const LONGEST: usize = 64 << 20;

fn checked<T: PartialOrd + From<i8>>(answer: T) -> io::Result<T> {
    if answer < T::from(0) {
        Err(io::Error::last_os_error())
    } else {
        Ok(answer)
    }
}

/// An attached shared memory; detached at the end.
struct Attached {
    at: *mut libc::c_void,
    length: usize,
}

impl Attached {
    fn new(id: i32, flags: i32) -> io::Result<Self> {
        // SAFETY: all zeroes are a valid `shmid_ds`, which the kernel then fills.
        let mut about: libc::shmid_ds = unsafe { std::mem::zeroed() };
        // SAFETY: the pointer is to a live `shmid_ds` of our own.
        checked(unsafe { libc::shmctl(id, libc::IPC_STAT, &raw mut about) })?;
        // SAFETY: a null address lets the kernel choose free addresses, so nothing is replaced.
        let at = unsafe { libc::shmat(id, std::ptr::null(), flags) };
        if at.addr() == usize::MAX {
            return Err(io::Error::last_os_error());
        }
        let length = about.shm_segsz.min(LONGEST);
        Ok(Self { at, length })
    }
}

impl Drop for Attached {
    fn drop(&mut self) {
        // SAFETY: `at` is what `shmat` gave, and nothing refers to it any more.
        unsafe { libc::shmdt(self.at) };
    }
}

/// Makes a shared memory under this number that holds the text.
pub fn plant_memory(number: i32, text: &[u8]) -> io::Result<()> {
    let flags = libc::IPC_CREAT | libc::IPC_EXCL | 0o600;
    // SAFETY: no pointer is given.
    let id = checked(unsafe { libc::shmget(number, text.len(), flags) })?;
    let memory = Attached::new(id, 0)?;
    // SAFETY: the memory is at least as long as asked for, writable, and ours alone until now.
    unsafe {
        memory
            .at
            .cast::<u8>()
            .copy_from(text.as_ptr(), text.len().min(memory.length));
    };
    Ok(())
}

/// What a shared memory holds.
pub fn memory(id: i32) -> io::Result<Vec<u8>> {
    let memory = Attached::new(id, libc::SHM_RDONLY)?;
    let mut bytes = vec![0; memory.length];
    // SAFETY: the source is attached and `length` long; others may write to it meanwhile, which
    // changes what is copied and nothing else. The destination is ours and as long.
    unsafe {
        bytes
            .as_mut_ptr()
            .copy_from(memory.at.cast(), memory.length);
    };
    Ok(bytes)
}

/// Makes one semaphore under this number.
pub fn plant_semaphore(number: i32) -> io::Result<()> {
    let flags = libc::IPC_CREAT | libc::IPC_EXCL | 0o600;
    // SAFETY: no pointer is given.
    checked(unsafe { libc::semget(number, 1, flags) }).map(drop)
}

fn queue(name: &str, flags: i32) -> io::Result<i32> {
    let name = CString::new(name)?;
    let attributes = std::ptr::null_mut::<libc::mq_attr>();
    // SAFETY: the name ends with NUL; null attributes ask for the usual ones.
    checked(unsafe { libc::mq_open(name.as_ptr(), flags, 0o600, attributes) })
}

/// Makes a queue that holds one message; the name begins with a slash.
pub fn plant_queue(name: &str, text: &[u8]) -> io::Result<()> {
    let queue = queue(name, libc::O_CREAT | libc::O_EXCL | libc::O_RDWR)?;
    // SAFETY: the message is `text`, with its own length; then the descriptor is given back.
    let sent = checked(unsafe { libc::mq_send(queue, text.as_ptr().cast(), text.len(), 0) });
    // SAFETY: `queue` is open and used by nobody else.
    unsafe { libc::mq_close(queue) };
    sent.map(drop)
}

/// Whether a queue of this name is there.
pub fn queue_is_there(name: &str) -> bool {
    let found = queue(name, libc::O_RDONLY);
    if let Ok(queue) = found {
        // SAFETY: `queue` is open and used by nobody else.
        unsafe { libc::mq_close(queue) };
    }
    found.is_ok()
}

/// Puts a key with this description and content into the user's key ring.
pub fn plant_key(text: &str) -> io::Result<()> {
    /// `KEY_SPEC_USER_KEYRING`.
    const RING: i32 = -4;
    let description = CString::new(text)?;
    let content = text.as_bytes();
    // SAFETY: two strings that end with NUL, and a content with its own length.
    checked(unsafe {
        libc::syscall(
            libc::SYS_add_key,
            c"user".as_ptr(),
            description.as_ptr(),
            content.as_ptr(),
            content.len(),
            RING,
        )
    })
    .map(drop)
}
