"""The working of the legal clock: each date, shift and interval that counted, so that a person can redo it by hand.

Sentences are templates with places; days in them are dates, which the page writes in the manner of its language. The
page of a case and the dossier show the same steps.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from geoapp.errors import N_

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sentence:
    """A sentence of the working: ``template`` is a message, ``params`` what goes into its places."""

    template: str
    params: Mapping[str, object]


@dataclass(frozen=True)
class Step:
    """One date and how it was found. ``rule``: key of the threshold or row that it rests on; ``readings``: keys."""

    title: str
    day: date | None
    how: tuple[Sentence, ...]
    rule: str | None = None
    readings: tuple[str, ...] = ()


def build_working(fields: Mapping[str, Any], verdict: Any, as_of: date) -> tuple[Step, ...]:
    """The steps of one unit, in the order in which a person would take them.

    Args: fields - what is known of the unit, by the names of files; verdict - a row of ``read_verdicts``.
    """
    return tuple(
        step
        for step in (
            _handover(fields, as_of),
            _progress(fields, verdict),
            _deadline(fields, verdict, "12"),
            _deadline(fields, verdict, "24"),
            _extension(fields, verdict),
            _start(fields, as_of),
            _completion(fields, as_of),
            _termination(fields, verdict, as_of),
        )
        if step
    )


def _say(template: str, **params: object) -> Sentence:
    return Sentence(template, params)


def _day(fields: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(fields[name]) if fields.get(name) else None


def _handover(fields: Mapping[str, Any], as_of: date) -> Step:
    day = _day(fields, "handover_date")
    if day is None:
        known = fields.get("no_handover")
        said = _say(
            N_("It is known that no handover took place.") if known else N_("Not on record: a gap in the data.")
        )
        return Step(N_("Handover on site"), None, (said,), "R5" if known else "R12a")
    number = fields.get("handover_record_no")
    how = [_say(N_("Record no. %(number)s."), number=number)] if number else []
    if day > as_of:
        how.append(_say(N_("After the day that is judged: until then no handover took place.")))
    readings = ("before_handover",) if day > as_of else ()
    return Step(N_("Handover on site"), day, tuple(how), None, readings)


_FORMS = {
    "date": N_("Written as a day: %(written)s."),
    "quarter": N_("Written as a quarter; its last day is %(written)s."),
    "months_from_handover": N_("Written as %(months)s months from the handover: %(written)s."),
    "months_from_decision": N_(
        "Written as %(months)s months from the decision, from the handover where that was later: %(written)s."
    ),
}


def _progress(fields: Mapping[str, Any], verdict: Any) -> Step:
    held = fields
    if verdict.adjusted_on:
        adjusted = [one for one in fields["progress_adjustments"] if _day(one, "decided") == verdict.adjusted_on]
        held = adjusted[-1]
    how = []
    if verdict.adjusted_on:
        how.append(_say(N_("As adjusted on %(decided)s."), decided=verdict.adjusted_on))
    if verdict.progress_written is None:
        how.append(_say(N_("Not on record: a gap in the data.")))
        return Step(N_("End of progress"), None, tuple(how), "R12a")
    form = held.get("progress_form") or ("date" if held.get("progress_end_date") else "quarter")
    how.append(_say(_FORMS[form], written=verdict.progress_written, months=held.get("progress_months")))
    if verdict.delay_days:
        how.append(_say(N_("Delays by authorities add %(days)s days."), days=verdict.delay_days))
        how += [_interval(one) for one in fields["delay_intervals"] if one.get("document")]
    readings = {"quarter": ("quarter_end",), "months_from_decision": ("months_from_decision",)}.get(form, ())
    delayed = ("delay_days", "delays_after_end") if verdict.delay_days else ()
    return Step(N_("End of progress"), verdict.progress_end, tuple(how), None, (*readings, *delayed))


def _interval(one: Mapping[str, Any]) -> Sentence:
    return _say(
        N_("%(document)s: from %(from)s to %(to)s, both included."),
        document=one["document"],
        **{"from": _day(one, "from"), "to": _day(one, "to")},
    )


def _deadline(fields: Mapping[str, Any], verdict: Any, months: str) -> Step | None:
    names = {"12": ("d12", "fm12_days", "unused_months"), "24": ("d24", "fm24_days", "late_months")}
    name, counted, rule = names[months]
    day, shifted = getattr(verdict, name), getattr(verdict, f"{name}_shifted")
    anchor = _day(fields, "handover_date") if months == "12" else verdict.progress_end
    if day is None or anchor is None:
        return None
    template = N_("%(months)s months from %(anchor)s; the day itself is not counted.")
    how = [_say(template, months=months, anchor=anchor), *_shift(day, shifted)]
    readings = ["shift_deadlines"] if shifted != day else []
    added = getattr(verdict, counted)
    if added:
        readings += ["force_majeure_window", "hold"]
        how += [*_inside(fields, anchor + _DAY, day), _say(
            N_("With %(days)s days of force majeure: %(day)s, a violation only after %(shifted)s."),
            days=added, day=getattr(verdict, f"{name}_fm"), shifted=getattr(verdict, f"{name}_fm_shifted"),
        )]  # fmt: skip
    title = N_("12 months after the handover") if months == "12" else N_("24 months after the end of progress")
    return Step(title, day, tuple(how), rule, tuple(readings))


def _shift(day: date, shifted: date) -> Iterator[Sentence]:
    if shifted != day:
        template = N_("A weekend or public holiday: the period ends on the next working day, %(shifted)s.")
        yield _say(template, shifted=shifted)


def _decided(fields: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], date, date]]:
    """Intervals of force majeure that count."""
    for one in fields.get("fm_intervals", ()):
        begins, ends = _day(one, "from"), _day(one, "to")
        if one.get("decided_by") == "chairman" and one.get("document") and begins and ends:
            yield one, begins, ends


def _inside(fields: Mapping[str, Any], first: date, last: date) -> Iterator[Sentence]:
    for one, begins, ends in _decided(fields):
        from_day, to_day = max(begins, first), min(ends, last)
        if from_day <= to_day:
            yield _say(
                N_("Force majeure by %(document)s: %(from)s to %(to)s lies inside, %(days)s days."),
                document=one["document"],
                days=(to_day - from_day).days + 1,
                **{"from": from_day, "to": to_day},
            )


_BASES = {
    "decision": N_("It runs from the day of the decision."),
    "month": N_("It runs from the first day after the deadline, %(starts)s."),
    "printed": N_("It runs from the printed day, %(starts)s, which is not counted."),
}


def _extension(fields: Mapping[str, Any], verdict: Any) -> Step | None:
    if verdict.extension_decided is None:
        return None
    how = [
        _say(
            N_("Decision %(number)s of %(decided)s, %(months)s months."),
            number=verdict.extension_no or "–",
            decided=verdict.extension_decided,
            months=verdict.extension_months or "–",
        )
    ]
    if verdict.extension_starts:
        how.append(_say(_BASES[verdict.extension_basis], starts=verdict.extension_starts))
    if verdict.extension_printed and verdict.extension_computed not in (None, verdict.extension_printed):
        how.append(_say(N_("Printed end %(printed)s; counted it would be %(computed)s. The printed one holds."),
                        printed=verdict.extension_printed, computed=verdict.extension_computed))  # fmt: skip
    if verdict.extension_end is None:
        how.append(_say(N_("Its end is neither printed nor to be computed.")))
        return Step(N_("End of the extension"), None, tuple(how), "R12a", ("extension_without_end",))
    readings = ["several_extensions", "extension_start"]
    if verdict.fm_extension_days:
        readings.append("force_majeure_extension")
        begins = verdict.extension_starts or verdict.extension_decided
        how += [
            _interval(one) for one, first, last in _decided(fields) if first <= verdict.extension_end and last >= begins
        ]
        how.append(_say(N_("Counted from the end of the extension: %(days)s days of force majeure, to %(day)s."),
                        days=verdict.fm_extension_days, day=verdict.effective_end))  # fmt: skip
    if verdict.effective_end_shifted != verdict.effective_end:
        readings.append("shift_extension")
    how += _shift(verdict.effective_end, verdict.effective_end_shifted)
    return Step(N_("End of the extension"), verdict.effective_end, tuple(how), "R7", tuple(readings))


def _fact(fields: Mapping[str, Any], as_of: date, title: str, names: tuple[str, str]) -> Step | None:
    day, evidence = _day(fields, names[0]), fields.get(names[1])
    if day is None:
        return None
    if not evidence:
        return Step(title, day, (_say(N_("Without evidence it counts for nothing.")),))
    how = [_say(N_("Evidence: %(evidence)s."), evidence=evidence)]
    if day > as_of:
        how.append(_say(N_("After the day that is judged: it does not count yet.")))
    return Step(title, day, tuple(how))


def _start(fields: Mapping[str, Any], as_of: date) -> Step | None:
    return _fact(fields, as_of, N_("Construction began"), ("construction_start_date", "construction_start_evidence"))


def _completion(fields: Mapping[str, Any], as_of: date) -> Step | None:
    return _fact(fields, as_of, N_("All items complete"), ("all_items_complete_date", "all_items_complete_evidence"))


def _termination(fields: Mapping[str, Any], verdict: Any, as_of: date) -> Step | None:
    day = _day(fields, "termination_date")
    if day is None or day > as_of:
        return None
    how = [_say(N_("24 months to transfer or sell, from the termination on %(day)s."), day=day)]
    if verdict.fm_termination_days:
        how.append(_say(N_("With %(days)s days of force majeure inside them."), days=verdict.fm_termination_days))
    return Step(N_("End of the time to sell"), verdict.termination_end, tuple(how), "R4",
                ("termination_force_majeure",) if verdict.fm_termination_days else ())  # fmt: skip
