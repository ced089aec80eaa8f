"""Makes `time_zones.csv`: the time zones whose clocks agree with one in use in each country, older zone names included.

Somebody in Saint-Louis whose browser reports Europe/Zurich contradicts nothing: zones that had the same offset on the first day of
every month of `YEAR` show the same clock.
"""

import datetime
import importlib.metadata
import json
import zoneinfo

import listfile

YEAR = 2026


def clock(zone: str) -> tuple[datetime.timedelta | None, ...] | str:
    """The offsets of a zone over a year; the zone itself if the database does not have it."""
    try:
        rules = zoneinfo.ZoneInfo(zone)
    except zoneinfo.ZoneInfoNotFoundError:
        return zone
    return tuple(datetime.datetime(YEAR, month, 1, 12, tzinfo=rules).utcoffset() for month in range(1, 13))


def main() -> None:
    """Reads the package and writes the table."""
    options = listfile.arguments(__doc__, node=True).parse_args()
    package = options.node_modules.resolve() / "countries-and-timezones"
    countries = listfile.from_node(
        f"const c = require({json.dumps(str(package))});"
        "console.log(JSON.stringify(Object.values(c.getAllCountries({ deprecated: true }))))"
    )
    zoneinfo.reset_tzpath(to=[])  # the pinned package, not what the machine has
    alike: dict[object, set[str]] = {}
    for zone in {zone for country in countries for zone in country["timezones"]}:
        alike.setdefault(clock(zone), set()).add(zone)
    shown = {c["id"]: set().union(*(alike[clock(zone)] for zone in c["timezones"])) for c in countries}
    rows = sorted([country, ";".join(sorted(zones))] for country, zones in shown.items() if zones)
    listfile.write_table(
        "time_zones.csv",
        ["country", "zones"],
        rows,
        about="Time zones whose clocks agree all year with one in use in each country, older names included.",
        source=f"npm countries-and-timezones {listfile.version(package)}, and PyPI tzdata {importlib.metadata.version('tzdata')}: the IANA time zone database",
        licence="MIT (package), public domain (IANA data)",
        options=options,
    )


if __name__ == "__main__":
    main()
