"""Headers of every answer: what a page may load and run, and that nobody frames it."""

import secrets
from collections.abc import Iterable

from flask import Flask, Response, g

_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}' 'self'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:{images}; connect-src 'self'; font-src 'self'; "
    "worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
# A service worker loads scripts of ours and asks addresses of ours.
WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
# What is no page loads nothing.
_POLICY_OF_DATA = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def use_headers(app: Flask, image_hosts: Iterable[str] = ()) -> None:
    """Every answer carries the headers; templates get the nonce of their page.

    Args: image_hosts - origins of other hosts that pages may load pictures from.
    """
    images = "".join(f" {host}" for host in sorted(set(image_hosts)))

    def secure(response: Response) -> Response:
        return _secure(response, images)

    app.after_request(secure)
    app.jinja_env.globals["nonce"] = nonce


def nonce() -> str:
    """The word that marks the scripts of this answer as ours; new for each."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(18)
    return str(g.nonce)


def _secure(response: Response, images: str) -> Response:
    response.headers.extend(_FIXED)
    is_page = response.mimetype == "text/html"
    policy = _POLICY.format(nonce=nonce(), images=images) if is_page else _POLICY_OF_DATA
    if g.get("is_worker"):
        policy = WORKER_POLICY
    response.headers["Content-Security-Policy"] = policy
    # A page tells of data that change and holds a nonce; what may be kept longer says so itself.
    response.headers.setdefault("Cache-Control", "no-store" if is_page else "no-cache")
    return response
