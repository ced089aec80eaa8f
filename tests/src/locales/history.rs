//! Where a person worked and studied: true once, then told by form, résumé and profile in their ways.

use super::data::Locale;
use super::draw::Draw;
use serde_json::{Value, json};

/// The year of all applications.
pub const YEAR: i32 = 2026;
/// The month of all applications, counted from the year 0.
pub const NOW: i32 = YEAR * 12 + 2;

/// A job as it was.
#[derive(Debug, Clone)]
pub struct Job {
    /// The employer's name, without and with its legal form, in the locale's script.
    pub name: (String, String),
    /// The employer's name romanised.
    pub roman: String,
    /// The employer's domain.
    pub domain: String,
    /// First month, counted from the year 0.
    pub start: i32,
    /// Last month; none for a job held now.
    pub end: Option<i32>,
    /// Which of the locale's towns.
    pub town: usize,
    /// Whether it was a side job.
    pub part_time: bool,
    number: usize,
}

/// A school as it was.
#[derive(Debug, Clone)]
pub struct School {
    /// Its name in the locale's script.
    pub name: String,
    /// Its name romanised.
    pub roman: String,
    /// First and last year.
    pub years: (i32, i32),
    /// The degree.
    pub degree: &'static str,
    country: String,
}

/// A month as sources write it: the year, the month or the day, decided by the label.
pub fn date(draw: Draw, label: &str, month: i32) -> String {
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    match draw.below(label, 10) {
        0 | 1 => format!("{year}"),
        2 => format!("{year}-{month:02}-01"),
        _ => format!("{year}-{month:02}"),
    }
}

/// An employer of the locale: name without and with legal form, romanised, domain. Form 2 is for fraud.
pub fn employer(locale: &Locale, stem: usize, form: usize) -> Option<((String, String), String, String)> {
    let word = locale.stems.get(stem % locale.stems.len().max(1))?;
    let form = locale.company.get(form)?;
    let roman = form.is_ascii().then(|| form.replace("{}", &word.roman));
    let whole = form.replace("{}", &word.native);
    let domain = word.roman.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    Some((
        (word.native.clone(), whole),
        roman.unwrap_or_else(|| format!("{} Co.", word.roman)),
        format!("{domain}.example"),
    ))
}

/// A school of the locale: name, romanised.
pub fn school(locale: &Locale, stem: usize, form: usize) -> Option<(String, String)> {
    let word = locale.stems.get(stem % locale.stems.len().max(1))?;
    let form = locale.school.get(form)?;
    let roman = if form.is_ascii() { form.replace("{}", &word.roman) } else { format!("{} University", word.roman) };
    Some((form.replace("{}", &word.native), roman))
}

/// The jobs, the last first: one to three after one another with gaps between, and for some a side job.
pub fn jobs(locale: &Locale, draw: Draw) -> Vec<Job> {
    let career = draw.between("career", 2, 18);
    let (first, count) = (draw.below("first employer", locale.stems.len()), draw.between("jobs", 1, 3));
    let length = career * 12 / count;
    let mut jobs = Vec::new();
    let job = |number: usize, start: i32, end: Option<i32>, part_time: bool| {
        let (name, roman, domain) = employer(locale, first + number * 5, draw.below(&format!("company {number}"), 2))?;
        let town = draw.below(&format!("job town {number}"), locale.towns.len());
        Some(Job { name, roman, domain, start, end, town, part_time, number })
    };
    for number in 0..usize::try_from(count).unwrap_or(1) {
        let start = NOW - career * 12 + length * i32::try_from(number).unwrap_or(0);
        // A gap of up to a third: people study, look after others, look for work, rest.
        let gap = draw.between(&format!("gap {number}"), 1, (length / 3).max(1));
        let last = number + 1 == usize::try_from(count).unwrap_or(1);
        let end = if last && draw.mille("employed", 700) { None } else { Some(start + length - gap) };
        jobs.extend(job(number, start, end, false));
    }
    if career >= 5 && draw.mille("side job", 100) {
        jobs.extend(job(3, NOW - career * 12 + 6, Some(NOW - 12), true));
    }
    jobs.reverse();
    jobs
}

/// The schools, the last first.
pub fn schools(locale: &Locale, others: &[Locale], draw: Draw) -> Vec<School> {
    let began = YEAR - draw.between("career", 2, 18) - 6;
    let first = draw.below("first school", locale.stems.len());
    let abroad = draw.mille("foreign school", 80);
    let at = if abroad { draw.pick("school abroad", others).unwrap_or(locale) } else { locale };
    let mut schools = Vec::new();
    if draw.mille("master", 300)
        && let Some((name, roman)) = school(locale, first + 7, 1)
    {
        let years = (began + 4, began + 6);
        schools.push(School { name, roman, years, degree: "Master of Science", country: locale.country.clone() });
    }
    if let Some((name, roman)) = school(at, first, 0) {
        let country = at.country.clone();
        schools.push(School { name, roman, years: (began, began + 4), degree: "Bachelor of Science", country });
    }
    schools
}

impl Job {
    /// The entry of a source. `roman` writes the name in Latin letters, `short` without the legal form.
    pub fn entry(&self, locale: &Locale, draw: Draw, source: &str, roman: bool, short: bool) -> Value {
        const POSITIONS: [&str; 6] = ["Engineer", "Accountant", "Analyst", "Designer", "Technician", "Planner"];
        let number = self.number;
        let native = if short { &self.name.0 } else { &self.name.1 };
        let role = draw.pick(&format!("position {number}"), &POSITIONS).copied().unwrap_or("Engineer");
        let said = draw.mille("side job in the title", 500);
        let title = if self.part_time && said { format!("{role} ({})", locale.part_time) } else { role.to_owned() };
        let contract = match (self.part_time, source) {
            (true, _) if !said => Some("part_time"),
            (false, "resume") if draw.mille(&format!("contract {number}"), 300) => Some("full_time"),
            _ => None,
        };
        let end = match self.end {
            Some(end) => Some(date(draw, &format!("{source} end {number}"), end)),
            None => draw.mille("says present", 800).then(|| "present".to_owned()),
        };
        json!({
            "name": if roman { &self.roman } else { native },
            "position": title,
            "contract": contract,
            "startDate": date(draw, &format!("{source} start {number}"), self.start),
            "endDate": end,
            "summary": (source == "resume").then(|| format!("{}: Java, JavaScript, Excel", self.name.0)),
            "url": (source == "resume").then(|| format!("https://www.{}", self.domain)),
            "site_registered": (source == "resume").then_some("2001"),
            "location": locale.towns.get(self.town).map(|town| json!({
                "city": town.name.form(roman), "region": town.region.form(roman), "country": locale.country,
            })),
        })
    }
}

impl School {
    /// The entry of a source.
    pub fn entry(&self, draw: Draw, source: &str, roman: bool) -> Value {
        let (from, to) = self.years;
        let start = match draw.below(&format!("{source} school {}", self.degree), 3) {
            0 => None,
            1 => Some(from.to_string()),
            _ => Some(format!("{from}-09")),
        };
        json!({
            "institution": if roman { &self.roman } else { &self.name },
            "area": "Computer Science",
            "study_type": self.degree,
            "startDate": start,
            "endDate": to.to_string(),
            "location": {"country": self.country},
        })
    }
}
