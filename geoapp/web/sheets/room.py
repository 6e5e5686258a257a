"""What the views of map sheets share: the blueprint, the use cases behind it, and the request they read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Flask, current_app, request, url_for

from geoapp.catalog.model import Catalogue, View
from geoapp.core.permissions import VISITOR, Reader
from geoapp.kinds import AccessClass
from geoapp.services.snapshot.own import OwnMap, catalogue_of
from geoapp.services.snapshot.own_query import parse_own
from geoapp.services.snapshot.query import parse_look, parse_snapshot
from geoapp.services.snapshot.request import SheetPlace, SnapshotRequest
from geoapp.services.snapshot.snapshots import Snapshots
from geoapp.web.languages import language
from geoapp.web.page_parts import plain
from geoapp.web.permissions import current_reader

sheets = Blueprint("sheets", __name__)


@dataclass(frozen=True)
class Subject:
    """The map that is taken away: of a place, or of a page with a layer of its own.

    ``own``: of such a page; then ``kind`` is what the names of its addresses begin with.
    """

    place: SheetPlace
    own: OwnMap | None = None
    kind: str = ""

    @property
    def is_internal(self) -> bool:
        """Whether it is not for everybody, whatever is switched off on it."""
        return self.own is not None and self.own.page.layer.access is not AccessClass.PUBLIC

    def catalogue(self) -> Catalogue:
        """The layers that it is chosen from."""
        return catalogue_of(snapshots().catalogue, self.own)

    def address(self, what: str, query: Mapping[str, str] | None = None, **more: str) -> str:
        """An address of it. Args: what - form, preview or file."""
        if self.own or self.place.view is View.PROVINCE:
            about: dict[str, Any] = dict(more)
        else:
            about = {"view": str(self.place.view), "slug": self.place.slug or "", **more}
        path = url_for(f"sheets.{self.kind}{what}", **about)
        return f"{path}?{urlencode(query)}" if query else path


def use_sheets(app: Flask) -> None:
    """The addresses of map sheets."""
    from geoapp.web.sheets import own_sheets, sheet_files, sheet_form, sheet_jobs  # noqa: F401, PLC0415 - they add their addresses

    app.register_blueprint(sheets)


def snapshots() -> Snapshots:
    """Maps taken away."""
    served: Snapshots = current_app.extensions["snapshots"]
    return served


def site_address() -> str:
    """The address that codes on paper begin with: the one that is set, else the one that was asked."""
    named: str | None = current_app.extensions["address"]
    return named or request.host_url.rstrip("/")


def subject_of(view: str, slug: str | None) -> Subject:
    """The map of a place in an address."""
    return Subject(SheetPlace(View(view), plain(slug) if slug else None))


def args_of_request() -> dict[str, str]:
    """What was asked; boxes of a form come one by one and are joined."""
    return {name: ",".join(request.args.getlist(name)) for name in request.args}


def read_request(subject: Subject, args: Mapping[str, str], reader: Reader | None = None) -> SnapshotRequest:
    """The sheet that is asked for. Args: reader - None: a visitor, where all that is asked for is public.

    Raises: InvalidRequest.
    """
    if reader is None:
        reader = current_reader() if subject.is_internal or _is_confidential(args) else VISITOR
    if subject.own:
        return parse_own(args, subject.own, language=language(), reader=reader, site=site_address())
    return parse_snapshot(args, subject.place, language=language(), reader=reader, site=site_address())


def _is_confidential(args: Mapping[str, str]) -> bool:
    """Whether a layer is named that is not for everybody, or a class above public."""
    known = snapshots().catalogue.layers
    named = parse_look(args).layers or ()
    return args.get("access", AccessClass.PUBLIC) != AccessClass.PUBLIC or any(
        name in known and known[name].access is not AccessClass.PUBLIC for name in named
    )
