"""From query strings to checked values. What cannot be used is refused by name, with what was expected."""

from collections.abc import Mapping

from geoapp.core.parsing import (
    VIETNAM,
    parse_choice,
    parse_day,
    parse_known,
    parse_slug,
    parse_whole,
    today,
    told_moment,
)
from geoapp.services.changes_moments import AskedPair
from geoapp.services.moment import Asked

__all__ = [
    "VIETNAM",
    "parse_asked",
    "parse_choice",
    "parse_day",
    "parse_known",
    "parse_pair",
    "parse_slug",
    "parse_whole",
    "query_of",
    "today",
    "told_moment",
]


def parse_asked(args: Mapping[str, str]) -> Asked:
    """The two clocks of a request: ``as_of`` a day, ``known_at`` a day (all of it) or a moment with its time zone."""
    return Asked(
        parse_day(args, "as_of"),
        parse_known(args, "known_at"),
        today(),
    )


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


def query_of(asked: Asked) -> dict[str, str]:
    """The clocks as they stand in an address, for links that keep them."""
    query = {}
    if asked.as_of:
        query["as_of"] = asked.as_of.isoformat()
    if asked.known_at:
        query["known_at"] = told_moment(asked.known_at)
    return query
