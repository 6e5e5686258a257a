"""The decision table of the legal clock a second time, in plain Python, written from the reference, not from our SQL.

One project in, one answer out, as in the form of files. No interval arithmetic of a library: days are counted one by
one, so that it is slow and plain. Row numbers and readings are those of the reference, section 1.
"""

import calendar
import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

DAY = timedelta(days=1)
HOLIDAYS = Path(__file__).parents[2] / "data" / "reference" / "holidays.json"
# 1.5, 1.11 no. 16: every kind but swapped weekdays.
OFF = {
    date.fromisoformat(row["date"])
    for row in json.loads(HOLIDAYS.read_text(encoding="utf-8"))["days"]
    if row["kind"] != "swap"
}
TOGETHER = (
    ("handover_date", "handover_record_no", "no_handover"),
    ("progress_form", "progress_end_date", "progress_quarter", "progress_months", "progress_source",
     "progress_adjustments"),
    ("construction_start_date", "construction_start_evidence"),
    ("all_items_complete_date", "all_items_complete_evidence"),
)  # fmt: skip
STATES = {
    "R1": "MANUAL", "R2": "COMPLETE", "R3": "COMPLETE_LATE", "R4": "TERMINATED", "R5": "NO_CLOCK", "R6": "EXT_EXPIRED",
    "R7": "EXT_RUNNING", "R8": "LATE_24M", "R9": "UNUSED_12M", "R10": "HOLD", "R11": "LATE_UNDER_24M",
    "R12a": "DATA_GAP", "R12b": "ON_TRACK",
}  # fmt: skip
ORDER = list(STATES)
LAWS_READ_FROM = date(2014, 7, 1)


def add_months(day: date, months: int) -> date:
    """Same day number, clipped to the end of the month (1.5)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shift(day: date) -> date:
    """The next working day, or the day itself."""
    while day.weekday() >= 5 or day in OFF:
        day += DAY
    return day


def as_date(value: Any) -> date | None:
    """A day from the file."""
    return date.fromisoformat(value) if value else None


def days_of(interval: dict[str, Any]) -> set[date]:
    """All days of an interval, both ends included."""
    begin, end = as_date(interval.get("from")), as_date(interval.get("to"))
    if begin is None or end is None:
        return set()
    return {begin + DAY * n for n in range((end - begin).days + 1)}


def evaluate(project: dict[str, Any], as_of: date) -> dict[str, Any]:
    """The answer for one project."""
    portions = project.get("portions") or []
    if portions:
        units = [Unit(portion["id"], inherited(project, portion), as_of).answer() for portion in portions]
    else:
        units = [Unit("project", project, as_of).answer()]
    areas = [unit["area_in_violation_ha"] for unit in units]
    return {
        "id": project["id"],
        "units": units,
        "area_in_violation_ha": None if None in areas else sum(areas),
    }


def inherited(project: dict[str, Any], portion: dict[str, Any]) -> dict[str, Any]:
    """1.11 no. 11."""
    merged = {
        key: value for key, value in project.items() if key not in ("id", "portions", "area_ha", "handover_area_ha")
    }
    for group in TOGETHER:
        if any(key in portion for key in group):
            for key in group:
                merged.pop(key, None)
    merged.update({key: value for key, value in portion.items() if key != "id"})
    return merged


class Moment:
    """A unit as things stood on one day (1.11 no. 6)."""

    def __init__(self, unit: dict[str, Any], day: date) -> None:
        self.unit, self.day = unit, day
        self.handover = as_date(unit.get("handover_date"))
        self.start = as_date(unit.get("construction_start_date"))
        self.has_start = self.start is not None and bool(unit.get("construction_start_evidence"))
        self.begun = self.has_start and self.start <= day
        self.handed_over = self.begun or (self.handover is not None and self.handover <= day)
        self.fm = [
            days_of(one)
            for one in unit.get("fm_intervals") or []
            if one.get("decided_by") == "chairman" and one.get("document")
        ]
        self.progress_end = self._progress_end()
        self.d12 = add_months(self.handover, 12) if self.handover else None
        self.d24 = add_months(self.progress_end, 24) if self.progress_end else None
        self.d12_fm = self._prolonged(self.handover, self.d12)
        self.d24_fm = self._prolonged(self.progress_end, self.d24)
        self.extensions = [
            one for one in unit.get("extension") or [] if one.get("date") and date.fromisoformat(one["date"]) <= day
        ]
        self.extension_end, self.effective_end = self._extension_ends()

    def _prolonged(self, anchor: date | None, deadline: date | None) -> date | None:
        """No. 1: only the days from the one after the anchor to the deadline, once each."""
        if anchor is None or deadline is None:
            return None
        inside = {day for days in self.fm for day in days if anchor < day <= deadline}
        return deadline + DAY * len(inside)

    def _written(self, progress: dict[str, Any]) -> date | None:
        form = progress.get("progress_form")
        if form is None:
            form = "quarter" if progress.get("progress_quarter") and not progress.get("progress_end_date") else "date"
        months, decided = progress.get("progress_months"), as_date(self.unit.get("allocation_decision_date"))
        if form == "date":
            return as_date(progress.get("progress_end_date"))
        if form == "quarter":
            quarter = progress.get("progress_quarter")
            if not quarter:
                return None
            year, month = int(quarter[:4]), int(quarter[-1]) * 3
            return date(year, month, calendar.monthrange(year, month)[1])
        # No. 8: land handed over later than the decision: from the handover.
        from_decision = decided and max(decided, self.handover or decided)
        anchor = self.handover if form == "months_from_handover" else from_decision
        return add_months(anchor, months) if anchor and months else None

    def _progress_end(self) -> date | None:
        held, last = self.unit, None
        for one in self.unit.get("progress_adjustments") or []:
            decided = as_date(one.get("decided"))
            if decided and decided <= self.day and (last is None or decided >= last):
                held, last = one, decided
        written = self._written(held)
        delayed: set[date] = set()
        for one in self.unit.get("delay_intervals") or []:
            if one.get("document"):
                delayed |= days_of(one)
        return written + DAY * len(delayed) if written else None

    def _extension_ends(self) -> tuple[date | None, date | None]:
        """No. 12, 13 and 3: the end that counts, without and with force majeure."""
        best: tuple[date, date] | None = None
        for one in self.extensions:
            start, end = self._extension(one)
            if end and (best is None or (end, -start.toordinal()) > (best[1], -best[0].toordinal())):
                best = (start, end)
        if best is None:
            return None, None
        start, end = best
        added: set[date] = set()
        for days in self.fm:
            if any(start <= day <= end for day in days):
                added |= days
        return end, end + DAY * len(added)

    def _extension(self, one: dict[str, Any]) -> tuple[date, date | None]:
        decided, printed, months = date.fromisoformat(one["date"]), as_date(one.get("end")), one.get("months")
        anchor, count, deadline = {
            "12m": (self.handover, 12, self.d12),
            "24m": (self.progress_end, 24, self.d24),
        }.get(one.get("ground"), (None, 0, None))
        reported = as_date(
            self.unit.get("inspection_report_date") or (self.unit.get("inspection") or {}).get("report_date")
        )
        late = bool(reported and reported <= self.day and deadline and reported > deadline)
        first = deadline + DAY if deadline else None
        start = as_date(one.get("start"))
        from_month = start == first and not (late and start == decided) if start else not late
        start = start or (decided if late else first)
        computed = None
        if months and from_month and anchor:
            computed = add_months(anchor, count + months)
        elif months and start and not from_month:
            computed = add_months(start, months)
        return start or decided, printed or computed

    def r6(self) -> bool:
        """An extension that is over."""
        return self.effective_end is not None and self.day > shift(self.effective_end)

    def r7(self) -> bool:
        """An extension that runs."""
        return self.effective_end is not None and self.day <= shift(self.effective_end)

    def r8(self) -> bool:
        """24 months late, with and without force majeure."""
        return (
            not self.extensions
            and self.handed_over
            and self.d24 is not None
            and self.day > shift(self.d24)
            and self.day > shift(self.d24_fm)
        )

    def r9(self) -> bool:
        """12 months unused, with and without force majeure."""
        return (
            not self.extensions
            and self.handover is not None
            and not self.begun
            and self.day > shift(self.d12)
            and self.day > shift(self.d12_fm)
        )

    def r10(self) -> bool:
        """As R8 or R9, but only without force majeure."""
        if self.extensions:
            return False
        late = self.handed_over and self.d24 is not None and shift(self.d24) < self.day <= shift(self.d24_fm)
        unused = self.handover is not None and not self.begun and shift(self.d12) < self.day <= shift(self.d12_fm)
        return late or unused

    def r11(self) -> bool:
        """Late, not yet 24 months."""
        return self.handed_over and self.progress_end is not None and self.progress_end < self.day <= shift(self.d24)


class Unit:
    """One unit on the day that is judged."""

    def __init__(self, name: str, unit: dict[str, Any], as_of: date) -> None:
        self.name, self.unit, self.day = name, unit, as_of
        self.now = Moment(unit, as_of)
        complete = as_date(unit.get("all_items_complete_date"))
        self.complete = complete if unit.get("all_items_complete_evidence") and complete and complete <= as_of else None
        self.before = Moment(unit, self.complete - DAY) if self.complete else None
        terminated = as_date(unit.get("termination_date"))
        self.terminated = terminated if terminated and terminated <= as_of else None
        self.late_rows = self._late_rows()
        self.rows = self._rows()
        self.rule = self._lead()

    def _late_rows(self) -> list[str]:
        """What held on the day before completion (R2, R3; no. 7 and 18)."""
        if self.before is None:
            return []
        held = {"R6": self.before.r6(), "R8": self.before.r8(), "R9": self.before.has_start and self.before.r9()}
        return [row for row, holds in held.items() if holds]

    def missing(self) -> list[str]:
        """What a DATA_GAP names."""
        names = []
        if self.now.handover is None and not self.unit.get("no_handover"):
            names.append("handover_date")
        if self.now.progress_end is None:
            names.append("progress_end_date")
        if not self.complete and self.now.extensions and self.now.extension_end is None:
            names.append("extension_end")
        return names

    def _rows(self) -> list[str]:
        now, open_ = self.now, self.complete is None
        holds = {
            "R1": bool(self.unit.get("special_regime")),
            "R2": not open_ and not self.late_rows,
            "R3": not open_ and bool(self.late_rows),
            "R4": self.terminated is not None,
            "R5": bool(self.unit.get("no_handover")) or (now.handover is not None and now.handover > self.day),
            "R6": open_ and now.r6(),
            "R7": open_ and now.r7(),
            "R8": open_ and now.r8(),
            "R9": open_ and now.r9(),
            "R10": open_ and now.r10(),
            "R11": open_ and now.r11(),
            "R12a": bool(self.missing()),
        }
        return [row for row in ORDER if holds.get(row)]

    def _lead(self) -> str:
        lead = self.rows[0] if self.rows else "R12b"
        # No. 9: before R8, behind R7.
        if "extension_end" in self.missing() and ORDER.index(lead) > ORDER.index("R7"):
            lead = "R12a"
        # No. 23.
        spans = self._spans(lead)
        return "R1" if spans and spans[0]["from"] < LAWS_READ_FROM.isoformat() else lead

    def _spans(self, lead: str) -> list[dict[str, Any]]:
        """No. 19."""
        if lead == "R3":
            rows, moment = self.late_rows, self.before
        elif lead in ("R6", "R8", "R9"):
            rows, moment = [row for row in ("R6", "R8", "R9") if row in self.rows], self.now
        else:
            return []
        ends = {"R6": moment.effective_end, "R8": moment.d24_fm, "R9": moment.d12_fm}
        to = self.complete.isoformat() if lead == "R3" else None
        return [{"state": STATES[row], "from": (shift(ends[row]) + DAY).isoformat(), "to": to} for row in rows]

    def past_unused(self) -> dict[str, str] | None:
        """Begun only after the 12 months, without an extension."""
        now = self.now
        if not now.begun or now.handover is None or now.start - DAY <= shift(now.d12_fm):
            return None
        if Moment(self.unit, now.start - DAY).extensions:
            return None
        return {"from": (shift(now.d12_fm) + DAY).isoformat(), "to": now.start.isoformat()}

    def termination_end(self) -> date | None:
        """No. 22."""
        if self.terminated is None:
            return None
        end = add_months(self.terminated, 24)
        inside = {day for days in self.now.fm for day in days if self.terminated < day <= end}
        return end + DAY * len(inside)

    def days_left(self) -> int | None:
        """To the day that the state counts to."""
        now = self.now
        ends: Iterable[date | None]
        if self.rule == "R4":
            ends = [self.termination_end()]
        elif self.rule == "R7":
            ends = [now.effective_end]
        elif self.rule == "R11":
            ends = [now.d24]
        elif self.rule == "R12b":
            ahead = [None if now.begun else now.d12, now.progress_end, now.d24]
            ends = [day for day in ahead if day and day >= self.day]
        else:
            return None
        return min((end - self.day).days for end in ends)

    def area(self) -> float | None:
        """No. 21."""
        if self.rule not in ("R6", "R8", "R9"):
            return 0
        areas = [self.unit[key] for key in ("handover_area_ha", "area_ha") if self.unit.get(key) is not None]
        return min(areas) if areas else None

    def answer(self) -> dict[str, Any]:
        """In the form of files, without notes."""
        now = self.now
        dates = {
            "progress_end": now.progress_end,
            "d12": now.d12, "d12_shifted": now.d12 and shift(now.d12),
            "d12_fm": now.d12_fm, "d12_fm_shifted": now.d12_fm and shift(now.d12_fm),
            "d24": now.d24, "d24_shifted": now.d24 and shift(now.d24),
            "d24_fm": now.d24_fm, "d24_fm_shifted": now.d24_fm and shift(now.d24_fm),
            "month13": now.d12 and now.d12 + DAY, "month25": now.d24 and now.d24 + DAY,
            "extension_end": now.extension_end, "effective_end": now.effective_end,
            "termination_end": self.termination_end(),
        }  # fmt: skip
        return {
            "unit": self.name,
            "rule": self.rule,
            "state": STATES[self.rule],
            "also": [row for row in self.rows if row != self.rule],
            "missing": self.missing(),
            "dates": {name: day.isoformat() if day else None for name, day in dates.items()},
            "days_left": self.days_left(),
            "violations": self._spans(self.rule),
            "past_unused": self.past_unused(),
            "area_in_violation_ha": self.area(),
        }
