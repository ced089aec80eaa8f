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
    /// The registrable domain of the host, in ASCII.
    pub(crate) domain: Domain,
}

/// The registrable domain, which is looked for when it is first asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Domain {
    /// Not asked for yet.
    #[default]
    Open,
    /// Where it lies; a public suffix itself has none.
    Found(Option<Range>),
}

impl Email {
    /// The registrable domain of the host; `text` is what [`read`] wrote to.
    pub(crate) fn domain(&mut self, text: &str) -> Option<Range> {
        let found = match self.domain {
            Domain::Found(found) => found,
            Domain::Open => self.ascii.and_then(|ascii| domain(text, ascii)),
        };
        self.domain = Domain::Found(found);
        found
    }
}

/// Reads a mail address and appends what is made of it to a text.
pub(crate) fn read(raw: &str, out: &mut String) -> Email {
    let start = out.len();
    parts(trimmed(raw), out).unwrap_or_else(|| {
        out.truncate(start);
        Email::default()
    })
}

/// Without white space at both ends, of which nearly no text has any.
fn trimmed(raw: &str) -> &str {
    match (raw.as_bytes().first(), raw.as_bytes().last()) {
        (Some(b'!'..=b'~'), Some(b'!'..=b'~')) => raw,
        _ => raw.trim(),
    }
}

/// The form of a mail address that `==` and membership compare.
pub(crate) fn canonical(raw: &str) -> Option<String> {
    let mut text = String::new();
    let (start, end) = read(raw, &mut text).canonical?;
    text.get(start as usize..end as usize).map(str::to_owned)
}

/// The registrable domain of a host in ASCII that lies in `text`.
fn domain(text: &str, (start, end): Range) -> Option<Range> {
    let domain = host::domain(text.get(start as usize..end as usize)?)?;
    Some((end - u32::try_from(domain.len()).ok()?, end))
}

/// Nearly every address: ASCII, one `@`, no quotes. Says nothing about any other.
fn plain_parts(text: &str, out: &mut String) -> Option<Email> {
    let bytes = text.as_bytes();
    if bytes.len() > MAX_ADDRESS {
        return None;
    }
    let (at, seen) = dotted_length(bytes)?;
    let (local, host) = (bytes.get(..at)?, bytes.get(at + 1..)?);
    let has_capitals = host::short_host(host).filter(|_| at <= MAX_LOCAL)? || seen & UPPER != 0;
    let start = u32::try_from(out.len()).ok()?;
    out.push_str(text);
    if has_capitals {
        out.get_mut(start as usize..)?.make_ascii_lowercase();
    }
    let (at, end) = (u32::try_from(at).ok()? + start, u32::try_from(out.len()).ok()?);
    let plus = if seen & PLUS == 0 { None } else { local.iter().position(|byte| *byte == b'+') };
    let tag = plus.and_then(|plus| u32::try_from(plus).ok()).map(|plus| (start + plus + 1, at));
    Some(Email {
        valid: true,
        local: Some((start, at)),
        host: Some((at + 1, end)),
        ascii: Some((at + 1, end)),
        tag: tag.filter(|(from, to)| from < to),
        canonical: Some((start, end)),
        domain: Domain::Open,
    })
}

/// How long the `Dot-string` is that an `@` ends, if there is one, and all kinds of bytes in it.
#[inline]
fn dotted_length(bytes: &[u8]) -> Option<(usize, u8)> {
    let (mut start, mut seen) = (0, 0);
    loop {
        let atom = bytes.get(start..)?;
        let mut end = ATOM;
        let length = atom.iter().position(|byte| {
            end = LOCAL.get(usize::from(*byte)).copied().unwrap_or(0);
            seen |= end;
            end & ATOM == 0
        })?;
        match end {
            AT if length > 0 => return Some((start + length, seen)),
            DOT if length > 0 => start += length + 1,
            _ => return None,
        }
    }
}

// What a byte is in the local part.
const ATOM: u8 = 1;
const DOT: u8 = 2;
const AT: u8 = 4;
// Beside `ATOM`.
const PLUS: u8 = 8;
const UPPER: u8 = 16;

const LOCAL: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        if let Some(place) = table.split_at_mut(byte as usize).1.first_mut() {
            *place = match byte {
                b'.' => DOT,
                b'@' => AT,
                b'+' => ATOM | PLUS,
                b'A'..=b'Z' => ATOM | UPPER,
                _ if is_ascii_atext(byte) => ATOM,
                _ => 0,
            };
        }
        byte += 1;
    }
    table
};

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
        domain: Domain::Open,
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

const fn is_ascii_atext(byte: u8) -> bool {
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
    let mut email = read(raw, &mut text);
    let domain = email.domain(&text);
    let part =
        |range: Option<Range>| range.and_then(|(start, end)| text.get(start as usize..end as usize)).map(str::to_owned);
    Parts {
        valid: email.valid,
        local: part(email.local),
        host: part(email.host),
        domain: part(domain),
        tag: part(email.tag),
        canonical: part(email.canonical),
    }
}
