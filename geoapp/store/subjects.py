"""From the names in addresses to the numbers in the database."""

from sqlalchemy import Connection, text

from geoapp.errors import N_, NotFound


def get_park_id(connection: Connection, slug: str) -> int:
    """The number of a park. Raises: NotFound."""
    found = connection.execute(text("SELECT id FROM parks WHERE slug = :slug"), {"slug": slug}).scalar()
    if found is None:
        raise NotFound(N_("There is no park %(slug)s. The list of parks is on the first page."), slug=slug)
    return int(found)


def get_zone_id(connection: Connection, slug: str) -> int:
    """The number of an economic zone. Raises: NotFound."""
    found = connection.execute(text("SELECT id FROM zones WHERE slug = :slug"), {"slug": slug}).scalar()
    if found is None:
        raise NotFound(N_("There is no economic zone %(slug)s. The zones are on the first page."), slug=slug)
    return int(found)
