"""People for tests: one for each role, layers that are not public, and words that no visitor may ever read."""

import shutil
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from geoapp.app import create_app
from geoapp.core.passwords import hash_password
from geoapp.core.permissions import PersonRole
from geoapp.resources import layers_dir
from geoapp.settings import Settings
from geoapp.store.engine import Role, make_engine
from geoapp.web.permissions import TOKEN

PASSWORD = "bốn con voi đi chợ"  # noqa: S105 - of people who exist in tests only
NEW = "newcomer"
"""Somebody who has not changed the first password yet."""
MARK = "BÍ-MẬT-7391"
SECRET_LAYERS = {"secret_internal": "internal", "secret_restricted": "restricted"}
_HASH = hash_password(PASSWORD)
_ADD = """
WITH added AS (
    INSERT INTO people (login, name, role, department) VALUES (:login, :name, :role, :department) RETURNING id
)
INSERT INTO credentials (person_id, password_hash, must_change) SELECT id, :kept, :must_change FROM added
"""
# A table as rooms to come have them: confidential, by park, read by the staff role.
_SECRETS = f"""
CREATE TABLE secret_places (
    id integer PRIMARY KEY, park_id integer NOT NULL REFERENCES parks, name text NOT NULL,
    geom geometry(Polygon, 4326) NOT NULL,
    geom_3857 geometry(Polygon, 3857) NOT NULL GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED
);
CALL make_confidential('secret_places');
GRANT SELECT ON secret_places TO geoapp_staff;
CREATE POLICY by_park ON secret_places FOR SELECT TO geoapp_staff
    USING ((SELECT sees_all_parks()) OR park_id = ANY ((SELECT acting_parks())::integer[]));
CALL watch_table('secret_places');
INSERT INTO secret_places (id, park_id, name, geom)
SELECT p.park_id, p.park_id, '{MARK} ' || p.slug, ST_Expand(p.point, 0.005)
FROM parks_at('2026-10-31', now()) AS p;
INSERT INTO audit_log (action, subject, details) VALUES ('test.planted', '{MARK}', '{{"note": "{MARK}"}}');
"""
_LAYER = """
title = {{ vi = "{mark} {name}", en = "{mark} {name}" }}
method = {{ vi = "{mark}.", en = "{mark}." }}
access = "{access}"
geometry = "polygon"
order = 91
views = ["province", "zone", "park"]
shown = ["province"]
delivery = "{delivery}"
label = "name"
tooltip = []
popup = ["name"]
[fields.name]
title = {{ vi = "Tên", en = "Name" }}
type = "text"
[style]
kind = "single"
[[style.classes]]
label = {{ vi = "mật", en = "secret" }}
fill = "#123456"
"""
_STATEMENT = """
SELECT s.id::text AS id, s.geom, s.geom_3857, s.name, 'official' AS quality, 'test' AS source, 'test' AS source_key,
       CAST(:as_of AS date) AS observed_on, CAST(:known_at AS timestamptz) IS NULL AS approximate,
       k.slug::text AS park_slug
FROM secret_places AS s JOIN parks AS k ON k.id = s.park_id
WHERE (CAST(:park_id AS integer) IS NULL OR s.park_id = :park_id) AND CAST(:zone_id AS integer) IS NULL
"""


def add_staff(url: str) -> None:
    """A person for each role, called as the role, all with ``PASSWORD``; and ``NEW``, an inspector at first login."""
    people = [(str(role), role, False) for role in PersonRole] + [(NEW, PersonRole.INSPECTOR, True)]
    engine = make_engine(url, role=Role.OWNER)
    with engine.begin() as connection:
        for login, role, must_change in people:
            told = {"login": login, "name": f"{MARK} {login}", "role": role, "department": f"{MARK} {login}"}
            connection.execute(text(_ADD), {**told, "kept": _HASH, "must_change": must_change})
    engine.dispose()


def plant_secrets(url: str) -> None:
    """A confidential table with a row for each park, and a row of the log, all with ``MARK`` in them."""
    engine = create_engine(make_engine(url, role=Role.OWNER).url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SET search_path = geoapp, public; {_SECRETS.replace('%', '%%')}")


def write_secret_layers(folder: Path) -> Path:
    """The layers of the project, an internal one that is drawn from features, and a restricted one from tiles."""
    shutil.copytree(layers_dir(), folder)
    for name, access in SECRET_LAYERS.items():
        delivery = "tiles" if access == "restricted" else "features"
        own = folder / "plots" / name
        own.mkdir()
        told = _LAYER.format(mark=MARK, name=name, access=access, delivery=delivery)
        (own / "layer.toml").write_text(told, encoding="utf-8")
        # Only a layer of tiles may give the other geometry.
        sql = _STATEMENT if delivery == "tiles" else _STATEMENT.replace("s.geom_3857, ", "")
        (own / "layer.sql").write_text(sql, encoding="utf-8")
    return folder


def staffed_app(url: str, layers: Path, **settings: object) -> Flask:
    """The application over a database with people; nothing about it is made lighter for tests."""
    return create_app(Settings(database_url=url, layers_dir=layers, log_level="error", **settings))  # type: ignore[arg-type]


def signed_in(app: Flask, login: str, password: str = PASSWORD) -> FlaskClient:
    """A browser with a session of somebody."""
    token = app.extensions["accounts"].sign_in(login, password, "127.0.0.1")
    client = app.test_client()
    with client.session_transaction() as session:
        session[TOKEN] = token
    return client
