//! Instants: points in time as microseconds since 1970-01-01T00:00:00Z, read by RFC 3339.
//!
//! The offset is required: without one a time is no instant. By RFC 3339, section 5.6, `t` and `z` may be lower
//! case and a space may stand for the `T`. A leap second (`23:59:60` UTC) is the last microsecond of its minute,
//! since POSIX time has no number for it. Digits beyond the microsecond are dropped.

use super::date;
use super::length::Length;

const MICROS_PER_SECOND: i64 = 1_000_000;
const MICROS_PER_DAY: i64 = 86_400_000_000;

/// Reads an RFC 3339 date-time of the years 1 to 9999 into microseconds since the epoch, UTC.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let bytes = text.trim().as_bytes();
    let day = day_of(bytes.get(..10)?)?;
    if !matches!(bytes.get(10)?, b'T' | b't' | b' ') {
        return None;
    }
    let (hour, minute, second) = clock(bytes.get(11..19)?)?;
    let (fraction, rest) = fraction(bytes.get(19..)?)?;
    let offset = offset_seconds(rest)?;
    let leap = second == 60;
    let seconds = hour * 3600 + minute * 60 + if leap { 59 } else { second } - offset;
    if leap && seconds.rem_euclid(86_400) != 86_399 {
        return None;
    }
    let micros = if leap { MICROS_PER_SECOND - 1 } else { fraction };
    Some(i64::from(day) * MICROS_PER_DAY + seconds * MICROS_PER_SECOND + micros)
}

fn digits(bytes: &[u8]) -> Option<i64> {
    bytes.iter().try_fold(0i64, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))
}

fn day_of(bytes: &[u8]) -> Option<i32> {
    if bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    let year = i32::try_from(digits(bytes.get(..4)?)?).ok()?;
    let month = u32::try_from(digits(bytes.get(5..7)?)?).ok()?;
    date::from_ymd(year, month, u32::try_from(digits(bytes.get(8..10)?)?).ok()?)
}

fn clock(bytes: &[u8]) -> Option<(i64, i64, i64)> {
    if bytes.get(2) != Some(&b':') || bytes.get(5) != Some(&b':') {
        return None;
    }
    let (hour, minute, second) = (digits(bytes.get(..2)?)?, digits(bytes.get(3..5)?)?, digits(bytes.get(6..8)?)?);
    (hour < 24 && minute < 60 && second <= 60).then_some((hour, minute, second))
}

/// The microseconds of a fraction of a second, if there is one, and what follows it.
fn fraction(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let Some(rest) = bytes.strip_prefix(b".") else { return Some((0, bytes)) };
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if count == 0 {
        return None;
    }
    let mut micros = 0;
    for place in 0..6 {
        let digit = if place < count { rest.get(place).map_or(0, |byte| i64::from(byte - b'0')) } else { 0 };
        micros = micros * 10 + digit;
    }
    Some((micros, rest.get(count..)?))
}

fn offset_seconds(bytes: &[u8]) -> Option<i64> {
    let (sign, rest) = match bytes {
        [b'Z' | b'z'] => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    if rest.len() != 5 || rest.get(2) != Some(&b':') {
        return None;
    }
    let (hours, minutes) = (digits(rest.get(..2)?)?, digits(rest.get(3..5)?)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// The UTC day of an instant.
pub(crate) fn day(micros: i64) -> i32 {
    i32::try_from(micros.div_euclid(MICROS_PER_DAY)).unwrap_or(date::MAX_DAY)
}

/// The instant moved by a length: months and days in the calendar of UTC, the time of day kept.
pub(crate) fn plus(micros: i64, length: Length) -> i64 {
    let time = micros.rem_euclid(MICROS_PER_DAY);
    let to_day = date::add_days(date::add_months(day(micros), length.months), length.days);
    let whole = i128::from(to_day) * i128::from(MICROS_PER_DAY) + i128::from(time) + i128::from(length.micros);
    i64::try_from(whole).unwrap_or(if whole < 0 { i64::MIN } else { i64::MAX })
}

/// The instant in RFC 3339, in UTC: `2024-01-01T00:00:00Z`, with a fraction only where there is one.
pub(crate) fn to_text(micros: i64) -> String {
    let time = micros.rem_euclid(MICROS_PER_DAY);
    let (seconds, fraction) = (time / MICROS_PER_SECOND, time % MICROS_PER_SECOND);
    let mut text =
        format!("{}T{:02}:{:02}:{:02}", date::to_text(day(micros)), seconds / 3600, seconds / 60 % 60, seconds % 60);
    if fraction != 0 {
        let digits = format!("{fraction:06}");
        text.push('.');
        text.push_str(digits.trim_end_matches('0'));
    }
    text.push('Z');
    text
}
