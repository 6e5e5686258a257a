"""The pages of the administrator, the log, and what of it is written there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

from geoapp.store.engine import Role, make_engine
from tests.conftest import Databases
from tests.staff import signed_in, staffed_app

# What a file about clearance may say of households: how many. Names, addresses and numbers of persons it may not.
PERSONAL = re.compile(
    r"household_(?!s?_?(count|total|number))|owner_name|chu_ho|cccd|cmnd|phone|address|citizen|person", re.IGNORECASE
)


@pytest.fixture(scope="module")
def url(databases: Databases, staffed_database_url: str) -> str:
    """A copy of the database with people, which these tests change."""
    return databases.make(staffed_database_url)


@pytest.fixture(scope="module")
def own_site(url: str, secret_layers: Path) -> Flask:
    """The application over it."""
    return staffed_app(url, secret_layers)


@pytest.fixture
def admin(own_site: Flask) -> FlaskClient:
    """A browser of the administrator."""
    return signed_in(own_site, "admin")


@pytest.fixture
def owner(url: str) -> Iterator[Engine]:
    """The database as its owner."""
    engine = make_engine(url, role=Role.OWNER)
    yield engine
    engine.dispose()


def send(client: FlaskClient, page: str, address: str, **typed: object) -> TestResponse:
    """Send a form of a page."""
    token = re.search(r'name="csrf-token" content="([^"]+)"', client.get(page).text)
    assert token is not None
    return client.post(address, data={"csrf_token": token[1], **typed})


def given(answer: TestResponse) -> str:
    """The password that an answer shows."""
    found = re.search(r"<code>([^<]+)</code>", answer.text)
    assert found is not None
    return found[1]


def log(owner: Engine) -> list[tuple[str, str, str | None]]:
    """The log from its end: action, subject, who."""
    with owner.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT l.action, l.subject, p.login FROM audit_log AS l LEFT JOIN people AS p ON p.id = l.person_id"
                " ORDER BY l.id DESC"
            )
        )
        return [(row.action, row.subject, row.login) for row in rows]


AN = {
    "login": "Nguyen.An", "name": "Nguyễn Văn An", "role": "inspector", "department": "Phòng Quy hoạch",
    "parks": "khanh-phu",
}  # fmt: skip


def test_the_life_of_an_account(own_site: Flask, admin: FlaskClient, owner: Engine) -> None:
    """Added, signs in with the password shown once, moved, given a new password, let in no more; all in the log."""
    added = send(admin, "/new-person", "/new-person", **AN)
    password = given(added)
    assert password not in admin.get("/people/nguyen.an").text
    assert "khanh-phu" in admin.get("/people").text
    signed_in(own_site, "nguyen.an", password)
    moved = {**AN, "role": "head", "parks": ["khanh-phu", "bao-minh"]}
    assert 303 == send(admin, "/people/nguyen.an", "/people/nguyen.an", **moved).status_code
    again = given(send(admin, "/people/nguyen.an", "/people/nguyen.an/password"))
    assert again != password
    browser = signed_in(own_site, "nguyen.an", again)
    assert 200 == browser.get("/account/password").status_code
    assert 303 == send(admin, "/people", "/people/nguyen.an/disabled", disabled="1").status_code
    assert 303 == browser.get("/account/password").status_code
    told = [(action, who) for action, subject, who in log(owner) if subject == "person nguyen.an" and who == "admin"]
    assert ["person.disabled", "person.password_reset", "person.changed", "person.added"] == [one for one, _ in told]


@pytest.mark.parametrize(
    ("field", "value"),
    [("login", "x"), ("login", "admin"), ("login", "Nguyễn"), ("name", " "), ("role", "king"), ("parks", "nowhere")],
)
def test_a_form_that_is_refused_keeps_what_was_typed(admin: FlaskClient, field: str, value: str) -> None:
    """The field is marked, the reason said, and nothing typed is lost."""
    typed = {
        "login": "tran.binh",
        "name": "Trần Thị Bình",
        "role": "viewer",
        "department": "Phòng Đất đai",
        field: value,
    }
    answer = send(admin, "/new-person", "/new-person", **typed)
    assert 400 == answer.status_code
    assert 'class="fault"' in answer.text
    assert "Phòng Đất đai" in answer.text
    assert 404 == admin.get("/people/tran.binh").status_code


def test_the_last_administrator_stays(admin: FlaskClient) -> None:
    """Neither another role nor the door takes away who alone can manage people."""
    typed = {"name": "Quản trị", "role": "viewer", "department": ""}
    assert 400 == send(admin, "/people", "/people/admin", **typed).status_code
    assert 400 == send(admin, "/people", "/people/admin/disabled", disabled="1").status_code
    assert 200 == admin.get("/people").status_code


def test_a_hostile_name_comes_out_as_text(admin: FlaskClient) -> None:
    """In the list, in the head of the page, in the log."""
    hostile = "<script>alert(1)</script>"
    send(admin, "/new-person", "/new-person", login="hostile", name=hostile, role="viewer", department=hostile)
    for address in ("/people", "/people/hostile", "/log"):
        assert "<script>alert" not in admin.get(address).text


FILES = [
    "/compare.csv", "/compare.xlsx", "/changes.csv", "/changes.xlsx", "/wastewater.csv", "/parks/khanh-phu/plots.csv",
    "/zones/ninh-co/projects.csv", "/api/layers/clearance_areas/features?f=csv&limit=1",
    "/api/layers/clearance_areas/features?f=geojson&limit=1",
]  # fmt: skip


@pytest.mark.parametrize("address", FILES)
def test_a_download_is_in_the_log(own_site: Flask, owner: Engine, address: str) -> None:
    """Whoever takes it, a visitor too; what is only looked at is not."""
    kind = re.search(r"(csv|xlsx|geojson)", address.removeprefix("/api/layers/"))
    assert kind is not None
    answer = own_site.test_client().get(address)
    assert 200 == answer.status_code
    assert (f"export.{kind[1]}", address.partition("?")[0], None) == log(owner)[0]


def test_a_download_of_a_person_is_his(own_site: Flask, owner: Engine) -> None:
    """With the name, and for a layer that is not public too."""
    head = signed_in(own_site, "head")
    head.get("/api/layers/secret_restricted/features?f=csv")
    assert ("export.csv", "/api/layers/secret_restricted/features", "head") == log(owner)[0]


def test_looking_is_not_in_the_log(own_site: Flask, owner: Engine) -> None:
    """A page and a layer of the map leave no line, and no look at the log."""
    before = len(log(owner))
    client = own_site.test_client()
    client.get("/")
    client.get("/api/layers/clearance_areas/features?park=khanh-phu")
    assert before == len(log(owner))


def test_the_log_is_shown_by_kind_and_person(admin: FlaskClient) -> None:
    """To whom may read it; a page at a time."""
    send(admin, "/new-person", "/new-person", **{**AN, "login": "le.binh"})
    page = admin.get("/log?action=person&login=admin").text
    assert "thêm người dùng" in page
    assert "tải tệp CSV" not in page


@pytest.mark.parametrize("address", [one for one in FILES if "xlsx" not in one and "geojson" not in one])
def test_a_file_has_no_personal_data(own_site: Flask, address: str) -> None:
    """Of households a file says how many there are, at most."""
    head = own_site.test_client().get(address).get_data(as_text=True).lstrip("\ufeff").splitlines()
    columns = next(line for line in head if line.count(",") > 2)
    assert [] == [name for name in columns.split(",") if PERSONAL.search(name)]


def test_no_layer_has_personal_data(own_site: Flask) -> None:
    """Nor a field of any layer, which every file of a layer follows from."""
    layers = own_site.extensions["atlas"].catalogue.layers.values()
    assert [] == [f"{layer.id}.{name}" for layer in layers for name in layer.fields if PERSONAL.search(name)]
