"""How much a photo proves by itself: what is missing or does not fit makes it weaker, and is told by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

FAR_M = 200.0
"""Farther from the land than this is "far": across a park road one still stands near. A reading of ours."""
FACING_DEG = 35.0
"""Half of what the main lens of a phone sees across (26 mm equivalent, 69 degrees). A reading of ours."""
_VIETNAM = timezone(timedelta(hours=7))
_SLIP = timedelta(minutes=10)


class Weakness(StrEnum):
    """Why a photo proves less than it could."""

    NO_POSITION = "no_position"
    NO_TIME = "no_time"
    NO_HEADING = "no_heading"
    FAR = "far"
    TURNED_AWAY = "turned_away"
    OTHER_DAY = "other_day"
    AFTER_ARRIVAL = "after_arrival"


@dataclass(frozen=True)
class PhotoFit:
    """A photo held against the land: distance in metres (0: inside), degrees that its heading is off, its times."""

    distance_m: float | None
    heading_deg: float | None
    heading_off_deg: float | None
    taken_at: datetime | None
    observed_on: date
    arrived_at: datetime


def weaknesses_of(fit: PhotoFit) -> tuple[Weakness, ...]:
    """What makes a photo weaker, the gravest first; none: place, time and heading are there and fit."""
    return tuple(_weak_in_place(fit)) + tuple(_weak_in_time(fit)) + tuple(_weak_in_heading(fit))


def _weak_in_place(fit: PhotoFit) -> Iterator[Weakness]:
    if fit.distance_m is None:
        yield Weakness.NO_POSITION
    elif fit.distance_m > FAR_M:
        yield Weakness.FAR


def _weak_in_time(fit: PhotoFit) -> Iterator[Weakness]:
    if fit.taken_at is None:
        yield Weakness.NO_TIME
    elif fit.taken_at > fit.arrived_at + _SLIP:
        yield Weakness.AFTER_ARRIVAL
    elif fit.taken_at.astimezone(_VIETNAM).date() != fit.observed_on:
        yield Weakness.OTHER_DAY


def _weak_in_heading(fit: PhotoFit) -> Iterator[Weakness]:
    if fit.heading_deg is None:
        yield Weakness.NO_HEADING
    elif fit.heading_off_deg is not None and fit.heading_off_deg > FACING_DEG:
        yield Weakness.TURNED_AWAY
