"""Pages of features for programs: every feature once, counted exactly, and wrong questions refused in words."""

import csv
import io
import json

import pytest
from flask.testing import FlaskClient

ADDRESS = "/api/layers/plot_state/features?as_of=2026-10-31"


def walk(client: FlaskClient, address: str) -> tuple[list[str], list[int], list[int]]:
    """Ids of all features, page by page; what each page says of the number of all, and of its own."""
    ids: list[str] = []
    matched, returned = [], []
    while True:
        answer = client.get(address)
        body = json.loads(answer.data)
        ids += [feature["id"] for feature in body["features"]]
        matched.append(body["numberMatched"])
        returned.append(body["numberReturned"])
        if not body["links"]:
            assert "Link" not in answer.headers
            return ids, matched, returned
        assert f'<{body["links"][0]["href"]}>; rel="next"' == answer.headers["Link"]
        address = body["links"][0]["href"]


@pytest.mark.parametrize(("layer", "limit"), [("plot_state", 1000), ("park_status", 7), ("projects", 900)])
def test_pages_hold_every_feature_once(client: FlaskClient, layer: str, limit: int) -> None:
    """As many as the count says, the same as all at once."""
    everything = json.loads(client.get(f"/api/layers/{layer}/features?as_of=2026-10-31").data)["features"]
    ids, matched, returned = walk(client, f"/api/layers/{layer}/features?as_of=2026-10-31&limit={limit}")
    assert sorted(feature["id"] for feature in everything) == sorted(ids)
    assert {len(everything)} == set(matched)
    assert len(everything) == sum(returned)


def test_a_box_holds_what_it_meets(client: FlaskClient) -> None:
    """One park's plots and no other's; the count is that of the box."""
    body = json.loads(client.get(f"{ADDRESS}&bbox=106.089,20.349,106.093,20.353&limit=500").data)
    assert {"bao-minh"} == {feature["properties"]["park_slug"] for feature in body["features"]}
    assert body["numberMatched"] == body["numberReturned"] > 0


def test_a_page_that_is_known_is_not_sent_again(client: FlaskClient) -> None:
    """304 by its tag."""
    tag = client.get(f"{ADDRESS}&limit=10").headers["ETag"]
    assert 304 == client.get(f"{ADDRESS}&limit=10", headers={"If-None-Match": tag}).status_code


def test_csv_tells_quality_day_and_notice_in_every_row(client: FlaskClient) -> None:
    """So that a row cut out of it still says what it is."""
    answer = client.get(f"{ADDRESS}&f=csv&limit=5&lang=en&park=bao-minh")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert 5 == len(rows)
    for row in rows:
        assert ("demo", "2026-10-31") == (row["quality"], row["as_of"])
        assert "Demonstration data, not official figures; Approximate outline, not surveyed" == row["notice"]
        assert 106 < float(row["lon"]) < 106.2


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("bbox=1,2,3", "bbox: cần bốn số"),
        ("bbox=a,b,c,d", "bbox: cần bốn số"),
        ("bbox=106.2,20,106.1,21", "tây trước đông"),
        ("bbox=-180,-90,180,90", "30 độ"),
        ("bbox=nan,20,106,21", "bbox: cần bốn số"),
        ("bbox=105,20,x,106,21", "bbox: cần bốn số"),
        ("bbox=600000,2240000,601000,2241000", "độ"),
        ("limit=0", "limit"),
        ("limit=1001", "limit: cần một số nguyên từ 1 đến 1000"),
        ("limit=10&after=abc", "after: cần"),
        ("limit=10&after=WyJsYW5kIiwgIjEiXQ", "after: cần"),
        # A number that no key can be.
        ("limit=10&after=WyJwbG90X3N0YXRlIiwgIjk5OTk5OTk5OTk5OTk5OTk5OTk5Il0", "after: cần"),
        ("f=xlsx", "f: cần một trong các giá trị"),
        ("limt=10", "limt: địa chỉ này không nhận tham số này"),
        ("as_of=2026-06-30", "as_of: cần một lần, nhưng nhận được 2 lần"),
    ],
)
def test_a_wrong_question_is_refused_by_name(client: FlaskClient, query: str, told: str) -> None:
    """400 with the parameter, what was expected and what was found."""
    answer = client.get(f"{ADDRESS}&{query}")
    assert (400, "application/problem+json") == (answer.status_code, answer.mimetype)
    assert told in json.loads(answer.data)["detail"]


@pytest.mark.parametrize(
    "change",
    [
        ("as_of=2026-10-31", "as_of=2026-09-30"),
        ("plot_state", "plot_use"),
        ("limit=10", "limit=10&bbox=105,20,107,21"),
        ("limit=10", "limit=10&park=bao-minh"),
    ],
    ids=["day", "layer", "box", "park"],
)
def test_a_cursor_belongs_to_its_list(client: FlaskClient, change: tuple[str, str]) -> None:
    """In another list it would begin somewhere that nobody asked for."""
    following = client.get(f"{ADDRESS}&limit=10").json["links"][0]["href"]  # type: ignore[index]
    assert change[0] in following
    answer = client.get(following.replace(*change))
    assert (400, "after") == (answer.status_code, (answer.json or {})["parameter"])


def test_pages_stay_with_the_day_they_began_with(client: FlaskClient) -> None:
    """Where no day was asked for, the link names the one that was found."""
    body = client.get("/api/layers/park_status/features?limit=5").json
    assert "as_of=2026-10-31" in body["links"][0]["href"]  # type: ignore[index]


def test_the_next_page_is_at_no_other_host(client: FlaskClient) -> None:
    """Whatever host the caller, or a proxy before us, says that we are."""
    answer = client.get(f"{ADDRESS}&limit=5", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert answer.json["links"][0]["href"].startswith("/api/layers/plot_state/features?")  # type: ignore[index]
    assert "evil" not in answer.text + str(answer.headers)


def test_a_tag_is_of_one_language(client: FlaskClient) -> None:
    """The notices of CSV are in that of the reader, which a cookie may tell."""
    address = f"{ADDRESS}&f=csv&limit=5"
    tag = client.get(address).headers["ETag"]
    assert 304 == client.get(address, headers={"If-None-Match": tag}).status_code
    client.set_cookie("lang", "en")
    assert 200 == client.get(address, headers={"If-None-Match": tag}).status_code
