"""The indicators, hand-written in plain Python over dicts: the reference for every peer.

A rule that lacks a field it needs does not fire. Sets: 6 = rules 1..6 (scalars), 12 = common,
19 = all but the regex, 20 = all.
A verdict is a bit mask (bit k-1 = rule k fired); score = sum of weights; outcome 0 clear, 1 review, 2 escalate.
"""
import datetime as dt
import json
import re
from pathlib import Path

AS_OF, AS_OF_YEAR = "2026-11-01", 2026
HIGH_RISK = ("KP", "IR", "SY", "CU", "RU", "BY", "MM", "VE")
TEXT = re.compile(r"(?i)(telegram|whatsapp|wire transfer|crypto wallet)[: ]+@?[a-z]+[0-9]+")
NAMES = ("ip_country_mismatch ip_hosting phone_missing ip_high_risk hash_known us_state_missing "
         "phone_prefix_mismatch email_disposable edu_end_before_start edu_mill profile_new profile_dormant "
         "email_name_mismatch edu_overlap job_overlap graduated_before_16 work_gap doctorate_too_short "
         "current_job_elsewhere summary_pattern").split()
WEIGHTS = (20, 15, 5, 10, 25, 5, 15, 25, 15, 25, 10, 10, 10, 10, 15, 15, 5, 10, 10, 10)
REVIEW, ESCALATE = 30, 60


class Refs:
    def __init__(self, path):
        r = json.loads((Path(path) / "refs.json").read_text())
        self.raw = r
        self.disposable, self.mills, self.hashes = set(r["disposable"]), set(r["mills"]), set(r["hashes"])
        self.prefix = r["prefix"]


def day(s):
    return dt.date.fromisoformat(s).toordinal()


def ip_country_mismatch(a, _):
    c, i = a.get("claimed_country"), a.get("ip", {}).get("country")
    return c is not None and i is not None and c != i


def ip_hosting(a, _):
    return a.get("ip", {}).get("asn_type") == "hosting"


def phone_missing(a, _):
    return "phone" not in a


def ip_high_risk(a, _):
    return a.get("ip", {}).get("country") in HIGH_RISK


def hash_known(a, refs):
    return a.get("resume_hash") in refs.hashes


def us_state_missing(a, _):
    return a.get("claimed_country") == "US" and "claimed_state" not in a


def phone_prefix_mismatch(a, refs):
    phone, want = a.get("phone"), refs.prefix.get(a.get("claimed_country"))
    return phone is not None and want is not None and not phone.startswith(want)


def email_disposable(a, refs):
    return "email" in a and a["email"].split("@")[1] in refs.disposable


def edu_end_before_start(a, _):
    return any("startDate" in e and "endDate" in e and e["endDate"] < e["startDate"] for e in a.get("education", ()))


def edu_mill(a, refs):
    return any(e.get("institution") in refs.mills for e in a.get("education", ()))


def profile_new(a, _):
    return any(p.get("network") == "linkedin" and "createdYear" in p and AS_OF_YEAR - p["createdYear"] < 1
               for p in a.get("profiles", ()))


def profile_dormant(a, _):
    return any("lastActiveYear" in p and "connections" in p
               and AS_OF_YEAR - p["lastActiveYear"] >= 3 and p["connections"] < 20 for p in a.get("profiles", ()))


def email_name_mismatch(a, _):
    if "email" not in a or "name" not in a:
        return False
    local, parts = a["email"].split("@")[0].lower(), a["name"].lower().split(" ")
    return parts[0] not in local and parts[-1] not in local


def edu_overlap(a, _):
    e = [x for x in a.get("education", ()) if "startDate" in x and "endDate" in x]
    return any(e[i]["startDate"] < e[j]["endDate"] and e[j]["startDate"] < e[i]["endDate"]
               for i in range(len(e)) for j in range(i + 1, len(e)))


def job_overlap(a, _):
    """Any pair of jobs overlapping by more than 92 days; a job with no end is still running."""
    w = [(day(x["startDate"]), day(x.get("endDate", AS_OF))) for x in a.get("work", ()) if "startDate" in x]
    return any(min(w[i][1], w[j][1]) - max(w[i][0], w[j][0]) > 92 for i in range(len(w)) for j in range(i + 1, len(w)))


def graduated_before_16(a, _):
    return "birth_date" in a and any("endDate" in e and int(e["endDate"][:4]) - int(a["birth_date"][:4]) < 16
                                     for e in a.get("education", ()))


def work_gap(a, _):
    """Compares neighbours in a list, which the language does not have: left out on every side."""
    return False


def summary_pattern(a, _):
    return "summary" in a and TEXT.search(a["summary"]) is not None


def current_job_elsewhere(a, _):
    c = a.get("claimed_country")
    return c is not None and any("endDate" not in w and "country" in w and w["country"] != c for w in a.get("work", ()))


def doctorate_too_short(a, _):
    return any(e.get("studyType") in ("PhD", "Doctorate") and "startDate" in e and "endDate" in e
               and int(e["endDate"][:4]) - int(e["startDate"][:4]) < 2 for e in a.get("education", ()))


RULES = [globals()[n] for n in NAMES]


def mask(a, refs, rules=RULES):
    m = 0
    for k, rule in enumerate(rules):
        if rule(a, refs):
            m |= 1 << k
    return m


def outcome(m):
    score = sum(w for k, w in enumerate(WEIGHTS) if m >> k & 1)
    return score, 2 if score >= ESCALATE else 1 if score >= REVIEW else 0


if __name__ == "__main__":  # python3 rules.py [DATA_DIR]: write expected.bin (u32 LE a record) and print how often each fires
    import array
    import sys
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "peers-data")
    refs = Refs(data)
    masks = array.array("I", (mask(json.loads(line), refs) for line in open(data / "applicants.jsonl", encoding="utf-8")))
    (data / "expected.bin").write_bytes(masks.tobytes())
    for k, name in enumerate(NAMES):
        print(f"{k + 1:2} {name:24} {sum(m >> k & 1 for m in masks) / len(masks):.2%}")
    outs = [outcome(m)[1] for m in masks]
    print("clear/review/escalate", [outs.count(k) for k in range(3)])
