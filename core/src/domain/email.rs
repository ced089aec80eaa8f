//! Mail addresses: RFC 5321 and 5322, with the letters of other scripts by RFC 6531.
//!
//! Read are the addresses that mail providers give: a local part of words joined by full stops (or a quoted one), and
//! a host name with a full stop. Address literals (`@[192.0.2.1]`) and comments are not valid here. For `==` host and
//! local part are in lower case and the host in the form of the DNS; full stops and tags of the local part stay, since
//! only some providers ignore them.

use super::host::{self, Host};
use unicode_normalization::UnicodeNormalization;

const MAX_LOCAL: usize = 64;
const MAX_ADDRESS: usize = 254;

/// A range of bytes of the text that [`read`] writes to.
pub(crate) type Range = (u32, u32);

/// What a text says as a mail address: the places of its parts. `None` is what it does not have; of what is no mail address,
/// everything.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Email {
    /// Whether it is a mail address.
    pub(crate) valid: bool,
    /// Before the `@`, in lower case, the tag included.
    pub(crate) local: Option<Range>,
    /// Behind the `@`, as written, in lower case.
    pub(crate) host: Option<Range>,
    /// The host in ASCII.
    pub(crate) ascii: Option<Range>,
    /// What stands behind the first `+` of the local part, in lower case.
    pub(crate) tag: Option<Range>,
    /// The form that `==` and membership compare.
    pub(crate) canonical: Option<Range>,
    /// The registrable domain of the host, in ASCII, once it was asked for.
    pub(crate) domain: Option<Option<Range>>,
}

/// Reads a mail address and appends what is made of it to a text.
pub(crate) fn read(raw: &str, out: &mut String) -> Email {
    let start = out.len();
    parts(raw.trim(), out).unwrap_or_else(|| {
        out.truncate(start);
        Email::default()
    })
}

/// The form of a mail address that `==` and membership compare.
pub(crate) fn canonical(raw: &str) -> Option<String> {
    let mut text = String::new();
    let (start, end) = read(raw, &mut text).canonical?;
    text.get(start as usize..end as usize).map(str::to_owned)
}

/// The registrable domain of a host in ASCII that lies in `text`.
pub(crate) fn domain(text: &str, (start, end): Range) -> Option<Range> {
    let domain = host::domain(text.get(start as usize..end as usize)?)?;
    Some((end - u32::try_from(domain.len()).ok()?, end))
}

/// Nearly every address: ASCII, one `@`, no quotes. Says nothing about any other.
fn plain_parts(text: &str, out: &mut String) -> Option<Email> {
    let bytes = text.as_bytes();
    let at = bytes.iter().position(|byte| *byte == b'@')?;
    let (local, host) = (bytes.get(..at)?, bytes.get(at + 1..)?);
    if at > MAX_LOCAL || bytes.len() > MAX_ADDRESS || !is_dotted_ascii(local) || !host::is_host_ascii(host) {
        return None;
    }
    let start = out.len();
    out.push_str(text);
    out.get_mut(start..)?.make_ascii_lowercase();
    let place = |place: usize| u32::try_from(start + place).ok();
    let tag = local.iter().position(|byte| *byte == b'+').filter(|plus| plus + 1 < at);
    let host = Some((place(at + 1)?, place(bytes.len())?));
    Some(Email {
        valid: true,
        local: Some((place(0)?, place(at)?)),
        host,
        ascii: host,
        tag: tag.and_then(|plus| Some((place(plus + 1)?, place(at)?))),
        canonical: Some((place(0)?, place(bytes.len())?)),
        domain: None,
    })
}

fn parts(text: &str, out: &mut String) -> Option<Email> {
    if let Some(email) = plain_parts(text, out) {
        return Some(email);
    }
    if text.len() > MAX_ADDRESS * 4 {
        return None;
    }
    let (local, host) = text.rsplit_once('@')?;
    let place = |out: &String| u32::try_from(out.len()).ok();
    let start = place(out)?;
    let (written, ascii);
    if local.is_ascii() {
        out.push_str(local);
        out.get_mut(start as usize..)?.make_ascii_lowercase();
    } else {
        out.extend(local.nfc().flat_map(char::to_lowercase).nfc());
    }
    let at = place(out)?;
    out.push('@');
    if host.is_ascii() {
        out.push_str(host.strip_suffix('.').unwrap_or(host));
        out.get_mut(at as usize..)?.make_ascii_lowercase();
        if !host::is_host(out.get(at as usize + 1..)?) {
            return None;
        }
        ascii = (at + 1, place(out)?);
        written = ascii;
    } else {
        let host = Host::parse(host)?;
        out.push_str(&host.ascii);
        ascii = (at + 1, place(out)?);
        out.push_str(&host.written);
        written = (ascii.1, place(out)?);
    }
    if local.len() > MAX_LOCAL || local.len() + 1 + (ascii.1 - ascii.0) as usize > MAX_ADDRESS {
        return None;
    }
    if !is_dotted(local) && !is_quoted(local) {
        return None;
    }
    let plus = memchr::memchr(b'+', out.as_bytes().get(start as usize..at as usize)?);
    let tag = plus.filter(|_| !local.starts_with('"')).and_then(|plus| u32::try_from(plus).ok());
    Some(Email {
        valid: true,
        local: Some((start, at)),
        host: Some(written),
        ascii: Some(ascii),
        tag: tag.map(|plus| (start + plus + 1, at)).filter(|(from, to)| from < to),
        canonical: Some((start, ascii.1)),
        domain: None,
    })
}

/// `Dot-string` of RFC 5321, section 4.1.2.
fn is_dotted(local: &str) -> bool {
    if !local.is_ascii() {
        return local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atext));
    }
    is_dotted_ascii(local.as_bytes())
}

#[inline]
fn is_dotted_ascii(local: &[u8]) -> bool {
    let mut before = b'.';
    for byte in local {
        if (*byte == b'.' && before == b'.') || (*byte != b'.' && !is_ascii_atext(*byte)) {
            return false;
        }
        before = *byte;
    }
    before != b'.'
}

fn is_ascii_atext(byte: u8) -> bool {
    matches!(byte,
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'/' | b'=' | b'?'
        | b'^'..=b'`' | b'{'..=b'~')
}

/// `atext` of RFC 5322, section 3.2.3, and by RFC 6531 what is not ASCII; of that only what is visible.
fn is_atext(c: char) -> bool {
    match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => is_ascii_atext(byte),
        _ => c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c),
    }
}

/// `Quoted-string` of RFC 5321.
fn is_quoted(local: &str) -> bool {
    let Some(inner) = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return false };
    let mut escaped = false;
    for c in inner.chars() {
        if c.is_control() || (c == '"' && !escaped) {
            return false;
        }
        escaped = c == '\\' && !escaped;
    }
    !escaped && !inner.is_empty()
}

/// The parts of an address as texts.
#[cfg(test)]
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) valid: bool,
    pub(crate) local: Option<String>,
    pub(crate) host: Option<String>,
    pub(crate) domain: Option<String>,
    pub(crate) tag: Option<String>,
    pub(crate) canonical: Option<String>,
}

/// Reads a mail address.
#[cfg(test)]
pub(crate) fn parse(raw: &str) -> Parts {
    let mut text = "before".to_owned();
    let email = read(raw, &mut text);
    let part = |range: Option<Range>| range.map(|(start, end)| text[start as usize..end as usize].to_owned());
    Parts {
        valid: email.valid,
        local: part(email.local),
        host: part(email.host),
        domain: part(email.ascii.and_then(|ascii| domain(&text, ascii))),
        tag: part(email.tag),
        canonical: part(email.canonical),
    }
}
