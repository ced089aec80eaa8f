//! What callers know about an honest application beyond what the applicant wrote: sessions, look-ups, checks, files, the offer.

use super::history::{NOW, YEAR, date};
use super::honest::Life;
use super::people::Form;
use super::phones;
use serde_json::{Value, json};

/// A place in the script that the source of this label has.
pub fn place_of(life: &Life<'_>, label: &str) -> Value {
    life.place(label, life.draw.mille("places romanised", 150))
}

/// Referees: former superiors, mostly at the address of the employer.
pub fn references(life: &Life<'_>) -> Option<Vec<Value>> {
    let draw = life.draw;
    let job = life.jobs.last().filter(|_| draw.mille("referee", 500))?;
    let boss = life.person.stranger(life.locale, draw)?;
    let left = draw.mille("referee has left", 100);
    let domain = if left { "gmail.com" } else { &job.domain };
    let town = draw.pick("job town 0", &life.locale.towns)?;
    let (_, phone) = town.phones.last()?;
    Some(vec![json!({
        "name": boss.name(Form::Usual, draw.mille("referee romanised", 200)),
        "organisation": job.name.1,
        "email": format!("{}@{domain}", boss.slug(".")),
        "phone": format!("{phone} ext. 12"),
    })])
}

/// The profile entry with its history. A few wake it up for their search and change the headline, one or two people their name.
pub fn linkedin(life: &Life<'_>) -> Value {
    let draw = life.draw;
    let career = draw.between("career", 2, 18);
    let woken = draw.mille("woken", 100);
    let field = if draw.mille("married", 40) { "name" } else { "headline" };
    let young = draw.mille("young account", 20);
    let created = if young { format!("{YEAR}-01-05") } else { date(draw, "created", NOW - career.min(12) * 12 + 3) };
    json!({
        "network": "LinkedIn",
        "username": life.person.slug("-"),
        "url": format!("https://www.linkedin.com/in/{}", life.person.slug("-")),
        "created": created,
        "last_activity_before": if woken { "2023-05-04" } else { "2025-11-02" },
        "reactivated": if woken { "2026-02-03" } else { "2025-11-20" },
        "changes": [{"field": field, "at": "2026-02-10"}],
        "state": if draw.mille("private", 100) { "private" } else { "open" },
        "avatar": if draw.mille("no picture", 200) { "none" } else { "own" },
        "lookalikes": 0,
        "connections": if draw.mille("few connections", 40) { 12 } else { draw.between("connections", 40, 900) },
        "first_commit": date(draw, "first commit", NOW - 6),
        "author_names": draw.between("author names", 1, 3),
        "author_emails": draw.between("author emails", 1, 3),
        "most_contributors": draw.between("contributors", 1, 12),
        "copied_repositories": 0,
    })
}

fn session(life: &Life<'_>, label: &str, hour: i32) -> Value {
    let (draw, day) = (life.draw, life.day);
    let abroad = life.abroad();
    let (vpn, away) = (draw.mille("vpn", 60), draw.mille("journey", 20));
    let kind = if vpn {
        "vpn"
    } else {
        match draw.below(&format!("{label} kind"), 40) {
            0..24 => "residential",
            24..34 => "mobile",
            34..37 => "business",
            37 => "relay",
            _ => "education",
        }
    };
    let elsewhere = (vpn && draw.mille("vpn abroad", 500)) || (away && !vpn) || kind == "relay";
    let zone = life.town("home", life.locale).map(|town| town.zone.clone());
    let zone = if draw.mille("utc", 30) { Some("UTC".to_owned()) } else { zone };
    let zone = if away && !vpn { abroad.towns.first().map(|town| town.zone.clone()) } else { zone };
    json!({
        "at": format!("{YEAR}-03-{day:02}T{hour:02}:{:02}:00Z", draw.below(&format!("{label} minute"), 60)),
        "until": format!("{YEAR}-03-{day:02}T{:02}:58:00Z", hour + 1),
        "ip": format!("198.51.100.{}", draw.between(&format!("{label} ip"), 1, 250)),
        "country": if elsewhere { &abroad.country } else { &life.locale.country },
        "asn": 64496 + draw.below(&format!("{label} asn"), 12),
        "kind": kind,
        "timezone": zone,
        "automated": false,
        "remote_tool": if draw.mille("helped", 8) { "other" } else { "none" },
        "ip_kvm": false,
        "form_seconds": draw.between(&format!("{label} seconds"), 90, 3000),
        "paste_share": f64::from(draw.between(&format!("{label} pasted"), 0, 70)) / 100.0,
    })
}

/// Look-ups of phone, mail address and home.
fn lookups(life: &Life<'_>) -> Value {
    let draw = life.draw;
    let before = |label: &str| date(draw, label, NOW - draw.between(label, 12, 150));
    json!({
        "phone_facts": {
            "line": if draw.mille("internet line", 30) { "voip" } else { "mobile" },
            "ported": before("ported"),
            "activated": if draw.mille("new number", 30) { format!("{YEAR}-03-02") } else { before("activated") },
            "public_inbox": false,
        },
        "email_facts": {
            "deliverable": !draw.mille("mailbox full", 5),
            "first_seen": if draw.mille("new mailbox", 30) { format!("{YEAR}-03-04") } else { before("first seen") },
            "domain_registered": if draw.mille("new domain", 15) { format!("{YEAR}-02-14") } else { before("registered") },
            "other_name": life.person.name(Form::Usual, draw.mille("found romanised", 400)),
        },
        "address_facts": {"kind": if draw.mille("mailbox address", 15) { "mailbox" } else { "residential" }},
    })
}

/// What schools, employers and vendors answered, and the files.
fn answers(life: &Life<'_>) -> Value {
    let draw = life.draw;
    // Most answer, some later; of a few nothing can be found, as of firms that closed long ago.
    let asked = |label: &str| match draw.below(label, 20) {
        0 => "unverifiable",
        1..4 => "pending",
        _ => "confirmed",
    };
    let job = life.jobs.last().map(|job| job.name.1.clone());
    let school = life.schools.last().map(|school| school.name.clone());
    let author = match draw.below("author", 10) {
        0..7 => life.person.name(Form::Usual, draw.mille("author romanised", 300)),
        // The name that office programs fill in, in the language of the system.
        7 => life.locale.user.clone(),
        8 => "Microsoft Office User".to_owned(),
        _ if draw.mille("helper", 200) => {
            life.person.stranger(life.locale, draw).map(|friend| friend.name(Form::Usual, false)).unwrap_or_default()
        }
        _ => "Canva".to_owned(),
    };
    let created = if draw.mille("converted", 40) {
        format!("{YEAR}-03-{:02}T11:30:00Z", life.day)
    } else {
        format!("{YEAR}-02-20T19:00:00Z")
    };
    let slug = life.person.slug("");
    let (after, before) = (format!("{YEAR}-03-29T09:00:00Z"), format!("{YEAR}-03-02T09:00:00Z"));
    let replaced = draw.mille("new contract", 20).then(|| json!({"field": "phone", "at": after}));
    // Whoever has moved and still has the old papers has told so.
    let told = life.has_old_document().then(|| json!({"field": "address", "at": before}));
    json!({
        "identity_check": draw.mille("identity check", 800).then(|| json!({
            "status": draw.pick("check status", &["verified", "verified", "verified", "pending"]).unwrap_or(&"verified"),
            "name": life.person.name(if draw.mille("check full", 300) { Form::Full } else { Form::Capitals }, draw.mille("check romanised", 600)),
            "email": life.email(),
            "phone": phones::own(life, false).map(|(_, (_, international))| phones::e164(international)),
            "image": "clear",
            "misspelt": false,
        })),
        "checks": [
            {"kind": "education", "subject": school, "result": asked("school asked")},
            {"kind": "employment", "subject": job, "result": asked("employer asked")},
            {"kind": "employer", "subject": job, "result": asked("employer looked up")},
            {"kind": "reference", "subject": job, "result": asked("referee asked")},
        ],
        "files": [
            {"kind": "cv", "author": author, "created": created, "hidden_text": draw.mille("hidden layer", 10), "posting_share": f64::from(draw.between("posting", 0, 20)) / 100.0},
        ],
        "links": [{"url": format!("https://{slug}.example/work"), "state": if draw.mille("dead link", 30) { "broken" } else { "working" }}],
        "changes": replaced.into_iter().chain(told).collect::<Vec<_>>(),
    })
}

/// What interviewers note of honest people, too.
const SEEN: [&str; 4] = ["calls_back_only", "avoids_camera", "unreachable_in_hours", "portfolio_thin"];

/// An interview and an offer.
fn later(life: &Life<'_>) -> Value {
    let draw = life.draw;
    let seen = draw.mille("something noted", 40).then(|| draw.pick("noted", &SEEN).copied()).flatten();
    let noted = seen.map(|code| json!({"code": code, "stage": "interview", "at": format!("{YEAR}-04-02T09:00:00Z")}));
    let own = life.person.name(Form::Usual, draw.mille("account romanised", 500));
    // One in thirty is paid to an account that they hold together with somebody.
    let partner = if draw.mille("joint account", 33) { life.person.stranger(life.locale, draw) } else { None };
    let holders = partner.map_or(own.clone(), |partner| format!("{own} / {}", partner.name(Form::Usual, false)));
    json!({
        "observations": noted.map(|noted| vec![noted]).unwrap_or_default(),
        "offer": draw.mille("offer", 600).then(|| json!({
            "made": format!("{YEAR}-04-05T09:00:00Z"),
            "payment": "bank",
            "account_holder": holders,
            "account_country": life.locale.country,
            "account_of_others": 0,
            "ship_to": place_of(life, "home"),
            "ship_kind": if draw.mille("shipped to work", 20) { "business" } else { "residential" },
            "ship_of_others": 0,
        })),
        "review": {"outcome": "unreviewed"},
    })
}

/// Adds all of it to an application.
pub fn add(life: &Life<'_>, application: &mut Value) {
    let draw = life.draw;
    let mut parts = vec![answers(life), later(life)];
    if draw.mille("lookups", 900) {
        parts.push(lookups(life));
    }
    if draw.mille("sessions", 900) {
        let hour = draw.between("hour", 5, 18);
        let mut sessions = vec![session(life, "first", hour)];
        if draw.mille("two sessions", 600) {
            sessions.push(session(life, "second", hour + 2));
        }
        parts.push(json!({"sessions": sessions}));
    }
    if let Value::Object(fields) = application {
        for part in parts {
            if let Value::Object(more) = part {
                fields.extend(more);
            }
        }
    }
}
