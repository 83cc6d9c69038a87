//! What staff reads of a probe: keys of the wording, never a text of ours.
#![forbid(unsafe_code)]

use super::Probe;

impl Probe {
    /// The wording key of what the probe looks for.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Processes => "audit-processes",
            Self::Namespaces => "audit-namespaces",
            Self::Files => "audit-files",
            Self::HeldFiles => "audit-held-files",
            Self::Runtime => "audit-runtime",
            Self::Keyring => "audit-keyring",
            Self::Print => "audit-print",
            Self::Group => "audit-group",
            Self::Mounts => "audit-mounts",
            Self::Guests => "audit-guests",
            Self::Keys => "audit-keys",
            Self::SharedMemory => "audit-shared-memory",
            Self::Queues => "audit-queues",
            Self::Traces => "audit-traces",
            Self::Crashes => "audit-crashes",
            Self::Spool => "audit-spool",
            Self::Network => "audit-network",
            Self::Resolver => "audit-resolver",
            Self::Swap => "audit-swap",
            Self::CorePattern => "audit-core-pattern",
            Self::FreedMemory => "audit-freed-memory",
            Self::Limits => "audit-limits",
        }
    }

    /// The wording key of what staff can do about a finding.
    #[must_use]
    pub const fn remedy_key(self) -> &'static str {
        match self {
            Self::Processes
            | Self::Namespaces
            | Self::Files
            | Self::HeldFiles
            | Self::Runtime
            | Self::Group
            | Self::Mounts
            | Self::Guests
            | Self::SharedMemory
            | Self::Queues
            | Self::Network => "audit-remedy-restart",
            Self::Keyring | Self::Keys => "audit-remedy-keys",
            Self::Traces => "audit-remedy-traces",
            Self::Crashes => "audit-remedy-crashes",
            Self::Spool | Self::Print => "audit-remedy-spool",
            Self::Resolver => "audit-remedy-resolver",
            Self::Swap => "audit-remedy-swap",
            Self::CorePattern => "audit-remedy-core-pattern",
            Self::FreedMemory => "audit-remedy-freed-memory",
            Self::Limits => "audit-remedy-limits",
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn the_station_demands_all_that_the_desk_demands() {
        assert!(Probe::DESK.iter().all(|p| Probe::STATION.contains(p)));
        let keys: std::collections::BTreeSet<_> = Probe::STATION.map(Probe::key).into();
        assert_eq!(keys.len(), Probe::STATION.len());
    }
}
