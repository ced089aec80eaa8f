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

Tables come in and go out as what they are, of pandas, Polars, PyArrow or DuckDB; lines of JSON as columns of Arrow.

>>> import pyarrow
>>> table = pyarrow.table({"id": ["a-1", "a-2"], "form.phone": ["+1 202 555 0143", None]})
>>> ruleset.screen_frame(table, columns=["id", "indicators"]).to_pylist()
[{'id': 'a-1', 'indicators': ['phone_fictional']}, {'id': 'a-2', 'indicators': []}]
>>> pyarrow.table(ruleset.screen_json_lines(b'{"id": "a-1"}', columns=["id", "outcome"])).to_pylist()
[{'id': 'a-1', 'outcome': 'clear'}]
>>> pyarrow.table(ruleset.frame_schema(columns=["id", "score"])).schema.names
['id', 'score']

A ruleset says what it reads and what it knows, and travels as its bundle; a verdict travels as JSON.

>>> ruleset.schema()["$schema"], indicia.verdict_schema()["$schema"]
('https://json-schema.org/draft/2020-12/schema', 'https://json-schema.org/draft/2020-12/schema')
>>> len(ruleset.indicators()) > 50, len(ruleset.inputs()) > 50, "json-resume" in ruleset.mappings()
(True, True, True)
>>> indicia.Ruleset.from_bundle(ruleset.to_bundle()).digest == ruleset.digest
True
>>> import pathlib, tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     file = pathlib.Path(folder, "applicant-fraud.bundle")
...     _ = file.write_bytes(ruleset.to_bundle())
...     indicia.Ruleset.load(file).digest == ruleset.digest
True
>>> indicia.Verdict.from_json(verdict.to_json()) == verdict, verdict.to_dict()["outcome"]
(True, 'clear')
>>> cases = "cases:\\n  - name: a fictional number\\n    as_of: 2026-01-15\\n    record: {form: {phone: +1 202 555 0143}}\\n    expect: {raised: [phone_fictional]}\\n"
>>> ruleset.test({"phone.cases.yaml": cases}).cases[0].passed
True
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
