//! Applications as columns, from their JSON: what a data frame would hold.

use indicia::Column;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A column.
#[derive(Debug)]
pub struct Sheet<'a> {
    values: Values<'a>,
    count: usize,
}

#[derive(Debug)]
enum Values<'a> {
    Nothing,
    Texts(Vec<Option<&'a str>>),
    Numbers(Vec<Option<f64>>),
    Bools(Vec<Option<bool>>),
    Records(Vec<bool>, BTreeMap<&'a str, Sheet<'a>>),
    Lists(Vec<Option<Range<usize>>>, Box<Sheet<'a>>),
    /// Of several types.
    Mixed,
}

fn every<'a, T>(values: &[Option<&'a Json>], read: impl Fn(&'a Json) -> Option<T>) -> Option<Vec<Option<T>>> {
    values.iter().map(|value| value.map_or(Some(None), |value| read(value).map(Some))).collect()
}

impl<'a> Sheet<'a> {
    /// Of one value a row. Blank texts are missing.
    pub fn new(values: impl IntoIterator<Item = Option<&'a Json>>) -> Self {
        let blank = |value: &&Json| value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
        let given: Vec<_> = values.into_iter().map(|value| value.filter(|value| !blank(value))).collect();
        Self::of(&given)
    }

    fn of(given: &[Option<&'a Json>]) -> Self {
        let made = if given.iter().all(Option::is_none) {
            Values::Nothing
        } else if let Some(texts) = every(given, Json::as_str) {
            Values::Texts(texts)
        } else if let Some(numbers) = every(given, Json::as_f64) {
            Values::Numbers(numbers)
        } else if let Some(bools) = every(given, Json::as_bool) {
            Values::Bools(bools)
        } else if let Some(objects) = every(given, Json::as_object) {
            let keys: BTreeSet<&str> =
                objects.iter().flatten().flat_map(|object| object.keys().map(String::as_str)).collect();
            let field =
                |key: &'a str| Self::new(objects.iter().map(|object| object.and_then(|object| object.get(key))));
            let fields = keys.into_iter().map(|key| (key, field(key))).collect();
            Values::Records(objects.iter().map(Option::is_some).collect(), fields)
        } else if let Some(lists) = every(given, Json::as_array) {
            let (mut ranges, mut items) = (Vec::new(), Vec::new());
            for list in &lists {
                let start = items.len();
                items.extend(list.iter().flat_map(|list| list.iter().map(Some)));
                ranges.push(list.map(|_| start..items.len()));
            }
            Values::Lists(ranges, Box::new(Self::new(items)))
        } else {
            Values::Mixed
        };
        Self { values: made, count: given.len() }
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.count
    }
}

fn visit<T: Clone>(values: &[Option<T>], rows: Range<usize>, visit: impl FnMut(Option<T>)) -> bool {
    values.get(rows).unwrap_or(&[]).iter().cloned().for_each(visit);
    true
}

impl<'a> Column<'a> for Sheet<'a> {
    fn texts(&self, rows: Range<usize>, each: impl FnMut(Option<&'a str>)) -> bool {
        matches!(&self.values, Values::Texts(values) if visit(values, rows, each))
    }

    fn numbers(&self, rows: Range<usize>, each: impl FnMut(Option<f64>)) -> bool {
        matches!(&self.values, Values::Numbers(values) if visit(values, rows, each))
    }

    fn bools(&self, rows: Range<usize>, each: impl FnMut(Option<bool>)) -> bool {
        matches!(&self.values, Values::Bools(values) if visit(values, rows, each))
    }

    fn records(&self, rows: Range<usize>, each: impl FnMut(bool)) -> bool {
        let Values::Records(there, _) = &self.values else { return false };
        there.get(rows).unwrap_or(&[]).iter().copied().for_each(each);
        true
    }

    fn field(&self, key: &str) -> Option<&Self> {
        if let Values::Records(_, fields) = &self.values { fields.get(key) } else { None }
    }

    fn lists(&self, rows: Range<usize>, each: impl FnMut(Option<Range<usize>>)) -> Option<&Self> {
        let Values::Lists(ranges, items) = &self.values else { return None };
        visit(ranges, rows, each);
        Some(items)
    }

    fn is_empty(&self) -> bool {
        matches!(self.values, Values::Nothing)
    }
}
