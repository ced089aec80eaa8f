"""Makes `area_codes.csv`: the state or province of each geographic area code of the United States and Canada.

Area codes that serve several provinces (902, 782, 867) and those of Washington, D.C. (202, 771), which its neighbours
use as their own, are left out: a mismatch there would say nothing.
"""

import phonenumbers
from phonenumbers.geodata import GEOCODE_DATA

import listfile

SHORT = {
    "Alabama": "AL", "Alaska": "AK", "Arizona": "AZ", "Arkansas": "AR", "California": "CA", "Colorado": "CO",
    "Connecticut": "CT", "Delaware": "DE", "Florida": "FL", "Georgia": "GA", "Hawaii": "HI", "Idaho": "ID",
    "Illinois": "IL", "Indiana": "IN", "Iowa": "IA", "Kansas": "KS", "Kentucky": "KY", "Louisiana": "LA",
    "Maine": "ME", "Maryland": "MD", "Massachusetts": "MA", "Michigan": "MI", "Minnesota": "MN",
    "Mississippi": "MS", "Missouri": "MO", "Montana": "MT", "Nebraska": "NE", "Nevada": "NV",
    "New Hampshire": "NH", "New Jersey": "NJ", "New Mexico": "NM", "New York": "NY", "North Carolina": "NC",
    "North Dakota": "ND", "Ohio": "OH", "Oklahoma": "OK", "Oregon": "OR", "Pennsylvania": "PA",
    "Rhode Island": "RI", "South Carolina": "SC", "South Dakota": "SD", "Tennessee": "TN", "Texas": "TX",
    "Utah": "UT", "Vermont": "VT", "Virginia": "VA", "Washington": "WA", "West Virginia": "WV",
    "Wisconsin": "WI", "Wyoming": "WY", "Alberta": "AB", "British Columbia": "BC", "Manitoba": "MB",
    "New Brunswick": "NB", "Newfoundland and Labrador": "NL", "Ontario": "ON", "Quebec": "QC",
    "Saskatchewan": "SK",
}  # fmt: skip
LONG = {short: name for name, short in SHORT.items()}
SPELLING = {"Washington State": "Washington", "British Colombia": "British Columbia"}


def region_of(description: str) -> str | None:
    """The region that a description names: `Texas`, or the one behind the comma of `San Antonio, TX`."""
    description = SPELLING.get(description, description)
    if description in SHORT:
        return description
    return LONG.get(description.rpartition(", ")[2])


def main() -> None:
    """Reads the package and writes the table."""
    options = listfile.arguments(__doc__).parse_args()
    rows = []
    for prefix, names in sorted(GEOCODE_DATA.items()):
        if len(prefix) == 4 and prefix.startswith("1") and (region := region_of(names.get("en", ""))):
            rows.append([prefix[1:], region, SHORT[region]])
    listfile.write_table(
        "area_codes.csv",
        ["code", "region", "short"],
        rows,
        about="State or province of the geographic area codes of the United States and Canada.",
        source=f"PyPI phonenumbers {phonenumbers.__version__}, geocoding data of libphonenumber",
        licence="Apache-2.0",
        retrieved=options.retrieved,
    )


if __name__ == "__main__":
    main()
