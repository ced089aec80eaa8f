"""Writes core/data/han_variants.txt from the character tables of OpenCC in PyPI opencc-python-reimplemented (Apache-2.0).

Usage: pip install opencc-python-reimplemented==0.1.7
       python3 tests/tools/han_variants.py core/data/han_variants.txt

Characters that a table gives as forms of one another are one class: simplified and traditional, those of Taiwan and Hong
Kong, the new forms of Japan. A character of two classes joins them, so that unrelated characters with one simplified form
(乾, 幹, 干) stand together: `agrees with` then says less, never more.
"""

import importlib.metadata
import importlib.util
import pathlib
import sys

TABLES = ("STCharacters", "TSCharacters", "TWVariants", "HKVariants", "JPVariants")


def main(out):
    package = pathlib.Path(importlib.util.find_spec("opencc").origin).parent / "dictionary"
    parent = {}

    def root(char):
        while parent.setdefault(char, char) != char:
            char = parent[char]
        return char

    for table in TABLES:
        for line in (package / f"{table}.txt").read_text(encoding="utf-8").splitlines():
            one, _, others = line.partition("\t")
            for other in others.split():
                if len(one) == len(other) == 1:
                    low, high = sorted((root(one), root(other)))
                    parent[high] = low
    classes = {}
    for char in sorted(parent):
        classes.setdefault(root(char), []).append(char)
    rows = sorted("".join(chars) for chars in classes.values() if len(chars) > 1)
    version = importlib.metadata.version("opencc-python-reimplemented")
    head = (
        "# Forms of one Han character: simplified, traditional, and those of Japan, one class a line.\n"
        f"# source: PyPI opencc-python-reimplemented {version}, dictionary/{{{','.join(TABLES)}}}.txt, data of OpenCC\n"
        "# licence: Apache-2.0, Copyright 2016 Yichen Huang and the contributors of OpenCC; regrouped\n"
        f"# rows: {len(rows)}\n"
        "# Made by tests/tools/han_variants.py.\n"
    )
    pathlib.Path(out).write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
