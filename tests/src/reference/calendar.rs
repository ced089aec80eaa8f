//! The calendar, written out: every day from 1970 to 2999 in one list, found by looking for it.

use std::collections::HashMap;
use std::sync::OnceLock;

/// A day, counted from 1970-01-01.
pub type Day = i64;

const FIRST_YEAR: i64 = 1970;
const LAST_YEAR: i64 = 2999;

struct Calendar {
    days: Vec<(i64, i64, i64)>,
    numbers: HashMap<(i64, i64, i64), Day>,
}

fn days_in(year: i64, month: i64) -> i64 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn calendar() -> &'static Calendar {
    static CALENDAR: OnceLock<Calendar> = OnceLock::new();
    CALENDAR.get_or_init(|| {
        let mut days = Vec::new();
        for year in FIRST_YEAR..=LAST_YEAR {
            for month in 1..=12 {
                for day in 1..=days_in(year, month) {
                    days.push((year, month, day));
                }
            }
        }
        let numbers = (0..).zip(&days).map(|(number, day)| (*day, number)).collect();
        Calendar { days, numbers }
    })
}

/// The number of a day.
pub fn number(year: i64, month: i64, day: i64) -> Option<Day> {
    calendar().numbers.get(&(year, month, day)).copied()
}

/// The last day of all, which stands for "however long after".
pub(crate) fn last_of_all() -> Day {
    number(LAST_YEAR, 12, 31).unwrap_or_default()
}

/// Year, month and day of a number; beyond the calendar its nearest day.
pub fn civil(day: Day) -> (i64, i64, i64) {
    let days = &calendar().days;
    let near = usize::try_from(day.max(0)).unwrap_or_default().min(days.len() - 1);
    days.get(near).copied().unwrap_or((FIRST_YEAR, 1, 1))
}

/// A day some months later; where that month is too short, its last day. `last_of_all` stays where it is.
pub fn add_months(day: Day, months: i64) -> Day {
    if months == 0 || day >= last_of_all() {
        return day;
    }
    let (year, month, of_month) = civil(day);
    let count = year * 12 + (month - 1) + months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    number(year, month, of_month.min(days_in(year, month))).unwrap_or_else(last_of_all)
}

/// Every day that a written date may mean: `2019`, `2019-05`, `2019-05-31`.
pub fn days_of(text: &str) -> Option<Vec<Day>> {
    let parts: Vec<&str> = text.split('-').collect();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if widths != [4, 2, 2].get(..parts.len()).unwrap_or_default() {
        return None;
    }
    let numbers: Vec<i64> = parts.iter().map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let fits = |day: &(i64, i64, i64)| {
        let day = [day.0, day.1, day.2];
        day.get(..numbers.len()) == Some(&numbers)
    };
    // The year's days lie together: everything before is skipped.
    let year = *numbers.first()?;
    let from = usize::try_from(number(year, 1, 1)?).ok()?;
    let of_year = calendar().days.iter().enumerate().skip(from).take(366);
    let days: Vec<Day> =
        of_year.filter(|(_, day)| fits(day)).filter_map(|(number, _)| Day::try_from(number).ok()).collect();
    (!days.is_empty()).then_some(days)
}

/// Microseconds since 1970 of `2024-01-01T10:00:00Z` or with an offset `+02:00`.
pub(crate) fn instant_of(text: &str) -> Option<i64> {
    let (date, time) = text.split_once('T')?;
    let day = match days_of(date)?.as_slice() {
        [day] if date.len() == 10 => *day,
        _ => return None,
    };
    let (clock, offset) = match time.split_at_checked(8)? {
        (clock, "Z") => (clock, 0),
        (clock, offset) => {
            let sign = match offset.get(..1)? {
                "+" => 1,
                "-" => -1,
                _ => return None,
            };
            let (hours, minutes) = offset.get(1..)?.split_once(':')?;
            (clock, sign * (hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?))
        }
    };
    let parts: Vec<i64> = clock.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [hours, minutes, seconds] = parts.as_slice() else { return None };
    Some(((day * 24 + hours) * 3600 + (minutes - offset) * 60 + seconds) * 1_000_000)
}

/// The day of an instant, in UTC.
pub(crate) fn day_of(instant: i64) -> Day {
    instant.div_euclid(86_400_000_000)
}
