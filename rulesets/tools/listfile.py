"""Writes a list or table with the header that every shipped list carries: what it holds, source, licence, date, rows."""

import argparse
import csv
import datetime
import io
import pathlib

LISTS = pathlib.Path(__file__).resolve().parent.parent / "applicant-fraud" / "lists"


def arguments(description: str) -> argparse.ArgumentParser:
    """The command line that the scripts share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--retrieved", default=datetime.date.today().isoformat(), help="date for the header")
    return parser


def header(about: str, source: str, licence: str, retrieved: str, rows: int) -> str:
    """The comment lines at the top of a list."""
    return (
        f"# {about}\n# source: {source}\n# licence: {licence}\n# retrieved: {retrieved}\n# rows: {rows}\n"
    )


def write_list(name: str, entries: list[str], **head: str) -> None:
    """Writes a text list, one entry a line."""
    text = header(rows=len(entries), **head) + "".join(f"{entry}\n" for entry in entries)
    (LISTS / name).write_text(text, encoding="utf-8")


def write_table(name: str, columns: list[str], rows: list[list[str]], **head: str) -> None:
    """Writes a CSV table; `;` separates the items of a list cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    (LISTS / name).write_text(header(rows=len(rows), **head) + out.getvalue(), encoding="utf-8")
