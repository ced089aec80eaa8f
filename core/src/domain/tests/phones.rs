//! Phone numbers. Every number is an example of Google's metadata or fictitious by its regulator's rules.

use crate::domain::country::Country;
use crate::domain::phone::{Finding, Kind, parse};

fn country(code: &str) -> Option<Country> {
    Country::from_alpha2(code)
}

#[test]
fn a_valid_number_says_all() {
    let phone = parse("+44 121 234 5678", None);
    assert_eq!(phone.valid, Some(true));
    assert_eq!(phone.finding, Some(Finding::Ok));
    assert_eq!(phone.country, country("GB"));
    assert_eq!(phone.kind, Some(Kind::FixedLine));
    assert_eq!(phone.e164.as_deref(), Some("+441212345678"));
    assert_eq!(phone.area_code.as_deref(), Some("121"));
    assert!(phone.international);
    let american = parse("(201) 555-0123", country("US"));
    assert_eq!(american.e164.as_deref(), Some("+12015550123"));
    assert_eq!(american.area_code.as_deref(), Some("201"));
    assert!(!american.international);
    assert_eq!(parse("+1 506 234 5678", None).country, country("CA"));
    assert_eq!(parse("+80012345678", None).country, None);
    assert_eq!(parse("+247 62889", None).country, country("SH"));
}

#[test]
fn two_zeros_are_a_plus() {
    for region in [None, country("GB"), country("US"), country("AQ")] {
        let phone = parse("0044 121 234 5678", region);
        assert_eq!(phone.e164.as_deref(), Some("+441212345678"), "{region:?}");
        assert!(phone.international);
    }
    assert_eq!(parse("００４４ １２１ ２３４ ５６７８", None).e164.as_deref(), Some("+441212345678"));
}

#[test]
fn without_a_country_nothing_is_said() {
    for region in [None, country("AQ")] {
        let phone = parse("(201) 555-0123", region);
        assert_eq!((phone.valid, phone.finding, phone.country, phone.kind), (None, None, None, None));
        assert_eq!(phone.e164, None);
        assert!(!phone.international);
    }
}

#[test]
fn failures_are_findings() {
    for (text, region, finding) in [
        ("Upon request", None, Finding::NotANumber),
        ("Upon request", country("US"), Finding::NotANumber),
        ("n/a", None, Finding::NotANumber),
        ("", None, Finding::NotANumber),
        ("+", None, Finding::NotANumber),
        ("😀😀😀", None, Finding::NotANumber),
        ("12", None, Finding::TooShort),
        ("40#9", country("DE"), Finding::NotANumber),
        ("+999 123 456 789", None, Finding::InvalidCountryCode),
        ("+44 12", None, Finding::TooShort),
        ("+1 201 555 01234", None, Finding::TooLong),
        ("+1 123 555 0123", None, Finding::NotAssigned),
        ("555-0123", country("US"), Finding::LocalOnly),
        ("+1+1 201 555 0123", None, Finding::NotANumber),
        ("123;phone-context=x.org;tel:", None, Finding::NotANumber),
    ] {
        let phone = parse(text, region);
        assert_eq!(phone.finding, Some(finding), "{text}");
        assert_eq!(phone.valid, Some(false), "{text}");
    }
    assert_eq!(parse(&"1".repeat(251), None).finding, Some(Finding::TooLong));
    assert_eq!(parse(&"x".repeat(1_000_000), None).finding, Some(Finding::TooLong));
}

#[test]
fn what_stands_behind_a_number_is_passed_over() {
    for text in [
        "+44 7400 123456 (mobile)",
        "+447400123456 / +441212345678",
        "+447400123456 or email",
        "+447400123456.0",
        "Tel: +44 7400 123456, evenings",
        "whatsapp +447400123456",
        "0044 7400 123456 (mobile)",
        "\u{202a}+447400123456\u{202c}",
    ] {
        assert_eq!(parse(text, None).e164.as_deref(), Some("+447400123456"), "{text}");
    }
    assert_eq!(parse("1-800-FLOWERS", country("US")).e164.as_deref(), Some("+18003569377"));
    assert_eq!(parse("+4474001234567 (mobile)", None).valid, Some(false));
}
