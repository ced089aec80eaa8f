"""Every Python block of the pages is run, in order, with the names that the blocks before have made.

A block with `>>>` shows its output, which is compared. `<!-- needs pandas pyarrow -->` before a block names the libraries
without which it is left out.
"""

from __future__ import annotations

import doctest
import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[1]
PAGES = [FOLDER / "README.md", FOLDER.parents[1] / "docs/scale.md"]
BLOCK = re.compile(r"(?:<!-- needs (?P<needs>[a-z ]+) -->\n)?```python\n(?P<code>.*?)```", re.DOTALL)


def blocks(page: Path) -> list[tuple[int, list[str], str]]:
    """Line, libraries and text of each block."""
    text = page.read_text(encoding="utf-8")
    return [
        (text.count("\n", 0, found.start("code")) + 1, (found["needs"] or "").split(), found["code"])
        for found in BLOCK.finditer(text)
    ]


def run(page: Path, line: int, code: str, names: dict[str, Any]) -> None:
    if ">>>" not in code:
        # Line numbers of errors are those of the page.
        exec(compile("\n" * (line - 1) + code, str(page), "exec"), names)
        return
    test = doctest.DocTestParser().get_doctest(code, names, page.name, str(page), line - 1)
    said: list[str] = []
    doctest.DocTestRunner().run(test, out=said.append, clear_globs=False)
    names.update(test.globs)
    assert not said, "".join(said)


@pytest.mark.parametrize("page", [PAGES[0], pytest.param(PAGES[1], marks=pytest.mark.engines)], ids=lambda page: page.name)
def test_every_block_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not page.exists():
        pytest.skip(f"{page.name} is not part of this distribution")
    monkeypatch.chdir(tmp_path)
    # As in a script, whose functions travel to the workers of Dask and Ray by value.
    names: dict[str, Any] = {"__name__": "__main__"}
    found = blocks(page)
    assert found, f"no Python blocks in {page}"
    lacking = set()
    for line, needs, code in found:
        if missing := {name for name in needs if not importlib.util.find_spec(name)}:
            lacking |= missing
        else:
            run(page, line, code, names)
    if lacking:
        pytest.skip(f"some blocks of {page.name} need {', '.join(sorted(lacking))}")


def test_a_wrong_output_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="Expected"):
        run(tmp_path / "page.md", 1, ">>> 1 + 1\n3\n", {})
