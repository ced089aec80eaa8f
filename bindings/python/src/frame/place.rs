//! Which column of a table an error is about: errors name fields as rules do, columns hold keys.

use super::plan::Shape;
use arrow_schema::SchemaRef;
use indicia::{InputError, Ruleset};
use std::collections::BTreeMap;

/// By path as rules name it, the path of keys; `[]` stands after lists.
#[derive(Debug)]
pub(super) struct Places(BTreeMap<String, String>);

impl Places {
    pub(super) fn of(ruleset: &Ruleset) -> Self {
        Self(ruleset.inputs().into_iter().map(|input| (input.path, input.key)).collect())
    }

    /// The name of the column.
    pub(super) fn column(&self, error: &InputError, shape: &Shape, schema: &SchemaRef) -> Option<String> {
        let InputError::Value { path, .. } = error else { return None };
        let (general, indexes) = general(path);
        // What stands in the place of a record or a list may be no path that is read itself, but the start of one.
        let below = |known: &str| known.strip_prefix(general.as_str()).is_some_and(|rest| rest.starts_with(['.', '[']));
        let key = self.0.get(&general).or_else(|| self.0.iter().find(|(known, _)| below(known)).map(|(_, key)| key))?;
        let mut at = shape;
        let mut indexes = indexes.into_iter();
        for step in key.split('.') {
            let name = step.trim_end_matches("[]");
            let Shape::Fields(fields) = at else { break };
            at = fields.get(name)?;
            for _ in 0..(step.len() - name.len()) / 2 {
                let Shape::Elements(elements) = at else { break };
                at = elements.get(indexes.next()?)?;
            }
        }
        let Shape::Column(index) = at else { return None };
        schema.fields().get(*index).map(|field| field.name().clone())
    }
}

/// A path with `[]` for every index, and the indexes.
fn general(path: &str) -> (String, Vec<usize>) {
    let (mut general, mut indexes) = (String::new(), Vec::new());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('[') {
        general.push_str(before);
        general.push_str("[]");
        let (index, behind) = after.split_once(']').unwrap_or((after, ""));
        indexes.extend(index.parse::<usize>());
        rest = behind;
    }
    general.push_str(rest);
    (general, indexes)
}
