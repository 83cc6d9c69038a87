//! Where the front-end keeps the guest's socket.

use std::path::PathBuf;

use estran::custodian;

/// The front-end's own directory: the guest's socket lives in it. Named after the process, so that
/// a later custodian knows it for a dead one's.
pub struct Runtime(pub PathBuf);

impl Runtime {
    /// Makes it.
    ///
    /// # Errors
    /// When the system refuses the directory.
    pub fn make() -> std::io::Result<Self> {
        use std::os::unix::fs::DirBuilderExt;
        // In the station form the custodian is not allowed to: these are our own.
        custodian::stale_runtimes_removed(&custodian::runtime_directory());
        let path = custodian::runtime_directory().join(format!("estran-{}", std::process::id()));
        std::fs::DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        // Only ever an empty directory: the display removes its sockets. If it stays, the next
        // start finds and removes it.
        drop(std::fs::remove_dir(&self.0));
    }
}
