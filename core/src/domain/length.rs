//! Lengths of time: what a duration says, and what two dates or instants measure.
//!
//! A difference keeps its two ends, so that `a - b < D` means `a < b + D`, in the calendar. A month stands for its
//! possible numbers of days (28 to 31) only where it meets counted days, and a comparison inside that range is
//! unknown. A day is 24 hours, since everything is in UTC.

use super::date::{self, Date};
use super::instant;
use crate::truth::Truth;

const MICROS_PER_DAY: i128 = 86_400_000_000;
/// Months after which the Gregorian calendar repeats, and their days.
const MONTHS_PER_CYCLE: i64 = 4800;
const DAYS_PER_CYCLE: i64 = 146_097;

/// A duration as written: calendar months, days and microseconds, which do not mix.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Length {
    /// Months; a year is twelve.
    pub(crate) months: i64,
    /// Days; a week is seven.
    pub(crate) days: i64,
    /// Microseconds: hours, minutes and seconds.
    pub(crate) micros: i64,
}

/// A length of time in an expression.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Elapsed {
    /// A duration.
    Length(Length),
    /// The days from `early` to `late`; with `floor`, never below zero.
    Dates {
        /// The date that the difference starts from.
        late: Date,
        /// The date that is subtracted.
        early: Date,
        /// Whether a negative difference counts as zero (an overlap).
        floor: bool,
    },
    /// The microseconds from `early` to `late`.
    Instants {
        /// The instant that the difference starts from.
        late: i64,
        /// The instant that is subtracted.
        early: i64,
    },
    /// A sum with a partial date in it: so many microseconds at least and at most.
    Range {
        /// The least, or `i64::MIN` where there is none.
        least: i64,
        /// The greatest, or `i64::MAX` where there is none.
        most: i64,
    },
}

/// The comparisons; the others follow by exchanging the sides or by negation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Order {
    /// `<`.
    Lt,
    /// `<=`.
    Le,
    /// `==`.
    Eq,
}

impl Length {
    /// Nothing.
    pub(crate) const ZERO: Self = Self { months: 0, days: 0, micros: 0 };

    /// So many days.
    pub(crate) fn days(days: i64) -> Self {
        Self { days, ..Self::ZERO }
    }

    /// The same length backwards.
    #[must_use]
    pub(crate) fn negated(self) -> Self {
        Self {
            months: self.months.saturating_neg(),
            days: self.days.saturating_neg(),
            micros: self.micros.saturating_neg(),
        }
    }

    /// The sum, part by part.
    #[must_use]
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            months: self.months.saturating_add(other.months),
            days: self.days.saturating_add(other.days),
            micros: self.micros.saturating_add(other.micros),
        }
    }

    /// The difference, part by part.
    #[must_use]
    pub(crate) fn minus(self, other: Self) -> Self {
        self.plus(other.negated())
    }

    /// The least and the greatest number of microseconds that the length may be.
    fn range(self) -> (i128, i128) {
        let (least, most) = days_of_months(self.months);
        let fixed = i128::from(self.days) * MICROS_PER_DAY + i128::from(self.micros);
        (i128::from(least) * MICROS_PER_DAY + fixed, i128::from(most) * MICROS_PER_DAY + fixed)
    }

    /// Compares two lengths: months cancel against months, what is left of them is a range of days.
    pub(crate) fn compare(self, order: Order, other: Self) -> Truth {
        let (least, most) = self.minus(other).range();
        order.decide((least, most), (0, 0))
    }

    /// Whether the length is above, at or below zero.
    pub(crate) fn sign(self, order: Order) -> Truth {
        // Parts of one sign need no calendar.
        let parts = [self.months, self.days, self.micros];
        let (least, most) = (parts.iter().copied().min().unwrap_or(0), parts.iter().copied().max().unwrap_or(0));
        if least >= 0 || most <= 0 {
            let sign = least.signum() + most.signum();
            return Truth::from(match order {
                Order::Lt => sign < 0,
                Order::Le => sign <= 0,
                Order::Eq => sign == 0,
            });
        }
        self.compare(order, Self::ZERO)
    }
}

/// The least and the greatest number of days of so many consecutive months, over all starting days.
///
/// Starting days at a month's end, where adding months clamps, stay inside the range that starts at the first of a
/// month give; `tests` checks it over a whole cycle of 400 years.
pub(crate) fn days_of_months(months: i64) -> (i64, i64) {
    let count = months.unsigned_abs().min(1 << 40).cast_signed();
    let (cycles, rest) = (count / MONTHS_PER_CYCLE, count % MONTHS_PER_CYCLE);
    let (mut least, mut most) = (i64::MAX, i64::MIN);
    let start = i64::from(date::from_ymd(2000, 1, 1).unwrap_or(0));
    let mut from = 0;
    for month in 0..MONTHS_PER_CYCLE {
        let to = i64::from(date::add_months(i32::try_from(start).unwrap_or(0), month + rest)) - start;
        least = least.min(to - from);
        most = most.max(to - from);
        from += i64::from(date::days_in_month(2000 + month / 12, u32::try_from(month % 12).unwrap_or(0) + 1));
    }
    let (least, most) = (least + cycles * DAYS_PER_CYCLE, most + cycles * DAYS_PER_CYCLE);
    if months < 0 { (-most, -least) } else { (least, most) }
}

impl Order {
    /// Compares two values of which only the range is known.
    fn decide(self, a: (i128, i128), b: (i128, i128)) -> Truth {
        let (surely, surely_not) = match self {
            Self::Lt => (a.1 < b.0, a.0 >= b.1),
            Self::Le => (a.1 <= b.0, a.0 > b.1),
            Self::Eq => (a.0 == a.1 && b.0 == b.1 && a.0 == b.0, a.1 < b.0 || b.1 < a.0),
        };
        match (surely, surely_not) {
            (true, _) => Truth::True,
            (_, true) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    fn dates(self, a: Date, b: Date) -> Truth {
        match self {
            Self::Lt => a.lt(b),
            Self::Le => a.le(b),
            Self::Eq => a.eq(b),
        }
    }

    fn instants(self, a: i64, b: i64) -> Truth {
        Truth::from(match self {
            Self::Lt => a < b,
            Self::Le => a <= b,
            Self::Eq => a == b,
        })
    }
}

impl Elapsed {
    /// The duration that it is, if no partial date is in it.
    pub(crate) fn as_length(&self) -> Option<Length> {
        match *self {
            Self::Length(length) => Some(length),
            Self::Instants { late, early } => Some(Length { micros: late.saturating_sub(early), ..Length::ZERO }),
            Self::Dates { .. } | Self::Range { .. } => self.exact_days().map(Length::days),
        }
    }

    /// The sum, or the difference.
    pub(crate) fn sum(&self, add: bool, other: &Self) -> Self {
        if let (Some(a), Some(b)) = (self.as_length(), other.as_length()) {
            return Self::Length(if add { a.plus(b) } else { a.minus(b) });
        }
        let (a, (least, most)) = (self.range(), other.range());
        let (least, most) = if add { (least, most) } else { (negated(most), negated(least)) };
        Self::Range { least: saturated(a.0.saturating_add(least)), most: saturated(a.1.saturating_add(most)) }
    }

    /// The number of days, where it is known and nothing else is counted.
    #[inline]
    fn exact_days(&self) -> Option<i64> {
        match *self {
            Self::Length(Length { months: 0, days, micros: 0 }) => Some(days),
            Self::Dates { late, early, floor } if late.is_exact() && early.is_exact() => {
                let days = i64::from(late.first) - i64::from(early.first);
                Some(if floor { days.max(0) } else { days })
            }
            _ => None,
        }
    }

    /// The least and the greatest number of microseconds; an open end is without bound.
    fn range(&self) -> (i128, i128) {
        match *self {
            Self::Length(length) => length.range(),
            Self::Instants { late, early } => {
                let micros = i128::from(late) - i128::from(early);
                (micros, micros)
            }
            Self::Dates { late, early, floor } => {
                let least = if early.last == Date::OPEN {
                    i128::MIN
                } else {
                    (i128::from(late.first) - i128::from(early.last)) * MICROS_PER_DAY
                };
                let most = if late.last == Date::OPEN {
                    i128::MAX
                } else {
                    (i128::from(late.last) - i128::from(early.first)) * MICROS_PER_DAY
                };
                if floor { (least.max(0), most.max(0)) } else { (least, most) }
            }
            Self::Range { least, most } => (
                if least == i64::MIN { i128::MIN } else { i128::from(least) },
                if most == i64::MAX { i128::MAX } else { i128::from(most) },
            ),
        }
    }
}

/// The nearest that can be counted with: as a bound it is then further out, or none.
fn saturated(micros: i128) -> i64 {
    i64::try_from(micros).unwrap_or(if micros < 0 { i64::MIN } else { i64::MAX })
}

/// The opposite; of no bound, none.
fn negated(micros: i128) -> i128 {
    match micros {
        i128::MIN => i128::MAX,
        i128::MAX => i128::MIN,
        micros => -micros,
    }
}

/// Compares two lengths of time.
pub(crate) fn compare(order: Order, a: &Elapsed, b: &Elapsed) -> Truth {
    if let (Some(a), Some(b)) = (a.exact_days(), b.exact_days()) {
        return Truth::from(match order {
            Order::Lt => a < b,
            Order::Le => a <= b,
            Order::Eq => a == b,
        });
    }
    match (*a, *b) {
        (Elapsed::Length(a), Elapsed::Length(b)) => a.compare(order, b),
        (Elapsed::Dates { late, early, floor }, Elapsed::Length(length)) => {
            let plain = order.dates(late, early.plus(length));
            if floor { floored_left(order, plain, length, late, early) } else { plain }
        }
        (Elapsed::Length(length), Elapsed::Dates { late, early, floor }) => {
            let plain = order.dates(early.plus(length), late);
            match order {
                _ if !floor => plain,
                // D < max(0, v) is D < 0 or D < v; likewise for <=.
                Order::Lt | Order::Le => length.sign(order).or(plain),
                Order::Eq => floored_left(order, plain, length, late, early),
            }
        }
        (Elapsed::Instants { late, early }, Elapsed::Length(length)) => {
            order.instants(late, instant::plus(early, length))
        }
        (Elapsed::Length(length), Elapsed::Instants { late, early }) => {
            order.instants(instant::plus(early, length), late)
        }
        _ => order.decide(a.range(), b.range()),
    }
}

/// `max(0, late - early)` against a length, given the comparison without the floor.
fn floored_left(order: Order, plain: Truth, length: Length, late: Date, early: Date) -> Truth {
    let not_negative = length.sign(Order::Lt).not();
    match order {
        // max(0, v) < D is 0 < D and v < D.
        Order::Lt => length.sign(Order::Le).not().and(plain),
        Order::Le => not_negative.and(plain),
        // max(0, v) == D is D >= 0 and v == D, or D == 0 and v <= 0.
        Order::Eq => not_negative.and(plain).or(length.sign(Order::Eq).and(late.le(early))),
    }
}

/// Whether two dates are at most a length apart: `a <= b + D` and `b <= a + D`.
pub(crate) fn dates_within(a: Date, b: Date, length: Length) -> Truth {
    if length.sign(Order::Lt).is_true() {
        return Truth::False;
    }
    a.le(b.plus(length)).and(b.le(a.plus(length)))
}

/// Whether two instants are at most a length apart.
pub(crate) fn instants_within(a: i64, b: i64, length: Length) -> Truth {
    if length.sign(Order::Lt).is_true() {
        return Truth::False;
    }
    Truth::from(a <= instant::plus(b, length) && b <= instant::plus(a, length))
}
