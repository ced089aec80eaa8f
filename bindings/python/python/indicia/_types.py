"""What the engine says about rules, cases and conditions, as plain frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Truth = Literal["true", "false", "unknown"]


@dataclass(frozen=True)
class Span:
    """A piece of a source text, in bytes."""

    start: int
    """Of the first byte, from 0."""
    end: int
    """Behind the last."""


@dataclass(frozen=True)
class Position:
    """A place as people count, from 1."""

    line: int
    """From 1."""
    column: int
    """In characters, from 1."""


@dataclass(frozen=True)
class Label:
    """A place that a diagnostic points at."""

    file: str
    """Its name in the ruleset's folder."""
    span: Span
    """Where in it."""
    text: str
    """What is said there."""
    primary: bool
    """Whether this is the place itself and not one that explains it."""


@dataclass(frozen=True)
class Edit:
    """A replacement of one piece of source text."""

    file: str
    """Its name in the ruleset's folder."""
    span: Span
    """What is replaced."""
    replacement: str
    """By what."""


@dataclass(frozen=True)
class Fix:
    """A mend that can be applied as it is."""

    title: str
    """What it does."""
    edits: list[Edit]
    """All of them, to be applied together."""


@dataclass(frozen=True)
class Diagnostic:
    """One finding about a ruleset's source. Codes are stable, wording is not."""

    code: str
    """Such as E0201; the documentation has a page for each."""
    severity: Literal["error", "warning"]
    """Warnings do not keep a ruleset from being used."""
    message: str
    """What is wrong, in one line."""
    labels: list[Label]
    """The places."""
    help: str | None = None
    """What to do."""
    fix: Fix | None = None
    """How to mend it, where that is certain."""
    position: Position | None = None
    """Of the primary label."""

    def __str__(self) -> str:
        label = next((label for label in self.labels if label.primary), None)
        place = label.file if label else ""
        if self.position:
            place += f":{self.position.line}:{self.position.column}"
        text = f"{self.severity}[{self.code}]: {self.message}"
        return f"{place}: {text}" if place else text

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Diagnostic:
        """The diagnostic that was written as this JSON object."""
        fix = data.get("fix")
        position = data.get("position")
        return cls(
            code=data["code"],
            severity=data["severity"],
            message=data["message"],
            labels=[Label(**{**label, "span": Span(**label["span"])}) for label in data["labels"]],
            help=data.get("help"),
            fix=fix and Fix(fix["title"], [Edit(**{**edit, "span": Span(**edit["span"])}) for edit in fix["edits"]]),
            position=position and Position(**position),
        )


@dataclass(frozen=True)
class IndicatorInfo:
    """What a ruleset says about one of its indicators."""

    id: str
    """As verdicts name it."""
    title: str
    """For people."""
    category: str
    """The category that its points count in."""
    severity: str
    """One of info, low, medium, high."""
    weight: int
    """Its points."""
    shadow: bool
    """Whether it is reported only, without points."""
    composite: bool
    """Whether it reads other indicators."""
    file: str
    """Where it is written."""
    condition: str
    """When it is raised, in canonical spelling."""


@dataclass(frozen=True)
class InputPath:
    """One path of the record that a ruleset reads."""

    path: str
    """As rules and evidence name it: `resume.work[].end`."""
    key: str
    """As it stands in the input: `resume.work[].endDate`."""
    type: str
    """The type's name in the language."""
    description: str | None
    """What the record's declaration says of it."""
    indicators: list[str]
    """The indicators that need it."""


@dataclass(frozen=True)
class Explained:
    """One node of an explanation."""

    operator: str
    """What kind of node it is."""
    text: str
    """The condition as written."""
    truth: Truth
    """What it is over this application."""
    file: str
    """Where it is written."""
    span: Span
    """Where in the file."""
    has_value: bool = False
    """Whether it is a leaf that compares, so that `expected` and `actual` mean something."""
    expected: Any = None
    """What the application's value is compared with."""
    actual: Any = None
    """The application's value."""
    reasons: list[tuple[str, str]] = field(default_factory=list)
    """Why it is unknown: pairs of path and reason."""
    paths: list[str] = field(default_factory=list)
    """The fields that it reads."""
    children: list[Explained] = field(default_factory=list)
    """Its parts."""

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Explained:
        """The node that was written as this JSON object."""
        return cls(
            operator=data["operator"],
            text=data["text"],
            truth=data["truth"],
            file=data["file"],
            span=Span(**data["span"]),
            has_value="actual" in data or "expected" in data,
            expected=data.get("expected"),
            actual=data.get("actual"),
            reasons=[(reason["path"], reason["reason"]) for reason in data.get("reasons", [])],
            paths=data.get("paths", []),
            children=[cls.from_dict(child) for child in data.get("children", [])],
        )

    def lines(self, depth: int = 0) -> list[str]:
        """The tree, a line for each node."""
        line = f"{'  ' * depth}{self.truth:7} {self.text}"
        if self.has_value and self.actual is not None:
            line += f"   ← {self.actual!r}"
        if self.reasons:
            line += "   (" + ", ".join(f"{path}: {reason}" for path, reason in self.reasons) + ")"
        found = [line]
        for child in self.children:
            found += child.lines(depth + 1)
        return found


@dataclass(frozen=True)
class Explanation:
    """The whole tree of one indicator over one application: nothing is short-circuited."""

    indicator: str
    """Its id in the ruleset."""
    title: str
    """Its title."""
    truth: Truth
    """What it is over this application."""
    tree: Explained
    """The whole condition."""
    truncated: bool
    """Whether a limit left parts of the tree out."""
    data: dict[str, Any] = field(repr=False, compare=False)
    """The same as JSON."""

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Explanation:
        """The explanation that was written as this JSON object."""
        tree = Explained.from_dict(data["tree"])
        return cls(data["indicator"], data["title"], data["truth"], tree, data["truncated"], data)

    def to_dict(self) -> dict[str, Any]:
        """The explanation as every other front end writes it."""
        return self.data

    def __str__(self) -> str:
        return "\n".join(self.tree.lines())


@dataclass(frozen=True)
class Case:
    """The result of one case."""

    file: str
    """Where it is written."""
    name: str
    """What it claims."""
    differences: list[str]
    """What is not as expected; empty if the case holds."""
    outcome: str | None
    """What came out; None if the application could not be read."""
    score: int | None
    """The points."""

    @property
    def passed(self) -> bool:
        """Whether all is as expected."""
        return not self.differences


@dataclass(frozen=True)
class IndicatorCoverage:
    """What the cases have shown of one indicator."""

    indicator: str
    """Its id in the ruleset."""
    raised: int
    """In how many cases it is raised."""
    clear: int
    """In how many it is clear."""
    unknown: int
    """In how many it can't be judged."""
    gaps: list[str]
    """What no case shows."""


@dataclass(frozen=True)
class ProbeFailure:
    """A probe that found something: a record that was changed, and an indicator that it should not have changed so."""

    probe: str
    """What was changed: its name."""
    file: str
    """Where the case is written."""
    case: str
    """The case whose record was changed."""
    indicator: str
    """The indicator."""
    paths: list[str]
    """The fields that were changed."""
    message: str
    """What happened, for people."""


@dataclass(frozen=True)
class CaseReport:
    """What running the cases of a ruleset has shown."""

    cases: list[Case]
    """One for each case."""
    coverage: list[IndicatorCoverage]
    """One for each indicator of the ruleset."""
    probes: int
    """How many changed records were tried."""
    probes_skipped: int
    """How many could not be made."""
    probe_failures: list[ProbeFailure]
    """What they found."""

    @property
    def passed(self) -> bool:
        """Whether every case holds and no probe found something."""
        return all(case.passed for case in self.cases) and not self.probe_failures

    @classmethod
    def from_dict(cls, data: dict[str, Any], gaps: dict[str, list[str]]) -> CaseReport:
        """The report that was written as this JSON object."""
        names = ("indicator", "raised", "clear", "unknown")
        return cls(
            cases=[Case(**case) for case in data["cases"]],
            coverage=[
                IndicatorCoverage(**{name: one[name] for name in names}, gaps=gaps.get(one["indicator"], []))
                for one in data["coverage"]
            ],
            probes=data["probes"],
            probes_skipped=data["probes_skipped"],
            probe_failures=[ProbeFailure(**failure) for failure in data["probe_failures"]],
        )
