//! Dates, possibly partial: the interval of days that a written date may mean.
//!
//! "2019" is some day from 2019-01-01 to 2019-12-31, so comparisons are three-valued. Days are counted from
//! 1970-01-01 in the proleptic Gregorian calendar of ISO 8601. The arithmetic is Howard Hinnant's
//! `days_from_civil` and `civil_from_days` (<https://howardhinnant.github.io/date_algorithms.html>), in 64 bits, so
//! that it is total: a day beyond [`MAX_DAY`] saturates there.

use super::length::Length;
use crate::truth::Truth;

/// The latest day that arithmetic reaches: about 2.9 million years from the epoch.
pub(crate) const MAX_DAY: i32 = 1 << 30;
/// The earliest day that arithmetic reaches.
pub(crate) const MIN_DAY: i32 = -MAX_DAY;

const DAYS_PER_ERA: i64 = 146_097;
const MICROS_PER_DAY: i64 = 86_400_000_000;

/// How precisely a date was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Precision {
    /// `2019-05-31`.
    Day,
    /// `2019-05`.
    Month,
    /// `2019`.
    Year,
    /// `present`: an open end.
    Open,
}

impl Precision {
    /// The words of `.precision`, in the order of the variants.
    pub(crate) const WORDS: &'static [&'static str] = &["day", "month", "year", "present"];

    /// The position in [`Self::WORDS`].
    pub(crate) fn index(self) -> usize {
        self as usize
    }
}

/// What a date field holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Written {
    /// A day, a month or a year.
    Date(Date, Precision),
    /// "present" or a synonym: not before the evaluation date, which the caller adds with [`Date::present`].
    Present,
}

/// The interval of days, both inclusive, that a date may mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Date {
    /// The earliest day.
    pub(crate) first: i32,
    /// The latest day, or [`Date::OPEN`].
    pub(crate) last: i32,
}

/// The words for an open end, lower case.
const PRESENT: [&str; 9] =
    ["present", "current", "currently", "now", "today", "ongoing", "to date", "till date", "until now"];

/// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or a word for an open end.
pub(crate) fn parse(text: &str) -> Option<Written> {
    let text = if text.as_bytes().first().is_some_and(u8::is_ascii_digit) { text.trim_end() } else { text.trim() };
    if let Some((date, _)) = parse_plain(text) {
        return Some(Written::Date(date, if text.len() == 7 { Precision::Month } else { Precision::Day }));
    }
    let Ok(year) = <[u8; 4]>::try_from(text.as_bytes()) else {
        return is_present(text).then_some(Written::Present);
    };
    let year = i32::try_from(number(year)?).ok()?;
    Some(Written::Date(Date { first: from_ymd(year, 1, 1)?, last: from_ymd(year, 12, 31)? }, Precision::Year))
}

/// Reads `YYYY-MM` or `YYYY-MM-DD`, and the year.
#[inline]
pub(crate) fn parse_plain(text: &str) -> Option<(Date, i32)> {
    let bytes = text.as_bytes();
    if let Ok(bytes) = <&[u8; 10]>::try_from(bytes) {
        let (year, month, day) = day_at_once(*bytes)?;
        return Some((Date::day(from_ymd(year, month, day)?), year));
    }
    let [y1, y2, y3, y4, b'-', m1, m2] = bytes else { return None };
    let year = i32::try_from(number([*y1, *y2, *y3, *y4])?).ok()?;
    let month = number([*m1, *m2])?;
    let first = from_ymd(year, month, 1)?;
    let date = Date { first, last: first + days_in_month(i64::from(year), month).cast_signed() - 1 };
    Some((date, year))
}

/// Year, month and day of `YYYY-MM-DD`, eight characters at a time.
#[inline]
fn day_at_once([y1, y2, y3, y4, dash, m1, m2, slash, d1, d2]: [u8; 10]) -> Option<(i32, u32, u32)> {
    const ZEROS: u64 = u64::from_le_bytes(*b"0000-00-");
    // What sets the highest bit of a digit's byte above nine, and of any other above nothing.
    const LIMITS: u64 = u64::from_le_bytes([118, 118, 118, 118, 127, 118, 118, 127]);
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let found = u64::from_le_bytes([y1, y2, y3, y4, dash, m1, m2, slash]) ^ ZEROS;
    if (found | found.wrapping_add(LIMITS)) & HIGH != 0 {
        return None;
    }
    let day = number([d1, d2])?;
    // Pairs of digits, then the pairs of the year.
    let [hundreds, _, years, _, _, month, _, _] = found.wrapping_mul(10).wrapping_add(found >> 8).to_le_bytes();
    Some((i32::from(hundreds) * 100 + i32::from(years), u32::from(month), day))
}

/// Whether the text is a word for an open end, ignoring case and the amount of white space.
fn is_present(text: &str) -> bool {
    PRESENT.iter().any(|phrase| {
        let mut words = text.split_whitespace();
        phrase.split(' ').all(|word| words.next().is_some_and(|given| given.eq_ignore_ascii_case(word)))
            && words.next().is_none()
    })
}

/// A number of so many digits.
#[expect(clippy::inline_always, reason = "dates are most of what a table has to parse")]
#[inline(always)]
fn number<const DIGITS: usize>(digits: [u8; DIGITS]) -> Option<u32> {
    let (mut value, mut all) = (0, true);
    for digit in digits {
        all &= digit.is_ascii_digit();
        value = value * 10 + u32::from(digit & 15);
    }
    all.then_some(value)
}

impl Date {
    /// The `last` of an open end.
    pub(crate) const OPEN: i32 = i32::MAX;

    /// One certain day.
    pub(crate) fn day(day: i32) -> Self {
        Self { first: day, last: day }
    }

    /// An open end as seen on the evaluation date: that day or any later one.
    pub(crate) fn present(as_of: Self) -> Self {
        Self { first: as_of.first, last: Self::OPEN }
    }

    /// Whether it is one certain day.
    pub(crate) fn is_exact(self) -> bool {
        self.first == self.last
    }

    /// Whether `self` is before `other`.
    pub(crate) fn lt(self, other: Self) -> Truth {
        decided(self.last < other.first, self.first >= other.last)
    }

    /// Whether `self` is before `other` or the same day.
    pub(crate) fn le(self, other: Self) -> Truth {
        decided(self.last <= other.first, self.first > other.last)
    }

    /// Whether both are the same day.
    pub(crate) fn eq(self, other: Self) -> Truth {
        let same = self.is_exact() && other.is_exact() && self.first == other.first;
        decided(same, self.last < other.first || other.last < self.first)
    }

    /// The date moved forward by a length; hours and less count by whole days, towards zero.
    #[must_use]
    pub(crate) fn plus(self, length: Length) -> Self {
        let last = if self.last == Self::OPEN { Self::OPEN } else { moved(self.last, length) };
        Self { first: moved(self.first, length), last }
    }

    /// The date moved back by a length.
    #[must_use]
    pub(crate) fn minus(self, length: Length) -> Self {
        self.plus(length.negated())
    }
}

fn decided(surely: bool, surely_not: bool) -> Truth {
    if surely {
        Truth::True
    } else if surely_not {
        Truth::False
    } else {
        Truth::Unknown
    }
}

fn moved(day: i32, length: Length) -> i32 {
    add_days(add_months(day, length.months), length.days.saturating_add(length.micros / MICROS_PER_DAY))
}

fn saturated(day: i64) -> i32 {
    i32::try_from(day.clamp(i64::from(MIN_DAY), i64::from(MAX_DAY))).unwrap_or(MAX_DAY)
}

/// The day of a date of the years 1 to 9999, if there is such a date.
#[expect(clippy::inline_always, reason = "dates are most of what a table has to parse")]
#[inline(always)]
pub(crate) fn from_ymd(year: i32, month: u32, day: u32) -> Option<i32> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    if day < 1 || day > 28 && day > days_in_month(i64::from(year), month) {
        return None;
    }
    // As in `days_from_civil`: the year starts in March; none is before 0.
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(365 * year + year / 4 - year / 100 + year / 400 + day_of_year.cast_signed() - 719_468)
}

fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let mp = i64::from((month + 9) % 12);
    let doy = (153 * mp + 2) / 5 + i64::from(day) - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * DAYS_PER_ERA + doe - 719_468
}

/// Year, month (1 to 12) and day of the month of a day.
pub(crate) fn ymd(day: i32) -> (i32, u32, u32) {
    let z = i64::from(day) + 719_468;
    let era = z.div_euclid(DAYS_PER_ERA);
    let doe = z.rem_euclid(DAYS_PER_ERA);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day_of_month = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    (
        i32::try_from(year).unwrap_or(i32::MAX),
        u32::try_from(month).unwrap_or(1),
        u32::try_from(day_of_month).unwrap_or(1),
    )
}

/// The year of a day.
pub(crate) fn year_of_day(day: i32) -> i32 {
    ymd(day).0
}

/// The number of days of a month.
pub(crate) fn days_in_month(year: i64, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day moved by calendar months: the same day of the month, or the month's last where there is none.
pub(crate) fn add_months(day: i32, months: i64) -> i32 {
    if months == 0 {
        return day;
    }
    let (year, month, day_of_month) = ymd(day);
    // Forty million months are more than the range of days: beyond it the result saturates anyway.
    let months = months.clamp(-100_000_000, 100_000_000);
    let total = i64::from(year) * 12 + i64::from(month) - 1 + months;
    let (to_year, to_month) = (total.div_euclid(12), u32::try_from(total.rem_euclid(12)).unwrap_or(0) + 1);
    let to_day = day_of_month.min(days_in_month(to_year, to_month));
    saturated(days_from_civil(to_year, to_month, to_day))
}

/// The day moved by days.
pub(crate) fn add_days(day: i32, days: i64) -> i32 {
    saturated(i64::from(day).saturating_add(days))
}

/// The day in ISO 8601, `2019-05-31`.
pub(crate) fn to_text(day: i32) -> String {
    let (year, month, day_of_month) = ymd(day);
    if (0..=9999).contains(&year) {
        format!("{year:04}-{month:02}-{day_of_month:02}")
    } else {
        format!("{year:+06}-{month:02}-{day_of_month:02}")
    }
}
