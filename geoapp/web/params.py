"""From query strings to checked values. What cannot be used is refused by name, with what was expected."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone

from geoapp.errors import N_, InvalidRequest
from geoapp.services.changes_moments import AskedPair
from geoapp.services.moment import Asked

VIETNAM = timezone(timedelta(hours=7))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 80
# Far off days are slips, and some of them cannot be turned into another time zone.
_YEARS = range(1900, 2201)
# How much of a refused value is said back.
_SHOWN = 40


def today() -> date:
    """The day it is in Viet Nam."""
    return datetime.now(VIETNAM).date()


def parse_asked(args: Mapping[str, str]) -> Asked:
    """The two clocks of a request: ``as_of`` a day, ``known_at`` a day (all of it) or a moment with its time zone."""
    return Asked(
        parse_day(args, "as_of"),
        parse_known(args, "known_at"),
        today(),
    )


def parse_day(args: Mapping[str, str], name: str) -> date | None:
    """A day; None where it is not given. Raises: InvalidRequest."""
    return _parse_day(name, args[name]) if args.get(name) else None


def parse_known(args: Mapping[str, str], name: str) -> datetime | None:
    """A moment of knowledge: a day (all of it), or a moment with its time zone. Raises: InvalidRequest."""
    return _parse_moment(name, args[name]) if args.get(name) else None


def parse_pair(args: Mapping[str, str]) -> AskedPair:
    """Two moments: ``from`` and ``to`` as known at ``known_from`` and ``known_to``.

    Where ``to`` or ``known_to`` is not given, ``as_of`` and ``known_at`` stand for them, as on every page.
    """
    asked = parse_asked(args)
    return AskedPair(
        parse_day(args, "from"),
        parse_day(args, "to") or asked.as_of,
        parse_known(args, "known_from"),
        parse_known(args, "known_to") or asked.known_at,
        asked.today,
    )


def parse_slug(args: Mapping[str, str], name: str) -> str | None:
    """The name of a park or zone as it stands in addresses; None where it is not given. Raises: InvalidRequest."""
    value = args.get(name)
    if not value:
        return None
    if len(value) > _LONGEST or not _SLUG.fullmatch(value):
        raise InvalidRequest(
            N_("%(parameter)s: expected a name such as khanh-phu, found “%(found)s”."),
            parameter=name,
            found=value[:_SHOWN],
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
            found=value[:_SHOWN],
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
            found=value[:_SHOWN],
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
            found=value[:_SHOWN],
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
            found=value[:_SHOWN],
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def query_of(asked: Asked) -> dict[str, str]:
    """The clocks as they stand in an address, for links that keep them."""
    query = {}
    if asked.as_of:
        query["as_of"] = asked.as_of.isoformat()
    if asked.known_at:
        query["known_at"] = told_moment(asked.known_at)
    return query


def told_moment(moment: datetime) -> str:
    """A moment as it stands in an address."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
