"""Every conformance case by every road into the engine: the same verdict, byte for byte, as natively."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pyarrow as pa
import pytest
import road

import indicia

Cases = list[dict[str, Any]]


@pytest.fixture(scope="module")
def compiled(cases: Cases) -> list[tuple[dict[str, Any], indicia.Ruleset]]:
    """The cases whose rulesets compile."""
    return [(case, indicia.Ruleset.from_bundle(bytes.fromhex(case["bundle"]))) for case in cases if case["verdict"]]


def test_the_cases_are_all_there(cases: Cases) -> None:
    assert len(cases) >= 1190
    # Limits can't be set from Python: these cases are tried with the limits as they are.
    assert sum(case["limited"] for case in cases) == 17


def test_errors_of_rulesets_are_those_of_the_engine(cases: Cases) -> None:
    wrong = [case for case in cases if case["diagnostics"]]
    assert len(wrong) >= 200
    for case in wrong:
        with pytest.raises(indicia.CompileError) as raised:
            indicia.Ruleset.from_bundle(bytes.fromhex(case["bundle"]))
        expected = [indicia.Diagnostic.from_dict(found) for found in case["diagnostics"]]
        assert raised.value.diagnostics == expected, case["name"]
        assert all(found.code in str(raised.value) for found in expected if found.severity == "error"), case["name"]


@pytest.mark.parametrize("kind", ["str", "bytes", "bytearray", "memoryview", "dict", "lines"])
def test_verdicts_are_those_of_the_engine(compiled: list[tuple[dict[str, Any], indicia.Ruleset]], kind: str) -> None:
    make: dict[str, Any] = {
        "str": str,
        "bytes": str.encode,
        "bytearray": lambda text: bytearray(text.encode()),
        "memoryview": lambda text: memoryview(text.encode()),
        "dict": json.loads,
    }
    assert len(compiled) >= 900
    for case, ruleset in compiled:
        given = road.options(case)
        if kind == "lines":
            [made] = road.of_table(pa.table(ruleset.screen_json_lines(case["record"].encode(), columns=["verdict"], **given)))
        else:
            verdict = ruleset.screen(make[kind](case["record"]), **given)
            made = verdict.to_json()
            assert verdict.to_dict() == json.loads(case["verdict"])
        assert made == case["verdict"], case["name"]


def test_explanations_are_those_of_the_engine(compiled: list[tuple[dict[str, Any], indicia.Ruleset]]) -> None:
    count = 0
    for case, ruleset in compiled:
        if case["explanation"]:
            count += 1
            for application in (case["record"], json.loads(case["record"])):
                made = ruleset.explain("probe", application, **road.options(case))
                assert made.to_dict() == case["explanation"], case["name"]
    assert count >= 800


def nested(record: dict[str, Any]) -> pa.Table | str:
    """The record as a table with a row; in words why there is none."""
    try:
        return pa.Table.from_pylist([record])
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return "values of several types in a list, or numbers beyond 64 bits"


def flattened(record: dict[str, Any]) -> pa.Table | str:
    made = road.flat(record)
    return nested(made) if made is not None else "a record without fields"


@pytest.mark.parametrize("shape", [nested, flattened])
def test_tables_give_the_verdicts_of_the_engine(
    compiled: list[tuple[dict[str, Any], indicia.Ruleset]], shape: Any
) -> None:
    """What a table can't hold is counted, so that it can't grow in silence."""
    counts: Counter[str] = Counter()
    names: dict[str, list[str]] = {}
    for case, ruleset in compiled:
        table = shape(json.loads(case["record"]))
        if isinstance(table, str):
            kind = table
        else:
            kind = compare(case, ruleset, table)
        counts[kind] += 1
        names.setdefault(kind, []).append(case["name"])
    print(counts)
    assert counts.pop("equal") >= 900
    for kind, count in counts.items():
        assert count <= AT_MOST[shape.__name__].get(kind, 0), f"{kind}: {count}: {names[kind]}"


def compare(case: dict[str, Any], ruleset: indicia.Ruleset, table: pa.Table) -> str:
    """How a table with a row fares."""
    keys = [path.key for path in ruleset.inputs()]
    read = [name for name in table.column_names if any(re.match(re.escape(name) + r"(\.|\[|$)", key) for key in keys)]
    if not read:
        with pytest.raises(ValueError, match="reads none of the table's columns"):
            road.frame(ruleset, table, road.options(case))
        if not keys:
            return "a ruleset that reads nothing"
        # Another column that is empty says nothing.
        columns = {name: table.column(name) for name in table.column_names}
        table = pa.table({**columns, keys[0].partition(".")[0].partition("[")[0]: pa.nulls(1)})
    native = json.loads(case["verdict"])
    try:
        verdict = road.frame(ruleset, table, road.options(case))
    except indicia.InputError as error:
        assert (error.row, error.path is None) == (0, False), case["name"]
        assert error.column in table.column_names, case["name"]
        if any(problem["path"] == error.path for problem in native["problems"]):
            return "a column of a wrong type, which a text of JSON has as a problem"
        return "a column of a wrong type, whose value is blank"
    if verdict != case["verdict"] and any("." in name for name in table.column_names if name not in read):
        return "a record that is there by fields which are not read"
    assert verdict == case["verdict"], case["name"]
    # Without verdicts rows are judged together, where that has an answer.
    [brief] = pa.table(ruleset.screen_frame(table, columns=BRIEF, **road.options(case))).to_pylist()
    raised = [entry["indicator"] for entry in native["raised"]]
    wanted = {name: native[name] for name in ("id", "outcome", "score", "coverage")}
    assert brief == {**wanted, "indicators": raised}, case["name"]
    return "equal"


BRIEF = ["id", "outcome", "score", "coverage", "indicators"]

AT_MOST = {
    "nested": {
        "a column of a wrong type, which a text of JSON has as a problem": 25,
        "a column of a wrong type, whose value is blank": 1,
        "a ruleset that reads nothing": 4,
        "values of several types in a list, or numbers beyond 64 bits": 4,
    },
    "flattened": {
        "a column of a wrong type, which a text of JSON has as a problem": 23,
        "a column of a wrong type, whose value is blank": 1,
        "a record that is there by fields which are not read": 2,
        "a record without fields": 16,
        "a ruleset that reads nothing": 4,
        "values of several types in a list, or numbers beyond 64 bits": 4,
    },
}
