"""Writes core/data/nicknames.csv from the PyPI package nicknames (Apache-2.0).

Usage: pip install nicknames==1.0.1 && python3 tests/tools/nickname_table.py core/data/nicknames.csv

One line a name: the name, then the short forms that stand for it.
"""

import collections
import csv
import importlib.metadata
import importlib.resources
import pathlib
import sys

import nicknames

HEADER = """\
# English given names and the short forms that stand for them.
# source: PyPI nicknames {version}, names.csv (https://github.com/carltonnorthern/nicknames)
# licence: Apache-2.0, Copyright (c) Carlton Northern, Nick Crews and contributors; regrouped, otherwise unchanged
# rows: {rows}
# Made by tests/tools/nickname_table.py.
"""


def main(out: str) -> None:
    source = importlib.resources.files(nicknames) / "names.csv"
    table = collections.defaultdict(list)
    for row in csv.DictReader(source.read_text(encoding="utf-8").splitlines()):
        name, short = row["name1"].strip().lower(), row["name2"].strip().lower()
        if name and short and name != short and short not in table[name]:
            table[name].append(short)
    version = importlib.metadata.version("nicknames")
    lines = [",".join([name, *table[name]]) for name in sorted(table)]
    text = HEADER.format(version=version, rows=len(lines)) + "\n".join(lines) + "\n"
    pathlib.Path(out).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
