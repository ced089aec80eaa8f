"""Tables of other libraries, in and out. None of them is imported unless its table is given."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from ._errors import InputError

if TYPE_CHECKING:
    from ._indicia import _Plan
    from ._ruleset import Ruleset


class Stream(Protocol):
    """Anything with the Arrow PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


def cores() -> int:
    """The processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _is(frame: object, module: str, *names: str) -> bool:
    """Whether it is of a class of a library that is loaded, or of one below it."""
    loaded = sys.modules.get(module)
    kinds = [getattr(loaded, name) for name in names if loaded is not None and hasattr(loaded, name)]
    return bool(kinds) and isinstance(frame, tuple(kinds))


def is_table(value: object) -> bool:
    """Whether it is one of the tables that are known by name."""
    return (
        _is(value, "pandas", "DataFrame")
        or _is(value, "polars", "DataFrame", "LazyFrame")
        or _is(value, "pyarrow", "Table", "RecordBatch", "RecordBatchReader")
        or _is(value, "duckdb", "DuckDBPyRelation")
    )


_ELSEWHERE = {
    "pyspark": "`indicia.spark.screen` takes tables of Spark",
    "dask": "let Dask's `map_partitions` call this for each partition",
    "ray": "let Ray's `map_batches` call this for each batch, with `batch_format=\"pyarrow\"`",
}


def _check(frame: object) -> None:
    """Refuses what is no table, with the road that it should take."""
    kind = type(frame)
    found = f"expected a table, found {'an' if kind.__name__[:1].lower() in 'aeiou' else 'a'} {kind.__name__}"
    if (elsewhere := _ELSEWHERE.get(str(kind.__module__).partition(".")[0])) is not None:
        raise TypeError(f"{found} of {kind.__module__.partition('.')[0]}: {elsewhere}")
    if _is(frame, "polars", "Series") or _is(frame, "pandas", "Series"):
        raise TypeError(f"{found}: pass a DataFrame, such as series.struct.unnest() of Polars")
    if isinstance(frame, (str, os.PathLike)):
        raise TypeError(f"{found}: read the file first; for JSON Lines there is `screen_json_lines`")
    if isinstance(frame, (dict, list, tuple)) or not hasattr(frame, "__arrow_c_stream__") and isinstance(frame, Iterable):
        raise TypeError(f"{found}: `screen_many` takes applications that are objects")


def screen(ruleset: Ruleset, frame: Any, plan: _Plan, explode: bool) -> Any:
    """Screens a table and gives one of the same kind."""
    if _is(frame, "pandas", "DataFrame"):
        return _pandas(frame, plan, explode)
    if _is(frame, "polars", "DataFrame"):
        import polars

        return polars.DataFrame(plan.run(_typed(frame), False))
    if _is(frame, "polars", "LazyFrame"):
        return _lazy(frame, plan)
    if _is(frame, "pyarrow", "Table"):
        import pyarrow

        return pyarrow.table(plan.run(frame, False))
    if _is(frame, "pyarrow", "RecordBatch"):
        import pyarrow

        made = pyarrow.table(plan.run(frame, False)).combine_chunks()
        batches = made.to_batches()
        return batches[0] if batches else pyarrow.RecordBatch.from_pylist([], made.schema)
    if _is(frame, "pyarrow", "RecordBatchReader"):
        import pyarrow

        return pyarrow.RecordBatchReader.from_stream(plan.run(frame, True))
    if _is(frame, "duckdb", "DuckDBPyRelation"):
        # At once: a query over columns that are still to come would wait for its own connection, for ever.
        return plan.run(frame, False)
    _check(frame)
    return plan.run(frame, True)


def _pandas(frame: Any, plan: _Plan, explode: bool) -> Any:
    import pandas

    try:
        import pyarrow
    except ImportError as error:
        raise ImportError("tables of pandas need PyArrow: pip install 'indicia[pandas]'") from error
    duplicates = frame.columns[frame.columns.duplicated()]
    if len(duplicates):
        raise ValueError(f"the table has several columns `{duplicates[0]}`")
    read = frame.loc[:, [_is_name(name) for name in frame.columns]]
    if len(frame.columns) and not len(read.columns):
        names = ", ".join(map(repr, frame.columns[:5]))
        raise ValueError(f"the names of the table's columns are no text ({names}): name them after paths such as `form.phone`")
    made = pyarrow.table(plan.run(_arrow(read, plan), False))
    result = made.to_pandas(types_mapper=pandas.ArrowDtype)
    if not explode:
        result.index = frame.index
    return result


def _arrow(frame: Any, plan: _Plan) -> Any:
    """A table of pandas as one of Arrow, with the columns that are read."""
    import pyarrow

    empty = pyarrow.Table.from_pydict({name: pyarrow.nulls(0) for name in frame.columns})
    columns = {}
    for name, is_read in plan.columns(empty):
        if not is_read:
            there = frame[name].notna().to_numpy()
            columns[name] = pyarrow.array(there, mask=~there)
            continue
        columns[name] = _column(name, frame[name])
    # Without any the message names them all.
    return pyarrow.table(columns) if columns else empty


def _is_name(name: object) -> bool:
    """Whether a column of Arrow can be called so."""
    try:
        return isinstance(name, str) and bool(name.encode() or True)
    except UnicodeEncodeError:
        return False


def _column(name: str, values: Any) -> Any:
    """A column of pandas as one of Arrow."""
    import pandas
    import pyarrow

    if isinstance(values.dtype, pandas.SparseDtype):
        values = values.sparse.to_dense()
    if isinstance(values.dtype, pandas.PeriodDtype):
        raise InputError(f"column `{name}`: periods can't be read; make them dates, or texts such as 2026-01", column=name)
    if values.dtype == object:
        for row, value in enumerate(values.array):
            # PyArrow would go down for ever, and take the process with it.
            if isinstance(value, (dict, list, tuple)) and not _ends(value):
                raise InputError(f"row {row}, column `{name}`: nested too deeply", column=name, row=row)
    # Of Arrow's exceptions each is one of Python's own, too.
    wrong = (ArithmeticError, NotImplementedError, TypeError, ValueError)

    def made(count: int) -> Any:
        return pyarrow.array(values.iloc[:count], from_pandas=True)

    try:
        return made(len(values))
    except wrong as error:
        # So many rows can be taken, and so many can't.
        fits, fails, why = 0, len(values), error
        while fails - fits > 1:
            half = (fits + fails) // 2
            try:
                made(half)
            except wrong as nearer:
                fails, why = half, nearer
            else:
                fits = half
        row = fails - 1
        message = f"row {row}, column `{name}`: values of several types, or of one that Arrow does not have: {why}"
        raise InputError(message, column=name, row=row) from why


_walk = json.JSONEncoder(default=lambda _: None, skipkeys=True).encode


def _ends(value: object) -> bool:
    """Whether an object is nested to some end."""
    try:
        _walk(value)
    except (RecursionError, ValueError):
        return False
    return True


def _typed(frame: Any) -> Any:
    """A table of Polars whose columns have types: those of `Null` it hands out in a way that Arrow does not know."""
    import polars

    def typed(kind: Any) -> Any:
        if kind == polars.Null:
            return polars.Boolean
        if isinstance(kind, polars.List):
            return polars.List(typed(kind.inner))
        if isinstance(kind, polars.Array):
            return polars.Array(typed(kind.inner), kind.size)
        if isinstance(kind, polars.Struct):
            return polars.Struct([polars.Field(field.name, typed(field.dtype)) for field in kind.fields])
        return kind

    casts = {name: made for name, kind in frame.schema.items() if (made := typed(kind)) != kind}
    return frame.cast(casts) if casts else frame


def _lazy(frame: Any, plan: _Plan) -> Any:
    """A lazy table of Polars: screened when it is collected, piece by piece where its engine streams."""
    import polars

    schema = polars.DataFrame(plan.empty()).schema

    def screened(piece: Any) -> Any:
        return polars.DataFrame(plan.run(_typed(piece), False))

    return frame.map_batches(screened, schema=schema, streamable=True, validate_output_schema=False)
