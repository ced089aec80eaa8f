//! Lengths of time: durations as written, and differences that keep their two ends.

use super::Truth;
use super::calendar::{Day, add_months, last_of_all};
use indicia_dsl::ast::{CompareOp, Unit};
use std::collections::BTreeSet;

/// A duration as written; the parts do not mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Written {
    pub(crate) months: i64,
    pub(crate) days: i64,
    pub(crate) micros: i64,
}

/// A length of time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Length {
    Written(Written),
    /// From any of the early days to any of the late ones; an overlap is never below zero.
    Between {
        late: Vec<Day>,
        early: Vec<Day>,
        overlap: bool,
    },
    /// From one instant to another.
    Micros {
        late: i64,
        early: i64,
    },
    /// Any of these numbers of days.
    Counted(BTreeSet<i64>),
}

/// A comparison of two things that have an order.
pub(crate) fn holds<T: PartialOrd>(op: CompareOp, a: &T, b: &T) -> bool {
    match op {
        CompareOp::Eq => a == b,
        CompareOp::Ne => a != b,
        CompareOp::Lt => a < b,
        CompareOp::Le => a <= b,
        CompareOp::Gt => a > b,
        CompareOp::Ge => a >= b,
        _ => false,
    }
}

/// The operator with its sides exchanged.
pub(crate) fn turned(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Lt => CompareOp::Gt,
        CompareOp::Le => CompareOp::Ge,
        CompareOp::Gt => CompareOp::Lt,
        CompareOp::Ge => CompareOp::Le,
        other => other,
    }
}

impl Written {
    /// `3 months`.
    pub(crate) fn new(count: u32, unit: Unit) -> Self {
        let count = i64::from(count);
        let seconds = |count: i64| Self { micros: count * 1_000_000, ..Self::default() };
        match unit {
            Unit::Years => Self { months: 12 * count, ..Self::default() },
            Unit::Months => Self { months: count, ..Self::default() },
            Unit::Weeks => Self { days: 7 * count, ..Self::default() },
            Unit::Days => Self { days: count, ..Self::default() },
            Unit::Hours => seconds(3600 * count),
            Unit::Minutes => seconds(60 * count),
            Unit::Seconds => seconds(count),
        }
    }

    pub(crate) fn negated(self) -> Self {
        Self { months: -self.months, days: -self.days, micros: -self.micros }
    }

    /// A day so much later; hours and less count by whole days.
    pub(crate) fn after(self, day: Day) -> Day {
        let days = self.days + self.micros / 86_400_000_000;
        if day >= last_of_all() { day } else { add_months(day, self.months) + days }
    }

    /// Days so much later. In between, month ends leave days that none of them comes to; they count as possible, since the
    /// page does not say otherwise.
    pub(crate) fn after_all(self, days: &[Day]) -> Vec<Day> {
        let moved: BTreeSet<Day> = days.iter().map(|day| self.after(*day)).collect();
        let found = moved.iter().copied().collect::<Vec<_>>();
        let mut all = Vec::new();
        for pair in found.windows(2) {
            let [day, next] = pair else { continue };
            let near = next - day < 8;
            all.extend(if near { *day..*next } else { *day..day + 1 });
        }
        all.extend(found.last());
        all
    }

    /// An instant so much later; months have no meaning here.
    pub(crate) fn after_instant(self, instant: i64) -> i64 {
        instant + self.days * 86_400_000_000 + self.micros
    }

    /// The numbers of days that it may be where no calendar is at hand: a month is 28 to 31 days.
    fn possible_days(self) -> BTreeSet<i64> {
        let ends = [28 * self.months + self.days, 31 * self.months + self.days];
        (ends.iter().copied().min().unwrap_or(0)..=ends.iter().copied().max().unwrap_or(0)).collect()
    }
}

impl Length {
    /// The duration that it is, if it is one and no range.
    pub(crate) fn as_written(&self) -> Option<Written> {
        match self {
            Self::Written(written) => Some(*written),
            Self::Micros { late, early } => Some(Written { micros: late - early, ..Written::default() }),
            _ => {
                let days = self.possible_days();
                let only = days.first().filter(|_| days.len() == 1)?;
                Some(Written { days: *only, ..Written::default() })
            }
        }
    }

    /// Every number of days that it may be.
    pub(crate) fn possible_days(&self) -> BTreeSet<i64> {
        match self {
            Self::Written(written) => written.possible_days(),
            Self::Counted(days) => days.clone(),
            Self::Micros { late, early } => BTreeSet::from([(late - early).div_euclid(86_400_000_000)]),
            Self::Between { late, early, overlap } => {
                let each = late.iter().flat_map(|late| early.iter().map(move |early| late - early));
                each.map(|days| if *overlap { days.max(0) } else { days }).collect()
            }
        }
    }

    /// Compares two lengths: a difference with a duration by the calendar, everything else by days.
    pub(crate) fn compare(&self, op: CompareOp, other: &Self) -> Truth {
        match (self, other) {
            (Self::Between { late, early, overlap }, Self::Written(written)) => {
                if *overlap {
                    // Nothing side by side is a length of nothing, which any day can start.
                    let (day, end) = (add_months(0, 12 * 30), last_of_all());
                    let side_by_side = |late: Day, early: Day| match late.max(early) {
                        late if late == early && early == end => (day, day),
                        late => (late, early),
                    };
                    let pairs = early.iter().flat_map(|early| late.iter().map(move |late| side_by_side(*late, *early)));
                    return Truth::of(pairs.map(|(late, early)| holds(op, &late, &written.after(early))));
                }
                let bounds = written.after_all(early);
                Truth::of(late.iter().flat_map(|late| bounds.iter().map(move |bound| holds(op, late, bound))))
            }
            (Self::Micros { late, early }, Self::Written(written)) => {
                Truth::of([holds(op, late, &written.after_instant(*early))])
            }
            (Self::Micros { late, early }, Self::Micros { late: l, early: e }) => {
                Truth::of([holds(op, &(late - early), &(l - e))])
            }
            (Self::Written(_), Self::Between { .. } | Self::Micros { .. }) => other.compare(turned(op), self),
            (Self::Written(a), Self::Written(b)) if a.months == 0 && b.months == 0 => {
                let micros = |w: &Written| w.days * 86_400_000_000 + w.micros;
                Truth::of([holds(op, &micros(a), &micros(b))])
            }
            _ => {
                let (ours, theirs) = (self.possible_days(), other.possible_days());
                Truth::of(ours.iter().flat_map(|a| theirs.iter().map(move |b| holds(op, a, b))))
            }
        }
    }
}
