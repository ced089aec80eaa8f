//! Pages as HTML: each file stands alone, runs nothing, fetches nothing, and can be read aloud. Owns the escapes.

use super::document::{Block, Inline, Kind, Line, MARK, Page, Place, SHARED, lines_of, linked_host, on_one_line};
use super::names::Names;
use crate::render::values::{safe, safe_json};
use std::fmt::Write as _;

/// Colours have a contrast of at least 7 to 1 on their background, in both schemes.
const STYLE: &str = include_str!("style.css");

/// A page as text.
pub(super) fn write(page: &Page<'_>, names: &Names) -> String {
    let title = escaped(&on_one_line(&page.title));
    let mut out = format!(
        "<!doctype html>\n{MARK}\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">To the text</a>\n"
    );
    navigation(&mut out, page.place, names);
    let _ = writeln!(out, "<main id=\"main\">\n<h1 dir=\"auto\">{title}</h1>");
    for block in &page.blocks {
        write_block(&mut out, block, names);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn navigation(out: &mut String, here: Place<'_>, names: &Names) {
    out.push_str("<nav aria-label=\"Catalogue\">\n<ul>\n");
    for (place, name) in &SHARED {
        let current = if *place == here { " aria-current=\"page\"" } else { "" };
        let _ = writeln!(out, "<li><a href=\"{}\"{current}>{name}</a></li>", names.file(*place));
    }
    out.push_str("</ul>\n</nav>\n");
}

fn write_block(out: &mut String, block: &Block<'_>, names: &Names) {
    match block {
        Block::Heading { level, line, anchor } => {
            // Names of the language: a category may be called as a list is, but not on one page. `name-` keeps them apart from `main`.
            let id = anchor.map(|anchor| format!(" id=\"name-{}\"", escaped(anchor))).unwrap_or_default();
            let _ = writeln!(out, "<h{level}{id} dir=\"auto\">{}</h{level}>", line_of(line, names));
        }
        Block::Paragraph(line) => {
            let _ = writeln!(out, "<p dir=\"auto\">{}</p>", line_of(line, names));
        }
        Block::Quote(line) => {
            let _ = writeln!(out, "<blockquote><p dir=\"auto\">{}</p></blockquote>", line_of(line, names));
        }
        Block::Items(items) => {
            out.push_str("<ul>\n");
            for item in items {
                let _ = writeln!(out, "<li dir=\"auto\">{}</li>", line_of(item, names));
            }
            out.push_str("</ul>\n");
        }
        Block::Table { about, head, rows } => write_table(out, about, head, rows, names),
        Block::Code { kind, text } => {
            let text = match kind {
                Kind::Rule => lines_of(text, escaped),
                Kind::Json => format!("{}\n", escaped(&safe_json(text))),
            };
            let about = if *kind == Kind::Json { "Record" } else { "Rule" };
            let _ = writeln!(
                out,
                "<pre tabindex=\"0\" role=\"region\" aria-label=\"{about}\" dir=\"ltr\"><code>{text}</code></pre>"
            );
        }
    }
}

fn write_table(out: &mut String, about: &str, head: &[&str], rows: &[Vec<Line<'_>>], names: &Names) {
    let _ = writeln!(
        out,
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{about}\">\n<table>\n<thead>\n<tr>"
    );
    for name in head {
        let _ = writeln!(out, "<th scope=\"col\">{name}</th>");
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>\n");
        for (index, cell) in row.iter().enumerate() {
            let (open, close) = if index == 0 { ("th scope=\"row\"", "th") } else { ("td", "td") };
            let _ = writeln!(out, "<{open} dir=\"auto\">{}</{close}>", line_of(cell, names));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn line_of(line: &[Inline<'_>], names: &Names) -> String {
    let mut out = String::new();
    for part in line {
        let _ = match part {
            Inline::Text(text) => write!(out, "{}", flowing(text)),
            Inline::Code(text) => write!(out, "<code>{}</code>", escaped(text)),
            Inline::Link { to, anchor, label, code } => {
                let anchor = anchor.map(|anchor| format!("#name-{}", escaped(anchor))).unwrap_or_default();
                let label = if *code { format!("<code>{}</code>", escaped(label)) } else { flowing(label) };
                write!(out, "<a href=\"{}{anchor}\">{label}</a>", escaped(&names.file(*to)))
            }
            Inline::Outside { url, label } => match linked_host(url) {
                Some(_) => {
                    write!(out, "<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", escaped(url), flowing(label))
                }
                None => write!(out, "{}", flowing(label)),
            },
        };
    }
    out
}

/// A text on one line, with a space where it has one at an end.
fn flowing(text: &str) -> String {
    let (start, end) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    let line = escaped(&on_one_line(text));
    match (line.is_empty(), start, end) {
        (true, ..) => if start { " " } else { "" }.to_owned(),
        (false, ..) => format!("{}{line}{}", if start { " " } else { "" }, if end { " " } else { "" }),
    }
}

/// A text in which nothing is markup, in attributes as well.
fn escaped(text: &str) -> String {
    let text = safe(text);
    let mut out = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, flowing, line_of};
    use crate::commands::docs::document::Inline;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(escaped("<script>&\"'\u{202e}"), "&lt;script&gt;&amp;&quot;&#39;\\u{202e}");
        assert_eq!(flowing(" a\n b"), " a b");
    }

    #[test]
    fn only_web_addresses_are_links() {
        let names = super::Names::of([].into_iter(), "index", "html");
        let outside = |url: &str| line_of(&[Inline::Outside { url: url.to_owned(), label: "x".to_owned() }], &names);
        assert_eq!(outside("javascript:alert(1)"), "x");
        assert_eq!(
            outside("https://a.org/?a=1&b='"),
            "<a href=\"https://a.org/?a=1&amp;b=&#39;\" rel=\"noopener noreferrer\">x</a>"
        );
    }
}
