"""Checks the header of every list, also of those written by hand: complete, true about its rows, no row twice.

What is asked of a header: what the list holds, then `source`, `licence`, `retrieved` (a day) and `rows`. The pages that
list them must say the same.
"""

import csv
import datetime
import pathlib
import re
import sys
import unicodedata

import listfile


def folded(text: str) -> str:
    """A text as lists look it up: without regard to case, accents, punctuation and spacing."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if c.isalnum())


def faults(path: pathlib.Path) -> list[str]:
    """What is wrong with a list, in words."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = []
    for line in lines:
        if not line.startswith("#"):
            break
        head.append(line)
    found = []
    fields = {m[1]: m[2] for line in head if (m := re.match(r"# (source|licence|retrieved|rows): (\S.*)$", line))}
    found += [f"no line `# {name}: …`" for name in ("source", "licence", "retrieved", "rows") if name not in fields]
    if not head or re.match(r"# (source|licence|retrieved|rows):", head[0]):
        found.append("the first line does not say what the list holds")
    try:
        day = datetime.date.fromisoformat(fields.get("retrieved", ""))
        if day > datetime.datetime.now(datetime.timezone.utc).date():
            found.append(f"retrieved on {day}, which is still to come")
    except ValueError:
        found.append("`# retrieved: …` is not a day such as 2026-01-31")
    body = [line for line in lines[len(head) :] if line.strip()]
    if path.parent == listfile.CORE:
        # Tables of the engine have no row of column names; of `;` and `,` the first one ends the key.
        keys = [line.split(";")[2] if ";" in line else line.split(",")[0] for line in body]
    elif path.suffix == ".csv":
        rows = list(csv.reader(body))
        if any(len(row) != len(rows[0]) for row in rows):
            found.append("a row has more or fewer cells than there are columns")
        keys = [row[0] for row in rows[1:]]
    else:
        keys = body
    if fields.get("rows") != str(len(keys)):
        found.append(f"the header says {fields.get('rows')} rows, there are {len(keys)}")
    # Addresses and prefixes differ by their punctuation, and so do the words that `mentions` looks for; names do not.
    fold = str.casefold if re.search(r"domain|prefixes|numbers|networks|hosts|mail|technologies", path.stem) else folded
    seen: dict[str, str] = {}
    for key in keys:
        if fold(key) in seen:
            found.append(f"`{key}` stands there twice, first as `{seen[fold(key)]}`")
        seen.setdefault(fold(key), key)
    return found


def unlike(page: pathlib.Path, paths: list[pathlib.Path]) -> list[str]:
    """Where a page's table of lists says another number of rows or another day than the lists themselves."""
    text = page.read_text(encoding="utf-8")
    found = []
    for path in paths:
        head = path.read_text(encoding="utf-8")
        rows, day = (re.search(rf"^# {name}: (\S+)$", head, re.M) for name in ("rows", "retrieved"))
        line = re.search(rf"^\| `{path.stem}` \| ([\d,]+) \|(.*)$", text, re.M)
        if not line or not rows or not day:
            found.append(f"no row for `{path.stem}`")
        elif line[1].replace(",", "") != rows[1]:
            found.append(f"says that `{path.stem}` has {line[1]} rows; it has {rows[1]}")
        elif (shown := re.search(r"\d{4}-\d\d-\d\d", line[2])) and shown[0] != day[1]:
            found.append(f"says that `{path.stem}` was retrieved on {shown[0]}; it was on {day[1]}")
    return found


def main() -> None:
    """Checks the lists of the ruleset and of the engine."""
    root = listfile.RULESETS.parent
    shipped, engine = sorted(listfile.LISTS.glob("*.*")), sorted(listfile.CORE.glob("*.csv"))
    paths = shipped + engine
    wrong = [f"{path.relative_to(root)}: {fault}" for path in paths for fault in faults(path)]
    for page, tables in ((root / "docs" / "lists.md", paths), (listfile.LISTS.parent / "README.md", shipped)):
        wrong += [f"{page.relative_to(root)}: {fault}" for fault in unlike(page, tables)]
    print("\n".join(wrong) or f"headers of {len(paths)} lists are complete and true")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
