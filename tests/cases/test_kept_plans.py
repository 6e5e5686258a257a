"""A plan of a tile is kept for the connection, and rights are asked each time that it runs."""

from sqlalchemy import Engine

from geoapp.store.acting import STAFF
from geoapp.store.engine import Role, make_engine
from geoapp.store.single import Actor
from geoapp.store.tiles import Asker, Place, read_tile
from tests.case_land import person

SQL = """
SELECT DISTINCT s.project_id::text AS id, v.geom_3857::geometry AS geom_3857
FROM clock_spans AS s JOIN project_plots AS h ON h.project_id = s.project_id
JOIN plot_versions AS v ON v.plot_id = h.plot_id
"""
TILE = Place(8, 203, 113)


def test_two_people_on_one_connection_see_their_own(case_database: str, owner: Engine) -> None:
    """Who is held to a park gets its land only, before and after somebody who sees all."""
    staff = make_engine(case_database, role=Role.STAFF, pool_size=1)
    seen = []
    for login in ("binh", "an", "binh", "an"):
        asker = Asker(staff, Actor(STAFF, person(owner, login)))
        seen.append(read_tile(asker, "land", SQL, ["id"], TILE, {}).features)
        with staff.connect() as connection:
            prepared = "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'plan_%%'"
            assert 1 == connection.exec_driver_sql(prepared).scalar_one()
            state = "SELECT current_user, current_setting('geoapp.person_id', true)"
            assert ("geoapp_staff", "") == tuple(connection.exec_driver_sql(state).one())
    staff.dispose()
    with owner.connect() as connection:
        count = "SELECT count(DISTINCT project_id) FROM clock_spans AS s JOIN parks AS p ON p.id = s.park_id"
        everything = connection.exec_driver_sql(count).scalar_one()
        own = connection.exec_driver_sql(f"{count} WHERE p.slug = 'hai'").scalar_one()
    assert [own, everything, own, everything] == seen
    assert own < everything
