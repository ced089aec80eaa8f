"""Makes `time_zones.csv`: the time zones in use in each country, older zone names included."""

import json

import listfile


def main() -> None:
    """Reads the package and writes the table."""
    options = listfile.arguments(__doc__, node=True).parse_args()
    package = options.node_modules.resolve() / "countries-and-timezones"
    countries = listfile.from_node(
        f"const c = require({json.dumps(str(package))});"
        "console.log(JSON.stringify(Object.values(c.getAllCountries({ deprecated: true }))))"
    )
    rows = sorted([c["id"], ";".join(sorted(c["timezones"]))] for c in countries if c["timezones"])
    listfile.write_table(
        "time_zones.csv",
        ["country", "zones"],
        rows,
        about="Time zones in use in each country, older names of the same zones included.",
        source=f"npm countries-and-timezones {listfile.version(package)}, from the IANA time zone database",
        licence="MIT (package), public domain (IANA data)",
        options=options,
    )


if __name__ == "__main__":
    main()
