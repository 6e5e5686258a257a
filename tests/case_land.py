"""Projects with land files in a database without rows: what the clock needs to show a sign, and people to judge it."""

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, text

from geoapp.core.passwords import hash_password
from tests.staff import PASSWORD

SQUARE = "ST_Multi(ST_MakeEnvelope(106.1, 20.2, 106.12, 20.22, 4326))"
PLOT = "ST_Multi(ST_MakeEnvelope(106.102, 20.202, 106.104, 20.204, 4326))"
TRUST = "quality, source_id, batch_id"
VALUES = "'demo', (SELECT max(id) FROM sources), (SELECT max(id) FROM batches)"
PEOPLE = {"an": "inspector", "binh": "inspector", "ha": "head", "quy": "planner", "xem": "viewer", "tri": "admin"}


def make_place(connection: Connection) -> None:
    """Two parks, mot and hai, with a plot each; people of every role; Binh is held to park hai."""
    run(
        connection,
        "INSERT INTO sources (key, title) VALUES ('test', 'Test')",
        "INSERT INTO batches (dataset, title, loaded_by, digest) VALUES ('demo', 'Test', 'test', 'x')",
        "INSERT INTO parks (slug) VALUES ('mot'), ('hai')",
        "INSERT INTO park_versions (park_id, name_vi, name_en, former_province, status, location_basis, geom, valid,"
        f" {TRUST}) SELECT id, 'Khu ' || slug, 'Park ' || slug, 'Ninh Bình', 'operating', 'test',"
        f" ST_SetSRID(ST_MakePoint(106.11, 20.21), 4326), daterange(NULL, NULL), {VALUES} FROM parks",
        f"INSERT INTO park_outline_versions (park_id, approximate, geom, valid, {TRUST})"
        f" SELECT id, true, {SQUARE}, daterange(NULL, NULL), {VALUES} FROM parks",
        "INSERT INTO plots (park_id, code) SELECT id, 'A1' FROM parks",
        f"INSERT INTO plot_versions (plot_id, use_code, state, approximate, geom, valid, {TRUST})"
        f" SELECT id, 'SKK', 'leased', true, {PLOT}, daterange('2020-01-01', NULL), {VALUES} FROM plots",
    )
    for login, role in PEOPLE.items():
        connection.execute(
            text(
                "WITH added AS (INSERT INTO people (login, name, role, department)"
                " VALUES (:login, initcap(:login), :role, :room) RETURNING id)"
                " INSERT INTO credentials (person_id, password_hash, must_change) SELECT id, :kept, false FROM added"
            ),
            {
                "login": login,
                "role": role,
                "room": "Phòng Tài nguyên và Môi trường" if login == "binh" else None,
                "kept": hash_password(PASSWORD),
            },
        )
    run(
        connection,
        "INSERT INTO person_parks SELECT p.id, k.id FROM people AS p, parks AS k"
        " WHERE p.login = 'binh' AND k.slug = 'hai'",
    )


def add_project(connection: Connection, code: str, park: str, events: Mapping[str, str]) -> None:
    """A project that holds the plot of a park. Args: events - kind -> further columns, as SQL."""
    bound = {"code": code, "park": park}
    connection.execute(text("INSERT INTO projects (code) VALUES (:code)"), bound)
    connection.execute(
        text(
            "INSERT INTO project_versions (project_id, name, park_id, land_ha, state, valid, quality, source_id,"
            " batch_id)"
            f" SELECT j.id, 'Dự án ' || j.code, k.id, 4, 'building', daterange('2020-01-01', NULL), {VALUES}"
            " FROM projects AS j, parks AS k WHERE j.code = :code AND k.slug = :park"
        ),
        bound,
    )
    connection.execute(
        text(
            "WITH held AS (INSERT INTO project_plots (project_id, plot_id) SELECT j.id, p.id FROM projects AS j,"
            " plots AS p JOIN parks AS k ON k.id = p.park_id WHERE j.code = :code AND k.slug = :park RETURNING id)"
            " INSERT INTO project_plot_versions (project_plot_id, valid, quality, source_id, batch_id)"
            f" SELECT id, daterange('2020-01-01', NULL), {VALUES} FROM held"
        ),
        bound,
    )
    for kind, more in events.items():
        add_event(connection, code, kind, more)


def add_event(connection: Connection, code: str, kind: str, more: str) -> None:
    """An event of a land file. Args: more - columns and values as in ``happened_on = '2025-01-01'``, commas between."""
    pairs = [pair.split("=", 1) for pair in more.split(";") if pair.strip()]
    columns = ", ".join(["project_id", "code", "kind", *(name.strip() for name, _ in pairs), TRUST])
    values = ", ".join(["id", f"'{kind}'", f"'{kind}'", *(value.strip() for _, value in pairs), VALUES])
    connection.execute(text(f"INSERT INTO land_events ({columns}) SELECT {values} FROM projects WHERE code = '{code}'"))


def unused(connection: Connection, code: str = "bo-hoang", park: str = "mot") -> None:
    """Handed over on 10/03/2025, nothing built: worked case 1 of the reference, unused from 11/03/2026."""
    add_project(
        connection,
        code,
        park,
        {
            "handover": "happened_on = '2025-03-10'; document_no = 'BB-01'",
            "progress": "progress_form = 'date'; progress_end_on = '2027-12-31'",
        },
    )


def late(connection: Connection, code: str = "cham", park: str = "hai") -> None:
    """Begun, progress over on 31/12/2023: worked case 12, 24 months late from 01/01/2026."""
    add_project(
        connection,
        code,
        park,
        {
            "handover": "happened_on = '2022-03-10'; document_no = 'BB-02'",
            "progress": "progress_form = 'date'; progress_end_on = '2023-12-31'",
            "construction_start": "happened_on = '2022-06-10'; evidence = 'ảnh'",
        },
    )


def gap(connection: Connection, code: str = "thieu", park: str = "hai") -> None:
    """No handover on record: a gap in the data."""
    add_project(connection, code, park, {"progress": "progress_form = 'date'; progress_end_on = '2023-12-31'"})


def forget_cases(connection: Connection) -> None:
    """As if no case had ever been: only who has all power over the server, with the triggers off, can do that."""
    run(
        connection,
        "SET LOCAL session_replication_role = replica",
        "TRUNCATE cases, case_plots, case_events RESTART IDENTITY CASCADE",
        "UPDATE case_chain SET sequence = 0, hash = repeat('0', 64)",
        "DELETE FROM land_events WHERE project_id IN (SELECT id FROM projects WHERE code = 'bo-hoang')"
        " AND kind NOT IN ('handover', 'progress')",
        "SELECT refresh_clock(NULL)",
    )


def person(engine: Engine, login: str) -> int:
    """The number of a person."""
    with engine.connect() as connection:
        return int(
            connection.execute(text("SELECT id FROM people WHERE login = :login"), {"login": login}).scalar_one()
        )


def run(connection: Connection, *statements: str) -> None:
    """Statements as they stand."""
    for statement in statements:
        connection.execute(text(statement))
