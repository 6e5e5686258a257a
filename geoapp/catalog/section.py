"""Reading one table of a TOML file key by key. What does not fit becomes a fault; reading goes on with a stand-in."""

import difflib
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from geoapp.catalog.model import Label

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DASH = re.compile(r"(\d+(\.\d+)?( \d+(\.\d+)?)*)?")
_Choice = TypeVar("_Choice", bound=StrEnum)


def is_name(text: str) -> bool:
    """Whether a text can name a layer, a group, a field or a code list: lower case, digits, underscores."""
    return _NAME.fullmatch(text) is not None


def nearest(name: str, known: Sequence[str]) -> str:
    """A hint that names the nearest known word, or all of them where none is near."""
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"known: {', '.join(known)}" if known else "none is known"


class Section:
    """One table: the file it is in, its key path inside the file, and the faults that all tables share."""

    def __init__(self, faults: list[str], file: str, where: str, data: Mapping[str, object]) -> None:
        self._faults = faults
        self._file = file
        self._where = where
        self._data = data
        self._known: list[str] = []

    def fault(self, key: str, expected: str, found: str = "nothing") -> None:
        """Note a fault at a key: what was expected, and what was found, in words."""
        path = f"{self._where}.{key}" if self._where and key else self._where or key
        self._faults.append(f"{self._file}: {path}: expected {expected}, found {found}")

    def has(self, key: str) -> bool:
        """Whether the file has the key."""
        return key in self._data

    def own_keys(self) -> tuple[str, ...]:
        """All keys of the file, for tables with free names."""
        return tuple(self._data)

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty; required unless there is a default."""
        value = self._take(key, "a text", required=default is None)
        if value is None:
            return default or ""
        if not isinstance(value, str) or not value.strip():
            self.fault(key, "a text", told(value))
            return default or ""
        return value

    def name(self, key: str) -> str | None:
        """An optional lower-case name."""
        value = self._take(key, "a name", required=False)
        if value is None or (isinstance(value, str) and is_name(value)):
            return value
        self.fault(key, "a name of lower-case letters, digits and underscores", told(value))
        return None

    def label(self, key: str) -> Label | None:
        """An optional text in both languages; both must be there."""
        value = self._take(key, "a text in both languages", required=False)
        return None if value is None else self._label(key, value)

    def required_label(self, key: str) -> Label:
        """A text in both languages."""
        value = self._take(key, "texts { vi = ..., en = ... }", required=True)
        return Label(key, key) if value is None else self._label(key, value)

    def unit(self, key: str) -> Label | None:
        """An optional unit: one text for both languages, or one for each."""
        value = self._take(key, "a unit", required=False)
        if isinstance(value, str) and value.strip():
            return Label(value, value)
        return None if value is None else self._label(key, value)

    def colour(self, key: str) -> str | None:
        """An optional colour #rrggbb."""
        value = self._take(key, "a colour", required=False)
        if value is None or (isinstance(value, str) and _COLOUR.fullmatch(value)):
            return value
        self.fault(key, "a colour like #1b2c3d", told(value))
        return None

    def dash(self, key: str) -> str:
        """A dash pattern in pixels such as "6 4"; empty for an unbroken line."""
        value = self._take(key, "a dash pattern", required=False)
        if value is None:
            return ""
        if isinstance(value, str) and _DASH.fullmatch(value):
            return value
        self.fault(key, "a dash pattern like '6 4'", told(value))
        return ""

    def number(self, key: str, low: float, high: float) -> float | None:
        """An optional number between two bounds."""
        value = self._take(key, "a number", required=False)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self.fault(key, f"a number from {low:g} to {high:g}", told(value))
            return None
        return float(value)

    def integer(self, key: str, low: int, high: int) -> int | None:
        """An optional whole number between two bounds."""
        value = self._take(key, "a whole number", required=False)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(key, f"a whole number from {low} to {high}", told(value))
            return None
        return value

    def flag(self, key: str) -> bool:
        """A switch, false where it is not named."""
        value = self._take(key, "true or false", required=False)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.fault(key, "true or false", told(value))
        return False

    def choice(self, key: str, among: type[_Choice], default: _Choice | None = None) -> _Choice | None:
        """One of a closed list; None where it is missing or unknown, which is noted."""
        value = self._take(key, _listed(among), required=default is None)
        return default if value is None else self._choice(key, value, among)

    def choices(self, key: str, among: type[_Choice]) -> frozenset[_Choice]:
        """Some of a closed list."""
        found = [self._choice(f"{key}[{i}]", value, among) for i, value in enumerate(self._list(key))]
        return frozenset(value for value in found if value is not None)

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts, each at most once."""
        texts: list[str] = []
        for i, value in enumerate(self._list(key)):
            if not isinstance(value, str):
                self.fault(f"{key}[{i}]", "a text", told(value))
            elif value in texts:
                self.fault(f"{key}[{i}]", "each name once", told(value))
            else:
                texts.append(value)
        return tuple(texts)

    def section(self, key: str, *, required: bool = False) -> "Section | None":
        """A table inside this one."""
        value = self._take(key, "a table", required=required)
        if value is None:
            return None
        if isinstance(value, dict):
            return self._inside(key, value)
        self.fault(key, "a table", told(value))
        return None

    def sections(self, key: str) -> "list[Section]":
        """A list of tables inside this one."""
        parts = []
        for i, value in enumerate(self._list(key)):
            if isinstance(value, dict):
                parts.append(self._inside(f"{key}[{i}]", value))
            else:
                self.fault(f"{key}[{i}]", "a table", told(value))
        return parts

    def finish(self) -> None:
        """Note every key of the file that nobody asked for, with the nearest known one."""
        for key in self._data:
            if key not in self._known:
                self.fault(key, f"a known key ({nearest(key, self._known)})", told(key))

    def _take(self, key: str, expected: str, *, required: bool) -> object:
        self._known.append(key)
        if required and key not in self._data:
            self.fault(key, expected)
        return self._data.get(key)

    def _list(self, key: str) -> list[object]:
        value = self._take(key, "a list", required=False)
        if value is None or isinstance(value, list):
            return value or []
        self.fault(key, "a list", told(value))
        return []

    def _inside(self, key: str, data: Mapping[str, object]) -> "Section":
        where = f"{self._where}.{key}" if self._where else key
        return Section(self._faults, self._file, where, data)

    def _label(self, key: str, value: object) -> Label:
        if not isinstance(value, dict):
            self.fault(key, "texts { vi = ..., en = ... }", told(value))
            return Label(key, key)
        part = self._inside(key, value)
        label = Label(part.text("vi"), part.text("en"))
        part.finish()
        return label

    def _choice(self, key: str, value: object, among: type[_Choice]) -> _Choice | None:
        if isinstance(value, str) and value in list(among):
            return among(value)
        self.fault(key, _listed(among), told(value))
        return None


def _listed(among: type[StrEnum]) -> str:
    return "one of " + ", ".join(among)


def told(found: object) -> str:
    """A value of a file as it is shown in a fault."""
    text = repr(found) if isinstance(found, str) else str(found)
    return text if len(text) <= 60 else text[:57] + "..."
