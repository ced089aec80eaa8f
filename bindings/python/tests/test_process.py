"""Memory, threads, processes, copies."""

from __future__ import annotations

import collections
import copy
import dataclasses
import decimal
import gc
import itertools
import json
import multiprocessing
import pickle
import sys
import threading
import time
import types
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import indicia

APPLICATION: dict[str, Any] = {
    "id": "a-1",
    "submitted": "2026-01-15T09:30:00Z",
    "form": {"name": "Ann Example", "phone": "+1 202 555 0143", "age": 130, "tags": ["x"]},
    "work": [{"name": "A", "start": "2020", "endDate": "2019"}, {"name": "B"}, {"name": "C"}],
}
MEBI = 1 << 20


def steady(resident: Callable[[], int], turn: Callable[[], object], turns: int, at_most: int) -> int:
    """How much memory grows in so many turns, after a fifth of them to warm up."""
    for _ in range(turns // 5):
        turn()
    gc.collect()
    before = resident()
    for _ in range(turns):
        turn()
    gc.collect()
    grown = resident() - before
    print(f"{turns} turns: {grown / MEBI:+.2f} MiB")
    assert grown < at_most
    return grown


@pytest.mark.parametrize("kind", ["dict", "str", "bytes"])
def test_screening_keeps_nothing(rules: indicia.Ruleset, resident: Callable[[], int], at_length: bool, kind: str) -> None:
    text = json.dumps(APPLICATION)
    application: Any = {"dict": APPLICATION, "str": text, "bytes": text.encode()}[kind]
    steady(resident, lambda: rules.screen(application), 1_000_000 if at_length else 100_000, 4 * MEBI)


class Form:
    def __init__(self, **given: Any) -> None:
        self.__dict__.update(given)


def varied() -> list[Any]:
    """Applications of every kind: objects, texts and bytes, honest and contradictory, and what can't be read."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))
    from invented import applications

    made: list[Any] = []
    for number, one in enumerate(applications(240)):
        text = json.dumps(one, default=str).replace("+00:00", "Z").replace(" 1", "T1")
        form = dataclasses.make_dataclass("Form", one["form"])(**one["form"]) if number % 16 == 0 else one["form"]
        kinds = [
            one,
            text,
            text.encode(),
            bytearray(text.encode()),
            types.MappingProxyType(one),
            collections.UserDict({**one, "form": form}),
            {**one, "resume": {**one["resume"], "work": tuple(one["resume"]["work"])}},
            {**one, "form": {**one["form"], "phone": decimal.Decimal(number)}, "more": [object()] * number},
            {**one, "id": "é" * number, "form": {**one["form"], "phone": f"+{number} 44 668 18 {number:02}"}},
        ]
        made += kinds + [{"id": {number}}, text[: number % len(text)], number, {"form": Form(phone=number)}, {"submitted": float("inf")}]
    return made


def test_varied_applications_leave_nothing(shipped: indicia.Ruleset, resident: Callable[[], int], at_length: bool) -> None:
    """A million calls with `INDICIA_PROOF=1`."""
    applications = varied()
    turn = itertools.cycle(applications)
    refused = 0

    def screened() -> None:
        nonlocal refused
        try:
            verdict = shipped.screen(next(turn), "2026-01-15")
        except indicia.InputError:
            refused += 1
        else:
            verdict.outcome, verdict.score

    # Each of them once, so that the patterns of their phone numbers' countries are there.
    for _ in applications:
        screened()
    assert len(applications) / 10 < refused < len(applications) / 2
    steady(resident, screened, 1_000_000 if at_length else 10_000, 8 * MEBI)


def test_errors_keep_nothing(rules: indicia.Ruleset, resident: Callable[[], int], at_length: bool) -> None:
    wrong = [{"form": {"age": {1}}}, "{", 5, {"work": [{"endDate": float("inf")}]}, b"\xff", "\ud800"]

    def turn() -> None:
        for one in wrong:
            try:
                rules.screen(one)
            except indicia.InputError:
                pass

    steady(resident, turn, 100_000 if at_length else 5_000, 4 * MEBI)


def test_verdicts_keep_nothing(rules: indicia.Ruleset, resident: Callable[[], int], at_length: bool) -> None:
    def turn() -> None:
        verdict = rules.screen(APPLICATION)
        for name in ("id", "decided_by", "as_of", "coverage", "categories", "raised", "unknown", "shadow", "next", "problems", "ruleset", "engine"):
            getattr(verdict, name)
        repr(verdict), verdict.to_dict(), verdict._repr_html_(), hash(verdict)
        pickle.loads(pickle.dumps(verdict))
        rules.explain("old", APPLICATION)

    steady(resident, turn, 50_000 if at_length else 2_000, 4 * MEBI)


def test_tables_keep_nothing(rules: indicia.Ruleset, resident: Callable[[], int], at_length: bool) -> None:
    table = pa.Table.from_pylist([APPLICATION] * 200)
    wrong = pa.table({"form.age": ["x"]})
    text = json.dumps(APPLICATION).encode() + b"\n"

    def turn() -> None:
        rules.screen_frame(table, threads=2)
        rules.screen_frame(table.to_reader(), columns=["id"]).read_next_batch()
        rules.screen_frame(wrong, on_error="row")
        pa.table(rules.screen_json_lines(text * 50))
        try:
            rules.screen_frame(wrong)
        except indicia.InputError:
            pass

    steady(resident, turn, 10_000 if at_length else 200, 16 * MEBI)


def test_rulesets_are_given_back(resident: Callable[[], int], rules: indicia.Ruleset) -> None:
    bundle = rules.to_bundle()
    steady(resident, lambda: indicia.Ruleset.from_bundle(bundle).screen(APPLICATION), 300, 16 * MEBI)


def test_threads_share_a_ruleset(rules: indicia.Ruleset) -> None:
    applications = [{**APPLICATION, "id": str(number)} for number in range(2_000)]
    texts = [json.dumps(one) for one in applications]
    expected = [rules.screen(one).to_json() for one in applications]
    with ThreadPoolExecutor(8) as pool:
        assert [one.to_json() for one in pool.map(rules.screen, applications)] == expected
        assert [one.to_json() for one in pool.map(rules.screen, texts)] == expected
        frames = [pa.Table.from_pylist(applications[start : start + 250]) for start in range(0, 2000, 250)]
        made = list(pool.map(lambda frame: rules.screen_frame(frame, columns=["id"], threads=2), frames))
        assert pa.concat_tables(made).column("id").to_pylist() == [str(number) for number in range(2_000)]


def test_one_verdict_is_read_by_many_threads(rules: indicia.Ruleset) -> None:
    for _ in range(50):
        verdict = rules.screen(APPLICATION)
        barrier = threading.Barrier(8)

        def read(verdict: indicia.Verdict = verdict, barrier: threading.Barrier = barrier) -> tuple[str, int]:
            barrier.wait()
            return verdict.to_json(), len(verdict.raised)

        with ThreadPoolExecutor(8) as pool:
            assert len({one.result() for one in [pool.submit(read) for _ in range(8)]}) == 1


def test_others_run_while_tables_and_long_texts_are_screened(rules: indicia.Ruleset) -> None:
    """The interpreter's lock is let go: a thread of Python gets on meanwhile."""
    table = pa.Table.from_pylist([APPLICATION]).take(pa.array([0] * 60_000))
    text = json.dumps({**APPLICATION, "other": [{"a": "x" * 50}] * 60_000})
    for work in (lambda: rules.screen_frame(table, threads=1, columns=["verdict"]), lambda: [rules.screen(text[:4_000_000]) for _ in range(5)] if len(text) < 4_000_000 else rules.screen_frame(table, threads=1)):
        beats: list[float] = []
        done = threading.Event()

        def beat(beats: list[float] = beats, done: threading.Event = done) -> None:
            while not done.is_set():
                beats.append(time.perf_counter())
                time.sleep(0.001)

        thread = threading.Thread(target=beat)
        thread.start()
        start = time.perf_counter()
        work()
        end = time.perf_counter()
        done.set()
        thread.join()
        within = [one for one in beats if start < one < end]
        gaps = [b - a for a, b in zip([start, *within], [*within, end])]
        assert max(gaps) < max(0.25, (end - start) / 2), (end - start, max(gaps))


def test_copies_and_pickles(rules: indicia.Ruleset) -> None:
    class Own(indicia.Ruleset):
        pass

    verdict = rules.screen(APPLICATION)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(rules, protocol))
        assert type(again) is indicia.Ruleset and again.digest == rules.digest
        assert again.screen(APPLICATION) == verdict
        made = pickle.loads(pickle.dumps(verdict, protocol))
        assert made == verdict and hash(made) == hash(verdict) and made.raised == verdict.raised
    assert copy.copy(rules) is rules and copy.deepcopy(rules) is rules
    assert copy.copy(verdict) == copy.deepcopy([verdict])[0] == verdict
    assert verdict != rules.screen({}) and verdict != verdict.to_json()
    assert len({verdict, rules.screen(APPLICATION), rules.screen({})}) == 2
    assert type(Own.from_bundle(rules.to_bundle())) is Own
    assert type(copy.deepcopy(Own.from_bundle(rules.to_bundle()))) is Own
    files = {
        "rules.indicia": 'language 1\nrecord application { n: text }\nlist bad: text from "lists/bad.txt"\n'
        'indicator i "I" { category c\n severity low\n when n in bad }\n'
        "decide { categories c\n weights info 1, low 5, medium 12, high 25\n outcomes a, b\n outcome b when score >= 5 }",
        "lists/bad.txt": "",
    }
    listed = indicia.Ruleset.from_source(files).with_lists(bad=["x"])
    assert pickle.loads(pickle.dumps(listed)).screen({"n": "x"}).outcome == "b"


def test_exceptions_are_pickled_whole(rules: indicia.Ruleset) -> None:
    errors: list[BaseException] = []
    for fail in (
        lambda: rules.screen({"form": {"age": {1}}}),
        lambda: rules.screen_frame(pa.table({"form.age": ["x"]})),
        lambda: indicia.Ruleset.from_source("language 1\nrecord application { a: txt }"),
        lambda: indicia.Ruleset.from_bundle(b""),
        lambda: indicia.Ruleset.load("/nowhere/at/all"),
    ):
        with pytest.raises(indicia.IndiciaError) as raised:
            fail()
        errors.append(raised.value)
    for error in errors:
        for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
            assert type(again) is type(error)
            assert (str(again), again.__dict__) == (str(error), error.__dict__)
    assert [type(error).__name__ for error in errors] == ["InputError", "InputError", "CompileError", "BundleError", "IndiciaError"]
    assert getattr(errors[1], "row") == 0 and getattr(errors[1], "column") == "form.age"


def score(ruleset: indicia.Ruleset, application: dict[str, Any]) -> indicia.Verdict:
    return ruleset.screen(application)


def fails(ruleset: indicia.Ruleset) -> None:
    ruleset.screen({"form": {"age": {1}}})


@pytest.mark.skipif(sys.platform != "linux", reason="processes are started as Linux does")
def test_other_processes_take_rulesets_and_give_verdicts(rules: indicia.Ruleset) -> None:
    expected = rules.screen(APPLICATION)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert [one.result() for one in [pool.submit(score, rules, APPLICATION) for _ in range(4)]] == [expected] * 4
        with pytest.raises(indicia.InputError) as raised:
            pool.submit(fails, rules).result()
        assert raised.value.path == "form.age"
