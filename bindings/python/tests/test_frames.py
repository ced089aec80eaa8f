"""Tables in and out: each library, each type of Arrow, what does not fit, and that nothing is lost or mixed up."""

from __future__ import annotations

import datetime as dt
import decimal
import json
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import road

import indicia

Ruleset = indicia.Ruleset

ROWS: list[dict[str, Any]] = [
    {"id": "a", "form": {"phone": "+41 44 668 18 00", "age": 30, "tags": ["x", "y"]}, "work": [{"name": "A", "pay": 1.5}]},
    {"id": "b", "form": {"phone": None, "age": 130, "tags": []}, "work": [{"name": "A"}, {"name": "B"}, {"name": "C"}]},
    {"id": "c", "form": None, "work": None},
    {"id": None, "form": {"age": 101}, "work": []},
]


def verdicts(rules: Ruleset, rows: list[dict[str, Any]], **options: Any) -> list[str]:
    return [rules.screen(json.dumps(row), **options).to_json() for row in rows]


def table(rows: list[dict[str, Any]] = ROWS) -> pa.Table:
    return pa.Table.from_pylist(rows)


TABLES: dict[str, Callable[[], Any]] = {
    "pyarrow.Table": table,
    "pyarrow.RecordBatch": lambda: table().to_batches()[0],
    "pyarrow.RecordBatchReader": lambda: table().to_reader(max_chunksize=2),
    "chunks": lambda: pa.concat_tables([table().slice(0, 1), table().slice(1, 0), table().slice(1)]),
    "slice": lambda: pa.concat_tables([table().slice(2), table()]).combine_chunks().slice(2),
    "polars.DataFrame": lambda: pl.DataFrame(table()),
    "polars.LazyFrame": lambda: pl.DataFrame(table()).lazy(),
    "polars slice": lambda: pl.concat([pl.DataFrame(table()), pl.DataFrame(table())]).slice(4),
    "pandas objects": lambda: pd.DataFrame(ROWS, index=list("pqrs")),
    "pandas of arrow": lambda: table().to_pandas(types_mapper=pd.ArrowDtype),
    "duckdb": lambda: duckdb.connect().from_arrow(table()),
}


def rows_of(made: Any) -> pa.Table:
    """Any table that came out as one of PyArrow."""
    if isinstance(made, pl.LazyFrame):
        made = made.collect()
    if isinstance(made, pd.DataFrame):
        return pa.Table.from_pandas(made, preserve_index=False)
    if isinstance(made, pa.RecordBatchReader):
        return made.read_all()
    return pa.table(made)


@pytest.mark.parametrize("kind", TABLES)
def test_every_kind_of_table_gives_the_same_and_its_own_kind(rules: Ruleset, kind: str) -> None:
    given = TABLES[kind]()
    made = rules.screen_frame(given, columns=["id", "outcome", "score", "coverage", "indicators"])
    if kind != "duckdb":
        assert type(made) is type(given)
    if isinstance(given, pd.DataFrame):
        assert list(made.index) == list(given.index)
    expected = [rules.screen(row) for row in ROWS]
    found = rows_of(made)
    assert found.column_names == ["id", "outcome", "score", "coverage", "indicators"]
    assert found.to_pylist() == [
        {
            "id": one.id,
            "outcome": one.outcome,
            "score": one.score,
            "coverage": {"judged": one.coverage.judged, "of": one.coverage.of},
            "indicators": [raised.indicator for raised in one.raised],
        }
        for one in expected
    ]
    whole = rows_of(rules.screen_frame(TABLES[kind](), columns=["verdict"]))
    described = pa.table(rules.frame_schema(columns=["verdict"])).schema
    assert road.of_table(whole.replace_schema_metadata(described.metadata)) == verdicts(rules, ROWS)
    if kind.startswith("pyarrow") or kind in ("chunks", "slice", "duckdb"):
        assert found.schema == pa.table(rules.frame_schema(columns=["id", "outcome", "score", "coverage", "indicators"])).schema
        assert json.loads(found.schema.metadata[b"indicia.ruleset"])["digest"] == rules.digest


def column(values: Any, ty: pa.DataType) -> pa.Table:
    return pa.table({"value": pa.array(values, ty)})


UTC = dt.timezone.utc
DAY, INSTANT = dt.datetime(1980, 1, 31), dt.datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
NUMBERS = [pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64(), pa.float16(), pa.float32(), pa.float64()]


@pytest.mark.parametrize(
    ("path", "value", "ty"),
    [
        *(("form.phone", "+41 44 668 18 00", ty) for ty in (pa.string(), pa.large_string(), pa.string_view())),
        *(("form.tags", ["x", None], of(pa.string())) for of in (pa.list_, pa.large_list, lambda ty: pa.list_(ty, 2))),
        ("form.tags", ["x", "y"], pa.list_(pa.dictionary(pa.int8(), pa.string()))),
        *(("form.age", 101, ty) for ty in NUMBERS if ty != pa.float16()),
        ("form.age", 2**64 - 1, pa.uint64()),
        ("form.age", decimal.Decimal("101.50"), pa.decimal128(10, 2)),
        ("form.age", decimal.Decimal("101.50"), pa.decimal256(50, 2)),
        ("form.age", decimal.Decimal("101.5"), pa.decimal32(5, 1)),
        ("form.age", decimal.Decimal("-101.5"), pa.decimal64(15, 3)),
        ("form.remote", True, pa.bool_()),
        ("form.born", DAY.date(), pa.date32()),
        ("form.born", DAY.date(), pa.date64()),
        *(("form.born", DAY, pa.timestamp(unit)) for unit in ("s", "ms", "us", "ns")),
        ("form.born", "1980-01", pa.string()),
        *(("submitted", INSTANT, pa.timestamp(unit, zone)) for unit in ("s", "ms", "us", "ns") for zone in ("UTC", "Asia/Tokyo", "+05:30")),
        ("submitted", "2026-01-15T09:30:00Z", pa.string()),
        *(("form.country", "DE", pa.dictionary(index, pa.string())) for index in (pa.int8(), pa.uint32(), pa.int64())),
        ("form.country", "DE", pa.dictionary(pa.int32(), pa.large_string())),
    ],
    ids=str,
)
def test_every_type_of_arrow_is_read(rules: Ruleset, path: str, value: Any, ty: pa.DataType) -> None:
    if isinstance(value, dt.datetime) and value.tzinfo:
        plain: Any = value.isoformat().replace("+00:00", "Z")
    elif isinstance(value, dt.date):
        plain = value.isoformat()[:10]
    else:
        plain = float(value) if isinstance(value, decimal.Decimal) else value
    first, _, second = path.partition(".")
    record = {first: {second: plain}} if second else {first: plain}
    if pa.types.is_floating(ty):
        record["form"]["age"] = float(value)
    try:
        array = pa.array([value, None, value], ty)
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        array = pa.array([value, None, value]).cast(ty)
    made = road.of_table(rules.screen_frame(pa.table({path: array}), columns=["verdict"]))
    expected = rules.screen(json.dumps(record))
    assert expected.problems == [] or value == 2**64 - 1
    strip = lambda text: text.replace("101.50", "101.5").replace("-101.500", "-101.5")  # noqa: E731
    assert [strip(one) for one in made] == verdicts(rules, [record, {}, record])
    sliced = pa.table({path: pa.concat_arrays([array, array]).slice(2, 3)})
    made = road.of_table(rules.screen_frame(sliced, columns=["verdict"]))
    assert [strip(one) for one in made] == verdicts(rules, [record, record, {}])


@pytest.mark.parametrize(
    ("path", "ty", "found"),
    [
        ("form.phone", pa.int64(), "a number (int64)"),
        ("form.phone", pa.binary(), "bytes"),
        ("form.phone", pa.list_(pa.string()), "a list"),
        ("form.phone", pa.struct({"a": pa.string()}), "a struct"),
        ("form.age", pa.string(), "text"),
        ("form.age", pa.bool_(), "a bool"),
        ("form.age", pa.dictionary(pa.int8(), pa.string()), "text"),
        ("form.remote", pa.int8(), "a number (int8)"),
        ("form.tags", pa.string(), "text"),
        ("form.tags", pa.list_(pa.int64()), "a number (int64)"),
        ("form.born", pa.int64(), "a number (int64)"),
        ("submitted", pa.date32(), "a date"),
        ("submitted", pa.duration("s"), "a span of time"),
        ("form", pa.string(), "text"),
        ("work", pa.struct({"name": pa.string()}), "a struct"),
        ("work", pa.map_(pa.string(), pa.string()), "a map"),
        ("form.tags", pa.list_view(pa.string()), "a list view; cast it to a list"),
    ],
    ids=str,
)
def test_columns_of_wrong_types_are_named(rules: Ruleset, path: str, ty: pa.DataType, found: str) -> None:
    samples: dict[Any, Any] = {pa.binary(): b"x", pa.list_(pa.string()): ["x"], pa.list_(pa.int64()): [1], pa.string(): "x", pa.bool_(): True}
    samples |= {pa.date32(): dt.date(2020, 1, 1), pa.duration("s"): dt.timedelta(1), pa.struct({"a": pa.string()}): {"a": "x"}}
    samples |= {pa.struct({"name": pa.string()}): {"name": "x"}, pa.map_(pa.string(), pa.string()): [("a", "b")], pa.dictionary(pa.int8(), pa.string()): "x"}
    samples |= {pa.list_view(pa.string()): ["x"]}
    given = pa.table({"other": [None, None], path: pa.array([None, samples.get(ty, 5)], ty)})
    with pytest.raises(indicia.InputError) as raised:
        rules.screen_frame(given)
    error = raised.value
    deeper = f"{path}[0]" if ty == pa.list_(pa.int64()) else path
    assert (error.row, error.column, error.path, error.found) == (1, path, deeper, found)
    assert str(error).startswith(f"row 1, column `{path}`: at `{deeper}`: expected ")
    assert error.expected is not None and error.expected in str(error)
    made = rows_of(rules.screen_frame(given, on_error="row", columns=["id", "outcome", "score", "coverage", "indicators", "verdict"]))
    first, second = made.to_pylist()
    assert first["outcome"] == "clear" and first["error"] is None
    assert second.pop("error") == str(error)
    assert set(second.values()) == {None}
    # Without a value a column of any type says nothing.
    assert road.of_table(rules.screen_frame(pa.table({path: pa.nulls(1, ty)}), columns=["verdict"])) == verdicts(rules, [{}])


def test_layouts_that_are_not_read_are_named(rules: Ruleset) -> None:
    encoded = pa.array(["DE", "DE"], pa.run_end_encoded(pa.int32(), pa.string()))
    with pytest.raises(indicia.InputError, match="found run-end encoded values; decode them"):
        rules.screen_frame(pa.table({"form.country": encoded}))


def test_times_that_can_not_be_read_are_named(rules: Ruleset) -> None:
    for ty, value, path in ((pa.timestamp("us"), dt.datetime(2020, 1, 1, 3), "submitted"), (pa.timestamp("s", "UTC"), 2**62, "submitted"), (pa.date32(), 2**31 - 1, "form.born")):
        array = pa.array([value], ty) if isinstance(value, dt.datetime) else pa.array([value], pa.int32() if ty == pa.date32() else pa.int64()).view(ty)
        with pytest.raises(indicia.InputError) as raised:
            rules.screen_frame(pa.table({path: array}))
        assert (raised.value.column, raised.value.path) == (path, path)
        assert raised.value.found in ("a time without a time zone", "a time out of range")


def test_columns_have_names_or_a_mapping(rules: Ruleset) -> None:
    flat = pa.table({"key": ["a"], "form.phone": ["x"], "work[0].name": ["A"], "work[1].name": ["B"], "w": [["C"]], "skill": ["x"], "Notes": [1]})
    mapping = {"key": "id", "skill": "form.tags[0]"}
    whole = {"id": "a", "form": {"phone": "x", "tags": ["x"]}, "work": [{"name": "A"}, {"name": "B"}]}
    assert road.of_table(rules.screen_frame(flat, mapping, columns=["verdict"])) == verdicts(rules, [whole])
    # A field that is not read makes its record present, and its list longer.
    unread = pa.table({"form.x": [None, 1], "work[0].name": ["A", None], "work[2].name": ["C", None], "id": ["a", "b"]})
    made = road.of_table(rules.screen_frame(unread, columns=["verdict"]))
    assert made == verdicts(rules, [{"id": "a", "work": [{"name": "A"}, None, {"name": "C"}]}, {"id": "b", "form": {"x": 1}}])
    frame = pd.DataFrame({"form.x": [None, {"any", "thing"}], "work[0].name": ["A", None], "id": ["a", "b"]})
    found = rules.screen_frame(frame)["verdict"].tolist()
    expected = [rules.screen({"id": "a", "work": [{}]}), rules.screen({"id": "b", "form": {}})]
    assert [one["unknown"] for one in found] == [one.to_dict()["unknown"] for one in expected]
    # A mapping wins over a name.
    both = pa.table({"id": ["wrong"], "key": ["right"]})
    assert rules.screen_frame(both, {"key": "id"}, columns=["id"]).column("id").to_pylist() == ["right"]
    # A column may hold a part of the record that others complete elsewhere.
    mixed = pa.table({"person": [{"phone": "x", "age": 101}], "jobs": [[{"name": "A"}]]})
    made = road.of_table(rules.screen_frame(mixed, {"person": "form", "jobs": "work"}, columns=["verdict"]))
    assert made == verdicts(rules, [{"form": {"phone": "x", "age": 101}, "work": [{"name": "A"}]}])


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"nope": "id"}, "mapping: the table has no column `nope`; its columns: a, b"),
        ({"a": "form.fone"}, "mapping: the ruleset does not read `form.fone`: `fone` is not among what it reads there (age, born, country, name, phone, remote, tags)"),
        ({"a": "form..phone"}, "mapping: `form..phone` is no path such as `form.phone` or `resume.work[0].name`"),
        ({"a": ""}, "mapping: `` is no path such as"),
        ({"a": "work[x].name"}, "is no path such as"),
        ({"a": "work[5000].name"}, "is no path such as"),
        ({"a": "work.name"}, "`name` is not among what it reads there"),
        ({"a": "id[0]"}, "`[0]` is not among what it reads there (nothing)"),
        ({"a": "id", "b": "id"}, "mapping: two columns are mapped to `id` or into it"),
        ({"a": "form", "b": "form.phone"}, "mapping: two columns are mapped to `form.phone` or into it"),
        ({"a": "form.phone", "b": "form"}, "mapping: two columns are mapped to `form` or into it"),
    ],
)
def test_mappings_that_do_not_fit_are_named(rules: Ruleset, mapping: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError) as raised:
        rules.screen_frame(pa.table({"a": ["x"], "b": ["y"]}), mapping)
    assert message in str(raised.value)


def test_arguments_that_do_not_fit_are_named(rules: Ruleset) -> None:
    given = table()
    wrong: list[tuple[dict[str, Any], type[Exception], str]] = [
        ({"columns": "verdict"}, TypeError, "columns: expected a list of names, found a str"),
        ({"columns": ["verdict", "nope"]}, ValueError, "columns: there is no `nope`; known columns: id, outcome, score"),
        ({"columns": ["id", "id"]}, ValueError, "columns: `id` is named twice"),
        ({"on_error": "skip"}, ValueError, 'on_error: expected "raise" or "row", found \'skip\''),
        ({"threads": 0}, ValueError, "threads: expected at least 1, found 0"),
        ({"as_of": "2020"}, indicia.InputError, "evaluation date `2020` is no date"),
        ({"as_of": 5}, TypeError, "as_of: expected a date"),
        ({"redact_key": 5}, TypeError, "redact_key: expected bytes or str, found int"),
    ]
    for arguments, kind, message in wrong:
        with pytest.raises(kind) as raised:
            rules.screen_frame(given, **arguments)
        assert message in str(raised.value)
    for frame in ({"id": ["a"]}, [{"id": "a"}], "x", None, 5, object()):
        with pytest.raises(TypeError, match="expected a table"):
            rules.screen_frame(frame)
    for series in (pd.Series(["a"]), pl.Series(["a"])):
        with pytest.raises(TypeError, match="found a Series"):
            rules.screen_frame(series)
    with pytest.raises(ValueError, match=r"reads none of the table's columns \(a\)"):
        rules.screen_frame(pa.table({"a": [1]}))
    with pytest.raises(ValueError, match="reads none of the table's columns"):
        rules.screen_frame(pa.table({}))


class Capsule:
    """What says of itself that it is a table."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_what_only_says_that_it_is_a_table_is_refused(rules: Ruleset) -> None:
    array = pa.array([{"id": "a"}])
    used = table().__arrow_c_stream__()
    rules.screen_frame(Capsule(used))
    for answer in (5, None, "x", array.__arrow_c_array__()[0], array.type.__arrow_c_schema__(), used, ZeroDivisionError()):
        with pytest.raises((TypeError, ValueError, ZeroDivisionError)):
            rules.screen_frame(Capsule(answer))
    with pytest.raises((TypeError, ValueError, indicia.IndiciaError)):
        pa.table(rules.screen_frame(pa.chunked_array([[1, 2]])))  # a stream of numbers is no table


def test_tables_without_rows_or_columns(rules: Ruleset) -> None:
    for empty in (table().slice(0, 0), pl.DataFrame(table()).clear(), table().slice(0, 0).to_pandas(), pa.table({"id": pa.array([], pa.string())}), pd.DataFrame({"id": []})):
        made = rules.screen_frame(empty)
        assert type(made) is type(empty)
        assert rows_of(made).num_rows == 0
        assert rows_of(made).column_names == ["outcome", "score", "coverage", "indicators", "verdict"]
    batch = rules.screen_frame(pa.RecordBatch.from_pylist([], schema=table().schema))
    assert (type(batch), batch.num_rows) == (pa.RecordBatch, 0)
    # No column that is asked for: the rows are there.
    assert rules.screen_frame(table(), columns=[]).num_rows == 4


def test_columns_with_the_same_name(rules: Ruleset) -> None:
    twice = pa.Table.from_arrays([pa.array(["first"]), pa.array(["second"])], names=["id", "id"])
    with pytest.raises(ValueError, match="several columns `id`"):
        rules.screen_frame(twice)
    with pytest.raises(ValueError, match="several columns `id`"):
        rules.screen_frame(pd.DataFrame([["first", "second"]], columns=["id", "id"]))
    overlapping = pa.table({"form": [{"phone": "x"}], "form.age": [5]})
    with pytest.raises(ValueError, match="columns `form` and `form.age` take the same place"):
        rules.screen_frame(overlapping)
    assert rules.screen_frame(pa.table({"id": ["a"], "form.x": [1], "form.x.y": [2]}), columns=["id"]).num_rows == 1
    # Others may be named as they like.
    others = pa.Table.from_arrays([pa.array(["a"]), pa.array([1]), pa.array([2])], names=["id", "x", "x"])
    assert rules.screen_frame(others, columns=["id"]).to_pylist() == [{"id": "a"}]


def test_pandas_columns_of_all_kinds(rules: Ruleset) -> None:
    frame = pd.DataFrame(
        {
            "id": pd.array(["a", None, "c"], dtype="string"),
            "form.age": pd.array([101, None, 5], dtype="Int64"),
            "form.remote": pd.array([True, None, False], dtype="boolean"),
            "form.country": pd.Categorical(["DE", None, "FR"]),
            "form.born": pd.to_datetime(["1980-01-31", None, "1899-12-31"]),
            "submitted": pd.to_datetime(["2026-01-15T09:30:00Z", None, "2026-01-15T10:30:00+01:00"], utc=True),
            "form.tags": [["x"], None, []],
            "form.phone": ["+41 44 668 18 00", float("nan"), None],
            "work": [[{"name": "A", "endDate": "2020"}], None, [{"name": None}, None]],
            "form.name": pd.Series([None, None, "Ann"], dtype=object),
            7: [1, 2, 3],
            ("form", "age"): [9, 9, 9],
        },
        index=pd.Index([30, 10, 20], name="key"),
    )
    expected = [
        {"id": "a", "form": {"age": 101, "remote": True, "country": "DE", "born": "1980-01-31", "tags": ["x"], "phone": "+41 44 668 18 00"}, "submitted": "2026-01-15T09:30:00Z", "work": [{"name": "A", "endDate": "2020"}]},
        {},
        {"id": "c", "form": {"age": 5, "remote": False, "country": "FR", "born": "1899-12-31", "tags": [], "name": "Ann"}, "submitted": "2026-01-15T09:30:00Z", "work": [{"name": None}, None]},
    ]
    made = rules.screen_frame(frame, columns=["verdict"])
    assert list(made.index) == [30, 10, 20] and made.index.name == "key"
    described = pa.table(rules.frame_schema()).schema.metadata
    assert road.of_table(rows_of(made).replace_schema_metadata(described)) == verdicts(rules, expected)
    # Floats with NaN for integers that are missing, as pandas reads CSV.
    floats = pd.DataFrame({"form.age": [101.0, float("nan")], "form.born": pd.to_datetime(["1980-01-31", None])})
    assert rules.screen_frame(floats).outcome.tolist() == ["review", "clear"]
    with pytest.raises(indicia.InputError, match="row 1, column `form.age`: values of several types"):
        rules.screen_frame(pd.DataFrame({"form.age": [1, "x", [3]]}))
    exploded = rules.screen_frame(frame, explode=True)
    assert list(exploded.index) == list(range(len(exploded)))


def test_findings_have_rows_of_their_own(rules: Ruleset) -> None:
    made = rules.screen_frame(table(), explode=True).to_pylist()
    expected = []
    for row, application in enumerate(ROWS):
        verdict = rules.screen(application)
        for raised, shadow in [(one, False) for one in verdict.raised] + [(one, True) for one in verdict.shadow]:
            for finding in raised.findings:
                expected.append((row, verdict.id, verdict.outcome, verdict.score, raised.indicator, raised.points, shadow, finding.because))
    names = ("row", "id", "outcome", "score", "indicator", "points", "shadow", "because")
    assert [tuple(one[name] for name in names) for one in made] == expected
    assert expected and any(one[6] for one in expected)
    wrong = pa.table({"id": ["a", "b"], "form.age": ["x", None]})
    found = rules.screen_frame(wrong, explode=True, on_error="row").to_pylist()
    assert [(one["row"], one["error"] is None) for one in found] == [(0, False), (1, True)]


def test_many_rows_keep_their_order_in_any_number_of_threads(rules: Ruleset) -> None:
    count = 100_000
    ages = [number % 203 for number in range(count)]
    whole = pa.table({"id": [str(number) for number in range(count)], "form.age": ages})
    sizes, chunks, start = [1, 7, 4096, 4097, 20_000, 0, 333], [], 0
    while start < count:
        size = sizes[len(chunks) % len(sizes)]
        chunks.append(whole.slice(start, size))
        start += size
    given = pa.concat_tables(chunks)
    assert given.num_rows == count
    columns = ["id", "outcome", "score", "indicators"]
    results = [rules.screen_frame(given, columns=columns, threads=threads) for threads in (1, 2, 4, 13)]
    assert all(one.equals(results[0]) for one in results[1:])
    assert results[0].column("id").to_pylist() == whole.column("id").to_pylist()
    expected = [["no_phone", "old"] if age > 100 else ["no_phone"] for age in ages]
    assert results[0].column("indicators").to_pylist() == expected
    polars = rules.screen_frame(pl.DataFrame(given), columns=columns)
    assert polars["id"].to_list() == whole.column("id").to_pylist()
    lazy = rules.screen_frame(pl.DataFrame(given).lazy(), columns=columns)
    assert lazy.collect().equals(polars) and lazy.collect(engine="streaming").equals(polars)
    assert lazy.filter(pl.col("outcome") == "review").collect().height == sum(age > 100 for age in ages)


def test_the_first_wrong_row_is_told_in_any_number_of_threads(rules: Ruleset) -> None:
    count = 50_000
    submitted = [None] * count
    for row in (31_234, 31_235, 45_000):
        submitted[row] = dt.datetime(2020, 1, 1, 3)  # type: ignore[call-overload]
    given = pa.table({"submitted": pa.array(submitted, pa.timestamp("us"))})
    for threads in (1, 4):
        with pytest.raises(indicia.InputError) as raised:
            rules.screen_frame(given, threads=threads)
        assert raised.value.row == 31_234
        made = rules.screen_frame(given, threads=threads, on_error="row", columns=[])
        wrong = [row for row, error in enumerate(made.column("error").to_pylist()) if error is not None]
        assert wrong == [31_234, 31_235, 45_000]


def test_readers_are_read_as_they_are_taken(rules: Ruleset) -> None:
    taken = 0
    schema = pa.schema({"id": pa.string()})

    def batches() -> Iterator[pa.RecordBatch]:
        nonlocal taken
        for _ in range(1000):
            taken += 1
            yield pa.record_batch({"id": ["a"] * 1000}, schema=schema)

    made = rules.screen_frame(pa.RecordBatchReader.from_batches(schema, batches()), threads=2, columns=["id"])
    assert taken == 0
    first = made.read_next_batch()
    assert first.num_rows == 1000 and taken <= 16
    rest = sum(batch.num_rows for batch in made)
    assert (rest, taken) == (999_000, 1000)

    def fails() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"id": ["a"]}, schema=schema)
        raise RuntimeError("the source broke")

    made = rules.screen_frame(pa.RecordBatchReader.from_batches(schema, fails()), columns=["id"])
    with pytest.raises(Exception, match="the source broke"):
        made.read_all()
    wrong = pa.table({"form.age": ["x"]}).to_reader()
    with pytest.raises(Exception, match=r"row 0, column `form.age`: at `form.age`: expected number, found text"):
        rules.screen_frame(wrong).read_all()
    # Given up early, without harm.
    early = rules.screen_frame(pa.RecordBatchReader.from_batches(schema, batches()), columns=["id"])
    early.read_next_batch()
    del early


def test_columns_are_taken_once(rules: Ruleset) -> None:
    stream = rules.screen_json_lines(b'{"id":"a"}\n\n{"id":"b"}', columns=["id"])
    assert pa.table(stream).to_pylist() == [{"id": "a"}, {"id": "b"}]
    with pytest.raises(ValueError, match="taken already"):
        pa.table(stream)


def test_lines_come_as_bytes_paths_and_files(rules: Ruleset, tmp_path: Any) -> None:
    text = b'{"id":"a"}\r\n[]\n\n{"id":{}}\n{"id":"\xff"}\n{"id":"z"}'
    path = tmp_path / "a.jsonl"
    path.write_bytes(text)
    expected = None
    with path.open("rb") as file:
        for source in (text, bytearray(text), memoryview(text), path, str(path), file):
            made = pa.table(rules.screen_json_lines(source, on_error="row", columns=["id"])).to_pylist()
            assert [one["id"] for one in made] == ["a", None, None, None, "z"] or expected == made
            assert "line 2" in made[1]["error"] and "invalid UTF-8" in made[3]["error"]
    with pytest.raises(Exception, match="line 2: expected a record"):
        pa.table(rules.screen_json_lines(text))
    with pytest.raises(FileNotFoundError):
        rules.screen_json_lines(tmp_path / "nope.jsonl")
    with pytest.raises(TypeError):
        rules.screen_json_lines(5)  # type: ignore[arg-type]
    many = b"\n".join(b'{"id":"%d"}' % number for number in range(30_000))
    for threads in (1, 4):
        made = pa.table(rules.screen_json_lines(many, columns=["id"], threads=threads)).column("id").to_pylist()
        assert made == [str(number) for number in range(30_000)]


def test_redaction_and_days_reach_every_row(rules: Ruleset) -> None:
    options = {"redact_key": b"key", "as_of": dt.date(2026, 1, 15)}
    made = road.of_table(rules.screen_frame(table(), columns=["verdict"], **options))
    assert made == verdicts(rules, ROWS, **options)
    assert "130" not in made[1].split('"findings"')[1].split('"more"')[0]


def test_the_shipped_ruleset_reads_flat_tables(shipped: Ruleset) -> None:
    given = pl.DataFrame({"id": ["a", "b"], "form.phone": ["+1 202 555 0143", None], "resume.work[0].name": ["A", None], "resume.work[1].name": [None, None]})
    expected = [{"id": "a", "form": {"phone": "+1 202 555 0143"}, "resume": {"work": [{"name": "A"}]}}, {"id": "b"}]
    made = rows_of(shipped.screen_frame(given, columns=["verdict"]))
    described = pa.table(shipped.frame_schema()).schema.metadata
    assert road.of_table(made.replace_schema_metadata(described)) == verdicts(shipped, expected)
