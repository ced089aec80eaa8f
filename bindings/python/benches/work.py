"""The work that is measured: the applicants and rules of `tests/peers`, on every side."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import indicia

HERE = Path(__file__).resolve().parent
PEERS = HERE.parents[2] / "tests" / "peers"


def _reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", PEERS / "reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ref = _reference()
BITS = {name: 1 << place for place, name in enumerate(ref.NAMES)}
SETS = (6, 12, 19, 20)


class Work:
    """The applicants, the lists, and what the reference says of each applicant."""

    def __init__(self, data: Path, rows: int) -> None:
        self.data = data
        self.rows = rows
        self.path = data / f"{rows}.jsonl"
        if not self.path.exists():
            made = data / f"made-{rows}"
            subprocess.run([sys.executable, PEERS / "gen.py", made, str(rows)], check=True, stdout=subprocess.DEVNULL)
            (made / "applicants.jsonl").rename(self.path)
            (made / "refs.json").replace(data / "refs.json")
            made.rmdir()
        self.refs = ref.Refs(data)

    def lines(self, count: int) -> list[bytes]:
        with open(self.path, "rb") as file:
            return [line for line, _ in zip(file, range(count))]

    def ruleset(self, count: int) -> indicia.Ruleset:
        """The rules up to a number, in Indicia."""
        files = {
            path.name: path.read_text(encoding="utf-8")
            for path in (PEERS / "rules").iterdir()
            if not path.stem.isdigit() or int(path.stem) <= count
        }
        lists: dict[str, Any] = {"known_resumes": self.refs.raw["hashes"]}
        if count > 6:
            prefixes = self.refs.prefix.items()
            lists["disposable_domains"] = self.refs.raw["disposable"]
            lists["diploma_mills"] = self.refs.raw["mills"]
            lists["dialling"] = [{"country": country, "prefix": prefix} for country, prefix in prefixes]
        return indicia.Ruleset.from_source(files).with_lists(**lists)


def mask(raised: Any) -> int:
    """Names of indicators as bits."""
    return sum(BITS[name] for name in raised)
