"""Whatever Python holds: no crash, and the same verdict as by JSON text wherever `json.dumps` can write it."""

from __future__ import annotations

import datetime as dt
import decimal
import json
import math
import os
import uuid
from typing import Any

import pyarrow as pa
import road
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import indicia

TRIES = 20_000 if os.environ.get("INDICIA_PROOF") else 400
settings.register_profile("indicia", max_examples=TRIES, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("indicia")

KEYS = ["id", "submitted", "form", "work", "phone", "age", "tags", "name", "start", "endDate", "pay", "born", "country", "remote", "end", ""]
texts = st.one_of(st.sampled_from(["x", "DE", "2020-01-31", "2026-01-15T09:30:00Z", "+41 44 668 18 00", " "]), st.text(max_size=20))
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts)
json_like = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.tuples(inner, inner), st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text(max_size=3)), inner, max_size=6)),
    max_leaves=25,
)
odd = st.one_of(
    st.binary(max_size=4),
    st.decimals(),
    st.datetimes(timezones=st.one_of(st.none(), st.timezones())),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.uuids(),
    st.complex_numbers(),
    st.fractions(),
    st.sets(st.integers(), max_size=2),
    st.sampled_from([object(), int, len, ..., indicia, uuid, iter(()), "\ud800", 10**400, -math.inf, math.nan]),
)
anything = st.recursive(
    st.one_of(scalars, odd),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.one_of(st.sampled_from(KEYS), st.integers(), st.none(), st.text(max_size=3)), inner, max_size=6)),
    max_leaves=25,
)
record = st.fixed_dictionaries(
    {},
    optional={
        "id": json_like,
        "submitted": scalars,
        "form": st.one_of(json_like, st.fixed_dictionaries({}, optional={key: json_like for key in ("phone", "age", "tags", "name", "born", "country", "remote")})),
        "work": st.one_of(json_like, st.lists(st.one_of(json_like, st.fixed_dictionaries({}, optional={key: json_like for key in ("name", "start", "endDate", "pay")})), max_size=5)),
        "other": json_like,
    },
)


def outcome(rules: indicia.Ruleset, application: Any) -> str | tuple[Any, ...]:
    try:
        return rules.screen(application).to_json()
    except indicia.InputError as error:
        assert str(error)
        return (error.path, error.expected)


def is_json(value: Any) -> bool:
    """Whether `json.dumps` writes what JSON has and the engine reads as the same."""
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int):
        return abs(value) < 10**300
    if isinstance(value, str):
        return not any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, (list, tuple)):
        return all(map(is_json, value))
    if isinstance(value, dict):
        return all(is_json(key) and is_json(one) for key, one in value.items())
    return value is None or isinstance(value, bool)


@given(application=st.one_of(record, json_like))
def test_objects_and_their_json_text_have_the_same_verdict(rules: indicia.Ruleset, application: Any) -> None:
    by_object = outcome(rules, application)
    if is_json(application) and not isinstance(application, str):
        text = json.dumps(application)
        assert outcome(rules, text) == by_object
        assert outcome(rules, text.encode()) == by_object
        plain = json.dumps(application, ensure_ascii=False)
        assert outcome(rules, bytearray(plain.encode())) == by_object


@given(application=anything)
def test_nothing_that_python_has_is_more_than_an_error(rules: indicia.Ruleset, application: Any) -> None:
    outcome(rules, application)
    outcome(rules, {"id": application, "form": application, "work": [application, {"name": application, "endDate": application}]})
    outcome(rules, {"form": {"phone": application, "age": application, "tags": [application]}})


@given(text=st.one_of(st.binary(max_size=80), st.text(max_size=80), st.builds(lambda a, b, c: json.dumps(a)[:b] + c, record, st.integers(0, 80), st.text(max_size=3))))
def test_texts_of_any_kind_are_read_or_refused(rules: indicia.Ruleset, text: Any) -> None:
    made = outcome(rules, text)
    if isinstance(text, bytes):
        assert outcome(rules, memoryview(text)) == made
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(value, dict) and is_json(value):
        assert isinstance(made, str)


rows = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.one_of(st.none(), texts),
            "form": st.one_of(st.none(), st.fixed_dictionaries({"phone": st.one_of(st.none(), texts), "age": st.one_of(st.none(), st.floats(allow_infinity=False)), "tags": st.one_of(st.none(), st.lists(st.one_of(st.none(), texts), max_size=3))})),
            "work": st.one_of(st.none(), st.lists(st.one_of(st.none(), st.fixed_dictionaries({"name": st.one_of(st.none(), texts), "start": st.one_of(st.none(), texts)})), max_size=3)),
        }
    ),
    min_size=1,
    max_size=6,
)
SCHEMA = pa.schema(
    {
        "id": pa.string(),
        "form": pa.struct({"phone": pa.string(), "age": pa.float64(), "tags": pa.list_(pa.string())}),
        "work": pa.list_(pa.struct({"name": pa.string(), "start": pa.string()})),
    }
)


@given(given_rows=rows, start=st.integers(0, 3), size=st.integers(1, 3), threads=st.sampled_from([1, 3]))
def test_rows_of_a_table_have_the_verdicts_of_their_applications(
    rules: indicia.Ruleset, given_rows: list[dict[str, Any]], start: int, size: int, threads: int
) -> None:
    whole = pa.Table.from_pylist(given_rows, schema=SCHEMA)
    table = pa.Table.from_batches(whole.slice(start).to_batches(max_chunksize=size), schema=SCHEMA)
    made = road.of_table(rules.screen_frame(table, columns=["verdict"], threads=threads))
    # A column of numbers holds 1.0 where a text of JSON may say 1; a number that is none is missing.
    assert made == [rules.screen(row).to_json() for row in given_rows[start:]]


@given(number=st.one_of(st.decimals(allow_nan=False, allow_infinity=False), st.integers(-(10**30), 10**30)))
def test_exact_numbers_are_those_of_their_text(rules: indicia.Ruleset, number: decimal.Decimal | int) -> None:
    assert outcome(rules, {"form": {"age": number}}) == outcome(rules, f'{{"form":{{"age":{number}}}}}') or abs(number) > 10**300


@given(day=st.one_of(st.dates(), st.datetimes(timezones=st.one_of(st.none(), st.timezones()))))
def test_days_of_evaluation_are_those_of_their_text(rules: indicia.Ruleset, day: dt.date) -> None:
    meant: dt.date = day
    if isinstance(day, dt.datetime):
        if not 1 < day.year < 9999:
            return
        meant = (day.astimezone(dt.timezone.utc) if day.tzinfo else day).date()
    assert rules.screen({}, day).as_of == meant.isoformat()


@given(when=st.datetimes(min_value=dt.datetime(2, 1, 1), max_value=dt.datetime(9998, 1, 1), timezones=st.timezones()))
def test_every_instant_is_one(rules: indicia.Ruleset, when: dt.datetime) -> None:
    assert rules.screen({"submitted": when}).problems == []
