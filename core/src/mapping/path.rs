//! Paths into a foreign document: their syntax and what they lead to.

use serde_json::Value;
use std::fmt;

/// A path. Without a step it leads to the place where it starts, an element of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path(Vec<Step>);

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
    All,
    Where(String, String),
}

/// Whether there is something: neither `null` nor blank nor empty.
pub(super) fn has_value(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => !map.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

impl Path {
    /// Reads a path; the message says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let mut steps = Vec::new();
        let mut rest = text;
        if text.trim() == "." {
            return Ok(Self(steps));
        }
        loop {
            if let Some(bracket) = rest.strip_prefix('[') {
                let (step, after) = bracket_step(bracket)?;
                steps.push(step);
                rest = after;
            } else {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                let (key, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
                if key.trim().is_empty() {
                    return Err("a key is missing");
                }
                steps.push(Step::Key(key.trim().to_owned()));
                rest = after;
            }
            match rest.chars().next() {
                None => return Ok(Self(steps)),
                Some('.') => rest = rest.get(1..).unwrap_or(""),
                Some('[') => {}
                Some(_) => return Err("expected `.` or `[` after `]`"),
            }
        }
    }

    /// Whether it leads to the place where it starts.
    pub(super) fn is_itself(&self) -> bool {
        self.0.is_empty()
    }

    /// The first step, if it is a key.
    pub(super) fn first_key(&self) -> Option<&str> {
        match self.0.first() {
            Some(Step::Key(key)) => Some(key),
            _ => None,
        }
    }

    /// The keys of all steps.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            _ => None,
        })
    }

    /// What the path leads to. A step to all elements makes a list of what the rest leads to.
    pub(super) fn find(&self, value: &Value) -> Option<Value> {
        find(&self.0, value)
    }

    /// Whether there is something at its end, if only `null`.
    pub(super) fn is_in(&self, value: &Value) -> bool {
        is_in(&self.0, value)
    }

    /// The document that its first step names, and the path within it.
    pub(super) fn in_document(&self) -> Option<(&str, Self)> {
        let (Step::Key(name), rest) = self.0.split_first()? else { return None };
        Some((name, Self(rest.to_vec())))
    }

    /// Its steps as [`unmapped`](super::apply) writes them: every step into a list is `[]`.
    pub(super) fn pattern(&self, base: &str) -> String {
        let mut pattern = base.to_owned();
        for step in &self.0 {
            match step {
                Step::Key(key) => push_key(&mut pattern, key),
                _ => pattern.push_str("[]"),
            }
        }
        pattern
    }
}

/// Appends a key to a path.
pub(super) fn push_key(path: &mut String, key: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(key);
}

fn find(steps: &[Step], value: &Value) -> Option<Value> {
    let Some((step, rest)) = steps.split_first() else { return Some(value.clone()) };
    match step {
        Step::Key(key) => find(rest, value.get(key)?),
        Step::Index(index) => find(rest, value.get(index)?),
        Step::All => {
            let found: Vec<_> =
                value.as_array()?.iter().filter_map(|item| find(rest, item)).filter(has_value).collect();
            (!found.is_empty()).then_some(Value::Array(found))
        }
        Step::Where(key, wanted) => find(rest, value.as_array()?.iter().find(|item| is_it(item, key, wanted))?),
    }
}

fn is_in(steps: &[Step], value: &Value) -> bool {
    let Some((step, rest)) = steps.split_first() else { return true };
    let items = || value.as_array().into_iter().flatten();
    match step {
        Step::Key(key) => value.get(key).is_some_and(|inner| is_in(rest, inner)),
        Step::Index(index) => value.get(index).is_some_and(|inner| is_in(rest, inner)),
        Step::All => items().any(|item| is_in(rest, item)),
        Step::Where(key, wanted) => items().find(|item| is_it(item, key, wanted)).is_some_and(|item| is_in(rest, item)),
    }
}

/// Whether an element has a value at a key, without regard to case.
fn is_it(item: &Value, key: &str, wanted: &str) -> bool {
    match item.get(key) {
        Some(Value::String(text)) => text.trim().eq_ignore_ascii_case(wanted),
        Some(Value::Bool(value)) => wanted == if *value { "true" } else { "false" },
        Some(Value::Number(number)) => *wanted == number.to_string(),
        _ => false,
    }
}

/// The step in brackets whose first one was taken, and what follows the last one.
fn bracket_step(text: &str) -> Result<(Step, &str), &'static str> {
    if let Some(quoted) = text.strip_prefix('"') {
        let (key, after) = quoted.split_once("\"]").ok_or("a key in `[\"` needs `\"]` after it")?;
        return Ok((Step::Key(key.to_owned()), after));
    }
    let (inner, after) = text.split_once(']').ok_or("`[` without `]`")?;
    let step = match inner.trim() {
        "" => Step::All,
        inner => match inner.split_once('=') {
            Some((key, wanted)) if !key.trim().is_empty() => {
                Step::Where(key.trim().to_owned(), wanted.trim().to_owned())
            }
            Some(_) => return Err("a key is missing before `=`"),
            None => {
                Step::Index(inner.parse().map_err(|_| "between `[` and `]` belongs a number, nothing, or `key=value`")?)
            }
        },
    };
    Ok((step, after))
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_itself() {
            f.write_str(".")?;
        }
        for (number, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if key.contains(['.', '[', ']']) => write!(f, "[\"{key}\"]")?,
                Step::Key(key) if number == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::All => f.write_str("[]")?,
                Step::Where(key, wanted) => write!(f, "[{key}={wanted}]")?,
            }
        }
        Ok(())
    }
}
