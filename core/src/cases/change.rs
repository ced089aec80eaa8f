//! Places in a record's JSON: parsing `resume.work[0].end`, setting, removing, and listing the fields that a record has.

use serde_json::{Map, Value};
use std::fmt;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// A place in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path(pub(super) Vec<Step>);

/// Elements that a change may add to a list at once.
const MAX_NEW_ELEMENTS: usize = 1;

impl Path {
    /// Reads `form.phone` or `resume.work[0].end`. `None` for anything else, such as a table's row `technologies["Go"]`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (key, mut indexes) = part.find('[').map_or((part, ""), |at| part.split_at(at));
            if key.is_empty() || !key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-' || c == '$') {
                return None;
            }
            steps.push(Step::Key(key.to_owned()));
            while !indexes.is_empty() {
                let (index, rest) = indexes.strip_prefix('[')?.split_once(']')?;
                steps.push(Step::Index(index.parse().ok()?));
                indexes = rest;
            }
        }
        Some(Self(steps))
    }

    /// The value there, if there is one.
    pub(super) fn get<'a>(&self, record: &'a Value) -> Option<&'a Value> {
        self.0.iter().try_fold(record, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => value.get(index),
        })
    }

    /// Makes what is there missing: a key is removed, an element becomes null, since a missing element still counts as one.
    pub(super) fn clear(&self, record: &mut Value) {
        let Some((last, parents)) = self.0.split_last() else { return };
        let Some(parent) = walk(record, parents) else { return };
        match (last, parent) {
            (Step::Key(key), Value::Object(fields)) => {
                fields.remove(key);
            }
            (Step::Index(index), Value::Array(items)) => {
                if let Some(item) = items.get_mut(*index) {
                    *item = Value::Null;
                }
            }
            _ => {}
        }
    }

    /// Whether one of the two lies within the other, or they are the same.
    pub(super) fn touches(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a == b)
    }

    /// Applies one change of a case: null removes, also an element of a list; anything else is set, with the objects and the one new element that it needs.
    ///
    /// # Errors
    /// What stands in the way, in words.
    pub(super) fn apply(&self, record: &mut Value, new: &Value) -> Result<(), String> {
        if new.is_null() { self.remove(record) } else { self.set(record, new) }
    }

    fn remove(&self, record: &mut Value) -> Result<(), String> {
        let parent = self.0.split_last().and_then(|(last, parents)| Some((last, walk(record, parents)?)));
        let removed = match parent {
            Some((Step::Key(key), Value::Object(fields))) => fields.remove(key),
            Some((Step::Index(index), Value::Array(items))) if *index < items.len() => Some(items.remove(*index)),
            _ => None,
        };
        removed.map(|_| ()).ok_or_else(|| format!("nothing to remove at `{self}`"))
    }

    fn set(&self, record: &mut Value, new: &Value) -> Result<(), String> {
        let mut place = record;
        for step in &self.0 {
            if place.is_null() {
                *place = match step {
                    Step::Key(_) => Value::Object(Map::new()),
                    Step::Index(_) => Value::Array(Vec::new()),
                };
            }
            place = match (step, place) {
                (Step::Key(key), Value::Object(fields)) => fields.entry(key.clone()).or_insert(Value::Null),
                (Step::Index(index), Value::Array(items)) => {
                    let len = items.len();
                    if *index >= len + MAX_NEW_ELEMENTS {
                        return Err(format!("can't set `{self}`: the list has {len} elements"));
                    }
                    if *index == len {
                        items.push(Value::Null);
                    }
                    items.get_mut(*index).ok_or_else(|| format!("can't set `{self}`"))?
                }
                (Step::Key(key), _) => {
                    return Err(format!("can't set `{self}`: `{key}` is asked of something that is no object"));
                }
                (Step::Index(_), _) => {
                    return Err(format!("can't set `{self}`: an element is asked of something that is no list"));
                }
            };
        }
        *place = new.clone();
        Ok(())
    }
}

fn walk<'a>(record: &'a mut Value, steps: &[Step]) -> Option<&'a mut Value> {
    steps.iter().try_fold(record, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(index),
    })
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => f.write_str(key),
            Self::Index(index) => write!(f, "[{index}]"),
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if position == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Every field of a record, outer ones before what is in them: all keys of objects, at any depth. Elements of lists are no fields.
pub(super) fn fields(record: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    collect(record, &mut Vec::new(), &mut found);
    found
}

fn collect(value: &Value, at: &mut Vec<Step>, found: &mut Vec<Path>) {
    match value {
        Value::Object(fields) => {
            for (key, item) in fields {
                at.push(Step::Key(key.clone()));
                if !item.is_null() {
                    found.push(Path(at.clone()));
                }
                collect(item, at, found);
                at.pop();
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                at.push(Step::Index(index));
                collect(item, at, found);
                at.pop();
            }
        }
        _ => {}
    }
}

/// The record with nothing left but what lies at (or in) these places. Lists keep their length.
pub(super) fn only(record: &Value, keep: &[Path]) -> Value {
    prune(record, &mut Vec::new(), keep)
}

fn prune(value: &Value, at: &mut Vec<Step>, keep: &[Path]) -> Value {
    if keep.iter().any(|path| at.starts_with(&path.0)) {
        return value.clone();
    }
    match value {
        Value::Object(fields) => {
            let mut left = Map::new();
            for (key, item) in fields {
                at.push(Step::Key(key.clone()));
                let item = prune(item, at, keep);
                at.pop();
                if !item.is_null() {
                    left.insert(key.clone(), item);
                }
            }
            Value::Object(left)
        }
        Value::Array(items) => {
            let mut left = Vec::with_capacity(items.len());
            for (index, item) in items.iter().enumerate() {
                at.push(Step::Index(index));
                left.push(prune(item, at, keep));
                at.pop();
            }
            Value::Array(left)
        }
        _ => Value::Null,
    }
}

#[cfg(test)]
#[path = "tests/change.rs"]
mod tests;
