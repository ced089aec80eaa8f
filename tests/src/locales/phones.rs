//! Telephone numbers as people write them, and postal codes.

use super::data::Locale;
use super::draw::Draw;
use super::honest::Life;

/// The digits of a number behind its `+`.
pub fn e164(international: &str) -> String {
    format!("+{}", international.chars().filter(char::is_ascii_digit).collect::<String>())
}

/// The ways in which one number is written, given its two usual forms. All are read as the same number.
pub fn spellings(locale: &Locale, national: &str, international: &str) -> Vec<String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let native = national
        .chars()
        .map(|c| c.to_digit(10).and_then(|digit| locale.digits.chars().nth(digit as usize)).unwrap_or(c));
    vec![
        national.to_owned(),
        international.to_owned(),
        e164(international),
        digits(national),
        international.replace([' ', '-'], "."),
        format!("00{}", digits(international)),
        native.collect(),
        format!("{international} (mobile)"),
    ]
}

/// The applicant's number: where it is from, and its two usual forms. `second` gives their other number.
pub fn own<'l>(life: &Life<'l>, second: bool) -> Option<(&'l Locale, &'l (String, String))> {
    let draw = life.draw;
    // People who moved here from abroad keep their number for a while.
    let locale = if has_moved(life) { life.abroad() } else { life.locale };
    let home = if draw.mille("moved", 80) { "old home" } else { "home" };
    let town = life.town(home, locale)?;
    // The last number is a referee's.
    let phones = town.phones.get(..town.phones.len().saturating_sub(1)).unwrap_or_default();
    let first = draw.below("phone", phones.len());
    let place = if second { (first + 1) % phones.len().max(1) } else { first };
    phones.get(place).map(|phone| (locale, phone))
}

fn has_moved(life: &Life<'_>) -> bool {
    life.draw.mille("phone of old country", 40)
}

/// The applicant's number on a source: mostly their one number, in the spelling of that source.
pub fn written(life: &Life<'_>, source: &str) -> Option<String> {
    let draw = life.draw;
    let second = source != "form" && draw.mille(&format!("{source} second number"), 60);
    let (locale, (national, international)) = own(life, second)?;
    let all = spellings(locale, national, international);
    // A foreign number is written with its country code.
    let coded = [1, 2, 4, 5, 7];
    let label = format!("{source} spelling");
    let place = if has_moved(life) { draw.pick(&label, &coded).copied()? } else { draw.below(&label, all.len()) };
    all.get(place).cloned()
}

/// A postal code of a pattern.
pub fn postal(pattern: &str, draw: Draw) -> String {
    const LETTERS: [char; 8] = ['B', 'E', 'H', 'K', 'L', 'N', 'R', 'T'];
    let one = |(place, c): (usize, char)| match c {
        '#' => {
            char::from_digit(u32::try_from(draw.below(&format!("postal {place}"), 10)).unwrap_or(0), 10).unwrap_or('0')
        }
        'A' => draw.pick(&format!("postal {place}"), &LETTERS).copied().unwrap_or('B'),
        other => other,
    };
    pattern.chars().enumerate().map(one).collect()
}
