"""Makes `time_zones.csv`: the time zones in use in each country, older zone names included."""

import json
import pathlib
import subprocess

import listfile


def main() -> None:
    """Reads the package and writes the table."""
    parser = listfile.arguments(__doc__)
    parser.add_argument("node_modules", type=pathlib.Path)
    options = parser.parse_args()
    package = options.node_modules.resolve() / "countries-and-timezones"
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    script = (
        f"const c = require({json.dumps(str(package))});"
        "console.log(JSON.stringify(Object.values(c.getAllCountries({ deprecated: true }))))"
    )
    output = subprocess.run(["node", "-e", script], check=True, capture_output=True, text=True).stdout
    rows = sorted([c["id"], ";".join(sorted(c["timezones"]))] for c in json.loads(output) if c["timezones"])
    listfile.write_table(
        "time_zones.csv",
        ["country", "zones"],
        rows,
        about="Time zones in use in each country, older names of the same zones included.",
        source=f"npm countries-and-timezones {version}, from the IANA time zone database",
        licence="MIT (package), public domain (IANA data)",
        retrieved=options.retrieved,
    )


if __name__ == "__main__":
    main()
