"""Dask: a function over the partitions of a table, in threads or in processes.

    python examples/dask_partitions.py [COUNT] [threads|processes]
"""

import sys

import dask.dataframe as dd
import pandas as pd
from invented import MAPPING, applications, flat

import indicia


def screened(part: pd.DataFrame, ruleset: indicia.Ruleset) -> pd.DataFrame:
    """Scores of one partition. One thread, since Dask runs as many partitions at a time as there are cores."""
    made = ruleset.screen_frame(part, MAPPING, columns=["outcome", "score", "indicators"], threads=1)
    return part[["candidate"]].join(made)


def main(count: int = 600, scheduler: str = "threads") -> pd.DataFrame:
    ruleset = indicia.Ruleset.default()
    table = dd.from_pandas(pd.DataFrame([flat(one) for one in applications(count)]), npartitions=4)
    # What a partition gives, told by one that is empty. A process that gets the ruleset compiles it once.
    meta = screened(table._meta, ruleset)
    scores: pd.DataFrame = table.map_partitions(screened, ruleset, meta=meta).compute(scheduler=scheduler)
    print(scores["outcome"].value_counts().to_string())
    return scores


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600, sys.argv[2] if len(sys.argv) > 2 else "threads")
