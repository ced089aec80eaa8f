//! A ruleset with every operator of the language, and an application that says something to most of it.

use indicia::{Rows, Ruleset, Sources};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const DECLARATIONS: &str = include_str!("operators.indicia");

/// Each is the condition of an indicator of its own.
const CONDITIONS: &[&str] = &[
    "form.relocates or (form.years_claimed > 3 and form.years_claimed < 9 and form.relocates == true)",
    "known form.years_claimed >= much and not form.years_claimed <= 10 and form.years_claimed != 7",
    "at least 2 of (form.relocates, form.years_claimed > 10, form.phone is missing, form.homepage is unparsable)",
    "(form.years_claimed ?? resume.years_claimed ?? 0) * 2 - 1 > -form.years_claimed / resume.years_claimed + 0.5",
    "form.headline is present and 3 < form.headline.length",
    "form.location.city same as resume.location.city or form.location.city == \"St. Gallen\"",
    "form.headline contains resume.headline or form.headline starts with \"senior\" or form.headline ends with \"ingénieur\"",
    "form.headline mentions \"C++\" or resume.headline mentions exactly \"Go\"",
    "any word in names: word in watched_words and word.length > 2",
    "form.headline matches /^\\d+ (years|ans)\\b.*[a-zé]+$/i",
    "form.email.domain within 1 edit of \"example.com\" and form.email.local within 2 edits of resume.email.local",
    "form.name agrees with resume.name and not form.name agrees with profile.name",
    "form.name.words.first within 1 edit of resume.name.words.last",
    "form.email == resume.email and form.email.tag == \"jobs\" and form.email.host != \"example.org\"",
    "form.homepage.domain == \"example.com\" and form.homepage.path == \"/ann\"",
    "form.phone == resume.phone and form.phone.e164 == \"+12015550123\"",
    "form.phone.country in (DE, US, GB) and form.phone.kind in (mobile, voip) and form.phone.valid",
    "form.phone.finding == not_a_number or form.phone.area_code == \"201\" or form.phone.international",
    "form.phone in denied_phones or form.phone in shared_phones or \"Rust\" in form.skills",
    "form.location.country == DE or form.location.country.name == \"Germany\" or form.location.country.raw == \"GER\"",
    "any s in sessions: s.ip in \"203.0.113.0/24\" or s.ip in office or s.ip in hosting_networks or s.ip.version == 6",
    "any pair s, t in sessions: s.at within 6 hours of t.at and s.country != t.country",
    "all pair s, t in sessions: s.at.date == t.at.date",
    "no pair a, b in [form, resume, profile]: a.phone == b.phone and source of a == \"resume\"",
    "at least 2 pair s, t in sessions: s.kind == t.kind",
    "all e in resume.education: e.start + 6 years < e.end and e.institution same as e.area",
    "no w in resume.work: w.name agrees with profile.work.first.name",
    "at least 2 w in resume.work: w.end - w.start <= soon and w.start >= @2019-05",
    "any w in resume.work, v in profile.work: w.name agrees with v.name and w.end < v.start - 10 days",
    "any c in [form, resume, profile]: c.phone.kind == voip or (any w in c.work: w.end.precision == year and w.end.year > 2019)",
    "any t in technologies: (any w in resume.work: w.summary mentions t.name and w.end < t.released) or \"rust\" in t.aliases",
    "any w in resume.work: w.end < companies[w.name].founded or companies[w.name].country == form.location.country",
    "count(w in resume.work: w.end - w.start < 6 months) * 2 >= count(w in profile.work: w.end is present)",
    "as_of - latest(w in resume.work: w.end) > 5 years and earliest(w in resume.work: w.start) < @2010",
    "any pair a, b in resume.work: overlap(period(a.start, a.end), period(b.start, b.end)) > 60 days",
    "as_of in period(resume.work.first.start, resume.work.last.end)",
    "overlap(period(@1999, @2020-02-29), period(resume.work.first.start, resume.work.first.end)) == 366 days",
    "submitted > @2024-05-31T10:00:00+02:00 and submitted.date within 30 days of as_of and submitted.raw is present",
    "resume.work.first.end within soon of profile.work.first.start or tenure_gap > 1 year",
    "moved and tenure_gap - 1 week < 400 days and form.skills.length > 2 and form.skills.last == \"Zig\"",
    "raised email_bad or (known raised pairs_of_sources and not raised in_the_shadow)",
    "at least 2 raised of (email_bad, pairs_of_sources, many_short, in_the_shadow)",
    "form.location.region is missing or form.location.city is missing",
];

/// An application that has something of everything, with gaps and values that can't be read.
pub const RECORD: &str = r#"{"id":"o-1","submitted":"2024-06-01T10:00:00Z","office":"203.0.113.0/28",
"form":{"name":"Ann Example","email":"ann+jobs@mail.example.com","phone":"(201) 555-0123","phone_entry":"typed",
"location":{"country":"US","city":"Sankt Gallen","postal_code":5},"headline":"10 years of C++ and Go","years_claimed":12,"relocates":true,
"skills":["Rust","Go",null,"Zig"],"homepage":"https://www.example.com/ann","born":"1990-02"},
"resume":{"name":"Example, A.","email":"ann@exampel.com","phone":"+44 7400 123456","location":{"country":"Germany","city":"St. Gallen"},
"headline":"Go engineer","years_claimed":0.5,"relocates":"no","born":"soon",
"education":[{"institution":"Brindle State University","area":"Physics","start":"2004-09","end":"2008"}],
"work":[{"name":"Northwind Ltd","summary":"Rust and Kubernetes","startDate":"2010","endDate":"2012-11"},
{"name":"Contoso","summary":"C++","startDate":"2012-06-01","endDate":"2012-07-31"},{"name":"Fabrikam","startDate":"2019-02-30","endDate":"present"}]},
"profile":{"name":"Bob Sample","phone":"n/a","homepage":"%%","work":[{"name":"NORTHWIND","startDate":"2011-01-01","endDate":"2013-01-01"},{}]},
"sessions":[{"at":"2024-06-01T09:00:00+02:00","ip":"203.0.113.9","country":"DE","kind":"hosting"},
{"at":"2024-06-01T09:00:00Z","ip":"10.0.0.1","country":"FR","kind":"vpn"},{"at":"yesterday","ip":"2001:db8::1","kind":"none"}]}"#;

/// The ruleset as it is written.
pub fn sources() -> Sources {
    let indicators = CONDITIONS.iter().enumerate().map(|(number, condition)| {
        format!(
            "\nindicator c{number} \"Condition {number}\" {{\n  category profile\n  severity low\n  when     {condition}\n  because  \"{number}\"\n}}\n"
        )
    });
    let mut sources = Sources::single(format!("{DECLARATIONS}{}", indicators.collect::<String>()));
    let list = |entries: &[&str]| Rows::List(entries.iter().map(|entry| (*entry).to_owned()).collect());
    let table = |rows: &[serde_json::Value]| {
        let row = |row: &serde_json::Value| -> BTreeMap<String, serde_json::Value> {
            row.as_object().into_iter().flatten().map(|(column, cell)| (column.clone(), cell.clone())).collect()
        };
        Rows::Table(rows.iter().map(row).collect())
    };
    sources.rows.extend([
        ("shared_phones".to_owned(), list(&["+1 201 555 0123", "+44 7400 123456"])),
        ("watched_words".to_owned(), list(&["years", "C++", "élève"])),
        ("hosting_networks".to_owned(), list(&["203.0.113.0/24", "2001:db8::/32"])),
        ("denied_phones".to_owned(), list(&["0000000000000000000000000000000000000000000000000000000000000000"])),
        (
            "technologies".to_owned(),
            table(&[
                serde_json::json!({"name": "Rust", "released": "2015", "aliases": ["rust", "rustlang"]}),
                serde_json::json!({"name": "Kubernetes", "released": "2014-06"}),
            ]),
        ),
        (
            "companies".to_owned(),
            table(&[serde_json::json!({"name": "Northwind Traders", "founded": "2015", "country": "DE"})]),
        ),
    ]);
    sources
}

/// The ruleset, compiled once.
///
/// # Errors
/// Its errors.
pub fn ruleset() -> Result<Ruleset, String> {
    static RULESET: LazyLock<Result<Ruleset, String>> =
        LazyLock::new(|| Ruleset::from_sources(&sources()).map_err(|error| error.to_string()));
    RULESET.clone()
}
