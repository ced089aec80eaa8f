//! Names of hosts, for mail addresses and URLs, and the domain that somebody registered.
//!
//! Syntax: labels of letters, digits and inner hyphens of at most 63 octets, 253 in all (RFC 1035, RFC 1123), at
//! least two labels, the last not all digits. Labels with other letters are written by RFC 3492 (Punycode) after
//! compatibility composition and lower case: the part of UTS #46 that people's addresses need, without its tables.
//! The registrable domain is by the Mozilla public suffix list (crate `psl`), its private part included: of
//! `a.github.io` it is the whole.

use unicode_normalization::UnicodeNormalization;

const MAX_HOST: usize = 253;
const MAX_LABEL: usize = 63;

/// A host name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Host {
    /// As written, in lower case, without a final full stop.
    pub(crate) written: String,
    /// In the form of the DNS: lower-case ASCII.
    pub(crate) ascii: String,
}

impl Host {
    /// Reads a host name.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix('.').unwrap_or(text);
        if text.is_empty() || text.len() > MAX_HOST * 4 {
            return None;
        }
        let written = if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() };
        let ascii = if written.is_ascii() { written.clone() } else { to_ascii(&written)? };
        is_host(&ascii).then_some(Self { written, ascii })
    }

    /// The registrable domain in ASCII: none for a public suffix itself.
    pub(crate) fn domain(&self) -> Option<String> {
        domain(&self.ascii).map(str::to_owned)
    }
}

/// The registrable domain of a host in ASCII, which ends with it.
pub(crate) fn domain(ascii: &str) -> Option<&str> {
    psl::domain_str(ascii)
}

/// Whether a text is the name of a host in ASCII: at least two labels, the last not all digits.
pub(crate) fn is_host(ascii: &str) -> bool {
    is_host_ascii(ascii.as_bytes())
}

/// The same of bytes; what is not ASCII is no host.
fn is_host_ascii(ascii: &[u8]) -> bool {
    if ascii.len() > MAX_HOST {
        return false;
    }
    let (mut labels, mut length, mut digits, mut before) = (1, 0, true, b'.');
    for byte in ascii {
        match *byte {
            b'.' if length == 0 || before == b'-' => return false,
            b'.' => {
                labels += 1;
                length = 0;
                digits = true;
            }
            b'-' if length == 0 => return false,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => {
                length += 1;
                digits &= byte.is_ascii_digit();
                if length > MAX_LABEL {
                    return false;
                }
            }
            _ => return false,
        }
        before = *byte;
    }
    labels > 1 && length > 0 && before != b'-' && !digits
}

// What a byte is in the label of a host.
const LABEL: u8 = 1;
// Beside `LABEL`: no digit, a capital.
const NAMED: u8 = 2;
const CAPITAL: u8 = 4;

const OCTETS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        if let Some(place) = table.split_at_mut(byte as usize).1.first_mut() {
            *place = match byte {
                b'a'..=b'z' | b'_' | b'-' => LABEL | NAMED,
                b'A'..=b'Z' => LABEL | NAMED | CAPITAL,
                b'0'..=b'9' => LABEL,
                _ => 0,
            };
        }
        byte += 1;
    }
    table
};

/// The same of names so short that no label can be too long; longer ones it does not know. Says whether there are capitals.
#[inline]
pub(super) fn short_host(ascii: &[u8]) -> Option<bool> {
    if ascii.len() > MAX_LABEL {
        return None;
    }
    let (mut rest, mut labels, mut all) = (ascii, 0, 0);
    loop {
        labels += 1;
        let mut seen = 0;
        let end = rest.iter().position(|byte| {
            let kind = OCTETS.get(usize::from(*byte)).copied().unwrap_or(0);
            seen |= kind;
            kind == 0
        });
        all |= seen;
        let (label, behind) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        if label.first()? == &b'-' || label.last()? == &b'-' {
            return None;
        }
        match behind.split_first() {
            None => return (labels > 1 && seen & NAMED != 0).then_some(all & CAPITAL != 0),
            Some((b'.', behind)) => rest = behind,
            Some(_) => return None,
        }
    }
}

/// The labels in ASCII: those with other letters by Punycode.
fn to_ascii(written: &str) -> Option<String> {
    let composed: String = written.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    let mut ascii = String::with_capacity(composed.len() + 8);
    for (place, label) in composed.split(['.', '。']).enumerate() {
        if place > 0 {
            ascii.push('.');
        }
        if label.is_ascii() {
            ascii.push_str(label);
        } else {
            let letters =
                |c: char| c.is_alphanumeric() || c == '-' || unicode_normalization::char::is_combining_mark(c);
            if label.len() > MAX_LABEL * 4 || !label.chars().all(letters) {
                return None;
            }
            ascii.push_str("xn--");
            punycode(label, &mut ascii)?;
        }
    }
    Some(ascii)
}

/// Punycode, RFC 3492 section 6.3, with the parameters of section 5.
fn punycode(label: &str, out: &mut String) -> Option<()> {
    const BASE: u32 = 36;
    const T_MIN: u32 = 1;
    const T_MAX: u32 = 26;
    let characters: Vec<u32> = label.chars().map(u32::from).collect();
    let basic = label.chars().filter(char::is_ascii).inspect(|c| out.push(*c)).count();
    if basic > 0 {
        out.push('-');
    }
    let basic = u32::try_from(basic).ok()?;
    let total = u32::try_from(characters.len()).ok()?;
    let (mut n, mut delta, mut bias, mut handled) = (128u32, 0u32, 72u32, basic);
    while handled < total {
        let next = characters.iter().copied().filter(|c| *c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for &c in &characters {
            if c < n {
                delta = delta.checked_add(1)?;
            }
            if c != n {
                continue;
            }
            let (mut q, mut k) = (delta, BASE);
            loop {
                let t = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
                if q < t {
                    break;
                }
                out.push(punycode_digit(t + (q - t) % (BASE - t))?);
                q = (q - t) / (BASE - t);
                k += BASE;
            }
            out.push(punycode_digit(q)?);
            bias = adapted(delta, handled + 1, handled == basic);
            delta = 0;
            handled += 1;
        }
        delta = delta.checked_add(1)?;
        n += 1;
    }
    Some(())
}

fn punycode_digit(value: u32) -> Option<char> {
    char::from_digit(value.checked_sub(26).unwrap_or(value + 10), 36)
}

/// RFC 3492 section 6.1.
fn adapted(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

/// Version of the public suffix list: that of the crate `psl`.
pub(crate) const LIST: &str = "psl 2.1.247";
