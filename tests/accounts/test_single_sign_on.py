"""Single sign-on against a real provider: another process, real HTTP, discovery, keys, PKCE, state and nonce."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from geoapp.store.engine import Role, make_engine
from tests.accounts.oidc_provider import CLIENT, SECRET
from tests.staff import staffed_app


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that says of everybody: this is the inspector."""
    script = Path(__file__).with_name("oidc_provider.py")
    process = subprocess.Popen([sys.executable, str(script), "0", "inspector"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    process.terminate()
    process.wait()
    process.stdout.close()


@pytest.fixture
def client(staffed_database_url: str, secret_layers: Path, provider: str) -> FlaskClient:
    """A browser at a site that offers the provider."""
    told = {"oidc_issuer": provider, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET, "oidc_title": "Cổng SSO"}
    app: Flask = staffed_app(staffed_database_url, secret_layers, **told)
    requests.get(f"{provider}/behave", timeout=5)
    return app.test_client()


def go(client: FlaskClient, wanted: str = "/account") -> str:
    """Go to the provider; the way back, as it tells the browser."""
    there = client.get(f"/login/sso?next={wanted}").headers["Location"]
    answer = requests.get(there, allow_redirects=False, timeout=5)
    assert 302 == answer.status_code, answer.text
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def test_the_page_offers_the_provider(client: FlaskClient) -> None:
    """By its name, as a link: the policy of the page lets forms go nowhere else."""
    page = client.get("/login?next=/people").text
    assert 'href="/login/sso?next=/people"' in page
    assert "Cổng SSO" in page


def test_the_question_has_all_that_protects_it(client: FlaskClient) -> None:
    """Code flow with PKCE, a state and a nonce."""
    asked = parse_qs(urlsplit(client.get("/login/sso").headers["Location"]).query)
    assert ["S256"] == asked["code_challenge_method"]
    assert {"state", "nonce", "code_challenge"} <= asked.keys()


def test_who_is_known_comes_in_and_is_linked(client: FlaskClient, staffed_database_url: str, provider: str) -> None:
    """By the user name at first, by the number of the provider from then on; and goes where he wanted to go."""
    answer = client.get(go(client))
    assert (303, "/account") == (answer.status_code, answer.headers["Location"])
    assert "inspector" in client.get("/account").text
    engine = make_engine(staffed_database_url, role=Role.OWNER)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT issuer, subject FROM people WHERE login = 'inspector'")).one()
    engine.dispose()
    assert (provider, "number-inspector") == tuple(found)


def test_who_is_not_known_stays_out(client: FlaskClient, provider: str) -> None:
    """The administrator adds people, the provider does not."""
    requests.get(f"{provider}/behave?login=stranger", timeout=5)
    answer = client.get(go(client))
    requests.get(f"{provider}/behave?login=inspector", timeout=5)
    assert 403 == answer.status_code
    assert 303 == client.get("/account").status_code


@pytest.mark.parametrize("fault", ["key", "nonce", "iss"])
def test_a_false_token_is_refused(client: FlaskClient, provider: str, fault: str) -> None:
    """Signed by another key, for another question, or by another provider."""
    requests.get(f"{provider}/behave?fault={fault}", timeout=5)
    answer = client.get(go(client))
    requests.get(f"{provider}/behave", timeout=5)
    assert 401 == answer.status_code
    assert 303 == client.get("/account").status_code


def test_the_answer_to_another_browser_is_refused(client: FlaskClient) -> None:
    """A way back that was not begun here, as one is sent who is to be signed in as somebody else."""
    back = go(client)
    stranger = client.application.test_client()
    assert 401 == stranger.get(back).status_code
    assert 303 == stranger.get("/account").status_code


def test_a_way_back_is_of_use_once(client: FlaskClient) -> None:
    """Neither code nor state are taken twice."""
    back = go(client)
    assert 303 == client.get(back).status_code
    assert 401 == client.get(back).status_code


def test_a_way_back_leads_nowhere_else(client: FlaskClient) -> None:
    """Another site is not gone to after signing in."""
    assert "/" == client.get(go(client, "https://elsewhere.example/")).headers["Location"]


def test_a_provider_that_is_away_is_told(staffed_database_url: str, secret_layers: Path) -> None:
    """A page that says what to do; a password still works."""
    told = {"oidc_issuer": "http://127.0.0.1:9", "oidc_client_id": CLIENT}
    answer = staffed_app(staffed_database_url, secret_layers, **told).test_client().get("/login/sso")
    assert 502 == answer.status_code


def test_without_a_provider_there_is_no_such_door(visitor: FlaskClient) -> None:
    """The page does not offer it, the address says so."""
    assert "/login/sso" not in visitor.get("/login").text
    assert 404 == visitor.get("/login/sso").status_code
