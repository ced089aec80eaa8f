//! A handful of countries: codes and names as ISO 3166-1 has them.

const COUNTRIES: [[&str; 3]; 6] = [
    ["DE", "DEU", "Germany"],
    ["FR", "FRA", "France"],
    ["US", "USA", "United States"],
    ["JP", "JPN", "Japan"],
    ["CA", "CAN", "Canada"],
    ["GB", "GBR", "United Kingdom"],
];

/// The code of a country given by code or name.
pub(crate) fn code(text: &str) -> Option<String> {
    let found = COUNTRIES.iter().find(|names| names.iter().any(|name| name.eq_ignore_ascii_case(text)))?;
    found.first().map(ToString::to_string)
}

/// The name of a country given by its code.
pub(crate) fn name(code: &str) -> Option<String> {
    let found = COUNTRIES.iter().find(|names| names.first() == Some(&code))?;
    found.last().map(ToString::to_string)
}
