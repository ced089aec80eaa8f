//! A file as hostile as files get, through the embedded ruleset: one row for each record, and the rest goes on.

use crate::harness::Place;

const GOOD: &str = r#"{"id": "good", "submitted": "2026-03-02T09:00:00Z", "form": {"name": "Mira Talbot"}}"#;

/// Bytes of a line, and what its row says: an outcome or the reason of the error.
fn lines() -> Vec<(Vec<u8>, &'static str)> {
    let deep = format!(r#"{{"id": "deep", "form": {}1{}}}"#, "[".repeat(5000), "]".repeat(5000));
    let long = format!(r#"{{"id": "long", "resume": {{"summary": "{}"}}}}"#, "x".repeat(20 * 1024 * 1024));
    vec![
        (GOOD.into(), "clear"),
        (GOOD.chars().take(60).collect::<String>().into_bytes(), "json"),
        (GOOD.into(), "clear"),
        (
            br#"{"id": "types", "form": {"phone": 5, "work": "none", "location": []}, "sessions": {"ip": true}}"#
                .to_vec(),
            "clear",
        ),
        (long.into_bytes(), "too_large"),
        (GOOD.into(), "clear"),
        (b"{\"id\": \"bytes\", \"form\": {\"name\": \"\xff\xfe\"}}".to_vec(), "utf8"),
        (deep.into_bytes(), "too_deep"),
        (br#""only a text""#.to_vec(), "not_a_record"),
        (GOOD.into(), "clear"),
    ]
}

#[test]
fn a_hostile_file_gives_one_row_for_each_record() {
    let place = Place::new();
    let file: Vec<Vec<u8>> = lines().into_iter().map(|(line, _)| line).collect();
    place.file("hostile.jsonl", file.join(&b'\n'));
    let run = place.run(&["screen", "--format", "jsonl", "hostile.jsonl"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    let rows = run.rows();
    let word =
        |row: &serde_json::Value| row["outcome"].as_str().or(row["error"]["reason"].as_str()).unwrap_or("?").to_owned();
    let told: Vec<String> = rows.iter().map(word).collect();
    let expected: Vec<&str> = lines().into_iter().map(|(_, word)| word).collect();
    assert_eq!(told, expected, "{}", run.stderr);
    for (row, number) in rows.iter().zip(1..) {
        if row["error"].is_object() {
            assert_eq!((&row["error"]["file"], &row["error"]["line"]), (&"hostile.jsonl".into(), &number.into()));
        }
    }
    // A wrong type stops nothing: it is listed under `problems`.
    let problems: Vec<&str> =
        rows[3]["problems"].as_array().unwrap().iter().filter_map(|p| p["path"].as_str()).collect();
    assert_eq!(problems, ["form.phone", "form.location", "form.work", "sessions"]);
}
