"""Words and numbers of the pages that compare two moments."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import Flask, url_for
from flask_babel import gettext

from geoapp.core.months import end_of_month, months_before
from geoapp.errors import N_
from geoapp.services.changes_figures import FIGURES, SHARE_FIGURES, Figure
from geoapp.services.moment import Moment
from geoapp.web.formats import number, unit_sign
from geoapp.web.page_parts import code_label

SHARE_TITLES = {
    "clearance_cumulative": N_("Cleared to date (share)"),
    "clean_site": N_("Clean site (share)"),
    "infrastructure_completeness": N_("Infrastructure completeness"),
    "occupancy": N_("Occupancy (share)"),
}
SHARES_GROUP = N_("Shares of the monthly reports")
SHARE_REASONS = {
    "figures": N_("figures of the park changed"),
    "entered": N_("newly counted: had no valid figure before"),
    "method": N_("method changed"),
    "stale": N_("no longer counted: figure too old"),
    "missing": N_("no longer counted: no figure"),
}
STEP_WORDS = {"correction": N_("correction of the figures"), "change": N_("change between the days")}
_MINUS, _PLUS = "\u2212", "+"
_NOT_BEGUN = N_("not begun")
_NOT_RECORDED = N_("not recorded")


def use_change_words(app: Flask) -> None:
    """What the templates of these pages may ask."""
    app.jinja_env.filters |= {"as_difference": as_difference, "exact": exact}
    app.jinja_env.globals |= {
        "reason_words": reason_words,
        "changes_address": changes_address,
        "figure_title": figure_title,
        "SHARE_REASONS": SHARE_REASONS,
        "STEP_WORDS": STEP_WORDS,
    }


def changes_address(kind: str, name: str, code: str, moment: Moment) -> str | None:
    """Where it is told how a share came to what it is, from the end of the month before.

    None for other figures, and where there are none of the month before.
    """
    before = end_of_month(months_before(moment.as_of, 1))
    if not is_share(code) or kind not in {"park", "zone", "province"} or moment.first is None or before < moment.first:
        return None
    asked: dict[str, Any] = {"from": before, "to": moment.as_of, **({} if kind == "province" else {kind: name})}
    return url_for("changes.show", figure=code, **asked)


def as_difference(value: float | Decimal | Fraction | None, unit: str, decimals: int) -> str:
    """A difference with its sign: +15,35 ha, −3 ha; no sign for nought."""
    if value is None:
        return str(gettext("cannot be compared"))
    if round(value, decimals) == 0:
        return exact(0, unit, 0)
    size = value if value > 0 else -value
    return (_PLUS if value > 0 else _MINUS) + exact(size, unit, decimals)


def exact(value: float | Decimal | Fraction | None, unit: str, decimals: int) -> str:
    """A number with all of its decimals, so that columns of them stand in line, and its unit."""
    if value is None:
        return str(gettext("no data"))
    told = number(float(value), decimals, keep=True)
    sign = unit_sign(unit)
    return f"{told}\u00a0{sign}" if sign else told


def figure_title(code: str) -> str:
    """The title of a figure or a share."""
    return str(gettext(FIGURES[code].title if code in FIGURES else SHARE_TITLES[code]))


def reason_words(figure: Figure, step: str, reason: str) -> str:
    """What a clerk calls a part: newly leased, returned, re-measured; of a correction that it is one."""
    words = str(gettext(figure.words[reason]))
    return str(gettext("correction: %(reason)s", reason=words)) if step == "correction" else words


def state_words(figure: Figure, state: str | None, *, is_known: bool) -> str:
    """The state of a thing at one end; ``is_known``: the thing was recorded then, and its size known."""
    if state is None:
        return str(gettext(_NOT_BEGUN if is_known else _NOT_RECORDED))
    return code_label(figure.codes, state)


def is_share(figure: str) -> bool:
    """Whether a figure is a share of the monthly reports."""
    return figure in SHARE_FIGURES
