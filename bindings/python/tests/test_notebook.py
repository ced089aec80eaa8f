"""The notebook runs from its first cell to its last, and is kept without outputs."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.engines
NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks/first-look.ipynb"


def test_it_is_kept_without_outputs() -> None:
    nbformat = pytest.importorskip("nbformat")
    book = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(book)
    for cell in book.cells:
        assert cell.cell_type != "code" or (not cell.outputs and cell.execution_count is None)


def test_it_runs() -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    for name in ("ipykernel", "matplotlib", "polars"):
        pytest.importorskip(name)
    book = nbformat.read(NOTEBOOK, as_version=4)
    client = nbclient.NotebookClient(book, timeout=300, resources={"metadata": {"path": str(NOTEBOOK.parent)}})
    client.execute()
    shown = [output.get("data", {}) for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("image/png" in data for data in shown), "no picture"
    assert any("indicators judged" in str(data.get("text/html", "")) for data in shown), "no verdict"
