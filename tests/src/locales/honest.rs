//! An honest application of a locale: one person, told by the form, the résumé, the profile and an identity document, in as many
//! ways as honest people tell it. What is decided depends on the number alone, so each locale has the same share of everything.

use super::data::{Locale, Town};
use super::draw::Draw;
use super::facts;
use super::history::{self, Job, NOW, School, YEAR};
use super::people::{Form, Person};
use super::phones;
use serde_json::{Value, json};

const DOMAINS: [&str; 4] = ["example.com", "example.org", "mail.example", "post.example"];
const HANDLES: [&str; 5] = ["bluekettle", "quietharbour", "sevenpines", "paperlantern", "northwindow"];

/// The person behind an application, and the truth about them.
pub struct Life<'l> {
    /// The locale.
    pub locale: &'l Locale,
    /// All locales, for what comes from abroad.
    pub others: &'l [Locale],
    /// The decisions.
    pub draw: Draw,
    /// The person.
    pub person: Person,
    /// Jobs, the last first.
    pub jobs: Vec<Job>,
    /// Schools, the last first.
    pub schools: Vec<School>,
    /// The day of the application in March.
    pub day: i32,
}

impl<'l> Life<'l> {
    /// The life of a number; none if the locale's data lack something.
    pub fn of(locale: &'l Locale, others: &'l [Locale], draw: Draw) -> Option<Self> {
        let person = Person::of(locale, draw, 0)?;
        let (jobs, schools) = (history::jobs(locale, draw), history::schools(locale, others, draw));
        Some(Self { locale, others, draw, person, jobs, schools, day: draw.between("day", 10, 27) })
    }

    /// A locale of another country.
    pub fn abroad(&self) -> &'l Locale {
        let foreign: Vec<&Locale> = self.others.iter().filter(|other| other.country != self.locale.country).collect();
        self.draw.pick("abroad", &foreign).copied().unwrap_or(self.locale)
    }

    /// The main mail address.
    pub fn email(&self) -> String {
        let domain = self.draw.pick("mail domain", &DOMAINS).unwrap_or(&"example.com");
        let local = match self.draw.below("mailbox", 10) {
            0 | 1 => format!(
                "{}{}",
                self.draw.pick("handle", &HANDLES).unwrap_or(&"kettle"),
                self.draw.below("digits", 90) + 10
            ),
            2 | 3 => format!("{}{}", self.person.slug(""), self.draw.below("digits", 90) + 10),
            _ => self.person.slug("."),
        };
        format!("{local}@{domain}")
    }

    /// Whether the person has moved and the document still has the old address: most have it changed within weeks.
    pub fn has_old_document(&self) -> bool {
        self.draw.mille("moved", 80) && self.draw.mille("old document", 300)
    }

    /// The town of a label. The old home is another town than the home, however many towns a locale has.
    pub fn town<'t>(&self, label: &str, locale: &'t Locale) -> Option<&'t Town> {
        let home = self.draw.below("home", locale.towns.len());
        match label {
            "home" => locale.towns.get(home),
            "old home" => locale.towns.get((home + 1) % locale.towns.len().max(1)),
            other => self.draw.pick(other, &locale.towns),
        }
    }

    /// A place of the locale: the town of a label, written natively or romanised.
    pub fn place(&self, label: &str, roman: bool) -> Value {
        let locale = self.locale;
        let Some(town) = self.town(label, locale) else { return Value::Null };
        let street = self.draw.pick(&format!("{label} street"), &locale.streets).cloned().unwrap_or_default();
        let house = (self.draw.below(&format!("{label} house"), 98) + 1).to_string();
        json!({
            "address": (!roman).then(|| street.replace("{n}", &house)),
            "postal_code": phones::postal(&town.postal, self.draw),
            "city": town.name.form(roman),
            "region": town.region.form(roman),
            "country": locale.country,
        })
    }
}

/// The name on a source. The form has the usual name; the others vary.
fn name(life: &Life<'_>, source: &str) -> String {
    let (draw, person) = (life.draw, &life.person);
    // Some write in Latin letters everywhere, and learnt two ways to do so.
    if draw.mille("writes in Latin letters", 60) {
        return person.name(if source == "resume" { Form::Respelled } else { Form::Usual }, true);
    }
    let roman = draw.mille(&format!("{source} romanised"), 200);
    let form = match draw.below(&format!("{source} name"), 100) {
        0..8 => Form::Full,
        8..14 => Form::Turned,
        14..18 => Form::Initial,
        18..22 => Form::Short,
        22..25 => Form::Western,
        25..28 => Form::Title,
        28..31 => Form::Veiled,
        _ => Form::Usual,
    };
    let married = draw.mille("married", 40) && source != "form" && draw.mille(&format!("{source} of old"), 600);
    let person = if married { person.married(life.locale, draw) } else { person.clone() };
    person.name(if source == "form" { Form::Usual } else { form }, roman)
}

fn form(life: &Life<'_>) -> Value {
    let draw = life.draw;
    let entry = draw.pick("phone entry", &["typed", "widget", "parsed", "api"]).unwrap_or(&"typed");
    let former =
        draw.mille("married", 40).then(|| vec![life.person.married(life.locale, draw).name(Form::Usual, false)]);
    json!({
        "name": name(life, "form"),
        "other_names": former,
        "email": life.email(),
        "phone": phones::written(life, "form"),
        "phone_entry": entry,
        "location": life.place("home", draw.mille("form place romanised", 150)),
        "work": draw.mille("form work", 500).then(|| life.jobs.first().map(|job| job.entry(life.locale, draw, "form", false, draw.mille("form short", 500)))).flatten().map(|job| vec![job]),
        "education": draw.mille("form school", 500).then(|| life.schools.last().map(|school| school.entry(draw, "form", false))).flatten().map(|school| vec![school]),
        "references": facts::references(life),
        "years_claimed": draw.mille("form years", 300).then(|| draw.between("career", 2, 18)),
    })
}

fn resume(life: &Life<'_>) -> Value {
    let draw = life.draw;
    let roman = draw.mille("resume employers romanised", 100);
    // People who have just moved within the country have their old town on the résumé.
    let town = if draw.mille("moved", 80) { "old home" } else { "home" };
    let work = life.jobs.iter().map(|job| job.entry(life.locale, draw, "resume", roman, false)).collect::<Vec<_>>();
    let education = life.schools.iter().map(|school| school.entry(draw, "resume", roman)).collect::<Vec<_>>();
    let slug = if draw.mille("vanity", 20) { "bluekettle".to_owned() } else { life.person.slug("-") };
    let email = if draw.mille("second mailbox", 120) {
        format!("{}@post.example", life.person.slug("_"))
    } else {
        life.email()
    };
    json!({
        "name": name(life, "resume"),
        "label": "Engineer",
        "email": email,
        "phone": phones::written(life, "resume"),
        "phone_entry": "parsed",
        "location": draw.mille("resume place", 800).then(|| facts::place_of(life, town)),
        "summary": life.jobs.first().map(|job| format!("{}, Excel, Java", job.name.0)),
        "years_claimed": draw.mille("resume years", 500).then(|| draw.between("career", 2, 18)),
        "skills": [{"name": "Excel", "years": draw.between("career", 2, 18).min(5)}, {"name": "Kubernetes", "years": 2}],
        "work": work,
        "education": draw.mille("resume education", 930).then_some(education),
        "profiles": [{"network": "LinkedIn", "url": format!("https://www.linkedin.com/in/{slug}"), "state": "open"}],
    })
}

fn profile(life: &Life<'_>) -> Value {
    let draw = life.draw;
    let roman = draw.mille("profile employers romanised", 150);
    let keep = if draw.mille("short profile", 150) { 1 } else { 4 };
    let jobs = life.jobs.iter().filter(|job| !job.part_time).take(keep);
    let work = jobs
        .map(|job| job.entry(life.locale, draw, "profile", roman, draw.mille("profile short", 400)))
        .collect::<Vec<_>>();
    let education = life.schools.iter().map(|school| school.entry(draw, "profile", roman)).collect::<Vec<_>>();
    json!({
        "name": name(life, "profile"),
        "email": draw.mille("profile mail", 200).then(|| life.email()),
        "phone": draw.mille("profile phone", 150).then(|| phones::written(life, "profile")),
        "location": draw.mille("profile place", 700).then(|| facts::place_of(life, if draw.mille("moved", 80) { "old home" } else { "home" })),
        "work": work,
        "education": draw.mille("profile education", 800).then_some(education),
        "profiles": [facts::linkedin(life)],
    })
}

/// The application of a life.
pub fn application(life: &Life<'_>) -> Value {
    let draw = life.draw;
    let day = life.day;
    let mut value = json!({
        "submitted": format!("{YEAR}-{:02}-{day:02}T10:{:02}:00Z", NOW.rem_euclid(12) + 1, draw.below("minute", 60)),
        "form": form(life),
        "resume": draw.mille("resume", 970).then(|| resume(life)),
        "profile": draw.mille("profile", 850).then(|| profile(life)),
        "document": draw.mille("document", 800).then(|| json!({
            "name": life.person.name(if draw.mille("document full", 400) { Form::Full } else { Form::Capitals }, draw.mille("document romanised", 600)),
            "location": facts::place_of(life, if life.has_old_document() { "old home" } else { "home" }),
        })),
        "referral": draw.mille("referral", 300).then(|| json!({
            "name": life.person.name(Form::Usual, draw.mille("referral romanised", 200)), "email": life.email(),
        })),
    });
    facts::add(life, &mut value);
    prune(&mut value);
    value
}

/// Takes away what is not given.
fn prune(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(prune);
            fields.retain(|_, field| !field.is_null());
        }
        Value::Array(items) => items.iter_mut().for_each(prune),
        _ => {}
    }
}
