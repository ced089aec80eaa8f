"""Writes what Google's metadata says about phone numbers, by PyPI phonenumbers (Apache-2.0), Google's port to Python.

Usage: pip install phonenumbers==9.0.42    # the metadata that rlibphonenumber 2.2.15 carries
       python3 tests/tools/phone_reference.py tests/data/phone/expected.csv.gz
       pip install phonenumbers==9.0.33    # the metadata that phonenumber 0.3.10 carries
       python3 tests/tools/phone_reference.py tests/data/phone/changed-9.0.33.csv.gz tests/data/phone/expected.csv.gz

The first writes all rows; the second, for the same inputs, the rows on which the older metadata differ, each after its
row number. All numbers are the examples of Google's metadata, in many spellings, or such an example with a digit
changed, added or removed.

Columns: kind of spelling, region, text, then either `error` alone or country code, national number, leading zeros,
extension, valid, possible, region, type, E.164, international, national.
"""

import csv
import gzip
import io
import random
import sys

import phonenumbers as P
from phonenumbers import PhoneNumberFormat as F
from phonenumbers import PhoneNumberType as T

TYPES = {value: name for name, value in vars(T).items() if not name.startswith("_") and isinstance(value, int)}
NOISE = ["Tel: %s", "call me %s", "%s (mobile)", "%s / %s", "m. %s", "%s ", "\u202a%s\u202c", "%s;ext=5", "tel:%s",
         "whatsapp %s", "%s or email", "=%s", "'%s", "%s.0"]


def inputs():
    """All spellings, as (kind, region, text)."""
    rng = random.Random(7)
    rows = []

    def add(kind, region, text):
        rows.append((kind, region, text))

    regions = sorted(P.SUPPORTED_REGIONS)
    for region in regions:
        seen = set()
        for number_type in TYPES:
            number = P.example_number_for_type(region, number_type)
            if not number or (number.country_code, number.national_number) in seen:
                continue
            seen.add((number.country_code, number.national_number))
            e164 = P.format_number(number, F.E164)
            international = P.format_number(number, F.INTERNATIONAL)
            national = P.format_number(number, F.NATIONAL)
            nsn = P.national_significant_number(number)
            code = e164[:len(e164) - len(nsn)]
            add("e164", "", e164)
            add("international", region, international)
            add("international without region", "", international)
            add("national", region, national)
            add("rfc3966", "", P.format_number(number, F.RFC3966))
            add("significant number", region, nsn)
            digits = list(e164)
            place = rng.randrange(len(code), len(e164))
            digits[place] = str((int(digits[place]) + rng.randrange(1, 10)) % 10)
            add("digit changed", "", "".join(digits))
            add("digit missing", "", e164[:-1])
            add("digit added", "", e164 + "5")
            add("extension", region, national + " ext. 123")
            add("full width", "", "".join(chr(0xFF10 + int(c)) if c.isdigit() else "\uff0b" for c in e164))
            add("00 prefix", region, "00" + e164[1:])
            add("dots", "", ".".join([code, nsn[:3], nsn[3:6], nsn[6:]]))
            add("(0)", region, f"{code} (0) {nsn}")
            add("wrong region", rng.choice(regions), national)
        number = P.invalid_example_number(region)
        if number:
            add("invalid example", "", P.format_number(number, F.E164))
    for code in sorted(P.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        number = P.example_number_for_non_geo_entity(code)
        if number:
            add("no country", "", P.format_number(number, F.E164))
            add("no country, international", "", P.format_number(number, F.INTERNATIONAL))
    for region in rng.sample(regions, 120):
        number = P.example_number_for_type(region, T.MOBILE) or P.example_number(region)
        if not number:
            continue
        e164 = P.format_number(number, F.E164)
        nsn = P.national_significant_number(number)
        for noise in NOISE:
            add("noise", region, noise.replace("%s", e164))
        for _ in range(6):
            length = rng.randrange(3, 16)
            add("cut", region, (nsn * 8)[:length])
    return rows


def judge(region, text):
    """The reference's answer as a list of cells."""
    try:
        n = P.parse(text, region or None)
    except P.NumberParseException:
        return ["error"]
    zeros = (n.number_of_leading_zeros or 1) if n.italian_leading_zero else 0
    return [str(cell) for cell in (
        n.country_code, n.national_number, zeros, n.extension or "", int(P.is_valid_number(n)),
        int(P.is_possible_number(n)), P.region_code_for_number(n) or "", TYPES[P.number_type(n)],
        P.format_number(n, F.E164), P.format_number(n, F.INTERNATIONAL), P.format_number(n, F.NATIONAL))]


def write(path, rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    with open(path, "wb") as file:
        with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=9, mtime=0, filename="") as packed:
            packed.write(text.getvalue().encode())


def main(out, expected=None):
    if expected is None:
        rows = [[kind, region, text, *judge(region, text)] for kind, region, text in inputs()]
    else:
        with gzip.open(expected, "rt", encoding="utf-8", newline="") as file:
            given = list(csv.reader(file))
        answers = [(place, row, judge(row[1], row[2])) for place, row in enumerate(given)]
        rows = [[place, *row[:3], *answer] for place, row, answer in answers if answer != row[3:]]
    write(out, rows)
    print(f"{len(rows)} rows, phonenumbers {P.__version__}")


if __name__ == "__main__":
    main(*sys.argv[1:])
