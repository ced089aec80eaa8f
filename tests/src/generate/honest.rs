//! An honest application: one person, told by form, résumé, profile and sessions, with the gaps and quirks of real ones.
//! A quirk is what an honest person does that a weak indicator sees: a move, a journey, a VPN, a second mailbox.

use super::places::{COUNTRIES, Country, Town};
use super::random::Random;
use super::record::{
    Application, Check, Claim, EmailFacts, File, IdentityCheck, Job, PhoneFacts, Place, Profile, Referee, School,
    Session, Skill,
};
use super::words::{AREA, DEED, EMPLOYER, FAMILY, GIVEN, POSITION, SCHOOL, SKILL, TRADE};

/// The year of all applications.
pub(super) const YEAR: i32 = 2026;
const DOMAINS: [&str; 5] = ["example.com", "example.org", "example.net", "mail.example", "post.example"];
const COUNT: [&str; 3] = ["192.0.2.#", "198.51.100.1##", "203.0.113.1##"];

/// Who applies, and facts that fraud needs as well.
#[derive(Debug, Clone, Default)]
pub(super) struct Person {
    pub(super) given: usize,
    pub(super) family: usize,
    pub(super) name: String,
    pub(super) country: Country,
    pub(super) town: Town,
    pub(super) phone: String,
    pub(super) career: i32,
    /// The day of the application in the year's first half.
    pub(super) day: (i32, i32),
}

/// Letters of a name in an address.
fn plain(name: &str) -> String {
    let letter = |c: char| match c {
        'é' => 'e',
        'ë' => 'e',
        other => other.to_ascii_lowercase(),
    };
    name.chars().map(letter).filter(char::is_ascii_alphanumeric).collect()
}

/// A word of a list, by its place.
pub(super) fn word<const N: usize>(list: &[&'static str; N], place: usize) -> &'static str {
    list.get(place % N).copied().unwrap_or_default()
}

/// A number of a town, as people write it: within the country, or with its code.
pub(super) fn phone(random: &mut Random, country: &Country, town: &Town) -> String {
    let international = random.percent(35);
    if town.area.is_empty() {
        let number = {
            let range = random.pick(country.mobile);
            random.digits(range)
        };
        return if international {
            format!("{} {number}", country.calling)
        } else {
            format!("{}{number}", country.trunk)
        };
    }
    let line = random.digits("N4#-####");
    match (international, random.percent(50)) {
        (true, _) => format!("+1 {} {line}", town.area),
        (false, true) => format!("({}) {line}", town.area),
        (false, false) => format!("{}-{line}", town.area),
    }
}

/// A month, with its day or without its month where the source is less exact.
fn date(random: &mut Random, months: i32) -> String {
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    match random.below(10) {
        0 => format!("{year}"),
        1 | 2 => format!("{year}-{month:02}-01"),
        _ => format!("{year}-{month:02}"),
    }
}

fn jobs(random: &mut Random, person: &Person) -> Vec<Job> {
    let now = YEAR * 12 + person.day.0 - 1;
    let mut jobs = Vec::new();
    let (mut at, first) = (person.career * 12 + random.between(0, 11), random.below(EMPLOYER.len()));
    let trade = random.below(TRADE.len());
    let count = random.between(1, 3);
    for number in 0..count {
        let last = number + 1 == count || now - at < 24;
        let months = if last { now - at } else { random.between(10, ((now - at) / 2).max(11)) };
        if months < 2 {
            break;
        }
        let place = first + usize::try_from(number).unwrap_or(0) * 5;
        let name = format!("{} {}", word(&EMPLOYER, place), word(&TRADE, trade + place));
        let known: Vec<_> = SKILL.iter().filter(|(_, since)| since * 12 + 12 < at).map(|(skill, _)| *skill).collect();
        let open = last && random.percent(75);
        jobs.push(Job {
            name,
            position: random.pick(&POSITION).to_owned(),
            contract: if random.percent(30) { "full_time".to_owned() } else { String::new() },
            start: date(random, at),
            end: if open {
                if random.percent(80) { "present".to_owned() } else { String::new() }
            } else {
                date(random, at + months - 1)
            },
            summary: if random.percent(60) {
                format!("{} {}.", random.pick(&DEED), random.pick(&known))
            } else {
                String::new()
            },
        });
        if last {
            break;
        }
        at += months + random.between(1, 5);
    }
    jobs.reverse();
    jobs
}

fn schools(random: &mut Random, person: &Person) -> Vec<School> {
    let first = random.below(SCHOOL.len());
    let length = random.between(3, 4);
    let began = person.career - length - 2;
    let area = random.pick(&AREA).to_owned();
    let mut schools = Vec::new();
    let mut add = |random: &mut Random, place: usize, study_type: &str, from: i32, years: i32| {
        let (start, end) = match random.below(4) {
            0 => (from.to_string(), (from + years).to_string()),
            1 => (String::new(), (from + years).to_string()),
            _ => (format!("{from}-09"), format!("{}-06", from + years)),
        };
        schools.push(School {
            institution: word(&SCHOOL, place).to_owned(),
            area: area.clone(),
            study_type: study_type.to_owned(),
            start,
            end,
        });
    };
    if random.percent(25) {
        add(random, first + 3, "Master of Science", began + length, 2);
    }
    add(random, first, "Bachelor of Science", began, length);
    schools
}

fn session(random: &mut Random, person: &Person) -> Session {
    let (month, day) = person.day;
    let kind = match random.below(20) {
        0..15 => "residential",
        15..18 => "mobile",
        _ => "business",
    };
    let ip = {
        let net = random.pick(&COUNT);
        random.digits(net)
    };
    Session {
        at: format!("{YEAR}-{month:02}-{day:02}T{:02}:{:02}:00Z", random.between(6, 9), random.between(0, 59)),
        until: String::new(),
        ip,
        country: person.country.code.to_owned(),
        kind: kind.to_owned(),
        timezone: if random.percent(80) { person.town.zone.to_owned() } else { String::new() },
        remote_tool: if random.percent(30) { "none".to_owned() } else { String::new() },
        form_seconds: random.percent(40).then(|| random.between(120, 2400)),
        paste_share: random.percent(25).then(|| f64::from(random.between(0, 60)) / 100.0),
    }
}

/// An honest application, and the person behind it.
pub(super) fn honest(random: &mut Random, countries: usize, id: String) -> (Application, Person) {
    let country = COUNTRIES.get(random.below(countries.min(COUNTRIES.len()))).copied().unwrap_or_default();
    let town = random.pick(country.towns);
    let (given, family) = (random.below(GIVEN.len()), random.below(FAMILY.len()));
    let name = format!("{} {}", word(&GIVEN, given), word(&FAMILY, family));
    let phone = phone(random, &country, &town);
    let career = random.between(2000, 2023);
    let day = (random.between(1, 6), random.between(1, 28));
    let person = Person { given, family, name, country, town, phone, career, day };
    let slug = format!("{}-{}", plain(word(&GIVEN, given)), plain(word(&FAMILY, family)));
    let email = format!("{}{}@{}", slug.replace('-', "."), random.digits("##"), random.pick(&DOMAINS));
    let location = Place {
        city: town.name.to_owned(),
        region: if random.percent(70) { town.region.to_owned() } else { String::new() },
        postal_code: if random.percent(25) { random.digits(country.postal) } else { String::new() },
        country: country.code.to_owned(),
    };
    let mut application = Application { id, ..Application::default() };
    if random.percent(98) {
        application.submitted = format!("{YEAR}-{:02}-{:02}T10:{}:00Z", day.0, day.1, random.digits("1#"));
    }
    application.form = Claim {
        name: person.name.clone(),
        email: email.clone(),
        phone: if random.percent(92) { person.phone.clone() } else { String::new() },
        phone_entry: if random.percent(40) { "widget".to_owned() } else { String::new() },
        location: location.clone(),
        ..Claim::default()
    };
    if random.percent(95) {
        application.resume = resume(random, &person, &slug, &email, location.clone());
    }
    if random.percent(35) {
        application.profile = profile(random, &person, &slug, &application.resume, location);
    }
    if random.percent(70) {
        application.sessions.push(session(random, &person));
    }
    facts(random, &person, &mut application);
    (application, person)
}

fn resume(random: &mut Random, person: &Person, slug: &str, email: &str, location: Place) -> Claim {
    let initial = random.pick(&["J", "M", "R", "S"]);
    let mut skills = Vec::new();
    for _ in 0..random.between(0, 2) {
        let (name, since) = random.pick(&SKILL);
        let most = (YEAR - person.career.max(since)).max(1);
        skills.push(Skill { name: name.to_owned(), years: random.percent(50).then(|| random.between(1, most)) });
    }
    Claim {
        name: match random.below(10) {
            0 => format!("{} {initial}. {}", word(&GIVEN, person.given), word(&FAMILY, person.family)),
            1 => format!("{}, {}", word(&FAMILY, person.family), word(&GIVEN, person.given)),
            _ => person.name.clone(),
        },
        email: if random.percent(85) { email.to_owned() } else { String::new() },
        phone: if random.percent(60) { person.phone.clone() } else { String::new() },
        location: if random.percent(50) { location } else { Place::default() },
        years_claimed: random.percent(25).then(|| (YEAR - person.career - 1).max(1)),
        skills,
        education: if random.percent(90) { schools(random, person) } else { Vec::new() },
        work: jobs(random, person),
        profiles: if random.percent(35) {
            vec![Profile {
                network: "LinkedIn".to_owned(),
                url: format!("https://www.linkedin.com/in/{slug}-{}", random.digits("####")),
                ..Profile::default()
            }]
        } else {
            Vec::new()
        },
        ..Claim::default()
    }
}

fn profile(random: &mut Random, person: &Person, slug: &str, resume: &Claim, location: Place) -> Claim {
    let shorter =
        |job: &Job| Job { name: job.name.clone(), start: job.start.clone(), end: job.end.clone(), ..Job::default() };
    let school = |school: &School| School {
        institution: school.institution.clone(),
        end: school.end.clone(),
        ..School::default()
    };
    let made = (person.career + random.between(0, 6)).min(YEAR - 2);
    Claim {
        name: person.name.clone(),
        location: if random.percent(60) { location } else { Place::default() },
        work: resume.work.iter().take(2).map(shorter).collect(),
        education: if random.percent(50) { resume.education.iter().map(school).collect() } else { Vec::new() },
        profiles: vec![Profile {
            network: "LinkedIn".to_owned(),
            url: format!("https://www.linkedin.com/in/{slug}"),
            created: made.to_string(),
            connections: random.percent(60).then(|| random.between(40, 900)),
            ..Profile::default()
        }],
        ..Claim::default()
    }
}

/// Facts that some callers have.
fn facts(random: &mut Random, person: &Person, application: &mut Application) {
    let before = YEAR - random.between(2, 12);
    if random.percent(25) {
        application.phone_facts = PhoneFacts { line: "mobile".to_owned(), activated: before.to_string() };
    }
    if random.percent(25) {
        application.email_facts = EmailFacts { deliverable: Some(true), first_seen: before.to_string() };
    }
    if random.percent(10) {
        application.identity_check = IdentityCheck { status: "verified".to_owned(), name: person.name.clone() };
    }
    if random.percent(8)
        && let Some(job) = application.resume.work.first()
    {
        let result = random.pick(&["confirmed", "confirmed", "pending", "unverifiable"]).to_owned();
        application.checks.push(Check { kind: "employment".to_owned(), subject: job.name.clone(), result });
    }
    if random.percent(20) {
        let author = if random.percent(70) { person.name.clone() } else { "Microsoft Office User".to_owned() };
        let created = format!("{YEAR}-01-01T08:00:00Z");
        application.files.push(File { kind: "cv".to_owned(), author, created });
    }
    if random.percent(8) {
        let boss = format!("{} {}", word(&GIVEN, person.given + 9), word(&FAMILY, person.family + 11));
        let email = format!("{}@work.example", plain(&boss));
        let organisation = application.resume.work.last().map(|job| job.name.clone()).unwrap_or_default();
        let phone = phone(random, &person.country, &person.town);
        application.form.references.push(Referee { name: boss, organisation, email, phone });
    }
}
