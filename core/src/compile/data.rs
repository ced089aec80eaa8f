//! Lists and tables in the forms that membership and look-up compare.

use super::Compiler;
use super::program::id;
use super::program::{Entries, PreparedList, PreparedTable, TableValue};
use super::value::prepare;
use crate::check::tree::{ColumnDef, ListDef, TableCell, TableDef};
use crate::check::types::Ty;
use crate::domain::country::Country;
use crate::domain::date::{self, Written};
use crate::domain::network::Network;
use crate::domain::text::{Ends, fold, fold_case_only};
use crate::domain::{email, instant, ip::Ip, phone, url};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

impl Compiler<'_> {
    pub(super) fn data(&mut self) {
        self.program.lists = self.checked.lists.iter().map(list).collect();
        self.program.tables = self.checked.tables.iter().map(table).collect();
    }
}

fn list(def: &ListDef) -> PreparedList {
    let entries = match &def.entries {
        None => Entries::Unfilled,
        Some(entries) if def.hashed => {
            Entries::Hashes(entries.iter().map(|entry| entry.to_ascii_lowercase().into_boxed_str()).collect())
        }
        Some(entries) => prepared(entries, &def.ty),
    };
    PreparedList { name: Arc::from(def.name.as_str()), entries }
}

fn prepared(entries: &[String], ty: &Ty) -> Entries {
    let canonical = |read: &dyn Fn(&str) -> Option<String>| {
        Entries::Canonical(entries.iter().filter_map(|entry| read(entry)).map(String::into_boxed_str).collect())
    };
    match ty {
        Ty::Number => Entries::Numbers(
            entries
                .iter()
                .filter_map(|entry| entry.parse::<f64>().ok())
                .map(|number| (number + 0.0).to_bits())
                .collect(),
        ),
        Ty::Country => Entries::Codes(
            entries.iter().filter_map(|e| Country::parse(e).ok()).map(|c| u32::from(c.index())).collect(),
        ),
        Ty::OneOf(words) => {
            Entries::Codes(entries.iter().filter_map(|e| words.iter().position(|w| **w == **e)).map(id).collect())
        }
        Ty::Network => Entries::Networks(entries.iter().filter_map(|entry| Network::parse(entry)).collect()),
        Ty::Phone => canonical(&|entry| phone::parse(entry, None).e164),
        Ty::Email => canonical(&email::canonical),
        Ty::Url => canonical(&|entry| url::parse(entry).canonical),
        Ty::Ip => canonical(&|entry| Ip::parse(entry).map(|ip| ip.address().to_string())),
        _ => {
            let bytes = |text: String| text.into_bytes().into_boxed_slice();
            let folded: FxHashSet<Box<[u8]>> =
                entries.iter().map(|entry| bytes(fold(entry))).filter(|entry| !entry.is_empty()).collect();
            Entries::Texts {
                ends: Ends::of(folded.iter().map(|entry| &**entry)),
                folded,
                lower: entries.iter().map(|entry| bytes(fold_case_only(entry.trim()))).collect(),
            }
        }
    }
}

fn table(def: &TableDef) -> PreparedTable {
    let mut out = PreparedTable {
        name: Arc::from(def.name.as_str()),
        columns: def.columns.iter().map(|column| Arc::from(column.name.as_str())).collect(),
        filled: def.rows.is_some(),
        cells: Vec::new(),
        rows: 0,
        by_folded: FxHashMap::default(),
        by_lower: FxHashMap::default(),
        by_code: Vec::new(),
    };
    for (number, row) in def.rows.iter().flatten().enumerate() {
        let number = id(number);
        out.rows = number + 1;
        if let (Some(TableCell::Text(key)), Some(column)) = (row.first(), def.columns.first()) {
            // The first row of a key wins, whatever else is listed under it.
            if column.ty == Ty::Country {
                if let Ok(country) = Country::parse(key) {
                    let place = usize::from(country.index());
                    out.by_code.resize(out.by_code.len().max(place + 1), 0);
                    if let Some(row @ 0) = out.by_code.get_mut(place) {
                        *row = number + 1;
                    }
                }
            } else {
                out.by_folded.entry(fold(key).into_boxed_str()).or_insert(number);
                out.by_lower.entry(fold_case_only(key).into_boxed_str()).or_insert(number);
            }
        }
        for (column, cell) in def.columns.iter().zip(row) {
            out.cells.push(table_value(column, cell));
        }
    }
    out
}

fn table_value(column: &ColumnDef, cell: &TableCell) -> TableValue {
    let text = match cell {
        TableCell::Missing => return TableValue::Missing,
        TableCell::List(items) => return TableValue::List(items.iter().map(prepare).collect()),
        TableCell::Text(text) => text,
    };
    let value = match &column.ty {
        Ty::Number => text.parse().ok().map(TableValue::Number),
        Ty::Bool => Some(TableValue::Code(u32::from(&**text == "true"), Arc::clone(text))),
        Ty::Date => match date::parse(text) {
            Some(Written::Date(date, _)) => Some(TableValue::Date(date, Arc::clone(text))),
            _ => None,
        },
        Ty::Instant => instant::parse(text).map(|micros| TableValue::Instant(micros, Arc::clone(text))),
        Ty::Country => {
            Country::parse(text).ok().map(|country| TableValue::Code(u32::from(country.index()), Arc::clone(text)))
        }
        Ty::OneOf(words) => {
            words.iter().position(|word| *word == *text).map(|index| TableValue::Code(id(index), Arc::clone(text)))
        }
        _ => Some(TableValue::Text(prepare(text))),
    };
    value.unwrap_or(TableValue::Missing)
}
