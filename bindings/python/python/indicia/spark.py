"""Spark: the same verdicts, partition by partition, by `mapInArrow`.

>>> from indicia import Ruleset, spark                            # doctest: +SKIP
>>> verdicts = spark.screen(applications, Ruleset.default(), keep=["id"])  # doctest: +SKIP
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from ._errors import InputError
from ._ruleset import _COLUMNS, ColumnName, Ruleset, _plan

if TYPE_CHECKING:
    from datetime import date

    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["screen"]


def screen(
    df: DataFrame,
    ruleset: Ruleset,
    mapping: Mapping[str, str] | None = None,
    *,
    keep: Sequence[str] = (),
    explode: bool = False,
    columns: Sequence[ColumnName] = _COLUMNS,
    as_of: str | date | None = None,
    on_error: Literal["raise", "row"] = "raise",
    redact_key: bytes | str | None = None,
    list_key: bytes | str | None = None,
) -> DataFrame:
    """Screens a table of Spark. Arguments and columns are those of `Ruleset.screen_frame`.

    `keep` names columns of `df` that come along in front of the verdict's, such as a key to join by; it can't be had
    with `explode`. With `explode`, `row` counts within a partition. Rows of an error name their row within the partition
    too, so keep a key with `on_error="row"`.

    Columns that the ruleset does not read and `keep` does not name stay where they are: they never reach Python. A
    `timestamp` is an instant; where the ruleset reads a day, give a `date`: an instant there is told among the `problems`.

    The ruleset travels to the workers as its bundle, and each worker compiles it once.

    Raises `ValueError` here, before any work, for a mapping, columns or `keep` that don't fit; `InputError` for an
    `as_of` that is no date. An application that can't be read ends the job with the `InputError` in its message.
    """
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructType

    kept = list(keep)
    _check_keep(df.columns, kept, explode)
    plan = _plan(ruleset, mapping, explode, columns, as_of, on_error, 1, redact_key, list_key)
    given = _empty(df)
    made = ruleset.screen_frame(
        given, mapping, explode=explode, columns=columns, as_of=as_of, on_error=on_error, threads=1
    ).schema
    for name in kept:
        if name in made.names:
            raise ValueError(f"keep: `{name}` is also a column of the verdicts; rename it, or leave that out of `columns`")
    wanted = {name for name, _ in plan.columns(given)} | set(kept)
    names = [name for name in df.columns if name in wanted]
    result = from_arrow_schema(made.remove_metadata())
    schema = StructType([df.schema[name] for name in kept] + list(result.fields))
    paths = dict(mapping or {})
    arguments: dict[str, Any] = {
        "explode": explode,
        "columns": list(columns),
        "as_of": as_of,
        "on_error": on_error,
        "threads": 1,
        "redact_key": redact_key,
        "list_key": list_key,
    }

    # Travels by value, and what it imports by name: the ruleset that a worker has compiled stays there for the next task.
    def screened(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        from indicia.spark import _partition

        return _partition(ruleset, batches, names, kept, paths, arguments)

    # Under plain names, since `mapInArrow` finds no column with a dot in its name.
    plain = (df[_quoted(name)].alias(f"c{place}") for place, name in enumerate(names))
    return df.select(*plain).mapInArrow(screened, schema)


def _empty(df: DataFrame) -> pyarrow.Table:
    """A table of Arrow with the columns of one of Spark, without rows."""
    from pyspark.sql.pandas.types import to_arrow_schema

    try:
        return to_arrow_schema(df.schema, timezone="UTC").empty_table()
    except TypeError:  # Spark 3 and 4.0
        return to_arrow_schema(df.schema).empty_table()


def _check_keep(columns: list[str], keep: list[str], explode: bool) -> None:
    if explode and keep:
        raise ValueError("keep: rows of findings have no columns of the table; join by `id` instead")
    for name in keep:
        if name not in columns:
            raise ValueError(f"keep: the table has no column `{name}`; its columns: {', '.join(columns)}")
    for names, what in ((columns, "the table has several columns `{}`"), (keep, "keep: `{}` is named twice")):
        twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
        if twice is not None:
            raise ValueError(what.format(twice))


def _quoted(name: str) -> str:
    """A column's name for Spark, which would take a dot for a field of a struct."""
    return "`" + name.replace("`", "``") + "`"


def _partition(
    ruleset: Ruleset,
    batches: Iterator[pyarrow.RecordBatch],
    names: list[str],
    keep: list[str],
    mapping: dict[str, str],
    arguments: dict[str, Any],
) -> Iterator[pyarrow.RecordBatch]:
    """The verdicts of one partition, whose columns are called so, beside the columns that are kept."""
    import pyarrow

    first = next(batches, None)
    if first is None:
        return
    waiting: deque[pyarrow.RecordBatch] = deque()

    def read() -> Iterator[pyarrow.RecordBatch]:
        for batch in chain((first,), batches):
            batch = pyarrow.RecordBatch.from_arrays(batch.columns, names)
            if keep and batch.num_rows:
                waiting.append(batch.select(keep))
            yield batch

    schema = pyarrow.schema([field.with_name(name) for field, name in zip(first.schema, names)])
    reader = pyarrow.RecordBatchReader.from_batches(schema, read())
    try:
        for verdicts in ruleset.screen_frame(reader, mapping, **arguments):
            beside = _take(waiting, verdicts.num_rows) if keep else []
            arrays = [*beside, *verdicts.columns]
            yield pyarrow.RecordBatch.from_arrays(arrays, [*keep, *verdicts.schema.names])
    except pyarrow.ArrowInvalid as error:
        raise InputError(str(error).removeprefix("External error: ")) from None


def _take(waiting: deque[pyarrow.RecordBatch], rows: int) -> list[pyarrow.Array]:
    """The columns of the next so many rows: verdicts come in pieces of a batch, in order."""
    head = waiting.popleft()
    if rows < head.num_rows:
        waiting.appendleft(head.slice(rows))
    return head.slice(0, rows).columns
