"""Single fields of a file of the legal clock: what each may hold. A value that cannot be used says why."""

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from geoapp.errors import N_

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_QUARTER = re.compile(r"(\d{4})-Q[1-4]")
# Far off days are slips.
YEARS = range(1900, 2201)
_LONGEST_TEXT = 2000
_MOST_ITEMS = 200
_MOST_MONTHS = 600
_LARGEST_HA = 1e7
_SHOWN = 40
FORMS = ("date", "quarter", "months_from_handover", "months_from_decision")
GROUNDS = ("12m", "24m")

Judge = Callable[[Any], Any]


class Unfit(Exception):  # noqa: N818 - caught where the file is read, which knows the name of the field
    """A value that cannot be used. ``field``: the part of the value that is meant, empty for all of it."""

    def __init__(self, template: str, field: str = "", **params: object) -> None:
        super().__init__(template)
        self.template = template
        self.field = field
        self.params = params


def shown(value: object) -> str:
    """A value as it is told back: short, on one line."""
    told = " ".join(str(value).split())
    return told if len(told) <= _SHOWN else told[: _SHOWN - 1] + "…"


def judge_day(value: Any) -> str:
    """A day, as ISO text."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            if date.fromisoformat(value).year in YEARS:
                return value
        except ValueError:
            pass
    raise Unfit(N_("expected a day such as 2026-10-31, found “%(found)s”"), found=shown(value))


def judge_text(value: Any) -> str | None:
    """A text; one of blanks only is none."""
    if not isinstance(value, str):
        raise Unfit(N_("expected a text, found “%(found)s”"), found=shown(value))
    text = value.strip()
    if len(text) > _LONGEST_TEXT or "\0" in text or any("\ud800" <= mark <= "\udfff" for mark in text):
        raise Unfit(N_("expected a text of at most %(most)s readable characters"), most=_LONGEST_TEXT)
    return text or None


def judge_flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Unfit(N_("expected true or false, found “%(found)s”"), found=shown(value))
    return value


def judge_area(value: Any) -> float:
    """Hectares."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LARGEST_HA:
        raise Unfit(N_("expected a number of hectares, found “%(found)s”"), found=shown(value))
    if not math.isfinite(value):
        raise Unfit(N_("expected a number of hectares, found “%(found)s”"), found=shown(value))
    return value


def judge_months(value: Any) -> int:
    """A whole number of months."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MOST_MONTHS:
        raise Unfit(
            N_("expected a whole number of months from 1 to %(most)s, found “%(found)s”"),
            most=_MOST_MONTHS,
            found=shown(value),
        )
    return value


def judge_quarter(value: Any) -> str:
    """A quarter such as 2027-Q4."""
    found = _QUARTER.fullmatch(value) if isinstance(value, str) else None
    if not found or int(found[1]) not in YEARS:
        raise Unfit(N_("expected a quarter such as 2027-Q4, found “%(found)s”"), found=shown(value))
    return str(value)


def judge_choice(choices: tuple[str, ...]) -> Judge:
    """One of some words."""

    def judge(value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise Unfit(
                N_("expected one of %(choices)s, found “%(found)s”"), choices=", ".join(choices), found=shown(value)
            )
        return value

    return judge


def judge_object(fields: dict[str, Judge], check: Callable[[dict[str, Any]], None] | None = None) -> Judge:
    """An object of known fields; unknown values (null) are left out."""

    def judge(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Unfit(N_("expected an object with fields, found “%(found)s”"), found=shown(value))
        judged = {}
        for name, one in value.items():
            if name not in fields:
                raise Unfit(N_("this field is not known here; known are %(known)s"), name, known=", ".join(fields))
            if one is not None:
                try:
                    judged[name] = fields[name](one)
                except Unfit as unfit:
                    unfit.field = f"{name}.{unfit.field}" if unfit.field else name
                    raise
        if check:
            check(judged)
        return judged

    return judge


def judge_list(item: Judge) -> Judge:
    """A list of such objects."""

    def judge(value: Any) -> list[Any]:
        if not isinstance(value, list) or len(value) > _MOST_ITEMS:
            raise Unfit(
                N_("expected a list of at most %(most)s, found “%(found)s”"), most=_MOST_ITEMS, found=shown(value)
            )
        judged = []
        for place, one in enumerate(value):
            try:
                judged.append(item(one))
            except Unfit as unfit:
                unfit.field = f"[{place}]" + (f".{unfit.field}" if unfit.field else "")
                raise
        return judged

    return judge


def check_order(first: str, last: str) -> Callable[[dict[str, Any]], None]:
    """A check that one day does not come after another; ISO days compare as texts."""

    def check(fields: dict[str, Any]) -> None:
        if fields.get(first) and fields.get(last) and fields[first] > fields[last]:
            raise Unfit(
                N_("%(first)s %(from)s is after %(last)s %(to)s"),
                last,
                first=first,
                last=last,
                **{"from": fields[first], "to": fields[last]},
            )

    return check
