"""Random projects for the legal clock, as nasty as files get: the same seed gives the same files."""

import random
from datetime import date, timedelta
from typing import Any

FIRST, LAST = date(2021, 1, 1), date(2029, 12, 31)
# Month ends, leap days, weekends, days around holidays and around the changes of law.
HARD = [
    "2024-02-29", "2023-02-28", "2025-02-28", "2024-01-31", "2025-03-31", "2025-08-31", "2024-12-31", "2025-02-14",
    "2024-04-30", "2025-11-24", "2024-11-23", "2026-02-14", "2025-01-25", "2024-08-01", "2025-08-15", "2026-11-20",
    "2026-11-21", "2026-11-22", "2026-11-23", "2024-11-22", "2012-06-30", "2013-07-01", "2011-05-31",
]  # fmt: skip


class Maker:
    """Makes projects from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - chance, no secret

    def day(self, around: date | None = None, spread: int = 900) -> str:
        """Any day; near another one where it is given."""
        if self.chance.random() < 0.15:
            return self.chance.choice(HARD)
        if around:
            day = around + timedelta(days=self.chance.randint(-spread // 4, spread))
            return min(max(day, date(1950, 1, 1)), date(2060, 1, 1)).isoformat()
        return (FIRST + timedelta(days=self.chance.randrange((LAST - FIRST).days))).isoformat()

    def maybe(self, fields: dict[str, Any], name: str, share: float, value: Any) -> None:
        """Put a field in, or null, or leave it out."""
        roll = self.chance.random()
        if roll < share:
            fields[name] = value() if callable(value) else value
        elif roll < share + (1 - share) / 4:
            fields[name] = None

    def progress(self) -> dict[str, Any]:
        """The progress in one of its forms; now and then the form, or what it needs, is missing."""
        form = self.chance.choice(["date", "date", "quarter", "months_from_handover", "months_from_decision"])
        fields: dict[str, Any] = {}
        self.maybe(fields, "progress_form", 0.95 if form != "date" else 0.6, form)
        value = {"date": ("progress_end_date", self.day), "quarter": ("progress_quarter", self.quarter)}.get(
            form, ("progress_months", lambda: self.chance.choice([1, 6, 12, 13, 24, 36, 60]))
        )
        self.maybe(fields, value[0], 0.92, value[1])
        return fields

    def quarter(self) -> str:
        """A quarter."""
        return f"{self.chance.randint(2021, 2028)}-Q{self.chance.randint(1, 4)}"

    def interval(self, *, decided: bool) -> dict[str, Any]:
        """An interval of force majeure or delay."""
        begin = date.fromisoformat(self.day())
        end = begin + timedelta(days=self.chance.choice([0, 1, 6, 30, 89, 200, 700]))
        fields: dict[str, Any] = {"from": begin.isoformat(), "to": end.isoformat()}
        self.maybe(fields, "document", 0.85, "văn bản")
        if decided:
            self.maybe(fields, "decided_by", 0.9, lambda: self.chance.choice(["chairman"] * 5 + ["department"]))
        if self.chance.random() < 0.03:
            fields[self.chance.choice(["from", "to"])] = None
        return fields

    def extension(self) -> dict[str, Any]:
        """A decision on an extension."""
        decided = date.fromisoformat(self.day())
        fields: dict[str, Any] = {"no": "QĐ"}
        self.maybe(fields, "date", 0.96, decided.isoformat())
        self.maybe(fields, "ground", 0.95, lambda: self.chance.choice(["12m", "24m"]))
        self.maybe(fields, "months", 0.9, lambda: self.chance.choice([1, 6, 12, 18, 24]))
        start = self.chance.random()
        if start < 0.3:
            fields["start"] = decided.isoformat()
        elif start < 0.5:
            fields["start"] = self.day(decided)
        if self.chance.random() < 0.35:
            first = date.fromisoformat(fields.get("start") or decided.isoformat())
            fields["end"] = (first + timedelta(days=self.chance.randint(0, 900))).isoformat()
        return fields

    def fields(self, *, portion: bool) -> dict[str, Any]:
        """The fields of a project or a portion; what a portion does not state it takes from the project."""
        share = 0.35 if portion else 0.9
        own: dict[str, Any] = {}
        if self.chance.random() < share:
            self._handover(own)
        if self.chance.random() < share:
            own |= self.progress()
            if self.chance.random() < 0.2:
                own["progress_adjustments"] = [
                    {"decided": self.day() if self.chance.random() < 0.95 else None, **self.progress()}
                    for _ in range(self.chance.randint(1, 3))
                ]
        start = self.day()
        if self.chance.random() < share * 0.6:
            own["construction_start_date"] = start
            self.maybe(own, "construction_start_evidence", 0.85, "ảnh, nhật ký công trường")
        if self.chance.random() < share * 0.35:
            own["all_items_complete_date"] = max(start, self.day())
            self.maybe(own, "all_items_complete_evidence", 0.85, "biên bản nghiệm thu")
        self._rest(own, portion=portion)
        return own

    def _handover(self, own: dict[str, Any]) -> None:
        if self.chance.random() < 0.08:
            own["no_handover"] = True
        else:
            self.maybe(own, "handover_date", 0.88, self.day)
            self.maybe(own, "no_handover", 0.1, False)

    def _rest(self, own: dict[str, Any], *, portion: bool) -> None:
        rare = 0.4 if portion else 1.0
        self.maybe(own, "allocation_decision_date", 0.8 * rare, self.day)
        self.maybe(own, "area_ha", 0.9, lambda: self.chance.randint(1, 400) / 4)
        self.maybe(own, "handover_area_ha", 0.8, lambda: self.chance.randint(1, 400) / 4)
        self.maybe(own, "land_basis", 0.5, "lease")
        for name, share, many in (("fm_intervals", 0.3, 4), ("delay_intervals", 0.25, 3), ("extension", 0.3, 3)):
            if self.chance.random() < share * rare:
                own[name] = [self._one(name) for _ in range(self.chance.randint(0, many))]
        if own.get("handover_date") and self.chance.random() < 0.2:
            # Force majeure inside the twelve months, so that HOLD is no rarity.
            handed = date.fromisoformat(own["handover_date"])
            own["fm_intervals"] = [self._near(handed, within) for within in (100, 300)]
        self.maybe(own, "inspection", 0.25 * rare, lambda: {"report_date": self.day()})
        self.maybe(own, "termination_date", 0.06 * rare, self.day)
        self.maybe(own, "special_regime", 0.03 * rare, "lấn biển")

    def _near(self, day: date, within: int) -> dict[str, Any]:
        begin = day + timedelta(days=self.chance.randint(-20, within))
        end = begin + timedelta(days=self.chance.randint(1, 200))
        return {"from": begin.isoformat(), "to": end.isoformat(), "document": "QĐ", "decided_by": "chairman"}

    def _one(self, name: str) -> dict[str, Any]:
        return self.extension() if name == "extension" else self.interval(decided=name == "fm_intervals")

    def project(self, number: int) -> dict[str, Any]:
        """A project with or without portions, its fields in any order."""
        own: dict[str, Any] = {"id": f"p{number}", **self.fields(portion=False)}
        if self.chance.random() < 0.35:
            own["portions"] = [
                {"id": f"g{place}", **self.fields(portion=True)} for place in range(self.chance.randint(0, 3))
            ]
        names = list(own)
        self.chance.shuffle(names)
        return {name: own[name] for name in names}
