"""The parts of a verdict, as frozen dataclasses, and its short text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._indicia import Verdict


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the active indicators could be judged."""

    judged: int
    """Active indicators that are raised or clear."""
    of: int
    """Active indicators, but for those that are unknown only because a row or a list is not there."""


@dataclass(frozen=True, slots=True)
class CategoryScore:
    """Points of one category."""

    name: str
    """As the ruleset names it."""
    points: int
    """After its cap."""
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
    """The fields that decided, as rules name them."""


@dataclass(frozen=True, slots=True)
class Source:
    """A public source."""

    title: str
    """What it is."""
    url: str | None
    """Where it can be read."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A raised indicator."""

    indicator: str
    """Its id in the ruleset."""
    title: str
    """Its title, for people."""
    category: str
    """The category that its points count in."""
    severity: str
    """One of info, low, medium, high."""
    points: int
    """What it brings, before the cap of its category; none in the shadow."""
    findings: list[Finding]
    """One for each match; at most as many as the ruleset's limit."""
    more: int
    """How many findings were left out."""
    undecided: int
    """How many elements beside the matches could not be judged."""
    verify: str | None
    """What to do next."""
    caution: str | None
    """Who is wrongly hit."""
    sources: list[Source]
    """Where the sign is described."""
    justified: str | None = None
    """Why it may read a protected field."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something could not be judged."""

    path: str
    """The field, the list's entry or the indicator that was wanting, as rules name it."""
    reason: str
    """missing, unparsable, imprecise, undecidable, not_listed, limit, shadow, division_by_zero, no_key or inverted."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """An indicator that could not be judged."""

    indicator: str
    """Its id in the ruleset."""
    reasons: list[Reason]
    """What was wanting."""


@dataclass(frozen=True, slots=True)
class Next:
    """What would lead to the next higher outcome."""

    outcome: str
    """The next higher one."""
    points: int | None
    """The least extra points that alone lead there, or None."""
    any_of: list[str]
    """Unknown indicators each of which would lead there, with caps and categories applied."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A field that was given but could not be read."""

    path: str
    """With indexes: `resume.work[2].end`."""
    expected: str
    """What the field is."""
    found: str
    """What stands there, as JSON; of an object or a list only that it is one."""


@dataclass(frozen=True, slots=True)
class RulesetId:
    """Which ruleset spoke."""

    name: str
    """Its name."""
    version: str
    """Its version."""
    language: int
    """The version of the language."""
    digest: str
    """Digest of its rules and data: equal digests give equal verdicts."""
    base: str | None = None
    """The ruleset that it extends, as `name version`."""


@dataclass(frozen=True, slots=True)
class EngineData:
    """Versions of the data that the engine carries."""

    phone: str
    """Metadata of telephone numbers."""
    public_suffix: str
    """The public suffix list."""
    unicode: str
    """The Unicode standard."""


@dataclass(frozen=True, slots=True)
class EngineId:
    """Which engine spoke."""

    version: str
    """Of the engine."""
    data: EngineData
    """Of what it carries."""


def _raised(data: dict[str, Any]) -> Raised:
    # By their places: names cost as much again.
    return Raised(
        data["indicator"],
        data["title"],
        data["category"],
        data["severity"],
        data["points"],
        [
            Finding(finding["because"], [Evidence(one["path"], one["value"]) for one in finding["evidence"]])
            for finding in data["findings"]
        ],
        data["more"],
        data["undecided"],
        data["verify"],
        data["caution"],
        [Source(source["title"], source["url"]) for source in data["sources"]],
        data.get("justified"),
    )


class Parts:
    """All that a verdict says besides outcome and score, of its JSON object: each made when somebody asks for it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    @property
    def id(self) -> str | None:
        return self._data["id"]  # type: ignore[no-any-return]

    @property
    def decided_by(self) -> str | None:
        return self._data["decided_by"]  # type: ignore[no-any-return]

    @property
    def as_of(self) -> str | None:
        return self._data["as_of"]  # type: ignore[no-any-return]

    @cached_property
    def coverage(self) -> Coverage:
        return Coverage(**self._data["coverage"])

    @cached_property
    def categories(self) -> list[CategoryScore]:
        return [CategoryScore(**category) for category in self._data["categories"]]

    @cached_property
    def raised(self) -> list[Raised]:
        return [_raised(raised) for raised in self._data["raised"]]

    @cached_property
    def unknown(self) -> list[Undecided]:
        unknown = self._data["unknown"]
        return [Undecided(one["indicator"], [Reason(reason["path"], reason["reason"]) for reason in one["reasons"]]) for one in unknown]

    @cached_property
    def shadow(self) -> list[Raised]:
        return [_raised(raised) for raised in self._data["shadow"]]

    @cached_property
    def next(self) -> Next | None:
        following = self._data["next"]
        return following and Next(**following)

    @cached_property
    def problems(self) -> list[Problem]:
        return [Problem(**problem) for problem in self._data["problems"]]

    @cached_property
    def ruleset(self) -> RulesetId:
        return RulesetId(**self._data["ruleset"])

    @cached_property
    def engine(self) -> EngineId:
        engine = self._data["engine"]
        return EngineId(engine["version"], EngineData(**engine["data"]))


def describe(verdict: Verdict) -> str:
    """A verdict in one line."""
    raised = ", ".join(one.indicator for one in verdict.raised) or "nothing raised"
    name = "" if verdict.id is None else f"{verdict.id!r} "
    coverage = verdict.coverage
    return (
        f"<indicia.Verdict {name}{verdict.outcome}, score {verdict.score}, "
        f"{coverage.judged} of {coverage.of} judged: {raised}>"
    )
