"""Online base maps that an operator allows: read from a TOML file and checked before anything starts.

They come from hosts outside, so none is there unless the file names it, each with its attribution and a note on the
names and borders that it shows.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from geoapp.catalog.model import Label
from geoapp.catalog.section import Section, told
from geoapp.errors import N_, ConfigError

_PLACES = ("{z}", "{x}", "{y}")
_ANY_PLACE = re.compile(r"\{[^{}]*\}")
# What may stand in a Content-Security-Policy as a host; no sign that could end the directive.
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_MOST_ZOOM = 22
_DEFAULT_ZOOM = 19


@dataclass(frozen=True)
class BaseMap:
    """One online base map.

    ``note``: what a reader must know of its names and borders; ``max_zoom``: the deepest level that the host has;
    ``referrer``: tell the host the address of this site, which some ask for.
    """

    id: str
    title: Label
    url: str
    attribution: Label
    note: Label
    max_zoom: int = _DEFAULT_ZOOM
    referrer: bool = False

    @property
    def origin(self) -> str:
        """Where its tiles come from, as a source of a Content-Security-Policy."""
        parts = urlsplit(self.url)
        return f"https://{parts.hostname}" + (f":{parts.port}" if parts.port else "")


def load_base_maps(path: Path | None) -> tuple[BaseMap, ...]:
    """The base maps of a file; none without a file. Raises: ConfigError - all faults at once, each by its key."""
    if path is None:
        return ()
    faults: list[str] = []
    try:
        top = Section(faults, path.name, "", tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _refused(path, [f"{path.name}: {error}"]) from error
    made = [_read(section) for section in top.sections("maps")]
    top.finish()
    if not made and not faults:
        top.fault("maps", "at least one table [[maps]]")
    _check_unique([one.id for one in made], top)
    if faults:
        raise _refused(path, faults)
    return tuple(made)


def _refused(path: Path, faults: Sequence[str]) -> ConfigError:
    return ConfigError(N_("GEOAPP_BASE_MAPS: the file %(path)s cannot be used:"), faults, path=path)


def _read(section: Section) -> BaseMap:
    made = BaseMap(
        id=section.name("id") or "",
        title=section.required_label("title"),
        url=section.text("url"),
        attribution=section.required_label("attribution"),
        note=section.required_label("note"),
        max_zoom=section.integer("max_zoom", 0, _MOST_ZOOM) or _DEFAULT_ZOOM,
        referrer=section.flag("referrer"),
    )
    if not section.has("id"):
        section.fault("id", "a name of lower-case letters, digits and underscores")
    if made.url:
        _check_url(made.url, section)
    section.finish()
    return made


def _check_url(url: str, section: Section) -> None:
    places = _ANY_PLACE.findall(url)
    if sorted(places) != sorted(_PLACES):
        section.fault("url", "{z}, {x} and {y}, each once, and no other place", told(url))
    try:
        parts = urlsplit(url)
        fits = parts.scheme == "https" and _HOST.fullmatch(parts.hostname or "") and not parts.username
        fits = fits and "{" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:
        fits = False
    if not fits:
        section.fault("url", "an address https://host/... without user name", told(url))


def _check_unique(ids: Sequence[str], top: Section) -> None:
    for i, one in enumerate(ids):
        if one and one in ids[:i]:
            top.fault(f"maps[{i}].id", "each name once", told(one))
