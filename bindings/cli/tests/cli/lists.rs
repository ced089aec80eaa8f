//! `--list`: rows of the user instead of those of the ruleset, or beside them.

use crate::harness::Place;

#[test]
fn an_unknown_list_is_a_usage_error_that_names_the_near_one() {
    let place = Place::with_rules();
    place.file("a.json", "{}").file("x.txt", "a.example\n");
    let run = place.run(&["screen", "-r", "rules", "--list", "disposable_domain=x.txt", "a.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    let expected = "error: `--list disposable_domain=x.txt`: ruleset `rules` has no list or table `disposable_domain`; did you mean `disposable_domains`?\n";
    assert_eq!(run.stderr, expected);
}

#[test]
fn a_row_that_does_not_fit_is_told_with_its_file_and_line() {
    let place = Place::with_rules();
    let rules = std::fs::read_to_string(place.path("rules/contact.indicia")).unwrap();
    let declared = "\ntable firms by name: organisation { founded: date } empty \"Founding dates\"\n\nlist numbers: phone empty \"Numbers\"\n";
    place.file("rules/contact.indicia", format!("{rules}{declared}")).file("a.json", "{}");
    place.file("n.txt", "# numbers\n+442079460958\n\nnone\n+442079460959\n12\n");
    place.file("f.csv", "name,founded\nAcme,1999\nBolt,soon\nacme,2001\n");
    let run = place.run(&["screen", "-r", "rules", "--list", "numbers=n.txt", "a.json"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    let expected = "error: `--list numbers=n.txt`: n.txt:4: entry of `numbers`: `none` is no phone number with country code\n  n.txt:6: entry of `numbers`: `12` is no phone number with country code\n";
    assert_eq!(run.stderr, expected);
    let run = place.run(&["screen", "-r", "rules", "--list", "firms=f.csv", "a.json"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains(": f.csv:3: entry of `firms`: `soon` is no date"), "{}", run.stderr);
    assert!(run.stderr.contains("\n  f.csv:4: key `acme` of `firms` stands twice"), "{}", run.stderr);
    let run = place.run(&["screen", "-r", "rules", "--list", "firms=n.txt", "a.json"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("`firms` is a table, its rows have columns"), "{}", run.stderr);
}

#[test]
fn replaced_rows_are_counted() {
    let place = Place::with_rules();
    place.file("a.json", "{\"id\": \"1\"}").file("x.txt", "a.example\n");
    let run = place.run(&["screen", "-r", "rules", "--list", "disposable_domains=x.txt", "a.json"]);
    assert_eq!(run.code, 0);
    let shipped = std::fs::read_to_string(place.path("rules/lists/disposable_domains.txt")).unwrap();
    let count = shipped.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
    let expected = format!("`disposable_domains`: your 1 row replaces {count} shipped ones\n1 record");
    assert!(run.stderr.starts_with(&expected), "{}", run.stderr);
}

#[test]
fn rows_may_be_added_to_the_shipped_ones() {
    let place = Place::with_rules();
    let email = |domain: &str| format!("{{\"id\": \"1\", \"form\": {{\"email\": \"a@{domain}\"}}}}\n");
    place.file("a.jsonl", email("throwaway.example") + &email("own.example")).file("own.txt", "own.example\n");
    let raised = |list: &str| {
        let run = place.run(&["screen", "-r", "rules", "-f", "jsonl", "--list", list, "a.jsonl"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let raised = run.rows().iter().map(|row| row["raised"].as_array().unwrap().len()).collect::<Vec<_>>();
        (raised, run.stderr)
    };
    let count = std::fs::read_to_string(place.path("rules/lists/disposable_domains.txt")).unwrap();
    let count = count.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
    let (found, stderr) = raised("disposable_domains=own.txt");
    assert_eq!(found, [0, 1], "{stderr}");
    let (found, stderr) = raised("disposable_domains+=own.txt");
    assert_eq!(found, [1, 1], "{stderr}");
    let expected = format!("`disposable_domains`: your 1 row is added to {count} shipped ones\n");
    assert!(stderr.starts_with(&expected), "{stderr}");
    place.file("rules/lists/disposable_domains.txt", "throwaway.example\n");
    let (_, stderr) = raised("disposable_domains=own.txt");
    assert!(stderr.starts_with("`disposable_domains`: your 1 row replaces 1 shipped one\n"), "{stderr}");
    let run = place.run(&["screen", "-r", "rules", "--list", "disposable_domains", "a.jsonl"]);
    let expected = "error: `--list disposable_domains`: expected NAME=FILE or NAME+=FILE\n";
    assert_eq!((run.code, run.stderr.as_str()), (2, expected));
}

#[test]
fn a_row_that_is_added_twice_is_told_with_its_line() {
    let place = Place::with_rules();
    let rules = std::fs::read_to_string(place.path("rules/contact.indicia")).unwrap();
    let declared = "\ntable firms by name: organisation { founded: date, offices: list of text } from \"lists/firms.csv\" \"Founding dates\"\n";
    place.file("rules/contact.indicia", format!("{rules}{declared}")).file("a.json", "{\"id\": \"1\"}");
    place.file("rules/lists/firms.csv", "name,founded,offices,remark\nAcme,1999,Leeds;York,old\n");
    place.file("f.csv", "name,founded\nBolt,2001\nACME,2002\n").file("g.csv", "name,founded\nBolt,2001\n");
    let run = place.run(&["screen", "-r", "rules", "--list", "firms+=f.csv", "a.json"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains(": f.csv:3: key `ACME` of `firms` stands twice"), "{}", run.stderr);
    let run = place.run(&["screen", "-r", "rules", "--list", "firms+=g.csv", "--list", "firms+=f.csv", "a.json"]);
    assert!(run.stderr.contains(": f.csv:2: key `Bolt` of `firms` stands twice"), "{}", run.stderr);
    let run = place.run(&["screen", "-r", "rules", "--list", "firms+=g.csv", "a.json"]);
    assert!(run.stderr.starts_with("`firms`: your 1 row is added to 1 shipped one\n"), "{}", run.stderr);
}
