"""Rule engine for signs of misrepresentation in job applications.

Rules that a reviewer can read, checked before the first application is seen. For each application the engine says which
indicators are raised, with the fields that decided, what to verify and who is wrongly hit; and which could not be judged,
and why. It routes applications to people and rejects nobody.

>>> import indicia
>>> ruleset = indicia.Ruleset.default()
>>> verdict = ruleset.screen({"id": "a-1", "form": {"phone": "+1 202 555 0143"}}, as_of="2026-01-15")
>>> verdict.outcome
'clear'
>>> [raised.indicator for raised in verdict.raised]
['phone_fictional']
"""

from ._errors import BundleError, CompileError, IndiciaError, InputError
from ._indicia import Verdict, __version__
from ._ruleset import Mapped, Ruleset, check, format, verdict_schema
from ._types import (
    Case,
    CaseReport,
    Diagnostic,
    Edit,
    Explained,
    Explanation,
    Fix,
    IndicatorInfo,
    IndicatorCoverage,
    InputPath,
    Label,
    Position,
    ProbeFailure,
    Span,
)
from ._verdict import (
    CategoryScore,
    Coverage,
    EngineData,
    EngineId,
    Evidence,
    Finding,
    Next,
    Problem,
    Raised,
    Reason,
    RulesetId,
    Source,
    Undecided,
)

__all__ = [
    "BundleError",
    "Case",
    "CaseReport",
    "CategoryScore",
    "CompileError",
    "Coverage",
    "Diagnostic",
    "Edit",
    "EngineData",
    "EngineId",
    "Evidence",
    "Explained",
    "Explanation",
    "Finding",
    "Fix",
    "IndicatorCoverage",
    "IndicatorInfo",
    "IndiciaError",
    "InputError",
    "InputPath",
    "Label",
    "Mapped",
    "Next",
    "Position",
    "ProbeFailure",
    "Problem",
    "Raised",
    "Reason",
    "Ruleset",
    "RulesetId",
    "Source",
    "Span",
    "Undecided",
    "Verdict",
    "__version__",
    "check",
    "format",
    "verdict_schema",
]
