"""Features of a layer page by page, for programs: exact counts, kept by the version of the data."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock

from cachetools import LRUCache

from geoapp.catalog.model import Catalogue, Layer
from geoapp.core.box import Box
from geoapp.core.permissions import VISITOR
from geoapp.errors import N_, InvalidRequest
from geoapp.kinds import AccessClass
from geoapp.services.features import FeatureRequest
from geoapp.services.moment import Moment, choose_moment
from geoapp.services.readers import Engines, get_layer, reading_layer
from geoapp.store.feature_pages import KEY, FeaturePage, count_features, read_page
from geoapp.store.features import columns_of
from geoapp.store.subjects import get_park_id, get_zone_id
from geoapp.store.versions import read_version

MOST = 1000
# What the last key of a page can be: a number of the database's, or an id.
_NUMBER, _ID = re.compile(r"[0-9]{1,18}"), re.compile(r".{0,199}", re.DOTALL)


@dataclass(frozen=True)
class PageRequest:
    """A page of a layer's features: at most ``limit`` after a cursor, inside a box where one is given.

    ``filters``: what else the list was chosen by, as text; a cursor is of use in the list that it came from only.
    """

    features: FeatureRequest
    limit: int
    after: str | None = None
    box: Box | None = None
    filters: str = ""


@dataclass(frozen=True)
class PageAnswer:
    """A page with the exact number of all that match, and the cursor of the next page (None: this is the last).

    ``page`` is None where the caller has that version of the data.
    """

    layer: Layer
    moment: Moment
    version: str
    matched: int
    page: FeaturePage | None
    following: str | None


class FeaturePages:
    """Reads pages and keeps counts. Safe among threads."""

    def __init__(self, engines: Engines, catalogue: Catalogue) -> None:
        self._engines = engines
        self._catalogue = catalogue
        self._counts: LRUCache[object, int] = LRUCache(2048)
        self._lock = Lock()

    def page(self, request: PageRequest) -> PageAnswer:
        """A page.

        Raises: NotFound - no such layer, park or zone; InvalidRequest - a moment without data, or a foreign cursor.
        """
        asked = request.features
        layer = get_layer(self._catalogue, asked.layer, asked.reader)
        with reading_layer(self._engines, layer, asked.reader) as connection:
            version = read_version(connection)
            moment = choose_moment(connection, asked.asked)
            if version == asked.known_version:
                return PageAnswer(layer, moment, version, 0, None, None)
            at = {
                **moment.parameters,
                "park_id": get_park_id(connection, asked.park) if asked.park else None,
                "zone_id": get_zone_id(connection, asked.zone) if asked.zone else None,
            }
            bound = {name: at[name] for name in layer.parameters}
            is_numbered = KEY in columns_of(connection, layer.sql, bound)
            scope = _scope(layer, moment, request.filters)
            after = _read_cursor(request.after, layer, scope, is_numbered=is_numbered) if request.after else None
            page = read_page(connection, layer.sql, bound, after, request.limit, request.box)
            # A public layer is the same for all; any other holds what its reader may see.
            reader = VISITOR if layer.access is AccessClass.PUBLIC else asked.reader
            known = (version, layer.id, tuple(bound.items()), request.box, reader)
            with self._lock:
                matched = self._counts.get(known)
            if matched is None:
                matched = count_features(connection, layer.sql, bound, request.box)
                with self._lock:
                    self._counts[known] = matched
        following = _cursor(layer, page.last, scope) if page.last is not None else None
        return PageAnswer(layer, moment, version, matched, page, following)


def _scope(layer: Layer, moment: Moment, filters: str) -> str:
    """A short sign of the list that a cursor belongs to."""
    return blake2b(f"{layer.id} {moment.as_of} {filters}".encode(), digest_size=6).hexdigest()


def _cursor(layer: Layer, last: str, scope: str) -> str:
    """Where the next page begins: not to be read by others, but to be known again."""
    return base64.urlsafe_b64encode(json.dumps([layer.id, scope, last]).encode()).decode().rstrip("=")


def _read_cursor(cursor: str, layer: Layer, scope: str, *, is_numbered: bool) -> str:
    """Raises: InvalidRequest - it is not one that we gave for this list: layer, day, park, zone and box."""
    try:
        told = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        name, of_list, last = told
        is_ours = (name, of_list) == (layer.id, scope)
        if is_ours and isinstance(last, str) and (_NUMBER if is_numbered else _ID).fullmatch(last):
            return last
    except (ValueError, TypeError, binascii.Error, RecursionError):
        pass
    raise InvalidRequest(
        N_("after: expected the cursor of a page of %(layer)s, as “next” gives it, found “%(found)s”."),
        parameter="after",
        layer=layer.id,
        found=cursor[:40],
    )
