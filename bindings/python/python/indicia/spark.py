"""Spark: the same verdicts, partition by partition, by `mapInArrow`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from ._ruleset import _COLUMNS, ColumnName, Ruleset

if TYPE_CHECKING:
    from datetime import date

    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["screen"]

_compiled: dict[str, Ruleset] = {}


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
    with `explode`. With `explode`, `row` counts within a partition.

    The ruleset travels to the workers as its bundle and is compiled once in each.
    """
    import pyarrow
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructType

    if explode and keep:
        raise ValueError("keep: rows of findings have no columns of the table; join by `id` instead")
    missing = [name for name in keep if name not in df.columns]
    if missing:
        raise ValueError(f"keep: the table has no column `{missing[0]}`; its columns: {', '.join(df.columns)}")
    arguments: dict[str, Any] = {
        "explode": explode,
        "columns": list(columns),
        "as_of": as_of,
        "on_error": on_error,
        "threads": 1,
        "redact_key": redact_key,
        "list_key": list_key,
    }
    made = pyarrow.table(ruleset.frame_schema(explode=explode, columns=columns, on_error=on_error)).schema
    result = from_arrow_schema(made.remove_metadata())
    schema = StructType([df.schema[name] for name in keep] + list(result.fields))
    digest, bundle = ruleset.digest, ruleset.to_bundle()
    kept, paths = list(keep), dict(mapping or {})

    def screened(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow

        own = _compiled.get(digest)
        if own is None:
            own = _compiled.setdefault(digest, Ruleset.from_bundle(bundle))
        for batch in batches:
            if batch.num_rows == 0:
                continue
            table = pyarrow.Table.from_batches([batch])
            verdicts = own.screen_frame(table, paths, **arguments)
            for place, name in enumerate(kept):
                verdicts = verdicts.add_column(place, name, table.column(name))
            yield from verdicts.replace_schema_metadata(None).to_batches()

    return df.mapInArrow(screened, schema)
