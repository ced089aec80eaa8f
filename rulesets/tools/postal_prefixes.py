"""Makes `postal_prefixes.csv`: how postal codes begin in each state of the United States and each province of Canada.

The first three digits of a ZIP code tell the state, the first letter of a Canadian code the province. A prefix that serves
several states stands with each of them. One that no code of the source has belongs to the state on both sides of it, since
large offices and new districts get such prefixes. What `regions.py` leaves out is left out here, so that nothing is said
of it.
"""

import collections
import json

import listfile
import regions

# First letters of postal codes, from Canada Post's addressing guidelines; the package's data are held against them.
LETTERS = {
    "AB": "T", "BC": "V", "MB": "R", "NB": "E", "NL": "A", "NS": "B", "NT": "X", "NU": "X", "ON": "KLMNP", "PE": "C",
    "QC": "GHJ", "SK": "S", "YT": "Y",
}  # fmt: skip

def of_states(codes: list[dict[str, str]]) -> dict[str, list[str]]:
    """The prefixes of each state, by abbreviation."""
    users: dict[str, set[str]] = collections.defaultdict(set)
    for code in codes:
        users[code["zip"][:3]].add(code["state"])
    used = sorted(users)
    for low, high in zip(used, used[1:]):
        for between in range(int(low) + 1, int(high)):
            users[f"{between:03}"] |= users[low] & users[high]
    prefixes = {short: sorted(p for p, of in users.items() if short in of) for short in regions.STATES.values()}
    if empty := [short for short, found in prefixes.items() if not found]:
        raise SystemExit(f"the package has no codes of {', '.join(empty)}")
    return prefixes


def of_provinces(codes: list[dict[str, str]]) -> dict[str, list[str]]:
    """The first letters of each province and territory, by abbreviation; an error if the source has another one."""
    spelt = regions.PROVINCES | {"Northwest Territory": "NT", "Nunavut Territory": "NU"}
    for code in codes:
        # Some rows of the source have a place where the province belongs, which tells nothing.
        short = spelt.get(code["state"])
        if short and code["zip"][0] not in LETTERS[short]:
            raise SystemExit(f"{code['zip']} is in {code['state']}, but `LETTERS` has no {code['zip'][0]} there")
    return {short: list(letters) for short, letters in LETTERS.items()}


def main() -> None:
    """Reads the package and writes the table."""
    options = listfile.arguments(__doc__, node=True).parse_args()
    package = options.node_modules.resolve() / "zipcodes"
    usa, canada = listfile.from_node(
        f"const of = (file) => Object.values(require({json.dumps(str(package))} + '/lib/' + file).codes);"
        "console.log(JSON.stringify([of('codes.js'), of('codesCanada.js')]))"
    )
    rows = []
    for country, names, prefixes in (
        ("US", regions.STATES, of_states(usa)),
        ("CA", regions.PROVINCES | regions.FURTHER, of_provinces(canada)),
    ):
        named = list(names.items()) + [(short, short) for short in prefixes]
        rows += [[name, country, ";".join(prefixes[short])] for name, short in named]
    listfile.write_table(
        "postal_prefixes.csv",
        ["region", "country", "prefixes"],
        sorted(rows),
        about=(
            "How postal codes begin in each state of the United States and each province of Canada, "
            "by name and abbreviation.\n"
            "For comparing a stated postal code with the region stated beside it, and for nothing else."
        ),
        source=(
            f"npm zipcodes {listfile.version(package)}, lib/codes.js, reduced to prefixes; "
            "first letters of Canada by hand, checked against the package"
        ),
        licence="BSD-3-Clause, Copyright (c) 2007, Dav Glass",
        options=options,
    )


if __name__ == "__main__":
    main()
