"""The recipe as typed values: ``data/demo/recipe.toml`` says what each number means."""

import hashlib
import random
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from geoapp.demo.registry import Park
from geoapp.demo.timeline import between
from geoapp.kinds import ParkStatus

Range = tuple[float, float]


@dataclass(frozen=True)
class Stuck:
    """An area whose clearance does not go on: which one in the order of clearance, where it stands, since when, why."""

    order: int
    stage: str
    since: date
    reason: str
    note: str


@dataclass(frozen=True)
class Exceedance:
    """A reading over its limit by a factor."""

    on: date
    parameter: str
    factor: float
    confirmed: bool | None


@dataclass(frozen=True)
class Story:
    """What happens in one park. ``handover`` and ``works`` are (first day, last day); None: it does not begin."""

    handover: tuple[date, date] | None
    works: tuple[date, date] | None
    plant_works: tuple[date, date] | None
    phase: float
    occupancy: Range
    stuck: tuple[Stuck, ...]
    permit: date | None
    plant_suspended: date | None
    readings_missing: tuple[date, date] | None
    exceedances: tuple[Exceedance, ...]
    load_m3_per_ha: float


@dataclass(frozen=True)
class Recipe:
    """The whole recipe; the tables that only one module reads stay as they are in the file."""

    seed: str
    first_day: date
    last_day: date
    tables: dict[str, dict[str, Any]]
    norms: tuple[dict[str, Any], ...] = ()
    task_updates: tuple[dict[str, Any], ...] = ()

    def table(self, name: str) -> dict[str, Any]:
        """A table of the file."""
        return self.tables[name]

    def dice(self, park: Park, purpose: str) -> random.Random:
        """Chance of its own for each park and purpose: one more park leaves the others as they were."""
        digest = hashlib.sha256(f"{self.seed}/{park.slug}/{purpose}".encode()).digest()
        return random.Random(int.from_bytes(digest[:8], "big"))  # noqa: S311 - chance for drawing, not for secrets

    def story(self, park: Park) -> Story:
        """What happens in a park: the defaults of its status, then what the recipe says of it."""
        said = {**self.tables["status"][park.status], **self.tables["parks"].get(park.slug, {})}
        dice = self.dice(park, "story")
        spread = timedelta(days=dice.randint(-60, 60)) if park.slug not in self.tables["parks"] else timedelta()
        low, high = self.tables["wastewater"]["load_m3_per_ha"]
        occupancy = said.get("occupancy", (0.0, 0.0))
        if isinstance(occupancy[0], list):
            start = dice.uniform(*occupancy[0])
            occupancy = (start, min(start + dice.uniform(*occupancy[1]), 0.985))
        missing = said.get("readings_missing")
        return Story(
            handover=_span(said.get("handover"), spread),
            works=_span(said.get("works"), spread),
            plant_works=_span(said.get("plant_works"), timedelta())
            or self._plant_works(park, _span(said.get("works"), spread)),
            phase=said.get("phase", 0.0),
            occupancy=(occupancy[0], occupancy[1]),
            stuck=tuple(Stuck(**item) for item in said.get("stuck", ())),
            permit=self._permit(said, dice),
            plant_suspended=said.get("plant_suspended"),
            readings_missing=(missing[0], missing[1]) if missing else None,
            exceedances=tuple(
                Exceedance(item["on"], item["parameter"], item["factor"], item.get("confirmed"))
                for item in said.get("exceedances", ())
            ),
            load_m3_per_ha=said.get("load_m3_per_ha", dice.uniform(low, high)),
        )

    def _plant_works(self, park: Park, works: tuple[date, date] | None) -> tuple[date, date] | None:
        if works is None:
            return None
        operating = park.status is ParkStatus.OPERATING
        start, end = self.tables["wastewater"]["plant_works" if operating else "plant_works_later"]
        return between(*works, start), between(*works, end)

    @staticmethod
    def _permit(said: dict[str, Any], dice: random.Random) -> date | None:
        usual = date(2023, 1, 9) + timedelta(days=dice.randint(0, 300))
        permit = said.get("permit", usual)
        return permit if isinstance(permit, date) else None


def read_recipe(data_dir: Path) -> Recipe:
    """Read ``demo/recipe.toml`` of the data folder."""
    tables = tomllib.loads((data_dir / "demo/recipe.toml").read_text(encoding="utf-8"))
    norms, updates = tuple(tables.pop("norms", ())), tuple(tables.pop("task_updates", ()))
    return Recipe(tables.pop("seed"), tables.pop("first_day"), tables.pop("last_day"), tables, norms, updates)


def _span(days: list[date] | None, shift: timedelta) -> tuple[date, date] | None:
    return (days[0] + shift, days[1] + shift) if days else None
