//! Short forms of given names: `core/data/nicknames.csv`, whose source and licence stand in its first lines.

use std::collections::HashMap;
use std::sync::LazyLock;

static SHORT_FORMS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    include_str!("../../data/nicknames.csv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(','))
        .map(|(name, short)| (name, short.split(',').collect()))
        .collect()
});

/// Whether one of two folded words is a short form of the other.
pub(super) fn are_forms_of_one_name(a: &str, b: &str) -> bool {
    let is_short_for = |short: &str, name: &str| SHORT_FORMS.get(name).is_some_and(|forms| forms.contains(&short));
    is_short_for(a, b) || is_short_for(b, a)
}
