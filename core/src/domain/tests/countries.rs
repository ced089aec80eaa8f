//! Countries by code and name.

use crate::domain::country::{Country, CountryError};

#[test]
fn the_table_is_complete_and_consistent() {
    assert_eq!(Country::all().count(), 250);
    for country in Country::all() {
        assert_eq!(country.alpha2().len(), 2);
        for text in [country.alpha2(), country.name(), &country.name().to_uppercase()] {
            assert_eq!(Country::parse(text), Ok(country), "{text}");
        }
        assert_eq!(Country::from_alpha2(country.alpha2()), Some(country));
    }
}

#[test]
fn names_are_read_in_their_usual_forms() {
    for (text, code) in [
        ("South Korea", "KR"),
        ("Republic of Korea", "KR"),
        ("korea, republic of", "KR"),
        ("North Korea", "KP"),
        ("United States of America", "US"),
        ("USA", "US"),
        ("U.S.", "US"),
        ("the united states", "US"),
        ("UK", "GB"),
        ("Great Britain", "GB"),
        ("England", "GB"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("Russia", "RU"),
        ("Russian Federation", "RU"),
        ("Viet Nam", "VN"),
        ("Vietnam", "VN"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Cote d’Ivoire", "CI"),
        ("ＵＳ", "US"),
        ("St. Lucia", "LC"),
        ("Antigua & Barbuda", "AG"),
        ("Guinea", "GN"),
        ("uk", "GB"),
        ("DR Congo", "CD"),
        ("Congo (Kinshasa)", "CD"),
        ("Micronesia", "FM"),
        ("Hong Kong", "HK"),
        (" deu ", "DE"),
        ("Holland", "NL"),
        ("Kosovo", "XK"),
        ("British Virgin Islands", "VG"),
        ("The Gambia", "GM"),
        ("UAE", "AE"),
        ("Bosnia & Herzegovina", "BA"),
        ("Guinea Bissau", "GW"),
        ("Sao Tome", "ST"),
        ("Republic of Ireland", "IE"),
    ] {
        assert_eq!(Country::parse(text).map(Country::alpha2), Ok(code), "{text}");
    }
    for text in ["Korea", "Congo", "Virgin Islands", "America"] {
        assert_eq!(Country::parse(text), Err(CountryError::Ambiguous), "{text}");
    }
    for text in ["NK", "XX", "", "Atlantis", "U", "US-CA", "Berlin", "the", "&"] {
        assert_eq!(Country::parse(text), Err(CountryError::Unknown), "{text}");
    }
    assert_eq!(Country::from_alpha2("us"), None);
    assert_eq!(Country::from_alpha2("USA"), None);
}
