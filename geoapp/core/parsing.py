"""From text to checked values. What cannot be used is refused by the name of its parameter, with what was expected."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone

from geoapp.errors import N_, InvalidRequest

VIETNAM = timezone(timedelta(hours=7))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 80
# Far off days are slips, and some of them cannot be turned into another time zone.
_YEARS = range(1900, 2201)
# How much of a refused value is said back.
SHOWN = 40


def today() -> date:
    """The day it is in Viet Nam."""
    return datetime.now(VIETNAM).date()


def parse_day(args: Mapping[str, str], name: str) -> date | None:
    """A day; None where it is not given. Raises: InvalidRequest."""
    return _parse_day(name, args[name]) if args.get(name) else None


def parse_known(args: Mapping[str, str], name: str) -> datetime | None:
    """A moment of knowledge: a day (all of it), or a moment with its time zone. Raises: InvalidRequest."""
    return _parse_moment(name, args[name]) if args.get(name) else None


def parse_slug(args: Mapping[str, str], name: str) -> str | None:
    """The name of a park or zone as it stands in addresses; None where it is not given. Raises: InvalidRequest."""
    value = args.get(name)
    if not value:
        return None
    if len(value) > _LONGEST or not _SLUG.fullmatch(value):
        raise InvalidRequest(
            N_("%(parameter)s: expected a name such as khanh-phu, found “%(found)s”."),
            parameter=name,
            found=value[:SHOWN],
        )
    return value


def parse_choice(args: Mapping[str, str], name: str, choices: list[str]) -> str | None:
    """One of some words; None where it is not given. Raises: InvalidRequest."""
    value = args.get(name)
    if not value:
        return None
    if value not in choices:
        raise InvalidRequest(
            N_("%(parameter)s: expected one of %(choices)s, found “%(found)s”."),
            parameter=name,
            choices=", ".join(choices),
            found=value[:SHOWN],
        )
    return value


def parse_whole(args: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    """A whole number within bounds; None where it is not given. Raises: InvalidRequest."""
    value = args.get(name)
    if not value:
        return None
    # No more digits than the bound has: int() takes any, and any script.
    if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
        raise InvalidRequest(
            N_("%(parameter)s: expected a whole number from %(least)s to %(most)s, found “%(found)s”."),
            parameter=name,
            least=least,
            most=most,
            found=value[:SHOWN],
        )
    return int(value)


def _parse_day(name: str, value: str) -> date:
    try:
        if not _DAY.fullmatch(value):
            raise ValueError
        day = date.fromisoformat(value)
        if day.year not in _YEARS:
            raise ValueError
        return day
    except ValueError:
        raise InvalidRequest(
            N_("%(parameter)s: expected a day such as 2026-10-31, found “%(found)s”."),
            parameter=name,
            found=value[:SHOWN],
        ) from None


def _parse_moment(name: str, value: str) -> datetime:
    if _DAY.fullmatch(value):
        # All of that day counts.
        return datetime.combine(_parse_day(name, value), time.max, VIETNAM)
    try:
        # A plus sign in an address arrives as a space.
        moment = datetime.fromisoformat(value.replace(" ", "+") if "T" in value else value)
        if moment.year not in _YEARS:
            raise ValueError
    except ValueError:
        raise InvalidRequest(
            N_("%(parameter)s: expected a day such as 2026-10-31, or 2026-10-31T08:00Z, found “%(found)s”."),
            parameter=name,
            found=value[:SHOWN],
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def told_moment(moment: datetime) -> str:
    """A moment as it stands in an address."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
