//! Places of 40 countries: a town with its region and time zone, and ranges of mobile numbers.
//!
//! In a phone pattern every `#` may be any digit and every `N` any from 2 to 9: all such numbers are valid by the metadata of
//! libphonenumber 9.0.43, which is what the rules judge by. A number made here may be somebody's: nobody may be called.

/// A town.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Town {
    /// Its name.
    pub(super) name: &'static str,
    /// Its region.
    pub(super) region: &'static str,
    /// The area code of its numbers, in North America.
    pub(super) area: &'static str,
    /// Its time zone.
    pub(super) zone: &'static str,
}

/// A country.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Country {
    /// ISO 3166-1 alpha-2.
    pub(super) code: &'static str,
    /// Its country calling code.
    pub(super) calling: &'static str,
    /// What is dialled before a number within the country.
    pub(super) trunk: &'static str,
    /// Ranges of mobile numbers, without trunk prefix; empty where the town gives the area code.
    pub(super) mobile: &'static [&'static str],
    /// Its postal codes.
    pub(super) postal: &'static str,
    /// Towns.
    pub(super) towns: &'static [Town],
}

const fn town(name: &'static str, region: &'static str, zone: &'static str) -> Town {
    Town { name, region, area: "", zone }
}

const fn american(name: &'static str, region: &'static str, area: &'static str, zone: &'static str) -> Town {
    Town { name, region, area, zone }
}

const fn country(
    code: &'static str,
    calling: &'static str,
    trunk: &'static str,
    mobile: &'static [&'static str],
    postal: &'static str,
    towns: &'static [Town],
) -> Country {
    Country { code, calling, trunk, mobile, postal, towns }
}

/// The countries, those of `--countries 5` first.
pub(super) const COUNTRIES: [Country; 40] = [
    country(
        "US",
        "+1",
        "",
        &[],
        "#####",
        &[
            american("Savannah", "Georgia", "912", "America/New_York"),
            american("Austin", "Texas", "512", "America/Chicago"),
            american("Seattle", "Washington", "206", "America/Los_Angeles"),
            american("Denver", "Colorado", "303", "America/Denver"),
            american("Boston", "Massachusetts", "617", "America/New_York"),
            american("Portland", "Oregon", "503", "America/Los_Angeles"),
            american("Chicago", "Illinois", "312", "America/Chicago"),
            american("Raleigh", "North Carolina", "919", "America/New_York"),
        ],
    ),
    country(
        "GB",
        "+44",
        "0",
        &["7400 ######", "7712 ######"],
        "SW# #AA",
        &[town("Leeds", "West Yorkshire", "Europe/London"), town("Bristol", "Bristol", "Europe/London")],
    ),
    country(
        "DE",
        "+49",
        "0",
        &["151 2#######", "171 2######"],
        "#0###",
        &[town("Kassel", "Hessen", "Europe/Berlin"), town("Leipzig", "Sachsen", "Europe/Berlin")],
    ),
    country(
        "FR",
        "+33",
        "0",
        &["6 1# ## ## ##", "6 6# ## ## ##"],
        "3####",
        &[town("Nantes", "Pays de la Loire", "Europe/Paris"), town("Lyon", "Auvergne-Rhône-Alpes", "Europe/Paris")],
    ),
    country(
        "IN",
        "+91",
        "",
        &["98### #####", "99### #####"],
        "56####",
        &[town("Bengaluru", "Karnataka", "Asia/Kolkata"), town("Pune", "Maharashtra", "Asia/Kolkata")],
    ),
    country(
        "CA",
        "+1",
        "",
        &[],
        "M#K #B#",
        &[
            american("Toronto", "Ontario", "416", "America/Toronto"),
            american("Vancouver", "British Columbia", "604", "America/Vancouver"),
            american("Montreal", "Quebec", "514", "America/Toronto"),
            american("Calgary", "Alberta", "403", "America/Edmonton"),
        ],
    ),
    country(
        "AU",
        "+61",
        "0",
        &["412 ### ###", "438 ### ###"],
        "3###",
        &[town("Melbourne", "Victoria", "Australia/Melbourne"), town("Brisbane", "Queensland", "Australia/Brisbane")],
    ),
    country(
        "NZ",
        "+64",
        "0",
        &["21 2## ###", "27 4## ####"],
        "60##",
        &[town("Wellington", "Wellington", "Pacific/Auckland")],
    ),
    country("IE", "+353", "0", &["87 2## ####", "85 1## ####"], "D0# A###", &[town("Cork", "Cork", "Europe/Dublin")]),
    country(
        "NL",
        "+31",
        "0",
        &["6 2#######", "6 1#######"],
        "35## AB",
        &[town("Utrecht", "Utrecht", "Europe/Amsterdam")],
    ),
    country(
        "BE",
        "+32",
        "0",
        &["47# ## ## ##", "49# ## ## ##"],
        "9###",
        &[town("Gent", "Oost-Vlaanderen", "Europe/Brussels")],
    ),
    country(
        "ES",
        "+34",
        "",
        &["61# ### ###", "65# ### ###"],
        "46###",
        &[town("Valencia", "Comunitat Valenciana", "Europe/Madrid")],
    ),
    country("PT", "+351", "", &["91# ### ###", "96# ### ###"], "4###-###", &[town("Porto", "Porto", "Europe/Lisbon")]),
    country("IT", "+39", "", &["33# ### ####", "34# ### ####"], "101##", &[town("Torino", "Piemonte", "Europe/Rome")]),
    country("CH", "+41", "0", &["79 ### ## ##", "78 ### ## ##"], "30##", &[town("Bern", "Bern", "Europe/Zurich")]),
    country("AT", "+43", "0", &["664 2######", "676 2######"], "80##", &[town("Graz", "Steiermark", "Europe/Vienna")]),
    country(
        "PL",
        "+48",
        "",
        &["60# ### ###", "50# ### ###"],
        "30-###",
        &[town("Kraków", "Małopolskie", "Europe/Warsaw")],
    ),
    country(
        "CZ",
        "+420",
        "",
        &["72# ### ###", "73# ### ###"],
        "60# 00",
        &[town("Brno", "Jihomoravský kraj", "Europe/Prague")],
    ),
    country(
        "SE",
        "+46",
        "0",
        &["70-### ## ##", "73-### ## ##"],
        "41# ##",
        &[town("Göteborg", "Västra Götaland", "Europe/Stockholm")],
    ),
    country("NO", "+47", "", &["41# ## ###", "92# ## ###"], "50##", &[town("Bergen", "Vestland", "Europe/Oslo")]),
    country(
        "DK",
        "+45",
        "",
        &["22 1# ## ##", "40 2# ## ##"],
        "80##",
        &[town("Aarhus", "Midtjylland", "Europe/Copenhagen")],
    ),
    country(
        "FI",
        "+358",
        "0",
        &["40 #######", "50 #######"],
        "331##",
        &[town("Tampere", "Pirkanmaa", "Europe/Helsinki")],
    ),
    country(
        "GR",
        "+30",
        "",
        &["694 ### ####", "697 ### ####"],
        "546 ##",
        &[town("Thessaloniki", "Central Macedonia", "Europe/Athens")],
    ),
    country(
        "RO",
        "+40",
        "0",
        &["72# ### ###", "74# ### ###"],
        "4000##",
        &[town("Cluj-Napoca", "Cluj", "Europe/Bucharest")],
    ),
    country(
        "HU",
        "+36",
        "06",
        &["20 ### ####", "30 ### ####"],
        "67##",
        &[town("Szeged", "Csongrád-Csanád", "Europe/Budapest")],
    ),
    country(
        "UA",
        "+380",
        "0",
        &["50 ### ## ##", "67 ### ## ##"],
        "79###",
        &[town("Lviv", "Lviv Oblast", "Europe/Kyiv")],
    ),
    country(
        "TR",
        "+90",
        "0",
        &["532 ### ## ##", "542 ### ## ##"],
        "35###",
        &[town("İzmir", "İzmir", "Europe/Istanbul")],
    ),
    country(
        "IL",
        "+972",
        "0",
        &["52-2##-####", "54-2##-####"],
        "31#####",
        &[town("Haifa", "Haifa District", "Asia/Jerusalem")],
    ),
    country("AE", "+971", "0", &["50 ### ####", "55 ### ####"], "", &[town("Sharjah", "Sharjah", "Asia/Dubai")]),
    country(
        "ZA",
        "+27",
        "0",
        &["82 ### ####", "83 ### ####"],
        "80##",
        &[town("Cape Town", "Western Cape", "Africa/Johannesburg")],
    ),
    country("NG", "+234", "0", &["803 ### ####", "806 ### ####"], "2000##", &[town("Ibadan", "Oyo", "Africa/Lagos")]),
    country(
        "KE",
        "+254",
        "0",
        &["712 ######", "722 ######"],
        "201##",
        &[town("Nakuru", "Nakuru County", "Africa/Nairobi")],
    ),
    country(
        "EG",
        "+20",
        "0",
        &["100 ### ####", "122 ### ####"],
        "215##",
        &[town("Alexandria", "Alexandria", "Africa/Cairo")],
    ),
    country(
        "BR",
        "+55",
        "",
        &["11 9####-####", "21 9####-####"],
        "80###-000",
        &[town("Curitiba", "Paraná", "America/Sao_Paulo")],
    ),
    country(
        "MX",
        "+52",
        "",
        &["55 2### ####", "33 2### ####"],
        "44###",
        &[town("Guadalajara", "Jalisco", "America/Mexico_City")],
    ),
    country(
        "AR",
        "+54",
        "",
        &["9 11 2### ####", "9 11 3### ####"],
        "X50##",
        &[town("Córdoba", "Córdoba", "America/Argentina/Cordoba")],
    ),
    country(
        "CL",
        "+56",
        "",
        &["9 8### ####", "9 6[2-7]## ####", "9 64## ####", "9 65## ####"],
        "23#####",
        &[town("Valparaíso", "Valparaíso", "America/Santiago")],
    ),
    country(
        "CO",
        "+57",
        "",
        &["310 ### ####", "320 ### ####"],
        "0500##",
        &[town("Medellín", "Antioquia", "America/Bogota")],
    ),
    country("JP", "+81", "0", &["90-2###-####", "80-2###-####"], "60#-0###", &[town("Sendai", "Miyagi", "Asia/Tokyo")]),
    country("KR", "+82", "0", &["10-2###-####", "10-3###-####"], "48###", &[town("Busan", "Busan", "Asia/Seoul")]),
];
