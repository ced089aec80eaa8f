"""A table, or lines of JSON, at once: in as many threads as each side is allowed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import orjson
import polars as pl
import pyarrow as pa
import tables
from measure import Cores, Ratio, Side, compare, rounds
from work import BITS, SETS, Work, ref

SHORT = ("outcome", "score", "indicators")


def _masks(table: pa.Table) -> Any:
    lists = table["indicators"].combine_chunks()
    bits = np.array([BITS[name] for name in lists.values.to_pylist()], dtype=np.uint32)
    offsets = lists.offsets.to_numpy()
    sums = np.concatenate([[0], np.cumsum(bits, dtype=np.uint64)])
    return (sums[offsets[1:]] - sums[offsets[:-1]]).astype(np.uint32)


def measure(work: Work, rounds_: int, threads: int) -> list[tuple[str, list[Ratio], float]]:
    found = []
    source = tables.arrow(work.path)
    df = pl.DataFrame(source)
    lines = work.path.read_bytes()
    applicants = [orjson.loads(line) for line in lines.splitlines()]
    where = "1 thread" if threads == 1 else f"{threads} threads"
    for count in (size for size in SETS if size != 19):
        ruleset, rules = work.ruleset(count), ref.RULES[:count]
        wanted = np.array([ref.mask(a, work.refs, rules) for a in applicants], dtype=np.uint32)
        polars, duck = tables.Polars(work, count), tables.DuckDB(work, count, threads)
        duck.load(work.path)

        def frame(columns: Any, ruleset: Any = ruleset) -> pa.Table:
            return ruleset.screen_frame(source, columns=columns, threads=threads)

        def read(columns: Any, ruleset: Any = ruleset) -> pa.Table:
            return pa.table(ruleset.screen_json_lines(lines, columns=columns, threads=threads))

        def polars_read(polars: Any = polars) -> Any:
            return polars.run(pl.DataFrame(tables.arrow(work.path, threads > 1)))

        def duck_read(duck: Any = duck) -> Any:
            duck.load(work.path)
            return duck.run()

        for name, masks in {
            "screen_frame": _masks(frame(SHORT)),
            "screen_json_lines": _masks(read(SHORT)),
            "verdicts": _masks(frame((*SHORT, "verdict"))),
            "Polars": polars.run(df),
            "DuckDB": np.asarray(duck.run()),
        }.items():
            wrong = int(np.bitwise_or.reduce(masks ^ wanted))
            assert wrong == 0, f"{name}, {count} rules: differs in {wrong:020b}"
        whole = (*SHORT, "coverage", "verdict")
        of_table: dict[str, Callable[[], Any]] = {
            "DuckDB": duck.run,
            "Polars": lambda polars=polars: polars.run(df),
            "screen_frame, outcome, score, indicators": lambda frame=frame: frame(SHORT),
            "screen_frame, whole verdict": lambda frame=frame: frame(whole),
        }
        of_lines: dict[str, Callable[[], Any]] = {
            "DuckDB read_json + SQL": duck_read,
            "pyarrow.json + Polars": polars_read,
            "screen_json_lines, outcome, score, indicators": lambda read=read: read(SHORT),
            "screen_json_lines, whole verdict": lambda read=read: read(whole),
        }
        for title, sides in ((f"table, {count} rules, {where}", of_table), (f"JSON Lines, {count} rules, {where}", of_lines)):
            cores = Cores()
            made = [Side(name, run, items=work.rows) for name, run in sides.items()]
            rounds(made, rounds_)
            faster = min(made[:2], key=lambda side: side.seconds(threads == 1))
            found.append((title, compare(made, faster.name), cores.free()))
    return found


def scaling(work: Work, rounds_: int) -> list[tuple[str, list[Ratio], float]]:
    """Two threads against one on the same work."""
    ruleset, source, lines = work.ruleset(20), tables.arrow(work.path), work.path.read_bytes()
    long = _long(work)
    found = []

    def frame(threads: int, columns: Any) -> Callable[[], Any]:
        return lambda: ruleset.screen_frame(source, columns=columns, threads=threads)

    def read(threads: int) -> Callable[[], Any]:
        return lambda: pa.table(ruleset.screen_json_lines(lines, columns=SHORT, threads=threads))

    def screened(texts: list[bytes]) -> None:
        for text in texts:
            ruleset.screen(text)

    def in_two() -> None:
        half = len(long) // 2
        started = [threading.Thread(target=screened, args=(part,)) for part in (long[:half], long[half:])]
        for thread in started:
            thread.start()
        for thread in started:
            thread.join()

    for title, one, two, items in (
        ("screen_frame, outcome, score, indicators", frame(1, SHORT), frame(2, SHORT), work.rows),
        ("screen_frame, whole verdict", frame(1, (*SHORT, "verdict")), frame(2, (*SHORT, "verdict")), work.rows),
        ("screen_json_lines", read(1), read(2), work.rows),
        (f"screen, texts of {len(long[0]) // 1024} KB", lambda: screened(long), in_two, len(long)),
    ):
        cores = Cores()
        sides = [Side("1 thread", one, items=items), Side("2 threads", two, items=items)]
        rounds(sides, rounds_)
        found.append((title, compare(sides, "1 thread"), cores.free()))
    return found


def _long(work: Work) -> list[bytes]:
    """Texts of some 16 KB: applicants with what one says of 15."""
    lines = [orjson.loads(line) for line in work.lines(3000)]
    made = []
    for start in range(0, len(lines) - 15, 15):
        group = lines[start : start + 15]
        one = dict(group[0])
        for key in ("education", "work", "profiles"):
            one[key] = [item for other in group for item in other.get(key, ())]
        one["summary"] = " ".join(other.get("summary", "") for other in group)
        made.append(orjson.dumps(one))
    return made
