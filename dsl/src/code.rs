//! The codes of syntax errors. Codes are public and stable; the wording of messages is not.

/// A diagnostic code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code {
    /// The stable id, such as `E0101`.
    pub id: &'static str,
    /// What it is about, in a few words.
    pub title: &'static str,
}

macro_rules! codes {
    ($($name:ident = $id:literal, $title:literal;)*) => {
        $(#[doc = concat!("`", $id, "`: ", $title, ".")]
        pub const $name: Code = Code { id: $id, title: $title };)*

        /// Every code of this crate, in order.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    UNEXPECTED = "E0101", "something else was expected here";
    SOURCE_TOO_LARGE = "E0102", "the source file is too large";
    NESTED_TOO_DEEPLY = "E0103", "an expression is nested too deeply";
    TOO_MANY_ERRORS = "E0104", "there are more syntax errors than are shown";
    INVISIBLE_CHARACTER = "E0105", "an invisible or control character";
    UNKNOWN_CHARACTER = "E0106", "a character that the language does not use";
    MISSING_LANGUAGE = "E0107", "the file does not start with its language version";
    UNKNOWN_LANGUAGE = "E0108", "an unknown language version";
    REPEATED_LANGUAGE = "E0109", "the language version stands in the wrong place";
    UNKNOWN_ITEM = "E0110", "an unknown kind of item";
    UNKNOWN_CLAUSE = "E0111", "an unknown clause";
    UNKNOWN_OPERATOR = "E0112", "an unknown operator";
    UNCLOSED_BRACKET = "E0113", "a bracket is never closed";
    STRAY_BRACKET = "E0114", "a bracket closes nothing";
    UNTERMINATED_TEXT = "E0115", "a text has no closing quote";
    UNKNOWN_ESCAPE = "E0116", "an unknown escape in a text";
    WRONG_QUOTES = "E0117", "a text in the wrong kind of quotes";
    WRONG_COMMENT = "E0118", "a comment in another language's notation";
    SYMBOL_FOR_WORD = "E0119", "a symbol where the language has a word";
    WRONG_EQUALITY = "E0120", "a wrong sign for a comparison";
    NULL_COMPARED = "E0121", "a comparison with `null`";
    MISPLACED_NOT = "E0122", "`not` in the wrong place";
    CHAINED_COMPARISON = "E0123", "a chain of comparisons";
    MIXED_LOGIC = "E0124", "`and` mixed with `or` without parentheses";
    QUANTIFIER_NOT_LAST = "E0125", "a quantifier that does not stand last, without parentheses";
    MISPLACED_REGEX = "E0126", "a regex without `matches`, or `matches` without a regex";
    UNTERMINATED_REGEX = "E0127", "a regex has no closing slash";
    UNKNOWN_REGEX_FLAG = "E0128", "an unknown letter after a regex";
    WRONG_NUMBER = "E0129", "a wrongly written number";
    WRONG_DATE = "E0130", "a wrongly written date or instant";
    WRONG_INTERPOLATION = "E0131", "a message names something that can't stand between braces";
    LONELY_BRACE = "E0132", "a single brace in a message";
    TRACKS_UNSUPPORTED = "E0133", "tracks are not part of this version";
    MISSING_SEPARATOR = "E0134", "a comma or a new line is missing";
    UNKNOWN_FUNCTION = "E0135", "an unknown function";
    INDEXED_PATH = "E0136", "something other than a table is looked up by brackets";
    VALUES_IN_BRACKETS = "E0137", "a list of values in square brackets";
    MISPLACED_ATTRIBUTE = "E0138", "a field's attributes are out of order";
}
