//! Taking a document out of the session, as bytes and nothing else. The name came from the guest,
//! and the guest may put anything under it while we look.
#![forbid(unsafe_code)]

use std::fs::File;

use rustix::fs::{FileType, Mode, OFlags, ResolveFlags, fstat, open, openat2};
use rustix::io::Errno;

use super::sandbox::DOCUMENTS;

/// The largest document that is taken, bytes.
pub const LARGEST: u64 = 100 * 1024 * 1024;

/// Opens the document `name` of the session whose first process is `init`; returns it with its
/// size. Links are not followed, and only a plain file of the session's own home will do.
///
/// # Errors
/// When there is no such plain file, or it is too large.
pub fn open_document(init: u32, name: &str) -> Result<(File, u64), Errno> {
    let path = OFlags::PATH | OFlags::CLOEXEC;
    // The one magic link: the root of our own sandbox's first process.
    let root = open(
        format!("/proc/{init}/root"),
        path | OFlags::DIRECTORY,
        Mode::empty(),
    )?;
    let walls = ResolveFlags::IN_ROOT | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
    let folder = DOCUMENTS.trim_start_matches('/');
    let folder = openat2(
        &root,
        folder,
        path | OFlags::DIRECTORY,
        Mode::empty(),
        walls,
    )?;
    if name.is_empty() || name.contains('/') || name == "." || name == ".." {
        return Err(Errno::INVAL);
    }
    // NONBLOCK: a pipe without a writer must not hold us.
    let read = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let beneath = walls | ResolveFlags::BENEATH | ResolveFlags::NO_XDEV;
    let beneath = beneath.difference(ResolveFlags::IN_ROOT);
    let file = openat2(
        &folder,
        name,
        read | OFlags::NOFOLLOW,
        Mode::empty(),
        beneath,
    )?;
    let about = fstat(&file)?;
    let size = u64::try_from(about.st_size).map_err(|_| Errno::INVAL)?;
    if FileType::from_raw_mode(about.st_mode) != FileType::RegularFile {
        return Err(Errno::INVAL);
    }
    if size > LARGEST {
        return Err(Errno::FBIG);
    }
    Ok((File::from(file), size))
}
