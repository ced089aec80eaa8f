"""Writes a list or table with the header that every shipped list carries: what it holds, source, licence, date, rows."""

import argparse
import csv
import datetime
import io
import json
import pathlib
import re
import subprocess

RULESETS = pathlib.Path(__file__).resolve().parent.parent
LISTS = RULESETS / "applicant-fraud" / "lists"
# Data that is compiled into the engine.
CORE = RULESETS.parent / "core" / "data"


def arguments(description: str, *, node: bool = False, home: pathlib.Path = LISTS) -> argparse.ArgumentParser:
    """The command line that the scripts share; `home` is the folder in which the file is committed."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--retrieved", help="date for the header: YYYY-MM-DD, or `keep` for the one that stands there")
    parser.add_argument("--into", type=pathlib.Path, default=home, help="folder to write to")
    parser.set_defaults(home=home)
    if node:
        parser.add_argument("node_modules", type=pathlib.Path, help="folder in which npm installed the package")
    return parser


def version(package: pathlib.Path) -> str:
    """The version of an installed npm package."""
    return json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]


def from_node(script: str) -> object:
    """What a script for Node.js prints as JSON."""
    output = subprocess.run(["node", "-e", script], check=True, capture_output=True, text=True).stdout
    return json.loads(output)


def retrieved(name: str, options: argparse.Namespace) -> str:
    """The date for the header of a list."""
    if options.retrieved != "keep":
        return options.retrieved or datetime.date.today().isoformat()
    committed = options.home / name
    found = re.search(r"^# retrieved: (\S+)$", committed.read_text(encoding="utf-8"), re.M) if committed.exists() else None
    if not found:
        raise SystemExit(f"{committed}: no header line `# retrieved: …`; give a date with --retrieved")
    return found[1]


def write(name: str, body: str, rows: int, about: str, source: str, licence: str, options: argparse.Namespace) -> None:
    """Writes the file: the header, then the body."""
    about = "\n# ".join(about.splitlines())
    head = f"# {about}\n# source: {source}\n# licence: {licence}\n# retrieved: {retrieved(name, options)}\n# rows: {rows}\n"
    (options.into / name).write_text(head + body, encoding="utf-8", newline="\n")


def write_list(name: str, entries: list[str], **head: object) -> None:
    """Writes a text list, one entry a line."""
    write(name, "".join(f"{entry}\n" for entry in entries), len(entries), **head)


def write_table(name: str, columns: list[str], rows: list[list[str]], **head: object) -> None:
    """Writes a CSV table; `;` separates the items of a list cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    write(name, out.getvalue(), len(rows), **head)
