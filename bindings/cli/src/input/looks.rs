//! What an input that is no JSON looks like, for a hint beside its errors. Nothing is read by it.

/// Lines that are looked at: comments stand before the first that counts.
const LINES: usize = 20;

/// A format that has to be named where no ending names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Looks {
    Csv,
    Yaml,
}

impl Looks {
    /// What the first bytes of an input look like; nothing if they may be JSON.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        let lines = head.split(|byte| matches!(byte, b'\n' | b'\r')).map(<[u8]>::trim_ascii).take(LINES);
        let first = lines.into_iter().find(|line| !line.is_empty() && !line.starts_with(b"#"))?;
        let first = String::from_utf8_lossy(first);
        if first.starts_with(['{', '[']) {
            return None;
        }
        if first.starts_with("---") || first.starts_with("%YAML") || first.starts_with("- ") || is_entry(&first) {
            return Some(Self::Yaml);
        }
        [',', ';', '\t', '|'].into_iter().any(|separator| is_header(&first, separator)).then_some(Self::Csv)
    }

    /// What to do about it.
    pub(super) fn hint(self) -> &'static str {
        match self {
            Self::Csv => "this looks like CSV: say `--input-format csv`",
            Self::Yaml => "this looks like YAML: say `--input-format yaml`",
        }
    }
}

/// `key: value` or `key:`.
fn is_entry(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    !key.is_empty()
        && key.chars().all(|char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.'))
        && (value.is_empty() || value.starts_with(' '))
}

/// At least two names with a separator between them.
fn is_header(line: &str, separator: char) -> bool {
    let is_name = |cell: &str| {
        let name = cell.trim();
        let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
        name.starts_with(char::is_alphabetic) && !name.contains(['"', '{', '}', ','])
    };
    line.contains(separator) && line.split(separator).all(is_name)
}

#[cfg(test)]
mod tests {
    use super::Looks;

    #[test]
    fn tables_and_documents_are_known_by_their_first_line() {
        for (text, looks) in [
            ("id,form.name\n1,Ada\n", Some(Looks::Csv)),
            ("\"id\",\"resume.work[0].name\"\r1,x", Some(Looks::Csv)),
            ("id;name", Some(Looks::Csv)),
            ("# from the form\n\nid: 1\n", Some(Looks::Yaml)),
            ("---\n", Some(Looks::Yaml)),
            ("- id: 1\n", Some(Looks::Yaml)),
            ("form:\n  name: x\n", Some(Looks::Yaml)),
            ("{\"id\": 1}", None),
            ("\"a text, no record\"", None),
            ("nonsense", None),
            ("12:30", None),
            ("", None),
        ] {
            assert_eq!(Looks::of(text.as_bytes()), looks, "{text}");
        }
    }
}
