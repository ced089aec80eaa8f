//! What is wrong with a YAML document, in plain words: the reader's own speak of its options and types.

use super::{MAX_DEPTH, MAX_NODES};
use crate::input::{Fault, Reason};
use serde_saphyr::Error;
use serde_saphyr::budget::BudgetBreach;

/// A message, and the same without text of the input where it quotes some.
struct Said {
    message: String,
    bare: Option<&'static str>,
}

/// The fault that an error of the reader is. The reader says the line within the document; the row says the line within
/// the file.
pub(super) fn fault(error: &Error) -> Fault {
    let said = said(error.without_snippet());
    let (line, head) = match error.location() {
        Some(place) => (Some(place.line()), format!("invalid YAML at column {}", place.column())),
        None => (None, "invalid YAML".to_owned()),
    };
    let message = format!("{head}: {}", said.message);
    let fault = match said.bare {
        None => Fault::new(Reason::Yaml, message),
        Some("") => Fault::quoting(Reason::Yaml, message, head),
        Some(bare) => Fault::quoting(Reason::Yaml, message, format!("{head}: {bare}")),
    };
    line.map_or(fault.clone(), |line| fault.at(line))
}

fn said(error: &Error) -> Said {
    let plain = match error {
        Error::AliasError { error, .. } => return said(error),
        Error::DuplicateMappingKey { key: Some(key), .. } => {
            return quoting(format!("key `{key}` stands twice"), "a key stands twice");
        }
        Error::NonFiniteFloat { value, .. } => {
            return quoting(
                format!("`{value}` is no number that a record can hold"),
                "a number that a record can't hold",
            );
        }
        Error::DuplicateMappingKey { .. } => "a key stands twice",
        Error::MultipleDocuments { .. } => "a second document: the `---` between documents stands on a line of its own",
        Error::Unexpected { expected: "string scalar", .. } | Error::NullIntoString { .. } => "a key is no text",
        Error::InvalidScalar { .. } | Error::InvalidBooleanStrict { .. } => "the value does not fit its tag",
        Error::InvalidBinaryBase64 { .. } | Error::BinaryNotUtf8 { .. } => "the value behind `!!binary` is no text",
        Error::MergeValueNotMapOrSeqOfMaps { .. } => "`<<` takes a mapping or a list of mappings",
        Error::RecursiveReferencesRequireWeakTypes { .. } => "an alias stands within what it refers to",
        Error::UnknownAnchor { .. } => "an alias refers to an anchor that is not there",
        Error::Budget { breach, .. } => return beyond(breach),
        Error::AliasReplayLimitExceeded { .. } | Error::AliasExpansionLimitExceeded { .. } => return too_many_values(),
        Error::AliasReplayStackDepthExceeded { .. } => return too_deep(),
        other => return of_syntax(&other.to_string()),
    };
    Said { message: plain.to_owned(), bare: None }
}

fn quoting(message: String, bare: &'static str) -> Said {
    Said { message, bare: Some(bare) }
}

fn beyond(breach: &BudgetBreach) -> Said {
    let message = match breach {
        BudgetBreach::Depth { .. } => return too_deep(),
        BudgetBreach::Aliases { .. } | BudgetBreach::AliasAnchorRatio { .. } => "too many aliases",
        BudgetBreach::Anchors { .. } => "too many anchors",
        BudgetBreach::MergeKeys { .. } => "too many `<<`",
        _ => return too_many_values(),
    };
    Said { message: message.to_owned(), bare: None }
}

fn too_deep() -> Said {
    Said { message: format!("nested deeper than the limit of {MAX_DEPTH} levels"), bare: None }
}

fn too_many_values() -> Said {
    let message = format!(
        "more than the limit of {MAX_NODES} values in a document, those that aliases repeat included; give many records as JSON Lines, or each as a document of its own behind `---`"
    );
    Said { message, bare: None }
}

/// Syntax errors come as text, with their own place behind them and perhaps with text of the document.
fn of_syntax(text: &str) -> Said {
    let line = text.lines().next().unwrap_or_default();
    let line = line.split(" at line ").next().unwrap_or_default().trim_end_matches('.');
    if line == "recursion limit exceeded" {
        return too_deep();
    }
    if let Some(char) = line.strip_prefix("unexpected character: `") {
        let char = char.strip_suffix('\'').unwrap_or(char);
        return quoting(format!("unexpected character `{char}`"), "unexpected character");
    }
    quoting(line.to_owned(), if line.starts_with("unsupported tag") { "unsupported tag" } else { "" })
}

#[cfg(test)]
mod tests {
    use crate::input::yaml::value;

    /// What is said of a document, and what of it when nothing may be quoted.
    fn told(text: &str) -> (String, String) {
        let fault = value(text.as_bytes()).unwrap_err();
        (fault.message.clone(), fault.bare().message)
    }

    fn both(message: &str) -> (String, String) {
        (message.to_owned(), message.to_owned())
    }

    #[test]
    fn messages_speak_of_the_document_and_not_of_the_reader() {
        for (text, said) in [
            ("a: &a [*a]", "invalid YAML at column 8: an alias stands within what it refers to"),
            ("a: *b", "invalid YAML at column 4: an alias refers to an anchor that is not there"),
            ("? [x]\n: 1", "invalid YAML at column 3: a key is no text"),
            ("null: 1", "invalid YAML at column 1: a key is no text"),
            ("a: !!int foo", "invalid YAML at column 10: the value does not fit its tag"),
            ("<<: 5", "invalid YAML at column 5: `<<` takes a mapping or a list of mappings"),
            (
                "a: 1\n--- {b: 2}\n",
                "invalid YAML at column 5: a second document: the `---` between documents stands on a line of its own",
            ),
        ] {
            assert_eq!(told(text), both(said), "{text}");
        }
        let deep = format!("{}1{}", "[".repeat(70), "]".repeat(70));
        assert_eq!(told(&deep), both("invalid YAML at column 65: nested deeper than the limit of 64 levels"));
        let deep = (0..70).map(|level| " ".repeat(level)).collect::<Vec<_>>().join("a:\n");
        assert_eq!(told(&deep), both("invalid YAML at column 65: nested deeper than the limit of 64 levels"));
        assert_eq!(
            told(&format!("x: &a 1\ny:\n{}", "- *a\n".repeat(60_000))).0,
            "invalid YAML at column 3: too many aliases"
        );
        let (long, bare) = told(&"- 1\n".repeat(250_001));
        assert!(long.contains("more than the limit of 250000 values") && long.contains("JSON Lines"), "{long}");
        assert_eq!(long, bare);
    }

    #[test]
    fn a_bare_message_quotes_nothing_of_the_document() {
        for (text, said, bare) in [
            (
                "a: 1\na: 2",
                "invalid YAML at column 1: key `a` stands twice",
                "invalid YAML at column 1: a key stands twice",
            ),
            (
                "x: !Ann_Lee 1",
                "invalid YAML at column 13: unsupported tag `!Ann_Lee`",
                "invalid YAML at column 13: unsupported tag",
            ),
            (
                "a: 1e999",
                "invalid YAML at column 4: `1e999` is no number that a record can hold",
                "invalid YAML at column 4: a number that a record can't hold",
            ),
            (
                "@x: 1",
                "invalid YAML at column 1: unexpected character `@`",
                "invalid YAML at column 1: unexpected character",
            ),
            ("a: {", "invalid YAML at column 4: unclosed bracket '{'", "invalid YAML at column 4"),
        ] {
            assert_eq!(told(text), (said.to_owned(), bare.to_owned()));
        }
    }
}
