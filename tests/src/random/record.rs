//! Applications: values out of small domains, with gaps, values of wrong types and partial dates.

use super::Tape;
use super::shape::{APPLICATION, COUNTRIES, DAYS, FIRMS, Field, INSTANTS, Kind, PARTIAL, TEXTS, WORDS};
use crate::reference::Rows;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// How often, out of a hundred.
#[derive(Debug, Clone, Copy)]
pub struct Quirks {
    /// A value is not given.
    pub gaps: usize,
    /// A value is of another type.
    pub wrong: usize,
    /// A date is a month, a year or an open end.
    pub partial: usize,
}

impl Quirks {
    /// As applications are, only more so.
    pub const USUAL: Self = Self { gaps: 22, wrong: 4, partial: 45 };
    /// Everything given, and days.
    pub const WHOLE: Self = Self { gaps: 0, wrong: 0, partial: 0 };
}

/// An application.
pub fn application(tape: &mut Tape<'_>, quirks: Quirks) -> Json {
    record(tape, APPLICATION, quirks)
}

fn record(tape: &mut Tape<'_>, fields: &[Field], quirks: Quirks) -> Json {
    let mut object = Map::new();
    for (_, key, kind) in fields {
        if tape.chance(quirks.gaps) {
            match tape.below(4) {
                0 | 1 => {}
                2 => drop(object.insert((*key).to_owned(), Json::Null)),
                _ => drop(object.insert((*key).to_owned(), json!("  "))),
            }
            continue;
        }
        object.insert((*key).to_owned(), value(tape, *kind, quirks));
    }
    Json::Object(object)
}

/// A value of a kind.
pub fn value(tape: &mut Tape<'_>, kind: Kind, quirks: Quirks) -> Json {
    if tape.chance(quirks.wrong) {
        return wrong(tape, kind);
    }
    match kind {
        Kind::Number => {
            [json!(1), json!(0), json!(2), json!(3), json!(2.5)].get(tape.below(5)).cloned().unwrap_or_default()
        }
        Kind::Bool => json!(tape.below(2) == 1),
        Kind::Text => json!(tape.word(&TEXTS)),
        Kind::Date if tape.chance(quirks.partial) => json!(tape.word(&PARTIAL)),
        Kind::Date => json!(tape.word(&DAYS)),
        Kind::Instant => json!(tape.word(&INSTANTS)),
        Kind::Country => json!(tape.word(&COUNTRIES)),
        Kind::Word => json!(tape.word(&WORDS)),
        Kind::Organisation => json!(tape.word(&FIRMS)),
        Kind::Record(fields) => record(tape, fields, quirks),
        Kind::List(element) => {
            let count = [2, 1, 0, 3].get(tape.below(4)).copied().unwrap_or(2);
            let mut items = Vec::new();
            for _ in 0..count {
                let item = if tape.chance(quirks.gaps / 2) { Json::Null } else { value(tape, *element, quirks) };
                items.push(item);
            }
            Json::Array(items)
        }
    }
}

/// Something that is not of the kind.
fn wrong(tape: &mut Tape<'_>, kind: Kind) -> Json {
    match kind {
        Kind::Number | Kind::Bool | Kind::Record(_) | Kind::List(_) => json!("many"),
        Kind::Date => json!(["2019-02-30", "summer"].get(tape.below(2))),
        Kind::Instant => json!("2020-01-01T10:00:00"),
        Kind::Country => json!("Atlantis"),
        Kind::Word => json!("grey"),
        Kind::Text | Kind::Organisation => json!(7),
    }
}

/// Rows of the list `words` and of the table `firms`; `unfilled` stays so.
pub fn rows(tape: &mut Tape<'_>) -> Rows {
    let mut rows = Rows::new();
    if !tape.chance(10) {
        let words = ["alpha", "beta gamma", "12"];
        let count = 3 - tape.below(3);
        rows.insert("words".to_owned(), words.iter().take(count).map(|word| column("entry", json!(word))).collect());
    }
    if !tape.chance(10) {
        let mut northwind = column("name", json!("Northwind"));
        northwind.insert("founded".to_owned(), json!(["2019", "2020-02-29", "2018-06"].get(tape.below(3))));
        northwind.insert("size".to_owned(), json!(tape.below(4)));
        northwind.insert("aliases".to_owned(), json!(["alpha", "NW"]));
        let mut table = vec![northwind];
        if !tape.chance(30) {
            let mut contoso = column("name", json!("Contoso"));
            contoso.insert("size".to_owned(), json!(2));
            table.push(contoso);
        }
        rows.insert("firms".to_owned(), table);
    }
    rows
}

fn column(name: &str, value: Json) -> BTreeMap<String, Json> {
    BTreeMap::from([(name.to_owned(), value)])
}
