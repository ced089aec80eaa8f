//! What honest people do that a weak indicator sees. An application has at most two quirks, of which one is about its
//! sessions: then they stay below the first threshold, as the weights of the ruleset mean them to.

use super::honest::{Person, YEAR, phone, word};
use super::places::COUNTRIES;
use super::random::Random;
use super::record::{Application, File};
use super::words::{FAMILY, GIVEN};

/// Adds no, one or two quirks.
pub(super) fn add(random: &mut Random, person: &Person, application: &mut Application) {
    if random.percent(15) {
        of_contact(random, person, application);
    }
    if random.percent(15) {
        of_session(random, person, application);
    }
}

/// Another country than the person's.
fn abroad(random: &mut Random, person: &Person) -> super::places::Country {
    let place = random.below(COUNTRIES.len() - 1);
    let other = COUNTRIES.get(place).copied().unwrap_or_default();
    // Numbers of North America don't tell the country to everybody.
    if other.code == person.country.code || other.calling == person.country.calling {
        COUNTRIES.get(2 + usize::from(person.country.code == "DE")).copied().unwrap_or_default()
    } else {
        other
    }
}

fn of_contact(random: &mut Random, person: &Person, application: &mut Application) {
    match random.below(6) {
        // Moved from abroad and kept the number.
        0 => {
            let home = abroad(random, person);
            let line = random.pick(home.mobile);
            let number = random.digits(line);
            if !line.is_empty() {
                application.form.phone = format!("{} {number}", home.calling);
                application.resume.phone.clear();
                application.resume.location.country = home.code.to_owned();
            }
        }
        // A new number since the résumé was written.
        1 => application.resume.phone = phone(random, &person.country, &person.town),
        // One mailbox for applications.
        2 => {
            application.resume.email =
                format!("{}@old.example", word(&FAMILY, person.family).to_lowercase().replace('ë', "e"));
        }
        // A mailbox with a nickname.
        3 => {
            application.form.email = random.digits("sunshine##@example.com");
            application.resume.email.clear();
        }
        // A new phone in the weeks of the application.
        4 => application.phone_facts.activated = format!("{YEAR}-{:02}-{:02}", person.day.0, person.day.1.min(10)),
        // A former name on the profile: names that agree in part are left undecided.
        _ => application.profile.name = format!("{} {}", word(&GIVEN, person.given), word(&FAMILY, person.family + 7)),
    }
}

fn of_session(random: &mut Random, person: &Person, application: &mut Application) {
    let Some(session) = application.sessions.first_mut() else { return };
    match random.below(6) {
        // On a journey.
        0 => {
            let away = abroad(random, person);
            session.country = away.code.to_owned();
            session.timezone = away.towns.first().map(|town| town.zone.to_owned()).unwrap_or_default();
            session.kind = "residential".to_owned();
        }
        1 | 2 => session.kind = "vpn".to_owned(),
        // A cloud desktop.
        3 => session.kind = "hosting".to_owned(),
        // A password manager and prepared answers.
        4 => (session.form_seconds, session.paste_share) = (Some(random.between(6, 19)), Some(0.95)),
        // A friend or a service wrote the résumé.
        _ => {
            let author = format!("{} {}", word(&GIVEN, person.given + 13), word(&FAMILY, person.family + 17));
            application.files =
                vec![File { kind: "cv".to_owned(), author, created: format!("{YEAR}-01-01T08:00:00Z") }];
        }
    }
}
