"""The words of scripts, a module per language that browsers keep."""

import json
import re

import pytest
from flask.testing import FlaskClient


def address_of(client: FlaskClient, page: str) -> str:
    """The address of the words that a page names."""
    found = re.search(r'import words from "(/words/[^"]+)"', client.get(page).text)
    assert found
    return found[1]


@pytest.mark.parametrize(("page", "told"), [("/?lang=vi", "Toàn vùng"), ("/?lang=en", "Whole area")])
def test_a_page_names_the_words_of_its_language(client: FlaskClient, page: str, told: str) -> None:
    """Kept for ever under that address, whatever the language of who asks."""
    answer = client.get(address_of(client, page), headers={"Cookie": "lang=vi"})
    assert told == json.loads(answer.text.removeprefix("export default ").rstrip(";\n"))["home"]
    assert ("text/javascript", True) == (answer.mimetype, "immutable" in answer.headers["Cache-Control"])


def test_another_digest_is_not_kept(client: FlaskClient) -> None:
    """Whoever asks with an old address gets the words of now, and asks again next time."""
    answer = client.get("/words/vi.js?v=0")
    assert (200, "no-cache") == (answer.status_code, answer.headers["Cache-Control"])
    again = client.get("/words/vi.js?v=0", headers={"If-None-Match": answer.headers["ETag"]})
    assert 304 == again.status_code


def test_there_are_no_words_of_other_languages(client: FlaskClient) -> None:
    """404, told as any page that is not there."""
    assert 404 == client.get("/words/fr.js").status_code
