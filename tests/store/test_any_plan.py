"""The same data give the same rows to the last digit, whatever plan the server takes for them."""

from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import Engine, text

from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import Layer
from geoapp.kinds import AccessClass
from geoapp.resources import layers_dir
from geoapp.store.engine import reading

DAYS = (date(2025, 10, 31), date(2026, 10, 31))
# Ways to join and to group that a server may leave when its statistics change.
WITHOUT = ("enable_hashjoin", "enable_nestloop", "enable_mergejoin", "enable_hashagg", "enable_indexscan")
PUBLIC = [layer for layer in load_catalogue(layers_dir()).layers.values() if layer.access is AccessClass.PUBLIC]


def rows_of(engine: Engine, layer: Layer, day: date, without: str | None = None) -> list[str]:
    """Every row of a layer as text."""
    at: Mapping[str, object] = {"as_of": day, "known_at": "infinity", "park_id": None, "zone_id": None}
    with reading(engine) as connection:
        if without:
            connection.execute(text(f"SET LOCAL {without} = off"))
        found = connection.execute(
            text(f"SELECT CAST(layer AS text) AS row FROM (\n{layer.sql}\n) AS layer ORDER BY id"),
            {name: at[name] for name in layer.parameters},
        )
        return list(found.scalars())


@pytest.mark.parametrize("layer", PUBLIC, ids=lambda layer: layer.id)
def test_a_layer_does_not_depend_on_the_plan(map_engine: Engine, layer: Layer) -> None:
    """Sums of fractions are exact, or added up in one order."""
    for day in DAYS:
        usual = rows_of(map_engine, layer, day)
        assert [] == [without for without in WITHOUT if rows_of(map_engine, layer, day, without) != usual]
