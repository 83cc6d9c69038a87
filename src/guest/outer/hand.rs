//! Handing open files from the custodian to the process that becomes the sandbox: one message over
//! a private socket, no numbers to be guessed, nothing inherited by accident.
#![forbid(unsafe_code)]

use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
};

/// The most files that go over at once.
pub const MOST: usize = 64;

/// Sends the files with one byte.
///
/// # Errors
/// When they are too many or the other side is gone.
pub fn over(socket: &UnixStream, files: &[OwnedFd]) -> io::Result<()> {
    let files: Vec<BorrowedFd<'_>> = files.iter().map(AsFd::as_fd).collect();
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MOST))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    if files.len() > MOST || !control.push(SendAncillaryMessage::ScmRights(&files)) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    sendmsg(
        socket,
        &[IoSlice::new(&[0])],
        &mut control,
        SendFlags::NOSIGNAL,
    )?;
    Ok(())
}

/// Takes the files that came with one byte; none of them is inherited further.
///
/// # Errors
/// When the other side is gone or sent something else.
pub fn take(socket: &UnixStream) -> io::Result<Vec<OwnedFd>> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MOST))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let mut byte = [1];
    let got = recvmsg(
        socket,
        &mut [IoSliceMut::new(&mut byte)],
        &mut control,
        RecvFlags::CMSG_CLOEXEC,
    )?;
    if got.bytes != 1 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut files = Vec::new();
    for message in control.drain() {
        let RecvAncillaryMessage::ScmRights(rights) = message else {
            return Err(io::ErrorKind::InvalidData.into());
        };
        files.extend(rights);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use std::io::{Read, Seek, Write};

    use super::*;

    #[test]
    fn files_arrive_in_their_order() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let files: Vec<OwnedFd> = (0..20)
            .map(|number: u8| {
                let mut file = tempfile::tempfile().unwrap();
                file.write_all(&[number]).unwrap();
                file.rewind().unwrap();
                file.into()
            })
            .collect();
        over(&ours, &files).unwrap();
        for (number, file) in take(&theirs).unwrap().into_iter().enumerate() {
            let mut byte = [0];
            std::fs::File::from(file).read_exact(&mut byte).unwrap();
            assert_eq!(usize::from(byte[0]), number);
        }
        drop(ours);
        assert!(take(&theirs).is_err());
    }
}
