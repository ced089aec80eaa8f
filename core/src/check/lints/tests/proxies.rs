//! W0708.

use super::{assert_fires, assert_quiet, of_clauses};

const LISTS: &str = "list given: text empty\ntable firms by name: text { region: text, country: country, names: list of text, bad: bool } empty";

fn fires(clauses: &str, place: &str) {
    let found = of_clauses(LISTS, clauses);
    let found: Vec<&(String, String)> = found.iter().filter(|(code, _)| code != "W0702").collect();
    assert_eq!(found, [&("W0708".to_owned(), place.to_owned())], "{clauses}");
}

fn quiet(clauses: &str) {
    let found = of_clauses(LISTS, clauses);
    assert!(found.iter().all(|(code, _)| code == "W0702"), "{clauses}: {found:?}");
}

#[test]
fn names_held_against_names_are_told() {
    for condition in [
        "form.name in given",
        "form.first_name in given",
        "form.name matches /kim/i",
        "form.name.raw matches /kim/i",
        "form.name mentions \"Kim\"",
        "(form.name ?? resume.name) same as \"x\"",
        "form.name in (\"a\", \"b\")",
        "form.name within 1 edit of \"Kim\"",
    ] {
        fires(&format!("when {condition}"), condition);
    }
    fires("when any w in form.name.words: w in given", "w in given");
    fires("for any f in firms\n when form.name mentions f.name", "form.name mentions f.name");
    fires("for any f in firms\n when form.first_name in f.names", "form.first_name in f.names");
    fires("when firms[form.name] is present", "form.name");
    fires("when firms[form.name].region same as \"x\"", "form.name");
    fires("when firms[form.name].region same as t", "form.name");
}

#[test]
fn names_compared_with_each_other_are_left_alone() {
    quiet("when not form.name agrees with resume.name");
    quiet("when no w in form.name.words: form.email.local contains w");
    quiet("when form.name is missing");
    assert_quiet("list denied: hash of person empty", "when form.name in denied");
    quiet("for any w in form.work\n when firms[w.name].bad");
}

#[test]
fn places_and_nationalities_in_lists_are_told() {
    for condition in [
        "form.location.postal_code in given",
        "form.location.postal_code starts with \"90\"",
        "form.location.region in (\"x\", \"y\")",
        "form.location.region matches /x/",
        "firms[form.location.postal_code] is present",
        "firms[form.location.region].bad",
        "form.nationality == DE",
        "form.nationality != DE",
        "form.location.country in (DE, FR)",
        "form.location.country == \"Germany\"",
        "form.location.country.name contains \"land\"",
    ] {
        fires(&format!("when {condition}"), condition);
    }
    fires("for any f in firms\n when form.location.country == f.country", "form.location.country == f.country");
    fires("when n > 1\n unless known form.location.country == DE", "form.location.country == DE");
}

#[test]
fn places_checked_against_each_other_are_left_alone() {
    quiet("when form.location.country != resume.location.country");
    quiet("when form.location.region same as firms[form.location.postal_code].region");
    quiet("when form.phone.country != form.location.country");
    quiet("when form.phone.country == DE");
    quiet("when any s in sessions: s.country in (KP)");
    quiet("when any s in sessions: s.country != form.location.country");
}

#[test]
fn schools_abroad_and_languages_are_told() {
    let school = "when any e in form.education: e.country";
    fires(&format!("{school} != form.location.country"), "e.country != form.location.country");
    fires(&format!("{school} == DE"), "e.country == DE");
    quiet(&format!("{school} == resume.education.first.country"));
    fires(
        "when any e in form.education: firms[e.institution].country != form.location.country",
        "firms[e.institution].country != form.location.country",
    );
    fires("when locale == \"ko\"", "locale == \"ko\"");
    fires("when \"Korean\" in form.languages", "\"Korean\" in form.languages");
    fires("when any l in form.languages: l same as \"Korean\"", "l same as \"Korean\"");
    fires("when any s in sessions: s.locale starts with \"ko\"", "s.locale starts with \"ko\"");
    quiet("when any s in sessions: s.locale != locale");
}

#[test]
fn gaps_between_jobs_are_told() {
    let pair = "for any v in form.work, w in form.work\n when";
    for condition in [
        "w.start - v.end > 6 months",
        "6 months < w.start - v.end",
        "w.start > v.end + 6 months",
        "w.start - 6 months > v.end",
        "not w.start - v.end <= 6 months",
    ] {
        fires(&format!("{pair} {condition}"), condition.trim_start_matches("not "));
    }
    let idle = "as_of - latest(w in form.work: w.end) > 1 year";
    fires(&format!("when {idle}"), idle);
    fires("when gap_months > 6", "gap_months > 6");
    quiet(&format!("{pair} w.end - v.start > 6 months"));
    quiet(&format!("{pair} w.start > v.end"));
    quiet(&format!("{pair} w.start - v.start > 6 months"));
    quiet(&format!("{pair} v.end > w.start + 6 months"));
    quiet("for any v in form.work\n when v.end < v.start + 6 months");
}

#[test]
fn ages_are_told() {
    let years = "for any e in form.education\n when";
    for condition in [
        "as_of - e.end > 20 years",
        "as_of.year - e.end.year > 20",
        "e.end < as_of - 20 years",
        "e.end + 20 years < as_of",
        "submitted.date - e.end > 20 years",
        "e.end.year < 1990",
        "e.start < @1990",
    ] {
        fires(&format!("{years} {condition}"), condition);
    }
    fires("when birth < @1990", "birth < @1990");
    fires("when as_of - birth > 50 years", "as_of - birth > 50 years");
    fires("when form.age > 50", "form.age > 50");
    quiet(&format!("{years} e.end < e.start"));
    quiet(&format!("{years} e.end < e.start + 18 months"));
    quiet(&format!("{years} e.start > as_of"));
    quiet(&format!("{years} e.start > as_of + 1 year"));
    quiet("when form.age != resume.age");
    quiet("when as_of - earliest(w in form.work: w.start) > 5 years");
}

#[test]
fn only_a_justification_silences() {
    quiet("justified \"the licence asks for it\"\n when form.nationality == DE");
    assert_fires("W0708", "let abroad = form.location.country != DE", "when abroad", "form.location.country != DE");
}
