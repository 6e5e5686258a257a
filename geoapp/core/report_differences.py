"""Two contents of one report held against each other: figure by figure, then all that stands around the figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from geoapp.core.report_model import Annex, Content, Figure, RowId, Section

# The address of a figure says as known when, so it differs whenever that does.
_PARTS = ("tables", "charts", "maps")


@dataclass(frozen=True)
class FigureDifference:
    """A figure that is not the same. ``then``, ``now``: None where one content has no such figure.

    ``gone``, ``came``: rows that made it up then and do not now, and the other way round.
    """

    ref: str
    then: Figure | None
    now: Figure | None
    gone: tuple[RowId, ...]
    came: tuple[RowId, ...]

    @property
    def title(self) -> str:
        """What the figure is."""
        known = self.then or self.now
        return known.title if known else ""


@dataclass(frozen=True)
class PartDifference:
    """A part that reads otherwise though its figures may be the same. ``kind``: section, table, chart, sources, …."""

    kind: str
    key: str
    title: str


@dataclass(frozen=True)
class Comparison:
    """What is not the same."""

    figures: tuple[FigureDifference, ...]
    parts: tuple[PartDifference, ...]

    @property
    def agrees(self) -> bool:
        """Whether all is the same."""
        return not self.figures and not self.parts


def compare_contents(then: Content, now: Content) -> Comparison:
    """All differences. What depends on the moment of knowledge alone (addresses, the moment) is none."""
    return Comparison(tuple(_figures(then, now)), tuple(_parts(then, now)))


def _figures(then: Content, now: Content) -> Iterable[FigureDifference]:
    refs = dict.fromkeys([*(one.ref for one in then.figures), *(one.ref for one in now.figures)])
    for ref in refs:
        before, after = then.by_ref.get(ref), now.by_ref.get(ref)
        if before is None or after is None or replace(before, link="") != replace(after, link=""):
            old, new = _rows(before), _rows(after)
            gone, came = tuple(row for row in old if row not in new), tuple(row for row in new if row not in old)
            yield FigureDifference(ref, before, after, gone, came)


def _rows(figure: Figure | None) -> dict[RowId, None]:
    return dict.fromkeys(figure.rows) if figure else {}


def _parts(then: Content, now: Content) -> Iterable[PartDifference]:
    yield from _keyed("section", then.sections, now.sections)
    yield from _keyed("annex", then.annexes, now.annexes)
    for name in _PARTS:
        yield from _keyed(name.removesuffix("s"), getattr(then, name), getattr(now, name))
    if then.sources != now.sources:
        yield PartDifference("sources", "", "")
    if then.notes != now.notes:
        yield PartDifference("notes", "", "")
    for name in ("first", "last", "as_of", "language", "subject", "period", "has_demo"):
        if getattr(then, name) != getattr(now, name):
            yield PartDifference("head", name, "")


def _keyed(kind: str, then: Iterable[Any], now: Iterable[Any]) -> Iterable[PartDifference]:
    before: Mapping[str, Any] = {one.key: one for one in then}
    after: Mapping[str, Any] = {one.key: one for one in now}
    for key in dict.fromkeys([*before, *after]):
        if _bare(before.get(key)) != _bare(after.get(key)):
            yield PartDifference(kind, key, (before.get(key) or after[key]).title)


def _bare(part: Any) -> Any:
    """A part without its address."""
    if part is None or isinstance(part, Section | Annex) or not hasattr(part, "link"):
        return part
    return replace(part, link="")
