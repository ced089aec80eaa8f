//! The codes of files: what can be wrong before a rule is looked at. Codes are public API; wording is not.

use indicia_dsl::code::Code;

macro_rules! codes {
    ($($name:ident $id:literal $title:literal;)*) => {
        $(pub(crate) const $name: &str = $id;)*
        /// Every code of files.
        pub(crate) const ALL: &[Code] = &[$(Code { id: $name, title: $title },)*];
    };
}

codes! {
    BAD_COLUMN "E0504" "column without a name, or with a name twice";
    RAGGED_ROW "E0505" "row with more or fewer cells than there are columns";
    BAD_TABLE "E0506" "table that is no CSV";
    BAD_YAML "E0507" "YAML that can't be read";
    NO_RULE_FILE "E0508" "rule file that is not there";
    NO_BASE "E0509" "ruleset to extend that is not there";
    BAD_CASE "E0510" "case that does not hold together";
}
