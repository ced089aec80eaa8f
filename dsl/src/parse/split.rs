//! Cutting a file into items, and the body of an item into fields, clauses or changes.
//!
//! A cut is made where a line starts with something that can't go on with what stands before it, so that a mistake stays
//! within its piece. What the grammar reads as one piece is never cut: a word after a complete value continues it only if it
//! is an operator.

use super::Reader;
use crate::lex::Kind;
use crate::span::Span;
use crate::suggest::nearest;
use crate::words;
use std::ops::Range;

/// What the body of an item holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// Fields of a record, columns of a table.
    Fields,
    /// Clauses of an indicator.
    Clauses,
    /// Clauses of `decide`.
    Decide,
    /// Changes of `adjust`.
    Changes,
}

/// The parts of an item with a body in braces, as ranges of tokens.
pub(super) struct Parts {
    /// What stands before the opening brace.
    pub(super) head: Range<usize>,
    /// The opening brace; `None` if there is none.
    pub(super) open: Option<usize>,
    /// What stands between the braces.
    pub(super) body: Range<usize>,
    /// Whether the closing brace is there.
    pub(super) closed: bool,
    /// What stands after the closing brace.
    pub(super) tail: Range<usize>,
}

/// The items of a file, as ranges of tokens.
pub(super) fn items(reader: &Reader<'_>) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut depth = 0_usize;
    // How far the line of a token and the line that its item starts on are indented.
    let (mut indent, mut item_indent) = (0, 0);
    for (index, token) in reader.tokens.iter().enumerate() {
        if token.starts_line {
            indent = indentation(reader, index);
        }
        let after_body = depth == 0 && index > 0 && reader.word(index - 1) == "}";
        let fresh = token.starts_line || after_body;
        // What follows an item's first word at once is its name, whatever it looks like.
        let second = starts
            .last()
            .is_some_and(|start| start + 1 == index || start + 2 == index && reader.word(*start) == "extend");
        let level = token.starts_line && indent <= item_indent;
        let begins = || begins_item(reader, index, after_body) || is_meant_as_head(reader, index, level);
        if index == 0 || fresh && (is_head(reader, index) || depth == 0 && !second && begins()) {
            starts.push(index);
            item_indent = indent;
            depth = 0;
        }
        match reader.word(index) {
            "{" if token.kind == Kind::Open => depth += 1,
            "}" if token.kind == Kind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let ends = starts.iter().skip(1).copied().chain([reader.tokens.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// How many bytes stand before the first token of a line.
fn indentation(reader: &Reader<'_>, index: usize) -> usize {
    let before = reader.at(Span::new(0, reader.place(index).start));
    before.bytes().rev().take_while(|byte| *byte != b'\n').count()
}

/// Whether an item certainly starts here: a keyword, a name, and the mark that belongs after them.
fn is_head(reader: &Reader<'_>, index: usize) -> bool {
    is_head_of(reader, index, reader.word(index))
}

/// Whether something follows at `index` that makes it the head of an item, were its first word this keyword.
fn is_head_of(reader: &Reader<'_>, index: usize, keyword: &str) -> bool {
    let (name, mark) = (reader.kind(index + 1), reader.word(index + 2));
    let named = name == Some(Kind::Word);
    match keyword {
        "record" => named && mark == "{" && (index == 0 || reader.word(index - 1) != "extend"),
        "adjust" | "track" => named && mark == "{",
        "extend" => reader.word(index + 1) == "record" && reader.kind(index + 2) == Some(Kind::Word),
        "list" => named && mark == ":" && reader.word(index + 1) != "of",
        "table" => named && mark == "by",
        "let" | "setting" => named && mark == "=",
        "indicator" => {
            // `indicator contains "text"` is a comparison of a field, `indicator contains "text" {` is none.
            let compared = words::INFIX.contains(&reader.word(index + 1)) && reader.word(index + 3) != "{";
            named && reader.kind(index + 2) == Some(Kind::Text) && !compared
        }
        "decide" => reader.word(index + 1) == "{",
        "language" => name == Some(Kind::Number),
        _ => false,
    }
}

/// Whether a line starts here that is meant as the head of an item and can't be the value that an operator before it wants:
/// a keyword or a misspelt one, and what belongs after it. On a line that is indented no further than the item before
/// (`level`), a name is enough.
fn is_meant_as_head(reader: &Reader<'_>, index: usize, level: bool) -> bool {
    let (word, next) = (reader.word(index), reader.word(index + 1));
    let same_line = reader.tokens.get(index + 1).is_some_and(|token| !token.starts_line);
    if reader.kind(index) != Some(Kind::Word) || words::continues(word) || !same_line {
        return false;
    }
    let operator = reader.kind(index + 1) == Some(Kind::Word) && words::continues(next);
    let named = level && !operator && matches!(reader.kind(index + 1), Some(Kind::Word | Kind::Text));
    nearest(word, words::ITEMS.iter().copied()).into_iter().any(|keyword| named || is_head_of(reader, index, keyword))
}

/// Whether something that is meant as an item starts here, outside of braces.
fn begins_item(reader: &Reader<'_>, index: usize, after_body: bool) -> bool {
    let word = reader.word(index);
    let of_an_item = words::CLAUSES.contains(&word) || words::DECIDE.contains(&word) || words::CHANGES.contains(&word);
    if reader.kind(index) != Some(Kind::Word) || words::continues(word) || of_an_item {
        return false;
    }
    let item_like = matches!(reader.kind(index + 1), Some(Kind::Word | Kind::Text))
        && !words::INFIX.contains(&reader.word(index + 1))
        || matches!(reader.word(index + 1), "=" | "{" | ":");
    after_body || words::ITEMS.contains(&word) && ends_value(reader, index) || ends_value(reader, index) && item_like
}

/// Whether a value may end just before `index`.
fn ends_value(reader: &Reader<'_>, index: usize) -> bool {
    let Some(last) = index.checked_sub(1) else {
        return true;
    };
    match reader.kind(last) {
        Some(Kind::Word) => {
            let after_dot = last > 0 && reader.word(last - 1) == ".";
            after_dot || !words::wants_operand(reader.word(last))
        }
        // `at least 2` wants a binder.
        Some(Kind::Number) => last == 0 || reader.word(last - 1) != "least",
        Some(Kind::Open | Kind::Symbol) => reader.tokens.get(last).is_some_and(|token| token.bad && index > 0),
        _ => true,
    }
}

/// Takes an item with a body apart.
pub(super) fn parts(reader: &Reader<'_>, item: &Range<usize>) -> Parts {
    let is = |index: usize, kind: Kind, brace: &str| reader.kind(index) == Some(kind) && reader.word(index) == brace;
    let Some(open) = item.clone().find(|index| is(*index, Kind::Open, "{")) else {
        return Parts {
            head: item.clone(),
            open: None,
            body: item.end..item.end,
            closed: true,
            tail: item.end..item.end,
        };
    };
    let mut depth = 0_usize;
    for index in open..item.end {
        if is(index, Kind::Open, "{") {
            depth += 1;
        } else if is(index, Kind::Close, "}") {
            depth -= 1;
            if depth == 0 {
                let tail = index + 1..item.end;
                return Parts { head: item.start..open, open: Some(open), body: open + 1..index, closed: true, tail };
            }
        }
    }
    Parts {
        head: item.start..open,
        open: Some(open),
        body: open + 1..item.end,
        closed: false,
        tail: item.end..item.end,
    }
}

/// The pieces of a body, as ranges of tokens. Commas between pieces belong to none.
pub(super) fn pieces(reader: &Reader<'_>, body: &Range<usize>, kind: Body) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = body.start;
    let mut frames: Vec<&str> = Vec::new();
    let commas = matches!(kind, Body::Fields | Body::Changes);
    for index in body.clone() {
        let word = reader.word(index);
        if reader.tokens.get(index).is_some_and(|token| token.starts_line)
            && index > start
            && begins_piece(reader, start, index, kind, &frames)
        {
            pieces.push(start..index);
            start = index;
            frames.clear();
        }
        match reader.kind(index) {
            Some(Kind::Open) => frames.push(word),
            Some(Kind::Close) => drop(frames.pop()),
            Some(Kind::Symbol) if word == "," && commas && frames.is_empty() => {
                pieces.push(start..index);
                start = index + 1;
            }
            _ => {}
        }
    }
    if start < body.end {
        pieces.push(start..body.end);
    }
    pieces
}

fn begins_piece(reader: &Reader<'_>, start: usize, index: usize, kind: Body, frames: &[&str]) -> bool {
    let (word, next) = (reader.word(index), reader.word(index + 1));
    if kind == Body::Fields && next == ":" && !frames.contains(&"{") {
        return true;
    }
    if reader.kind(index) != Some(Kind::Word) {
        return false;
    }
    let second = start + 1 == index;
    if kind == Body::Fields {
        let attribute = match word {
            "read" => next == "in",
            "from" | "protected" => reader.kind(index + 1) == Some(Kind::Text),
            _ => words::continues(word),
        };
        return frames.is_empty() && !attribute && !second && ends_value(reader, index);
    }
    if is_clause(reader, index, kind) {
        return true;
    }
    // What follows a clause's keyword at once belongs to it, unless it is a clause of its own; so does the `when` of an outcome.
    let inner = second && !is_clause_like(reader, index, kind) || kind == Body::Decide && word == "when";
    frames.is_empty() && !inner && (second || ends_value(reader, index)) && !words::continues(word)
}

/// Whether a line starts here that has the keyword of a clause and something after it.
fn is_clause_like(reader: &Reader<'_>, index: usize, kind: Body) -> bool {
    let keywords = match kind {
        Body::Fields => &[],
        Body::Clauses => words::CLAUSES,
        Body::Decide => words::DECIDE,
        Body::Changes => words::CHANGES,
    };
    let next = reader.word(index + 1);
    let continued = words::continues(next) && reader.kind(index + 1) == Some(Kind::Word);
    let operand = matches!(reader.kind(index + 1), Some(Kind::Word | Kind::Number | Kind::Text | Kind::Moment));
    let same_line = reader.tokens.get(index + 1).is_some_and(|token| !token.starts_line);
    keywords.contains(&reader.word(index)) && operand && !continued && same_line
}

/// Whether a clause certainly starts here: its keyword and what belongs after it.
fn is_clause(reader: &Reader<'_>, index: usize, kind: Body) -> bool {
    let (next, after) = (reader.kind(index + 1), reader.kind(index + 2));
    // An operator's word is a name where nothing that it could be about follows.
    let ends = reader.tokens.get(index + 2).is_none_or(|token| token.starts_line || reader.word(index + 2) == "}");
    let follows = after == Some(Kind::Symbol) || words::INFIX.contains(&reader.word(index + 2));
    let operator = words::INFIX.contains(&reader.word(index + 1)) && !ends && !follows;
    let name = next == Some(Kind::Word) && !operator;
    match (kind, reader.word(index)) {
        (Body::Clauses, "category") | (Body::Clauses | Body::Changes, "severity" | "status") => name,
        (Body::Clauses | Body::Changes, "weight") | (Body::Changes, "cap") => next == Some(Kind::Number),
        (Body::Clauses | Body::Changes, "because") | (Body::Clauses, "justified" | "verify" | "caution" | "source") => {
            next == Some(Kind::Text)
        }
        (Body::Clauses, "for") => matches!(reader.word(index + 1), "any" | "at"),
        (Body::Clauses, "when" | "unless") => match next {
            Some(Kind::Word) => !operator,
            Some(Kind::Number | Kind::Text | Kind::Moment) => true,
            Some(Kind::Open) => reader.word(index + 1) == "(",
            _ => false,
        },
        (Body::Decide, "categories" | "outcomes") => name && ends_value(reader, index),
        (Body::Decide, "weights" | "cap") => name && after == Some(Kind::Number) && ends_value(reader, index),
        (Body::Decide, "outcome") => name && reader.word(index + 2) == "when",
        _ => false,
    }
}
