"""The words of scripts as a module per language: fetched once and kept, not written into every page."""

import hashlib
import json
from functools import cache

from flask import Blueprint, Response, request, url_for
from flask_babel import force_locale

from geoapp.core.permissions import Permission
from geoapp.web.languages import LANGUAGES, language
from geoapp.web.permissions import needs
from geoapp.web.words import script_words

words_module = Blueprint("words_module", __name__)
_FOREVER = "public, max-age=31536000, immutable"


def words_url() -> str:
    """The address of the words in the language of this request; it changes when a word does."""
    return url_for("words_module.words", spoken=language(), v=_digest(language()))


@words_module.get(f"/words/<any({', '.join(LANGUAGES)}):spoken>.js")
@needs(Permission.OPEN)
def words(spoken: str) -> Response:
    """A module whose default export holds the words by key."""
    response = Response(_module(spoken), mimetype="text/javascript")
    response.headers["Cache-Control"] = _FOREVER if request.args.get("v") == _digest(spoken) else "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@cache
def _module(spoken: str) -> bytes:
    with force_locale(spoken):
        return f"export default {json.dumps(script_words(), ensure_ascii=False)};\n".encode()


@cache
def _digest(spoken: str) -> str:
    return hashlib.sha256(_module(spoken)).hexdigest()[:10]
