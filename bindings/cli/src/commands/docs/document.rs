//! The form of a page, before it is written as Markdown or HTML: few kinds of blocks, and text that is not yet escaped.

/// Which page of a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// The overview.
    Index,
    /// Outcomes, points and adjustments.
    Outcomes,
    /// Lists and tables.
    Lists,
    /// Settings and names that rules share.
    Names,
    /// Fields of the record.
    Fields,
    /// An indicator, by its id.
    Indicator(&'a str),
}

/// The pages that every page leads to, with their names.
pub(super) const SHARED: [(Place<'static>, &str); 5] = [
    (Place::Index, "All indicators"),
    (Place::Outcomes, "Outcomes and points"),
    (Place::Lists, "Lists"),
    (Place::Names, "Settings and names"),
    (Place::Fields, "Fields"),
];

/// A page.
#[derive(Debug, Clone)]
pub(super) struct Page<'a> {
    pub(super) place: Place<'a>,
    /// Its heading.
    pub(super) title: String,
    pub(super) blocks: Vec<Block<'a>>,
}

/// A line of text.
pub(super) type Line<'a> = Vec<Inline<'a>>;

/// A part of a page.
#[derive(Debug, Clone)]
pub(super) enum Block<'a> {
    /// A heading below that of the page: 2 or 3. An anchor leads to it, if it is a name of the language.
    Heading {
        level: u8,
        line: Line<'a>,
        anchor: Option<&'a str>,
    },
    Paragraph(Line<'a>),
    Quote(Line<'a>),
    Items(Vec<Line<'a>>),
    /// What the rows are, for who can't see them; the heads of the columns; the rows, of which the first cell names it.
    Table {
        about: &'static str,
        head: Vec<&'static str>,
        rows: Vec<Vec<Line<'a>>>,
    },
    /// Text with lines, of a kind that a code host may colour.
    Code {
        kind: Kind,
        text: String,
    },
}

/// What a block of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Part of a rule.
    Rule,
    /// JSON.
    Json,
}

/// A part of a line. Texts are plain: whoever writes the page escapes them.
#[derive(Debug, Clone)]
pub(super) enum Inline<'a> {
    Text(String),
    Code(String),
    /// To another page, or an anchor on it.
    Link {
        to: Place<'a>,
        anchor: Option<&'a str>,
        label: String,
        code: bool,
    },
    /// To a public page.
    Outside {
        url: String,
        label: String,
    },
}

impl<'a> Inline<'a> {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn code(text: impl Into<String>) -> Self {
        Self::Code(text.into())
    }

    /// A link by its name.
    pub(super) fn link(to: Place<'a>, label: impl Into<String>) -> Self {
        Self::Link { to, anchor: None, label: label.into(), code: false }
    }

    /// A link by a name of the language.
    pub(super) fn code_link(to: Place<'a>, anchor: Option<&'a str>, name: &str) -> Self {
        Self::Link { to, anchor, label: name.to_owned(), code: true }
    }
}

impl Block<'_> {
    pub(super) fn heading(title: &'static str) -> Self {
        Self::Heading { level: 2, line: vec![Inline::text(title)], anchor: None }
    }

    pub(super) fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Inline::text(text)])
    }
}

/// The first lines of every file that a catalogue consists of: what bears it may be replaced and removed.
pub(super) const MARK: &str = "<!-- Written by `indicia docs`. Changes made here are lost: change the ruleset. -->";

/// The lines of a block of code, each made safe.
pub(super) fn lines_of(text: &str, escape: impl Fn(&str) -> String) -> String {
    text.lines().fold(String::new(), |out, line| out + &escape(&line.replace('\t', "    ")) + "\n")
}

/// A text on one line: whatever breaks lines or stands apart is a single space.
pub(super) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The host of an address that may be linked: `http` and `https` only, with nothing in it that an address can't hold.
pub(super) fn linked_host(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let plain =
        !url.chars().any(|char| char.is_whitespace() || char.is_control() || matches!(char, '<' | '>' | '"' | '\\'));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    (is_web && plain && !host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::linked_host;

    #[test]
    fn only_web_addresses_are_linked() {
        assert_eq!(linked_host("https://a@example.org:8080/x?y#z"), Some("example.org:8080"));
        assert_eq!(linked_host("HTTP://example.org"), Some("example.org"));
        for url in [
            "javascript:alert(1)",
            "javascript://x/%0aalert(1)",
            "data:text/html,x",
            "https://",
            "https://a b",
            "//x",
            "https://x\n",
            "x",
        ] {
            assert_eq!(linked_host(url), None, "{url}");
        }
    }
}
