//! A large ruleset over the record of the shipped one, for measuring: indicators of the kinds that people write, with fields, words,
//! numbers and days drawn anew for each. The same count gives the same text. What it finds means nothing.

use super::random::Random;
use std::fmt::Write as _;

const RECORD: &str = include_str!("../../../rulesets/applicant-fraud/record.indicia");
const CATEGORIES: [&str; 6] = ["contact", "identity", "education", "employment", "network", "profile"];
const SEVERITIES: [&str; 4] = ["info", "low", "medium", "high"];
const SOURCES: [&str; 3] = ["form", "resume", "profile"];
const TEXTS: [&str; 5] = ["label", "summary", "location.city", "location.region", "location.postal_code"];
const COUNTRIES: [&str; 8] = ["DE", "FR", "US", "GB", "IN", "BR", "PL", "KR"];
const WORDS: [&str; 10] =
    ["engineer", "remote", "lead", "kubernetes", "payments", "analyst", "C++", "machine learning", "Go", "consultant"];
const DOMAINS: [&str; 4] = ["example.com", "example.org", "mail.example.net", "example.co.uk"];

/// The text of a ruleset with so many indicators, in one file.
pub fn ruleset(indicators: u64) -> String {
    let mut text = RECORD.to_owned();
    for (source, number) in SOURCES.iter().zip(1..) {
        let _ = write!(
            text,
            "\nlet first_job_{number} = earliest(w in {source}.work: w.start)\n\
             let moved_{number} = {source}.location.country != form.location.country\n\
             setting short_{number} = {} months \"How short a stay may be\"\n",
            number * 2
        );
    }
    text.push_str("\nlist watched_domains: text empty\n");
    for number in 0..indicators {
        indicator(&mut text, number);
    }
    let _ = write!(
        text,
        "\ndecide {{\n  categories {}\n  weights    info 1, low 5, medium 12, high 25\n  cap contact 20\n  \
         outcomes   clear, review\n  outcome review when score >= 30 and categories >= 2\n}}\n",
        CATEGORIES.join(", ")
    );
    text
}

fn indicator(text: &mut String, number: u64) {
    let mut random = Random::new(5, number);
    let (binder, condition, message) = condition(&mut random, number);
    let mut pick = |from: &[&'static str]| random.pick(from);
    let (category, severity) = (pick(&CATEGORIES), pick(&SEVERITIES));
    let _ = write!(
        text,
        "\nindicator generated_{number} \"Generated sign number {number}\" {{\n  category {category}\n  severity {severity}\n"
    );
    if let Some(binder) = binder {
        let _ = writeln!(text, "  for {binder}");
    }
    let _ = writeln!(text, "  when     {condition}");
    if number.is_multiple_of(4) {
        let _ = writeln!(text, "  unless   known form.phone.country == {}", pick(&COUNTRIES));
    }
    let _ = write!(
        text,
        "  because  \"{message}\"\n  verify   \"Ask the applicant about it.\"\n  \
         caution  \"People who made a slip of the pen.\"\n  source   \"Generated\" \"https://example.com/{number}\"\n}}\n"
    );
}

/// What it is about, if it is about elements; its condition; its message.
fn condition(random: &mut Random, number: u64) -> (Option<String>, String, String) {
    let mut pick = |from: &[&'static str]| random.pick(from);
    let (one, other) = (pick(&SOURCES), pick(&SOURCES));
    let (field, word, country, domain) = (pick(&TEXTS), pick(&WORDS), pick(&COUNTRIES), pick(&DOMAINS));
    let (few, year) = (random.between(1, 9), random.between(1990, 2025));
    let plain = |condition: String, message: String| (None, condition, message);
    match number % 12 {
        0 => plain(
            format!(
                "({one}.phone.country != {other}.location.country and {one}.phone.valid) or {one}.phone.country == {country}"
            ),
            format!("{{{one}.phone}} is not of {{{other}.location.country.name}}."),
        ),
        1 => plain(
            format!("not {one}.name agrees with profile.name and {other}.email.domain == \"{domain}\""),
            format!("{{{one}.name}} is not {{profile.name}}."),
        ),
        2 => plain(
            format!("{one}.{field} mentions \"{word}\" and {other}.{field} is present"),
            format!("Says {{{one}.{field}}}."),
        ),
        3 => (
            Some(format!("any w in {one}.work")),
            format!(
                "w.end < w.start + {few} months or (w.end - w.start < {few} years and w.summary contains \"{word}\")"
            ),
            "The job at {w.name} began in {w.start}.".to_owned(),
        ),
        4 => (
            Some("any pair v, w in resume.work".to_owned()),
            format!(
                "overlap(period(v.start, v.end), period(w.start, w.end)) > {few} months and not v.name agrees with w.name"
            ),
            "{v.name} and {w.name} at once.".to_owned(),
        ),
        5 => plain(
            format!(
                "count(e in {one}.education: e.end > @{year}) >= {} or {one}.years_claimed > {few} + 30",
                1 + few % 2
            ),
            format!("Claims {{{one}.years_claimed}} years."),
        ),
        6 => (
            Some("any s in sessions".to_owned()),
            format!("s.kind in (hosting, vpn, proxy) and s.country != {country} and s.form_seconds < {few} * 10"),
            "A session of {s.at} came from {s.ip}.".to_owned(),
        ),
        7 => plain(
            format!("{one}.email.domain within 1 edit of \"{domain}\" and {one}.email.domain != \"{domain}\""),
            format!("{{{one}.email}} looks like another."),
        ),
        8 => plain(
            format!(
                "first_job_{} < @{year}-0{few} and (resume.years_claimed ?? 0) < {few} and submitted.date > @{year}",
                1 + few % 3
            ),
            "{resume.years_claimed} years.".to_owned(),
        ),
        9 => plain(
            format!(
                "{one}.{field} matches /^[a-z]{{{few}}}\\d+ ?(street|road|{year})$/i or {one}.url.domain in watched_domains"
            ),
            format!("{{{one}.{field}}}"),
        ),
        10 => plain(
            format!(
                "moved_{} or any w in {other}.work: w.location.country == {country} or w.end >= @{year}",
                2 + few % 2
            ),
            format!("Worked in {{{one}.location.country.name}}."),
        ),
        _ => plain(
            format!(
                "at least 2 raised of (generated_{}, generated_{}, generated_{})",
                number - 1,
                number - 4,
                number - 9
            ),
            format!("Several signs at once: {{{one}.label}}."),
        ),
    }
}
