//! The codes of checking and linting. Codes are public API; wording is not.

use indicia_dsl::code::Code;

macro_rules! codes {
    ($($name:ident $id:literal $title:literal;)*) => {
        $(pub(crate) const $name: &str = $id;)*
        /// Every code of checking and linting.
        pub(crate) const ALL: &[Code] = &[$(Code { id: $id, title: $title },)*];
    };
}

codes! {
    UNKNOWN_FIELD "E0201" "unknown field";
    UNKNOWN_NAME "E0202" "unknown name";
    DUPLICATE_NAME "E0203" "name declared twice";
    WITHDRAWN_ID "E0204" "id of a withdrawn indicator";
    TYPE_MISMATCH "E0301" "values that can't be compared";
    BAD_LITERAL "E0302" "literal that is not of its type";
    WRONG_KIND "E0303" "expression of the wrong kind";
    NO_SUCH_PROPERTY "E0304" "property that the type does not have";
    MISSING_CLAUSE "E0401" "clause missing";
    DUPLICATE_CLAUSE "E0402" "clause given twice";
    CYCLE "E0403" "names that refer to each other";
    BAD_DECIDE "E0404" "decision that does not hold together";
    PROTECTED "E0405" "protected field without justification";
    BAD_ADJUST "E0406" "adjustment of something that is not there";
    BAD_RECORD "E0407" "record that can't be laid out";
    BAD_DATA "E0501" "list or table that can't be read";
    BAD_ROW "E0502" "row that does not fit its list or table";
    BAD_MANIFEST "E0503" "manifest that can't be read";
    TOO_LARGE "E0601" "limit exceeded";
    BAD_REGEX "E0602" "regular expression that can't be used";
    ALWAYS "W0701" "condition that is always true or false";
    UNUSED "W0702" "declaration that nothing uses";
    UNREACHABLE_OUTCOME "W0703" "outcome that can't be reached";
    UNLESS_UNKNOWN "W0704" "exception on a fact that is often missing";
    ASYMMETRIC_PAIR "W0705" "condition over a pair that depends on its order";
    INCOMPLETE_INDICATOR "W0706" "indicator without message, next step, caution or source, or adjustment without reason";
    MATCHES_EVERYTHING "W0707" "regular expression that matches everything";
    PROXY "W0708" "proxy of a protected attribute";
    EMPTY_ALL "W0709" "`all` without a companion `any`";
    READS_SHADOW "W0710" "active condition that reads a shadow indicator";
    NO_CASES "W0711" "indicator without cases";
}
