"""Sides that do the same work, timed in turns: ratios of one run, and how far they spread."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Side:
    """One way to do the work."""

    name: str
    run: Callable[[], Any]
    items: int = 1
    """How many applications `run` is about."""
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def seconds(self, cpu: bool) -> float:
        """The median of one application: of the processor's time, or by the wall."""
        return statistics.median(self.cpu if cpu else self.wall)


@dataclass
class Ratio:
    """A side against the base, by round: median and the middle half."""

    name: str
    wall: float
    wall_low: float
    wall_high: float
    cpu: float
    cpu_low: float
    cpu_high: float
    seconds: float
    """Of the processor, for one application."""

    def to_dict(self) -> dict[str, Any]:
        return self.__dict__


class Cores:
    """How many cores were free for this process, of those that it may use: the rest of the machine's work is noise."""

    def __init__(self) -> None:
        self._wall, self._stat, self._own = time.monotonic(), self._times(), time.process_time()

    @staticmethod
    def _times() -> tuple[float, float]:
        """Seconds of all cores: in all, and idle."""
        values = [int(value) for value in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
        tick = os.sysconf("SC_CLK_TCK")
        return sum(values[:8]) / tick, (values[3] + values[4]) / tick

    def free(self) -> float:
        """Cores that were idle or ours, on average since the start."""
        total, idle = self._times()
        all_cores = os.cpu_count() or 1
        passed = max(total - self._stat[0], 1e-9)
        return all_cores * (idle - self._stat[1] + time.process_time() - self._own) / passed


def _timed(side: Side) -> None:
    cpu, wall = time.process_time(), time.perf_counter()
    side.run()
    side.wall.append((time.perf_counter() - wall) / side.items)
    side.cpu.append((time.process_time() - cpu) / side.items)


def _spread(values: list[float]) -> tuple[float, float, float]:
    low, middle, high = statistics.quantiles(values, n=4) if len(values) > 1 else [values[0]] * 3
    return middle, low, high


def rounds(sides: list[Side], count: int, before: Callable[[int], None] = lambda _: None) -> None:
    """Times each side once a round, starting with another one each time. The first round is not counted."""
    for number in range(-1, count):
        before(number)
        gc.collect()
        gc.disable()
        try:
            for place in range(len(sides)):
                side = sides[(place + number) % len(sides)]
                if number < 0:
                    side.run()
                else:
                    _timed(side)
        finally:
            gc.enable()


def compare(sides: list[Side], base: str) -> list[Ratio]:
    """Each side to the base in the same round."""
    (other,) = (side for side in sides if side.name == base)
    found = []
    for side in sides:
        wall = _spread([mine / theirs for mine, theirs in zip(side.wall, other.wall, strict=True)])
        cpu = _spread([mine / theirs for mine, theirs in zip(side.cpu, other.cpu, strict=True)])
        found.append(Ratio(side.name, *wall, *cpu, side.seconds(True)))
    return found
