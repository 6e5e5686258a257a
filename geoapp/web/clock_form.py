"""The form of the legal clock: from its fields to a project as files have it, and back.

Fields stand in the address, so that a clock can be kept and sent on. Rows of lists are numbered: ``extension-0-no``.
"""

from collections.abc import Mapping
from typing import Any

from geoapp.errors import N_

_MOST_ROWS = 9
DATES = "date"
NUMBERS = ("area_ha", "handover_area_ha")
MONTHS = ("months", "progress_months")
LISTS: dict[str, tuple[str, ...]] = {
    "extension": ("no", "date", "ground", "start", "months", "end"),
    "fm_intervals": ("from", "to", "document", "decided_by"),
    "delay_intervals": ("from", "to", "document"),
    "progress_adjustments": ("decided", "progress_form", "progress_end_date", "progress_quarter", "progress_months"),
    "portions": (
        "id", "area_ha", "handover_area_ha", "handover_date", "progress_end_date", "construction_start_date",
        "construction_start_evidence", "all_items_complete_date", "all_items_complete_evidence",
    ),
}  # fmt: skip
SINGLES = (
    "allocation_decision_date", "handover_date", "handover_record_no", "area_ha", "handover_area_ha", "progress_form",
    "progress_end_date", "progress_quarter", "progress_months", "construction_start_date",
    "construction_start_evidence", "all_items_complete_date", "all_items_complete_evidence", "termination_date",
    "special_regime",
)  # fmt: skip
LABELS = {
    "allocation_decision_date": N_("Decision on allocation or lease"),
    "handover_date": N_("Handover on site"),
    "handover_record_no": N_("No. of the record"),
    "no_handover": N_("It is known that no handover took place"),
    "area_ha": N_("Area, ha"),
    "handover_area_ha": N_("Handed over, ha"),
    "progress_form": N_("Progress given as"),
    "progress_end_date": N_("End of progress"),
    "progress_quarter": N_("Quarter"),
    "progress_months": N_("Months"),
    "construction_start_date": N_("Construction began"),
    "construction_start_evidence": N_("Evidence of the start"),
    "all_items_complete_date": N_("All items complete"),
    "all_items_complete_evidence": N_("Evidence of completion"),
    "report_date": N_("Report of a check"),
    "termination_date": N_("Termination of the project"),
    "special_regime": N_("Special regime"),
    "no": N_("No. of the decision"),
    "date": N_("Date of the decision"),
    "ground": N_("Ground"),
    "start": N_("Start, as printed"),
    "months": N_("Months"),
    "end": N_("End, as printed"),
    "from": N_("From"),
    "to": N_("To"),
    "document": N_("Document"),
    "decided_by": N_("Decided by"),
    "decided": N_("Decided on"),
    "id": N_("Name of the portion"),
}
TITLES = {
    "extension": N_("Extension decisions"),
    "fm_intervals": N_("Force majeure"),
    "delay_intervals": N_("Delays by authorities"),
    "progress_adjustments": N_("Adjustments of the progress"),
    "portions": N_("Portions"),
}
ADDED = {
    "extension": N_("Add a decision"),
    "fm_intervals": N_("Add an interval of force majeure"),
    "delay_intervals": N_("Add a delay"),
    "progress_adjustments": N_("Add an adjustment"),
    "portions": N_("Add a portion"),
}
CHOICES: dict[str, dict[str, str]] = {
    "progress_form": {
        "date": N_("a day"),
        "quarter": N_("a quarter"),
        "months_from_handover": N_("months from the handover"),
        "months_from_decision": N_("months from the decision"),
    },
    "ground": {"24m": N_("24 months behind schedule"), "12m": N_("12 months without use")},
    "decided_by": {"chairman": N_("Chairman of the provincial People’s Committee"), "other": N_("another authority")},
}


def read_form(args: Mapping[str, str]) -> dict[str, Any]:
    """A project as files have it, of what was typed; what cannot be a number stays a text, to be told of."""
    project: dict[str, Any] = {"id": "1"} | _typed(args, "", SINGLES)
    if args.get("no_handover"):
        project["no_handover"] = True
    if args.get("report_date", "").strip():
        project["inspection"] = {"report_date": args["report_date"].strip()}
    for name, fields in LISTS.items():
        rows = [typed for row in range(rows_of(args, name)) if (typed := _typed(args, f"{name}-{row}-", fields))]
        if rows:
            project[name] = rows
    return project


def rows_of(args: Mapping[str, str], name: str) -> int:
    """How many rows of a list are shown: those that are there, and one more where it was asked for."""
    taken = [row for row in range(_MOST_ROWS) if any(f"{name}-{row}-{field}" in args for field in LISTS[name])]
    rows = taken[-1] + 1 if taken else 0
    return min(rows + (args.get("add") == name), _MOST_ROWS)


def is_typed(args: Mapping[str, str]) -> bool:
    """Whether anything about a project was typed."""
    return len(read_form(args)) > 1


def _typed(args: Mapping[str, str], before: str, fields: tuple[str, ...]) -> dict[str, Any]:
    return {
        field: _value(field, text)
        for field in fields
        if (text := args.get(before + field, "").replace("\0", "").strip())
    }


def _value(field: str, text: str) -> Any:
    if field in NUMBERS:
        plain = text.replace(",", ".")
        try:
            return float(plain)
        except ValueError:
            return text
    # No more digits than a number of months has: int() takes any, and any script.
    if field in MONTHS and text.isascii() and text.isdigit() and len(text) < 7:
        return int(text)
    return text


def place_of(field: str) -> str:
    """The name of a field of the form, of the name that a fault has: ``extension[0].no`` is ``extension-0-no``."""
    return {"inspection.report_date": "report_date"}.get(field, field.replace("[", "-").replace("].", "-"))
