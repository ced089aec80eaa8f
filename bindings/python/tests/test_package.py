"""The package itself: its documentation runs, and every public name is there, documented and shown."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import indicia


def modules() -> list[str]:
    names = [module.name for module in pkgutil.iter_modules(indicia.__path__)]
    return ["indicia", *(f"indicia.{name}" for name in names if name not in ("_indicia", "spark"))]


@pytest.mark.parametrize("name", modules())
def test_examples_of_the_documentation_run(name: str) -> None:
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module)
    assert failed == 0


def public() -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [(name, getattr(indicia, name)) for name in indicia.__all__ if name != "__version__"]
    for kind in (indicia.Ruleset, indicia.Verdict):
        for name, member in inspect.getmembers(kind):
            if not name.startswith("_"):
                found.append((f"{kind.__name__}.{name}", member))
    return found


def test_every_public_name_is_documented() -> None:
    bare = [name for name, value in public() if not inspect.getdoc(value)]
    assert bare == []


def test_every_public_function_is_shown() -> None:
    """Somewhere in the documentation of the package there is an example that runs it."""
    shown = ""
    for name in modules():
        for test in doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(name)):
            shown += "".join(example.source for example in test.examples)
    missing = []
    for name, value in public():
        short = name.rpartition(".")[2]
        if inspect.isroutine(value) and f"{short}(" not in shown:
            missing.append(name)
    assert missing == []


def test_names_are_those_of_the_module() -> None:
    assert sorted(indicia.__all__) == indicia.__all__
    assert [name for name in dir(indicia) if not name.startswith("_") and inspect.isclass(getattr(indicia, name)) and name not in indicia.__all__] == []


def test_the_package_is_what_was_installed() -> None:
    distribution = metadata.distribution("indicia")
    assert distribution.version == indicia.__version__
    assert distribution.metadata["Requires-Python"] == ">=3.10"
    assert not [one for one in distribution.requires or [] if "extra ==" not in one]
    folder = Path(indicia.__file__).parent
    assert (folder / "py.typed").exists() and (folder / "_indicia.pyi").exists()


def test_other_libraries_are_not_imported() -> None:
    import subprocess
    import sys

    code = (
        "import sys, indicia; r = indicia.Ruleset.default(); r.screen({'id': 'a'}).raised;"
        "loaded = {'numpy', 'pandas', 'polars', 'pyarrow', 'pydantic', 'attrs', 'tqdm'} & set(sys.modules); assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
