"""Text answers go out compressed where the browser takes it: Brotli, else gzip. Tiles see to themselves."""

import gzip
from functools import cache
from pathlib import Path

import brotli
from flask import Flask, Response, request
from flask_compress import Compress
from werkzeug.security import safe_join

_STATIC = Path(__file__).parent / "static"
_TEXTS = (
    "text/html",
    "text/css",
    "text/csv",
    "text/javascript",
    "text/plain",
    "application/geo+json",
    "application/javascript",
    "application/json",
    "application/problem+json",
    "image/svg+xml",
)
_FORMS = ("br", "gzip")
_QUALITY = 4
_LEVEL = 5


def use_compression(app: Flask) -> None:
    """Compress what is text; tags name the form, and what a browser has is still answered by 304."""
    app.config |= {
        "COMPRESS_MIMETYPES": list(_TEXTS),
        "COMPRESS_ALGORITHM": list(_FORMS),
        # Files are compressed once, below, and not at each request.
        "COMPRESS_STREAMS": False,
    }
    Compress(app)
    app.after_request(_compress_file)


def form_of() -> str:
    """The form that the caller takes: ``br``, ``gzip``, or nothing."""
    accepted = request.accept_encodings
    return next((form for form in _FORMS if accepted[form]), "")


def compress(body: bytes, form: str) -> bytes:
    """Bytes in a form; the same bytes always."""
    return brotli.compress(body, quality=_QUALITY) if form == "br" else gzip.compress(body, _LEVEL, mtime=0)


def _compress_file(response: Response) -> Response:
    """A static file that is text goes out as it was compressed the first time."""
    form = form_of() if request.endpoint == "static" and response.mimetype in _TEXTS else ""
    path = safe_join(str(_STATIC), (request.view_args or {}).get("filename", ""))
    if not form or response.status_code != 200 or path is None:
        return response
    tag, _ = response.get_etag()
    response.close()
    response.direct_passthrough = False
    response.set_data(_compressed(path, Path(path).stat().st_mtime_ns, form))
    response.headers["Content-Encoding"] = form
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(f"{tag}:{form}")
    response.make_conditional(request)
    return response


@cache
def _compressed(path: str, _changed: int, form: str) -> bytes:
    return compress(Path(path).read_bytes(), form)
