"""Files of the legal clock: one project with its portions, checked strictly, split into the units that are judged.

The form is that of the reference: ISO dates, unknown is null or absent, no unknown field, nothing contradictory.
What a portion does not state it takes from its project; areas it never takes; fields that belong together are taken
together; null in a portion means unknown.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geoapp.core.clock_fields import (
    FORMS,
    GROUNDS,
    Judge,
    Unfit,
    check_order,
    judge_area,
    judge_choice,
    judge_day,
    judge_flag,
    judge_list,
    judge_months,
    judge_object,
    judge_quarter,
    judge_text,
    shown,
)
from geoapp.errors import N_, FieldFault

_PROGRESS: dict[str, Judge] = {
    "progress_form": judge_choice(FORMS),
    "progress_end_date": judge_day,
    "progress_quarter": judge_quarter,
    "progress_months": judge_months,
}
_INTERVAL: dict[str, Judge] = {"from": judge_day, "to": judge_day, "document": judge_text}
_EXTENSION: dict[str, Judge] = {
    "no": judge_text,
    "date": judge_day,
    "ground": judge_choice(GROUNDS),
    "start": judge_day,
    "months": judge_months,
    "end": judge_day,
    "area_ha": judge_area,
    "paid": judge_flag,
}
_INSPECTION: dict[str, Judge] = {
    "decision_no": judge_text,
    "decision_date": judge_day,
    "announced_date": judge_day,
    "record_date": judge_day,
    "report_date": judge_day,
}
_FIELDS: dict[str, Judge] = {
    "special_regime": judge_text,
    "land_basis": judge_text,
    "allocation_decision_date": judge_day,
    "handover_date": judge_day,
    "handover_record_no": judge_text,
    "no_handover": judge_flag,
    "area_ha": judge_area,
    "handover_area_ha": judge_area,
    **_PROGRESS,
    "progress_source": judge_text,
    "progress_adjustments": judge_list(judge_object({"decided": judge_day, **_PROGRESS})),
    "construction_start_date": judge_day,
    "construction_start_evidence": judge_text,
    "all_items_complete_date": judge_day,
    "all_items_complete_evidence": judge_text,
    "fm_intervals": judge_list(
        judge_object({**_INTERVAL, "decided_by": judge_text, "decided": judge_day}, check_order("from", "to"))
    ),
    "delay_intervals": judge_list(judge_object(_INTERVAL, check_order("from", "to"))),
    "inspection": judge_object(_INSPECTION),
    "extension_request_date": judge_day,
    "extension": judge_list(judge_object(_EXTENSION, check_order("start", "end"))),
    "published_date": judge_day,
    "remedied_date": judge_day,
    "suspension": judge_list(judge_object(_INTERVAL, check_order("from", "to"))),
    "termination_date": judge_day,
}
_AREAS = frozenset({"area_ha", "handover_area_ha"})
_TOGETHER = (
    frozenset({"handover_date", "handover_record_no", "no_handover"}),
    frozenset({*_PROGRESS, "progress_source", "progress_adjustments"}),
    frozenset({"construction_start_date", "construction_start_evidence"}),
    frozenset({"all_items_complete_date", "all_items_complete_evidence"}),
)
WHOLE = "project"


@dataclass(frozen=True)
class ClockUnit:
    """What the clock judges: ``name`` is "project" or the id of a portion, ``fields`` what is known of it."""

    name: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class ClockFile:
    """A project with its units. ``id`` as it was given: text or whole number."""

    id: str | int
    units: tuple[ClockUnit, ...]


def parse_line(line: str) -> tuple[ClockFile | None, list[FieldFault]]:
    """One line of JSON, or its faults."""
    value, faults = parse_value(line)
    return (None, faults) if faults else parse_project(value)


def parse_value(text: str) -> tuple[Any, list[FieldFault]]:
    """What a JSON text says; a field that is stated twice, or a number that is none, is a fault."""
    try:
        return json.loads(text, object_pairs_hook=_unrepeated, parse_constant=_no_constant), []
    except Unfit as unfit:
        return None, [FieldFault(unfit.field, unfit.template, unfit.params)]
    except (ValueError, RecursionError):
        return None, [FieldFault("", N_("this is no JSON: “%(found)s”"), {"found": shown(text)})]


def parse_project(value: object) -> tuple[ClockFile | None, list[FieldFault]]:
    """A project as it comes from JSON, or all of its faults."""
    if not isinstance(value, dict):
        return None, [FieldFault("", N_("expected an object with fields, found “%(found)s”"), {"found": shown(value)})]
    faults: list[FieldFault] = []
    key = value.get("id")
    if isinstance(key, bool) or not isinstance(key, str | int) or not str(key).strip() or len(str(key)) > 200:
        faults.append(FieldFault("id", N_("expected a name of the project, found “%(found)s”"), {"found": shown(key)}))
    project = _judge(value, "", {"id", "portions"}, faults)
    portions = _judge_portions(value.get("portions"), faults)
    if faults or isinstance(key, bool) or not isinstance(key, str | int):
        return None, faults
    if not portions:
        return ClockFile(key, (ClockUnit(WHOLE, _flat(project)),)), []
    return ClockFile(key, tuple(ClockUnit(name, _flat(_inherit(project, own))) for name, own in portions)), []


def _judge(value: Mapping[str, Any], before: str, other: set[str], faults: list[FieldFault]) -> dict[str, Any]:
    """The known fields of a project or portion; a null stays, for it means unknown."""
    judged: dict[str, Any] = {}
    for name, one in value.items():
        if name in other:
            continue
        judge = _FIELDS.get(name)
        if judge is None:
            faults.append(FieldFault(before + shown(name), N_("this field is not known"), {}))
        elif one is None:
            judged[name] = None
        else:
            try:
                judged[name] = judge(one)
            except Unfit as unfit:
                dot = "." if unfit.field and not unfit.field.startswith("[") else ""
                faults.append(FieldFault(f"{before}{name}{dot}{unfit.field}", unfit.template, unfit.params))
    faults += _contradictions(judged, before)
    return judged


def _contradictions(fields: Mapping[str, Any], before: str) -> Iterable[FieldFault]:
    if fields.get("no_handover") and fields.get("handover_date"):
        yield FieldFault(
            before + "no_handover",
            N_("it is said that no handover took place, and that it was on %(handed)s"),
            {"handed": fields["handover_date"]},
        )
    start, complete = fields.get("construction_start_date"), fields.get("all_items_complete_date")
    if start and complete and complete < start:
        yield FieldFault(
            before + "all_items_complete_date",
            N_("complete on %(complete)s, before construction began on %(start)s"),
            {"complete": complete, "start": start},
        )


def _judge_portions(value: object, faults: list[FieldFault]) -> list[tuple[str, dict[str, Any]]]:
    if value is None:
        return []
    if not isinstance(value, list):
        faults.append(
            FieldFault("portions", N_("expected a list of portions, found “%(found)s”"), {"found": shown(value)})
        )
        return []
    portions: list[tuple[str, dict[str, Any]]] = []
    names: set[str] = set()
    for place, one in enumerate(value):
        at = f"portions[{place}]"
        if not isinstance(one, dict):
            faults.append(
                FieldFault(at, N_("expected an object with fields, found “%(found)s”"), {"found": shown(one)})
            )
            continue
        key = one.get("id")
        if isinstance(key, bool) or not isinstance(key, str | int) or not str(key).strip() or len(str(key)) > 200:
            faults.append(
                FieldFault(f"{at}.id", N_("expected a name of the portion, found “%(found)s”"), {"found": shown(key)})
            )
        elif str(key) in names or str(key) == WHOLE:
            faults.append(
                FieldFault(f"{at}.id", N_("“%(found)s” is already the name of another unit"), {"found": shown(key)})
            )
        names.add(str(key))
        portions.append((str(key), _judge(one, f"{at}.", {"id"}, faults)))
    return portions


def _inherit(project: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of a portion."""
    kept = set(project) - _AREAS
    for group in _TOGETHER:
        if not group.isdisjoint(own):
            kept -= group
    return {**{name: project[name] for name in kept}, **own}


def _flat(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as the database has them: nothing empty, the check by its two dates, adjustments by their day."""
    flat = {name: value for name, value in fields.items() if value is not None and value not in ([], {})}
    if "progress_adjustments" in flat:
        # Of two decided on one day the later one in the file holds: the order of equal ones stays.
        flat["progress_adjustments"] = sorted(flat["progress_adjustments"], key=lambda one: one.get("decided", ""))
    check = flat.pop("inspection", {})
    for name in ("decision_date", "report_date"):
        if name in check:
            flat[f"inspection_{name}"] = check[name]
    flat.pop("suspension", None)
    return flat


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    judged = dict(pairs)
    if len(judged) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unfit(N_("this field is stated twice"), shown(twice))
    return judged


def _no_constant(name: str) -> float:
    raise Unfit(N_("“%(found)s” is no number"), "", found=name)
