//! What a gap may hide: applications with every gap filled and every partial date made a day.

use super::Tape;
use super::record::{Quirks, value};
use super::shape::{APPLICATION, Field, Kind};
use serde_json::{Map, Value as Json, json};

/// The application with all gaps filled from the tape. What is there and can't be read stays as it is.
pub fn complete(tape: &mut Tape<'_>, record: &Json) -> Json {
    fields(tape, record, APPLICATION)
}

fn is_gap(json: Option<&Json>) -> bool {
    match json {
        None | Some(Json::Null) => true,
        Some(Json::String(text)) => text.trim().is_empty(),
        _ => false,
    }
}

fn fields(tape: &mut Tape<'_>, record: &Json, shape: &[Field]) -> Json {
    let mut whole = Map::new();
    for (_, key, kind) in shape {
        let filled = one(tape, record.get(*key), *kind);
        whole.insert((*key).to_owned(), filled);
    }
    Json::Object(whole)
}

fn one(tape: &mut Tape<'_>, json: Option<&Json>, kind: Kind) -> Json {
    let Some(json) = json.filter(|json| !is_gap(Some(json))) else { return value(tape, kind, Quirks::WHOLE) };
    match (kind, json) {
        (Kind::Record(shape), Json::Object(_)) => fields(tape, json, shape),
        (Kind::List(element), Json::Array(items)) => {
            Json::Array(items.iter().map(|item| one(tape, Some(item), *element)).collect())
        }
        (Kind::Date, Json::String(text)) => json!(day_of(tape, text)),
        _ => json.clone(),
    }
}

/// One of the days that a written date may mean; an open end goes on for up to two years after March 2020.
pub fn day_of(tape: &mut Tape<'_>, text: &str) -> String {
    let days = days_of(text);
    if days.is_empty() { text.to_owned() } else { tape.word(&days) }
}

/// All days that a written date may mean, of an open end many; none if it is no date or one already.
pub fn days_of(text: &str) -> Vec<String> {
    let parts: Vec<u32> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    let month = |year: u32, month: u32| {
        let last = match month {
            2 if year.is_multiple_of(4) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        (1..=last).map(move |day| format!("{year}-{month:02}-{day:02}"))
    };
    match parts.as_slice() {
        _ if text == "present" => {
            (2020..2022).flat_map(|year| (4..=12).flat_map(move |of_year| month(year, of_year))).collect()
        }
        [year] => (1..=12).flat_map(|of_year| month(*year, of_year)).collect(),
        [year, of_year] => month(*year, *of_year).collect(),
        _ => Vec::new(),
    }
}
