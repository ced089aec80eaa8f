"""Verdicts whose text is written when somebody asks for it: the same as if it had been written at once."""

from __future__ import annotations

import copy
import json
import pickle
import threading

import indicia
import pytest

RULESET = indicia.Ruleset.default()
APPLICATIONS = [{"id": f"a-{number}", "form": {"phone": f"+1 202 555 01{number % 100:02}"}} for number in range(200)]


def at_once(application: object) -> str:
    """The text of a verdict that is asked for before the next is made."""
    return RULESET.screen(json.dumps(application), "2026-01-15").to_json()


def test_many_verdicts_are_kept_before_any_is_asked() -> None:
    kept = [RULESET.screen(application, "2026-01-15") for application in APPLICATIONS]
    assert [verdict.to_json() for verdict in kept] == [at_once(application) for application in APPLICATIONS]


@pytest.mark.parametrize("last", [False, True])
def test_what_is_asked_first_is_no_matter(last: bool) -> None:
    verdict = RULESET.screen(APPLICATIONS[0], "2026-01-15")
    names, score = verdict.indicators, verdict.score
    if last:
        text = verdict.to_json()
        assert [raised.indicator for raised in verdict.raised] == names == ["phone_fictional"]
    else:
        assert [raised.indicator for raised in verdict.raised] == names == ["phone_fictional"]
        text = verdict.to_json()
    assert text == at_once(APPLICATIONS[0])
    assert json.loads(text)["score"] == score
    assert verdict.raised is verdict.raised


def test_threads_ask_the_same_verdict() -> None:
    for application in APPLICATIONS[:20]:
        verdict, texts = RULESET.screen(application, "2026-01-15"), []
        threads = [threading.Thread(target=lambda asked=verdict: texts.append(asked.to_json())) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert texts == [at_once(application)] * 4


def test_a_verdict_outlives_its_ruleset_and_is_copied() -> None:
    verdict = indicia.Ruleset.default().screen(APPLICATIONS[1], "2026-01-15")
    again = pickle.loads(pickle.dumps(verdict))
    assert again == verdict == copy.deepcopy(verdict)
    assert again.indicators == verdict.indicators
    assert hash(again) == hash(verdict)


def test_hashes_stand_in_place_of_values() -> None:
    verdict = RULESET.screen(APPLICATIONS[0], "2026-01-15", redact_key=b"key")
    assert verdict.indicators == ["phone_fictional"]
    assert "202 555 01" not in verdict.to_json()
