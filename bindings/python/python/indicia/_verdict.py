"""The parts of a verdict, as frozen dataclasses, and its short text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._indicia import Verdict


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the active indicators could be judged."""

    judged: int
    of: int


@dataclass(frozen=True, slots=True)
class CategoryScore:
    """Points of one category."""

    name: str
    points: int
    counted: bool
    """Whether it counts as a category of its own for corroboration."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One field that decided a finding."""

    path: str
    """With indexes: `resume.work[2].end`."""
    value: Any
    """As it was given; None where its absence decided."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One match of an indicator."""

    because: str
    """The sentence for the reviewer."""
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True)
class Source:
    """A public source."""

    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Raised:
    """A raised indicator."""

    indicator: str
    title: str
    category: str
    severity: str
    points: int
    findings: list[Finding]
    more: int
    """How many findings were left out."""
    undecided: int
    """How many elements beside the matches could not be judged."""
    verify: str | None
    """What to do next."""
    caution: str | None
    """Who is wrongly hit."""
    sources: list[Source]
    justified: str | None = None
    """Why it may read a protected field."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something could not be judged."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """An indicator that could not be judged."""

    indicator: str
    reasons: list[Reason]


@dataclass(frozen=True, slots=True)
class Next:
    """What would lead to the next higher outcome."""

    outcome: str
    points: int | None
    any_of: list[str]


@dataclass(frozen=True, slots=True)
class Problem:
    """A field that was given but could not be read."""

    path: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class RulesetId:
    """Which ruleset spoke."""

    name: str
    version: str
    language: int
    digest: str
    base: str | None = None


@dataclass(frozen=True, slots=True)
class EngineData:
    """Versions of the data that the engine carries."""

    phone: str
    public_suffix: str
    unicode: str


@dataclass(frozen=True, slots=True)
class EngineId:
    """Which engine spoke."""

    version: str
    data: EngineData


@dataclass(frozen=True, slots=True)
class Parts:
    """All that a verdict says besides outcome and score."""

    id: str | None
    decided_by: str | None
    as_of: str | None
    coverage: Coverage
    categories: list[CategoryScore]
    raised: list[Raised]
    unknown: list[Undecided]
    shadow: list[Raised]
    next: Next | None
    problems: list[Problem]
    ruleset: RulesetId
    engine: EngineId


def _raised(data: dict[str, Any]) -> Raised:
    findings = [
        Finding(finding["because"], [Evidence(**evidence) for evidence in finding["evidence"]])
        for finding in data["findings"]
    ]
    return Raised(**{**data, "findings": findings, "sources": [Source(**source) for source in data["sources"]]})


def parts(data: dict[str, Any]) -> Parts:
    """The parts of a verdict that was written as this JSON object."""
    following = data["next"]
    engine = data["engine"]
    return Parts(
        id=data["id"],
        decided_by=data["decided_by"],
        as_of=data["as_of"],
        coverage=Coverage(**data["coverage"]),
        categories=[CategoryScore(**category) for category in data["categories"]],
        raised=[_raised(raised) for raised in data["raised"]],
        unknown=[
            Undecided(one["indicator"], [Reason(**reason) for reason in one["reasons"]]) for one in data["unknown"]
        ],
        shadow=[_raised(raised) for raised in data["shadow"]],
        next=following and Next(**following),
        problems=[Problem(**problem) for problem in data["problems"]],
        ruleset=RulesetId(**data["ruleset"]),
        engine=EngineId(engine["version"], EngineData(**engine["data"])),
    )


def describe(verdict: Verdict) -> str:
    """A verdict in one line."""
    raised = ", ".join(one.indicator for one in verdict.raised) or "nothing raised"
    name = "" if verdict.id is None else f"{verdict.id!r} "
    coverage = verdict.coverage
    return (
        f"<indicia.Verdict {name}{verdict.outcome}, score {verdict.score}, "
        f"{coverage.judged} of {coverage.of} judged: {raised}>"
    )
