"""Ray Data: a function over batches of Arrow.

    python examples/ray_data.py [COUNT]
"""

import collections
import os
import sys
from typing import Any

import pyarrow as pa
from invented import applications

import indicia

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
import ray  # noqa: E402


def screened(batch: pa.Table, ruleset: indicia.Ruleset) -> pa.Table:
    """Scores of one batch. One thread, since Ray runs a task for each core."""
    return ruleset.screen_frame(batch, columns=["id", "outcome", "score", "indicators"], threads=1)


def main(count: int = 600) -> list[dict[str, Any]]:
    ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR", ignore_reinit_error=True)
    try:
        given = ray.data.from_arrow(pa.Table.from_pylist(list(applications(count)))).repartition(4)
        # The ruleset travels with the tasks; a worker compiles it once.
        ruleset = {"ruleset": indicia.Ruleset.default()}
        scores = given.map_batches(screened, fn_kwargs=ruleset, batch_format="pyarrow", zero_copy_batch=True, batch_size=None)
        return [row for batch in scores.iter_batches(batch_format="pyarrow") for row in batch.to_pylist()]
    finally:
        ray.shutdown()


if __name__ == "__main__":
    print(collections.Counter(row["outcome"] for row in main(*map(int, sys.argv[1:]))))
