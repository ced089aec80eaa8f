//! Dates, instants, lengths and periods.

use jiff::ToSpan;

use crate::domain::date::{self, Date, Precision, Written};
use crate::domain::length::{self, Elapsed, Length, Order};
use crate::domain::period::{Period, overlap};
use crate::domain::{instant, length::compare};
use crate::truth::Truth::{self, False, True, Unknown};

fn d(text: &str) -> Date {
    match date::parse(text) {
        Some(Written::Date(date, _)) => date,
        Some(Written::Present) => Date::present(d("2024-06-01")),
        None => panic!("no date: {text}"),
    }
}

fn diff(late: &str, early: &str) -> Elapsed {
    Elapsed::Dates { late: d(late), early: d(early), floor: false }
}

fn at_least(elapsed: &Elapsed, length: Length) -> Truth {
    compare(Order::Le, &Elapsed::Length(length), elapsed)
}

fn below(elapsed: &Elapsed, length: Length) -> Truth {
    compare(Order::Lt, elapsed, &Elapsed::Length(length))
}

#[test]
fn written_forms_are_read_strictly() {
    for text in ["2019", "2019-05", "2019-05-31", " 2019 ", "0001", "9999-12-31", "2000-02-29"] {
        assert!(matches!(date::parse(text), Some(Written::Date(..))), "{text}");
    }
    for text in [
        "",
        "19",
        "0000",
        "2019-5",
        "2019-13",
        "2019-02-29",
        "1900-02-29",
        "2019-00",
        "2019-01-00",
        "2019/05",
        "2019-05-31T00:00:00Z",
        "May 2019",
        "20190531",
        "+2019",
        "２０１９",
        "2019-",
        "2019-05-",
        "01.05.2019",
        "presently",
    ] {
        assert_eq!(date::parse(text), None, "{text}");
    }
    for text in ["present", "Present", "TO DATE", "till  date", "until now", "Now", "ongoing", "currently", "today"] {
        assert_eq!(date::parse(text), Some(Written::Present), "{text}");
    }
    assert!(matches!(date::parse("2019-05"), Some(Written::Date(_, Precision::Month))));
}

#[test]
fn calendar_agrees_with_jiff() {
    let epoch = jiff::civil::date(1970, 1, 1);
    let mut day = date::from_ymd(1, 1, 1).expect("a date");
    let last = date::from_ymd(9999, 12, 31).expect("a date");
    while day <= last {
        let civil = epoch.checked_add(i64::from(day).days()).expect("in range");
        let (year, month, of_month) = date::ymd(day);
        assert_eq!(
            (year, month, of_month),
            (i32::from(civil.year()), civil.month().unsigned_abs().into(), civil.day().unsigned_abs().into())
        );
        assert_eq!(date::from_ymd(year, month, of_month), Some(day));
        assert_eq!(date::to_text(day), civil.to_string());
        for months in [1, -1, 13, 600] {
            if let Ok(moved) = civil.checked_add(months.months()) {
                assert_eq!(date::to_text(date::add_months(day, months)), moved.to_string());
            }
        }
        day += 17;
    }
}

#[test]
fn arithmetic_is_total() {
    for day in [i32::MIN, date::MIN_DAY, 0, date::MAX_DAY, i32::MAX] {
        for n in [i64::MIN, -1, 0, 1, i64::MAX] {
            date::to_text(date::add_days(date::add_months(day, n), n));
            for micros in [i64::MIN, 0, i64::MAX] {
                let length = Length { months: n, days: n, micros };
                instant::to_text(instant::plus(micros, length));
                let _ = Date::day(day).minus(length);
                for order in [Order::Lt, Order::Le, Order::Eq] {
                    compare(order, &Elapsed::Length(length), &Elapsed::Length(Length::ZERO));
                    compare(order, &Elapsed::Length(length), &Elapsed::Instants { late: i64::MAX, early: i64::MIN });
                }
            }
        }
    }
}

#[test]
fn partial_dates_compare_three_valued() {
    assert_eq!(d("2019").lt(d("2020-03")), True);
    assert_eq!(d("2019").lt(d("2019-05")), Unknown);
    assert_eq!(d("2020").lt(d("2019")), False);
    assert_eq!(d("2019").le(d("2019-12-31")), True);
    assert_eq!(d("2019").eq(d("2019")), Unknown);
    assert_eq!(d("2019-01-01").eq(d("2019-01-01")), True);
    assert_eq!(d("2019").eq(d("2020")), False);
    assert_eq!(d("present").lt(d("2024-06-01")), False);
    assert_eq!(d("present").lt(d("2030")), Unknown);
    assert_eq!(d("2024-05-31").lt(d("present")), True);
}

#[test]
fn a_difference_is_compared_in_the_calendar() {
    assert_eq!(below(&diff("2024-02-29", "2024-01-31"), Length::months(1)), False);
    assert_eq!(below(&diff("2024-02-28", "2024-01-31"), Length::months(1)), True);
    assert_eq!(at_least(&diff("2024-02-29", "2024-01-31"), Length::months(1)), True);
    assert_eq!(below(&diff("2020", "2019"), Length::years(1)), Unknown);
    assert_eq!(below(&diff("2020", "2019"), Length::years(2)), True);
    assert_eq!(below(&diff("present", "2019"), Length::years(3)), False);
    assert_eq!(below(&diff("2024", "present"), Length::years(3)), True);
}

#[test]
fn months_against_days_are_a_range() {
    let (month, days) = (Elapsed::Length(Length::months(1)), |n| Elapsed::Length(Length::days(n)));
    assert_eq!(compare(Order::Lt, &month, &days(27)), False);
    assert_eq!(compare(Order::Lt, &month, &days(28)), False);
    assert_eq!(compare(Order::Le, &month, &days(28)), Unknown);
    assert_eq!(compare(Order::Lt, &month, &days(31)), Unknown);
    assert_eq!(compare(Order::Le, &month, &days(31)), True);
    assert_eq!(compare(Order::Lt, &month, &days(32)), True);
    assert_eq!(compare(Order::Eq, &month, &days(30)), Unknown);
    assert_eq!(compare(Order::Eq, &month, &days(32)), False);
    assert_eq!(compare(Order::Eq, &Elapsed::Length(Length::years(1)), &Elapsed::Length(Length::months(12))), True);
    assert_eq!(compare(Order::Eq, &Elapsed::Length(Length::months(4800)), &days(146_097)), True);
    assert_eq!(compare(Order::Eq, &Elapsed::Length(Length::hours(24)), &days(1)), True);
}

#[test]
fn the_range_of_months_holds_for_every_start() {
    let start = date::from_ymd(2000, 1, 1).expect("a date");
    for months in [1, 2, 3, 5, 6, 11, 12, 13, 18, 24, 48, 119] {
        let counts = (start..start + 146_097).map(|day| i64::from(date::add_months(day, months) - day));
        let (least, most) = counts.fold((i64::MAX, i64::MIN), |(least, most), n| (least.min(n), most.max(n)));
        assert_eq!(length::days_of_months(months), (least, most), "{months}");
        assert_eq!(length::days_of_months(-months), (-most, -least), "{months}");
    }
}

#[test]
fn overlap_is_never_below_zero() {
    let period = |start, end| Period { start: d(start), end: d(end) };
    let touching = overlap(&period("2020-01-01", "2020-06-01"), &period("2020-06-01", "2021-01-01"));
    let zero = Elapsed::Length(Length::ZERO);
    assert_eq!(compare(Order::Eq, &touching, &zero), True);
    let apart = overlap(&period("2019-01-01", "2019-06-01"), &period("2020-06-01", "2021-01-01"));
    assert_eq!(compare(Order::Eq, &apart, &zero), True);
    assert_eq!(compare(Order::Lt, &apart, &zero), False);
    assert_eq!(compare(Order::Lt, &zero, &apart), False);
    assert_eq!(compare(Order::Lt, &apart, &Elapsed::Length(Length::days(-1))), False);
    assert_eq!(compare(Order::Lt, &apart, &Elapsed::Length(Length::days(1))), True);
    let years = overlap(&period("2018", "2020"), &period("2019", "present"));
    assert_eq!(at_least(&years, Length::days(1)), True);
    assert_eq!(at_least(&years, Length::months(18)), Unknown);
    assert_eq!(at_least(&years, Length::years(3)), False);
    let same_year = overlap(&period("2018", "2020"), &period("2020", "2022"));
    assert_eq!(compare(Order::Lt, &zero, &same_year), Unknown);
    assert!(period("2020", "2019").is_surely_inverted());
    assert!(!period("2020", "2020-05").is_surely_inverted());
    assert_eq!(period("2019", "2020").contains(d("2019-06")), Unknown);
    assert_eq!(period("2019-01", "2020").contains(d("2019-06")), True);
}

#[test]
fn floor_is_exact_around_zero() {
    let lengths = [Length::days(-1), Length::ZERO, Length::days(1), Length::months(1)];
    for late in -2..3 {
        for early in -2..3 {
            let floored = Elapsed::Dates { late: Date::day(late), early: Date::day(early), floor: true };
            let value = i64::from((late - early).max(0));
            for length in &lengths[..3] {
                let right = Elapsed::Length(*length);
                assert_eq!(compare(Order::Lt, &floored, &right), Truth::from(value < length.days));
                assert_eq!(compare(Order::Le, &floored, &right), Truth::from(value <= length.days));
                assert_eq!(compare(Order::Eq, &floored, &right), Truth::from(value == length.days));
                assert_eq!(compare(Order::Lt, &right, &floored), Truth::from(length.days < value));
                assert_eq!(compare(Order::Le, &right, &floored), Truth::from(length.days <= value));
                assert_eq!(compare(Order::Eq, &right, &floored), Truth::from(value == length.days));
            }
        }
    }
}

/// Every interval of days in a small window, compared with every way to choose one day from each.
#[test]
fn comparisons_of_intervals_are_exact() {
    let intervals: Vec<Date> = (0..4).flat_map(|first| (first..4).map(move |last| Date { first, last })).collect();
    let verdict = |outcomes: &[bool]| match (outcomes.contains(&true), outcomes.contains(&false)) {
        (true, false) => True,
        (false, true) => False,
        _ => Unknown,
    };
    for a in &intervals {
        for b in &intervals {
            for days in -1..3 {
                let each = |test: &dyn Fn(i64, i64) -> bool| {
                    let outcomes: Vec<bool> = (a.first..=a.last)
                        .flat_map(|x| (b.first..=b.last).map(move |y| (i64::from(x), i64::from(y))))
                        .map(|(x, y)| test(x, y))
                        .collect();
                    verdict(&outcomes)
                };
                let (length, elapsed) = (Length::days(days), Elapsed::Dates { late: *a, early: *b, floor: false });
                let floored = Elapsed::Dates { late: *a, early: *b, floor: true };
                let right = Elapsed::Length(length);
                assert_eq!(length::dates_within(*a, *b, length), each(&|x, y| (x - y).abs() <= days));
                assert_eq!(compare(Order::Lt, &elapsed, &right), each(&|x, y| x - y < days));
                assert_eq!(compare(Order::Le, &right, &elapsed), each(&|x, y| days <= x - y));
                assert_eq!(compare(Order::Eq, &elapsed, &right), each(&|x, y| x - y == days));
                assert_eq!(compare(Order::Lt, &floored, &right), each(&|x, y| (x - y).max(0) < days));
                assert_eq!(compare(Order::Le, &floored, &right), each(&|x, y| (x - y).max(0) <= days));
                assert_eq!(
                    compare(Order::Eq, &floored, &right),
                    each(&|x, y| (x - y).max(0) == days),
                    "{a:?} {b:?} {days}"
                );
                assert_eq!(compare(Order::Lt, &right, &floored), each(&|x, y| days < (x - y).max(0)));
            }
        }
    }
}

#[test]
fn instants_are_read_by_rfc_3339() {
    let at = |text| instant::parse(text).map(instant::to_text);
    assert_eq!(at("2024-01-01T00:00:00Z").as_deref(), Some("2024-01-01T00:00:00Z"));
    assert_eq!(at("2024-01-01t02:00:00+02:00").as_deref(), Some("2024-01-01T00:00:00Z"));
    assert_eq!(at("2023-12-31 20:00:00.1234567-04:00").as_deref(), Some("2024-01-01T00:00:00.123456Z"));
    assert_eq!(at("2016-12-31T23:59:60z").as_deref(), Some("2016-12-31T23:59:59.999999Z"));
    assert_eq!(at("2017-01-01T00:59:60+01:00").as_deref(), Some("2016-12-31T23:59:59.999999Z"));
    assert_eq!(at("1969-12-31T23:59:59.5Z").as_deref(), Some("1969-12-31T23:59:59.5Z"));
    for text in [
        "2024-01-01",
        "2024-01-01T00:00:00",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:60:00Z",
        "2024-01-01T12:00:60Z",
        "2024-01-01T00:00:00.Z",
        "2024-01-01T00:00:00+0200",
        "2024-02-30T00:00:00Z",
        "2024-01-01T00:00:00Z ?",
        "2024-01-01T00:00:00+24:00",
        "1704067200",
        "",
    ] {
        assert_eq!(instant::parse(text), None, "{text}");
    }
    assert_eq!(instant::day(-1), -1);
    let (a, b) = (instant::parse("2024-01-31T12:00:00Z").unwrap(), instant::parse("2024-02-29T12:00:00Z").unwrap());
    assert_eq!(instant::plus(a, Length::months(1)), b);
    assert!(length::instants_within(a, b, Length::months(1)).is_true());
    assert!(length::instants_within(a, b, Length::days(28)).is_false());
    let elapsed = Elapsed::Instants { late: b, early: a };
    assert_eq!(below(&elapsed, Length::hours(29 * 24)), False);
    assert_eq!(below(&elapsed, Length::hours(29 * 24 + 1)), True);
}
