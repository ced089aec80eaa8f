"""What the tests share. They run against the installed package, from any folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import indicia

RULES = """
language 1

record application {
  id:        text
  submitted: instant
  form: {
    name:    person
    phone:   phone
    age:     number
    remote:  bool
    country: country
    born:    date
    tags:    list of text
  }
  work: list of {
    name:  organisation
    start: date
    end:   date   from "endDate"
    pay:   number
  }
}

indicator no_phone "No phone number" {
  category contact
  severity low
  when     form.phone is missing
  because  "no phone"
  verify   "ask"
}

indicator old "Older than a hundred" {
  category contact
  severity high
  when     form.age > 100
  because  "age is {form.age}"
  verify   "ask"
}

indicator many_jobs "Three jobs" {
  category work
  severity medium
  when     work.length >= 3
  because  "many jobs"
  verify   "ask"
}

indicator backwards "Ends before it starts" {
  category work
  severity medium
  when     any job in work: job.end < job.start
  because  "ends before it starts"
  verify   "ask"
}

indicator tagged "Tagged" {
  category work
  severity info
  status   shadow
  when     any tag in form.tags: tag == "x"
  because  "tagged"
  verify   "ask"
}

indicator rest "All the other fields" {
  category work
  severity info
  when     form.born < @1900-01-01 and form.remote and form.country == "DE" and form.name is missing
  because  "all that"
  verify   "ask"
}

decide {
  categories contact, work
  weights    info 1, low 5, medium 12, high 25
  outcomes   clear, review
  outcome review when score >= 10
}
"""


def pytest_sessionfinish(session: pytest.Session) -> None:
    """`INDICIA_SKIP=never`: where everything should be there, a test that is skipped is a failure."""
    reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("INDICIA_SKIP") == "never":
        reporter.write_line(f"INDICIA_SKIP=never, and {len(skipped)} skipped", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def rules() -> indicia.Ruleset:
    """A small ruleset with a field of every kind."""
    return indicia.Ruleset.from_source(RULES)


@pytest.fixture(scope="session")
def shipped() -> indicia.Ruleset:
    """The shipped ruleset."""
    return indicia.Ruleset.default()


@pytest.fixture(scope="session")
def cases() -> list[dict[str, Any]]:
    """The conformance cases with what the engine says natively: what `export_cases` of `tests/src/bin` writes."""
    given = os.environ.get("INDICIA_CASES")
    folders = Path(__file__).resolve().parents
    path = Path(given) if given else next((p for f in folders if (p := f / "target/cases.jsonl").exists()), None)
    if path is None:
        pytest.skip("no INDICIA_CASES: write them by `cargo run -p indicia-tests --bin export_cases -- target/cases.jsonl`")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def at_length() -> bool:
    """Whether to try much: `INDICIA_PROOF=1`."""
    return bool(os.environ.get("INDICIA_PROOF"))


@pytest.fixture
def resident() -> Callable[[], int]:
    """Bytes of memory that this process has."""
    page = os.sysconf("SC_PAGE_SIZE")

    def measure() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * page

    return measure
