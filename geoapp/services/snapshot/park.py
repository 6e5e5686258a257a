"""The page of a park on paper: its map, the four themes with target, day and quality, and small tables."""

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas

from geoapp.catalog.model import Catalogue
from geoapp.core.units import unit_sign
from geoapp.errors import N_
from geoapp.maps.sheet.model import FigureRow, FigureTable, ParkPage, Sheet
from geoapp.reports.speech import Speech
from geoapp.services.pages import ParkPage as ParkRead
from geoapp.services.themes import TARGETS, part_unit

_STATE_LAYER = "plot_state"
_AREAS = {
    "area_planned": N_("Planned area"),
    "area_approved": N_("Approved area"),
    "area_handed_over": N_("Area handed over"),
    "land_industrial": N_("Industrial land"),
    "land_service": N_("Service land"),
    "land_leased": N_("Land leased"),
}


class ParkTables:
    """The tables of one park in one language."""

    def __init__(self, catalogue: Catalogue, speech: Speech) -> None:
        self._catalogue, self._speech = catalogue, speech
        self._say = speech.say

    def page(self, sheet: Sheet, park: ParkRead) -> ParkPage:
        """The page. Args: sheet - its map; park - what is known of the park at the same moment."""
        tables = [self._themes(park), self._areas(park), self._plots(sheet), self._plant(park)]
        return ParkPage(sheet, tuple(table for table in tables if table.rows), self._paragraphs(park.park))

    def _themes(self, park: ParkRead) -> FigureTable:
        say = self._say
        rows = [self._theme(row) for row in park.figures]
        return FigureTable(say(N_("Four themes")), tuple(rows), ("", "", say(N_("Target, day, quality"))))

    def _theme(self, row: Any) -> FigureRow:
        speech = self._speech
        label = getattr(row, f"name_{speech.language}")
        target = self._target(row.code)
        if row.value is None:
            return FigureRow(label, self._say(N_("no data")), "", target)
        told = [speech.told(N_("to %(day)s"), day=speech.precise_day(row.valid_on, row.date_precision))]
        told += [self._parts(row), self._code("quality", row.quality)]
        if row.is_stale:
            last = f"{self._share(row.value)} %"
            told.insert(
                0, speech.told(N_("older than %(months)s months: %(value)s"), months=row.stale_after_months, value=last)
            )
            return FigureRow(label, self._say(N_("no data")), "", self._joined([target, *told]))
        return FigureRow(label, self._share(row.value), "%", self._joined([target, *told]))

    def _target(self, code: str) -> str:
        target = TARGETS.get(code)
        if target is None:
            return ""
        if target.upper:
            upper = f"{self._speech.number(target.upper, 0)}\u00a0%"
            return self._speech.told(
                N_("target %(lower)s–%(upper)s"), lower=self._speech.number(target.lower, 0), upper=upper
            )
        return self._speech.told(N_("target %(lower)s"), lower=f"{self._speech.number(target.lower, 0)}\u00a0%")

    def _parts(self, row: Any) -> str:
        if row.numerator is None or row.denominator is None:
            return ""
        unit = unit_sign(part_unit(row.code, row.method), self._speech.language)
        parts = f"{self._speech.number(row.numerator, 1)} / {self._speech.number(row.denominator, 1)}"
        return f"{parts}\u00a0{unit}".rstrip("\u00a0")

    def _areas(self, park: ParkRead) -> FigureTable:
        """Each source stands for itself; what no source says is said."""
        speech, rows = self._speech, []
        for row in park.areas:
            day = speech.precise_day(row.valid_on, row.date_precision)
            note = self._joined([day, self._code("quality", row.quality)])
            label = getattr(row, f"name_{speech.language}")
            rows.append(FigureRow(label, speech.number(row.value, 2), unit_sign(row.unit, speech.language), note))
        known = {row.code for row in park.areas}
        missing = [name for code, name in _AREAS.items() if code not in known and code.startswith("area_")]
        rows += [FigureRow(self._say(name), self._say(N_("no data"))) for name in missing]
        return FigureTable(self._say(N_("Areas by source")), tuple(rows))

    def _plots(self, sheet: Sheet) -> FigureTable:
        """Plots by state, as they are on the map of the page."""
        found = next((one for one in sheet.layers if one.layer.id == _STATE_LAYER), None)
        rows = self._states(found.frame) if found is not None else []
        return FigureTable(self._say(N_("Plots by state")), tuple(rows))

    def _states(self, frame: geopandas.GeoDataFrame) -> list[FigureRow]:
        sums = frame.assign(state=frame["state"].fillna("")).groupby("state")["area"].agg(["sum", "count"])
        order = [*self._catalogue.codes["plot_state"], ""]
        rows = []
        for state in (one for one in order if one in sums.index):
            label = self._code("plot_state", state) if state else self._say(N_("no data"))
            note = self._speech.told(N_("%(count)s plots"), count=self._speech.number(int(sums["count"][state]), 0))
            rows.append(FigureRow(label, self._speech.number(float(sums["sum"][state]), 2), "ha", note))
        return rows

    def _plant(self, park: ParkRead) -> FigureTable:
        speech, rows = self._speech, []
        for plant in park.plants:
            unit = unit_sign("m3_day", speech.language)
            rows.append(FigureRow(self._say(N_("State")), self._code("plant_state", plant.state)))
            rows.append(FigureRow(self._say(N_("Meets the standard")), self._code("standard_met", plant.standard_met)))
            rows.append(self._amount(N_("Design capacity"), plant.capacity_m3_day, unit))
            load = None if plant.load_is_stale else plant.load_m3_day
            on = speech.told(N_("to %(day)s"), day=speech.day(plant.load_on)) if load is not None else ""
            rows.append(self._amount(N_("Flow"), load, unit, self._joined([on, self._code("quality", plant.quality)])))
        if not rows:
            rows.append(FigureRow(self._say(N_("No plant of this park is published or entered.")), ""))
        return FigureTable(self._say(N_("Central wastewater treatment plant")), tuple(rows))

    def _amount(self, label: str, value: float | None, unit: str, note: str = "") -> FigureRow:
        if value is None:
            return FigureRow(self._say(label), self._say(N_("no data")), "", note)
        return FigureRow(self._say(label), self._speech.number(value, 0), unit, note)

    def _paragraphs(self, park: Any) -> tuple[str, ...]:
        """What else is told of the park, where it is known."""
        told: Mapping[str, str | None] = {
            N_("Status"): self._code("park_status", park.status),
            N_("Place"): park.location_vi,
            N_("Infrastructure developer"): park.infrastructure_investor,
            N_("Founding acts"): park.established,
            N_("Source"): park.source_title,
        }
        return tuple(f"{self._say(label)}: {value or self._say(N_('no data'))}" for label, value in told.items())

    def _share(self, value: float) -> str:
        # A share keeps its decimal.
        told = self._speech.number(value, 1)
        comma = "," if self._speech.language == "vi" else "."
        return told if comma in told else f"{told}{comma}0"

    def _code(self, codes: str, code: str | None) -> str:
        label = self._catalogue.codes.get(codes, {}).get(code or "")
        return label.text(self._speech.language) if label else (code or "–")

    @staticmethod
    def _joined(parts: Sequence[str | None]) -> str:
        return " · ".join(part for part in parts if part)
