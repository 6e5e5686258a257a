"""The figures of a report while it is put together: each gets its reference, and sentences are made of them."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from geoapp.core.report_model import Cell, Figure, Piece, RowId, SourceNote, Text
from geoapp.kinds import Quality

_PLACE = re.compile(r"%\((\w+)\)s")
_RANKS = {str(quality): rank for rank, quality in enumerate(Quality)}


@dataclass(frozen=True)
class Measure:
    """A value with where it comes from, before it has a place in a report. ``missing``: why there is no value."""

    value: float | None
    missing: str = ""
    as_of: date | None = None
    quality: str | None = None
    sources: tuple[str, ...] = ()
    rows: tuple[RowId, ...] = ()
    link: str = ""
    method: str = ""


@dataclass(frozen=True)
class Shape:
    """How a figure is printed: unit in the language of the report, decimals, and whether it is a difference."""

    unit: str
    decimals: int
    is_change: bool = False


class Book:
    """All figures of one report. Args: say - gives the English text of a message in the language of the report."""

    def __init__(self, say: Callable[[str], str]) -> None:
        self.say = say
        self._figures: dict[str, Figure] = {}
        self._sources: dict[str, SourceNote] = {}
        self._letters: dict[str, int] = {}

    @property
    def figures(self) -> tuple[Figure, ...]:
        """In the order in which they were added."""
        return tuple(self._figures.values())

    @property
    def sources(self) -> tuple[SourceNote, ...]:
        """Titles of all sources with the newest day of each, by title."""
        return tuple(self._sources[title] for title in sorted(self._sources))

    @property
    def has_demo(self) -> bool:
        """Whether any figure is demonstration."""
        return any(figure.quality == Quality.DEMO for figure in self._figures.values())

    def add(self, letter: str, title: str, shape: Shape, measure: Measure) -> str:
        """A figure of the section with a letter; its reference, such as C.03."""
        number = self._letters[letter] = self._letters.get(letter, 0) + 1
        return self.place(f"{letter}.{number:02d}", title, shape, measure)

    def place(self, ref: str, title: str, shape: Shape, measure: Measure) -> str:
        """A figure under a reference of its own, such as its place in a table. Raises: ValueError - it is taken."""
        if ref in self._figures:
            raise ValueError(f"reference {ref} is taken")
        self._figures[ref] = Figure(
            ref,
            title,
            measure.value,
            shape.unit,
            shape.decimals,
            "" if measure.value is not None else measure.missing,
            measure.as_of,
            measure.quality,
            "; ".join(measure.sources),
            measure.method,
            measure.rows,
            measure.link,
            shape.is_change,
        )
        for source in measure.sources if measure.value is not None else ():
            self._note(source, measure)
        return ref

    def _note(self, title: str, measure: Measure) -> None:
        """A source; its newest day, and that it is demonstration, are known of figures that come from it alone."""
        known = self._sources.get(title, SourceNote(title))
        if len(measure.sources) == 1:
            days = [day for day in (known.last, measure.as_of) if day]
            is_demo = known.has_demo or measure.quality == Quality.DEMO
            known = replace(known, last=max(days, default=None), has_demo=is_demo)
        self._sources[title] = known

    def sentence(self, message: str, **values: str | Piece) -> Text:
        """A paragraph out of a message: what is named in it becomes a figure (by ``ref``) or a text."""
        said = self.say(message)
        pieces: list[Piece] = []
        place = 0
        for match in _PLACE.finditer(said):
            pieces.append(Piece(said[place : match.start()]))
            value = values[match[1]]
            pieces.append(value if isinstance(value, Piece) else Piece(value))
            place = match.end()
        pieces.append(Piece(said[place:]))
        return Text(tuple(piece for piece in pieces if piece.ref or piece.text))


def ref(reference: str, *, with_unit: bool = True) -> Piece:
    """A figure in a sentence."""
    return Piece(ref=reference, with_unit=with_unit)


def number(reference: str) -> Cell:
    """A figure in a table."""
    return Cell(ref=reference)


def worst(qualities: Iterable[str | None]) -> str | None:
    """The least sure of some qualities; None where there is none."""
    known = [quality for quality in qualities if quality]
    return max(known, key=lambda quality: _RANKS.get(quality, 0), default=None)


def difference(now: Measure, then: Measure) -> Measure:
    """How much more there is now; missing where one of both is."""
    return _of_both(now, then, lambda a, b: a - b)


def growth(now: Measure, then: Measure, nought: str) -> Measure:
    """The same in per cent of what was. Args: nought - why there is none where there was nothing."""
    if then.value == 0 and now.value is not None:
        return replace(now, value=None, missing=nought, rows=(*now.rows, *then.rows))
    return _of_both(now, then, lambda a, b: 100 * (a - b) / b)


def _of_both(now: Measure, then: Measure, made: Callable[[float, float], float]) -> Measure:
    value = None if now.value is None or then.value is None else made(now.value, then.value)
    return replace(
        now,
        value=value,
        missing=now.missing or then.missing,
        quality=worst((now.quality, then.quality)),
        sources=_together(now.sources, then.sources),
        rows=(*now.rows, *then.rows),
    )


def total(measures: Sequence[Measure], missing: str) -> Measure:
    """The sum of what is known. Args: missing - why there is none where nothing is known."""
    known = [measure for measure in measures if measure.value is not None]
    if not known:
        return Measure(None, missing)
    return Measure(
        sum(measure.value or 0 for measure in known),
        as_of=max((measure.as_of for measure in known if measure.as_of), default=None),
        quality=worst(measure.quality for measure in known),
        sources=_together(*(measure.sources for measure in known)),
        rows=tuple(row for measure in known for row in measure.rows),
    )


def _together(*sources: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(title for some in sources for title in some))
