"""The examples run, and say what single screening says."""

from __future__ import annotations

import collections
import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import indicia

FOLDER = Path(__file__).resolve().parents[1] / "examples"
COUNT = 60


@pytest.fixture(autouse=True)
def examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    """Outcome and score by id, of each application alone."""
    sys.path.insert(0, str(FOLDER))
    from invented import applications

    ruleset = indicia.Ruleset.default()
    return {one["id"]: ruleset.screen(one) for one in applications(COUNT)}


def counts(expected: dict[str, Any]) -> dict[str, int]:
    return dict(collections.Counter(verdict.outcome for verdict in expected.values()))


def test_the_invented_people_are_of_all_kinds(expected: dict[str, Any]) -> None:
    assert counts(expected)["clear"] > COUNT / 2
    assert len(counts(expected)) > 1
    from invented import applications

    assert list(applications(COUNT)) == list(applications(COUNT))


def test_pandas(expected: dict[str, Any]) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    made = importlib.import_module("pandas_table").main(COUNT)
    assert dict(made["outcome"].value_counts()).keys() <= set(counts(expected))
    # The flat table holds less: no school, no city.
    assert len(made) == COUNT


def test_polars(expected: dict[str, Any]) -> None:
    pytest.importorskip("polars")
    made = importlib.import_module("polars_lazy").main(COUNT)
    assert dict(zip(made["id"], made["score"])) == {name: verdict.score for name, verdict in expected.items()}


def test_duckdb(expected: dict[str, Any]) -> None:
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    made = dict(importlib.import_module("duckdb_arrow").main(COUNT))
    assert 0 < sum(made.values()) <= COUNT
    assert made.keys() <= counts(expected).keys()


def test_dask(expected: dict[str, Any]) -> None:
    pytest.importorskip("dask.dataframe")
    pytest.importorskip("pyarrow")
    made = importlib.import_module("dask_partitions").main(COUNT)
    assert len(made) == COUNT and made["candidate"].is_unique


@pytest.mark.parametrize("name", ["spark_job", "ray_data"])
def test_engines_of_many_processes(name: str, expected: dict[str, Any]) -> None:
    pytest.importorskip({"spark_job": "pyspark", "ray_data": "ray"}[name])
    pytest.importorskip("pyarrow")
    # On their own: sessions of Spark and Ray are the whole process's.
    environment = {**os.environ, "PYTHONPATH": str(FOLDER)}
    command = [sys.executable, str(FOLDER / f"{name}.py"), str(COUNT)]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert eval(ran.stdout.strip().splitlines()[-1]) == counts(expected)
