//! Mail addresses: RFC 5321 and 5322, with the letters of other scripts by RFC 6531.
//!
//! Read are the addresses that mail providers give: a local part of words joined by full stops (or a quoted one), and
//! a host name with a full stop. Address literals (`@[192.0.2.1]`) and comments are not valid here. For `==` host and
//! local part are in lower case and the host in the form of the DNS; full stops and tags of the local part stay, since
//! only some providers ignore them.

use unicode_normalization::UnicodeNormalization;

use super::host::Host;

const MAX_LOCAL: usize = 64;
const MAX_ADDRESS: usize = 254;

/// What a text says as a mail address. Where it is not valid, the rest is `None`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Email {
    /// Whether it is a mail address.
    pub(crate) valid: bool,
    /// Before the `@`, in lower case, the tag included.
    pub(crate) local: Option<String>,
    /// Behind the `@`, as written, in lower case.
    pub(crate) host: Option<String>,
    /// The registrable domain of the host, in ASCII.
    pub(crate) domain: Option<String>,
    /// What stands behind the first `+` of the local part, in lower case.
    pub(crate) tag: Option<String>,
    /// The form that `==` and membership compare.
    pub(crate) canonical: Option<String>,
}

/// Reads a mail address.
pub(crate) fn parse(raw: &str) -> Email {
    read(raw.trim()).unwrap_or_default()
}

fn read(text: &str) -> Option<Email> {
    if text.len() > MAX_ADDRESS * 4 {
        return None;
    }
    let (local, host) = text.rsplit_once('@')?;
    let host = Host::parse(host)?;
    if local.len() > MAX_LOCAL || local.len() + 1 + host.ascii.len() > MAX_ADDRESS {
        return None;
    }
    if !is_dotted(local) && !is_quoted(local) {
        return None;
    }
    let local: String = if local.is_ascii() {
        local.to_ascii_lowercase()
    } else {
        local.nfc().flat_map(char::to_lowercase).nfc().collect()
    };
    let tag =
        local.split_once('+').map(|(_, tag)| tag.to_owned()).filter(|tag| !tag.is_empty() && !local.starts_with('"'));
    Some(Email {
        valid: true,
        canonical: Some(format!("{local}@{}", host.ascii)),
        domain: host.domain(),
        host: Some(host.written),
        tag,
        local: Some(local),
    })
}

/// `Dot-string` of RFC 5321, section 4.1.2.
fn is_dotted(local: &str) -> bool {
    local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atext))
}

/// `atext` of RFC 5322, section 3.2.3, and by RFC 6531 what is not ASCII; of that only what is visible.
fn is_atext(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
    } else {
        c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
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
