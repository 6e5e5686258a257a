"""Every route and format, tried as every role. What is expected follows from the one permission table."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from geoapp.core.permissions import GRANTS, Permission, PersonRole, granted
from geoapp.kinds import AccessClass
from geoapp.web.permissions import MARK
from tests.accounts.places import routes
from tests.staff import NEW, SECRET_LAYERS

EVERYBODY = [None, *PersonRole, NEW]
_READS = {"internal": Permission.READ_INTERNAL, "restricted": Permission.READ_RESTRICTED}
FORMS = {
    "features": "", "features?f=csv": "export", "features?f=geojson": "export", "features?limit=5": "export",
    "summary": "", "features/{one}": "",
}  # fmt: skip


def rights_of(who: str | None, *, public_reading: bool = True) -> frozenset[Permission]:
    """What somebody may do: as the table says; a newcomer has a visitor's rights and the own account."""
    visitors = granted(None, public_reading=public_reading)
    if who == NEW:
        return visitors | {Permission.OWN_ACCOUNT}
    return visitors | (GRANTS[PersonRole(who)] if who else frozenset())


def outcome(answer: TestResponse) -> str:
    """What the guard said: in, sign in, no."""
    if answer.status_code == 401 or answer.headers.get("Location", "").startswith("/login?next="):
        return "sign in"
    if answer.status_code == 403 or answer.headers.get("Location", "") == "/account/password":
        return "no"
    return "in"


def expected(who: str | None, wanted: Permission, *, public_reading: bool = True) -> str:
    """What the table says."""
    if wanted in rights_of(who, public_reading=public_reading):
        return "in"
    return "no" if who else "sign in"


def ask(client: FlaskClient, method: str, path: str) -> TestResponse:
    """Ask so that a view that is entered refuses at once: by a day that is none, or a form without its token."""
    return client.open(path, method=method, query_string={"as_of": "never"} if method == "GET" else None, buffered=True)


@pytest.mark.parametrize("who", EVERYBODY, ids=str)
def test_every_route_as_every_role(site: Flask, browsers: dict[str, FlaskClient], who: str | None) -> None:
    """All methods of all routes let in whom the table names, and nobody else."""
    client = browsers[who] if who else site.test_client()
    found, wanted = {}, {}
    for endpoint, method, route, path in routes(site):
        needed = getattr(site.view_functions[endpoint], MARK)
        if endpoint in {"entry.logout", "entry.login", "entry.send_login"}:
            continue
        is_page = method == "GET" and not path.startswith("/api/") and needed is not Permission.OPEN
        told = "no" if who == NEW and is_page and endpoint != "entry.password" else expected(who, needed)
        wanted[method, route] = told
        found[method, route] = outcome(ask(client, method, path))
    assert wanted == found
    assert len(found) > 40


def test_a_closed_site_shows_visitors_the_door(closed_site: Flask) -> None:
    """Where public reading is off, all but signing in and the signs of life lead a visitor to the page to sign in."""
    client = closed_site.test_client()
    found, wanted = {}, {}
    for endpoint, method, route, path in routes(closed_site):
        needed = getattr(closed_site.view_functions[endpoint], MARK)
        wanted[method, route] = expected(None, needed, public_reading=False)
        found[method, route] = outcome(ask(client, method, path))
    assert wanted == found


def test_the_door_of_the_api_is_an_answer_for_programs(closed_site: Flask) -> None:
    """401 as problem+json, in place of a page."""
    answer = closed_site.test_client().get("/api/layers")
    assert (401, "application/problem+json") == (answer.status_code, answer.mimetype)


@pytest.mark.parametrize("who", EVERYBODY, ids=str)
@pytest.mark.parametrize("layer", SECRET_LAYERS)
def test_a_layer_is_there_for_whom_it_is(
    site: Flask, browsers: dict[str, FlaskClient], who: str | None, layer: str
) -> None:
    """In every format: for others it does not exist, and to take it out is a right of its own."""
    client = browsers[who] if who else site.test_client()
    may_read = _READS[SECRET_LAYERS[layer]] in (GRANTS[PersonRole(who)] if who in set(PersonRole) else ())
    may_export = Permission.EXPORT_INTERNAL in rights_of(who)
    one = "1"
    if may_read:
        answer = client.get(f"/api/layers/{layer}/features").get_json(force=True)
        one = answer["features"][0]["id"]
    for form, kind in FORMS.items():
        told = 404 if not may_read else 403 if kind == "export" and not may_export else 200
        answer = client.get(f"/api/layers/{layer}/{form.format(one=one)}")
        assert told == answer.status_code, form
        if told == 200:
            assert "private, no-store" == answer.headers["Cache-Control"]
    if layer == "secret_restricted":
        answer = client.get(f"/api/layers/{layer}/tiles/9/406/226.mvt")
        assert (200 if may_read else 404) == answer.status_code
    described = [told["id"] for told in client.get("/api/layers").json["layers"]]  # type: ignore[index]
    assert may_read is (layer in described)
    if who != NEW:
        assert may_read is (layer in client.get("/").text)


def test_every_view_says_its_permission(site: Flask) -> None:
    """A view without @needs(...) fails here, and stops the start."""
    assert [] == [name for name, view in site.view_functions.items() if not hasattr(view, MARK)]


def test_classes_of_layers_have_a_permission() -> None:
    """Every class can be read by somebody."""
    assert {"public", *_READS} == set(AccessClass)
