//! Documents of other systems: which mapping reads them, folders of CSV files, and the protected keys that are dropped.

use crate::harness::{Place, Run};
use std::path::Path;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/mappings");

fn case(file: &str) -> String {
    std::fs::read_to_string(Path::new(CASES).join(file)).unwrap()
}

/// The same on one line, for JSON Lines.
fn line(file: &str) -> String {
    serde_json::from_str::<serde_json::Value>(&case(file)).unwrap().to_string()
}

fn note(run: &Run) -> Option<&str> {
    run.stderr.lines().find(|line| line.starts_with("protected keys"))
}

/// A member's archive as the network gives it, with files that no mapping reads.
fn archive(place: &Place, folder: &str) {
    let file = |name: &str, text: &str| {
        place.file(&format!("{folder}/{name}"), text);
    };
    file(
        "Profile.csv",
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers\n\
         Basil,Supposed,Formerly,,\"Feb 3, 1988\",Engineer,\"Keeps things\nrunning.\",Software,LS1 4AP,\"Leeds, United Kingdom\",,,\n",
    );
    file(
        "Positions.csv",
        "Company Name,Title,Description,Location,Started On,Finished On\r\nUmber Relay,Engineer,,Leeds,Jun 2021,\r\nSaffron Quay,Administrator,,,Sep 2031,May 2021\r\n",
    );
    file(
        "Email Addresses.csv",
        "Notes:\n\"Some are missing.\"\n\nEmail Address,Confirmed,Primary,Updated On\nbasil@example.org,Yes,Yes,\n",
    );
    // Neither of these is opened: they are no tables.
    file("messages.csv", "\"somebody else's words");
    file("Connections.csv", "a,b\n1\n");
    file("Jobs/Saved Jobs.csv", "\"");
}

#[test]
fn a_folder_of_csv_files_is_one_applicant() {
    let place = Place::new();
    archive(&place, "export");
    place.file("ours/ruleset.yaml", "name: ours\nversion: 0.1.0\nlanguage: 1\nextends: applicant-fraud\n");
    let rule = "language 1\nindicator probe \"Probe\" {\n  category employment\n  severity low\n  for any  w in profile.work\n  when     w.end < w.start\n  because  \"{w.name}: {w.start} to {w.end}, of {profile.name}, {profile.email}.\"\n}\n";
    place.file("ours/ours.indicia", rule);
    for mapping in ["linkedin-export", "auto"] {
        let run = place.run(&["screen", "-r", "ours", "-m", mapping, "--as-of", "2026-04-01", "-f", "jsonl", "export"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let rows = run.rows();
        assert_eq!(rows.len(), 1, "{}", run.stdout);
        let raised = rows[0]["raised"].as_array().unwrap();
        let probe = raised.iter().find(|raised| raised["indicator"] == "probe").unwrap();
        let because = "Saffron Quay: 2031-09 to 2021-05, of Basil Supposed, basil@example.org.";
        assert_eq!(probe["findings"][0]["because"], because);
        assert!(!run.stdout.contains("Formerly") && !run.stdout.contains("1988"), "{}", run.stdout);
        let expected = "protected keys dropped from 1 record: `Profile[].Birth Date` (age) 1, `Profile[].Maiden Name` (marital status) 1";
        assert_eq!(note(&run), Some(expected));
    }
    // Folders in a folder are an applicant each.
    archive(&place, "all/ann");
    archive(&place, "all/bob");
    let run = place.run(&["screen", "-m", "linkedin-export", "--as-of", "2026-04-01", "-f", "jsonl", "all"]);
    assert_eq!((run.code, run.rows().len()), (0, 2), "{}", run.stderr);
    let tree =
        place.run(&["explain", "probe", "export", "-r", "ours", "-m", "linkedin-export", "--as-of", "2026-04-01"]);
    assert!(tree.stdout.starts_with("probe: raised"), "{}{}", tree.stdout, tree.stderr);
}

#[test]
fn a_table_that_is_none_is_an_error_row_with_its_file_and_line() {
    let place = Place::new();
    archive(&place, "all/ann");
    archive(&place, "all/bob");
    place.file("all/ann/Positions.csv", "Company Name,Title\nUmber Relay,Engineer\nSaffron Quay\n");
    let run = place.run(&["screen", "-q", "-m", "linkedin-export", "--as-of", "2026-04-01", "-f", "jsonl", "all"]);
    let rows = run.rows();
    assert_eq!((run.code, rows.len(), run.stderr.as_str()), (3, 2, ""));
    let error = &rows[0]["error"];
    assert_eq!((error["reason"].as_str(), error["line"].as_u64()), (Some("csv"), Some(3)), "{error}");
    assert!(error["file"].as_str().unwrap().ends_with("Positions.csv"), "{error}");
    assert!(rows[1]["outcome"].is_string());
}

#[test]
fn each_document_is_read_by_the_mapping_that_recognises_it() {
    let place = Place::new();
    let unknown = r#"{"id": "1", "form": {"name": "Ada Example"}}"#;
    let names =
        ["greenhouse+alone", "lever-posting", "lever-opportunity+alone", "smartrecruiters", "workable", "hr-open"];
    let mut lines: Vec<String> = names.iter().map(|name| line(&format!("{name}/document.json"))).collect();
    lines.insert(2, unknown.to_owned());
    lines.insert(4, "{".to_owned());
    place.file("all.jsonl", lines.join("\n"));
    let run = place.run(&["screen", "-m", "auto", "--as-of", "2026-04-01", "-f", "jsonl", "all.jsonl"]);
    let rows = run.rows();
    assert_eq!((run.code, rows.len()), (3, 8), "{}", run.stderr);
    let ids: Vec<_> = rows.iter().map(|row| row["id"].as_str().unwrap_or("-")).collect();
    assert_eq!(ids, ["88000001", "-", "-", "250d8f03-738a-4bba-a671-8a3d73477145", "-", "-", "108d0001", "9001"]);
    let error = &rows[2]["error"];
    assert_eq!((error["reason"].as_str(), error["line"].as_u64()), (Some("mapping"), Some(3)));
    let message = "no mapping recognises this document; asked were: ashby, greenhouse, greenhouse-webhook, hr-open, json-resume, lever-opportunity, lever-posting, linkedin-export, smartrecruiters, workable";
    assert_eq!(error["message"], message);
    assert_eq!(rows[4]["error"]["reason"], "json");
    assert!(rows[5]["outcome"].is_string() && rows[1]["outcome"].is_string(), "{}", run.stdout);
}

#[test]
fn a_document_that_several_mappings_recognise_is_an_error_that_names_them() {
    let place = Place::with_rules();
    for (name, keys) in [("one", "[a]"), ("two", "[b]"), ("both", "[a, b]"), ("other", "[a, c]")] {
        let text = format!(
            "format: 1\nname: {name}\nrecognise: {keys}\nrecord: {{ id: {{ constant: {name} }}, form: {{ fields: {{ name: [a, b] }} }} }}\n"
        );
        place.file(&format!("rules/mappings/{name}.yaml"), text);
    }
    place
        .file("in.jsonl", "{\"a\": \"x\"}\n{\"a\": \"x\", \"b\": \"y\"}\n{\"a\": \"x\", \"b\": \"y\", \"c\": \"z\"}\n");
    let run = place.run(&["screen", "-q", "-r", "rules", "-m", "auto", "-f", "jsonl", "in.jsonl"]);
    let rows = run.rows();
    assert_eq!((rows[0]["id"].as_str(), rows[1]["id"].as_str()), (Some("one"), Some("both")), "{}", run.stdout);
    let message = "several mappings recognise this document: both, one, other, two; name one";
    assert_eq!(rows[2]["error"]["message"], message);
}

#[test]
fn a_ruleset_that_recognises_nothing_is_an_error_of_usage() {
    let place = Place::with_rules();
    place.file("in.json", "{}");
    let run = place.run(&["screen", "-r", "rules", "-m", "auto", "in.json"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("`--mapping auto`: no mapping of ruleset `rules` says by what it recognises"),
        "{}",
        run.stderr
    );
}

#[test]
fn dropped_keys_are_counted_and_never_told_with_a_value() {
    let place = Place::new();
    let one = line("hr-open/document.json");
    place
        .file("in.jsonl", format!("{one}\n{one}\n{}", line("lever-posting/document.json")))
        .file("key", "0123456789abcdef");
    let screen = ["screen", "-m", "auto", "--as-of", "2026-04-01", "-f", "jsonl", "in.jsonl"];
    let run = place.run(&screen);
    let expected = "protected keys dropped from 3 records: `additionalPersonInformation.4711.eeoDisability` (disability) 2, \
        `additionalPersonInformation.4711.eeoRace` (race) 2, `additionalPersonInformation.4711.eeoVeteran` (veteran status) 2, \
        `additionalPersonInformation.4711.overEighteen` (age) 2, `eeo` (self-identification) 1, `person.citizenShip` (citizenship) 2, \
        `person.gender` (sex) 2";
    assert_eq!((run.code, note(&run)), (0, Some(expected)), "{}", run.stderr);
    assert!(!run.stdout.contains("Female") && !run.stderr.contains("Female"));
    // Where values are hidden, so are the keys that stand around them.
    let redacted = place.run(&[&screen[..], &["--redact-key", "key"]].concat());
    let expected = "protected keys dropped from 3 records: age 2, citizenship 2, disability 2, race 2, self-identification 1, sex 2, veteran status 2";
    assert_eq!(note(&redacted), Some(expected));
    assert_eq!(place.run(&[&screen[..], &["-q"]].concat()).stderr, "");
    place.file("plain.json", r#"{"id": "1", "form": {}}"#);
    assert_eq!(note(&place.run(&["screen", "plain.json"])), None);
}

#[test]
fn documents_of_one_applicant_stand_in_a_folder() {
    let place = Place::new();
    place.file("ashby/candidate.json", case("ashby/document.candidate.json"));
    place.file("ashby/client_info.json", case("ashby/document.client_info.json"));
    for mapping in ["ashby", "auto"] {
        let run = place.run(&["screen", "-m", mapping, "-f", "jsonl", "ashby"]);
        assert_eq!((run.code, run.rows().len()), (0, 1), "{}", run.stderr);
        assert_eq!(run.rows()[0]["id"], "f9e52a51-a075-4116-a7b8-000000000001");
        assert!(!run.stdout.contains("{\"path\":\"sessions\",\"reason\":\"missing\"}"), "{}", run.stdout);
    }
    place.file("ashby/notes.json", "{}");
    let run = place.run(&["screen", "-q", "-m", "ashby", "-f", "jsonl", "ashby"]);
    let message = "mapping has no document `notes`; it knows: candidate, client_info";
    assert_eq!((run.code, &run.rows()[0]["error"]["message"]), (3, &message.into()));
}

#[test]
fn the_list_of_mappings_tells_documents_and_what_they_are_recognised_by() {
    let place = Place::with_rules();
    let run = place.run(&["mappings"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    let at = lines.iter().position(|line| line.starts_with("ashby ")).unwrap();
    assert_eq!(
        lines[at].trim_start_matches("ashby").trim(),
        "Ashby, a candidate and optionally the client information"
    );
    assert_eq!(lines[at + 1].trim(), "documents: candidate, client_info");
    let by = "recognised by: candidate.emailAddresses, candidate.phoneNumbers, candidate.socialLinks, candidate.applicationIds";
    assert_eq!(lines[at + 2].trim(), by);
    let names = lines.iter().filter(|line| !line.starts_with(' ')).count();
    assert_eq!(names, 10, "{}", run.stdout);
    place.file("rules/mappings/bad.yaml", "format: 1\nname: bad\nrecord: { id: a..b }\n");
    let run = place.run(&["mappings", "-r", "rules"]);
    assert_eq!(run.stdout, "bad\n     can't be used: `record.id`: `a..b` is no path: a key is missing\n");
}
