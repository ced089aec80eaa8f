//! A line of a rule cut into the pieces that a line may be broken between: its words, where quoted texts and regular
//! expressions stay whole.

/// The pieces of an expression in canonical spelling. A regular expression begins only behind `matches`.
pub(crate) fn pieces(text: &str) -> Vec<&str> {
    let mut pieces: Vec<&str> = Vec::new();
    let (mut start, mut quote, mut escaped) = (None::<usize>, None, false);
    for (at, char) in text.char_indices() {
        if let Some(open) = quote {
            if escaped {
                escaped = false;
            } else if char == '\\' {
                escaped = true;
            } else if char == open {
                quote = None;
            }
            continue;
        }
        if char.is_whitespace() {
            pieces.extend(start.take().and_then(|start| text.get(start..at)));
            continue;
        }
        let begins_regex = char == '/' && start.is_none() && pieces.last() == Some(&"matches");
        if char == '"' || begins_regex {
            quote = Some(char);
        }
        start.get_or_insert(at);
    }
    pieces.extend(start.and_then(|start| text.get(start..)));
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn texts_and_regular_expressions_stay_whole() {
        assert_eq!(
            pieces(r#"a matches /no  "one \/ b/i and b in ("x  y", "a \" b")"#),
            ["a", "matches", r#"/no  "one \/ b/i"#, "and", "b", "in", r#"("x  y","#, r#""a \" b")"#]
        );
        assert_eq!(pieces(r#"technologies["Visual Basic"].name"#), [r#"technologies["Visual Basic"].name"#]);
    }

    #[test]
    fn a_division_is_no_regular_expression() {
        assert_eq!(pieces("a / b > c / d"), ["a", "/", "b", ">", "c", "/", "d"]);
    }
}
