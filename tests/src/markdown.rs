//! Fenced blocks of a page of documentation, so that every example in it can be run.

/// One fenced block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// The words behind the three backquotes: `indicia fails`.
    pub info: String,
    /// Its text, with a line end after each line.
    pub body: String,
    /// The line of its first backquote, from 1.
    pub line: usize,
}

/// The fenced blocks of a page, in their order. A block that is never closed ends with the page.
pub fn fences(page: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut open: Option<Fence> = None;
    for (index, line) in page.lines().enumerate() {
        let mark = line.trim_start().strip_prefix("```");
        match (&mut open, mark) {
            (None, Some(info)) => {
                open = Some(Fence { info: info.trim().to_owned(), body: String::new(), line: index + 1 });
            }
            (Some(_), Some("")) => found.extend(open.take()),
            (Some(fence), _) => {
                fence.body.push_str(line);
                fence.body.push('\n');
            }
            (None, None) => {}
        }
    }
    found.extend(open);
    found
}

/// The same text with each line `// … and N more such lines` replaced by N copies of the line before it.
pub fn expand(body: &str) -> String {
    let mut out = String::new();
    let mut before = "";
    for line in body.lines() {
        let count = line.strip_prefix("// … and ").and_then(|rest| rest.strip_suffix(" more such lines"));
        match count.and_then(|count| count.parse().ok()) {
            Some(count) => out.extend(std::iter::repeat_n([before, "\n"], count).flatten()),
            None => out.extend([line, "\n"]),
        }
        before = line;
    }
    out
}
