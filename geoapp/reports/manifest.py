"""The manifest of a dossier: one SHA-256 for each of its parts, and one for all; made again, it tells what changed.

The same stored data give the same bytes, in any language and on any machine: keys are sorted, numbers are written as
JSON writes them, days and moments as ISO texts, moments in UTC.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from geoapp.errors import N_, InvalidRequest

FORMAT = "geoapp-dossier-1"
# The program that wrote a manifest is named in it, but says nothing about the data.
_NOT_DATA = frozenset({"program"})
_KEYS = frozenset({"format", "case", "event", "as_of", "known_at", "chain", "parts", "program"})


@dataclass(frozen=True)
class Manifest:
    """The bytes of a manifest, and their SHA-256 in hexadecimal."""

    body: bytes
    sha256: str

    @property
    def content(self) -> dict[str, Any]:
        """What it says."""
        said: dict[str, Any] = json.loads(self.body)
        return said


@dataclass(frozen=True)
class Difference:
    """One part that is not as it was. ``then``, ``now``: None where it was, or is, not there."""

    part: str
    item: str
    then: str | None
    now: str | None


@dataclass(frozen=True)
class ManifestHead:
    """Which dossier a manifest is of. ``chain``: SHA-256 at the end of the chain of the case's events."""

    case: str
    event: int
    as_of: date
    known_at: datetime
    chain: str
    program: str


def build_manifest(head: ManifestHead, parts: Mapping[str, Mapping[str, object]]) -> Manifest:
    """A manifest. Args: parts - by name, each a mapping from its items to plain values, which are hashed."""
    said = {
        "format": FORMAT,
        "case": head.case,
        "event": head.event,
        "as_of": head.as_of,
        "known_at": head.known_at,
        "chain": head.chain,
        "program": head.program,
        "parts": {
            name: {item: digest(value) for item, value in sorted(items.items())} for name, items in parts.items()
        },
    }
    return _manifest_of(canonical(said))


def parse_manifest(body: bytes) -> Manifest:
    """A manifest out of a file. Raises: InvalidRequest - it is none of ours."""
    try:
        said = json.loads(body)
        usual = isinstance(said, dict) and said.keys() == _KEYS and said["format"] == FORMAT
        usual = usual and all(isinstance(items, dict) for items in said["parts"].values())
    except (ValueError, AttributeError):
        usual = False
    if not usual:
        raise InvalidRequest(N_("The manifest in the file cannot be read; it was changed."), parameter="file")
    return _manifest_of(body)


def compare_manifests(then: Manifest, now: Manifest) -> list[Difference]:
    """What is not as it was; nothing: all parts agree. The version of the program is told by itself, and is no part."""
    old, new = then.content, now.content
    heads = [
        Difference(key, "", _told(old[key]), _told(new[key]))
        for key in sorted(old.keys() - {"parts"} - _NOT_DATA)
        if old[key] != new[key]
    ]
    return heads + [
        Difference(part, item, before, after)
        for part in sorted(old["parts"].keys() | new["parts"].keys())
        for item, before, after in _items(old["parts"].get(part, {}), new["parts"].get(part, {}))
    ]


def canonical(value: object) -> bytes:
    """The one way in which a value is written: JSON with sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain)
    return text.encode("utf-8")


def digest(value: object) -> str:
    """SHA-256 of a value as it is written, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _manifest_of(body: bytes) -> Manifest:
    return Manifest(body, hashlib.sha256(body).hexdigest())


def _items(old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[str, str | None, str | None]]:
    return [
        (item, old.get(item), new.get(item))
        for item in sorted(old.keys() | new.keys())
        if old.get(item) != new.get(item)
    ]


def _told(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    return str(value)
