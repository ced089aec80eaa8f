"""Makes `area_codes.csv`: the state or province of each geographic area code of the United States and Canada.

Area codes that serve several provinces (902, 782, 867) and those of Washington, D.C. (202, 771), which its neighbours
use as their own, are left out: a mismatch there would say nothing.
"""

import phonenumbers
from phonenumbers.geodata import GEOCODE_DATA

import listfile
import regions

SHORT = regions.STATES | regions.PROVINCES
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
        options=options,
    )


if __name__ == "__main__":
    main()
