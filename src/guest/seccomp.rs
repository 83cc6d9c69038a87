//! System calls that no browser needs and that would leave traces outside the session, or open
//! kernel surface. Everything else is allowed: the browsers add their own, much tighter filters.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch,
};

/// The filter could not be built; a bug of ours or an unknown processor.
#[derive(Debug, thiserror::Error)]
#[error("building the system call filter: {0}")]
pub struct SeccompError(#[from] seccompiler::BackendError);

/// Refused with EPERM, whatever the arguments.
const DENIED: [i64; 13] = [
    // Kernel keyrings outlive the session (measured: `_persistent.UID` for three days).
    libc::SYS_add_key,
    libc::SYS_keyctl,
    libc::SYS_request_key,
    libc::SYS_bpf,
    libc::SYS_userfaultfd,
    libc::SYS_perf_event_open,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_kexec_load,
    libc::SYS_kexec_file_load,
    libc::SYS_acct,
    libc::SYS_syslog,
];

/// Typing into the terminal of whoever started us.
const TERMINAL_REQUESTS: [u64; 2] = [0x5412 /* TIOCSTI */, 0x541C /* TIOCLINUX */];

/// On x86-64 the x32 numbering reaches the same calls under other numbers.
const X32_BIT: i64 = 0x4000_0000;

/// The filter, as the bytes that `bwrap --seccomp` reads.
///
/// # Errors
/// [`SeccompError`] when the filter does not compile for this processor.
pub fn filter() -> Result<Vec<u8>, SeccompError> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = BTreeMap::new();
    for number in DENIED {
        rules.insert(number, Vec::new());
        rules.insert(number | X32_BIT, Vec::new());
    }
    let mut requests = Vec::new();
    for request in TERMINAL_REQUESTS {
        // 32 bits: the kernel ignores the upper half of the request.
        let condition =
            SeccompCondition::new(1, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, request)?;
        requests.push(SeccompRule::new(vec![condition])?);
    }
    rules.insert(libc::SYS_ioctl | X32_BIT, requests.clone());
    rules.insert(libc::SYS_ioctl, requests);
    let target = TargetArch::try_from(std::env::consts::ARCH)?;
    let program: BpfProgram = SeccompFilter::new(
        rules,
        SeccompAction::Allow,
        SeccompAction::Errno(libc::EPERM as u32),
        target,
    )?
    .try_into()?;
    Ok(program
        .iter()
        .flat_map(|step| {
            let [c0, c1] = step.code.to_ne_bytes();
            let [k0, k1, k2, k3] = step.k.to_ne_bytes();
            [c0, c1, step.jt, step.jf, k0, k1, k2, k3]
        })
        .collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    #[test]
    fn the_filter_is_whole_instructions() {
        let bytes = super::filter().unwrap();
        assert_eq!(bytes.len() % 8, 0);
        assert!(bytes.len() > 8 * 20, "{} bytes", bytes.len());
    }
}
