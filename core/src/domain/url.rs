//! Addresses of web pages: RFC 3986, read as browsers do (WHATWG URL), without scheme too.
//!
//! Only `http` and `https`, and a text that starts with a host name. A user name before the host, which serves to
//! mislead, is skipped like in a browser; a backslash is a slash. For `==` scheme, a leading `www.`, a default port, a
//! final slash and the fragment don't count; path and query count as written.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::host::Host;

const MAX_URL: usize = 8_192;

/// What a text says as the address of a page. Where it is not valid, the rest is `None`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Url {
    /// Whether it is the address of a page.
    pub(crate) valid: bool,
    /// The host as written, in lower case.
    pub(crate) host: Option<String>,
    /// The registrable domain of the host, in ASCII; an IP address has none.
    pub(crate) domain: Option<String>,
    /// The path as written, at least `/`.
    pub(crate) path: Option<String>,
    /// The form that `==` and membership compare.
    pub(crate) canonical: Option<String>,
}

/// Reads the address of a page.
pub(crate) fn parse(raw: &str) -> Url {
    read(raw.trim()).unwrap_or_default()
}

fn read(text: &str) -> Option<Url> {
    if text.len() > MAX_URL || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let (scheme, rest) = without_scheme(text)?;
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at_checked(end)?;
    let address = match authority.rsplit_once('@') {
        // Without a scheme this is a mail address.
        Some(_) if scheme == Scheme::None => return None,
        Some((_, address)) => address,
        None => authority,
    };
    let (name, port) = port_of(address)?;
    let (host, ascii, domain) = host_of(name)?;
    let (tail, _) = tail.split_once('#').unwrap_or((tail, ""));
    let (path, query) = tail.split_once('?').unwrap_or((tail, ""));
    let path = if path.is_empty() { "/".to_owned() } else { path.replace('\\', "/") };
    let canonical = canonical(&ascii, port, scheme, &path, query);
    Some(Url { valid: true, host: Some(host), domain, path: Some(path), canonical: Some(canonical) })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
    None,
}

/// The scheme, and what is behind `://`.
fn without_scheme(text: &str) -> Option<(Scheme, &str)> {
    for (name, scheme) in [("https:", Scheme::Https), ("http:", Scheme::Http), ("//", Scheme::Https)] {
        if text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            let rest = text.get(name.len()..)?;
            return Some((scheme, if name == "//" { rest } else { rest.trim_start_matches(['/', '\\']) }));
        }
    }
    let before = text.split(['/', '?', '#']).next().unwrap_or_default();
    // `host:8080` is a port, `mailto:…` another scheme.
    match before.split_once(':') {
        Some((_, port)) if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) => None,
        _ => Some((Scheme::None, text)),
    }
}

fn port_of(address: &str) -> Option<(&str, Option<u16>)> {
    let behind = address.rfind(']').map_or(0, |at| at + 1);
    let Some(colon) = address.get(behind..)?.find(':') else { return Some((address, None)) };
    let (name, port) = address.split_at_checked(behind + colon)?;
    match port.strip_prefix(':')? {
        "" => Some((name, None)),
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => Some((name, Some(digits.parse().ok()?))),
        _ => None,
    }
}

/// The host as written, in ASCII, and its registrable domain.
fn host_of(name: &str) -> Option<(String, String, Option<String>)> {
    if let Some(v6) = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let v6: Ipv6Addr = v6.parse().ok()?;
        let text = format!("[{v6}]");
        return Some((text.clone(), text, None));
    }
    if let Ok(v4) = name.parse::<Ipv4Addr>() {
        return Some((v4.to_string(), v4.to_string(), None));
    }
    let host = Host::parse(name)?;
    let domain = host.domain();
    Some((host.written, host.ascii, domain))
}

fn canonical(host: &str, port: Option<u16>, scheme: Scheme, path: &str, query: &str) -> String {
    let default = if scheme == Scheme::Http { 80 } else { 443 };
    let mut text = host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(host).to_owned();
    if let Some(port) = port.filter(|port| *port != default) {
        text.push(':');
        text.push_str(&port.to_string());
    }
    text.push_str(path.trim_end_matches('/'));
    if !query.is_empty() {
        text.push('?');
        text.push_str(query);
    }
    text
}
