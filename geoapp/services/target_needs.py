"""Hectares that must still be let, and cleared, each quarter to fill the parks to a share by a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geoapp.core.target_rules import quarters_between
from geoapp.kinds import ParkStatus

Rows = Sequence[Any]
ALL, OPERATING, NEW = "all", "operating", "new"
GROUPS = (ALL, OPERATING, NEW)


@dataclass(frozen=True)
class Need:
    """What one group of parks lacks to a share; hectares.

    ``lacking_ha``: to be let still, the group taken together; ``on_offer_ha``: plots that stand free today;
    ``to_clear_ha``: what lacks beyond them, clean land that does not exist yet. ``quarters``: until the last day.
    """

    group: str
    per_cent: float
    parks: int
    leased_ha: float
    leasable_ha: float
    lacking_ha: float
    on_offer_ha: float
    to_clear_ha: float
    quarters: float

    @property
    def occupancy(self) -> float:
        """Of the group, per cent."""
        return 100 * self.leased_ha / self.leasable_ha

    @property
    def per_quarter_ha(self) -> float:
        """To be let in each quarter."""
        return self.lacking_ha / self.quarters

    @property
    def clear_per_quarter_ha(self) -> float:
        """Of that, clean land to be made in each quarter."""
        return self.to_clear_ha / self.quarters


def needs_of(rows: Rows, shares: Sequence[float], as_of: date, until: date) -> list[Need]:
    """Each group and share. Args: rows - of target_land.sql; shares - per cent; until - after ``as_of``.

    Example: 500 of 1,000 ha let, 100 on offer, 80 per cent in 10 quarters: 300 ha lack, 30 a quarter, 20 of them to be
    cleared first.
    """
    quarters = quarters_between(as_of, until)
    found = []
    for group in GROUPS:
        counted = [row for row in rows if row.told == "counted" and _belongs(row, group)]
        leasable = sum(row.leasable_ha for row in counted)
        if not leasable or quarters <= 0:
            continue
        leased = sum(row.leased_ha for row in counted)
        on_offer = sum(row.on_offer_ha or 0 for row in counted)
        for share in shares:
            lacking = max(share / 100 * leasable - leased, 0.0)
            clear = max(lacking - on_offer, 0.0)
            found.append(Need(group, share, len(counted), leased, leasable, lacking, on_offer, clear, quarters))
    return found


def _belongs(row: Any, group: str) -> bool:
    return group == ALL or (group == OPERATING and row.status == ParkStatus.OPERATING) or (group == NEW and row.is_new)
