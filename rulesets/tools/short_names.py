"""Makes `core/data/nicknames.csv`: short forms of given names, from PyPI `nicknames`.

One line a name: the name, then the short forms that stand for it.
"""

import collections
import csv
import importlib.metadata
import importlib.resources

import listfile
import nicknames


def main() -> None:
    """Reads the package and writes the table."""
    options = listfile.arguments(__doc__, home=listfile.CORE).parse_args()
    source = importlib.resources.files(nicknames) / "names.csv"
    table = collections.defaultdict(list)
    for row in csv.DictReader(source.read_text(encoding="utf-8").splitlines()):
        name, short = row["name1"].strip().lower(), row["name2"].strip().lower()
        if name and short and name != short and short not in table[name]:
            table[name].append(short)
    lines = [",".join([name, *table[name]]) for name in sorted(table)]
    listfile.write(
        "nicknames.csv",
        "\n".join(lines) + "\n",
        len(lines),
        about="English given names and the short forms that stand for them.",
        source=(
            f"PyPI nicknames {importlib.metadata.version('nicknames')}, names.csv "
            "(https://github.com/carltonnorthern/nicknames); regrouped, otherwise unchanged"
        ),
        licence="Apache-2.0, Copyright (c) Carlton Northern, Nick Crews and contributors",
        options=options,
    )


if __name__ == "__main__":
    main()
