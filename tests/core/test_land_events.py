"""What one event of a land file must say."""

from datetime import date

import pytest

from geoapp.core.land_events import NEEDS, OF_KINDS, find_event_faults
from geoapp.kinds import LandEventKind

TODAY = date(2026, 11, 27)
SOUND = {
    "a handover": {"kind": "handover", "happened_on": "2025-03-10", "area_ha": "2.5"},
    "a handover of an unknown day": {"kind": "handover"},
    "a progress as a day": {"kind": "progress", "progress_form": "date", "progress_end_on": "2027-06-30"},
    "a progress whose end is not known": {"kind": "progress", "progress_form": "date"},
    "a progress as a quarter": {"kind": "progress", "progress_form": "quarter", "progress_quarter": "2027-Q4"},
    "an extension": {
        "kind": "extension", "happened_on": "2026-07-01", "ground": "24m", "starts_on": "2026-07-01", "months": "24",
        "ends_on": "2028-07-01",
    },
    "force majeure into the future": {
        "kind": "force_majeure", "happened_on": "2026-11-01", "from_on": "2026-09-07", "to_on": "2027-01-31",
        "decided_by": "chairman",
    },
    "a check": {
        "kind": "check", "happened_on": "2026-03-02", "announced_on": "2026-03-05", "record_on": "2026-03-11",
        "report_on": "2026-03-20",
    },
}  # fmt: skip
UNSOUND = {
    "an extension without its ground": ({"kind": "extension", "happened_on": "2026-07-01"}, "ground"),
    "an extension of no months": ({**SOUND["an extension"], "months": "0"}, "months"),
    "an extension that ends before it starts": ({**SOUND["an extension"], "ends_on": "2026-06-30"}, "ends_on"),
    "a handover in the future": ({"kind": "handover", "happened_on": "2026-11-28"}, "happened_on"),
    "a document of tomorrow": ({"kind": "handover", "document_on": "2026-11-28"}, "document_on"),
    "an interval that ends before it starts": (
        {**SOUND["force majeure into the future"], "to_on": "2026-09-06"},
        "to_on",
    ),
    "an interval without an end": ({"kind": "authority_delay", "from_on": "2026-09-07"}, "to_on"),
    "a report before its record": ({**SOUND["a check"], "report_on": "2026-03-10"}, "report_on"),
    "a field of another kind": ({"kind": "handover", "ground": "12m"}, "ground"),
    "a quarter that is none": ({**SOUND["a progress as a quarter"], "progress_quarter": "IV/2027"}, "progress_quarter"),
    "two ways to write the progress": ({**SOUND["a progress as a day"], "progress_months": "60"}, "progress_months"),
    "a way without its field": ({"kind": "progress", "progress_form": "months_from_handover"}, "progress_months"),
    "an adjustment to nothing": (
        {"kind": "progress_change", "happened_on": "2026-01-01", "progress_form": "date"},
        "progress_end_on",
    ),
}


@pytest.mark.parametrize("cells", SOUND.values(), ids=list(SOUND))
def test_a_sound_event_has_no_fault(cells: dict[str, str]) -> None:
    """The events that the refusals below start from are good."""
    assert [] == find_event_faults(cells, TODAY)


@pytest.mark.parametrize(("cells", "field"), UNSOUND.values(), ids=list(UNSOUND))
def test_a_fault_names_its_field(cells: dict[str, str], field: str) -> None:
    """One fault for one wrong field, and a sentence that can be read."""
    faults = find_event_faults(cells, TODAY)
    assert [field] == [fault.field for fault in faults]
    assert "%(" not in str(faults[0])


def test_a_demonstration_may_be_of_any_day() -> None:
    """Where no day of entering is given, nothing lies in the future."""
    assert [] == find_event_faults({"kind": "handover", "happened_on": "2030-01-01"}, None)


def test_no_kind_needs_what_it_may_not_say() -> None:
    """The two lists agree with each other and know kinds only."""
    kinds = set(LandEventKind)
    assert set(NEEDS) <= kinds
    assert all(of <= kinds for of in OF_KINDS.values())
    assert [] == [
        (kind, name) for kind, names in NEEDS.items() for name in names if kind not in OF_KINDS.get(name, kinds)
    ]
