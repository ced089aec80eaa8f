"""Roads by which an application reaches the engine, each ending in a verdict's JSON text."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

import indicia

COLUMNS = ["verdict"]


def options(case: dict[str, Any]) -> dict[str, Any]:
    """The options of a case."""
    return {name: case[name] for name in ("as_of", "redact_key", "list_key")}


class Numbers:
    """Texts of JSON that stand in for themselves: Python and Rust don't write all numbers alike."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def keep(self, text: str) -> str:
        self.texts.append(text)
        return f"\u0001{len(self.texts) - 1}\u0001"

    def write(self, value: Any) -> str:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        for place, kept in enumerate(self.texts):
            text = text.replace(f'"\\u0001{place}\\u0001"', kept)
        return text


def _entry(entry: dict[str, Any], numbers: Numbers) -> dict[str, Any]:
    made = dict(entry)
    if made["justified"] is None:
        del made["justified"]
    for finding in made["findings"]:
        finding["evidence"] = [
            {
                "path": one["path"],
                "value": one["value"] if one["kind"] in ("text", "missing") else numbers.keep(one["value"]),
            }
            for one in finding["evidence"]
        ]
    return made


def written(row: dict[str, Any], metadata: dict[bytes, bytes]) -> str:
    """The JSON of a row's `verdict`: the struct, and what the table's metadata says for all rows."""
    numbers = Numbers()
    made = dict(row)
    for name in ("raised", "shadow"):
        made[name] = [_entry(entry, numbers) for entry in made[name]]
    for name in ("ruleset", "engine"):
        made[name] = numbers.keep(metadata[f"indicia.{name}".encode()].decode())
    return numbers.write(made)


def of_table(table: pa.Table) -> list[str]:
    """The verdicts of a table that came out."""
    return [written(row, table.schema.metadata) for row in table.column("verdict").to_pylist()]


def flat(record: dict[str, Any], path: str = "") -> dict[str, Any] | None:
    """The fields of a record by their paths; None if a flat table can't hold it."""
    found: dict[str, Any] = {}
    for key, value in record.items():
        if not key or "." in key or "[" in key:
            return None
        if isinstance(value, dict):
            below = flat(value, f"{path}{key}.") if value else None
            if below is None:
                return None
            found.update(below)
        else:
            found[path + key] = value
    # A record whose columns are all empty is missing, in a flat table.
    return found if any(value is not None for value in found.values()) or not path else None


def frame(ruleset: indicia.Ruleset, table: pa.Table, given: dict[str, Any]) -> str:
    """The verdict of a table with one row."""
    [verdict] = of_table(ruleset.screen_frame(table, columns=COLUMNS, **given))
    return verdict
