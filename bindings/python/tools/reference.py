"""Writes docs/python.md: what the installed package says of itself.

    python bindings/python/tools/reference.py            # writes it anew
    python bindings/python/tools/reference.py --check    # only says whether it is stale

Names and texts come from the package (`inspect`), types from its sources and from the stub of the compiled module, where
the objects themselves have none.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import sys
from pathlib import Path
from typing import Any

import indicia
import indicia.spark

PAGE = Path(__file__).resolve().parents[3] / "docs/python.md"
HEAD = """# Python reference

Every public name of the package `indicia`. What it is for, with examples, is written in
[bindings/python/README.md](../bindings/python/README.md); what verdicts and rules mean in [language.md](language.md).

This page is made of the package's own texts by `bindings/python/tools/reference.py`; a test fails while it is stale.
"""
PARTS: list[tuple[str, str, list[str]]] = [
    ("Rulesets", "", ["Ruleset", "Mapped", "IndicatorInfo", "InputPath"]),
    (
        "Verdicts",
        "All parts are frozen dataclasses.",
        ["Verdict", "Coverage", "Raised", "Finding", "Evidence", "Source", "Undecided", "Reason", "CategoryScore", "Next"]
        + ["Problem", "RulesetId", "EngineId", "EngineData"],
    ),
    ("Explanations", "", ["Explanation", "Explained"]),
    ("Cases", "", ["CaseReport", "Case", "IndicatorCoverage", "ProbeFailure"]),
    ("Rules as text", "", ["check", "format", "verdict_schema", "Diagnostic", "Label", "Fix", "Edit", "Span", "Position"]),
    ("Errors", "", ["IndiciaError", "InputError", "CompileError", "BundleError"]),
]


class Sources:
    """The syntax of the package's classes and functions, by name."""

    def __init__(self) -> None:
        self.found: dict[str, list[Any]] = {}
        folder = Path(indicia.__file__).parent
        # The stub last: a class of Python's own that stands above a compiled one wins.
        for path in [*sorted(folder.glob("*.py")), folder / "_indicia.pyi"]:
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                    self.found.setdefault(node.name, []).append(node)

    def members(self, name: str) -> dict[str, Any]:
        """Fields, properties and methods of a class, in the order in which they are written."""
        members: dict[str, Any] = {}
        for node in self.found.get(name, []):
            for one in node.body:
                if isinstance(one, ast.FunctionDef):
                    members.setdefault(one.name, one)
                elif isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
                    members.setdefault(one.target.id, one)
        return {key: one for key, one in members.items() if not key.startswith("_")}

    def texts(self, name: str) -> dict[str, str]:
        """The texts behind fields."""
        texts: dict[str, str] = {}
        for node in self.found.get(name, []):
            for field, text in zip(node.body, node.body[1:]):
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
                    if isinstance(text.value, ast.Constant):
                        texts[field.target.id] = inspect.cleandoc(str(text.value.value))
        return texts


def markdown(text: str | None) -> str:
    """A docstring: examples become blocks of code."""
    out, inside = [], False
    for line in inspect.cleandoc(text or "").splitlines():
        example = line.startswith((">>> ", "... ")) or (inside and line.strip() != "")
        if example != inside:
            out.append("```pycon" if example else "```")
            inside = example
        out.append(line.replace("  # doctest: +SKIP", "").rstrip())
    return "\n".join([*out, "```"] if inside else out).strip()


def signature(name: str, node: Any) -> str:
    """A function as its source writes it, without `self` or `cls`, a line for each argument if it is long."""
    arguments = node.args
    for first in (arguments.posonlyargs, arguments.args):
        if first and first[0].arg in ("self", "cls"):
            del first[0]
    if arguments.posonlyargs and not arguments.args:
        arguments.args, arguments.posonlyargs = arguments.posonlyargs, []
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    inner = re.sub(r"(\w: [^=,]*(?:\[[^=]*\])?[^=,]*)=", r"\1 = ", ast.unparse(arguments))
    short = f"{name}({inner}){returns}"
    if len(short) <= 110:
        return short
    parts = re.split(r", (?=\*(?:,|\w)|\w+\s*:)", inner)
    return f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){returns}"


def is_kind(node: Any, kind: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == kind for one in node.decorator_list)


def described(owner: Any, name: str, node: Any) -> str:
    """What a member says of itself: the object's own text, or the stub's."""
    member = inspect.getattr_static(owner, name, None)
    found = getattr(member, "__doc__", None) if not isinstance(member, (classmethod, staticmethod)) else member.__func__.__doc__
    return markdown(found or ast.get_docstring(node) or "")


def cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def of_class(name: str, sources: Sources) -> list[str]:
    owner = getattr(indicia, name)
    members, texts = sources.members(name), sources.texts(name)
    out = [f"### {name}", markdown(inspect.getdoc(owner))]
    if issubclass(owner, BaseException):
        bases = ", ".join(f"`{base.__name__}`" for base in owner.__bases__)
        out.append(f"Below {bases}.")
    rows = []
    for key, node in members.items():
        if isinstance(node, ast.AnnAssign):
            rows.append(f"| `{key}` | `{cell(ast.unparse(node.annotation))}` | {cell(texts.get(key, ''))} |")
        elif is_kind(node, "property"):
            rows.append(f"| `{key}` | `{cell(ast.unparse(node.returns))}` | {cell(described(owner, key, node))} |")
    if rows:
        out.append("\n".join(["| attribute | type | |", "| --- | --- | --- |", *rows]))
    for key, node in members.items():
        if isinstance(node, ast.FunctionDef) and not is_kind(node, "property"):
            mark = "classmethod " if is_kind(node, "classmethod") else ""
            out += [f"#### {name}.{key}", f"```python\n{mark}{signature(key, node)}\n```", described(owner, key, node)]
    return out


def of_function(owner: Any, name: str, shown: str, node: Any) -> list[str]:
    return [f"### {shown}", f"```python\n{signature(name, node)}\n```", described(owner, name, node)]


def page() -> str:
    sources = Sources()
    out = [HEAD.strip()]
    told = {"__version__", *(name for _, _, names in PARTS for name in names)}
    missing = set(indicia.__all__) - told
    if missing:
        raise SystemExit(f"no part of the page has: {', '.join(sorted(missing))}")
    for title, text, names in PARTS:
        out += [f"## {title}", text]
        for name in names:
            if inspect.isclass(getattr(indicia, name)):
                out += of_class(name, sources)
            else:
                out += of_function(indicia, name, name, sources.found[name][0])
    tree = ast.parse(inspect.getsource(indicia.spark))
    screen = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "screen")
    out += ["## Spark", *of_function(indicia.spark, "screen", "spark.screen", screen)]
    return "\n\n".join(part for part in out if part) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, and fail if the page is stale")
    parser.add_argument("--output", type=Path, default=PAGE)
    given = parser.parse_args()
    text = page()
    if not given.check:
        given.output.write_text(text, encoding="utf-8")
        return 0
    if given.output.exists() and given.output.read_text(encoding="utf-8") == text:
        return 0
    print(f"{given.output} is stale: write it anew with `python bindings/python/tools/reference.py`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
