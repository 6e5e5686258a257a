"""Wastewater as a limit to leasing: what plants take in, and which land plant, roads and power let be leased today."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.kinds import Quality, Saturation
from geoapp.services.kept import Kept
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.services.pages import Rows
from geoapp.store.engine import reading
from geoapp.store.pages import read_rows

# The land on offer falls into these, without rest.
OFFERED = (
    "leasable_ha",
    "blocked_plant_ha",
    "blocked_roads_ha",
    "blocked_power_ha",
    "blocked_several_ha",
    "unjudged_ha",
)
SORTS = ("name", "load", "blocked", "leasable")


@dataclass(frozen=True)
class Totals:
    """Sums over all parks that have plots on record; ``together_ha``: what their plants let be leased together.

    ``land``: hectares by verdict; ``saturation``: how many parks are in which state, in the order of the list.
    Loads and capacities are not added up: no park can use the plant of another.
    """

    land: Mapping[str, float]
    available_ha: float
    together_ha: float
    saturation: Mapping[str, int]
    parks: int
    parks_with_plots: int
    quality: str | None


@dataclass(frozen=True)
class LeasingPage:
    """The page of all parks. ``plants``: those of a park, by its number."""

    moment: Moment
    zones: Rows
    parks: Rows
    totals: Totals
    plants: Mapping[int, Rows]
    norms: Rows


@dataclass(frozen=True)
class ParkLeasing:
    """The limits of one park with its plants; ``limit`` is None where no plot is on record."""

    limit: Any
    plants: Rows


def build_leasing_page(engine: Engine, asked: Asked, sort: str = "name", kept: Kept[Rows] | None = None) -> LeasingPage:
    """All parks in one snapshot of the database.

    Args: sort - one of ``SORTS``; what is not known comes last; kept - parks from before.
    Raises: InvalidRequest - see the moment.
    """
    with reading(engine) as connection:
        moment = choose_moment(connection, asked)
        at = {**moment.parameters, "park_id": None}
        parks = _all_parks(connection, moment, kept)
        plants: dict[int, list[Any]] = {}
        for plant in read_rows(connection, "leasing_plants", at):
            plants.setdefault(plant.park_id, []).append(plant)
        norms = read_rows(connection, "wastewater_norms", moment.parameters)
        zones = read_rows(connection, "zones", moment.parameters)
    return LeasingPage(moment, zones, _sorted(parks, sort), add_up(parks), plants, norms)


def _all_parks(connection: Connection, moment: Moment, kept: Kept[Rows] | None) -> Rows:
    def read() -> Rows:
        return read_rows(connection, "leasing_parks", {**moment.parameters, "park_id": None})

    return kept.answer(connection, (moment.as_of, moment.known_at), read) if kept else read()


def build_park_leasing(engine: Engine, park_id: int, moment: Moment) -> ParkLeasing:
    """The limits of one park at a moment that its page has chosen already."""
    with reading(engine) as connection:
        return read_park_leasing(connection, park_id, moment)


def read_park_leasing(connection: Connection, park_id: int, moment: Moment) -> ParkLeasing:
    """The limits of one park, from the snapshot that the connection reads."""
    at = {**moment.parameters, "park_id": park_id}
    rows = read_rows(connection, "leasing_parks", at)
    plants = read_rows(connection, "leasing_plants", at)
    limit = rows[0] if rows and rows[0].lettable_ha is not None else None
    return ParkLeasing(limit, plants)


def add_up(parks: Rows) -> Totals:
    """Sums over parks."""
    shown = [row for row in parks if row.lettable_ha is not None]
    states = Counter(row.saturation for row in shown)
    worst = max((row.worst_quality for row in shown), key=list(Quality).index, default=None)
    return Totals(
        {name: sum(getattr(row, name) for row in shown) for name in (*OFFERED, "not_ready_ha", "not_free_ha")},
        sum(row.available_ha for row in shown),
        sum(row.together_ha or 0 for row in shown),
        {state: states[state] for state in Saturation if states[state]},
        len(parks),
        len(shown),
        worst,
    )


def blocked_ha(row: Any) -> float | None:
    """Land on offer that plant, roads or power block; None where no plot is on record."""
    if row.lettable_ha is None:
        return None
    return sum(float(getattr(row, name)) for name in OFFERED if name.startswith("blocked_"))


def load_share(row: Any) -> float | None:
    """Expected load in per cent of the capacity in operation; None where that is not known or nothing operates."""
    return 100 * row.committed_m3 / row.capacity_m3 if row.capacity_m3 and row.committed_m3 is not None else None


def _sorted(parks: Rows, sort: str) -> Sequence[Any]:
    """In the order asked for; parks without plots come last, else rows stay as they came: by name."""
    measures: dict[str, Callable[[Any], float | None]] = {
        "load": load_share,
        "blocked": blocked_ha,
        "leasable": lambda row: row.leasable_ha,
    }
    measure = measures.get(sort)

    def key(row: Any) -> tuple[bool, bool, float]:
        value = measure(row) if measure else None
        return row.lettable_ha is None, measure is not None and value is None, -(value or 0)

    return sorted(parks, key=key)
