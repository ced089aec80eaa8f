//! Numbers, dates and instants, as far as their spelling goes.

use super::{Kind, Lexer, is_word};
use crate::code;

impl Lexer<'_> {
    /// A number; what other languages allow in one is explained.
    pub(super) fn number(&mut self) {
        let start = self.at;
        let mut length = self.length_while(is_word);
        let after = self.slice(start + length, self.source.len());
        if let Some(fraction) =
            after.strip_prefix('.').filter(|fraction| fraction.starts_with(|digit: char| digit.is_ascii_digit()))
        {
            length += 1 + fraction.find(|letter| !is_word(letter)).unwrap_or(fraction.len());
        }
        let written = self.slice(start, start + length);
        if written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return self.symbol(start, length, Kind::Number);
        }
        let span = (start, start + length);
        let digits = written.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        let unit = written.get(digits.len()..).unwrap_or_default();
        let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let joined = written.replace('_', "");
        let message = format!("`{}` is no number", written.chars().take(40).collect::<String>());
        if plain(digits) && crate::words::unit(unit).is_some() {
            let help = format!("write `{digits} {unit}`");
            self.report_fix(code::WRONG_NUMBER, span, message, help.clone(), &format!("{digits} {unit}"));
        } else if plain(&joined) {
            self.report_fix(code::WRONG_NUMBER, span, message, format!("write `{joined}`"), &joined);
        } else if let Some(diagnostic) = self.report(code::WRONG_NUMBER, start, start + length, message, "") {
            diagnostic.help = Some("numbers are written like `12` or `0.5`".to_owned());
        }
        self.token(start, length, Kind::Number, true);
    }

    /// A date or instant: its shape only, the calendar is the checker's.
    pub(super) fn moment(&mut self) {
        let start = self.at;
        let rest = self.slice(start + 1, self.source.len());
        let mut length = 1;
        let mut letters = rest.chars().peekable();
        while let Some(letter) = letters.next() {
            let more = is_word(letter)
                || matches!(letter, '-' | ':' | '+')
                || (letter == '.' && letters.peek().is_some_and(char::is_ascii_digit));
            if !more {
                break;
            }
            length += 1;
        }
        let written = self.slice(start + 1, start + length);
        let bad = !is_date(written) && !is_instant(written);
        if bad {
            let message = format!("`@{}` is no date", written.chars().take(40).collect::<String>());
            if let Some(diagnostic) = self.report(code::WRONG_DATE, start, start + length, message, "") {
                diagnostic.help = Some(
                    "dates are written like `@2019`, `@2019-05` or `@2019-05-31`, instants like `@2024-01-01T00:00:00Z`".to_owned(),
                );
            }
        }
        self.token(start, length, Kind::Moment, bad);
    }
}

/// Whether it has the shape of a date: year, year and month, or day.
fn is_date(written: &str) -> bool {
    shaped(written, "9999") || shaped(written, "9999-99") || shaped(written, "9999-99-99")
}

/// Whether it has the shape of an RFC 3339 instant.
fn is_instant(written: &str) -> bool {
    let Some((date, time)) = written.split_once(['T', 't']) else {
        return false;
    };
    let (clock, zone) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => (time.get(..at).unwrap_or_default(), time.get(at..).unwrap_or_default()),
        None => return false,
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let zone_holds = matches!(zone, "Z" | "z") || shaped(zone, "+99:99") || shaped(zone, "-99:99");
    let fraction_holds = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    shaped(date, "9999-99-99") && shaped(clock, "99:99:99") && fraction_holds && zone_holds
}

/// Whether `text` has a digit wherever `shape` has a `9`, and is `shape` elsewhere.
fn shaped(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(
            |(byte, wanted)| {
                if wanted == b'9' { byte.is_ascii_digit() } else { byte == wanted }
            },
        )
}
