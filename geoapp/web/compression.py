"""Text answers go out compressed where the browser takes it: Brotli, else gzip. Tiles see to themselves."""

from flask import Flask
from flask_compress import Compress

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
_FORMS = ["br", "gzip"]


def use_compression(app: Flask) -> None:
    """Compress what is text; tags name the form, and what a browser has is still answered by 304."""
    app.config |= {
        "COMPRESS_MIMETYPES": list(_TEXTS),
        "COMPRESS_ALGORITHM": _FORMS,
        "COMPRESS_ALGORITHM_STREAMING": _FORMS,
    }
    Compress(app)
