//! Why phone numbers are read by `rlibphonenumber`: two crates against Google's metadata.
//!
//! `tests/data/phone/expected.csv.gz` holds 19,523 spellings of Google's own example numbers with the answers of the
//! Python port of libphonenumber (made by `tests/tools/phone_reference.py`). `rlibphonenumber` must give every answer.
//! `phonenumber` is judged by the metadata that it carries, so the rows on which those differ are taken from a second
//! file; it must stay wrong on more than a tenth, or the choice is to be thought over.

#![cfg(test)]

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use flate2::read::GzDecoder;

/// What is compared of a number that could be read.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Answer {
    country_code: String,
    number: String,
    zeros: String,
    extension: String,
    valid: bool,
    region: String,
    kind: String,
    e164: String,
    international: String,
    national: String,
}

struct Row {
    spelling: String,
    region: String,
    text: String,
    /// `None` where the reference refuses the text.
    expected: Option<Answer>,
}

fn read(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/phone").join(name);
    let packed = GzDecoder::new(File::open(path).expect("the data file"));
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(packed)
        .records()
        .map(|record| record.expect("a row").iter().map(str::to_owned).collect())
        .collect()
}

/// `FIXED_LINE`, `FixedLine` and `VOIP`, `VoIP` are the same word.
fn plain(kind: &str) -> String {
    kind.chars().filter(|c| *c != '_').collect::<String>().to_lowercase()
}

fn row(cells: &[String]) -> Row {
    let cell = |place: usize| cells[place].clone();
    let expected = (cells[3] != "error").then(|| Answer {
        country_code: cell(3),
        number: cell(4),
        zeros: cell(5),
        extension: cell(6),
        valid: cells[7] == "1",
        region: cell(9),
        kind: plain(&cells[10]),
        e164: cell(11),
        international: cell(12),
        national: cell(13),
    });
    Row { spelling: cell(0), region: cell(1), text: cell(2), expected }
}

fn expected() -> Vec<Row> {
    read("expected.csv.gz").iter().map(|cells| row(cells)).collect()
}

fn by_rlibphonenumber(row: &Row) -> Option<Answer> {
    use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};
    let number = PHONE_NUMBER_UTIL.parse(&row.text, row.region.parse::<Region>().ok()).ok()?;
    let zeros =
        if number.italian_leading_zero.unwrap_or(false) { number.number_of_leading_zeros.unwrap_or(1) } else { 0 };
    Some(Answer {
        country_code: number.country_code.to_string(),
        number: number.national_number.to_string(),
        zeros: zeros.to_string(),
        extension: number.extension.clone().unwrap_or_default(),
        valid: number.is_valid(),
        region: number.get_region_code().map(|region| region.to_string()).unwrap_or_default(),
        kind: plain(&format!("{:?}", number.get_type())),
        e164: number.format_as(PhoneNumberFormat::E164).into_owned(),
        international: number.format_as(PhoneNumberFormat::International).into_owned(),
        national: number.format_as(PhoneNumberFormat::National).into_owned(),
    })
}

fn by_phonenumber(row: &Row) -> Option<Answer> {
    use phonenumber::{Mode, country, metadata};
    let number = phonenumber::parse(row.region.parse::<country::Id>().ok(), &row.text).ok()?;
    Some(Answer {
        country_code: number.country().code().to_string(),
        number: number.national().value().to_string(),
        zeros: number.national().zeros().to_string(),
        extension: number.extension().map(ToString::to_string).unwrap_or_default(),
        valid: phonenumber::is_valid(&number),
        region: number.country().id().map(|region| format!("{region:?}")).unwrap_or_default(),
        kind: plain(&format!("{:?}", number.number_type(&metadata::DATABASE))),
        e164: number.format().mode(Mode::E164).to_string(),
        international: number.format().mode(Mode::International).to_string(),
        national: number.format().mode(Mode::National).to_string(),
    })
}

#[test]
fn rlibphonenumber_gives_every_answer_of_the_reference() {
    let rows = expected();
    assert!(rows.len() > 19_000, "{} rows", rows.len());
    let wrong: Vec<String> = rows
        .iter()
        .filter(|row| by_rlibphonenumber(row) != row.expected)
        .map(|row| format!("{}: {:?} in {:?}", row.spelling, row.text, row.region))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} rows differ, first {:#?}",
        wrong.len(),
        rows.len(),
        &wrong[..wrong.len().min(10)]
    );
}

#[test]
fn phonenumber_is_wrong_on_more_than_a_tenth() {
    let mut rows = expected();
    for cells in read("changed-9.0.33.csv.gz") {
        let place: usize = cells[0].parse().expect("a row number");
        rows[place] = row(&cells[1..]);
    }
    let mut by_spelling: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = 0;
    for row in &rows {
        if by_phonenumber(row) != row.expected {
            wrong += 1;
            *by_spelling.entry(&row.spelling).or_default() += 1;
        }
    }
    println!("phonenumber differs on {wrong} of {} rows: {by_spelling:?}", rows.len());
    assert!(wrong * 10 > rows.len(), "only {wrong} of {} rows differ", rows.len());
}
