"""What is made to break things: no crash and no abort, an error that says what is wrong, and the next application goes on.

What could take the process with it runs in one of its own. Hostile objects as applications are in `test_objects`.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

import indicia

PHONE = "+1 202 555 0143"


def alone(code: str, timeout: float = 120) -> str:
    """What a process of its own prints."""
    given = "import indicia, os, signal, threading, time\nimport pandas as pd, pyarrow as pa\nr = indicia.Ruleset.default()\n"
    command = [sys.executable, "-X", "faulthandler", "-W", "error::RuntimeWarning", "-c", given + textwrap.dedent(code)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=timeout)
    assert ran.returncode == 0, (ran.returncode, ran.stderr[:2000])
    return ran.stdout.strip()


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ('d = {}; d["location"] = d; given = pd.DataFrame({"form": [None, d]})', "row 1, column `form`: nested too deeply"),
        ('l = []; l.append(l); given = pd.DataFrame({"form.phone": [l]})', "row 0, column `form.phone`: nested too deeply"),
        ('d = None\nfor _ in range(100_000): d = {"form": d}\ngiven = pd.DataFrame({"form": [d]})', "row 0, column `form`: nested too deeply"),
        ('given = pa.table({"id": ["a"], "form." * 200_000 + "x": ["a"]})', "fine"),
        ('given = pa.table({"id": ["a"], "resume.work" + "[0]" * 200_000: ["a"]})', "fine"),
        ('given = pa.table({"id": ["a"], "resume.work[0]." + "[0]." * 200_000 + "x": ["a"]})', "fine"),
        ('t = pa.string()\nfor _ in range(3000): t = pa.struct({"form": t})\ngiven = pa.table({"id": ["a"], "form": pa.nulls(1, t)})', "fine"),
        ('given = pa.table({"id": ["a"], **{f"form.c{number}": [1] for number in range(50_000)}})', "fine"),
        ('given = pa.table({"id": ["a"], **{f"c{number}": [1] for number in range(50_000)}})', "fine"),
    ],
)
def test_tables_that_are_nested_or_wide_without_end(frame: str, message: str) -> None:
    code = frame + "\ntry:\n    made = r.screen_frame(given, columns=['id'])\n    print('fine')\nexcept indicia.InputError as error:\n    print(error)"
    assert alone(code) == message


def test_paths_that_are_nested_without_end_are_none(shipped: indicia.Ruleset) -> None:
    with pytest.raises(ValueError, match="is no path such as `form.phone`"):
        shipped.screen_frame(pa.table({"a": ["x"]}), {"a": "form." * 200_000 + "x"})


def test_ctrl_c_ends_a_long_table() -> None:
    code = f"""
        table = pa.table({{"id": ["a"] * 4_000_000, "form.phone": ["{PHONE}"] * 4_000_000}})
        threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        try:
            r.screen_frame(table, columns=["id"])
            print("finished")
        except KeyboardInterrupt:
            print(r.screen({{"id": "after"}}).id)
    """
    assert alone(code) == "after"


def test_ctrl_c_within_a_source_comes_through(shipped: indicia.Ruleset) -> None:
    schema = pa.schema({"id": pa.string()})

    def batches() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"id": ["a"]}, schema=schema)
        raise KeyboardInterrupt

    reader = pa.RecordBatchReader.from_batches(schema, batches())
    with pytest.raises((KeyboardInterrupt, pa.ArrowException)):
        shipped.screen_frame(reader, columns=["id"]).read_all()
    assert shipped.screen({"id": "after"}).id == "after"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_a_forked_process_goes_on_where_the_first_was() -> None:
    code = f"""
        table = pa.table({{"id": ["a"] * 20_000, "form.phone": ["{PHONE}"] * 20_000}})
        kept = r.screen({{"id": "a", "form": {{"phone": "{PHONE}"}}}})
        r.screen_frame(table, columns=["id"], threads=2)
        child = os.fork()
        if child == 0:
            assert kept.raised[0].indicator == "phone_fictional"
            assert r.screen({{"id": "b", "form": {{"phone": "{PHONE}"}}}}).indicators == ["phone_fictional"]
            assert r.screen_frame(table, columns=["id"], threads=2).num_rows == 20_000
            os._exit(0)
        print(os.waitpid(child, 0)[1], kept.indicators)
    """
    assert alone(code) == "0 ['phone_fictional']"


def test_a_process_may_end_while_threads_screen() -> None:
    code = f"""
        table = pa.table({{"id": ["a"] * 5_000, "form.phone": ["{PHONE}"] * 5_000}})
        def work():
            while True:
                r.screen_frame(table, columns=["id"])
        for _ in range(3):
            threading.Thread(target=work, daemon=True).start()
        time.sleep(0.3)
        print("leaving")
    """
    assert alone(code) == "leaving"


def test_a_source_may_screen_while_it_is_read(shipped: indicia.Ruleset) -> None:
    schema = pa.schema({"id": pa.string()})

    def batches() -> Iterator[pa.RecordBatch]:
        for name in ("a", "b"):
            yield shipped.screen_frame(pa.record_batch({"id": [name]}, schema=schema), columns=["id"])

    made = shipped.screen_frame(pa.RecordBatchReader.from_batches(schema, batches()), columns=["id"])
    assert made.read_all().column("id").to_pylist() == ["a", "b"]


def test_verdicts_are_dropped_while_threads_read_them(shipped: indicia.Ruleset) -> None:
    for _ in range(20):
        verdicts = [shipped.screen({"id": str(number), "form": {"phone": PHONE}}) for number in range(100)]
        seen: list[str] = []
        threads = [threading.Thread(target=lambda mine: seen.extend(one.raised[0].indicator for one in mine), args=(verdicts[start::4] * 2,)) for start in range(4)]
        for thread in threads:
            thread.start()
        del verdicts
        for thread in threads:
            thread.join()
        assert seen == ["phone_fictional"] * 200


@pytest.mark.parametrize("ty", ["pa.string()", "pa.large_string()", "pa.string_view()"])
def test_text_of_arrow_that_is_no_utf8_is_refused(ty: str) -> None:
    """A file of Parquet may hold such text, and PyArrow hands it over unchecked."""
    code = f"""
        import io
        from pyarrow import parquet

        buffers = pa.array([b"Ada", b"Jos\\xe9"]).buffers()
        table = pa.table({{"id": ["a", "b"], "form.name": pa.Array.from_buffers(pa.string(), 2, buffers)}})
        sink = io.BytesIO()
        parquet.write_table(table, sink)
        read = parquet.read_table(io.BytesIO(sink.getvalue()))
        column = read["form.name"].combine_chunks()
        read = read.set_column(1, "form.name", column.cast({ty}, safe=False))
        try:
            r.screen_frame(read)
        except indicia.InputError as error:
            print(error)
        print(r.screen_frame(read, on_error="row", columns=["id"])["id"].to_pylist())
    """
    message = "row 1, column `form.name`: at `form.name`: expected text (a name), found a text that is no UTF-8"
    assert alone(code).splitlines() == [message, "['a', None]"]


@pytest.mark.parametrize(("given", "end"), [("table", ""), ("table.to_reader()", ".read_all()")])
def test_damaged_tables_are_errors(given: str, end: str) -> None:
    code = f"""
        far = pa.DictionaryArray.from_arrays(pa.array([5], pa.int8()), pa.array(["a"]), safe=False)
        table = pa.table({{"id": ["a"], "form.phone": far}})
        try:
            r.screen_frame({given}, columns=["id"]){end}
        except Exception as error:
            print(type(error).__name__, "the table is damaged" in str(error))
        name = pa.struct([pa.field(b"\\xff", pa.string())])
        try:
            r.screen_frame(pa.table({{"form": pa.nulls(1, name)}}))
        except Exception as error:
            print(type(error).__name__, "the table is damaged" in str(error))
    """
    kind = "ArrowInvalid" if end else "ValueError"
    assert alone(code).splitlines() == [f"{kind} True", "ValueError True"]


def test_half_a_surrogate_pair_is_refused_everywhere(shipped: indicia.Ruleset) -> None:
    half = "\ud800"
    attempts: list[Callable[[], Any]] = [
        lambda: shipped.screen({"id": half}),
        lambda: shipped.screen(half),
        lambda: shipped.screen({}, half),
        lambda: shipped.screen({}, redact_key=half),
        lambda: shipped.screen_frame(pd.DataFrame({"id": pd.Series([half], dtype=object)})),
        lambda: shipped.screen_frame(pd.DataFrame({"x": ["a"]}), {"x": half}),
        lambda: shipped.screen_frame(pd.DataFrame({"x": ["a"]}), {half: "id"}),
        lambda: shipped.explain(half, {}),
        lambda: shipped.test({half: half}),
        lambda: shipped.map({"basics": {"name": half}, "work": []}),
        lambda: indicia.Ruleset.from_source(half),
        lambda: indicia.Ruleset.load(half),
        lambda: indicia.Verdict.from_json(half),
        lambda: indicia.format(half),
        lambda: indicia.check(half),
    ]
    for attempt in attempts:
        with pytest.raises((indicia.IndiciaError, ValueError, OSError)):
            attempt()


def test_texts_that_are_nested_without_end_are_refused(shipped: indicia.Ruleset) -> None:
    document: dict[str, Any] = {}
    for _ in range(5_000):
        document = {"a": document}
    attempts: list[Callable[[], Any]] = [
        lambda: shipped.map(document),
        lambda: shipped.test({"a.cases.yaml": "[" * 100_000}),
        lambda: indicia.Verdict.from_json("[" * 100_000),
        lambda: indicia.Verdict.from_json('{"a":' * 100_000),
        lambda: indicia.format("language 1\nlet a = " + "(" * 100_000),
        lambda: indicia.Ruleset.from_source("language 1\nlet a = " + "not " * 100_000),
        lambda: pa.table(shipped.screen_json_lines(b"[" * 100_000)),
    ]
    for attempt in attempts:
        with pytest.raises((indicia.IndiciaError, ValueError)):
            attempt()


def test_a_pickle_that_was_changed_is_refused(shipped: indicia.Ruleset) -> None:
    bundle = bytearray(shipped.to_bundle())
    for place in (0, 10, len(bundle) // 2, len(bundle) - 1):
        changed = bytes(bundle[:place]) + bytes([bundle[place] ^ 0x55]) + bytes(bundle[place + 1 :])
        with pytest.raises(indicia.IndiciaError):
            indicia.Ruleset.from_bundle(changed)
    text = shipped.screen({"id": "a"}).to_json()
    for changed in (text[:-1], text.replace('"score":0', '"score":-1'), text.replace('"id":"a"', '"id":7'), "[]", ""):
        with pytest.raises(ValueError):
            indicia.Verdict.from_json(changed)


def test_classes_below_those_of_python_are_what_they_are(shipped: indicia.Ruleset) -> None:
    def fail(*_: Any) -> Any:
        raise AssertionError

    text: Any = type("Text", (str,), {name: fail for name in ("__str__", "__eq__", "__len__", "encode", "__iter__")} | {"__hash__": str.__hash__})
    number: Any = type("Float", (float,), {name: fail for name in ("__float__", "__eq__", "__repr__")} | {"__hash__": float.__hash__})
    made = shipped.screen({"id": text("a"), "form": {"phone": text(PHONE)}, "resume": {"work": [{"name": number(1.5)}]}})
    assert (made.id, made.indicators) == ("a", ["phone_fictional"])
    # As the key of a dict it is compared by its own rules, or not at all.
    own = type("Key", (str,), {"__hash__": str.__hash__})
    assert shipped.screen({own("id"): "a"}).id == "a"
    assert pickle.loads(pickle.dumps(made)) == made
