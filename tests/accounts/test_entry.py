"""Signing in and out, the own password, and what an attacker would try."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

from geoapp.core.passwords import make_password, password_fault
from geoapp.store.engine import Role, make_engine
from geoapp.web.accounts.way_back import is_own
from tests.conftest import Databases
from tests.staff import NEW, PASSWORD, add_staff, signed_in, staffed_app

OTHER = "năm con bò về chuồng"


@pytest.fixture(scope="module")
def url(databases: Databases, migrated_template: str) -> str:
    """A database with people and no data, which these tests change."""
    made = databases.make(migrated_template)
    add_staff(made)
    return made


@pytest.fixture(scope="module")
def owner(url: str) -> Iterator[Engine]:
    """The database as its owner."""
    engine = make_engine(url, role=Role.OWNER)
    yield engine
    engine.dispose()


@pytest.fixture
def app(url: str, owner: Engine, repository: Path) -> Flask:
    """The application; nobody is locked out yet."""
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM login_attempts"))
        connection.execute(text("DELETE FROM sessions"))
    return staffed_app(url, repository / "layers")


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser of somebody who is not signed in."""
    return app.test_client()


def token_of(answer: TestResponse) -> str:
    """The token of the form in a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)
    assert found is not None
    return found[1]


def sign_in(browser: FlaskClient, login: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Send the form to sign in, as a browser does."""
    token = token_of(browser.get("/login"))
    return browser.post("/login", data={"login": login, "password": password, "csrf_token": token, **more})


def change(browser: FlaskClient, present: str, new: str, again: str | None = None) -> TestResponse:
    """Send the form to change the password."""
    token = token_of(browser.get("/account/password"))
    typed = {"present": present, "new": new, "again": new if again is None else again, "csrf_token": token}
    return browser.post("/account/password", data=typed)


def test_a_person_signs_in_and_goes_where_he_wanted(browser: FlaskClient) -> None:
    """The page that needed it is gone on to."""
    asked = browser.get("/people?x=1")
    assert (303, "/login?next=%2Fpeople%3Fx%3D1") == (asked.status_code, asked.headers["Location"])
    answer = sign_in(browser, "admin", next="/people?x=1")
    assert (303, "/people?x=1") == (answer.status_code, answer.headers["Location"])
    assert 200 == browser.get("/people").status_code


def test_a_user_name_is_taken_however_it_is_typed(browser: FlaskClient) -> None:
    """Phones begin with a capital letter and end with a space."""
    assert 303 == sign_in(browser, "Admin ").status_code


def test_the_cookie_is_out_of_reach(browser: FlaskClient) -> None:
    """Of scripts, of other sites, and over TLS of listeners."""
    plain = sign_in(browser, "viewer").headers["Set-Cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=Lax" in plain
    secure = (
        browser.get("/login", base_url="https://localhost/").headers.get("Set-Cookie", "")
        or (browser.application.test_client().get("/login", base_url="https://localhost/").headers["Set-Cookie"])
    )
    assert "Secure" in secure
    assert "Secure" not in plain


def test_a_session_is_a_new_one(browser: FlaskClient) -> None:
    """What a browser brought before, an attacker may know: it does not become the session."""
    browser.get("/login")
    with browser.session_transaction() as session:
        session["token"] = "planted"  # noqa: S105 - of no use
    before = browser.get_cookie("session")
    sign_in(browser, "viewer")
    after = browser.get_cookie("session")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    with browser.session_transaction() as session:
        assert session["token"] != "planted"  # noqa: S105 - of no use


def test_nobody_learns_which_names_there_are(app: Flask) -> None:
    """The same answer for a name that nobody has; and both end in the same lock."""
    told = {}
    for login in ("viewer", "nobody-at-all"):
        browser = app.test_client()
        answers = [sign_in(browser, login, "wrong password") for _ in range(6)]
        told[login] = [(one.status_code, re.sub(r'value="[^"]*"|nonce="[^"]*"', "", one.text)) for one in answers]
    assert told["viewer"] == told["nobody-at-all"]
    assert [401] * 5 + [429] == [status for status, _ in told["viewer"]]


def test_a_locked_name_stays_locked_with_the_right_password(app: Flask) -> None:
    """Whoever guesses does not learn that he has found it; and another name is not locked."""
    browser = app.test_client()
    for _ in range(5):
        sign_in(browser, "planner", "wrong password")
    assert 429 == sign_in(browser, "planner").status_code
    assert 303 == sign_in(browser, "head").status_code


def test_what_comes_from_nobody_known_is_short(app: Flask) -> None:
    """A form is read before its view is: the limit stands before both, and an invented cookie changes nothing."""
    client = app.test_client()
    client.set_cookie("session", "invented")
    file = (
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n' + b"x" * 6_000_000 + b"\r\n--b--\r\n"
    )
    sent = client.post("/login", data=file, content_type="multipart/form-data; boundary=b")
    assert 413 == sent.status_code
    assert "Hãy gửi ít hơn mỗi lần." in sent.text


def test_a_lock_ends_by_itself(app: Flask, owner: Engine) -> None:
    """After the minutes that the settings say."""
    browser = app.test_client()
    for _ in range(5):
        sign_in(browser, "planner", "wrong password")
    with owner.begin() as connection:
        connection.execute(text("UPDATE login_attempts SET at = at - interval '16 minutes'"))
    assert 303 == sign_in(browser, "planner").status_code


def test_many_guesses_at_once_are_no_more_than_the_rules_allow(app: Flask) -> None:
    """An attempt counts before it is judged: twenty at the same moment are five."""

    def guess(number: int) -> str:
        try:
            app.extensions["accounts"].sign_in("viewer", f"guess number {number}", "127.0.0.1")
        except Exception as error:  # noqa: BLE001 - its name is what is counted
            return type(error).__name__
        return "in"

    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(guess, range(20)))
    assert (5, 15) == (outcomes.count("Unauthorized"), outcomes.count("TooOften"))


def test_a_flood_stops_at_the_first_wall(app: Flask) -> None:
    """More than thirty forms in a minute from one address cost neither a look at the database nor a hash."""
    browser = app.test_client()
    token = token_of(browser.get("/login"))
    answers = [
        browser.post("/login", data={"login": f"name{number}", "password": "x", "csrf_token": token}).status_code
        for number in range(32)
    ]
    assert [429, 429] == answers[30:]
    assert {401} == set(answers[:30])


def test_a_form_of_another_site_is_refused(browser: FlaskClient) -> None:
    """Without the token of our own form nothing is done."""
    sign_in(browser, "viewer")
    assert 400 == browser.post("/account/password", data={"present": PASSWORD}).status_code
    assert 400 == browser.post("/logout").status_code
    assert 200 == browser.get("/account").status_code


def test_a_script_of_ours_sends_the_token_as_a_header(browser: FlaskClient) -> None:
    """Pages of who is signed in carry it; X-CSRF-Token is taken in place of the field."""
    sign_in(browser, "viewer")
    token = re.search(r'<meta name="csrf-token" content="([^"]+)"', browser.get("/account").text)
    assert token is not None
    assert 303 == browser.post("/logout", headers={"X-CSRF-Token": token[1]}).status_code


def test_signing_out_ends_the_session_itself(app: Flask, browser: FlaskClient) -> None:
    """A copy of the cookie is of no use any more."""
    sign_in(browser, "viewer")
    copy = browser.get_cookie("session")
    assert copy is not None
    token = token_of(browser.get("/account"))
    assert 303 == browser.post("/logout", data={"csrf_token": token}).status_code
    thief = app.test_client()
    thief.set_cookie("session", copy.value)
    assert 303 == thief.get("/account").status_code


@pytest.mark.parametrize("column", ["seen_at", "began_at"])
def test_a_session_ends_by_itself(browser: FlaskClient, owner: Engine, column: str) -> None:
    """Unused for an hour, and after ten hours whatever is done."""
    sign_in(browser, "viewer")
    with owner.begin() as connection:
        connection.execute(text(f"UPDATE sessions SET {column} = {column} - interval '601 minutes'"))
    assert 303 == browser.get("/account").status_code


def test_a_session_that_is_used_goes_on(browser: FlaskClient, owner: Engine) -> None:
    """Being used is noted."""
    sign_in(browser, "viewer")
    for _ in range(3):
        with owner.begin() as connection:
            connection.execute(text("UPDATE sessions SET seen_at = seen_at - interval '40 minutes'"))
        assert 200 == browser.get("/account").status_code


def test_who_is_disabled_is_out_at_once(browser: FlaskClient, owner: Engine) -> None:
    """The session that is open ends with the next question."""
    sign_in(browser, "viewer")
    with owner.begin() as connection:
        connection.execute(text("UPDATE people SET disabled_at = now() WHERE login = 'viewer'"))
    try:
        assert 303 == browser.get("/account").status_code
        assert 401 == sign_in(browser, "viewer").status_code
    finally:
        with owner.begin() as connection:
            connection.execute(text("UPDATE people SET disabled_at = NULL"))


def test_a_first_password_must_be_changed(app: Flask, browser: FlaskClient) -> None:
    """Every page leads to the form; a password that is refused says why, and all other sessions end with the change."""
    elsewhere = signed_in(app, NEW)
    sign_in(browser, NEW, next="/account")
    for page in ("/", "/account", "/parks/khanh-phu"):
        assert "/account/password" == browser.get(page).headers["Location"]
    for new, again, fault in (
        ("short", None, "12"), (PASSWORD, None, "khác"), (f"{NEW} {NEW}", None, "dễ đoán"), (OTHER, "x" * 20, "giống")
    ):  # fmt: skip
        refused = change(browser, PASSWORD, new, again)
        assert 400 == refused.status_code
        assert fault in refused.text
    assert 400 == change(browser, "wrong password", OTHER).status_code
    assert 303 == change(browser, PASSWORD, OTHER).status_code
    assert 200 == browser.get("/account").status_code
    assert 303 == elsewhere.get("/account").status_code
    assert 401 == sign_in(app.test_client(), NEW, PASSWORD).status_code
    assert 303 == sign_in(app.test_client(), NEW, OTHER).status_code


@pytest.mark.parametrize(
    "address",
    ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example", "elsewhere",
     "javascript:alert(1)", "", "/" + "a" * 3000, "/\n/elsewhere.example"],
)  # fmt: skip
def test_nobody_is_led_elsewhere(browser: FlaskClient, address: str) -> None:
    """Only a path of this site is gone to after signing in."""
    assert not is_own(address)
    assert "/" == sign_in(browser, "viewer", next=address).headers["Location"]


def test_a_page_of_a_visitor_has_no_session(browser: FlaskClient) -> None:
    """No cookie is set, no token is made, and no look at who asks: it can be kept by its tag as before."""
    answer = browser.get("/api/openapi.json")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    again = browser.get("/api/openapi.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert 304 == again.status_code


def test_made_passwords_are_taken(browser: FlaskClient) -> None:  # noqa: ARG001 - the application is not asked
    """What we hand over would pass our own rules, and no two are alike."""
    made = {make_password() for _ in range(50)}
    assert 50 == len(made)
    assert {None} == {password_fault(one, "viewer") for one in made}
