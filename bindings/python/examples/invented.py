"""Invented applications for the examples: nobody in them exists. The same seed gives the same applications.

Names are made of invented words, mail addresses lie in domains that are reserved for examples, telephone numbers in
exchanges that reach no subscriber.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from typing import Any

GIVEN = "Ada Boris Clover Dorian Ember Fenwick Greta Hollis Ines Jarek Kestrel Linnea Marwick Nadia Osric Petra".split()
FAMILY = "Alderbrook Birchwald Cindermoor Dunlocken Ellerbrand Fernhollow Grauwick Hartwinter Quornwood Saltmarsh".split()
EMPLOYERS = "Northwind,Larkspur Systems,Foxhollow Energy,Ironbridge Robotics,Copperleaf Foods,Tidewater Maps".split(",")
SCHOOLS = "Larch Hill Institute,Marlow Polytechnic,Eastford College,Oldbridge University".split(",")
WORK = "Looked after the payment service.,Built reports for the sales team.,Ran the build machines.,Taught new colleagues.".split(",")
PLACES = [("Denver", "Colorado", "US", "303"), ("Portland", "Oregon", "US", "503"), ("Toronto", "Ontario", "CA", "416")]


def applications(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """So many applications, most of them honest and complete to different degrees; about one in seven contradicts itself."""
    for number in range(count):
        yield application(number, random.Random(f"{seed}/{number}"))


def application(number: int, rng: random.Random) -> dict[str, Any]:
    """One application."""
    name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
    city, region, country, area = rng.choice(PLACES)
    sent = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.timezone.utc) + datetime.timedelta(minutes=rng.randrange(40_000))
    form = {
        "name": name,
        "email": f"{name.lower().replace(' ', '.')}@example.com",
        "phone": f"+1 {area} 555 {rng.randrange(2000, 9999)}",
        "location": {"city": city, "region": region, "country": country},
    }
    jobs, year = [], 2026
    for _ in range(rng.randrange(1, 4)):
        years = rng.randrange(1, 6)
        end = "present" if year == 2026 else f"{year}-02"
        job = {"name": rng.choice(EMPLOYERS), "position": "Engineer", "startDate": f"{year - years}-03", "endDate": end}
        jobs.append({**job, "summary": rng.choice(WORK)})
        year -= years
    resume: dict[str, Any] = {"name": name, "email": form["email"], "work": jobs, "education": []}
    if rng.random() < 0.8:
        school = {"institution": rng.choice(SCHOOLS), "area": "Engineering", "study_type": "BSc"}
        resume["education"] = [{**school, "startDate": str(year - 4), "endDate": str(year)}]
    made = {"id": f"a-{number:06}", "submitted": sent, "form": form, "resume": resume, "phone_facts": None}
    if rng.random() < 0.4:
        made["phone_facts"] = {"activated": (sent - datetime.timedelta(days=rng.randrange(3, 4000))).date()}
    if rng.random() < 0.15:
        contradict(made, rng)
    return made


def contradict(made: dict[str, Any], rng: random.Random) -> None:
    """Makes an application contradict itself, in one place or in several."""
    form, resume = made["form"], made["resume"]
    for place in rng.sample(range(4), k=rng.randrange(1, 5)):
        if place == 0:
            resume["name"] = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
        elif place == 1:
            form["phone"] = "+1 416 555 6184" if form["location"]["country"] == "US" else "+1 617 555 6184"
        elif place == 2:
            job = resume["work"][-1]
            job.update(startDate="2006-03", endDate="2011-02", summary="Container platform on Kubernetes.")
        else:
            job = resume["work"][0]
            job.update(startDate="2025-06", endDate="2024-01")


def flat(made: dict[str, Any]) -> dict[str, Any]:
    """The same as one row of a flat table, as an export of an applicant tracking system might name its columns."""
    form, resume = made["form"], made["resume"]
    row = {
        "candidate": made["id"],
        "received": made["submitted"],
        "full_name": form["name"],
        "email": form["email"],
        "mobile": form["phone"],
        "country": form["location"]["country"],
        "cv_name": resume["name"],
        "phone_since": (made["phone_facts"] or {}).get("activated"),
    }
    for place in range(3):
        job = resume["work"][place] if place < len(resume["work"]) else {}
        for key in ("name", "startDate", "endDate", "summary"):
            row[f"resume.work[{place}].{key}"] = job.get(key)
    return row


MAPPING = {
    "candidate": "id",
    "received": "submitted",
    "full_name": "form.name",
    "email": "form.email",
    "mobile": "form.phone",
    "country": "form.location.country",
    "cv_name": "resume.name",
    "phone_since": "phone_facts.activated",
}
"""From the columns of `flat` to paths. The others are called after their paths."""
