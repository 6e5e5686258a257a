"""What a page may load and run."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

PAGES = ["/", "/parks/khanh-phu", "/zones/ninh-co", "/nothing"]


def policy(headers: str) -> dict[str, str]:
    """The directives of a Content-Security-Policy."""
    return dict(part.strip().split(" ", 1) for part in headers.split(";"))


@pytest.mark.parametrize("address", [*PAGES, "/api/layers", "/static/css/base.css"])
def test_every_answer_is_guarded(client: FlaskClient, address: str) -> None:
    """Nothing is allowed but what is named, and nobody frames it."""
    headers = client.get(address, buffered=True).headers
    told = policy(headers["Content-Security-Policy"])
    assert ("'none'", "'none'", "'none'") == (told["default-src"], told["frame-ancestors"], told["base-uri"])
    assert "nosniff" == headers["X-Content-Type-Options"]
    assert "same-origin" == headers["Referrer-Policy"]


@pytest.mark.parametrize("address", PAGES)
def test_every_script_of_a_page_has_its_nonce(client: FlaskClient, address: str) -> None:
    """Inline scripts carry the nonce of this very answer; others come from our own files."""
    answer = client.get(address)
    nonce = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])
    assert nonce is not None
    for attributes in re.findall(r"<(?:script|style)([^>]*)>", answer.text):
        assert f'nonce="{nonce[1]}"' in attributes or 'src="/static/' in attributes


def test_a_nonce_is_used_once(client: FlaskClient) -> None:
    """Two answers have two nonces."""
    first, second = (client.get("/").headers["Content-Security-Policy"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_inline_handlers_or_styles(client: FlaskClient, address: str) -> None:
    """They would need a policy that also lets an attacker's run."""
    assert [] == re.findall(r"<[^>]+\s(?:on\w+|style)=", client.get(address).text)


@pytest.mark.parametrize("address", PAGES)
def test_pages_name_no_other_host(client: FlaskClient, address: str) -> None:
    """What a page loads, it loads from us; links to sources are only followed by a reader's click."""
    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="([^"]+)"', client.get(address).text)
    assert loaded
    assert [] == [address for address in loaded if not re.match(r"/(static|words|api)/", address)]


@pytest.mark.parametrize("address", PAGES)
def test_what_a_page_loads_is_there(client: FlaskClient, address: str) -> None:
    """Scripts, styles, fonts, the icon and what the script asks for first are served."""
    loaded = re.findall(r'<(?:script|link)[^>]+(?:src|href)="([^"]+)"', client.get(address).text)
    assert loaded
    assert [] == [name for name in loaded if client.get(unescape(name), buffered=True).status_code != 200]


def test_a_file_with_its_digest_is_kept(client: FlaskClient) -> None:
    """A style sheet is fetched once; without the digest it is asked for again."""
    address = re.search(r'href="(/static/built/screen.css\?v=\w+)"', client.get("/").text)
    assert address is not None
    assert "immutable" in client.get(address[1], buffered=True).headers["Cache-Control"]
    assert "no-cache" == client.get("/static/map/layer.js", buffered=True).headers["Cache-Control"]


def test_a_page_is_not_kept(client: FlaskClient) -> None:
    """Its figures change, and its nonce is for one answer."""
    assert "no-store" == client.get("/").headers["Cache-Control"]
