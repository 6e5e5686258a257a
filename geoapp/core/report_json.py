"""The content of a report as JSON and back; the same content gives the same bytes."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from geoapp.core.report_model import Content
from geoapp.errors import N_, DataError

FORMAT = "geoapp-report-1"
# Names the class of a block, since several may stand in one place.
_TAG = "is"


def dump_content(content: Content) -> bytes:
    """A content as UTF-8 JSON with sorted keys; days and moments are ISO texts."""
    told = {"format": FORMAT, **_plain(content)}
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def load_content(body: bytes | str | Mapping[str, Any]) -> Content:
    """A content out of what ``dump_content`` wrote, as bytes, text, or read already. Raises: DataError - it is none."""
    try:
        told = json.loads(body) if isinstance(body, bytes | str) else body
        if told.get("format") != FORMAT:
            raise ValueError("format")
        content = _built(Content, told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(N_("The stored content of a report cannot be read."), [str(error)]) from error
    if not isinstance(content, Content):
        raise DataError(N_("The stored content of a report cannot be read."), [type(content).__name__])
    return content


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        told = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        return {_TAG: type(value).__name__, **told}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def _built(kind: Any, told: Any) -> Any:
    """A value of a type out of plain JSON."""
    if get_origin(kind) in {Union, UnionType}:
        return _of_union(get_args(kind), told)
    if get_origin(kind) is tuple:
        one = get_args(kind)[0]
        return tuple(_built(one, each) for each in told)
    if isinstance(kind, type) and is_dataclass(kind):
        known = _types(kind)
        return kind(**{name: _built(known[name], told[name]) for name in told if name in known})
    if kind in {date, datetime}:
        return kind.fromisoformat(told)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(told)
    return float(told) if kind is float else told


def _of_union(kinds: tuple[Any, ...], told: Any) -> Any:
    if told is None and NoneType in kinds:
        return None
    left = [kind for kind in kinds if kind is not NoneType]
    if len(left) == 1:
        return _built(left[0], told)
    chosen = next(kind for kind in left if kind.__name__ == told[_TAG])
    return _built(chosen, told)


@cache
def _types(kind: type[Any]) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}
