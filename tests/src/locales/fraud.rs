//! Frauds injected into an honest application by a change of its record alone, each with the indicator that it must raise.

use super::data::Locale;
use super::history::{self, YEAR, employer, school};
use super::honest::Life;
use super::people::Form;
use serde_json::{Map, Value, json};

/// A kind of fraud.
pub struct Fraud {
    /// What is done.
    pub name: &'static str,
    /// The indicator that must see it.
    pub indicator: &'static str,
    inject: fn(&Life<'_>, &mut Value),
}

impl Fraud {
    /// The application with the fraud in it.
    pub fn injected(&self, life: &Life<'_>, honest: &Value) -> Value {
        let mut application = honest.clone();
        (self.inject)(life, &mut application);
        application
    }
}

const fn fraud(name: &'static str, indicator: &'static str, inject: fn(&Life<'_>, &mut Value)) -> Fraud {
    Fraud { name, indicator, inject }
}

/// All kinds.
pub const FRAUDS: &[Fraud] = &[
    fraud("profile in another's name", "sources_disagree_on_name", |life, record| {
        put(record, "form.name", json!(life.person.name(Form::Usual, false)));
        put(record, "profile.name", json!(stranger(life, false)));
        put(record, "form.other_names", json!([]));
        put(record, "profile.other_names", json!([]));
    }),
    fraud("profile in another's name, both romanised", "sources_disagree_on_name", |life, record| {
        put(record, "form.name", json!(life.person.name(Form::Usual, true)));
        put(record, "profile.name", json!(stranger(life, true)));
        put(record, "form.other_names", json!([]));
        put(record, "profile.other_names", json!([]));
    }),
    fraud("identity document of another", "identity_check_mismatch", |life, record| {
        put(record, "form.name", json!(life.person.name(Form::Usual, false)));
        put(record, "identity_check", json!({"status": "verified", "name": stranger(life, false)}));
    }),
    fraud("résumé file by another", "file_author_other_name", |life, record| {
        put(record, "form.name", json!(life.person.name(Form::Usual, false)));
        put(record, "files", json!([{"kind": "cv", "author": stranger(life, false)}]));
    }),
    fraud("link to another's profile", "profile_link_other_name", |life, record| {
        let slug = life.person.stranger(life.locale, life.draw).map(|other| other.slug("-")).unwrap_or_default();
        put(record, "resume.name", json!(life.person.name(Form::Usual, true)));
        put(
            record,
            "resume.profiles",
            json!([{"network": "LinkedIn", "url": format!("https://www.linkedin.com/in/{slug}")}]),
        );
    }),
    fraud("misspelt profile site", "profile_host_lookalike", |life, record| {
        let url = format!("https://www.linkedln.com/in/{}", life.person.slug("-"));
        put(record, "resume.profiles", json!([{"network": "LinkedIn", "url": url}]));
    }),
    fraud("profile revived under another identity", "profile_revived", |_, record| {
        put(
            record,
            "profile.profiles",
            json!([{
                "network": "LinkedIn", "url": "https://www.linkedin.com/in/example", "created": "2012-03",
                "last_activity_before": "2021-06-01", "reactivated": format!("{YEAR}-01-20"),
                "changes": [{"field": "name", "at": format!("{YEAR}-01-22")}],
            }]),
        );
    }),
    fraud("counted telephone number", "phone_fictional", |life, record| {
        put(record, "form.phone", json!(format!("+{} 12345678", calling_code(life.locale))));
    }),
    fraud("telephone number too long", "phone_malformed", |life, record| {
        put(record, "form.phone", json!(format!("+{} 24680135792468013579", calling_code(life.locale))));
    }),
    fraud("telephone number of another country", "phone_country_mismatch", |life, record| {
        put(
            record,
            "form.phone",
            json!(life.abroad().towns.first().and_then(|town| town.phones.first()).map(|(_, phone)| phone)),
        );
    }),
    fraud("telephone number replaced", "phone_replaced", |_, record| {
        put(record, "changes", json!([{"field": "phone", "at": format!("{YEAR}-03-29T09:00:00Z")}]));
    }),
    fraud("two telephone numbers", "sources_disagree_on_phone", |life, record| {
        let Some(town) = life.locale.towns.first() else { return };
        put(record, "form.phone", json!(town.phones.first().map(|(_, phone)| phone)));
        put(record, "resume.phone", json!(town.phones.last().map(|(national, _)| national)));
        put(record, "resume.location.country", json!(life.locale.country));
    }),
    fraud("throwaway mailbox", "email_disposable", |life, record| {
        put(record, "form.email", json!(format!("{}@0-mail.com", life.person.slug("."))));
    }),
    fraud("near miss of a mail provider", "email_provider_lookalike", |life, record| {
        put(record, "form.email", json!(format!("{}@outlok.com", life.person.slug("."))));
    }),
    fraud("session from another country", "session_country_mismatch", |life, record| {
        set_sessions(record, &[session(life, "country", json!(life.abroad().country))]);
        for source in ["resume", "profile"] {
            put(record, &format!("{source}.location"), json!({"country": life.locale.country}));
        }
    }),
    fraud("session in another time zone", "session_timezone_mismatch", |life, record| {
        set_sessions(record, &[session(life, "timezone", json!("Pacific/Kiritimati"))]);
    }),
    fraud("sessions from two foreign countries within hours", "session_country_hop", |life, record| {
        let mut second = session(life, "country", json!(life.abroad().country));
        put(&mut second, "at", json!(format!("{YEAR}-03-09T11:00:00Z")));
        set_sessions(record, &[session(life, "country", json!("AQ")), second]);
    }),
    fraud("session from a sanctioned network", "sanctioned_network", |life, record| {
        set_sessions(record, &[session(life, "ip", json!("175.45.176.9"))]);
    }),
    fraud("remote control", "remote_control_software", |life, record| {
        set_sessions(record, &[session(life, "remote_tool", json!("rdp"))]);
    }),
    fraud("form sent by hasty paste", "form_filled_in_seconds", |life, record| {
        let mut session = session(life, "form_seconds", json!(5));
        put(&mut session, "paste_share", json!(1.0));
        set_sessions(record, &[session]);
    }),
    fraud("job that ends before it starts", "work_dates_reversed", |_, record| {
        put_in_first(record, "resume.work", &[("startDate", json!("2021-05")), ("endDate", json!("2019-02"))]);
    }),
    fraud("technology before its time", "technology_before_release", |life, record| {
        let words = life.jobs.first().map(|job| job.name.0.clone()).unwrap_or_default();
        let summary = json!(format!("{words}: Kubernetes"));
        put_in_first(
            record,
            "resume.work",
            &[("startDate", json!("2008")), ("endDate", json!("2011")), ("summary", summary)],
        );
    }),
    fraud("job before the company", "work_before_company", |_, record| {
        put_in_first(record, "resume.work", &[("startDate", json!("1948")), ("endDate", json!("1960"))]);
    }),
    fraud("two full-time jobs at once", "two_current_full_time_jobs", |life, record| {
        put(
            record,
            "resume.work",
            json!([job(life, 1, 0, "2022", "present"), job(life, distinct(life, 1), 1, "2023", "present")]),
        );
    }),
    fraud("jobs side by side", "work_overlap", |life, record| {
        put(
            record,
            "resume.work",
            json!([job(life, 1, 0, "2016", "2022"), job(life, distinct(life, 1), 1, "2017", "2023")]),
        );
    }),
    fraud("other employers on the profile", "employers_disagree", |life, record| {
        put(record, "resume.work", json!([job(life, 1, 0, "2016", "2022")]));
        put(record, "profile.work", json!([job(life, distinct(life, 1), 2, "2016", "2022")]));
    }),
    fraud("employer on the form only", "employer_not_on_resume", |life, record| {
        put(record, "resume.work", json!([job(life, 1, 0, "2016", "2022")]));
        put(record, "form.work", json!([job(life, distinct(life, 1), 2, "2016", "2022")]));
    }),
    fraud("same employer at another time", "employment_dates_disagree", |life, record| {
        put(record, "resume.work", json!([job(life, 1, 0, "2018", "2022")]));
        put(record, "profile.work", json!([job(life, 1, 0, "2010", "2013")]));
    }),
    fraud("other school on the profile", "schools_disagree", |life, record| {
        put(record, "resume.education", json!([study(life, 2, 0, "2008", "2012")]));
        put(record, "profile.education", json!([study(life, distinct(life, 2), 1, "2008", "2012")]));
    }),
    fraud("school on the form only", "school_not_on_resume", |life, record| {
        put(record, "resume.education", json!([study(life, 2, 0, "2008", "2012")]));
        put(record, "form.education", json!([study(life, distinct(life, 2), 1, "2008", "2012")]));
    }),
    fraud("degree in half a year", "degree_too_short", |life, record| {
        put(record, "resume.education", json!([study(life, 2, 0, "2012-01", "2012-07")]));
    }),
    fraud("study before the school", "education_before_founding", |life, record| {
        put(record, "resume.education", json!([study(life, 2, 0, "1941", "1945")]));
    }),
    fraud("subject that is not taught", "major_not_offered", |life, record| {
        let mut entry = study(life, 2, 0, "2008", "2012");
        put(&mut entry, "area", json!("Falconry"));
        put(record, "resume.education", json!([entry]));
    }),
    fraud("degree that was bought", "diploma_mill", |life, record| {
        let mut entry = study(life, 2, 0, "2008", "2012");
        put(&mut entry, "institution", json!(mill(life.locale)));
        put(record, "resume.education", json!([entry]));
    }),
    fraud("degree denied by the school", "education_denied", |life, record| {
        put(
            record,
            "checks",
            json!([{"kind": "education", "subject": school(life.locale, 2, 0).map(|(name, _)| name), "result": "denied"}]),
        );
    }),
    fraud("referee with the applicant's number", "reference_shares_contact", |life, record| {
        let Some((_, phone)) = life.locale.towns.first().and_then(|town| town.phones.first()) else { return };
        put(record, "form.phone", json!(phone));
        put(record, "form.references", json!([{"name": stranger(life, false), "phone": super::phones::e164(phone)}]));
    }),
];

/// The seller of degrees in a locale: a school whose name is made of two invented words, as no other's is.
pub fn mill(locale: &Locale) -> String {
    let words: String = locale.stems.iter().take(2).map(|word| word.native.as_str()).collect();
    locale.school.last().map(|form| form.replace("{}", &words)).unwrap_or_default()
}

fn stranger(life: &Life<'_>, roman: bool) -> String {
    life.person.stranger(life.locale, life.draw).map(|other| other.name(Form::Usual, roman)).unwrap_or_default()
}

/// The stem of another company or school. In scripts whose words aren't told apart by spaces it has no character of the first
/// one's names in it, nor they any of it.
fn distinct(life: &Life<'_>, stem: usize) -> usize {
    let locale = life.locale;
    let word = |place: usize| {
        locale.stems.get(place % locale.stems.len().max(1)).map(|word| word.native.clone()).unwrap_or_default()
    };
    let names = |place: usize| {
        let companies = (0..3).filter_map(move |form| employer(locale, place, form)).map(|((_, name), _, _)| name);
        companies
            .chain((0..2).filter_map(move |form| school(locale, place, form)).map(|(name, _)| name))
            .collect::<String>()
    };
    let apart = |word: &str, names: &str| !word.chars().any(|c| names.contains(c));
    let fits = |place: &usize| apart(&word(*place), &names(stem)) && apart(&word(stem), &names(*place));
    (stem + 1..stem + locale.stems.len()).find(fits).unwrap_or(stem + 1)
}

/// The digits behind the `+` that no number of the locale lacks.
fn calling_code(locale: &Locale) -> String {
    let phone =
        locale.towns.first().and_then(|town| town.phones.first()).map(|(_, phone)| phone.clone()).unwrap_or_default();
    phone.trim_start_matches('+').split([' ', '-']).next().unwrap_or_default().to_owned()
}

fn job(life: &Life<'_>, stem: usize, form: usize, start: &str, end: &str) -> Value {
    let name = employer(life.locale, stem, form).map(|((_, name), _, _)| name);
    json!({"name": name, "position": "Engineer", "contract": "full_time", "startDate": start, "endDate": end})
}

fn study(life: &Life<'_>, stem: usize, form: usize, start: &str, end: &str) -> Value {
    let name = history::school(life.locale, stem, form).map(|(name, _)| name);
    json!({"institution": name, "area": "Computer Science", "study_type": "Bachelor of Science", "startDate": start, "endDate": end})
}

fn session(life: &Life<'_>, field: &str, value: Value) -> Value {
    let mut session = json!({
        "at": format!("{YEAR}-03-09T09:00:00Z"), "kind": "residential", "ip": "192.0.2.7", "country": life.locale.country,
    });
    put(&mut session, field, value);
    session
}

fn set_sessions(record: &mut Value, sessions: &[Value]) {
    put(record, "sessions", json!(sessions));
}

/// Puts a value at a path of fields, making what is not there.
fn put(record: &mut Value, path: &str, value: Value) {
    let mut place = record;
    for field in path.split('.') {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        let Value::Object(fields) = place else { return };
        place = fields.entry(field).or_insert(Value::Null);
    }
    *place = value;
}

/// Puts fields in the first entry of the résumé's history, which is made where the résumé was not given.
fn put_in_first(record: &mut Value, path: &str, fields: &[(&str, Value)]) {
    let mut entries =
        record.pointer(&format!("/{}", path.replace('.', "/"))).and_then(Value::as_array).cloned().unwrap_or_default();
    if entries.is_empty() {
        entries.push(json!({}));
    }
    if let Some(first) = entries.first_mut() {
        for (field, value) in fields {
            put(first, field, value.clone());
        }
    }
    put(record, path, json!(entries));
}
