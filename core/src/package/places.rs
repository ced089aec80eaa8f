//! Where the keys of a YAML file stand, for errors that are found after reading.

use super::yaml::{read, span_of};
use indicia_dsl::span::Span;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;
use std::fmt;

/// A file's keys with their places, and its texts.
enum Tree {
    Map(Vec<(Spanned<String>, Tree)>),
    List(Vec<Tree>),
    Text(String),
    Other,
}

/// The place of the key at the end of a trail of keys, as far as there is one. A step into a list is the element's number in
/// brackets, or the `name` that the element has.
pub(crate) fn key(text: &str, trail: &[String]) -> Option<Span> {
    let tree: Tree = read(text).ok()?;
    let mut current = &tree;
    let mut found = None;
    for step in trail {
        current = match current {
            Tree::Map(entries) => {
                let (key, value) = entries.iter().find(|(key, _)| key.value == *step)?;
                found = Some(span_of(text, &key.referenced));
                value
            }
            Tree::List(items) => {
                items
                    .iter()
                    .enumerate()
                    .find(|(index, item)| *step == format!("[{index}]") || item.name() == Some(step))?
                    .1
            }
            Tree::Text(_) | Tree::Other => return found,
        };
    }
    found
}

impl Tree {
    fn name(&self) -> Option<&str> {
        let Self::Map(entries) = self else { return None };
        entries.iter().find_map(|(key, value)| match value {
            Self::Text(name) if key.value == "name" => Some(name.as_str()),
            _ => None,
        })
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Trees)
    }
}

struct Trees;

impl<'de> Visitor<'de> for Trees {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Tree, E> {
        Ok(Tree::Other)
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_string()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Tree, E> {
        Ok(Tree::Other)
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Other)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Tree::Map(entries))
    }
}
