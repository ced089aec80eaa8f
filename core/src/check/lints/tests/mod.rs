//! What each lint fires on, and what it leaves alone.

mod constants;
mod exceptions;
mod outcomes;
mod proxies;
mod structure;

use crate::source::{Manifest, Sources};
use indicia_dsl::diagnostic::Diagnostic;

const RECORD: &str = r"
record claim {
  name: person, first_name: text, email: email, phone: phone, age: number, nationality: country
  location: { country: country, region: text, postal_code: text }
  languages: list of text
  education: list of { institution: organisation, country: country, start: date, end: date }
  work: list of { name: organisation, start: date, end: date, contract: one of (full, part), highlights: list of text }
}
record application {
  submitted: instant
  n: number, m: number, p: bool, t: text, d: date, later: date, i: instant, locale: text, gap_months: number
  color: one of (red, green, blue)
  form: claim, resume: claim
  birth: date
  sessions: list of { at: instant, country: country, locale: text }
}
";

const DECIDE: &str = "decide { categories contact\n weights info 1, low 5, medium 12, high 25\n \
    outcomes clear, review\n outcome review when score >= 5 }\n";

const TEXTS: &str = "because \"x\"\n verify \"x\"\n caution \"x\"\n source \"x\"";

fn ruleset(items: &str, clauses: &str) -> String {
    format!(
        "language 1\n{RECORD}{items}\nindicator probe \"P\" {{\n category contact\n severity low\n {clauses}\n {TEXTS}\n}}\n{DECIDE}"
    )
}

/// Code and text under the primary label of all warnings; errors fail the test.
fn told(text: &str) -> Vec<(String, String)> {
    let found = crate::ruleset::check(&Sources::single(text));
    found.iter().map(|diagnostic| described(diagnostic, text)).collect()
}

fn described(diagnostic: &Diagnostic, text: &str) -> (String, String) {
    assert!(!diagnostic.is_error(), "{} in {text}", diagnostic.message);
    let span = diagnostic.labels[0].span;
    (diagnostic.code.to_string(), text.get(span.start as usize..span.end as usize).unwrap_or_default().to_owned())
}

/// What the clauses of one indicator draw.
fn of_clauses(items: &str, clauses: &str) -> Vec<(String, String)> {
    told(&ruleset(items, clauses))
}

fn assert_fires(code: &str, items: &str, clauses: &str, place: &str) {
    assert_eq!(of_clauses(items, clauses), [(code.to_owned(), place.to_owned())], "{clauses}");
}

fn assert_quiet(items: &str, clauses: &str) {
    assert_eq!(of_clauses(items, clauses), [], "{clauses}");
}

/// A base and a ruleset that extends it.
fn extended(base: &str, own: &str) -> Vec<Diagnostic> {
    let mut sources = Sources::single(own);
    let mut of_base = Sources::single(base);
    of_base.manifest = Manifest::new("base", "1.0.0");
    sources.base = Some(Box::new(of_base));
    crate::ruleset::check(&sources)
}
