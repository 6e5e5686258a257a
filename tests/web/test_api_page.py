"""The API told to a person: complete, in both languages, with examples that work."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient


def page(client: FlaskClient, lang: str = "vi") -> str:
    """The page of the API."""
    answer = client.get(f"/api?lang={lang}")
    assert 200 == answer.status_code
    return unescape(answer.text)


def test_every_address_and_parameter_is_told(client: FlaskClient) -> None:
    """Those of the OpenAPI description, no more and no fewer."""
    paths = client.get("/api/openapi.json").json["paths"]  # type: ignore[index]
    text = page(client)
    asked = [path for path, told in paths.items() for _ in told]
    assert sorted(asked) == sorted(re.findall(r"<h3><code>(/api[^<]*)</code></h3>", text))
    operations = [operation for told in paths.values() for operation in told.values()]
    names = {one["name"] for operation in operations for one in operation["parameters"] if one["in"] == "query"}
    assert names == set(re.findall(r'<tr id="(\w+)">', text))


def test_every_example_works(client: FlaskClient) -> None:
    """Each is answered, and answers no empty tile.

    All that visitors may ask have one, but tiles of pictures, whose codes differ by place.
    """
    examples = re.findall(r'class="api-example" href="([^"]+)"', page(client))
    answers = {address: client.get(address) for address in examples}
    assert {200} == {answer.status_code for answer in answers.values()}, answers
    assert [] == [address for address, answer in answers.items() if not answer.data]
    paths = client.get("/api/openapi.json").json["paths"]  # type: ignore[index]
    for_visitors = [path for path, told in paths.items() if "get" in told and "401" not in told["get"]["responses"]]
    assert len(for_visitors) - 1 == len(examples)


@pytest.mark.parametrize(("lang", "told"), [("vi", "Chỉ khu công nghiệp này."), ("en", "Only this park.")])
def test_it_speaks_the_language_of_the_reader(client: FlaskClient, lang: str, told: str) -> None:
    """The meaning of parameters too."""
    other = {"vi": "Only this park.", "en": "Chỉ khu công nghiệp này."}[lang]
    text = page(client, lang)
    assert (True, False) == (told in text, other in text)


@pytest.mark.parametrize("address", ["/search", "/compare", "/wastewater", "/nothing"])
def test_pages_lead_to_it(client: FlaskClient, address: str) -> None:
    """By a link at their foot."""
    assert re.search(r'<footer class="page-foot">[^§]*<a href="/api">[^§]*</footer>', client.get(address).text)
