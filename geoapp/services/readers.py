"""Which connection the rows of a layer come from: public ones as the map, all others as the person who reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from geoapp.catalog.model import Catalogue, Layer
from geoapp.core.permissions import Reader
from geoapp.errors import N_, NotFound
from geoapp.kinds import AccessClass
from geoapp.store.acting import acting_reading
from geoapp.store.engine import reading


@dataclass(frozen=True)
class Engines:
    """The database as the map role sees it, for pages and for tiles, and as the staff role, which acts for somebody."""

    map: Engine
    staff: Engine
    tiles: Engine


def get_layer(catalogue: Catalogue, layer_id: str, reader: Reader) -> Layer:
    """A layer that the reader may see. Raises: NotFound - also for one that he may not, so that nobody learns of it."""
    layer = catalogue.layers.get(layer_id)
    if layer is None or not reader.may_read(layer.access):
        raise NotFound(N_("There is no layer %(layer)s. The list of layers is at /api/layers."), layer=layer_id)
    return layer


@contextmanager
def reading_layer(engines: Engines, layer: Layer, reader: Reader) -> Iterator[Connection]:
    """A connection in one snapshot that sees of a layer what the reader may see of it."""
    if layer.access is AccessClass.PUBLIC or reader.person_id is None:
        # A visitor who came this far for a layer that is not public is refused by the database itself.
        with reading(engines.map) as connection:
            yield connection
        return
    with acting_reading(engines.staff, reader.person_id) as connection:
        yield connection
