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

/// The applicant's number on a source: mostly their one number in the spelling of that source.
pub fn written(life: &Life<'_>, source: &str) -> Option<String> {
    let draw = life.draw;
    // People who moved here from abroad keep their number for a while, and write it with its country code.
    let mover = draw.mille("phone of old country", 40);
    let locale = if mover { life.abroad() } else { life.locale };
    let home = if draw.mille("moved", 80) { "old home" } else { "home" };
    let town = draw.pick(home, &locale.towns)?;
    let second = source != "form" && draw.mille(&format!("{source} second number"), 60);
    let (national, international) = draw.pick(if second { "second phone" } else { "phone" }, &town.phones)?;
    let all = spellings(locale, national, international);
    // A number without country code is read as of the country on the same source: where that is not given, people who are
    // read abroad give the code.
    let coded = [1, 2, 4, 5, 7];
    let label = format!("{source} spelling");
    let place = if mover { draw.pick(&label, &coded).copied()? } else { draw.below(&label, all.len()) };
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
