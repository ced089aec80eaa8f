"""Measures what docs/scale.md tells: time per application by every road, and memory.

    python bindings/python/tools/measure.py [COUNT] [REPEATS]

Needs PyArrow, and a wheel as it is released (`maturin build --profile wheel`). Times are processor time of this process, which
a busy machine disturbs less than the clock; of the repeats the median is printed, with the least and the most.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))

import pyarrow as pa
from invented import MAPPING, applications, flat

import indicia
from indicia import _ruleset


def resident() -> float:
    """MiB of memory that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def measure(name: str, count: int, repeats: int, work: Callable[[], Any]) -> None:
    work()
    times = []
    for _ in range(repeats):
        gc.collect()
        started = time.process_time()
        work()
        times.append((time.process_time() - started) / count * 1e6)
    middle = statistics.median(times)
    print(f"{name:58} {middle:9.1f} µs  ({min(times):.1f} to {max(times):.1f})  {1e6 / middle:9.0f} a second and core")


def without(record: dict[str, Any], *paths: str) -> dict[str, Any]:
    made = json.loads(json.dumps(record, default=str))
    for path in paths:
        *first, last = path.split(".")
        at = made
        for name in first:
            at = at.get(name) or {}
        at.pop(last, None)
    return made


def roads(ruleset: indicia.Ruleset, count: int, repeats: int) -> None:
    records = list(applications(count))
    texts = [json.dumps(one, default=lambda value: value.isoformat()).encode() for one in records]
    lines = b"\n".join(texts)
    nested = pa.Table.from_pylist(records)
    table = pa.Table.from_pylist([flat(one) for one in records])
    print(f"{count} applications of {len(lines) / count:.0f} bytes of JSON, {repeats} repeats, one thread\n")

    def run(name: str, work: Callable[[], Any]) -> None:
        measure(name, count, repeats, work)

    def frame(given: pa.Table, columns: list[str], **more: Any) -> Callable[[], Any]:
        return lambda: ruleset.screen_frame(given, columns=columns, threads=1, **more)

    def json_lines(columns: list[str]) -> Callable[[], Any]:
        return lambda: pa.table(ruleset.screen_json_lines(lines, columns=columns, threads=1))

    run("dict: screen(…).outcome", lambda: [ruleset.screen(one).outcome for one in records])
    run("dict: screen(…).raised", lambda: [ruleset.screen(one).raised for one in records])
    run("dict: screen(…).to_dict()", lambda: [ruleset.screen(one).to_dict() for one in records])
    run("JSON bytes: screen(…).outcome", lambda: [ruleset.screen(one).outcome for one in texts])
    run("table, nested: outcome, score", frame(nested, ["outcome", "score"]))
    run("table, nested: outcome, score, coverage, indicators", frame(nested, ["outcome", "score", "coverage", "indicators"]))
    run("table, nested: verdict too", frame(nested, ["outcome", "score", "coverage", "indicators", "verdict"]))
    run("table, nested: explode", frame(nested, ["outcome"], explode=True))
    run("table, flat with a mapping: outcome, score", frame(table, ["outcome", "score"], mapping=MAPPING))
    run("JSON Lines: outcome, score", json_lines(["outcome", "score"]))
    run("JSON Lines: verdict too", json_lines(["outcome", "score", "verdict"]))
    print()
    for name, paths in (
        ("everything", ()),
        ("without phone numbers", ("form.phone",)),
        ("without names", ("form.name", "resume.name")),
        ("without schools", ("resume.education",)),
        ("without jobs", ("resume.work",)),
        ("nothing but an id", ("form", "resume", "phone_facts", "submitted")),
    ):
        leaner(name, [without(one, *paths) for one in records], run, ruleset)
    long = [without(one) for one in records]
    for job in (job for one in long for job in one["resume"]["work"]):
        job["summary"] = " ".join([job["summary"]] * (2000 // len(job["summary"])))
    leaner("with 2,000 characters about each job", long, run, ruleset)


def leaner(name: str, records: list[Any], run: Callable[[str, Callable[[], Any]], None], ruleset: indicia.Ruleset) -> None:
    text = b"\n".join(json.dumps(one).encode() for one in records)
    run(
        f"JSON Lines, outcome and score: {name}",
        lambda: pa.table(ruleset.screen_json_lines(text, columns=["outcome", "score"], threads=1)),
    )


def loading(ruleset: indicia.Ruleset) -> None:
    started = time.process_time()
    bundle = ruleset.to_bundle()
    made = time.process_time()
    indicia.Ruleset.from_bundle(bundle)
    print(f"\nbundle: {len(bundle)} bytes, written in {(made - started) * 1e3:.0f} ms, compiled in {(time.process_time() - made) * 1e3:.0f} ms")
    task = pickle.dumps(ruleset)
    _ruleset._unpickled.cache_clear()
    pickle.loads(task)
    started = time.process_time()
    pickle.loads(task)
    print(f"pickle: {len(task)} bytes, the second time in a process {(time.process_time() - started) * 1e3:.1f} ms")


MEMORY = """
import sys
sys.path.insert(0, {folder!r})
from measure import *
wide, count, threads = {wide!r}, {count}, {threads}
records = list(applications(4096))
batch = pa.Table.from_pylist(records).combine_chunks().to_batches()[0]
empty = resident()
ruleset = indicia.Ruleset.default()
loaded = resident()
reader = pa.RecordBatchReader.from_batches(batch.schema, (batch for _ in range(count)))
columns = ["outcome", "score", "verdict"] if wide else ["outcome", "score"]
most, size = 0.0, 0
for made in ruleset.screen_frame(reader, columns=columns, threads=threads):
    most = max(most, resident())
    size = made.nbytes / made.num_rows
print(f"{{threads}} threads, {{', '.join(columns):24}} loaded {{loaded - empty:5.0f}} MiB, then at most {{most - loaded:5.0f}} MiB more; {{size:.0f}} bytes a row")
"""


def memory() -> None:
    print("\nmemory of a stream of batches of 4096 rows, beside the table itself:", flush=True)
    for threads in (1, 2):
        for wide in (False, True):
            folder = str(Path(__file__).resolve().parent)
            code = MEMORY.format(folder=folder, wide=wide, count=4 * threads + 2, threads=threads)
            subprocess.run([sys.executable, "-c", code], check=True)


def main(count: int = 4096, repeats: int = 7) -> None:
    ruleset = indicia.Ruleset.default()
    print(f"indicia {indicia.__version__}, {ruleset!r}, CPython {sys.version.split()[0]}")
    roads(ruleset, count, repeats)
    loading(ruleset)
    memory()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
