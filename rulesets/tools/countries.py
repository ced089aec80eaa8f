"""Makes `core/data/countries.csv`: names of countries, from npm `i18n-iso-countries`.

The codes are the package's; the name shown is its first English name unless SHOWN has a more usual one; further names
are the package's and those of MORE, written by hand from the formal names of ISO 3166-1 and everyday English.
"""

import json

import listfile

SHOWN = {
    "BN": "Brunei", "CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo", "CI": "Ivory Coast",
    "CN": "China", "CZ": "Czechia", "FK": "Falkland Islands", "FM": "Micronesia", "GM": "Gambia", "IR": "Iran",
    "LA": "Laos", "MD": "Moldova", "MK": "North Macedonia", "NL": "Netherlands", "PN": "Pitcairn Islands",
    "PS": "Palestine", "RE": "Réunion", "RU": "Russia", "ST": "São Tomé and Príncipe", "SY": "Syria", "TW": "Taiwan",
    "TZ": "Tanzania", "US": "United States", "VA": "Vatican City", "VG": "British Virgin Islands",
    "VI": "U.S. Virgin Islands", "AX": "Åland Islands", "MF": "Saint Martin", "SX": "Sint Maarten",
    "CC": "Cocos Islands", "SH": "Saint Helena, Ascension and Tristan da Cunha",
}
MORE = {
    "AE": ["Emirates"], "AF": ["Islamic Republic of Afghanistan"], "AG": ["Antigua", "Antigua & Barbuda"],
    "AL": ["Republic of Albania"], "AM": ["Republic of Armenia"], "AO": ["Republic of Angola"],
    "AR": ["Argentine Republic"], "AT": ["Republic of Austria"], "AU": ["Commonwealth of Australia"],
    "AZ": ["Republic of Azerbaijan"], "BA": ["Bosnia", "Bosnia-Herzegovina"],
    "BD": ["People's Republic of Bangladesh"], "BE": ["Kingdom of Belgium"], "BG": ["Republic of Bulgaria"],
    "BH": ["Kingdom of Bahrain"], "BJ": ["Republic of Benin"], "BN": ["Nation of Brunei, the Abode of Peace"],
    "BO": ["Bolivia, Plurinational State of", "Plurinational State of Bolivia"],
    "BQ": ["Caribbean Netherlands", "Bonaire"], "BR": ["Federative Republic of Brazil", "Brasil"],
    "BW": ["Republic of Botswana"], "BY": ["Republic of Belarus", "Byelorussia"], "BT": ["Kingdom of Bhutan"],
    "CC": ["Cocos (Keeling) Islands", "Keeling Islands"], "CF": ["Central Africa"],
    "CD": ["Congo, The Democratic Republic of the", "Congo, Democratic Republic of the", "DR Congo", "DRC",
           "Congo-Kinshasa", "Congo (Kinshasa)", "Zaire"],
    "CG": ["Congo-Brazzaville", "Congo (Brazzaville)", "Congo, Republic of the"],
    "CH": ["Swiss Confederation"], "CL": ["Republic of Chile"], "CM": ["Republic of Cameroon"],
    "CN": ["PRC", "Mainland China", "P.R. China", "PR China"], "CO": ["Republic of Colombia"],
    "CU": ["Republic of Cuba"], "CV": ["Cabo Verde"], "CW": ["Curacao"], "CY": ["Republic of Cyprus"],
    "DE": ["Federal Republic of Germany"], "DK": ["Kingdom of Denmark"],
    "DZ": ["People's Democratic Republic of Algeria"], "EE": ["Republic of Estonia"],
    "EG": ["Arab Republic of Egypt"], "ES": ["Kingdom of Spain"],
    "ET": ["Federal Democratic Republic of Ethiopia"], "FI": ["Republic of Finland"],
    "FJ": ["Republic of Fiji"], "FK": ["Falklands", "Malvinas"], "FM": ["Federated States of Micronesia"],
    "FO": ["Faroes", "Faeroe Islands"], "FR": ["French Republic"],
    "GB": ["United Kingdom of Great Britain and Northern Ireland", "Britain", "England", "Scotland", "Wales",
           "Northern Ireland", "U.K.", "GBR"],
    "GH": ["Republic of Ghana"], "GR": ["Hellenic Republic"], "GS": ["South Georgia"],
    "GW": ["Republic of Guinea-Bissau"], "GN": ["Republic of Guinea", "Guinea-Conakry"],
    "HK": ["Hong Kong SAR", "Hong Kong SAR China", "Hong Kong, China", "Hongkong"], "HR": ["Republic of Croatia"],
    "HT": ["Republic of Haiti"], "HU": ["Republic of Hungary"], "ID": ["Republic of Indonesia"],
    "IE": ["Republic of Ireland", "Eire"], "IL": ["State of Israel"], "IN": ["Republic of India", "Bharat"],
    "IQ": ["Republic of Iraq"], "IR": ["Iran, Islamic Republic of"], "IT": ["Italian Republic"],
    "JO": ["Hashemite Kingdom of Jordan"], "KE": ["Republic of Kenya"], "KG": ["Kyrgyz Republic"],
    "KH": ["Kingdom of Cambodia"], "KM": ["Union of the Comoros"], "KN": ["Saint Kitts"],
    "KP": ["Korea, Democratic People's Republic of", "Democratic People's Republic of Korea", "DPRK", "DPR Korea",
           "Korea, North", "Korea (North)"],
    "KR": ["Korea, South", "Korea (South)", "ROK", "S. Korea"], "KW": ["State of Kuwait"],
    "KZ": ["Republic of Kazakhstan"], "LA": ["Lao", "Lao PDR"], "LB": ["Lebanese Republic"],
    "LK": ["Democratic Socialist Republic of Sri Lanka", "Ceylon"], "LR": ["Republic of Liberia"],
    "LT": ["Republic of Lithuania"], "LU": ["Grand Duchy of Luxembourg"], "LV": ["Republic of Latvia"],
    "LY": ["State of Libya", "Libyan Arab Jamahiriya"], "MA": ["Kingdom of Morocco"],
    "MD": ["Republic of Moldova"], "MF": ["Saint-Martin"], "MG": ["Republic of Madagascar"],
    "MK": ["Macedonia", "Macedonia, the former Yugoslav Republic of", "FYROM"], "MM": ["Burma", "Myanmar (Burma)"],
    "MO": ["Macau", "Macao SAR", "Macau SAR", "Macao SAR China"], "MT": ["Republic of Malta"],
    "MX": ["United Mexican States"], "MZ": ["Republic of Mozambique"], "NA": ["Republic of Namibia"],
    "NG": ["Federal Republic of Nigeria"], "NL": ["Holland", "Kingdom of the Netherlands"],
    "NO": ["Kingdom of Norway"], "NP": ["Federal Democratic Republic of Nepal"], "NZ": ["Aotearoa"],
    "OM": ["Sultanate of Oman"], "PE": ["Republic of Peru"], "PG": ["Papua"], "PH": ["Republic of the Philippines",
           "The Philippines"],
    "PK": ["Islamic Republic of Pakistan"], "PL": ["Republic of Poland"], "PM": ["Saint Pierre"],
    "PS": ["Palestine, State of", "Palestinian Territory, Occupied", "Palestinian Territories",
           "Occupied Palestinian Territory"],
    "PT": ["Portuguese Republic"], "QA": ["State of Qatar"], "RS": ["Republic of Serbia"],
    "RW": ["Republic of Rwanda"], "SA": ["Kingdom of Saudi Arabia", "KSA", "Saudi"],
    "SE": ["Kingdom of Sweden"], "SG": ["Republic of Singapore"], "SH": ["Saint Helena", "Ascension Island",
           "Ascension", "Tristan da Cunha"],
    "SI": ["Republic of Slovenia"], "SJ": ["Svalbard", "Jan Mayen"], "SK": ["Slovak Republic"],
    "SN": ["Republic of Senegal"], "SO": ["Federal Republic of Somalia"], "SS": ["Republic of South Sudan"],
    "ST": ["Sao Tome"], "SV": ["Republic of El Salvador"], "SY": ["Syrian Arab Republic"],
    "SZ": ["Swaziland", "Kingdom of Eswatini"], "TH": ["Kingdom of Thailand"],
    "TJ": ["Republic of Tajikistan"], "TL": ["East Timor"], "TN": ["Republic of Tunisia"],
    "TR": ["Republic of Türkiye", "Republic of Turkey"], "TT": ["Trinidad", "Tobago"], "TW": ["Republic of China",
           "Chinese Taipei", "Taiwan, ROC"],
    "TZ": ["Tanzania, United Republic of"], "UG": ["Republic of Uganda"],
    "US": ["U.S.A", "United States of America (USA)", "The States"],
    "UY": ["Eastern Republic of Uruguay"], "UZ": ["Republic of Uzbekistan"],
    "VA": ["Holy See", "Vatican", "Vatican City State"],
    "VC": ["Saint Vincent", "St. Vincent & the Grenadines"],
    "VE": ["Venezuela, Bolivarian Republic of", "Bolivarian Republic of Venezuela"],
    "VG": ["Virgin Islands (British)", "BVI"], "VI": ["Virgin Islands (U.S.)", "United States Virgin Islands", "USVI",
           "US Virgin Islands"],
    "VN": ["Viet Nam", "Socialist Republic of Viet Nam"], "WS": ["Western Samoa"], "XK": ["Republic of Kosovo"],
    "YE": ["Republic of Yemen"], "ZA": ["Republic of South Africa", "RSA"],
    "ZM": ["Republic of Zambia"], "ZW": ["Republic of Zimbabwe"], "BL": ["Saint-Barthélemy", "St. Barts"],
    "CI": ["Republic of Côte d'Ivoire"], "GE": ["Republic of Georgia"], "GQ": ["Republic of Equatorial Guinea"],
    "IS": ["Republic of Iceland"], "JE": ["Bailiwick of Jersey"], "GG": ["Bailiwick of Guernsey"],
    "TF": ["French Southern and Antarctic Lands"], "TG": ["Togolese Republic"],
    "TC": ["Turks & Caicos"], "WF": ["Wallis & Futuna"], "UM": ["US Minor Outlying Islands"],
}
AMBIGUOUS = ["America", "Congo", "Guiana", "Korea", "Virgin Islands"]


def main() -> None:
    """Reads the package and writes the table."""
    options = listfile.arguments(__doc__, node=True, home=listfile.CORE).parse_args()
    package = options.node_modules.resolve() / "i18n-iso-countries"
    codes = {row[0]: row[1] for row in json.loads((package / "codes.json").read_text(encoding="utf-8"))}
    english = json.loads((package / "langs" / "en.json").read_text(encoding="utf-8"))["countries"]
    lines = []
    for alpha2 in sorted(codes):
        given = english[alpha2]
        names = given if isinstance(given, list) else [given]
        shown = SHOWN.get(alpha2, names[0])
        further = []
        for name in names + MORE.get(alpha2, []):
            if name != shown and name not in further and name not in AMBIGUOUS:
                further.append(name)
        lines.append(";".join([alpha2, codes[alpha2], shown, "|".join(further)]))
    lines += [f"?;?;{name};" for name in AMBIGUOUS]
    listfile.write(
        "countries.csv",
        "\n".join(lines) + "\n",
        len(lines),
        about=(
            "Countries of ISO 3166-1 with their English names, and Kosovo with its code in common use (XK, user-assigned).\n"
            "Columns: alpha-2; alpha-3; name shown; further names separated by |.\n"
            "A row with ? for its codes is a name that stands for several countries."
        ),
        source=(
            f"npm i18n-iso-countries {listfile.version(package)}, codes.json and langs/en.json; "
            "further names by hand, in rulesets/tools/countries.py"
        ),
        licence="MIT, Copyright (c) 2016 widdix GmbH",
        options=options,
    )


if __name__ == "__main__":
    main()
