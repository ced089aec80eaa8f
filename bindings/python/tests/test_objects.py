"""Applications as Python objects: what they are read as, and what is said of those that can't be read."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import decimal
import enum
import fractions
import ipaddress
import json
import pathlib
import types
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import attrs
import numpy as np
import pandas as pd
import pydantic
import pytest

import indicia

Ruleset = indicia.Ruleset


class Text(str, enum.Enum):
    X = "x"


class Plain(enum.Enum):
    X = "x"
    OLD = 101


class Old(enum.IntEnum):
    OLD = 101


class Model(pydantic.BaseModel):
    ident: str = pydantic.Field(alias="id")
    when: dt.datetime | None = pydantic.Field(None, serialization_alias="submitted")
    form: Form | None = None


class Form(pydantic.BaseModel):
    phone: str | None = None
    born: dt.date | None = None
    tags: list[str] = []


@attrs.define
class Attrs:
    ident: str = attrs.field(metadata={"key": "id"})
    form: Any = None


@dataclasses.dataclass
class Data:
    ident: str = dataclasses.field(metadata={"key": "id"})
    form: Any = None


@dataclasses.dataclass(slots=True, frozen=True)
class Slots:
    id: str
    form: Any = None


class Named(NamedTuple):
    id: str
    form: Any = None


class Keys(Mapping[str, Any]):
    def __init__(self, **given: Any) -> None:
        self.given = given

    def __getitem__(self, key: str) -> Any:
        return self.given[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


class Items(Sequence[Any]):
    def __init__(self, *given: Any) -> None:
        self.given = given

    def __getitem__(self, index: Any) -> Any:
        return self.given[index]

    def __len__(self) -> int:
        return len(self.given)


FORM = {"phone": "+41 44 668 18 00", "born": "1980-01-31", "tags": ["x"]}


@pytest.mark.parametrize(
    "application",
    [
        {"id": "a", "form": FORM},
        collections.OrderedDict(id="a", form=collections.defaultdict(list, FORM)),
        collections.ChainMap({"id": "a"}, {"form": FORM}),
        collections.UserDict(id="a", form=collections.UserDict(FORM)),
        types.MappingProxyType({"id": "a", "form": types.MappingProxyType(FORM)}),
        Keys(id="a", form=Keys(**{**FORM, "tags": Items("x")})),
        {"id": "a", "form": {**FORM, "tags": ("x",)}},
        {"id": "a", "form": {**FORM, "tags": collections.deque(["x"])}},
        {"id": "a", "form": {**FORM, "tags": np.array(["x"])}},
        {"id": "a", "form": {**FORM, "tags": pd.Series(["x"])}},
        {"id": "a", "form": {**FORM, "tags": [Text.X]}},
        {"id": "a", "form": {**FORM, "tags": [Plain.X]}},
        {"id": "a", "form": {**FORM, "tags": [np.str_("x")]}},
        {"id": "a", "form": {**FORM, "born": dt.date(1980, 1, 31)}},
        {"id": "a", "form": {**FORM, "born": dt.datetime(1980, 1, 31)}},
        {"id": "a", "form": {**FORM, "born": pd.Timestamp(1980, 1, 31)}},
        {"id": "a", "form": {**FORM, "born": np.datetime64("1980-01-31")}},
        {"id": "a", "form": {**FORM, "born": np.datetime64("1980-01-31", "ns")}},
        {"id": "a", "form": {**FORM, "age": None, "country": float("nan"), "remote": pd.NA, "name": pd.NaT}},
        {"id": "a", "form": {**FORM, "age": np.datetime64("NaT"), "country": decimal.Decimal("NaN"), "name": ""}},
        Data("a", Slots("b", None) and FORM),
        Data("a", Keys(**FORM)),
        Slots("a", FORM),
        Attrs("a", FORM),
        Named("a", FORM),
        Model(id="a", form=Form(phone=FORM["phone"], born="1980-01-31", tags=["x"])),
        {"id": "a", "form": Form(phone=FORM["phone"], born="1980-01-31", tags=["x"])},
        Model.model_construct(ident="a", form=Form.model_construct(**FORM)),
    ],
    ids=lambda application: type(application).__name__,
)
def test_all_kinds_of_objects_are_read_alike(rules: Ruleset, application: Any) -> None:
    expected = rules.screen(json.dumps({"id": "a", "form": FORM}))
    made = rules.screen(application)
    assert made.to_json() == expected.to_json()
    assert made.id == "a" and made.problems == []
    assert rules.explain("tagged", application).to_dict() == rules.explain("tagged", json.dumps({"form": FORM})).to_dict()


@pytest.mark.parametrize(
    ("age", "written"),
    [
        (101, "101"),
        (Old.OLD, "101"),
        (Plain.OLD, "101"),
        (101.5, "101.5"),
        (1e15, "1e15"),
        (2**53 - 1, "9007199254740991"),
        (decimal.Decimal("101.50"), "101.50"),
        (decimal.Decimal("1.5E+2"), "1.5E+2"),
        (np.int8(101), "101"),
        (np.uint64(101), "101"),
        (np.float64(101.25), "101.25"),
        (np.float32(101.25), "101.25"),
        (np.float16(101), "101.0"),
        (np.array(101), "101"),
        (pd.array([101], dtype="Int64")[0], "101"),
    ],
)
def test_numbers_of_all_kinds_are_numbers(rules: Ruleset, age: Any, written: str) -> None:
    verdict = rules.screen({"form": {"phone": "x", "age": age}})
    assert verdict.to_json() == rules.screen('{"form":{"phone":"x","age":' + written + "}}").to_json()
    assert [raised.indicator for raised in verdict.raised] == ["old"]


@pytest.mark.parametrize("age", [1e16, 1.5e300, 1e-5, 5e-324, np.float64(1e20), np.float64(1e-7), -0.0, 2**53, 2**64, -(2**63)])
def test_numbers_are_written_as_json_writes_them(rules: Ruleset, age: Any) -> None:
    application = {"form": {"age": age, "phone": 3}, "id": age}
    text = json.dumps(application)
    assert rules.screen(application).to_json() == rules.screen(text).to_json()


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (dt.datetime(2026, 1, 15, 9, 30, tzinfo=dt.timezone.utc), "2026-01-15T09:30:00+00:00"),
        (dt.datetime(2026, 1, 15, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5))), "2026-01-15T09:30:00-05:00"),
        (pd.Timestamp("2026-01-15T09:30:00.000000001Z"), "2026-01-15T09:30:00.000000001+00:00"),
        (pd.NaT, None),
        (None, None),
    ],
)
def test_instants_have_a_time_zone(rules: Ruleset, when: Any, written: str | None) -> None:
    assert rules.screen({"submitted": when}).to_json() == rules.screen(json.dumps({"submitted": written})).to_json()


@pytest.mark.parametrize("when", [dt.datetime(2026, 1, 15, 9, 30), pd.Timestamp("2026-01-15T09:30"), np.datetime64("2026-01-15T09:30")])
def test_times_without_a_time_zone_are_refused(rules: Ruleset, when: Any) -> None:
    error = refused(rules, {"submitted": when})
    assert (error.path, error.found) == ("submitted", "a time without a time zone")
    assert error.expected == "instant such as 2026-01-15T09:30:00Z"


def refused(rules: Ruleset, application: Any) -> indicia.InputError:
    """The error, which is the same however it is asked for."""
    with pytest.raises(indicia.InputError) as raised:
        rules.screen(application)
    with pytest.raises(indicia.InputError) as again:
        rules.explain("old", application)
    assert str(again.value) == str(raised.value)
    return raised.value


class Anything:
    pass


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (float("inf"), "an infinite number"),
        (float("-inf"), "an infinite number"),
        (np.float32("inf"), "an infinite number"),
        (decimal.Decimal("Infinity"), "an infinite number"),
        (10**400, "a number out of range"),
        (-(10**5000), "a number out of range"),
        (decimal.Decimal("1e400"), "a number out of range"),
        (fractions.Fraction(1, 3), "a Fraction"),
        (1j, "a complex"),
        (np.complex128(1j), "a complex"),
        (b"5", "bytes"),
        (bytearray(b"5"), "a bytearray"),
        (memoryview(b"5"), "a memoryview"),
        (dt.timedelta(1), "a timedelta"),
        (dt.time(3), "a time"),
        ({5}, "a set"),
        (frozenset(), "a frozenset"),
        ((one for one in [5]), "a generator"),
        ({}.keys(), "a dict_keys"),
        (pathlib.Path("x"), f"a {type(pathlib.Path()).__name__}"),
        (ipaddress.ip_address("::1"), "an IPv6Address"),
        (Anything(), "an Anything"),
        (Anything, "a type"),
        (Data, "a type"),
        (Model, "a ModelMetaclass"),
        (len, "a builtin_function_or_method"),
        (..., "an ellipsis"),
        (pd.Period("2026-01"), "a Period"),
        ("\ud800", "a text with half of a surrogate pair"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_json_does_not_have_is_refused_where_it_is_read(rules: Ruleset, value: Any, found: str) -> None:
    error = refused(rules, {"form": {"age": value}})
    assert (error.path, error.expected, error.found) == ("form.age", "number", found)
    assert str(error) == f"at `form.age`: expected number, found {found}"
    error = refused(rules, {"work": [{}, {"endDate": value}]})
    assert (error.path, error.found) == ("work[1].end", found)
    error = refused(rules, {"form": {"tags": [None, value]}})
    assert (error.path, error.expected, error.found) == ("form.tags[1]", "text", found)
    if not found.endswith(("number", "range", "pair")):
        error = refused(rules, {"form": {"tags": value}})
        assert (error.path, error.expected, error.found) == ("form.tags", "list of text", found)
        error = refused(rules, {"work": value})
        assert (error.path, error.expected, error.found) == ("work", "list of objects", found)
        error = refused(rules, {"form": value})
        assert (error.path, error.expected, error.found) == ("form", "object", found)
    # What no rule reads may be anything.
    assert rules.screen({"other": value, "form": {"other": value, "phone": "x"}}).raised == []


@pytest.mark.parametrize(
    ("application", "found"),
    [
        (None, "null"),
        (True, "a bool"),
        (7, "a number"),
        (1.5, "a number"),
        ([], "a list"),
        ((), "a list"),
        (np.array([1]), "a list"),
        (pd.NA, "null"),
        (Anything(), "an Anything"),
        (dict, "a type"),
        ({1}, "a set"),
        ((one for one in [{}]), "a generator"),
        ("7", "a number"),
        (b"[]", "a list"),
        (bytearray(b'"x"'), "a text"),
        (memoryview(b"null"), "null"),
        (uuid.UUID(int=1), "a text"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_record_is_refused(rules: Ruleset, application: Any, found: str) -> None:
    error = refused(rules, application)
    assert (error.path, error.expected, error.found) == (None, "a record", found)
    advice = "; take its elements one by one" if found == "a list" else ""
    assert str(error) == f"expected a record (a JSON object), found {found}{advice}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "invalid JSON at line 1, column 1: unexpected end of the text"),
        ("{", "invalid JSON at line 1, column 2: unexpected end of the text"),
        ('{"id": NaN}', "invalid JSON at line 1, column 8: expected a value"),
        ('{"id": 1e400}', "invalid JSON at line 1, column 13: number out of range"),
        ('{"id": "\\ud800"}', "invalid JSON at line 1, column 15: half of a surrogate pair in a string"),
        ("{} {}", "invalid JSON at line 1, column 4: text after the record"),
        ("[" * 100_000, "record is nested deeper than the limit of 64 levels (line 1, column 65)"),
        (b"\xff", "invalid UTF-8 at byte 0"),
        (b"\xff\xfe{\x00}\x00", "invalid UTF-8 at byte 0"),
        (b"{}" + b" " * (4 << 20), "record is larger than the limit of 4194304 bytes"),
        ("\ud800", "the text has half of a surrogate pair, which no UTF-8 has"),
    ],
    ids=lambda text: repr(text)[:20],
)
def test_texts_that_are_no_json_are_refused(rules: Ruleset, text: Any, message: str) -> None:
    assert str(refused(rules, text)) == message
    if isinstance(text, bytes):
        assert str(refused(rules, bytearray(text))) == message
        assert str(refused(rules, memoryview(text))) == message


def test_texts_of_all_kinds_are_read(rules: Ruleset) -> None:
    class Sub(str):
        def encode(self, *_: Any) -> Any:
            raise AssertionError

    expected = rules.screen({"id": "q"})
    texts = ['{"id":"q"}', b'{"id":"q"}', bytearray(b'{"id":"q"}'), memoryview(b'{"id":"q"}'), '\ufeff{"id":"q"}', b'\xef\xbb\xbf{"id":"q"}']
    texts += [memoryview(b'{_"_i_d_"_:_"_q_"_}_')[::2], Sub('{"id":"q"}'), np.bytes_(b'{"id":"q"}'), ' \n{"id":\t"q"}\r\n', '{"id": "p", "id": "q"}']
    for text in texts:
        assert rules.screen(text) == expected
    released = memoryview(b"{}")
    released.release()
    with pytest.raises(ValueError, match="released"):
        rules.screen(released)


def test_keys_that_are_no_text_are_nothing(rules: Ruleset) -> None:
    application = {1: 2, None: 3, ("id",): 4, "\ud800": 5, b"id": 6, "id": "a", "form": {7: 8, "phone": "x"}}
    assert rules.screen(application).to_json() == rules.screen({"id": "a", "form": {"phone": "x"}}).to_json()


Action = Callable[..., Any]


def test_exceptions_of_objects_come_through_as_they_are(rules: Ruleset) -> None:
    class Own(Exception):
        pass

    def fail(*_: Any) -> Any:
        raise Own("mine")

    property_fails = dataclasses.make_dataclass("P", ["id"], namespace={})
    property_fails.id = property(fail, lambda *_: None)
    hostile: list[Any] = [
        property_fails("x"),
        {"id": type("V", (Keys,), {"__iter__": fail})()},
        {"form": type("V", (Keys,), {"__getitem__": fail})(tags=1)},
        {"form": {"tags": type("V", (Items,), {"__getitem__": fail})("x")}},
        {"form": {"tags": type("V", (Items,), {"__iter__": fail})("x")}},
        {"id": type("V", (), {"__class__": property(fail)})()},
        {"id": type("V", (int,), {"__int__": fail})(5)},
        {"id": type("V", (dt.datetime,), {"utcoffset": fail, "isoformat": fail})(2020, 1, 1, tzinfo=dt.timezone.utc)},
        {"id": type("V", (decimal.Decimal,), {"is_nan": fail})()},
        {type("K", (str,), {"__hash__": lambda self: hash("id"), "__eq__": fail})("ko"): 1},
    ]
    for application in hostile:
        with pytest.raises(Own, match="mine"):
            rules.screen(application)
        with pytest.raises(Own, match="mine"):
            list(rules.screen_many([application], on_error="row"))
    # Classes below dict and list are read as what they hold.
    quiet = type("D", (dict,), {name: fail for name in ("__getitem__", "get", "items", "keys", "__iter__", "__len__", "__contains__")})
    rows = type("L", (list,), {name: fail for name in ("__getitem__", "__iter__", "__len__")})
    assert rules.screen(quiet(id="a", form=quiet(phone="x", tags=rows(["x"])))).shadow[0].indicator == "tagged"


def test_the_base_of_all_exceptions_comes_through(rules: Ruleset) -> None:
    def stop(_: Any) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rules.screen(type("V", (Keys,), {"__iter__": stop})())


def test_objects_may_screen_while_they_are_read(rules: Ruleset) -> None:
    seen = []

    class Within(Keys):
        def __iter__(self) -> Iterator[str]:
            if len(seen) < 40:
                seen.append(0)
                seen[-1] = rules.screen({"id": str(len(seen)), "form": Within(phone="x")}).to_json()  # type: ignore[call-overload]
            return super().__iter__()

    verdict = rules.screen({"id": "outer", "form": Within(phone="x")})
    assert verdict.id == "outer" and verdict.raised == []
    assert rules.screen({"id": "after"}).id == "after"


def test_objects_may_change_while_they_are_read(rules: Ruleset) -> None:
    application: dict[str, Any] = {"id": "a"}
    work: list[Any] = []
    form: dict[str, Any] = {}

    class Changing(Keys):
        def __iter__(self) -> Iterator[str]:
            application.clear()
            form.clear()
            work.clear()
            return super().__iter__()

    class Growing(Keys):
        def __iter__(self) -> Iterator[str]:
            work.append(Growing())
            return super().__iter__()

    work.extend([Changing(name="A"), {"name": "B"}, {"name": "C"}])
    form.update(phone=Changing(), tags=[Changing(), "x"], age=Changing())
    application.update(work=work, form=form)
    rules.screen(application)
    # As much of a list is read as it had at first.
    for application in ({"work": work}, {"form": {"phone": work}}, {"form": {"tags": work}}):
        work[:] = [Growing()]
        rules.screen(application)
        assert 1 < len(work) < 10


def test_what_differs_each_time_it_is_read_ends(rules: Ruleset) -> None:
    class Deeper(Keys):
        reads = 0

        def __iter__(self) -> Iterator[str]:
            Deeper.reads += 1
            return iter([] if Deeper.reads < 2 else ["a"])

        def __getitem__(self, key: str) -> Any:
            return Deeper()

    class Endless(Items):
        reads = 0

        def __iter__(self) -> Iterator[Any]:
            Endless.reads += 1
            return iter(()) if Endless.reads < 2 else iter(int, 1)

    for value, found in ((Deeper(), "an object"), (Endless(), "a list")):
        verdict = rules.screen({"form": {"phone": value}})
        assert [(one.path, one.found) for one in verdict.problems] == [("form.phone", found)]


def test_what_never_ends_is_too_large(rules: Ruleset) -> None:
    class Endless(Items):
        def __iter__(self) -> Iterator[Any]:
            return iter(int, 1)

    class Keyed(Keys):
        def __iter__(self) -> Iterator[str]:
            number = 0
            while True:
                number += 1
                yield str(number)

        def __getitem__(self, key: str) -> Any:
            return 0

    for value in (Endless(), Keyed()):
        for application in ({"form": {"phone": value}}, {"form": {"tags": value}}):
            if isinstance(value, Keyed):
                continue
            with pytest.raises(indicia.InputError, match="larger than the limit of 4194304 bytes"):
                rules.screen(application)


def test_cycles_and_depth_end(rules: Ruleset) -> None:
    cycle: dict[str, Any] = {"id": "a"}
    cycle["form"] = cycle["other"] = cycle
    assert rules.screen(cycle).id == "a"
    items: list[Any] = []
    items.extend([items] * 50)
    for application in ({"work": items}, {"form": {"tags": items}}, {"form": {"phone": items}}):
        with pytest.raises(indicia.InputError, match="nested deeper than the limit of 64 levels$|larger than the limit"):
            rules.screen(application)
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert "nested deeper" in str(refused(rules, {"work": deep}))
    assert rules.screen({"other": deep}).raised
    node = Data("a")
    node.form = node
    assert rules.screen(node).id == "a"


def test_classes_that_hide_what_they_are(rules: Ruleset) -> None:
    nameless = type("Nameless", (), {"__module__": None})()
    assert refused(rules, {"id": nameless}).found == "a Nameless"
    assert refused(rules, {"id": type("GetAttr", (), {"__getattr__": lambda self, name: 1 / 0})()}).found == "a GetAttr"

    class Missing:
        """An attribute that is not there is a missing field."""

    data = Data("a")
    del data.ident
    assert rules.screen(data).id is None


def test_many_applications_one_by_one(rules: Ruleset) -> None:
    def lazily() -> Iterator[Any]:
        yield {"id": "a"}
        yield "{"
        yield {"id": {1}}
        yield b'{"id": "d"}'
        raise RuntimeError("no more")

    made = rules.screen_many(lazily(), on_error="row")
    first, second, third, fourth = (next(made) for _ in range(4))
    assert isinstance(first, indicia.Verdict) and first.id == "a"
    assert isinstance(second, indicia.InputError) and second.row == 1
    assert isinstance(third, indicia.InputError) and (third.row, third.path) == (2, "id")
    assert isinstance(fourth, indicia.Verdict) and fourth.id == "d"
    with pytest.raises(RuntimeError, match="no more"):
        next(made)
    with pytest.raises(indicia.InputError) as raised:
        list(rules.screen_many([{}, "{"]))
    assert raised.value.row == 1
    with pytest.raises(indicia.InputError, match="evaluation date"):
        list(rules.screen_many([{}, {}], as_of="never", on_error="row"))
    with pytest.raises(ValueError, match='on_error: expected "raise" or "row", found 1'):
        rules.screen_many([], on_error=1)  # type: ignore[arg-type]
    for one in ("abc", b"abc", {"id": 1}, bytearray()):
        with pytest.raises(TypeError, match="applications: expected several"):
            rules.screen_many(one)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        list(rules.screen_many(5))  # type: ignore[arg-type]
    assert list(rules.screen_many([], progress=True)) == []
