"""Softer signals: land that the board may want to look at before the law says anything; a page, and for programs."""

import json
from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from geoapp.core.permissions import Permission
from geoapp.errors import N_
from geoapp.kinds import SoftSignal
from geoapp.services.cases import Signals
from geoapp.web.api_docs import check_names, documented
from geoapp.web.cases.room import cases, my_cases
from geoapp.web.formats import local, number
from geoapp.web.languages import check_language
from geoapp.web.page_parts import begin
from geoapp.web.params import parse_asked, parse_choice, parse_slug, query_of, told_moment
from geoapp.web.permissions import needs

_NOTICE = N_("Softer signals are a choice of the board for its own attention. They are no violation and no finding.")
_SHARES = frozenset({SoftSignal.BUILT_SHARE_LOW, SoftSignal.LAND_USED_LOW})


@cases.get("/cases/signals")
@needs(Permission.CASE_READ)
def signals() -> str:
    """Land with softer signals on a day, by signal."""
    asked = begin()
    found = _found(asked)
    groups = [(name, [row for row in found.rows if row.signal == name.signal]) for name in found.names]
    wanted = request.args.get("signal")
    return render_template(
        "cases/signals.html",
        page=None,
        found=found,
        groups=[(name, rows) for name, rows in groups if not wanted or name.signal == wanted],
        measured=measured_words,
        threshold=threshold_words,
        notice=_(_NOTICE),
        keep=query_of(asked),
    )


@cases.get("/api/signals")
@needs(Permission.CASE_READ)
@documented(
    N_("Softer signals of land use on a day: a choice of the board, no violation."),
    {"application/json": {"type": "object", "required": ["as_of", "notice", "thresholds", "signals"]}},
    takes=("as_of", "known_at", "lang", "signal", "park"),
    refuses=(400, 401, 403),
)
def list_signals() -> Response:
    """The same for programs, with the thresholds in force."""
    check_names()
    check_language()
    found = _found(parse_asked(request.args))
    body = {
        "as_of": found.moment.as_of.isoformat(),
        "known_at": told_moment(found.moment.known_at) if found.moment.known_at else None,
        "notice": _(_NOTICE),
        "thresholds": [
            {"signal": one.signal, "name": local(one, "name"), "told": local(one, "told"), "months": one.months,
             "percent": one.percent}
            for one in found.names
        ],
        "signals": [signal_plain(row) | {"project": row.project, "park": row.park, "case": row.case_id,
                                         "quality": row.quality} for row in found.rows],
    }  # fmt: skip
    return Response(json.dumps(body, ensure_ascii=False), mimetype="application/json")


def _found(asked: Any) -> Signals:
    signal = parse_choice(request.args, "signal", list(SoftSignal))
    return my_cases().signals(asked, signal, parse_slug(request.args, "park"))


def signal_plain(row: Any) -> dict[str, object]:
    """A signal for programs."""
    return {
        "unit": row.unit,
        "signal": row.signal,
        "name": local(row, "name"),
        "since": row.since.isoformat() if row.since else None,
        "measured": row.measured,
        "unit_of_measure": "%" if row.signal in _SHARES else None if row.measured is None else "month",
    }


def measured_words(row: Any) -> str:
    """What was measured, in words; empty where the signal is no figure."""
    if row.measured is None:
        return ""
    if row.signal in _SHARES:
        return f"{number(row.measured, 0)} %"
    return str(ngettext("%(num)s month", "%(num)s months", int(row.measured)))


def figures_words(row: Any) -> str:
    """What was measured beside its threshold."""
    both = measured_words(row), threshold_words(row)
    return " / ".join(filter(None, both))


def threshold_words(row: Any) -> str:
    """The thresholds of a signal in words."""
    months = ngettext("%(num)s month", "%(num)s months", row.months) if row.months else ""
    percent = _("below %(percent)s %%", percent=number(row.percent, 0)) if row.percent else ""
    return ", ".join(filter(None, (str(months), str(percent))))
