//! What `words`, `as_text`, `date` and `time` make of a value: another system's words, numbers, dates and times in the record's form. What can't
//! be read stays as it is, so that the record's problems show it.

use crate::domain::{date, instant};
use serde_json::{Number, Value};
use std::collections::BTreeMap;

const MILLIS_PER_DAY: i64 = 86_400_000;
/// From here on a double is not every whole number (2⁵³).
const INEXACT: f64 = 9_007_199_254_740_992.0;
/// The English months; documents write the whole name or at least three letters.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// One way to write a value anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Convert {
    /// Words of the document, folded, and what the record calls them.
    Words(BTreeMap<String, String>),
    /// A number as text.
    Text,
    /// Milliseconds since 1970-01-01T00:00:00Z, as an instant.
    Milliseconds,
    /// A day or a date-time without an offset, in UTC, as an instant.
    Utc,
    /// A written date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    Date {
        /// Whether the day is left out, since the document only knows the month.
        to_month: bool,
        /// Whether `09/15/2007` is a date, the month first.
        month_first: bool,
    },
}

/// A word without case and white space around it.
pub(super) fn fold(word: &str) -> String {
    word.trim().to_lowercase()
}

impl Convert {
    /// The value anew, or the value itself where it is not what is expected.
    pub(super) fn apply(&self, value: Value) -> Value {
        let anew = match (self, &value) {
            (Self::Words(words), Value::String(text)) => words.get(&fold(text)).cloned(),
            (Self::Text, Value::Number(number)) => is_as_written(number).then(|| number.to_string()),
            (Self::Milliseconds, Value::Number(number)) => whole(number).and_then(of_millis),
            (Self::Utc, Value::String(text)) => in_utc(text.trim()),
            (Self::Date { to_month, month_first }, value) => {
                written(value, *month_first).and_then(|d| d.text(*to_month))
            }
            _ => None,
        };
        anew.map_or(value, Value::String)
    }
}

/// Whether a number has all the digits that its document has. Whole numbers beyond 2⁶⁴ are read as doubles, as are those with an
/// exponent: two ids that differ would be one text.
fn is_as_written(number: &Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|value| value.abs() < INEXACT)
}

/// A count of milliseconds; of a part of one, which some clocks give, nothing is left.
fn whole(number: &Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let value = number.as_f64().filter(|value| value.abs() < INEXACT)?;
        #[expect(clippy::cast_possible_truncation, reason = "the number is whole and within the range")]
        Some(value.floor() as i64)
    })
}

/// An instant of the years 1 to 9999.
fn of_millis(millis: i64) -> Option<String> {
    let day = i32::try_from(millis.div_euclid(MILLIS_PER_DAY)).ok()?;
    let (year, month, day_of_month) = date::ymd(day);
    date::from_ymd(year, month, day_of_month)?;
    let rest = millis.rem_euclid(MILLIS_PER_DAY);
    let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
    let (second, milli) = (rest / 1000 % 60, rest % 1000);
    Some(format!("{year:04}-{month:02}-{day_of_month:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"))
}

/// `2019-05-01`, `2019-05-01 14:15:16` and the same with ` UTC` behind it. What has an offset stays as it is.
fn in_utc(text: &str) -> Option<String> {
    let text = text.strip_suffix("UTC").map_or(text, str::trim_end);
    let whole = if text.len() == 10 { format!("{text}T00:00:00Z") } else { format!("{}Z", text.replacen(' ', "T", 1)) };
    instant::parse(&whole).map(|_| whole)
}

/// A date as far as it is known.
struct Partial {
    year: i32,
    month: Option<u32>,
    day: Option<u32>,
}

impl Partial {
    /// Its text in the record; nothing if there is no such date.
    fn text(&self, to_month: bool) -> Option<String> {
        let Self { year, month, day } = *self;
        date::from_ymd(year, month.unwrap_or(1), day.unwrap_or(1))?;
        Some(match (month, day) {
            (Some(month), Some(day)) if !to_month => format!("{year:04}-{month:02}-{day:02}"),
            (Some(month), _) => format!("{year:04}-{month:02}"),
            (None, _) => format!("{year:04}"),
        })
    }
}

fn written(value: &Value, month_first: bool) -> Option<Partial> {
    match value {
        Value::String(text) => {
            let text = text.trim();
            iso(text).or_else(|| if month_first { slashed(text) } else { None }).or_else(|| named(text))
        }
        Value::Object(map) => {
            let part = |key: &str| map.get(key).filter(|part| !part.is_null());
            let known = |key: &str| part(key).map_or(Some(None), |part| number_of(part).map(Some));
            Some(Partial {
                year: i32::try_from(number_of(part("year")?)?).ok()?,
                month: known("month")?,
                day: known("day")?,
            })
        }
        _ => None,
    }
}

/// A number, or a text of digits.
fn number_of(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => number.as_u64().and_then(|number| u32::try_from(number).ok()),
        Value::String(text) => digits(text.trim()),
        _ => None,
    }
}

fn digits(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

/// A year is four digits: what is shorter could be anything.
fn year(text: &str) -> Option<i32> {
    digits(text).filter(|_| text.len() == 4).and_then(|year| i32::try_from(year).ok())
}

/// `2019`, `2019-05`, `2019-05-31`, and the same with a time of day, which is left out.
fn iso(text: &str) -> Option<Partial> {
    let day = match text.split_once(['T', 't', ' ']) {
        Some((day, time))
            if time.as_bytes().get(2) == Some(&b':') && time.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            day
        }
        Some(_) => return None,
        None => text,
    };
    let mut parts = day.split('-');
    let year = year(parts.next()?)?;
    let mut two = || parts.next().map_or(Some(None), |part| digits(part).filter(|_| part.len() == 2).map(Some));
    let (month, day) = (two()?, two()?);
    parts.next().is_none().then_some(Partial { year, month, day })
}

/// `09/15/2007` or `09/2007`, the month first.
fn slashed(text: &str) -> Option<Partial> {
    let parts: Vec<&str> = text.split('/').collect();
    let (month, day, last) = match parts.as_slice() {
        [month, day, last] => (month, Some(digits(day)?), last),
        [month, last] => (month, None, last),
        _ => return None,
    };
    Some(Partial { year: year(last)?, month: Some(digits(month)?), day })
}

/// `Jan 2019`, `15 January 2019`, `Jan. 15, 2019`.
fn named(text: &str) -> Option<Partial> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let (name, day, last) = match words.as_slice() {
        [name, last] => (name, None, last),
        [first, second, last] if month(second).is_some() => (second, Some(digits(first)?), last),
        [first, second, last] => (first, Some(digits(second)?), last),
        _ => return None,
    };
    Some(Partial { year: year(last)?, month: Some(month(name)?), day })
}

fn month(name: &str) -> Option<u32> {
    let name = name.trim_end_matches('.').to_lowercase();
    let is_it = |month: &&str| name.len() >= 3 && month.starts_with(&name);
    (1..).zip(MONTHS).find(|(_, month)| is_it(month)).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::Convert;
    use serde_json::{Value, json};

    fn date(value: Value) -> Value {
        Convert::Date { to_month: false, month_first: false }.apply(value)
    }

    #[test]
    fn dates_are_read_as_far_as_they_are_written() {
        for (written, read) in [
            ("Jan 2019", "2019-01"),
            ("sept. 2019", "2019-09"),
            ("15 January 2019", "2019-01-15"),
            ("Aug 5, 2019", "2019-08-05"),
            ("2019", "2019"),
            ("2019-05", "2019-05"),
            ("2019-05-01T00:00:00Z", "2019-05-01"),
            (" 2019-05-01 14:15:16 UTC", "2019-05-01"),
        ] {
            assert_eq!(date(json!(written)), json!(read), "{written}");
        }
        assert_eq!(date(json!({ "year": 2019, "month": 5 })), json!("2019-05"));
        assert_eq!(date(json!({ "year": "2019", "month": null })), json!("2019"));
        let month = Convert::Date { to_month: true, month_first: true };
        assert_eq!(month.apply(json!("09/15/2007")), json!("2007-09"));
        assert_eq!(month.apply(json!("9/2007")), json!("2007-09"));
        assert_eq!(month.apply(json!("2012-08-15T00:00:00.000Z")), json!("2012-08"));
    }

    #[test]
    fn what_is_no_date_stays_as_it_is() {
        for value in [
            json!("Present"),
            json!("09/15/2007"),
            json!("2019-13"),
            json!("31 Feb 2019"),
            json!("Ma 2019"),
            json!("Mai 19"),
            json!("2019-05-01 or later"),
            json!("2019-"),
            json!("\u{130}an 2019"),
            json!("-"),
            json!(""),
            json!(2019),
            json!([2019]),
            json!({ "year": 20_190, "month": 5 }),
            json!({ "month": 5 }),
            json!({ "year": 2019, "month": "May" }),
            json!({ "year": 2019, "month": 4_294_967_296_u64 }),
        ] {
            assert_eq!(date(value.clone()), value);
        }
    }

    #[test]
    fn times_become_instants() {
        let millis = |value: Value| Convert::Milliseconds.apply(value);
        assert_eq!(millis(json!(1_407_460_071_043_i64)), json!("2014-08-08T01:07:51.043Z"));
        assert_eq!(millis(json!(-1)), json!("1969-12-31T23:59:59.999Z"));
        assert_eq!(millis(json!(1_407_460_071_043.0)), json!("2014-08-08T01:07:51.043Z"));
        assert_eq!(millis(json!(1_407_460_071_043.9)), json!("2014-08-08T01:07:51.043Z"));
        assert_eq!(millis(json!(-0.5)), json!("1969-12-31T23:59:59.999Z"));
        for value in
            [json!(i64::MAX), json!(i64::MIN), json!(u64::MAX), json!(1e300), json!("1407460071043"), json!(null)]
        {
            assert_eq!(millis(value.clone()), value);
        }
        let utc = |text: &str| Convert::Utc.apply(json!(text));
        assert_eq!(utc("2019-05-01"), json!("2019-05-01T00:00:00Z"));
        assert_eq!(utc("2019-05-01 14:15:16"), json!("2019-05-01T14:15:16Z"));
        assert_eq!(utc("2019-05-01 14:15:16 UTC"), json!("2019-05-01T14:15:16Z"));
        for kept in
            ["2019-05-01T14:15:16+02:00", "2019-05-01T14:15:16Z", "2019-05", "soon", "UTC", "2019-02-30", "ééééé"]
        {
            assert_eq!(utc(kept), json!(kept));
        }
    }

    #[test]
    fn numbers_become_text_and_nothing_else_does() {
        assert_eq!(Convert::Text.apply(json!(985_314)), json!("985314"));
        assert_eq!(Convert::Text.apply(json!(u64::MAX)), json!("18446744073709551615"));
        // Beyond 2⁶⁴ digits are lost: it stays a number, which the record's problems show.
        let huge: Value = serde_json::from_str("18446744073709551616").unwrap();
        for kept in [json!("a"), json!(true), json!([1]), json!(null), huge] {
            assert_eq!(Convert::Text.apply(kept.clone()), kept);
        }
    }

    #[test]
    fn words_are_written_as_the_record_has_them() {
        let words = Convert::Words([("notfraudulent".to_owned(), "not_fraudulent".to_owned())].into());
        assert_eq!(words.apply(json!(" NotFraudulent ")), json!("not_fraudulent"));
        for kept in [json!("Other"), json!(5), json!(["NotFraudulent"]), json!(null)] {
            assert_eq!(words.apply(kept.clone()), kept);
        }
    }
}
