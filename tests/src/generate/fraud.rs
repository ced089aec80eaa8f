//! One kind of fraud put into an honest application. A kind names the indicators that it must raise; it may raise weaker
//! ones beside them. What it needs and the application lacks, it adds.

use super::honest::{Person, YEAR, word};
use super::random::Random;
use super::record::{Application, Change, IdentityCheck, Job, Profile, Referee, School, Session, Skill};
use super::words::{FAMILY, GIVEN, OTHER_EMPLOYER, OTHER_SCHOOL};

/// A kind of fraud.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its name, as it stands in `_injected`.
    pub name: &'static str,
    /// The indicators that it raises.
    pub raises: &'static [&'static str],
    inject: fn(&mut Random, &Person, &mut Application),
}

/// All kinds.
pub const KINDS: &[Kind] = &[
    Kind { name: "phone-malformed", raises: &["phone_malformed"], inject: phone_malformed },
    Kind { name: "phone-fictional", raises: &["phone_fictional"], inject: phone_fictional },
    Kind { name: "phone-replaced", raises: &["phone_replaced"], inject: phone_replaced },
    Kind { name: "email-disposable", raises: &["email_disposable"], inject: email_disposable },
    Kind { name: "email-lookalike", raises: &["email_provider_lookalike"], inject: email_lookalike },
    Kind { name: "name-conflict", raises: &["sources_disagree_on_name"], inject: name_conflict },
    Kind { name: "identity-check", raises: &["identity_check_mismatch"], inject: identity_check },
    Kind { name: "profile-lookalike", raises: &["profile_host_lookalike"], inject: profile_lookalike },
    Kind { name: "profile-hijacked", raises: &["profile_revived", "hijacked_profile"], inject: profile_hijacked },
    Kind { name: "degree-reversed", raises: &["education_dates_reversed"], inject: degree_reversed },
    Kind { name: "degree-too-short", raises: &["degree_too_short"], inject: degree_too_short },
    Kind { name: "schools-conflict", raises: &["schools_disagree"], inject: schools_conflict },
    Kind { name: "work-reversed", raises: &["work_dates_reversed"], inject: work_reversed },
    Kind { name: "work-in-future", raises: &["work_in_future"], inject: work_in_future },
    Kind { name: "work-overlap", raises: &["work_overlap"], inject: work_overlap },
    Kind { name: "employers-conflict", raises: &["employers_disagree"], inject: employers_conflict },
    Kind { name: "technology-too-early", raises: &["technology_before_release"], inject: technology_too_early },
    Kind { name: "skill-too-long", raises: &["technology_years_exceed_age"], inject: skill_too_long },
    Kind { name: "experience-too-long", raises: &["experience_exceeds_history"], inject: experience_too_long },
    Kind { name: "own-referee", raises: &["reference_shares_contact"], inject: own_referee },
    Kind { name: "sanctioned-network", raises: &["sanctioned_network"], inject: sanctioned_network },
    Kind { name: "country-hop", raises: &["session_country_hop"], inject: country_hop },
    Kind {
        name: "laptop-farm",
        raises: &["remote_control_software", "session_country_mismatch", "remotely_operated_computer", "phone_voip"],
        inject: laptop_farm,
    },
];

/// Puts one kind into an application and notes it there.
pub(super) fn inject(random: &mut Random, kind: Kind, person: &Person, application: &mut Application) {
    if application.submitted.is_empty() {
        application.submitted = format!("{YEAR}-{:02}-{:02}T10:15:00Z", person.day.0, person.day.1);
    }
    (kind.inject)(random, person, application);
    kind.name.clone_into(&mut application.injected);
}

/// A name that has nothing in common with the person's.
fn stranger(person: &Person) -> String {
    format!("{} {}", word(&GIVEN, person.given + 16), word(&FAMILY, person.family + 16))
}

fn job(name: &str, start: String, end: String) -> Job {
    Job { name: name.to_owned(), position: "Software Engineer".to_owned(), start, end, ..Job::default() }
}

fn phone_malformed(random: &mut Random, person: &Person, application: &mut Application) {
    application.form.phone = match random.below(3) {
        0 => random.digits("+0 N## ### ####"),
        1 => random.digits(&format!("{} N## ### ### ### ### ###", person.country.calling)),
        _ => random.digits("+999 N## ### ###"),
    };
}

fn phone_fictional(random: &mut Random, _: &Person, application: &mut Application) {
    application.form.phone = random.digits("+1 212 555 01##");
}

fn phone_replaced(random: &mut Random, _: &Person, application: &mut Application) {
    let at = random.digits(&format!("{YEAR}-07-1#T09:3#:00Z"));
    application.changes.push(Change { field: "phone".to_owned(), at });
}

fn email_disposable(random: &mut Random, person: &Person, application: &mut Application) {
    let host = random.pick(&["mailinator.com", "yopmail.com", "guerrillamail.com", "10minutemail.com"]);
    application.form.email = format!("{}@{host}", word(&GIVEN, person.given).to_lowercase().replace('é', "e"));
}

fn email_lookalike(random: &mut Random, _: &Person, application: &mut Application) {
    let host = random.pick(&["gmaill.com", "hotmall.com", "outlo0k.com", "yahooo.com"]);
    application.form.email = format!("{}@{host}", random.digits("applicant####"));
}

fn name_conflict(_: &mut Random, person: &Person, application: &mut Application) {
    application.resume.name = stranger(person);
}

fn identity_check(_: &mut Random, person: &Person, application: &mut Application) {
    application.identity_check = IdentityCheck { status: "mismatch".to_owned(), name: stranger(person) };
}

fn profile_lookalike(random: &mut Random, _: &Person, application: &mut Application) {
    let host = random.pick(&["linkedln.com", "linkedn.com", "githuh.com", "glthub.com"]);
    let url = format!("https://{host}/{}", random.digits("account####"));
    application.resume.profiles = vec![Profile { network: "LinkedIn".to_owned(), url, ..Profile::default() }];
}

fn profile_hijacked(_: &mut Random, person: &Person, application: &mut Application) {
    application.profile.name = stranger(person);
    let month = YEAR * 12 + person.day.0 - 2;
    let day = |day: i32| format!("{}-{:02}-{day:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
    let change = |field: &str, at: String| Change { field: field.to_owned(), at };
    application.profile.profiles = vec![Profile {
        network: "LinkedIn".to_owned(),
        created: "2012".to_owned(),
        last_activity_before: "2019-03".to_owned(),
        reactivated: day(3),
        changes: vec![change("email", day(3)), change("name", day(4))],
        ..Profile::default()
    }];
}

/// Leaves the résumé one school, changed.
fn school(application: &mut Application, change: impl FnOnce(&mut School)) {
    let first = application.resume.education.drain(..).next();
    let mut school =
        first.unwrap_or_else(|| School { institution: "Northfield College".to_owned(), ..School::default() });
    change(&mut school);
    application.resume.education.push(school);
}

fn degree_reversed(random: &mut Random, person: &Person, application: &mut Application) {
    let began = person.career - 3;
    let end = random.digits(&format!("{}-0N", began - 2));
    school(application, |school| (school.start, school.end) = (began.to_string(), end));
}

fn degree_too_short(_: &mut Random, person: &Person, application: &mut Application) {
    let began = person.career - 3;
    school(application, |school| {
        "Bachelor of Science".clone_into(&mut school.study_type);
        (school.start, school.end) = (format!("{began}-09"), format!("{}-02", began + 1));
    });
}

fn schools_conflict(random: &mut Random, _: &Person, application: &mut Application) {
    school(application, |_| {});
    let institution = random.pick(&OTHER_SCHOOL).to_owned();
    application.profile.education = vec![School { institution, ..School::default() }];
}

fn work_reversed(random: &mut Random, person: &Person, application: &mut Application) {
    let end = format!("{}-03", person.career - 1);
    application.resume.work.push(job(random.pick(&OTHER_EMPLOYER), format!("{}-05", person.career), end));
}

fn work_in_future(random: &mut Random, _: &Person, application: &mut Application) {
    application.resume.work.insert(0, job(random.pick(&OTHER_EMPLOYER), (YEAR + 1).to_string(), String::new()));
}

fn work_overlap(random: &mut Random, _: &Person, application: &mut Application) {
    let place = random.below(OTHER_EMPLOYER.len());
    let (start, end) = ("2021-03".to_owned(), "2025-06".to_owned());
    application.resume.work = vec![
        job(word(&OTHER_EMPLOYER, place), start.clone(), end.clone()),
        job(word(&OTHER_EMPLOYER, place + 1), start, end),
    ];
}

fn employers_conflict(random: &mut Random, _: &Person, application: &mut Application) {
    if application.resume.work.is_empty() {
        application.resume.work.push(job("Bluefield Software", "2021-03".to_owned(), "2025-06".to_owned()));
    }
    application.profile.work = vec![job(random.pick(&OTHER_EMPLOYER), "2019".to_owned(), "2025".to_owned())];
}

fn technology_too_early(random: &mut Random, _: &Person, application: &mut Application) {
    let mut early = job(random.pick(&OTHER_EMPLOYER), "2005-02".to_owned(), "2008-11".to_owned());
    let technology = random.pick(&["Kubernetes", "TensorFlow", "TypeScript", "Terraform", "AWS Lambda"]);
    early.summary = format!("Ran the whole platform on {technology}.");
    application.resume.work.push(early);
}

fn skill_too_long(random: &mut Random, _: &Person, application: &mut Application) {
    let (name, years) = random.pick(&[("Kubernetes", 18), ("FastAPI", 14), ("Terraform", 19), ("PyTorch", 15)]);
    application.resume.skills.push(Skill { name: name.to_owned(), years: Some(years) });
}

fn experience_too_long(random: &mut Random, _: &Person, application: &mut Application) {
    application.resume.work = vec![job("Bluefield Software", "2021-03".to_owned(), "present".to_owned())];
    application.resume.years_claimed = Some(random.between(12, 20));
}

fn own_referee(_: &mut Random, person: &Person, application: &mut Application) {
    let email = application.form.email.clone();
    let organisation = "Bluefield Software".to_owned();
    application.form.references.push(Referee { name: stranger(person), organisation, email, ..Referee::default() });
}

fn at(person: &Person, hour: i32) -> String {
    format!("{YEAR}-{:02}-{:02}T{hour:02}:05:00Z", person.day.0, person.day.1)
}

fn sanctioned_network(random: &mut Random, person: &Person, application: &mut Application) {
    let ip = random.digits("175.45.176.1##");
    application.sessions.push(Session { at: at(person, 9), ip, ..Session::default() });
}

fn country_hop(random: &mut Random, person: &Person, application: &mut Application) {
    // Between home and one other country it would be a journey, or a border.
    let away = match person.country.code {
        "BR" => ["JP", "ZA"],
        "JP" => ["BR", "ZA"],
        _ => ["BR", "JP"],
    };
    let session = |hour: i32, country: &str, ip: String| Session {
        at: at(person, hour),
        ip,
        country: country.to_owned(),
        kind: "residential".to_owned(),
        ..Session::default()
    };
    let (first, second) = (random.digits("192.0.2.#"), random.digits("203.0.113.#"));
    application.sessions = vec![session(5, away[0], first), session(8, away[1], second)];
}

fn laptop_farm(random: &mut Random, person: &Person, application: &mut Application) {
    let away = if person.country.code == "CL" { "NZ" } else { "CL" };
    "voip".clone_into(&mut application.phone_facts.line);
    application.resume.location.country.clear();
    application.profile.location.country.clear();
    application.sessions = vec![Session {
        at: at(person, 7),
        ip: random.digits("198.51.100.1##"),
        country: away.to_owned(),
        kind: "residential".to_owned(),
        remote_tool: random.pick(&["rdp", "vnc", "other"]).to_owned(),
        ..Session::default()
    }];
}
