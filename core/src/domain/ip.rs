//! Internet addresses, IPv4 and IPv6 (RFC 791, RFC 4291), and which of them are private.
//!
//! An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) is the IPv4 address. Private is what the IANA special-purpose
//! address registries (RFC 6890) mark as not globally reachable for use inside a network: private use (RFC 1918),
//! shared address space of carriers (RFC 6598), loopback, link-local, unique local (RFC 4193) and the unspecified
//! address. Documentation and benchmarking ranges are not private: nobody has them in a network.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};

/// An internet address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Ip(IpAddr);

impl Ip {
    /// Reads an address in its usual notation, without port, zone or brackets.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().map(Self::new)
    }

    /// The address, an IPv4-mapped one as IPv4.
    pub(crate) fn new(address: IpAddr) -> Self {
        Self(address.to_canonical())
    }

    /// The standard library's address.
    pub(crate) fn address(self) -> IpAddr {
        self.0
    }

    /// 4 or 6.
    pub(crate) fn version(self) -> u8 {
        if self.0.is_ipv4() { 4 } else { 6 }
    }

    /// Whether the address means something only inside a network.
    pub(crate) fn is_private(self) -> bool {
        match self.0 {
            IpAddr::V4(v4) => {
                v4.is_private() || v4.is_loopback() || v4.is_link_local() || is_shared(v4) || v4.octets()[0] == 0
            }
            IpAddr::V6(v6) => {
                v6.is_loopback() || v6.is_unspecified() || v6.is_unique_local() || v6.is_unicast_link_local()
            }
        }
    }
}

/// 100.64.0.0/10.
fn is_shared(v4: Ipv4Addr) -> bool {
    let [a, b, ..] = v4.octets();
    a == 100 && b & 0xC0 == 64
}

impl fmt::Display for Ip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
