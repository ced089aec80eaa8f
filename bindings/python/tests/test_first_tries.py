"""What somebody with a table tries first, and what the package says to it: what is wrong, where, and what to do."""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import gzip
import io
import pathlib
import uuid
from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import indicia

PHONE = "+1 202 555 0143"
COLUMNS: Any = ["id", "indicators"]
RAISED = ["phone_fictional"]

# Each has the applications `a`, with a phone number that is raised, and `b`, without one.
TABLES: dict[str, Callable[[], Any]] = {
    "pandas, NaN and NaT": lambda: pd.DataFrame({"id": ["a", "b"], "form.phone": [PHONE, np.nan], "submitted": [pd.NaT, pd.Timestamp("2026-01-01", tz="UTC")]}),
    "pandas, categories": lambda: pd.DataFrame({"id": pd.Categorical(["a", "b"]), "form.phone": pd.Categorical([PHONE, None])}),
    "pandas, nullable": lambda: pd.DataFrame({"id": ["a", "b"], "form.phone": [PHONE, None], "resume.work[0].remote": [True, None]}).convert_dtypes(),
    "pandas, sparse": lambda: pd.DataFrame({"id": ["a", "b"], "form.phone": pd.arrays.SparseArray([PHONE, None])}),
    "pandas, dicts": lambda: pd.DataFrame({"id": ["a", "b"], "form": [{"phone": PHONE}, None]}),
    "pandas, Parquet": lambda: pq(pa.table({"id": ["a", "b"], "form": [{"phone": PHONE}, None], "resume": [{"work": [{"name": "x"}]}, None]})),
    "pandas, an index of its own": lambda: pd.DataFrame({"id": ["a", "b"], "form.phone": [PHONE, None]}, index=[7, 7]),
    "pandas, a view": lambda: pd.DataFrame({"id": ["z", "a", "b"], "form.phone": ["1", PHONE, None]}).iloc[1:],
    "pandas, what nobody reads": lambda: pd.DataFrame({"id": ["a", "b"], "form.phone": [PHONE, None], "x": [object(), {1}], 5: [1, 2], "\ud800": [1, 2]}),
    "Polars": lambda: pl.DataFrame({"id": ["a", "b"], "form.phone": [PHONE, None]}),
    "Polars, lazy": lambda: pl.LazyFrame({"id": ["a", "b"], "form.phone": [PHONE, None]}),
    "Polars, categories": lambda: pl.DataFrame({"id": ["a", "b"], "form.phone": [PHONE, None]}, schema_overrides={"form.phone": pl.Categorical}),
    "Polars, an enum": lambda: pl.DataFrame({"id": ["a", "b"], "form.phone": [PHONE, None]}, schema_overrides={"id": pl.Enum(["a", "b"])}),
    "Polars, structs and empty columns": lambda: pl.DataFrame({"id": ["a", "b"], "form": [{"phone": PHONE, "name": None}, None], "resume": [None, None]}),
    "PyArrow, a dictionary": lambda: pa.table({"id": ["a", "b"], "form.phone": pa.array([PHONE, None]).dictionary_encode()}),
    "PyArrow, chunks": lambda: pa.table({"id": pa.chunked_array([["a"], [], ["b"]]), "form.phone": pa.chunked_array([[PHONE, None]])}),
    "PyArrow, nested lists": lambda: pa.table({"id": ["a", "b"], "form": [{"phone": PHONE}, None], "resume": [{"work": [{"highlights": ["x", None]}, None]}, {"work": []}]}),
    "DuckDB, a relation": lambda: duckdb.sql(f"select 'a' as id, {{'phone': '{PHONE}'}} as form union all select 'b', null order by 1"),
    "DuckDB, its Arrow": lambda: duckdb.sql(f"select 'a' as id, '{PHONE}' as \"form.phone\" union all select 'b', null order by 1").to_arrow_table(),
}


def pq(table: pa.Table) -> pd.DataFrame:
    """A table that was read of a Parquet file: lists are arrays of NumPy."""
    from pyarrow import parquet

    sink = io.BytesIO()
    parquet.write_table(table, sink)
    return pd.read_parquet(io.BytesIO(sink.getvalue()))


@pytest.mark.parametrize("kind", TABLES)
def test_usual_tables_are_read(shipped: indicia.Ruleset, kind: str) -> None:
    made = shipped.screen_frame(TABLES[kind](), columns=COLUMNS)
    if isinstance(made, pl.LazyFrame):
        made = made.collect()
    rows = made.to_dict("records") if isinstance(made, pd.DataFrame) else pa.table(made).to_pylist()
    assert [(row["id"], list(row["indicators"])) for row in rows] == [("a", RAISED), ("b", [])]


NAIVE = dt.datetime(2026, 1, 1, 10)
MIXED = "values of several types, or of one that Arrow does not have: "


@pytest.mark.parametrize(
    ("frame", "row", "column", "end"),
    [
        (lambda: pd.DataFrame({"id": [1, 2]}), 0, "id", "expected text, found a number (int64); read it as text from the start"),
        (lambda: pd.DataFrame({"form.phone": [np.nan, 16175556184.0]}), 1, "form.phone", "found a number (float64); read it as text from the start"),
        (lambda: pd.DataFrame({"id": [b"a"]}), 0, "id", "found bytes; decode them to text"),
        (lambda: pd.DataFrame({"submitted": [NAIVE]}), 0, "submitted", "found a time without a time zone; say which zone it is in, such as UTC"),
        (lambda: pl.DataFrame({"submitted": [NAIVE]}), 0, "submitted", "found a time without a time zone; say which zone it is in, such as UTC"),
        (lambda: duckdb.sql("select timestamp '2026-01-01 10:00:00' as submitted"), 0, "submitted", "say which zone it is in, such as UTC"),
        (lambda: pl.DataFrame({"submitted": [dt.time(10)]}), 0, "submitted", "found a time of day"),
        (lambda: pd.DataFrame({"submitted": [pd.Timedelta(1)]}), 0, "submitted", "found a span of time"),
        (lambda: pd.DataFrame({"form": ['{"phone": "x"}']}), 0, "form", "expected object, found text; if it holds JSON, parse it first"),
        (lambda: pa.table({"form": pa.array([[("phone", PHONE)]], pa.map_(pa.string(), pa.string()))}), 0, "form", "expected object, found a map; make it a struct"),
        (lambda: pa.table({"resume.work": pa.array([[("name", "x")]], pa.map_(pa.string(), pa.string()))}), 0, "resume.work", "found a map; make it a list of structs"),
        (lambda: duckdb.sql(f"select MAP {{'phone': '{PHONE}'}} as form"), 0, "form", "found a map; make it a struct"),
        (lambda: pa.table({"resume.work[0].highlights": ["x"]}), 0, "resume.work[0].highlights", "found text; make it a list, even of one"),
        (lambda: pa.table({"resume.work[0].remote": ["yes"]}), 0, "resume.work[0].remote", "found text; cast it to bools"),
        (lambda: pa.table({"resume.work[0].remote": [1]}), 0, "resume.work[0].remote", "found a number (int64); cast it to bools"),
        (lambda: pa.table({"id": pa.UnionArray.from_dense(pa.array([0], pa.int8()), pa.array([0], pa.int32()), [pa.array(["x"])])}), 0, "id", "found a union of types"),
        (lambda: pd.DataFrame({"form.phone": ["x", None, 16175556184, "y"]}), 2, "form.phone", MIXED),
        (lambda: pd.DataFrame({"form": [{"phone": "x"}, {"phone": 5}]}), 1, "form", MIXED),
        (lambda: pd.DataFrame({"id": ["a", object()]}), 1, "id", MIXED),
        (lambda: pd.DataFrame({"id": pd.Series(["a", "\ud800"], dtype=object)}), 1, "id", MIXED),
        (lambda: pd.DataFrame({"form.phone": [10**400]}), 0, "form.phone", MIXED),
    ],
)
def test_what_does_not_fit_says_where_and_what_to_do(shipped: indicia.Ruleset, frame: Callable[[], Any], row: int, column: str, end: str) -> None:
    with pytest.raises(indicia.InputError) as raised:
        shipped.screen_frame(frame())
    error = raised.value
    assert (error.row, error.column) == (row, column)
    assert str(error).startswith(f"row {row}, column `{column}`: ")
    assert str(error).endswith(end) or end == MIXED and MIXED in str(error)


def test_periods_of_pandas_are_refused(shipped: indicia.Ruleset) -> None:
    frame = pd.DataFrame({"submitted": pd.period_range("2026-01", periods=1, freq="M")})
    with pytest.raises(indicia.InputError, match="column `submitted`: periods can't be read; make them dates, or texts"):
        shipped.screen_frame(frame)


@dataclasses.dataclass
class Own:
    id: str


Try = Callable[[indicia.Ruleset], Any]
ONE = pd.DataFrame({"id": ["a"]})


@pytest.mark.parametrize(
    ("attempt", "kind", "message"),
    [
        (lambda r: r.screen_frame(pd.DataFrame()), ValueError, "reads none of the table's columns"),
        (lambda r: r.screen_frame(pd.DataFrame([["a"]])), ValueError, "the names of the table's columns are no text (0): name them after paths such as `form.phone`"),
        (lambda r: r.screen_frame(pd.DataFrame({("form", "phone"): ["a"]})), ValueError, "are no text (('form', 'phone'))"),
        (lambda r: r.screen_frame(pd.DataFrame({"phone": ["x"]})), ValueError, 'by a mapping such as {"phone": "form.phone"}'),
        (lambda r: r.screen_frame([{"id": "a"}]), TypeError, "expected a table, found a list: `screen_many` takes applications that are objects"),
        (lambda r: r.screen_frame({"id": ["a"]}), TypeError, "expected a table, found a dict: `screen_many` takes"),
        (lambda r: r.screen_frame(iter([{}])), TypeError, "expected a table, found a list_iterator: `screen_many` takes"),
        (lambda r: r.screen_frame("applications.parquet"), TypeError, "expected a table, found a str: read the file first; for JSON Lines there is `screen_json_lines`"),
        (lambda r: r.screen_frame(pathlib.Path("x")), TypeError, "read the file first"),
        (lambda r: r.screen_frame(None), TypeError, "expected a table"),
        (lambda r: r.screen_frame(type("DataFrame", (), {"__module__": "pyspark.sql.connect"})()), TypeError, "found a DataFrame of pyspark: `indicia.spark.screen` takes tables of Spark"),
        (lambda r: r.screen_frame(type("DataFrame", (), {"__module__": "dask.dataframe"})()), TypeError, "let Dask's `map_partitions` call this"),
        (lambda r: r.screen_frame(ONE, ["id"]), TypeError, 'mapping: expected a dict from column to path, such as {"phone": "form.phone"}, found [\'id\']'),
        (lambda r: r.screen_frame(ONE, {"id": 1}), TypeError, "mapping: expected a dict from column to path"),
        (lambda r: r.screen_frame(ONE, columns="id"), TypeError, "columns: expected a list of names, found a str"),
        (lambda r: r.screen_frame(ONE, columns=None), TypeError, "columns: expected a list of names, found a NoneType"),
        (lambda r: r.screen_frame(ONE, columns=[1]), TypeError, "columns: expected a list of names, found [1]"),
        (lambda r: r.screen_frame(ONE, explode="yes"), TypeError, "explode: expected True or False, found 'yes'"),
        (lambda r: r.screen_frame(ONE, threads=2.0), TypeError, "threads: expected a whole number, found 2.0"),
        (lambda r: r.screen_frame(ONE, threads=-1), ValueError, "threads: expected at least 1, found -1"),
        (lambda r: r.screen(ONE), indicia.InputError, "found a DataFrame; tables go to `screen_frame`"),
        (lambda r: r.screen(pl.DataFrame({"id": ["a"]})), indicia.InputError, "found a DataFrame; tables go to `screen_frame`"),
        (lambda r: r.screen(pa.table({"id": ["a"]})), indicia.InputError, "found a Table; tables go to `screen_frame`"),
        (lambda r: r.screen([{"id": "a"}]), indicia.InputError, "found a list; take its elements one by one"),
        (lambda r: r.screen({"submitted": NAIVE}), indicia.InputError, "found a time without a time zone; say which zone it is in, such as UTC"),
        (lambda r: r.screen_many(ONE), TypeError, "applications: expected several, one after the other, found a table: use `screen_frame`"),
        (lambda r: r.screen_many(None), TypeError, "applications: expected several, one after the other, found NoneType"),
        (lambda r: r.screen_many(Own("a")), TypeError, "applications: expected several, one after the other, found Own"),
        (lambda r: r.screen_json_lines('{"id": "a"}'), FileNotFoundError, "(a text is a path: pass lines as bytes)"),
        (lambda r: r.screen_json_lines("no such file"), FileNotFoundError, "can't read `no such file`"),
        (lambda r: r.screen_json_lines("."), IsADirectoryError, "Is a directory: '.'"),
        (lambda r: r.screen_json_lines(io.StringIO("{}")), TypeError, "source: expected a file that was opened in binary mode, found one of str"),
        (lambda r: r.with_lists(diploma_mills=ONE), TypeError, "diploma_mills: expected rows, found a table"),
        (lambda r: r.with_lists(diploma_mills=["x", np.nan]), ValueError, "not JSON compliant"),
        (lambda r: r.with_lists(diploma_mills=["\ud800"]), ValueError, "surrogates not allowed"),
        (lambda r: r.with_lists(diploma_mills=[{1}]), ValueError, "list `diploma_mills`: a set can't be read"),
        (lambda r: r.map({"a": {1}}), ValueError, "documents: a set can't be read"),
        (lambda r: indicia.Ruleset(), TypeError, "a ruleset is made by `Ruleset.default()`, `load`, `from_source` or `from_bundle`"),
        (lambda r: indicia.Ruleset("rules"), TypeError, "a ruleset is made by"),
        (lambda r: indicia.Ruleset.from_source("rules/contact.indicia"), ValueError, "found what looks like a path, 'rules/contact.indicia': use `Ruleset.load`"),
    ],
)
def test_arguments_that_are_tried_first_are_answered(shipped: indicia.Ruleset, attempt: Try, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as raised:
        attempt(shipped)
    assert message in str(raised.value)


def test_documents_and_rows_may_hold_what_applications_may(shipped: indicia.Ruleset) -> None:
    work = [{"name": "Northwind", "startDate": dt.date(2012, 1, 1), "endDate": dt.date(2009, 1, 1), "x": [uuid.UUID(int=1), decimal.Decimal("1.5"), Own("a")]}]
    made = shipped.map({"basics": {"name": "Ann Example"}, "work": work})
    assert shipped.screen(made.record).indicators == ["work_dates_reversed"]
    filled = shipped.with_lists(diploma_mills=pd.Series(["Example University of Nowhere"]))
    assert filled.screen({"resume": {"education": [{"institution": "Example University of Nowhere"}]}}).indicators == ["diploma_mill"]


def test_compressed_lines_come_through_their_library(shipped: indicia.Ruleset, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb") as file:
        file.write(b'{"id": "a"}\n{"id": "b"}\n')
    with gzip.open(path, "rb") as file:
        assert pa.table(shipped.screen_json_lines(file, columns=["id"])).column("id").to_pylist() == ["a", "b"]


def test_rows_of_tables_are_applications_one_by_one(shipped: indicia.Ruleset) -> None:
    table = pa.table({"id": ["a", "b"], "form": [{"phone": PHONE}, None]})
    for rows in (table.to_pylist(), pl.DataFrame(table).iter_rows(named=True), table.to_pandas().to_dict("records"), table.to_pandas().itertuples()):
        assert [one.indicators for one in shipped.screen_many(rows) if isinstance(one, indicia.Verdict)] == [RAISED, []]
