"""Writes the locale data of the fairness bench: `tests/data/locales/LOCALE.yaml`, one file a locale.

Usage: pip install Faker==40.54.0 phonenumbers==9.0.43 anyascii PyYAML
       python3 tests/tools/locales.py [--retrieved YYYY-MM-DD]

Names are from PyPI Faker (MIT), romanised by PyPI anyascii (ISC) where Faker has no romanised form. Telephone numbers
are drawn from the numbering metadata in PyPI phonenumbers (Apache-2.0), not from Faker, whose numbers are often none; each
is valid, and each way of writing it reads back as the same number. Towns, streets and the forms of company and school names
are in `locales-by-hand.yaml`; the words in company and school names are invented by chaining parts of the locale's names.
The same versions and date give the same bytes.
"""

import argparse
import datetime
import importlib
import importlib.metadata
import json
import pathlib
import random
import re
import unicodedata

import phonenumbers as P
import yaml
from anyascii import anyascii

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent / "data" / "locales"
GIVEN, FAMILY, STEMS, PHONES = 24, 24, 24, 6
LEADING_VOWELS = "เแโใไ"
RUN = re.compile("|".join(f"(?:{d}){{8}}" for d in "0123456789") + "|12345678|87654321|98765432|01234567")


def lists(modules, *names):
    """The first attribute of these names that the locale's name lists have, as a list of texts."""
    for module in modules:
        provider = importlib.import_module(f"faker.providers.person.{module}").Provider
        for name in names:
            value = vars(provider).get(name)
            if value and not callable(value):
                return sorted({v for v in value if isinstance(v, str)})
    return []


def roman(text):
    """A romanised form: letters of ASCII, each word with a capital."""
    words = re.findall(r"[A-Za-z]+", anyascii(text).replace("'", "").replace("`", ""))
    return " ".join(word[0].upper() + word[1:].lower() for word in words)


def distance(a, b):
    """Levenshtein's distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def alike(a, b):
    """Whether two words are one word, nearly one, or one begins with the other."""
    a, b = (re.sub("ae|oe|ue", lambda m: m[0][0], word.lower()) for word in (a, b))
    return a == b or min(len(a), len(b)) >= 3 and (distance(a, b) < 2 or a.startswith(b) or b.startswith(a))


def choose(rng, candidates, count, taken, short):
    """Names that aren't alike, one word each, as (native, romanised); `short` allows single letters and likeness."""
    order, chosen = list(candidates), []
    rng.shuffle(order)
    for name in order:
        native, latin = name if isinstance(name, tuple) else (name, roman(name))
        fits = latin and len(latin) < 16 and not re.search(r"[\s.\-'’‘]", native) and native[0].isalpha()
        if not fits or not short and (len(latin) < 2 or any(alike(latin, b) or alike(native, a) for a, b in taken)):
            continue
        if (native, latin) in taken:
            continue
        chosen.append((native, latin))
        taken.append((native, latin))
        if len(chosen) == count:
            break
    return chosen


def japanese(which):
    """Names with the romanised forms that Faker gives them."""
    provider = importlib.import_module("faker.providers.person.ja_JP").Provider
    return sorted((kanji, latin) for kanji, _, latin in getattr(provider, which))


def groups(rng, locale, about):
    """Given names, family names and patronymics that go together."""
    modules = about["faker"] if isinstance(about["faker"], list) else [about["faker"]]
    short, taken, made = about.get("names") == "joined", [], []
    for sex in ("female", "male"):
        unsexed = ("first_names", "first_names_unisex")
        given = lists(modules, f"first_names_{sex}", f"first_names_{sex}_est", f"first_names_{sex}_common", *unsexed)
        family = lists(modules[::-1], f"last_names_{sex}", f"{sex}_last_names", "last_names", "unisex_last_names",
                       "last_names_without_suffix", "last_names_common", f"last_names_{sex}_est")
        if locale == "ja-JP":
            given, family = japanese(f"first_name_{sex}_pairs"), japanese("last_name_pairs")
        middle = lists(modules, f"middle_names_{sex}", "middle_names") if about.get("names") in ("patronymic", "middle") else []
        if about.get("names") == "icelandic":
            ending = "dóttir" if sex == "female" else "son"
            family = [name.rstrip("s") + "s" + ending for name in family]
        group = {"given": choose(rng, given, GIVEN // 2, taken, short)}
        shared = made and family == before
        group["family"] = made[0]["family"] if shared else choose(rng, family, FAMILY // 2, taken, short)
        before = family
        group["middle"] = choose(rng, middle, GIVEN // 2, taken, False)
        assert min(len(group["given"]), len(group["family"])) >= 5, (locale, sex, {k: len(v) for k, v in group.items()})
        made.append(group)
    return made


def clusters(word):
    """A word in parts that may not be torn apart: a letter with its marks, a leading vowel with its consonant."""
    parts = []
    for char in word.lower():
        joined = parts and (unicodedata.category(char)[0] == "M" or char in "\u200c\u200d" or parts[-1][-1] in LEADING_VOWELS
                            or unicodedata.combining(parts[-1][-1]) == 9 or parts[-1][-1] == "\u200d")
        if joined:
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def stems(rng, locale, about, made):
    """Invented words that look like the locale's: parts of its names, chained as they follow one another there."""
    kinds = ("given",) if about.get("names") == "icelandic" else ("given", "family")
    words = [native for group in made for kind in kinds for native, _ in group[kind]]
    chars, found = sorted({c for word in words for c in word}), []
    if locale == "ja-JP":
        provider = importlib.import_module("faker.providers.person.ja_JP").Provider
        words = sorted(set(provider.last_kana_names + provider.first_kana_names))
    follow = {}
    for word in words:
        parts = ["", *clusters(word), ""]
        for a, b in zip(parts, parts[1:]):
            follow.setdefault(a, []).append(b)
    known = {word.lower() for word in words}
    # A company may not have a word of the forms as its own name.
    forms = [word.lower() for form in about["company"] + about["school"] for word in form.split()]
    for _ in range(40000):
        if len(found) == STEMS:
            break
        if about.get("names") == "joined":
            size = 3 if locale == "ko-KR" else 2
            word = "".join(rng.sample(chars, size))
        else:
            parts = [rng.choice(follow[""])]
            while parts[-1] and len(parts) < 12:
                parts.append(rng.choice(follow[parts[-1]]))
            word = "".join(parts)
            if parts[-1] or not 4 <= len([p for p in parts if p]) <= 8:
                continue
        latin = roman(word)
        if " " in latin or len(latin) < 4 or word in known or any(alike(latin, b) or alike(word, a.lower()) for a, b in found):
            continue
        if any(alike(word, form) or alike(latin, anyascii(form)) for form in forms):
            continue
        found.append((word[0].upper() + word[1:] if word[0] != "i" or locale not in ("tr-TR", "az-AZ") else "İ" + word[1:], latin))
    assert len(found) == STEMS, (locale, len(found))
    return found


def same(written, region, number):
    """Whether a way of writing a number reads back as that number."""
    try:
        return P.format_number(P.parse(written, region), P.PhoneNumberFormat.E164) == number
    except P.NumberParseException:
        return False


def phones(rng, locale, region, area):
    """Valid numbers of people, as (national, international)."""
    example = P.example_number_for_type(region, P.PhoneNumberType.MOBILE)
    national = P.national_significant_number(example)
    found = []
    for attempt in range(20000):
        if len(found) == PHONES:
            return found
        free = max(4, len(national) - 3 - attempt % 4)
        digits = "".join(rng.choice("0123456789") for _ in range(free))
        text = f"{area}555{rng.randrange(2000, 9999)}" if area else national[:-free] + digits
        number = P.parse(f"+{example.country_code}{text}")
        written = [P.format_number(number, form) for form in (P.PhoneNumberFormat.NATIONAL, P.PhoneNumberFormat.INTERNATIONAL)]
        plain = P.format_number(number, P.PhoneNumberFormat.E164)
        spelled = [*written, plain, re.sub(r"[^0-9]+", "", written[0]), re.sub(r"[^0-9]+", ".", written[0]).strip(".")]
        kinds = (P.PhoneNumberType.MOBILE, P.PhoneNumberType.FIXED_LINE_OR_MOBILE)
        fits = P.is_valid_number(number) and P.region_code_for_number(number) == region and P.number_type(number) in kinds
        if fits and not RUN.search(plain) and all(same(form, region, plain) for form in spelled) and written not in found:
            found.append(written)
    raise SystemExit(f"{locale}: only {len(found)} numbers found")


def pair(cell):
    """A cell of the hand-written file as (native, romanised)."""
    native, _, latin = str(cell).partition("=")
    return native, latin or anyascii(native).title()


def text(value):
    """One YAML scalar; names as `native=romanised` where the two differ."""
    if isinstance(value, tuple):
        value = value[0] if value[0] == value[1] else "=".join(value)
    return json.dumps(value, ensure_ascii=False)


def flow(indent, key, values):
    """A list in flow style, wrapped."""
    lines, line = [], f"{indent}{key}: ["
    for place, value in enumerate(values):
        piece = text(value) + (", " if place + 1 < len(values) else "]")
        if len(line) + len(piece) > 140:
            lines.append(line.rstrip())
            line = indent + "  "
        line += piece
    return "\n".join([*lines, line if values else f"{indent}{key}: []"]) + "\n"


def write(locale, about, retrieved):
    """The file of one locale."""
    rng = random.Random(f"indicia {locale}")
    made, region = groups(rng, locale, about), about["country"]
    invented = stems(rng, locale, about, made)
    versions = {name: importlib.metadata.version(name) for name in ("Faker", "phonenumbers", "anyascii")}
    modules = about["faker"] if isinstance(about["faker"], str) else " and ".join(about["faker"])
    count = sum(len(group["given"]) + len(group["family"]) + len(group["middle"]) for group in made)
    towns = [(pair(t[0]), pair(t[1]), str(t[2]), t[3], phones(rng, locale, region, t[4] if len(t) > 4 else "")) for t in about["towns"]]
    body = f"locale: {locale}\ncountry: {json.dumps(region)}\nnames: {about.get('names', 'plain')}\ngroups:\n"
    for group in made:
        body += "  -\n" + "".join(flow("    ", key, group[key]) for key in ("given", "middle", "family"))
    body += flow("", "stems", invented) + flow("", "company", about["company"]) + flow("", "school", about["school"])
    body += "towns:\n"
    for name, area, postal, zone, numbers in towns:
        body += f"  - name: {text(name)}\n    region: {text(area)}\n    postal: {text(postal)}\n    zone: {zone}\n    phones:\n"
        body += "".join(f"      - [{text(a)}, {text(b)}]\n" for a, b in numbers)
    body += flow("", "streets", about["streets"])
    body += f"user: {text(about['user'])}\npart_time: {text(about['part_time'])}\ndigits: {text(about.get('digits', '0123456789'))}\n"
    head = (
        f"# Names, towns, telephone numbers, companies and schools of {locale}, for the fairness bench. Written by tests/tools/locales.py.\n"
        f"# source: names PyPI Faker {versions['Faker']} ({modules}); romanised by PyPI anyascii {versions['anyascii']}; numbers drawn from the metadata\n"
        f"#   in PyPI phonenumbers {versions['phonenumbers']}; towns and word forms by hand, tests/tools/locales-by-hand.yaml; companies and schools invented\n"
        f"# licence: MIT (Faker), ISC (anyascii), Apache-2.0 (phonenumbers), MIT OR Apache-2.0 (this project)\n"
        f"# retrieved: {retrieved}\n"
        f"# rows: {count} names, {len(invented)} invented words, {len(towns)} towns, {sum(len(t[4]) for t in towns)} numbers\n"
    )
    (OUT / f"{locale}.yaml").write_text(head + body, encoding="utf-8")


def main():
    """Writes all files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--retrieved", default=datetime.date.today().isoformat(), help="date for the headers")
    options = parser.parse_args()
    by_hand = yaml.safe_load((HERE / "locales-by-hand.yaml").read_text(encoding="utf-8"))
    OUT.mkdir(parents=True, exist_ok=True)
    for locale, about in by_hand.items():
        write(locale, about, options.retrieved)
    print(f"{len(by_hand)} locales")


if __name__ == "__main__":
    main()
