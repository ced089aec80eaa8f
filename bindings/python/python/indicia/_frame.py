"""Tables of other libraries, in and out. None of them is imported unless its table is given."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Protocol

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
    if _is(frame, "polars", "Series") or _is(frame, "pandas", "Series"):
        raise TypeError("expected a table, found a Series: pass a DataFrame, such as series.struct.unnest() of Polars")
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
    read = frame.loc[:, [isinstance(name, str) for name in frame.columns]]
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
        try:
            columns[name] = pyarrow.array(frame[name], from_pandas=True)
        except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, pyarrow.ArrowNotImplementedError) as error:
            raise TypeError(f"column `{name}`: its values are of several types: {error}") from error
    # Without any the message names them all.
    return pyarrow.table(columns) if columns else empty


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
