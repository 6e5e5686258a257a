"""The field view and its API over HTTP: who may, what is refused before it is read, what photos go out as."""

import hashlib
import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.settings import Settings
from tests.field_work import HELD, OTHER_PARK, PARK, Ground, ground_of
from tests.photos.photo_files import gps, photo
from tests.staff import signed_in

CHUNK = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
Client = Callable[[str], FlaskClient]


@pytest.fixture(scope="module")
def site(field_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with a folder of its own for photos."""
    folder: Path = tmp_path_factory.mktemp("evidence")
    return create_app(Settings(database_url=field_url, evidence_dir=folder, log_level="error"))


@pytest.fixture(scope="module")
def ground(field_url: str) -> Ground:
    """A plot."""
    return ground_of(field_url)


def csrf(client: FlaskClient) -> dict[str, str]:
    """The mark that sending needs."""
    return {"X-CSRF-Token": client.get("/field/api/hello").json["csrf"]}  # type: ignore[index]


def report(ground: Ground, *bodies: bytes, number: int, **changes: object) -> dict[str, object]:
    """What a device announces."""
    photos = [{"sha256": hashlib.sha256(b).hexdigest(), "bytes": len(b), "name": "../IMG 1.jpg"} for b in bodies]
    told: dict[str, object] = {
        "id": f"00000000-0000-4000-8000-{number:012d}", "park": PARK, "plots": [ground.code], "geometry": None,
        "reason": "unused", "note": "", "observed_on": "2026-11-20", "photos": photos,
    }  # fmt: skip
    return told | changes


def send(client: FlaskClient, told: dict[str, object], *bodies: bytes) -> dict[str, object]:
    """Announce, send the photos, close; the receipt."""
    marks = csrf(client)
    assert 200 == client.post("/field/api/reports", json=told, headers=marks).status_code
    for body in bodies:
        path = f"/field/api/reports/{told['id']}/photos/{hashlib.sha256(body).hexdigest()}"
        assert 204 == client.patch(path, data=body, headers=CHUNK | marks).status_code
    receipt = client.post(f"/field/api/reports/{told['id']}/send", headers=marks)
    assert 200 == receipt.status_code
    return dict(receipt.json)


ASKED = [
    ("GET", "/field/"), ("GET", "/field/api/hello"), ("GET", "/field/api/parks"), ("GET", f"/field/api/parks/{PARK}"),
    ("GET", "/field/api/reports"), ("POST", "/field/api/reports"),
    ("GET", "/field/api/reports/00000000-0000-4000-8000-000000000001"),
    ("POST", "/field/api/reports/00000000-0000-4000-8000-000000000001/send"),
    ("HEAD", f"/field/api/reports/00000000-0000-4000-8000-000000000001/photos/{'0' * 64}"),
    ("PATCH", f"/field/api/reports/00000000-0000-4000-8000-000000000001/photos/{'0' * 64}"),
    ("GET", f"/evidence/photos/{'0' * 64}"), ("GET", f"/evidence/photos/{'0' * 64}/preview"),
]  # fmt: skip


@pytest.mark.parametrize("login", [None, "viewer", "admin"])
def test_who_may_not_flag_gets_nothing(site: Flask, login: str | None) -> None:
    """Neither page nor data nor photos; a visitor is led to the page to sign in."""
    client = signed_in(site, login) if login else site.test_client()
    statuses = {client.open(path, method=method).status_code for method, path in ASKED}
    assert statuses <= ({403} if login else {401, 303})


def test_nothing_is_sent_without_the_mark_of_the_page(site: Flask, ground: Ground) -> None:
    """A page of another site cannot send a report."""
    answer = signed_in(site, "inspector").post("/field/api/reports", json=report(ground, number=2))
    assert 400 == answer.status_code


def test_a_report_comes_in_whole(site: Flask, ground: Ground) -> None:
    """Announced, sent, received; the name of the device is shown without its folders."""
    client, body = signed_in(site, "inspector"), photo(place=gps(ground.longitude, ground.latitude, 10), mark="web")
    receipt = send(client, report(ground, body, number=3), body)
    assert (1, "IMG 1.jpg") == (receipt["count"], receipt["photos"][0]["name"])  # type: ignore[index]
    shown = client.get("/field/api/reports/00000000-0000-4000-8000-000000000003").json
    assert ("sent", 0) == (shown["state"], shown["photos"][0]["distance_m"])  # type: ignore[index]


def test_a_photo_goes_out_as_what_it_is_and_is_kept_nowhere(site: Flask, ground: Ground) -> None:
    """Byte for byte, with its type, never guessed at by the browser, never in a shared cache."""
    client, body = signed_in(site, "inspector"), photo(mark="served")
    send(client, report(ground, body, number=4), body)
    sha256 = hashlib.sha256(body).hexdigest()
    with client.get(f"/evidence/photos/{sha256}") as answer:
        assert (body, "image/jpeg") == (answer.data, answer.mimetype)
        assert "nosniff" == answer.headers["X-Content-Type-Options"]
        assert "no-store" in answer.headers["Cache-Control"]
        assert sha256[:16] + ".jpg" in answer.headers["Content-Disposition"]
    with client.get(f"/evidence/photos/{sha256}/preview") as preview:
        assert ("image/jpeg", True) == (preview.mimetype, b"Exif" not in preview.data)


def test_a_photo_of_another_park_does_not_exist(site: Flask, field_url: str) -> None:
    """For who is held to a park."""
    there, body = ground_of(field_url, OTHER_PARK), photo(mark="other park")
    send(signed_in(site, "inspector"), report(there, body, number=5, park=OTHER_PARK), body)
    held = signed_in(site, HELD)
    assert 404 == held.get(f"/evidence/photos/{hashlib.sha256(body).hexdigest()}").status_code
    assert 404 == held.get(f"/field/api/parks/{OTHER_PARK}").status_code
    assert [PARK] == [one["slug"] for one in held.get("/field/api/parks").json["parks"]]  # type: ignore[index]


class Unread:
    """A body of which not a byte may be read."""

    def read(self, *_: object) -> bytes:
        """Fails."""
        raise AssertionError("the body was read")

    readline = read


def test_200_mb_are_refused_before_a_byte_is_read(site: Flask, ground: Ground) -> None:
    """By what the request says of its length."""
    client, body = signed_in(site, "inspector"), photo(mark="large")
    told = report(ground, body, number=6)
    marks = csrf(client)
    client.post("/field/api/reports", json=told, headers=marks)
    path = f"/field/api/reports/{told['id']}/photos/{hashlib.sha256(body).hexdigest()}"
    said = {"wsgi.input": Unread(), "CONTENT_LENGTH": "200000000"}
    answer = client.patch(path, headers=CHUNK | marks, environ_overrides=said)
    assert (413, "Content-Length") == (answer.status_code, answer.json["parameter"])  # type: ignore[index]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("id", {"id": "x"}),
        ("reason", {"reason": "guilty"}),
        ("observed_on", {"observed_on": "2026-13-01"}),
        ("observed_on", {"observed_on": "2099-01-01"}),
        ("geometry", {"geometry": {"type": "LineString", "coordinates": [[106, 20], [106, 21]]}}),
        ("geometry", {"geometry": {"type": "Point", "coordinates": [1e999, 20]}}),
        ("geometry", {"geometry": {"type": "Polygon", "coordinates": [[[106, 20], [106, 21], [106, 20]]]}}),
        ("plots", {"plots": [1]}),
        ("note", {"note": "x" * 2001}),
        ("photos", {"photos": [{"sha256": "../x", "bytes": 1}]}),
        ("photos", {"photos": [{"sha256": "0" * 64, "bytes": 0}]}),
        ("photos", {"photos": [{"sha256": "0" * 64, "bytes": 5}] * 2}),
        ("photos", {"photos": [{"sha256": "0" * 64, "bytes": 200_000_000, "name": "x"}]}),
    ],
)
def test_a_field_that_cannot_be_is_named(site: Flask, ground: Ground, field: str, changes: dict[str, object]) -> None:
    """With what was expected, as problem+json."""
    client = signed_in(site, "inspector")
    told = json.dumps(report(ground, number=7, **changes))
    answer = client.post("/field/api/reports", data=told, headers=csrf(client) | {"Content-Type": "application/json"})
    assert answer.status_code in {400, 413}
    assert (field, "application/problem+json") == (answer.json["parameter"], answer.mimetype)  # type: ignore[index]


def test_head_tells_where_to_go_on(site: Flask, ground: Ground) -> None:
    """The core of tus 1.0: how much is here, of how much, never kept."""
    client, body = signed_in(site, "inspector"), photo(mark="head")
    told, marks = report(ground, body, number=8), csrf(client)
    client.post("/field/api/reports", json=told, headers=marks)
    path = f"/field/api/reports/{told['id']}/photos/{hashlib.sha256(body).hexdigest()}"
    client.patch(path, data=BytesIO(body[:1000]), headers=CHUNK | marks, content_length=1000)
    answer = client.head(path)
    assert ("1000", str(len(body)), "1.0.0") == tuple(
        answer.headers[name] for name in ("Upload-Offset", "Upload-Length", "Tus-Resumable")
    )
    assert "no-store" in answer.headers["Cache-Control"]
    assert 409 == client.patch(path, data=body, headers=CHUNK | marks).status_code


def test_the_page_holds_no_case_and_the_worker_only_what_is_there(site: Flask) -> None:
    """Every address that the worker keeps answers; its scope is the folder that it lies in."""
    client = signed_in(site, "inspector")
    worker = client.get("/field/worker.js")
    assert ("text/javascript", True) == (
        worker.mimetype, "connect-src 'self'" in worker.headers["Content-Security-Policy"],
    )  # fmt: skip
    files = json.loads(re.search(r"const FILES = (\[.*?\]);", worker.text)[1])  # type: ignore[index]
    for one in files:
        with client.get(one) as kept:
            assert 200 == kept.status_code, one
    page = client.get("/field/").text
    named = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert set(named) <= set(files)
    assert "inspector" not in page


def test_every_module_of_the_page_is_kept(site: Flask) -> None:
    """What a kept module imports is kept too, or the page does not open without a network."""
    client = signed_in(site, "inspector")
    files = set(json.loads(re.search(r"const FILES = (\[.*?\]);", client.get("/field/worker.js").text)[1]))  # type: ignore[index]
    static = Path(site.static_folder or "")
    for address in [one for one in files if one.split("?")[0].endswith(".js") and "/vendor/" not in one]:
        path = static / address.split("?")[0].removeprefix("/static/")
        for name in re.findall(r'(?:from|import) "(\.[^"]+)"', path.read_text(encoding="utf-8")):
            imported = (path.parent / name).resolve().relative_to(static.resolve())
            assert f"/static/{imported.as_posix()}" in files, f"{path.name} imports {name}"
