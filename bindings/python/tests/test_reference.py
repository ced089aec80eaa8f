"""docs/python.md is what the package says of itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[1] / "tools/reference.py"


def test_the_reference_is_not_stale() -> None:
    if not (TOOL.parents[3] / "docs/language.md").exists():
        pytest.skip("the pages are no part of this distribution")
    ran = subprocess.run([sys.executable, str(TOOL), "--check"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


def test_everything_public_is_described(tmp_path: Path) -> None:
    page = tmp_path / "python.md"
    ran = subprocess.run([sys.executable, str(TOOL), "--output", str(page)], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    text = page.read_text(encoding="utf-8")
    bare = [line for line, after in zip(text.split("\n\n"), text.split("\n\n")[2:]) if line.startswith("#### ") and after.startswith("#")]
    assert not bare, f"without a text: {bare}"
