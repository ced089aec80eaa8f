//! Tests of finding a field's key in the input.

use crate::cases::monotone::Syntax;
use crate::source::Sources;

#[test]
fn names_lead_to_keys_through_lists_and_inline_records() {
    let rules = "language 1\nrecord job { start: date from \"startDate\", tags: list of text }\nrecord application { at: instant from \"submitted\", resume: { jobs: list of job from \"work\", more: list of { a: text from \"b\", b: text from \"c\" } } }\nextend record job { end: date from \"endDate\" }\n";
    let syntax = Syntax::of(&Sources::single(rules));
    for (path, key) in [
        ("at", "submitted"),
        ("submitted", "submitted"),
        ("resume.jobs[1].start", "resume.work[1].startDate"),
        ("resume.work[1].startDate", "resume.work[1].startDate"),
        ("resume.jobs[0].end", "resume.work[0].endDate"),
        ("resume.jobs[0].tags[2]", "resume.work[0].tags[2]"),
        ("resume.more[0].a", "resume.more[0].b"),
        ("resume.more[0].b", "resume.more[0].c"),
        ("unknown.start", "unknown.start"),
    ] {
        assert_eq!(syntax.names.read(path).unwrap().to_string(), key, "{path}");
    }
    assert!(syntax.names.read("table[\"x\"].y").is_none());
}
