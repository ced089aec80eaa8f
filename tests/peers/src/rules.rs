//! The rules in Indicia, `../rules`.

use crate::{Refs, Set};
use indicia::{Rows, Ruleset, Sources};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;

/// The names of the rules, by number.
pub const NAMES: [&str; 20] = [
    "ip_country_mismatch",
    "ip_hosting",
    "phone_missing",
    "ip_high_risk",
    "hash_known",
    "us_state_missing",
    "phone_prefix_mismatch",
    "email_disposable",
    "edu_end_before_start",
    "edu_mill",
    "profile_new",
    "profile_dormant",
    "email_name_mismatch",
    "edu_overlap",
    "job_overlap",
    "graduated_before_16",
    "work_gap",
    "doctorate_too_short",
    "current_job_elsewhere",
    "summary_pattern",
];

/// A set of rules with the lists, and for each indicator its bit.
pub struct Rules {
    pub ruleset: Ruleset,
    pub bits: Vec<u32>,
}

impl Rules {
    /// Compiles a set.
    pub fn new(refs: &Refs, set: Set) -> Rules {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
        let mut sources = Sources::from_folder(folder).unwrap();
        let number = |name: &str| name.trim_end_matches(".indicia").parse::<usize>().ok();
        sources.rules.retain(|name, _| number(name).is_none_or(|number| number <= set.count()));
        sources.rows.insert("known_resumes".into(), Rows::List(refs.hashes.clone()));
        if set != Set::Scalar6 {
            sources.rows.insert("disposable_domains".into(), Rows::List(refs.disposable.clone()));
            sources.rows.insert("diploma_mills".into(), Rows::List(refs.mills.clone()));
            let row = |(country, prefix): (&String, &String)| {
                BTreeMap::from([("country".to_owned(), json!(country)), ("prefix".to_owned(), json!(prefix))])
            };
            sources.rows.insert("dialling".into(), Rows::Table(refs.prefix.iter().map(row).collect()));
        }
        let ruleset = Ruleset::from_sources(&sources).unwrap();
        let bit = |id: &str| 1 << NAMES.iter().position(|name| *name == id).unwrap();
        let bits = ruleset.indicators().iter().map(|indicator| bit(&indicator.id)).collect();
        Rules { ruleset, bits }
    }
}
