"""Other engines that Python's users install, on the same rules. Each compiles once and takes its own best road; what the
host has to answer for it is noted. Rules 13 and up are written for those that can say them; rule 17 is left out on every side."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from work import Work

Judge = Callable[[dict[str, Any]], int]


def _looked_up(work: Work) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The record with the answers of the three long lists, for engines that search lists one by one or copy them."""
    refs = work.refs

    def answered(a: dict[str, Any]) -> dict[str, Any]:
        return {
            **a,
            "hash_known": a.get("resume_hash") in refs.hashes,
            "domain_disposable": "email" in a and a["email"].split("@")[1] in refs.disposable,
            "mill": any(e.get("institution") in refs.mills for e in a.get("education", ())),
        }

    return answered


def datalogic(work: Work, count: int) -> Judge:
    """datalogic-py: JSONLogic in Rust. The host looks up the lists; it has no regular expressions, so 19 rules."""
    import datalogic_py

    answered = _looked_up(work)
    engine = datalogic_py.Engine()
    rules = [(number, engine.compile(rule)) for number, rule in _json_logic(work) if number <= count]
    numbers, compiled = [number - 1 for number, _ in rules], [rule for _, rule in rules]
    session = engine.session()

    def judge(a: dict[str, Any]) -> int:
        found = session.evaluate_many(compiled, datalogic_py.DataHandle(answered(a)))
        return sum(1 << number for number, text in zip(numbers, found) if text == "true")

    return judge


def _json_logic(work: Work) -> list[tuple[int, Any]]:
    """Inside of one `some` the applicant is two levels up."""

    def v(path: str) -> Any:
        return {"var": path}

    def up(path: str) -> Any:
        return {"val": [[2], path]}

    def year(text: Any) -> Any:
        return {"substr": [text, 0, 4]}

    def days(start: Any, end: Any) -> Any:
        at = [{"datetime": {"cat": [day, "T00:00:00Z"]}} for day in (end, start)]
        return {">": [{"date_diff": [*at, "days"]}, 92]}

    def until(end: Any) -> Any:
        return {"??": [end, "2026-11-01"]}

    prefixes = [[country, prefix] for country, prefix in work.refs.prefix.items()]
    following = {"+": [{"val": [[1], "index"]}, 1]}
    names = {"split": [{"lower": v("name")}, " "]}
    local = {"slice": [{"split": [{"lower": up("email")}, "@"]}, 0, 1]}
    degrees = ["PhD", "Doctorate"]
    given = [v("startDate"), v("endDate")]
    rules = {
        1: {"and": [v("ip.country"), v("claimed_country"), {"!==": [v("ip.country"), v("claimed_country")]}]},
        2: {"===": [v("ip.asn_type"), "hosting"]},
        3: {"!": [v("phone")]},
        4: {"in": [v("ip.country"), ["KP", "IR", "SY", "CU", "RU", "BY", "MM", "VE"]]},
        5: v("hash_known"),
        6: {"and": [{"===": [v("claimed_country"), "US"]}, {"!": [v("claimed_state")]}]},
        7: {"and": [v("phone"), v("claimed_country"), {"!": [{"starts_with": [v("phone"), {"switch": [v("claimed_country"), prefixes, ""]}]}]}]},
        8: v("domain_disposable"),
        9: {"some": [v("education"), {"and": [*given, {"<": [v("endDate"), v("startDate")]}]}]},
        10: v("mill"),
        11: {"some": [v("profiles"), {"and": [{"===": [v("network"), "linkedin"]}, v("createdYear"), {"<": [{"-": [2026, v("createdYear")]}, 1]}]}]},
        12: {"some": [v("profiles"), {"and": [v("lastActiveYear"), {"!==": [v("connections"), None]},
            {">=": [{"-": [2026, v("lastActiveYear")]}, 3]}, {"<": [v("connections"), 20]}]}]},
        13: {"and": [v("email"), v("name"), {"none": [{"merge": [{"slice": [names, 0, 1]}, {"slice": [names, -1]}]},
            {"some": [local, {"in": [{"val": [[2]]}, v("")]}]}]}]},
        14: {"some": [v("education"), {"and": [*given, {"some": [{"slice": [up("education"), following]},
            {"and": [*given, {"<": [up("startDate"), v("endDate")]}, {"<": [v("startDate"), up("endDate")]}]}]}]}]},
        15: {"some": [v("work"), {"and": [v("startDate"), days(v("startDate"), until(v("endDate"))),
            {"some": [{"slice": [up("work"), following]}, {"and": [v("startDate"), days(v("startDate"), until(v("endDate"))),
                days(v("startDate"), until(up("endDate"))), days(up("startDate"), until(v("endDate")))]}]}]}]},
        16: {"and": [v("birth_date"), {"some": [v("education"), {"and": [v("endDate"),
            {"<": [{"-": [year(v("endDate")), year(up("birth_date"))]}, 16]}]}]}]},
        18: {"some": [v("education"), {"and": [{"in": [v("studyType"), degrees]}, *given,
            {"<": [{"-": [year(v("endDate")), year(v("startDate"))]}, 2]}]}]},
        19: {"and": [v("claimed_country"), {"some": [v("work"), {"and": [{"!": [v("endDate")]}, v("country"),
            {"!==": [v("country"), up("claimed_country")]}]}]}]},
    }  # fmt: skip
    return list(rules.items())


def zen(work: Work, count: int) -> Judge:
    """zen-engine: one decision graph in Rust. The host looks up the lists; the dialling codes are a literal in its rule."""
    import zen as engine

    answered = _looked_up(work)
    prefix = "({" + ", ".join(f"'{country}': '{text}'" for country, text in work.refs.prefix.items()) + "})"
    rules = {
        1: "ip.country != null and claimed_country != null and ip.country != claimed_country",
        2: "ip.asn_type == 'hosting'",
        3: "phone == null",
        4: "ip.country != null and ip.country in ['KP', 'IR', 'SY', 'CU', 'RU', 'BY', 'MM', 'VE']",
        5: "hash_known",
        6: "claimed_country == 'US' and claimed_state == null",
        7: f"phone != null and claimed_country != null and claimed_country in {prefix} and not startsWith(phone, {prefix}[claimed_country])",
        8: "domain_disposable",
        9: "some((education ?? []) as e, e.startDate != null and e.endDate != null and d(e.endDate) < d(e.startDate))",
        10: "mill",
        11: "some((profiles ?? []) as p, p.network == 'linkedin' and p.createdYear != null and 2026 - p.createdYear < 1)",
        12: "some((profiles ?? []) as p, p.lastActiveYear != null and p.connections != null and 2026 - p.lastActiveYear >= 3 and p.connections < 20)",
    }
    expressions = [{"id": f"e{n}", "key": f"r{n}", "value": rule} for n, rule in rules.items() if n <= count]
    graph = {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode"},
            {"id": "ex", "name": "ex", "type": "expressionNode", "content": {"expressions": expressions}},
            {"id": "out", "name": "out", "type": "outputNode"},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "ex"},
            {"id": "2", "type": "edge", "sourceId": "ex", "targetId": "out"},
        ],
    }
    decision = engine.ZenEngine().create_decision(engine.ZenDecisionContent(json.dumps(graph)))

    def judge(a: dict[str, Any]) -> int:
        found = decision.evaluate(answered(a))["result"]
        return sum(1 << (number - 1) for number in range(1, count + 1) if found[f"r{number}"])

    return judge


def cel(work: Work, count: int) -> Judge:
    """common-expression-language: CEL in Rust. The lists are functions of the host."""
    import cel as engine
    from cel import stdlib

    rules = {
        1: "has(a.ip) && has(a.ip.country) && has(a.claimed_country) && a.ip.country != a.claimed_country",
        2: "has(a.ip) && has(a.ip.asn_type) && a.ip.asn_type == 'hosting'",
        3: "!has(a.phone)",
        4: "has(a.ip) && has(a.ip.country) && a.ip.country in ['KP','IR','SY','CU','RU','BY','MM','VE']",
        5: "has(a.resume_hash) && in_hashes(a.resume_hash)",
        6: "has(a.claimed_country) && a.claimed_country == 'US' && !has(a.claimed_state)",
        7: "has(a.phone) && has(a.claimed_country) && a.claimed_country in prefix && !a.phone.startsWith(prefix[a.claimed_country])",
        8: "has(a.email) && in_disposable(a.email.split('@')[1])",
        9: "has(a.education) && a.education.exists(e, has(e.startDate) && has(e.endDate) && e.endDate < e.startDate)",
        10: "has(a.education) && a.education.exists(e, has(e.institution) && in_mills(e.institution))",
        11: "has(a.profiles) && a.profiles.exists(p, has(p.network) && p.network == 'linkedin' && has(p.createdYear) && 2026 - int(p.createdYear) < 1)",
        12: "has(a.profiles) && a.profiles.exists(p, has(p.lastActiveYear) && has(p.connections) && 2026 - int(p.lastActiveYear) >= 3 && int(p.connections) < 20)",
    }
    programs = [(number - 1, engine.compile(rule)) for number, rule in rules.items() if number <= count]
    context = engine.Context()
    stdlib.add_stdlib_to_context(context)
    context.add_function("in_hashes", work.refs.hashes.__contains__)
    context.add_function("in_disposable", work.refs.disposable.__contains__)
    context.add_function("in_mills", work.refs.mills.__contains__)
    context.add_variable("prefix", work.refs.prefix)

    def judge(a: dict[str, Any]) -> int:
        context.add_variable("a", a)
        return sum(1 << number for number, program in programs if program.execute(context))

    return judge


def rule_engine(work: Work, count: int) -> Judge:
    """rule-engine: pure Python. The lists are functions that a resolver hands out."""
    import rule_engine as engine

    refs = work.refs
    host = {
        "in_hashes": refs.hashes.__contains__,
        "in_disposable": refs.disposable.__contains__,
        "in_mills": refs.mills.__contains__,
        "prefix_of": lambda country: refs.prefix.get(country, ""),
    }

    def resolve(thing: Any, name: str) -> Any:
        return host[name] if name in host else engine.resolve_item(thing, name)

    context = engine.Context(resolver=resolve, default_value=None)
    rules = [
        "ip&['country'] != null and claimed_country != null and ip&['country'] != claimed_country",
        "ip&['asn_type'] == 'hosting'",
        "phone == null",
        "ip&['country'] in ['KP', 'IR', 'SY', 'CU', 'RU', 'BY', 'MM', 'VE']",
        "resume_hash != null and in_hashes(resume_hash)",
        "claimed_country == 'US' and claimed_state == null",
        "phone != null and claimed_country != null and not phone.starts_with(prefix_of(claimed_country))",
        "email != null and in_disposable($split(email, '@')[1])",
        "education != null and $any([e['endDate'] < e['startDate'] for e in education if e&['startDate'] != null and e&['endDate'] != null])",
        "education != null and $any([in_mills(e&['institution']) for e in education])",
        "profiles != null and $any([2026 - p['createdYear'] < 1 for p in profiles if p&['network'] == 'linkedin' and p&['createdYear'] != null])",
        "profiles != null and $any([2026 - p['lastActiveYear'] >= 3 and p['connections'] < 20 for p in profiles if p&['lastActiveYear'] != null and p&['connections'] != null])",
    ]
    compiled = [engine.Rule(text, context=context) for text in rules[:count]]
    return lambda a: sum(1 << number for number, rule in enumerate(compiled) if rule.matches(a))


# Name, package, builder, and the sets that it is written for.
ENGINES = [
    ("datalogic-py", "datalogic-py", datalogic, (6, 12, 19)),
    ("CEL (Rust)", "common-expression-language", cel, (6, 12)),
    ("zen-engine", "zen-engine", zen, (6, 12)),
    ("rule-engine", "rule-engine", rule_engine, (6, 12)),
]
