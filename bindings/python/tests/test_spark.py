"""Spark gives the verdicts of a single machine, over several partitions."""

import datetime
import json
import os
import sys

import pytest

pa = pytest.importorskip("pyarrow")

import indicia
from indicia import spark

pytestmark = pytest.mark.engines
ZONE = datetime.timezone.utc
COUNT = 60

NESTED = (
    "id string, submitted timestamp, team string, form struct<name:string, phone:string, "
    "location:struct<country:string>>, resume struct<name:string, work:array<struct<name:string, startDate:string, "
    "endDate:string>>>, phone_facts struct<activated:date>"
)

DECIDE = """
decide {
  categories a
  weights    info 1, low 5, medium 12, high 25
  outcomes   clear, review
  outcome review when score >= 5
}
"""


def applications(count=COUNT):
    """Invented applications of every kind: all the same, with another id, phone number or name."""
    phones = ["+1 617 555 6184", "+44 20 7946 0958", None, "+1 202 555 0143"]
    for number in range(count):
        yield {
            "id": f"a-{number}",
            "submitted": datetime.datetime(2026, 1, 15, 10, 12, tzinfo=ZONE),
            "team": f"team {number % 3}",
            "form": {
                "name": "Tessaly Quornwood",
                "phone": phones[number % len(phones)],
                "location": {"country": "GB"} if number % 5 else None,
            },
            "resume": {
                "name": "Tessaly Quornwood" if number % 2 else "Marwick Ellerbrand",
                "work": [
                    {"name": "Northwind", "startDate": "2009", "endDate": "2012"},
                    {"name": "Larkspur Systems", "startDate": "2010-02", "endDate": "present"},
                ][: number % 3],
            },
            "phone_facts": {"activated": datetime.date(2026, 1, 2)} if number % 7 == 0 else None,
        }


@pytest.fixture(scope="module", autouse=True)
def pyspark():
    return pytest.importorskip("pyspark")


@pytest.fixture(scope="module")
def session(pyspark):
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    made = (
        SparkSession.builder.master("local[2]")
        .appName("indicia-tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "1g")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "Europe/Zurich")
        # So that a partition has several batches.
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "7")
        .getOrCreate()
    )
    made.sparkContext.setLogLevel("ERROR")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def ruleset():
    return indicia.Ruleset.default()


@pytest.fixture(scope="module")
def nested(session):
    rows = list(applications())
    frame = session.createDataFrame(rows, NESTED).repartition(3, "team").cache()
    assert frame.rdd.getNumPartitions() == 3
    return frame


@pytest.fixture(scope="module")
def expected(ruleset):
    """Verdict by id, each of one application alone."""
    return {one["id"]: ruleset.screen(one).to_dict() for one in applications()}


def by(rows, key):
    found = {row[key]: row for row in rows}
    assert len(found) == len(rows)
    return found


def comparable(verdict):
    """What a row of a table says of a verdict: its metadata has the ruleset and the engine."""
    entries = [
        {"indicator": one["indicator"], "points": one["points"], "because": [f["because"] for f in one["findings"]]}
        for one in verdict["raised"]
    ]
    keys = ("id", "outcome", "score", "decided_by", "as_of", "coverage", "next", "problems", "unknown", "categories")
    return {**{key: verdict[key] for key in keys}, "raised": entries}


def test_nested_columns_give_the_verdicts_of_single_applications(nested, ruleset, expected):
    made = spark.screen(nested, ruleset, keep=["id", "team"])
    assert made.columns == ["id", "team", "outcome", "score", "coverage", "indicators", "verdict"]
    found = by(made.toArrow().to_pylist(), "id")
    assert found.keys() == expected.keys()
    for name, row in found.items():
        whole = expected[name]
        assert row["team"] == f"team {int(name[2:]) % 3}"
        assert (row["outcome"], row["score"], row["coverage"]) == (whole["outcome"], whole["score"], whole["coverage"])
        assert row["indicators"] == [one["indicator"] for one in whole["raised"]]
        assert comparable(row["verdict"]) == comparable(whole)
    assert len({row["outcome"] for row in found.values()} | {row["score"] for row in found.values()}) > 2


def test_verdicts_equal_those_of_screen_frame(nested, ruleset):
    single = ruleset.screen_frame(nested.toArrow(), columns=["id", "verdict"])
    made = spark.screen(nested, ruleset, columns=["id", "verdict"]).toArrow()
    assert made.schema.field("verdict").type == single.schema.field("verdict").type
    assert by(made.to_pylist(), "id") == by(single.to_pylist(), "id")


def test_flat_columns_with_a_mapping(session, ruleset, expected):
    rows = [
        (
            one["id"],
            one["submitted"],
            one["form"]["name"],
            one["form"]["phone"],
            (one["form"]["location"] or {}).get("country"),
            one["resume"]["name"],
            one["resume"]["work"],
            (one["phone_facts"] or {}).get("activated"),
            "never read",
        )
        for one in applications()
    ]
    schema = (
        "key string, sent timestamp, `form.name` string, mobile string, land string, `resume.name` string, "
        "`resume.work` array<struct<name:string, startDate:string, endDate:string>>, since date, note string"
    )
    frame = session.createDataFrame(rows, schema).repartition(4)
    mapping = {
        "key": "id",
        "sent": "submitted",
        "mobile": "form.phone",
        "land": "form.location.country",
        "since": "phone_facts.activated",
    }
    made = spark.screen(frame, ruleset, mapping, keep=["key"], columns=["score", "indicators", "verdict"])
    for name, row in by(made.toArrow().to_pylist(), "key").items():
        assert comparable(row["verdict"]) == comparable(expected[name])


def test_columns_that_nobody_reads_never_reach_python(nested, ruleset):
    plan = spark.screen(nested, ruleset, columns=["outcome"])._jdf.queryExecution().optimizedPlan().toString()
    inner = plan[plan.index("MapInArrow") :].splitlines()[1]
    assert "form" in inner and "team" not in inner


def test_an_instant_is_the_same_whatever_the_zone_of_the_session(session, ruleset):
    rule = """
    language 1
    record application { id: text, submitted: instant, day: date }
    indicator early "Sent before its day" {
      category a
      severity low
      when     submitted < @2026-01-15T10:12:01Z and submitted > @2026-01-15T10:11:59Z
      because  "{submitted} {day}"
      verify   "ask"
    }
    """ + DECIDE
    own = indicia.Ruleset.from_source(rule)
    row = ("x", datetime.datetime(2026, 1, 15, 10, 12, tzinfo=ZONE), datetime.date(2026, 1, 15))
    frame = session.createDataFrame([row], "id string, submitted timestamp, day date")
    for zone in ("Europe/Zurich", "America/Los_Angeles", "UTC"):
        session.conf.set("spark.sql.session.timeZone", zone)
        try:
            (made,) = spark.screen(frame, own, explode=True).collect()
        finally:
            session.conf.set("spark.sql.session.timeZone", "Europe/Zurich")
        assert made.because == "2026-01-15T10:12:00Z 2026-01-15"


def test_explode_has_a_row_for_each_finding(nested, ruleset, expected):
    made = spark.screen(nested, ruleset, explode=True)
    rows = made.toArrow().to_pylist()
    found = sorted((row["id"], row["indicator"], row["because"], row["shadow"]) for row in rows)
    wanted = sorted(
        (name, one["indicator"], finding["because"], shadow)
        for name, verdict in expected.items()
        for key, shadow in (("raised", False), ("shadow", True))
        for one in verdict[key]
        for finding in one["findings"]
    )
    assert found == wanted and found


def test_row_counts_within_a_partition(nested, ruleset):
    made = spark.screen(nested.coalesce(1), ruleset, explode=True, columns=["outcome"])
    by_row = {}
    for row in made.select("row", "id").toArrow().to_pylist():
        assert by_row.setdefault(row["row"], row["id"]) == row["id"]
    assert max(by_row) > 7
    assert len(set(by_row.values())) == len(by_row)


def broken(session):
    """Every tenth phone number is in a column of numbers."""
    rows = [(f"a-{number}", {"phone": number} if number % 10 == 3 else {"phone": None}) for number in range(COUNT)]
    return session.createDataFrame(rows, "id string, form struct<phone:long>").coalesce(2)


def test_rows_that_can_not_be_read_say_so_and_the_others_go_on(session, ruleset):
    made = spark.screen(broken(session), ruleset, keep=["id"], columns=["outcome", "score"], on_error="row")
    rows = by(made.toArrow().to_pylist(), "id")
    assert len(rows) == COUNT
    for name, row in rows.items():
        wrong = int(name[2:]) % 10 == 3
        assert (row["error"] is not None) == wrong
        assert (row["outcome"] is None) == wrong
    message = rows["a-3"]["error"]
    assert "column `form`" in message and "form.phone" in message and "found a number" in message


def test_a_row_that_can_not_be_read_ends_the_job_and_is_named(session, ruleset):
    from pyspark.errors import PythonException

    with pytest.raises(PythonException) as raised:
        spark.screen(broken(session).coalesce(1), ruleset, columns=["outcome"]).collect()
    assert "InputError: row 3, column `form`" in str(raised.value)


def test_empty_tables_and_empty_partitions(session, ruleset):
    frame = session.createDataFrame([("a-1",)], "id string").repartition(4)
    assert spark.screen(frame, ruleset, keep=["id"], columns=["outcome"]).collect() == [("a-1", "clear")]
    none = session.createDataFrame([], "id string")
    assert spark.screen(none, ruleset, columns=["outcome"]).collect() == []


def test_own_lists_travel_to_the_workers(session):
    rule = """
    language 1
    record application { id: text, school: text }
    list mills: text empty
    indicator bought "Degree of a mill" {
      category a
      severity low
      when     school in mills
      because  "{school}"
      verify   "ask"
    }
    """ + DECIDE
    own = indicia.Ruleset.from_source(rule).with_lists(mills=["University of Nowhere"])
    frame = session.createDataFrame([("a", "University of Nowhere"), ("b", "Elsewhere")], "id string, school string")
    made = spark.screen(frame, own, columns=["id", "outcome"]).collect()
    assert sorted(map(tuple, made)) == [("a", "review"), ("b", "clear")]


def test_values_can_be_hidden_by_a_key(nested, ruleset):
    made = spark.screen(nested, ruleset, columns=["verdict"], redact_key="a key of sixteen bytes or more")
    text = json.dumps(made.toArrow().to_pylist())
    assert "Quornwood" not in text and "7946" not in text


def test_large_strings(nested, session, ruleset):
    name = "spark.sql.execution.arrow.useLargeVarTypes"
    session.conf.set(name, "true")
    try:
        rows = spark.screen(nested, ruleset, keep=["id"], columns=["outcome", "indicators"]).collect()
    finally:
        session.conf.set(name, "false")
    assert len(rows) == COUNT


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"keep": ["nothing"]}, "keep: the table has no column `nothing`; its columns: id, submitted, team"),
        ({"keep": ["id"], "explode": True}, "join by `id`"),
        ({"keep": ["id"], "columns": ["id"]}, "keep: `id` is also a column of the verdicts"),
        ({"keep": ["id", "id"]}, "keep: `id` is named twice"),
        ({"columns": ["outcomes"]}, "there is no `outcomes`"),
        ({"mapping": {"phone": "form.phone"}}, "mapping: the table has no column `phone`"),
        ({"mapping": {"team": "form.phnoe"}}, "mapping: the ruleset does not read `form.phnoe`"),
    ],
)
def test_what_does_not_fit_is_told_before_any_work(nested, ruleset, arguments, message):
    with pytest.raises(ValueError) as raised:
        spark.screen(nested, ruleset, **arguments)
    assert message in str(raised.value)


def test_a_table_that_says_nothing_to_the_ruleset_is_told_before_any_work(session, ruleset):
    frame = session.createDataFrame([("x",)], "phone string")
    with pytest.raises(ValueError, match="reads none of the table's columns"):
        spark.screen(frame, ruleset)
    with pytest.raises(indicia.InputError, match="2026-13-01"):
        spark.screen(session.createDataFrame([("x",)], "id string"), ruleset, as_of="2026-13-01")


def test_a_worker_compiles_a_ruleset_once(ruleset, monkeypatch):
    from pyspark import cloudpickle

    compiled = []
    whole = indicia.Ruleset.from_bundle.__func__

    def counted(cls, bundle):
        compiled.append(len(bundle))
        return whole(cls, bundle)

    monkeypatch.setattr(indicia.Ruleset, "from_bundle", classmethod(counted))
    own = indicia.Ruleset.from_source("language 1\nrecord application { id: text }" + DECIDE)
    task = cloudpickle.dumps(lambda: own)
    assert cloudpickle.loads(task)() is cloudpickle.loads(task)()
    assert len(compiled) == 1
