//! `[custodian]`: how the root custodian of the station form keeps its guests.

use std::net::{Ipv4Addr, SocketAddrV4};
use std::str::FromStr;

use toml::Spanned;

use super::Problem;
use super::checker::Checker;
use super::raw::RawCustodian;

/// What the station form needs to know. The desk form reads none of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Custody {
    /// The account that the front-end runs as.
    pub front_end: String,
    /// The group whose members may speak to the custodian too.
    pub staff: String,
    /// The first uid that guests take. 1 000 to 4 000 000 000.
    pub first_guest: u32,
    /// How many uids guests take in turn. 2 to 1 000.
    pub guests: u32,
    /// Services of the local network that guests may reach; everything else there is refused.
    pub services: Vec<SocketAddrV4>,
    /// The name servers that guests are led to; the machine's own when empty.
    pub resolvers: Vec<Ipv4Addr>,
    /// The machine is declared to clear memory when it is freed (`init_on_free=1`).
    pub memory_cleared: bool,
    /// Sessions must be bounded by control groups. `false` is for test machines whose kernel has
    /// these controllers elsewhere.
    pub bounded: bool,
}

impl Default for Custody {
    fn default() -> Self {
        Self {
            front_end: "estran".to_owned(),
            staff: "estran".to_owned(),
            first_guest: 60_100,
            guests: 100,
            services: Vec::new(),
            resolvers: Vec::new(),
            memory_cleared: false,
            bounded: true,
        }
    }
}

pub fn check(checker: &mut Checker, raw: RawCustodian) -> Custody {
    let usual = Custody::default();
    let mut name = |value: Option<Spanned<String>>, usual: String| {
        let Some(value) = value else { return usual };
        if !plain(value.get_ref()) {
            checker.report(value.span(), Problem::Account);
        }
        value.into_inner()
    };
    let front_end = name(raw.front_end, usual.front_end);
    let staff = name(raw.staff, usual.staff);
    Custody {
        front_end,
        staff,
        first_guest: checker.number(raw.first_guest, usual.first_guest, 1_000..=4_000_000_000),
        guests: checker.number(raw.guests, usual.guests, 2..=1_000),
        services: addresses(checker, raw.services, |service: &SocketAddrV4| {
            service.port() != 0 && reachable(*service.ip())
        }),
        resolvers: addresses(checker, raw.resolvers, |address| reachable(*address)),
        memory_cleared: raw.memory_cleared.unwrap_or(usual.memory_cleared),
        bounded: raw.bounded.unwrap_or(usual.bounded),
    }
}

fn addresses<T: FromStr>(
    checker: &mut Checker,
    raw: Vec<Spanned<String>>,
    allowed: impl Fn(&T) -> bool,
) -> Vec<T> {
    const MOST: usize = 64;
    if let Some(beyond) = raw.get(MOST) {
        checker.report(beyond.span(), Problem::Count { max: MOST });
    }
    let mut list = Vec::new();
    for value in raw {
        match value.get_ref().parse().ok().filter(&allowed) {
            Some(address) => list.push(address),
            None => checker.report(value.span(), Problem::Address),
        }
    }
    list
}

/// Nothing of the machine itself, and one machine only.
fn reachable(address: Ipv4Addr) -> bool {
    !(address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.is_broadcast())
}

/// A name as Debian's `adduser` makes it.
fn plain(name: &str) -> bool {
    let mut characters = name.chars();
    name.len() <= 32
        && characters
            .next()
            .is_some_and(|c| c.is_ascii_lowercase() || c == '_')
        && characters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c))
}
