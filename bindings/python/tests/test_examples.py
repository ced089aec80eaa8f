"""The examples run, and say what single screening says."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import indicia

FOLDER = Path(__file__).resolve().parents[1] / "examples"
COUNT = 60
sys.path.insert(0, str(FOLDER))


@pytest.fixture(scope="module")
def expected() -> dict[str, indicia.Verdict]:
    """The verdict by id, of each application alone."""
    ruleset = indicia.Ruleset.default()
    return {one["id"]: ruleset.screen(one) for one in made()}


@pytest.fixture(scope="module")
def flat_expected() -> dict[str, indicia.Verdict]:
    """The same of what the flat table holds: no school, no city."""
    from invented import MAPPING, flat

    ruleset = indicia.Ruleset.default()
    return {one["id"]: ruleset.screen(nested(flat(one), MAPPING)) for one in made()}


def made() -> list[dict[str, Any]]:
    from invented import applications

    return list(applications(COUNT))


def nested(row: dict[str, Any], mapping: dict[str, str]) -> dict[str, Any]:
    """A row of a flat table as one application."""
    whole: dict[str, Any] = {"resume": {"work": [{}, {}, {}]}}
    for column, value in row.items():
        at: Any = whole
        *first, last = mapping.get(column, column).replace("[", ".").replace("]", "").split(".")
        for key in first:
            at = at[int(key)] if key.isdigit() else at.setdefault(key, {})
        if value is not None:
            at[last] = value
    work = whole["resume"]["work"]
    while work and not work[-1]:
        work.pop()
    return {key: value for key, value in whole.items() if value != {}}


def says(verdict: indicia.Verdict) -> tuple[str, int, list[str]]:
    return verdict.outcome, verdict.score, verdict.indicators


def rows(found: list[dict[str, Any]]) -> dict[str, tuple[str, int, list[str]]]:
    """What each row says, by its key."""
    said = {row.get("id") or row["candidate"]: (row["outcome"], row["score"], list(row["indicators"])) for row in found}
    assert len(said) == len(found)
    return said


def test_the_invented_people_are_of_all_kinds(expected: dict[str, indicia.Verdict]) -> None:
    outcomes = [verdict.outcome for verdict in expected.values()]
    assert COUNT / 2 < outcomes.count("clear") < COUNT
    assert [one["id"] for one in made()] == list(expected)


def test_pandas(flat_expected: dict[str, indicia.Verdict]) -> None:
    found = importlib.import_module("pandas_table").main(COUNT)
    assert rows(found.to_dict("records")) == {name: says(verdict) for name, verdict in flat_expected.items()}


def test_polars(expected: dict[str, indicia.Verdict]) -> None:
    found = importlib.import_module("polars_lazy").main(COUNT)
    assert rows(found.to_dicts()) == {name: says(verdict) for name, verdict in expected.items()}


def test_duckdb(expected: dict[str, indicia.Verdict]) -> None:
    found = importlib.import_module("duckdb_arrow").main(COUNT)
    recent = {one["id"] for one in made() if one["submitted"].day >= 10 or one["submitted"].month > 1}
    assert 0 < len(recent) < COUNT
    assert {name: tuple(others) for name, *others in found} == {name: says(expected[name]) for name in recent}


@pytest.mark.engines
@pytest.mark.parametrize("scheduler", ["threads", "processes"])
def test_dask(flat_expected: dict[str, indicia.Verdict], scheduler: str) -> None:
    pytest.importorskip("dask.dataframe")
    found = alone("dask_partitions", f"main({COUNT}, {scheduler!r}).to_dict('records')")
    assert rows(found) == {name: says(verdict) for name, verdict in flat_expected.items()}


@pytest.mark.engines
@pytest.mark.parametrize("name", ["spark_job", "ray_data"])
def test_engines_of_many_processes(name: str, expected: dict[str, indicia.Verdict]) -> None:
    pytest.importorskip({"spark_job": "pyspark", "ray_data": "ray"}[name])
    found = alone(name, f"main({COUNT})")
    assert rows(found) == {name: says(verdict) for name, verdict in expected.items()}


def alone(name: str, call: str) -> Any:
    """What an example gives in a process of its own: sessions of Spark and Ray are the whole process's."""
    code = f"import json, {name} as it\nif __name__ == '__main__': print(json.dumps(it.{call}, default=list))"
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(FOLDER)}, timeout=300)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return json.loads(ran.stdout.strip().splitlines()[-1])
