"""A lazy table of Polars: a Parquet file larger than memory is screened piece by piece, and only scores are written.

    python examples/polars_lazy.py [COUNT]
"""

import sys
import tempfile
from pathlib import Path

import polars as pl
from invented import applications

import indicia


def main(count: int = 2000) -> pl.DataFrame:
    ruleset = indicia.Ruleset.default()
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "applications.parquet"), Path(folder, "scores.parquet")
        pl.DataFrame(list(applications(count)), infer_schema_length=None).write_parquet(given, row_group_size=500)

        # Nothing is read yet. The streaming engine reads, screens and writes a piece after the other.
        scores = ruleset.screen_frame(pl.scan_parquet(given), columns=["id", "outcome", "score", "indicators"])
        scores.sink_parquet(made)

        by_indicator = (
            pl.scan_parquet(made)
            .explode("indicators")
            .drop_nulls("indicators")
            .group_by(indicator="indicators")
            .agg(pl.len().alias("applications"))
            .sort("applications", "indicator", descending=[True, False])
        )
        print(by_indicator.collect(engine="streaming"))
        return pl.read_parquet(made)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
