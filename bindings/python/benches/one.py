"""One application at a time: from a dict, and from the bytes of its JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import engines
import orjson
from measure import Cores, Ratio, Side, compare, rounds
from work import SETS, Work, mask, ref

PLAIN = "plain Python"
COUNT = 500


def _every(judge: Callable[[Any], Any], given: list[Any]) -> Callable[[], None]:
    def run() -> None:
        for one in given:
            judge(one)

    return run


def _named(screen: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def judge(application: Any) -> Any:
        verdict = screen(application)
        return verdict.outcome, verdict.score, verdict.indicators

    return judge


def _touched(screen: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def judge(application: Any) -> Any:
        verdict = screen(application)
        return verdict.outcome, verdict.score, [one.indicator for one in verdict.raised]

    return judge


def _equal(work: Work, count: int, judge: Callable[[Any], int], given: list[Any], name: str) -> None:
    rules = ref.RULES[:count]
    for line, one in zip(work.lines(len(given)), given, strict=True):
        wanted, found = ref.mask(json.loads(line), work.refs, rules), judge(one)
        assert wanted == found, f"{name}, {count} rules: {wanted:020b} expected, {found:020b} found for {line!r}"


def measure(work: Work, rounds_: int, others: bool) -> list[tuple[str, list[Ratio], float]]:
    lines = work.lines(5 * COUNT)
    dicts = [orjson.loads(line) for line in lines]
    found = []
    for count in SETS:
        ruleset, rules = work.ruleset(count), ref.RULES[:count]
        screen = ruleset.screen

        def plain(a: dict[str, Any], rules: Any = rules) -> int:
            return ref.mask(a, work.refs, rules)

        def raised(application: Any, screen: Any = screen) -> int:
            verdict = screen(application)
            bits = mask(one.indicator for one in verdict.raised)
            assert bits == mask(verdict.indicators)
            score, outcome = ref.outcome(bits)
            assert (verdict.score, verdict.outcome) == (score, ("clear", "review", "escalate")[outcome]), verdict
            return bits

        from_dict: dict[str, Callable[[Any], Any]] = {
            PLAIN: plain,
            "screen": screen,
            "screen, outcome, score and indicators": _named(screen),
            "screen, outcome, score and raised": _touched(screen),
            "screen, to_json": lambda a, screen=screen: screen(a).to_json(),
        }
        from_json: dict[str, Callable[[Any], Any]] = {
            f"orjson, {PLAIN}": lambda line, plain=plain: plain(orjson.loads(line)),
            f"json, {PLAIN}": lambda line, plain=plain: plain(json.loads(line)),
            "screen": screen,
            "screen, outcome, score and indicators": _named(screen),
            "screen, outcome, score and raised": _touched(screen),
            "screen, to_json": lambda line, screen=screen: screen(line).to_json(),
        }
        _equal(work, count, raised, dicts, "dict")
        _equal(work, count, raised, lines, "JSON")
        assert all(screen(line) == screen(one) for line, one in zip(lines, dicts, strict=True))
        for name, _, build, sets in engines.ENGINES if others else ():
            if count in sets:
                judge = build(work, count)
                _equal(work, count, judge, dicts[:200], name)
                from_dict[name] = judge
                if name == "datalogic-py":
                    from_json[f"orjson, {name}"] = lambda line, judge=judge: judge(orjson.loads(line))
        for title, sides, given, base in (
            (f"dict, {count} rules", from_dict, dicts, PLAIN),
            (f"JSON bytes, {count} rules", from_json, lines, f"orjson, {PLAIN}"),
        ):
            made = [Side(name, _every(judge, given[:COUNT])) for name, judge in sides.items()]

            def feed(number: int, made: list[Side] = made, sides: Any = sides, given: Any = given) -> None:
                start = (number * 211) % (len(given) - COUNT)
                for side in made:
                    # The slow ones judge fewer.
                    many = 25 if side.name in ("zen-engine", "rule-engine", "CEL (Rust)") else COUNT
                    side.items = many
                    side.run = _every(sides[side.name], given[start : start + many])

            cores = Cores()
            rounds(made, rounds_, feed)
            found.append((title, compare(made, base), cores.free()))
    return found
