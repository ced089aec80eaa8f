//! Networks: ranges of internet addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3).
//!
//! An address without a prefix length is the network of that one address. Bits behind the prefix are ignored. A
//! network of IPv4-mapped addresses is the IPv4 network, as for [`Ip`].

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net};

use super::ip::Ip;

/// A network.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Network(IpNet);

impl Network {
    /// Reads `192.0.2.0/24`, `2001:db8::/32` or a single address.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(ip) = Ip::parse(text) {
            return Some(Self(IpNet::from(ip.address())));
        }
        let network: IpNet = text.parse().ok()?;
        Some(Self(unmapped(network).trunc()))
    }

    /// Whether the address is in the network.
    pub(crate) fn contains(&self, ip: Ip) -> bool {
        self.0.contains(&ip.address())
    }
}

fn unmapped(network: IpNet) -> IpNet {
    let IpNet::V6(v6) = network else { return network };
    let mapped: Option<std::net::Ipv4Addr> = Ipv6Addr::to_ipv4_mapped(&v6.addr());
    match (mapped, v6.prefix_len().checked_sub(96)) {
        (Some(v4), Some(length)) => Ipv4Net::new(v4, length).map_or(network, IpNet::V4),
        _ => network,
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.prefix_len() == self.0.max_prefix_len() {
            let address: IpAddr = self.0.addr();
            address.fmt(f)
        } else {
            self.0.fmt(f)
        }
    }
}
