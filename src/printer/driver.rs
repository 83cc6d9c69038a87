//! What the printer can do, in the words of the print service (a PPD file). It is asked for once,
//! in the same sandbox as everything else of printing: the answer comes from the network.
#![allow(clippy::disallowed_methods, reason = "door: starts the print service")]

use std::fs::File;
use std::io::Read;
use std::os::fd::OwnedFd;

use super::{PrinterError, Settings, instance};
use crate::guest::Walled;

/// A longer one is no PPD file.
const LONGEST: u64 = 1024 * 1024;

/// See [`Driver::of_nobody`].
const NOBODY: &str = r#"*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "ESTRAN.PPD"
*Product: "(Estran)"
*PSVersion: "(3010.000) 0"
*Manufacturer: "Estran"
*ModelName: "Estran"
*ShortNickName: "Estran"
*NickName: "Estran"
*cupsVersion: 2.4
*cupsFilter2: "text/plain application/octet-stream 0 -"
"#;

/// What a printer can do. Not read by us: handed to the print service as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Driver(Vec<u8>);

impl Driver {
    /// Takes the bytes if they begin as such a file begins.
    pub fn of(bytes: Vec<u8>) -> Option<Self> {
        bytes.starts_with(b"*PPD-Adobe:").then_some(Self(bytes))
    }

    /// Of a printer that is not there and takes text as it is: for a proof, which needs a queue
    /// and must put nothing on paper.
    pub fn of_nobody() -> Self {
        Self(NOBODY.as_bytes().to_vec())
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Asks the printer. Takes seconds when it is slow or away, so not for the custodian's own thread.
///
/// # Errors
/// [`PrinterError::NotReached`] when no usable answer comes.
pub fn learn(settings: &Settings) -> Result<Driver, PrinterError> {
    let command = ["/usr/bin/driverless", settings.uri.as_str()];
    let ((info, tell), (out, say)) = (std::io::pipe()?, std::io::pipe()?);
    let bwrap = instance::spawn(settings, &[], &command, say.into(), tell.into())?;
    let walled = Walled::of(bwrap, File::from(OwnedFd::from(info)))?;
    let mut answer = Vec::new();
    let read = out.take(LONGEST).read_to_end(&mut answer);
    // Whatever it still does, and without a zombie.
    drop(walled);
    read?;
    Driver::of(answer).ok_or(PrinterError::NotReached)
}
