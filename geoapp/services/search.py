"""Finding things by name or code, with and without accents, and places by their coordinates."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Engine

from geoapp.core.coordinates import Point, read_coordinates
from geoapp.core.words import fold
from geoapp.errors import N_, InvalidRequest
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.store.engine import reading
from geoapp.store.pages import read_rows

LONGEST = 100
FEW, MOST = 6, 50


@dataclass(frozen=True)
class Group:
    """Finds of one kind, the best first, and how many there are of all."""

    kind: str
    of_all: int
    finds: Sequence[Any]


@dataclass(frozen=True)
class Found:
    """What was found for a text. ``alike``: nothing fits, these are only spelt alike."""

    text: str
    moment: Moment
    points: Sequence[Point]
    groups: Sequence[Group]
    alike: bool = False


def find(engine: Engine, text: str, asked: Asked, most: int = FEW) -> Found:
    """Things that fit a text as of a day, at most ``most`` of each kind.

    Raises: InvalidRequest - nothing or too much is asked for, or there are no data at that moment.
    """
    words = " ".join(unicodedata.normalize("NFC", text.replace("\0", " ")).split())
    folded = fold(words)
    # Accents without a letter are nothing to look for, and would be found everywhere.
    if not folded.strip() or len(words) > LONGEST:
        raise InvalidRequest(
            N_("q: expected 1 to %(most)s characters to look for, found %(found)s."),
            parameter="q",
            most=LONGEST,
            found=len(words),
        )
    points = read_coordinates(words)
    with reading(engine) as connection:
        moment = choose_moment(connection, asked)
        *park_words, code = folded.split(" ")
        bound = {
            **moment.parameters,
            "asked": words.lower(),
            "bare": folded,
            "folded": _literal(folded),
            "code": _literal(code),
            "park_words": _literal(" ".join(park_words)),
            "most": most,
        }
        rows: Sequence[Any] = read_rows(connection, "search", bound)
        alike = not rows and not points
        if alike:
            rows = read_rows(connection, "search_alike", {**moment.parameters, "folded": folded})
    groups = [Group(kind, finds[0].of_all, finds) for kind, finds in _by_kind(rows)]
    return Found(words, moment, points, groups, alike and bool(rows))


def _literal(words: str) -> str:
    """Words for LIKE, in which its own signs stand for themselves."""
    return words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _by_kind(rows: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    return [(kind, list(finds)) for kind, finds in groupby(rows, lambda row: row.kind)]
