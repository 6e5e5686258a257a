"""The state of a map with a layer of its own, from an address."""

from collections.abc import Mapping
from dataclasses import replace

from geoapp.catalog.model import View
from geoapp.core.permissions import VISITOR, Reader
from geoapp.errors import N_, InvalidRequest
from geoapp.services.snapshot.own import OwnMap
from geoapp.services.snapshot.query import parse_snapshot
from geoapp.services.snapshot.request import SheetPlace, SnapshotRequest


def parse_own(
    args: Mapping[str, str], own: OwnMap, *, language: str, reader: Reader = VISITOR, site: str = ""
) -> SnapshotRequest:
    """A sheet of a map with a layer of its own, from an address. Raises: InvalidRequest."""
    request = parse_snapshot(args, SheetPlace(View.PROVINCE), language=language, reader=reader, site=site)
    wrong = next((name for name in ("base", "since") if args.get(name)), None)
    if wrong:
        raise InvalidRequest(N_("%(parameter)s: this map has no second day beside it. Leave it out."), parameter=wrong)
    return replace(request, own=own)
