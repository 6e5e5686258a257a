"""What says how far a map can be trusted: days, quality, sources, maker; and the code that opens it on screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import segno
from babel.dates import format_date

from geoapp.errors import N_
from geoapp.maps.sheet.colours import DEMO, SECOND
from geoapp.maps.sheet.ink import Box, Ink, Link, Look, Points, Shapes, Type
from geoapp.maps.sheet.lettering import BOLD, wrap
from geoapp.maps.sheet.model import Sheet

_QR = 21.0
_QUIET_MODULES = 4
_PT = 6.2
_MOST_SHARE = 0.5
_SOURCE_LINES = 7


@dataclass(frozen=True)
class _Line:
    text: str
    style: Type


def notes_height(ink: Ink, width: float, most: float, sheet: Sheet) -> float:
    """How high the notes are in a column, at most a share of it."""
    k = ink.symbol
    lines = _lines(sheet, width - _code_room(sheet, k), k)
    text = sum(line.style.leading for line in lines) + 1.5 * k
    return min(max(text, (_QR + 3.5) * k if sheet.link else 0.0), most * _MOST_SHARE)


def draw_notes(ink: Ink, box: Box, sheet: Sheet) -> None:
    """Notes on the left, the code on the right; what does not fit is the end of the list of sources."""
    k = ink.symbol
    if sheet.link:
        draw_code(ink, Box(box.right - _QR * k, box.top - _QR * k, _QR * k, _QR * k), sheet)
    y = box.top
    lines = _lines(sheet, box.width - _code_room(sheet, k), k)
    for line in lines:
        y -= line.style.leading
        if y < box.y - 0.5 * k:
            break
        ink.text((box.x, y + line.style.height * 0.2), line.text, line.style)


def draw_code(ink: Ink, box: Box, sheet: Sheet) -> None:
    """The QR code of the link, with what it does below it."""
    modules, count = _code(sheet.link)
    side = box.width / (count + 2 * _QUIET_MODULES)
    places = modules * side + (box.x, box.y)
    ink.rectangle(box, Look(fill="#ffffff"))
    ink.items.append(Shapes(Look(fill="#000000"), [list(places)]))
    ink.items.append(Link(box, sheet.link))
    style = Type(5.2 * ink.symbol, colour=SECOND)
    for i, line in enumerate(wrap(sheet.say(N_("Opens this map on screen")), style.size_pt, box.width)[:2]):
        width = style.width(line)
        ink.text((box.x + (box.width - width) / 2, box.y - (0.9 + i * 2.3) * ink.symbol), line, style)


@lru_cache(maxsize=64)
def _code(link: str) -> tuple[Points, int]:
    """Corners of the dark runs of each row, (runs, 4, 2), in modules from the lower left; modules of a side."""
    matrix = np.array([list(row) for row in segno.make_qr(link, error="m").matrix], dtype=np.int8)
    count = len(matrix)
    edges = np.diff(np.pad(matrix, ((0, 0), (1, 1))), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    low = count - 1 - rows + _QUIET_MODULES
    left, right = starts + _QUIET_MODULES, ends + _QUIET_MODULES
    corners = [(left, low), (right, low), (right, low + 1), (left, low + 1)]
    return np.stack([np.column_stack(corner) for corner in corners], axis=1).astype(float), count


def _code_room(sheet: Sheet, k: float) -> float:
    return (_QR + 2.5) * k if sheet.link else 0.0


def _lines(sheet: Sheet, width: float, k: float) -> list[_Line]:
    plain, strong = Type(_PT * k, colour=SECOND), Type(_PT * 1.08 * k, BOLD)
    demo = Type(_PT * k, BOLD, colour=DEMO)
    lines = _wrapped(sheet.say(N_("Data to %(day)s")) % {"day": told_day(sheet.as_of, sheet.language)}, width, strong)
    if sheet.known_at is not None:
        told = sheet.say(N_("As known on %(day)s")) % {"day": told_day(sheet.known_at, sheet.language)}
        lines += _wrapped(told, width, plain)
    if has_demo(sheet):
        lines += _wrapped(sheet.say(N_("Demonstration data, not official figures")), width, demo)
    for note in sheet.notes:
        lines += _wrapped(note, width, plain)
    if sheet.maker:
        lines += _wrapped(sheet.say(N_("Made by: %(maker)s")) % {"maker": sheet.maker}, width, plain)
    return [*lines, *_sources(sheet, width, plain)]


def _sources(sheet: Sheet, width: float, style: Type) -> list[_Line]:
    """The sources in some lines; of the others it is told how many there are."""
    if not sheet.sources:
        return []
    room = _SOURCE_LINES * width
    told: list[str] = []
    for source in sheet.sources:
        room -= style.width(f"{source}; ")
        if room < 0:
            break
        told.append(source)
    while True:
        text = "; ".join(told)
        if len(told) < len(sheet.sources):
            more = sheet.say(N_("and %(count)s more sources")) % {"count": len(sheet.sources) - len(told)}
            text = f"{text}; {more}" if told else more
        lines = _wrapped(sheet.say(N_("Sources: %(sources)s")) % {"sources": text}, width, style)
        if len(lines) <= _SOURCE_LINES or not told:
            return lines
        told.pop()


def _wrapped(text: str, width: float, style: Type) -> list[_Line]:
    return [_Line(line, style) for line in wrap(text, style.size_pt, width, style.weight)]


def has_demo(sheet: Sheet) -> bool:
    """Some of what is shown is demonstration data."""
    return any(_qualities(layer.frame) for layer in sheet.layers)


def _qualities(frame: object) -> bool:
    column: Iterable[object] = frame["quality"] if "quality" in frame.columns else ()  # type: ignore[index,attr-defined]
    return "demo" in set(column)


def told_day(moment: date, language: str) -> str:
    """A day as 31/10/2026, in English as 31 Oct 2026."""
    return str(format_date(moment, "dd/MM/yyyy" if language == "vi" else "d MMM yyyy", locale=language))
