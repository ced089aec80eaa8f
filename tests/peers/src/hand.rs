//! Hand-written Rust, the limit: the rules on structs that borrow from the JSON text.
//! Rule 17 compares neighbours in a list, which the language does not have; it is left out on both sides.

use crate::{Refs, Set};
use hashbrown::HashSet;
use regex::Regex;
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;

pub const HIGH_RISK: [&str; 8] = ["KP", "IR", "SY", "CU", "RU", "BY", "MM", "VE"];
pub const TEXT: &str = "(?i)(telegram|whatsapp|wire transfer|crypto wallet)[: ]+@?[a-z]+[0-9]+";

/// A JSON string, borrowed unless it holds escapes.
pub struct Str<'a>(Cow<'a, str>);

impl<'a> Str<'a> {
    pub fn borrowed(s: &'a str) -> Str<'a> {
        Str(Cow::Borrowed(s))
    }
}

impl std::ops::Deref for Str<'_> {
    type Target = str;
    #[inline]
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Str<'a> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> serde::de::Visitor<'de> for V {
            type Value = Str<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E>(self, s: &'de str) -> Result<Str<'de>, E> {
                Ok(Str(Cow::Borrowed(s)))
            }
            fn visit_str<E>(self, s: &str) -> Result<Str<'de>, E> {
                Ok(Str(Cow::Owned(s.to_owned())))
            }
        }
        d.deserialize_str(V)
    }
}

#[derive(Default, Deserialize)]
pub struct Applicant<'a> {
    #[serde(borrow)]
    pub name: Option<Str<'a>>,
    #[serde(borrow)]
    pub email: Option<Str<'a>>,
    #[serde(borrow)]
    pub phone: Option<Str<'a>>,
    #[serde(borrow)]
    pub claimed_country: Option<Str<'a>>,
    #[serde(borrow)]
    pub claimed_state: Option<Str<'a>>,
    #[serde(borrow)]
    pub birth_date: Option<Str<'a>>,
    #[serde(borrow)]
    pub ip: Option<Ip<'a>>,
    #[serde(borrow, default)]
    pub education: Vec<Education<'a>>,
    #[serde(borrow, default)]
    pub work: Vec<Work<'a>>,
    #[serde(borrow, default)]
    pub profiles: Vec<Profile<'a>>,
    #[serde(borrow)]
    pub resume_hash: Option<Str<'a>>,
    #[serde(borrow)]
    pub summary: Option<Str<'a>>,
}

#[derive(Default, Deserialize)]
pub struct Ip<'a> {
    #[serde(borrow)]
    pub country: Option<Str<'a>>,
    #[serde(borrow)]
    pub asn_type: Option<Str<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Education<'a> {
    #[serde(borrow)]
    pub institution: Option<Str<'a>>,
    #[serde(borrow)]
    pub study_type: Option<Str<'a>>,
    #[serde(borrow)]
    pub start_date: Option<Str<'a>>,
    #[serde(borrow)]
    pub end_date: Option<Str<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Work<'a> {
    #[serde(borrow)]
    pub start_date: Option<Str<'a>>,
    #[serde(borrow)]
    pub end_date: Option<Str<'a>>,
    #[serde(borrow)]
    pub country: Option<Str<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile<'a> {
    #[serde(borrow)]
    pub network: Option<Str<'a>>,
    pub created_year: Option<i64>,
    pub connections: Option<i64>,
    pub last_active_year: Option<i64>,
}

pub struct Lookups {
    pub disposable: HashSet<&'static str>,
    pub mills: HashSet<&'static str>,
    pub hashes: HashSet<&'static str>,
    /// Dialling prefix by two-letter country code; "" = none known.
    pub prefix: Vec<&'static str>,
    pub text: Regex,
}

impl Lookups {
    pub fn new(r: &'static Refs) -> Lookups {
        let mut prefix = vec![""; 26 * 26];
        for (c, p) in &r.prefix {
            prefix[slot(c).unwrap()] = p;
        }
        let set = |v: &'static [String]| v.iter().map(String::as_str).collect();
        Lookups {
            disposable: set(&r.disposable),
            mills: set(&r.mills),
            hashes: set(&r.hashes),
            prefix,
            text: Regex::new(TEXT).unwrap(),
        }
    }
    #[inline]
    pub fn prefix(&self, country: &str) -> &str {
        slot(country).map_or("", |s| self.prefix[s])
    }
}

#[inline]
fn slot(country: &str) -> Option<usize> {
    match *country.as_bytes() {
        [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => Some((a - b'A') as usize * 26 + (b - b'A') as usize),
        _ => None,
    }
}

#[inline]
fn num(b: &[u8]) -> i32 {
    b.iter().fold(0, |n, &d| n * 10 + (d.wrapping_sub(b'0')) as i32)
}

#[inline]
pub fn year(iso: &str) -> i32 {
    num(&iso.as_bytes()[..4])
}

/// Days since 1970-01-01 of `YYYY-MM-DD` (Hinnant's days_from_civil).
#[inline]
pub fn day(iso: &str) -> i32 {
    let b = &iso.as_bytes()[..10];
    let (y, m, d) = (num(&b[..4]), num(&b[5..7]), num(&b[8..10]));
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let yoe = y - era * 400;
    let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + d - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

const AS_OF: &str = "2026-11-01";

fn contains_ignoring_case(hay: &str, needle: &str) -> bool {
    if !hay.is_ascii() || !needle.is_ascii() {
        return hay.to_lowercase().contains(&needle.to_lowercase());
    }
    let (h, n) = (hay.as_bytes(), needle.as_bytes());
    n.is_empty() || h.windows(n.len()).any(|w| w[0].eq_ignore_ascii_case(&n[0]) && w.eq_ignore_ascii_case(n))
}

pub fn email_is_not_the_name(email: &str, name: &str) -> bool {
    let local = email.split('@').next().unwrap();
    let first = name.split(' ').next().unwrap();
    let last = name.rsplit(' ').next().unwrap();
    !contains_ignoring_case(local, first) && !contains_ignoring_case(local, last)
}

/// (start, end) pairs; true if any two overlap by more than `days`.
#[inline]
fn any_pair_overlaps(spans: &[(i32, i32)], days: i32) -> bool {
    spans.iter().enumerate().any(|(i, a)| spans[i + 1..].iter().any(|b| a.1.min(b.1) - a.0.max(b.0) > days))
}

/// Fixed room for the spans of one list, spilling to the heap when a list is long.
#[inline]
fn with_spans<R>(it: impl Iterator<Item = (i32, i32)> + Clone, f: impl FnOnce(&[(i32, i32)]) -> R) -> R {
    let mut buf = [(0, 0); 16];
    let mut n = 0;
    for s in it.clone() {
        if n == buf.len() {
            return f(&it.collect::<Vec<_>>());
        }
        buf[n] = s;
        n += 1;
    }
    f(&buf[..n])
}

pub fn judge(a: &Applicant, l: &Lookups, set: Set) -> u32 {
    let mut m = 0u32;
    let mut fire = |k: u32, yes: bool| m |= (yes as u32) << (k - 1);
    let ip_country = a.ip.as_ref().and_then(|i| i.country.as_deref());
    let claimed = a.claimed_country.as_deref();

    fire(1, matches!((ip_country, claimed), (Some(i), Some(c)) if i != c));
    fire(2, a.ip.as_ref().and_then(|i| i.asn_type.as_deref()) == Some("hosting"));
    fire(3, a.phone.is_none());
    fire(4, ip_country.is_some_and(|c| HIGH_RISK.contains(&c)));
    fire(5, a.resume_hash.as_deref().is_some_and(|h| l.hashes.contains(h)));
    fire(6, claimed == Some("US") && a.claimed_state.is_none());
    if set == Set::Scalar6 {
        return m;
    }
    fire(7, matches!((a.phone.as_deref(), claimed), (Some(p), Some(c)) if !p.starts_with(l.prefix(c))));
    let domain = a.email.as_deref().and_then(|e| e.split('@').nth(1));
    fire(8, domain.is_some_and(|d| l.disposable.contains(d)));
    fire(
        9,
        a.education
            .iter()
            .any(|e| matches!((e.start_date.as_deref(), e.end_date.as_deref()), (Some(s), Some(t)) if t < s)),
    );
    fire(10, a.education.iter().any(|e| e.institution.as_deref().is_some_and(|i| l.mills.contains(i))));
    fire(
        11,
        a.profiles
            .iter()
            .any(|p| p.network.as_deref() == Some("linkedin") && p.created_year.is_some_and(|y| 2026 - y < 1)),
    );
    fire(
        12,
        a.profiles
            .iter()
            .any(|p| matches!((p.last_active_year, p.connections), (Some(y), Some(c)) if 2026 - y >= 3 && c < 20)),
    );
    if set == Set::Common12 {
        return m;
    }
    fire(13, matches!((a.email.as_deref(), a.name.as_deref()), (Some(e), Some(n)) if email_is_not_the_name(e, n)));
    let e = &a.education;
    fire(
        14,
        e.iter().enumerate().any(|(i, x)| {
            let (Some(xs), Some(xe)) = (x.start_date.as_deref(), x.end_date.as_deref()) else { return false };
            e[i + 1..].iter().any(|y| {
                let (Some(ys), Some(ye)) = (y.start_date.as_deref(), y.end_date.as_deref()) else { return false };
                xs < ye && ys < xe
            })
        }),
    );
    let jobs = a
        .work
        .iter()
        .filter_map(|w| Some((day(w.start_date.as_deref()?), day(w.end_date.as_deref().unwrap_or(AS_OF)))));
    fire(15, with_spans(jobs, |s| any_pair_overlaps(s, 92)));
    fire(
        16,
        a.birth_date.as_deref().is_some_and(|b| {
            let b = year(b);
            e.iter().any(|e| e.end_date.as_deref().is_some_and(|d| year(d) - b < 16))
        }),
    );
    fire(
        19,
        claimed.is_some_and(|c| {
            a.work.iter().any(|w| w.end_date.is_none() && w.country.as_deref().is_some_and(|k| k != c))
        }),
    );
    fire(18, e.iter().any(|e| {
        matches!(e.study_type.as_deref(), Some("PhD" | "Doctorate"))
            && matches!((e.start_date.as_deref(), e.end_date.as_deref()), (Some(s), Some(t)) if year(t) - year(s) < 2)
    }));
    if set == Set::Most19 {
        return m;
    }
    fire(20, a.summary.as_deref().is_some_and(|s| l.text.is_match(s)));
    m
}
