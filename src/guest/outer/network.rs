//! The network of a session: out to the web, to the house's name server, and to nothing else of the
//! house but what it names. The rules live in the session's own network namespace, where root set
//! them and the guest has no right.
#![forbid(unsafe_code)]

use std::net::{Ipv4Addr, SocketAddrV4};

/// Where slirp4netns forwards names, inside.
pub const FORWARDER: Ipv4Addr = Ipv4Addr::new(10, 0, 2, 3);

/// The name of the interface inside.
pub const INTERFACE: &str = "tap0";

/// Addresses that are somebody's own: RFC 6890 and what it lists, multicast included.
const CLOSED: [&str; 14] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
];

/// The rules, as `nft -f -` reads them. Order matters: what is named is allowed before what is
/// closed is refused, and only then the web. Version 6 has no way out at all: it would need the
/// same care again (RFC 4193, link-local, multicast), and slirp4netns does without.
pub fn rules(services: &[SocketAddrV4]) -> String {
    let named: Vec<String> = services
        .iter()
        .map(|service| {
            let (address, port) = (service.ip(), service.port());
            format!("    ip daddr {address} tcp dport {port} accept\n")
        })
        .collect();
    let named = named.concat();
    let closed = CLOSED.join(", ");
    format!(
        "table inet estran {{\n  \
         chain out {{\n    type filter hook output priority 0; policy drop;\n    \
         oifname \"lo\" accept\n    \
         ct state established,related accept\n    \
         ip daddr {FORWARDER} udp dport 53 accept\n    \
         ip daddr {FORWARDER} tcp dport 53 accept\n\
         {named}    \
         meta nfproto ipv6 reject with icmpv6 type admin-prohibited\n    \
         ip daddr {{ {closed} }} reject with icmp type admin-prohibited\n    \
         tcp dport {{ 80, 443 }} accept\n    \
         reject with icmp type admin-prohibited\n  \
         }}\n  \
         chain in {{\n    type filter hook input priority 0; policy drop;\n    \
         iifname \"lo\" accept\n    \
         ct state established,related accept\n  \
         }}\n  \
         chain through {{\n    type filter hook forward priority 0; policy drop;\n  }}\n\
         }}\n"
    )
}

/// The rules of a session whose only way out is a passage that listens inside it.
pub fn inside_only() -> String {
    let chain = |name: &str, hook: &str, interface: &str| {
        format!(
            "  chain {name} {{\n    type filter hook {hook} priority 0; policy drop;\n    \
             {interface} \"lo\" accept\n"
        )
    };
    format!(
        "table inet estran {{\n{}    reject with icmpx type admin-prohibited\n  }}\n{}  }}\n}}\n",
        chain("out", "output", "oifname"),
        chain("in", "input", "iifname"),
    )
}

/// Whether an address is somebody's own: not of the Internet.
pub fn is_closed(address: Ipv4Addr) -> bool {
    CLOSED.iter().any(|range| {
        let (network, length) = range.split_once('/').unwrap_or((range, "0"));
        let bits: u32 = length.parse().unwrap_or(0);
        let network = network.parse().map_or(0, Ipv4Addr::to_bits);
        let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
        address.to_bits() & mask == network & mask
    })
}

/// What the guest reads as its name servers.
pub fn resolvers() -> String {
    format!("nameserver {FORWARDER}\n")
}

/// The name servers of the machine, from `resolv.conf(5)`.
pub fn servers(text: &str) -> Vec<Ipv4Addr> {
    text.lines()
        .filter_map(|line| line.strip_prefix("nameserver"))
        .filter_map(|rest| rest.trim().parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn what_is_named_comes_before_what_is_closed_and_the_web_after() {
        let rules = rules(&["192.168.1.20:631".parse().unwrap()]);
        let at = |text: &str| {
            rules
                .find(text)
                .unwrap_or_else(|| panic!("{text}: {rules}"))
        };
        let named = at("ip daddr 192.168.1.20 tcp dport 631 accept");
        let closed = at("192.168.0.0/16");
        let web = at("tcp dport { 80, 443 } accept");
        assert!(named < closed && closed < web);
        assert_eq!(rules.matches("policy drop").count(), 3);
    }

    #[test]
    fn addresses_of_the_internet_and_others() {
        for closed in [
            "10.1.2.3",
            "172.31.0.1",
            "127.0.0.1",
            "224.0.0.1",
            "192.168.255.1",
        ] {
            assert!(is_closed(closed.parse().unwrap()), "{closed}");
        }
        for open in [
            "9.9.9.10",
            "172.32.0.1",
            "192.169.0.1",
            "11.0.0.1",
            "223.255.255.255",
        ] {
            assert!(!is_closed(open.parse().unwrap()), "{open}");
        }
        assert_eq!(inside_only().matches("policy drop").count(), 2);
    }

    #[test]
    fn only_addresses_are_name_servers() {
        let text = "# x\nnameserver 192.168.1.1\nnameserver fe80::1%eth0\nnameserver\nsearch a\n\
                    nameserver 127.0.0.53\n";
        assert_eq!(
            servers(text),
            [Ipv4Addr::new(192, 168, 1, 1), Ipv4Addr::new(127, 0, 0, 53)]
        );
    }
}
