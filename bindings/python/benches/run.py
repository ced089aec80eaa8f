"""Indicia beside plain Python, other engines, Polars and DuckDB on the same rules, as ratios of one run.

    python bindings/python/benches/run.py --rows 20000
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PACKAGES = ["indicia", "pyarrow", "polars", "duckdb", "orjson", "datalogic-py", "common-expression-language", "zen-engine", "rule-engine"]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000, help="applicants of the table (default: 20000)")
    parser.add_argument("--rounds", type=int, default=15, help="rounds of which the median counts (default: 15)")
    parser.add_argument("--parts", default="one,many,scaling", help="of one,many,scaling (default: all)")
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "indicia-bench", help="folder for the applicants")
    parser.add_argument("--no-others", action="store_true", help="without the other engines of one application")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, default=1, help=argparse.SUPPRESS)
    return parser.parse_args()


def _work(options: argparse.Namespace) -> list[Any]:
    from work import Work

    options.data.mkdir(parents=True, exist_ok=True)
    work = Work(options.data, options.rows)
    if options.worker == "one":
        import one

        return one.measure(work, options.rounds, not options.no_others)
    import many

    if options.worker == "scaling":
        return many.scaling(work, options.rounds)
    return many.measure(work, options.rounds, options.threads)


def _child(options: argparse.Namespace, part: str, threads: int) -> list[Any]:
    """A process of its own: Polars reads its number of threads when it is imported."""
    own = ["--rows", options.rows, "--rounds", options.rounds, "--data", options.data, "--worker", part, "--threads", threads]
    others = ["--no-others"] * options.no_others
    environment = {**os.environ, "POLARS_MAX_THREADS": str(threads)}
    command = [sys.executable, __file__, *map(str, own), *others]
    made = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(made.stdout)


def _table(title: str, ratios: list[dict[str, Any]], free: float, threads: int) -> str:
    """Ratios below 1 are faster. Where all run in one thread the processor's time counts, which others disturb least."""
    clock = "cpu" if threads == 1 else "wall"
    lines = [f"**{title}** ({free:.1f} of {os.cpu_count()} cores free)", "", "| | ratio | middle half | by the wall | µs of a core |", "|---|--:|--:|--:|--:|"]
    for ratio in ratios:
        value, low, high = (ratio[clock + end] for end in ("", "_low", "_high"))
        lines.append(f"| {ratio['name']} | {value:.3f} | {low:.3f}–{high:.3f} | {ratio['wall']:.3f} | {ratio['seconds'] * 1e6:.2f} |")
    return "\n".join(lines) + "\n"


def _versions() -> str:
    found = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            found.append(f"{name} missing")
    return f"Python {platform.python_version()}, " + ", ".join(found)


def main() -> None:
    options = _options()
    if options.worker:
        made = [(title, [ratio.to_dict() for ratio in ratios], free) for title, ratios, free in _work(options)]
        json.dump(made, sys.stdout)
        return
    cores = len(os.sched_getaffinity(0))
    print(f"{options.rows} applicants, {options.rounds} rounds, {cores} cores. {_versions()}.\n", flush=True)
    parts = options.parts.split(",")
    runs = [("one", 1)] * ("one" in parts) + [("many", count) for count in sorted({1, cores})] * ("many" in parts)
    for part, threads in [*runs, *[("scaling", cores)] * ("scaling" in parts)]:
        for title, ratios, free in _child(options, part, threads):
            print(_table(title, ratios, free, threads if part != "scaling" else cores), flush=True)


if __name__ == "__main__":
    main()
