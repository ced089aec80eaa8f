//! Short forms of given names: `core/data/nicknames.csv` and `nicknames_further.csv`, whose sources and licences stand in their
//! first lines.

use std::collections::HashMap;
use std::sync::LazyLock;

static SHORT_FORMS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let files = [include_str!("../../data/nicknames.csv"), include_str!("../../data/nicknames_further.csv")];
    let lines = files.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#'));
    let mut forms: HashMap<&str, Vec<&str>> = HashMap::new();
    for (name, short) in lines.filter_map(|line| line.split_once(',')) {
        forms.entry(name).or_default().extend(short.split(','));
    }
    forms
});

/// Whether one of two folded words is a short form of the other.
pub(super) fn are_forms_of_one_name(a: &str, b: &str) -> bool {
    let is_short_for = |short: &str, name: &str| SHORT_FORMS.get(name).is_some_and(|forms| forms.contains(&short));
    is_short_for(a, b) || is_short_for(b, a)
}
