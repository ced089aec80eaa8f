"""A verdict for notebooks: outcome, score, findings with evidence, and what could not be judged."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._indicia import Verdict
    from ._verdict import Raised

_STYLE = (
    "font-family:system-ui,sans-serif;line-height:1.4;max-width:52em;border:1px solid color-mix(in srgb,currentColor 30%,transparent);"
    "border-radius:6px;padding:.8em 1em"
)
_BAR = "height:.5em;border-radius:.25em;background:color-mix(in srgb,currentColor 15%,transparent);margin:.4em 0 .8em"


def _value(value: Any) -> str:
    """A value as JSON, with what could disguise the text around it made visible."""
    if value is None:
        return "<i>not given</i>"
    text = json.dumps(value, ensure_ascii=False)
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return f"<code>{escape(shown)}</code>"


def _raised(raised: Raised) -> str:
    weight = f"{raised.points} points" if raised.points else "no points"
    out = [
        f"<details open><summary><b>{escape(raised.title)}</b> "
        f"<small>{escape(raised.indicator)} · {escape(raised.category)} · {escape(raised.severity)} · {weight}</small></summary>"
    ]
    for finding in raised.findings:
        rows = "".join(
            f"<tr><td style='text-align:left'><code>{escape(one.path)}</code></td>"
            f"<td style='text-align:left'>{_value(one.value)}</td></tr>"
            for one in finding.evidence
        )
        out.append(f"<p>{escape(finding.because)}</p><table>{rows}</table>")
    if raised.more:
        out.append(f"<p><small>and {raised.more} more findings</small></p>")
    for name, text in (("Verify", raised.verify), ("Caution", raised.caution)):
        if text:
            out.append(f"<p><b>{name}:</b> {escape(text)}</p>")
    return "".join(out) + "</details>"


def verdict(given: Verdict) -> str:
    """A verdict as a piece of HTML without scripts."""
    coverage = given.coverage
    goal = given.score if given.next is None or given.next.points is None else given.score + given.next.points
    share = 100 if not goal else min(100, round(100 * given.score / goal))
    title = f"{escape(given.id)} · " if given.id else ""
    out = [
        f"<div style='{_STYLE}'><div><b>{title}{escape(given.outcome)}</b> · score {given.score}"
        f" · {coverage.judged} of {coverage.of} indicators judged</div>",
        f"<div style='{_BAR}' role='img' aria-label='score {given.score}'>"
        f"<div style='height:100%;width:{share}%;border-radius:.25em;background:#b45309'></div></div>",
    ]
    if given.next is not None and given.next.points is not None:
        out.append(f"<p><small>{given.next.points} points below {escape(given.next.outcome)}</small></p>")
    out += [_raised(raised) for raised in given.raised]
    if given.shadow:
        out.append("<p><small>Reported only, without points:</small></p>")
        out += [_raised(raised) for raised in given.shadow]
    if given.problems:
        rows = "".join(
            f"<li><code>{escape(one.path)}</code>: expected {escape(one.expected)}, found {_value(one.found)}</li>"
            for one in given.problems
        )
        out.append(f"<p>Could not be read:</p><ul>{rows}</ul>")
    if given.unknown:
        names = ", ".join(escape(one.indicator) for one in given.unknown)
        out.append(f"<details><summary><small>Could not judge {len(given.unknown)} indicators</small></summary><small>{names}</small></details>")
    return "".join(out) + "</div>"
