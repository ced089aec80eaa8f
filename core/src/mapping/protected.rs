//! Keys that no mapping takes: protected attributes of the applicant and what stands for them.
//!
//! The built-in keys are the grounds of Title VII, the ADEA, the ADA and 8 USC 1324b in the United States and of
//! Directives 2000/43/EC, 2000/78/EC and 2006/54/EC in the European Union, under the names that documents give them. A
//! photo shows most of them. A mapping may add keys of its own; it can't take one away.

use super::path::Path;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Folded keys and the ground on which each is protected.
const BUILT_IN: &[(&str, &str)] = &[
    ("age", "age"),
    ("birthdate", "age"),
    ("birthday", "age"),
    ("dateofbirth", "age"),
    ("dob", "age"),
    ("yearofbirth", "age"),
    ("birthyear", "age"),
    ("agegroup", "age"),
    ("agerange", "age"),
    ("applicantage", "age"),
    ("geburtsdatum", "age"),
    ("fechadenacimiento", "age"),
    ("datedenaissance", "age"),
    ("birthplace", "national origin"),
    ("birthcountry", "national origin"),
    ("placeofbirth", "national origin"),
    ("countryofbirth", "national origin"),
    ("nationality", "national origin"),
    ("nationalities", "national origin"),
    ("nationalorigin", "national origin"),
    ("citizenship", "citizenship"),
    ("citizenships", "citizenship"),
    ("countryofcitizenship", "citizenship"),
    ("staatsangehörigkeit", "citizenship"),
    ("immigrationstatus", "citizenship"),
    ("visastatus", "citizenship"),
    ("race", "race"),
    ("races", "race"),
    ("eeorace", "race"),
    ("eeocrace", "race"),
    ("raceethnicity", "race"),
    ("hispanic", "race"),
    ("hispaniclatino", "race"),
    ("hispanicorlatino", "race"),
    ("ethnicity", "race"),
    ("ethnicities", "race"),
    ("ethnicgroup", "race"),
    ("demographics", "race, sex and others"),
    ("demographicdata", "race, sex and others"),
    ("eeo", "race, sex and others"),
    ("eeoc", "race, sex and others"),
    ("ethnicorigin", "race"),
    ("gender", "sex"),
    ("genders", "sex"),
    ("eeogender", "sex"),
    ("eeocgender", "sex"),
    ("geschlecht", "sex"),
    ("sexe", "sex"),
    ("transgender", "sex"),
    ("sex", "sex"),
    ("genderidentity", "sex"),
    ("pronoun", "sex"),
    ("pronouns", "sex"),
    ("preferredpronoun", "sex"),
    ("preferredpronouns", "sex"),
    ("pregnant", "sex"),
    ("pregnancy", "sex"),
    ("sexualorientation", "sexual orientation"),
    ("marital", "marital status"),
    ("maritalstatus", "marital status"),
    ("maidenname", "marital status"),
    ("religion", "religion"),
    ("religions", "religion"),
    ("religiousaffiliation", "religion"),
    ("disabled", "disability"),
    ("hasdisability", "disability"),
    ("disability", "disability"),
    ("disabilities", "disability"),
    ("disabilitystatus", "disability"),
    ("veteran", "veteran status"),
    ("protectedveteran", "veteran status"),
    ("veteranstatus", "veteran status"),
    ("photo", "photo"),
    ("photourl", "photo"),
    ("photos", "photo"),
    ("photourls", "photo"),
    ("profilephoto", "photo"),
    ("profilepicture", "photo"),
    ("avatarurl", "photo"),
    ("picture", "photo"),
    ("avatar", "photo"),
    ("headshot", "photo"),
];

/// What a mapping must not take.
#[derive(Debug, Clone, Default)]
pub(super) struct Protected {
    keys: BTreeMap<String, String>,
    paths: BTreeMap<String, String>,
}

impl Protected {
    /// Adds a key, or a path if it has several steps.
    pub(super) fn add(&mut self, path: &Path, ground: &str) {
        let pattern = path.pattern("");
        if pattern.contains(['.', '[']) {
            self.paths.insert(pattern, ground.to_owned());
        } else {
            self.keys.insert(fold(&pattern), ground.to_owned());
        }
    }

    /// The ground on which a key at a path (lists as `[]`) is protected.
    pub(super) fn ground(&self, key: &str, pattern: &str) -> Option<&str> {
        let folded = fold(key);
        let built_in = || BUILT_IN.iter().find(|(name, _)| *name == folded).map(|(_, ground)| *ground);
        let own = self.paths.get(pattern).or_else(|| self.keys.get(&folded));
        own.map(String::as_str).or_else(built_in)
    }

    /// The ground on which a path that starts at `base` reads something protected.
    pub(super) fn ground_of(&self, path: &Path, base: &str) -> Option<&str> {
        let by_key = path.keys().find_map(|key| self.ground(key, ""));
        by_key.or_else(|| self.paths.get(&path.pattern(base)).map(String::as_str))
    }
}

/// A key without case, without what joins its words and in letters of ordinary width.
fn fold(key: &str) -> String {
    key.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
