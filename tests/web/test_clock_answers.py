"""The legal clock by page and by API."""

import pytest
from flask.testing import FlaskClient

LATE = "as_of=2026-11-22&handover_date=2025-03-10&progress_end_date=2028-01-01&area_ha=12,5&lang=en"


def test_the_page_shows_the_working(client: FlaskClient) -> None:
    """State, basis, each date and how it was found."""
    page = client.get(f"/clock?{LATE}").text
    for said in ("Sign: land not used for 12 months", "from 11 Mar 2026 on", "12.5", "12 months from 10 Mar 2025",
                 "LL24 Art. 81(8)"):  # fmt: skip
        assert said in page


def test_nothing_typed_is_lost(client: FlaskClient) -> None:
    """A field that cannot be used keeps what was typed and says why."""
    page = client.get("/clock?handover_date=2025-02-30&handover_record_no=12%2FBB&extension-0-months=x&lang=en").text
    for said in ('value="2025-02-30"', 'value="12/BB"', "found “2025-02-30”", "found “x”", 'aria-invalid="true"'):
        assert said in page


def test_an_extension_beyond_the_law_is_refused(client: FlaskClient) -> None:
    """By the page and by the API, with the field and the reason."""
    page = client.get("/clock?handover_date=2023-01-01&extension-0-date=2026-01-01&extension-0-months=36&lang=en").text
    sent = {"projects": [{"id": "a", "extension": [{"date": "2026-01-01", "months": 36}]}]}
    answer = client.post("/api/clock?lang=en", json=sent)
    assert "at most 24 months may be granted, found 36" in page
    assert (422, [{"field": "extension[0].months", "reason": "at most 24 months may be granted, found 36"}]) == (
        answer.status_code,
        answer.json["faults"],
    )


def test_what_is_typed_stays_text(client: FlaskClient) -> None:
    """Nothing of it becomes a part of the page."""
    page = client.get('/clock?special_regime=<script>alert(1)</script>&handover_record_no="><b>').text
    assert "<script>alert" not in page
    assert '"><i id=x>' not in page


def test_a_row_is_added(client: FlaskClient) -> None:
    """One more row, and what was typed stays."""
    page = client.get("/clock?handover_date=2025-01-01&add=extension").text
    assert 'name="extension-0-no"' in page
    assert 'value="2025-01-01"' in page


def test_the_api_answers_in_the_form_of_files(client: FlaskClient) -> None:
    """Projects in, answers out, by the same words."""
    sent = {"projects": [{"id": "a", "handover_date": "2025-03-10"}, {"id": 2, "no_handover": True}]}
    answer = client.post("/api/clock?as_of=2026-11-22", json=sent)
    assert (200, "2026-11-22") == (answer.status_code, answer.json["as_of"])
    assert [("a", "UNUSED_12M"), (2, "NO_CLOCK")] == [
        (one["id"], one["units"][0]["state"]) for one in answer.json["answers"]
    ]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 422),
        (b'{"projects": 3}', "application/json", 422),
        (b'{"projects": [], "more": 1}', "application/json", 422),
        (b'{"projects": [{"id": "a", "x": 1}]}', "application/json", 422),
        (b"{}", "text/plain", 415),
        (b" " * 4_000_001, "application/json", 413),
    ],
)
def test_what_the_api_refuses(client: FlaskClient, body: bytes, kind: str, status: int) -> None:
    """As problem+json, never as an error of ours."""
    answer = client.post("/api/clock", data=body, content_type=kind)
    assert (status, "application/problem+json") == (answer.status_code, answer.mimetype)


def test_the_api_is_asked_with_post(client: FlaskClient) -> None:
    """Another method is told which."""
    answer = client.get("/api/clock?lang=en")
    assert (405, "This address takes what is sent to it. Ask for it with POST.") == (
        answer.status_code,
        answer.json["detail"],
    )
