//! Pages as Markdown: `CommonMark`, and tables as code hosts read them. Owns the escapes: no text may become markup.

use super::document::{Block, Inline, Kind, MARK, Page, Place, SHARED, lines_of, linked_host, on_one_line};
use super::names::Names;
use crate::render::values::{safe, safe_json};
use std::fmt::Write as _;

/// A page as text.
pub(super) fn write(page: &Page<'_>, names: &Names) -> String {
    let mut out = format!("{MARK}\n\n# {}\n\n", line_of(&[Inline::text(&page.title)], false, names));
    out.push_str(&navigation(page.place, names));
    for block in &page.blocks {
        out.push('\n');
        write_block(&mut out, block, names);
    }
    out
}

fn navigation(here: Place<'_>, names: &Names) -> String {
    let link = |(place, name): &(Place<'static>, &str)| {
        if *place == here { (*name).to_owned() } else { format!("[{name}]({})", names.file(*place)) }
    };
    let links: Vec<String> = SHARED.iter().map(link).collect();
    format!("{}\n", links.join(" · "))
}

fn write_block(out: &mut String, block: &Block<'_>, names: &Names) {
    match block {
        Block::Heading { level, line, .. } => {
            let _ = writeln!(out, "{} {}", "#".repeat(usize::from(*level)), line_of(line, false, names));
        }
        Block::Paragraph(line) => {
            let _ = writeln!(out, "{}", guarded(&line_of(line, false, names)));
        }
        Block::Quote(line) => {
            let _ = writeln!(out, "> {}", guarded(&line_of(line, false, names)));
        }
        Block::Items(items) => {
            for item in items {
                let _ = writeln!(out, "- {}", guarded(&line_of(item, false, names)));
            }
        }
        Block::Table { head, rows, .. } => {
            let _ = writeln!(out, "| {} |\n|{}", head.join(" | "), " --- |".repeat(head.len()));
            for row in rows {
                let cells: Vec<String> = row.iter().map(|cell| line_of(cell, true, names)).collect();
                let _ = writeln!(out, "| {} |", cells.join(" | "));
            }
        }
        Block::Code { kind, text } => write_code(out, *kind, text),
    }
}

fn write_code(out: &mut String, kind: Kind, text: &str) {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    let (word, text) = match kind {
        Kind::Rule => ("text", lines_of(text, |line| safe(line).into_owned())),
        Kind::Json => ("json", format!("{}\n", safe_json(text))),
    };
    let _ = writeln!(out, "{fence}{word}\n{text}{fence}");
}

fn line_of(line: &[Inline<'_>], in_cell: bool, names: &Names) -> String {
    let mut out = String::new();
    for part in line {
        match part {
            Inline::Text(text) => out.push_str(&escaped(text)),
            Inline::Code(text) => out.push_str(&code(text, in_cell)),
            Inline::Link { to, anchor, label, code: is_code } => {
                let label = if *is_code { code(label, in_cell) } else { escaped(label) };
                let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
                let _ = write!(out, "[{label}]({}{anchor})", names.file(*to));
            }
            Inline::Outside { url, label } => match linked_host(url) {
                Some(_) => {
                    let _ = write!(out, "[{}]({})", escaped(label), address(url));
                }
                None => out.push_str(&escaped(label)),
            },
        }
    }
    out
}

/// A text in which nothing is markup: no emphasis, link, entity, tag, cell, formula or emoji, and no web address that a code host
/// links by itself. Backslashes do it: they work before any ASCII punctuation. Mail addresses are the exception: some hosts look
/// for them in the finished text, and nothing that is written keeps them from it.
fn escaped(text: &str) -> String {
    let outer = |edge: Option<char>| if edge.is_some_and(char::is_whitespace) { " " } else { "" };
    let (before, after) = (outer(text.chars().next()), outer(text.chars().next_back()));
    let line = on_one_line(text);
    if line.is_empty() {
        return before.to_owned();
    }
    let line = safe(&line);
    let mut out = String::with_capacity(line.len() + 8);
    out.push_str(before);
    let mut chars = line.chars().peekable();
    let mut last = ['\0'; 3];
    while let Some(char) = chars.next() {
        let glued = chars.peek().is_some_and(|next| !next.is_whitespace());
        let special = match char {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$' => true,
            // `https://`, `:smile:`
            ':' => glued,
            '.' => last.iter().all(|before| before.eq_ignore_ascii_case(&'w')),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(char);
        last = [last[1], last[2], char];
    }
    out.push_str(after);
    out
}

/// A line at the start of a block: what would make it a list, a heading or a rule is escaped.
fn guarded(line: &str) -> String {
    let line = line.trim();
    if line.starts_with(['-', '+', '=']) {
        return format!("\\{line}");
    }
    let digits = line.len() - line.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    match (digits, line.split_at_checked(digits)) {
        (1.., Some((number, rest))) if rest.starts_with(['.', ')']) => format!("{number}\\{rest}"),
        _ => line.to_owned(),
    }
}

/// A span of code. In the cell of a table a bar would end the cell, and not every reader knows how to escape it in code: there
/// it is a tag, with numbers for all that is special.
fn code(text: &str, in_cell: bool) -> String {
    let text = safe(text);
    if text.trim().is_empty() {
        return String::new();
    }
    if in_cell && text.contains('|') {
        let mut out = "<code>".to_owned();
        for char in text.chars() {
            if char.is_ascii_punctuation() {
                let _ = write!(out, "&#{};", u32::from(char));
            } else {
                out.push(char);
            }
        }
        return out + "</code>";
    }
    let fence = "`".repeat(if text.contains('`') { longest_run(&text) + 1 } else { 1 });
    let space = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// The most backquotes in a row.
fn longest_run(text: &str) -> usize {
    text.split(|char| char != '`').map(str::len).max().unwrap_or(0)
}

/// An address as the target of a link.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&+,;=%".contains(&byte);
        // `&copy;` would be read as a sign.
        match (plain, byte) {
            (true, b'&') => out.push_str("&amp;"),
            (true, _) => out.push(char::from(byte)),
            (false, _) => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{address, code, escaped, guarded, write_code};
    use crate::commands::docs::document::Kind;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(
            escaped("a|b `c` *d* _e_ <script> &amp; [x](y) ~~z~~ $1$"),
            r"a\|b \`c\` \*d\* \_e\_ \<script\> \&amp; \[x\](y) \~\~z\~\~ \$1\$"
        );
        assert_eq!(
            escaped("https://x.org www.x.org a@x.org :smile: so: yes"),
            r"https\://x.org www\.x.org a@x.org \:smile: so: yes"
        );
        assert_eq!(escaped("one\ntwo\r\n\r\n# three\u{2028}four"), r"one two \# three four");
        assert_eq!(escaped("a\u{202e}b\u{0}"), r"a\\u{202e}b\\u{0}");
        assert_eq!(escaped(" x "), " x ");
    }

    #[test]
    fn nothing_at_the_start_of_a_line_makes_a_list_or_a_rule() {
        assert_eq!(guarded("- x"), r"\- x");
        assert_eq!(guarded("==="), r"\===");
        assert_eq!(guarded("12. x"), r"12\. x");
        assert_eq!(guarded("1) x"), r"1\) x");
        assert_eq!(guarded("1 x"), "1 x");
        assert_eq!(guarded("    x"), "x");
    }

    #[test]
    fn a_span_of_code_ends_where_it_should() {
        assert_eq!(code("a", false), "`a`");
        assert_eq!(code("a`b``c", false), "```a`b``c```");
        assert_eq!(code("`a", false), "`` `a ``");
        assert_eq!(code("a\nb", false), r"`a\nb`");
        assert_eq!(code("a|b", false), "`a|b`");
        assert_eq!(code("a|<b", true), "<code>a&#124;&#60;b</code>");
        assert_eq!(code(" ", true), "");
    }

    #[test]
    fn a_block_of_code_ends_where_it_should() {
        let mut out = String::new();
        write_code(&mut out, Kind::Rule, "a\n````\n\u{200f}b\tc");
        assert_eq!(out, "`````text\na\n````\n\\u{200f}b    c\n`````\n");
        out.clear();
        write_code(&mut out, Kind::Json, "\"\u{202e}\"");
        assert_eq!(out, "```json\n\"\\u202e\"\n```\n");
    }

    #[test]
    fn an_address_stays_within_its_link() {
        assert_eq!(
            address("https://x.org/a_(b)?c=1&copy;=2|'é"),
            "https://x.org/a%5F%28b%29?c=1&amp;copy;=2%7C%27%C3%A9".replace("%5F", "_")
        );
    }
}
