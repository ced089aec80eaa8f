"""What objects that are no plain JSON mean: called for those alone.

`plain` answers with a pair: `value` and a dict, list, str, int, float, bool or None; `number` and the text of a number;
`fields` and a dict from key to attribute; `other` and what it is.
"""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import itertools
import json as _json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

MOST = 1 << 22
"""More elements than the engine reads of a record: what never ends is cut off there, and is then too large."""

_names: WeakKeyDictionary[type, dict[str, str] | None] = WeakKeyDictionary()


def plain(value: Any) -> tuple[str, Any]:
    """What an object is, for the engine."""
    names = _fields(type(value))
    if names is not None:
        return "fields", names
    if isinstance(value, enum.Enum):
        return plain_or_value(value.value)
    if isinstance(value, int):
        return "value", int(value)
    if isinstance(value, decimal.Decimal):
        return _decimal(value)
    if _is_missing(value):
        return "value", None
    if isinstance(value, datetime.datetime):
        return _time(value)
    if isinstance(value, datetime.date):
        return "value", value.isoformat()
    if isinstance(value, uuid.UUID):
        return "value", str(value)
    if isinstance(value, Mapping):
        return "value", {key: value[key] for key in itertools.islice(value, MOST)}
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray, memoryview)):
        return "value", list(itertools.islice(value, MOST))
    return _foreign(value)


def plain_or_value(value: Any) -> tuple[str, Any]:
    """The same of what may be plain already."""
    if value is None or isinstance(value, (str, bool, int, float, dict, list)):
        return "value", value
    return plain(value)


def _decimal(value: decimal.Decimal) -> tuple[str, Any]:
    if value.is_nan():
        return "value", None
    if value.is_infinite():
        return "other", "an infinite number"
    return "number", str(value)


def _time(value: datetime.datetime) -> tuple[str, Any]:
    offset = value.utcoffset()
    if offset is not None:
        # Offsets of the time before zones have seconds, which no JSON has.
        odd = offset % datetime.timedelta(minutes=1)
        return "value", (value - offset).replace(tzinfo=datetime.timezone.utc).isoformat() if odd else value.isoformat()
    if value.time() == datetime.time():
        return "value", value.date().isoformat()
    return "other", "a time without a time zone"


def _is_missing(value: Any) -> bool:
    """NaT and NA of pandas: by their types' names, since pandas may not be there."""
    kind = type(value)
    return _module(kind) == "pandas" and kind.__name__ in ("NaTType", "NAType")


def _module(kind: type) -> str:
    """The library that a class is of."""
    return str(kind.__module__).partition(".")[0]


def _foreign(value: Any) -> tuple[str, Any]:
    """Scalars, arrays and columns of other libraries."""
    kind = type(value)
    module = _module(kind)
    if module == "numpy" and kind.__name__ == "datetime64":
        made = value.astype("datetime64[us]").item()
        return plain_or_value(made) if not isinstance(made, int) else ("other", "a time out of range")
    if module in ("numpy", "pandas", "polars", "pyarrow") and not kind.__name__.endswith("Frame"):
        for name in ("tolist", "to_list", "item", "as_py"):
            method = getattr(value, name, None)
            if callable(method):
                made = method()
                if type(made) is not kind:
                    return plain_or_value(made)
    return "other", _called(kind)


def _called(kind: type) -> str:
    name = kind.__qualname__
    if kind is bytes:
        return name
    return f"an {name}" if name[:1].lower() in "aeiou" else f"a {name}"


def _fields(kind: type) -> dict[str, str] | None:
    """From key to attribute of a class whose objects are records: dataclasses, pydantic, attrs, named tuples."""
    try:
        return _names[kind]
    except (KeyError, TypeError):
        pass
    found: dict[str, str] | None = None
    if (models := getattr(kind, "__pydantic_fields__", None)) is not None or (
        models := getattr(kind, "model_fields", None)
    ) is not None:
        found = {getattr(model, "serialization_alias", None) or getattr(model, "alias", None) or name: name for name, model in models.items()}
    elif dataclasses.is_dataclass(kind):
        found = {field.metadata.get("key", field.name): field.name for field in dataclasses.fields(kind)}
    elif (attributes := getattr(kind, "__attrs_attrs__", None)) is not None:
        found = {attribute.metadata.get("key", attribute.name): attribute.name for attribute in attributes}
    elif issubclass(kind, tuple) and hasattr(kind, "_fields"):
        found = {name: name for name in getattr(kind, "_fields")}
    try:
        _names[kind] = found
    except TypeError:
        pass
    return found


def json(value: Any, what: str) -> str:
    """Objects as JSON text; `what` is for the message of those that have none."""

    def other(value: Any) -> Any:
        how, made = plain(value)
        if how == "value":
            return made
        if how == "number":
            return float(made)
        if how == "fields":
            return {key: getattr(value, name) for key, name in made.items() if hasattr(value, name)}
        raise ValueError(f"{what}: {made} can't be read")

    try:
        return _json.dumps(value, default=other, ensure_ascii=False, allow_nan=False)
    except RecursionError:
        raise ValueError(f"{what}: nested too deeply") from None
    except TypeError as error:
        raise ValueError(f"{what}: {error}") from None
