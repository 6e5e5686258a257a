"""To the page to sign in and back to where one wanted to go, and nowhere else."""

from urllib.parse import urlencode, urlsplit

from flask import Response, current_app, redirect, request, url_for

_LONGEST = 2000


def next_address() -> str:
    """Where one wanted to go: a path of this site and nothing else; the first page without one."""
    wanted = request.values.get("next", "")
    return wanted if is_own(wanted) else url_for("pages.province")


def is_own(address: str) -> bool:
    """Whether an address leads nowhere but to this site. Browsers read a backslash as a slash, and drop line ends."""
    if not address.startswith("/") or address.startswith("//") or len(address) > _LONGEST:
        return False
    if "\\" in address or any(ord(sign) < 32 or ord(sign) == 127 for sign in address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc


def login_address() -> str:
    """The page to sign in, which leads back to what was asked for."""
    here = request.full_path.rstrip("?")
    return f"{url_for('entry.login')}?{urlencode({'next': here})}" if is_own(here) else url_for("entry.login")


def challenge() -> Response:
    """The way to the page to sign in, for who asked for a page that visitors do not see."""
    response = current_app.make_response(redirect(login_address(), 303))
    response.headers["Cache-Control"] = "no-store"
    return response
