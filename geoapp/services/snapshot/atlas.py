"""The atlas: all parks as one PDF with contents and bookmarks, changes since an earlier day marked; as long work."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from geoapp.catalog.model import View
from geoapp.core.permissions import Permission
from geoapp.core.words import in_order
from geoapp.errors import N_
from geoapp.maps.sheet.draw import write_pages
from geoapp.maps.sheet.model import Page
from geoapp.services.job_kinds import Arguments, JobContext, JobKind, Sentence
from geoapp.services.pages import read_parks
from geoapp.services.readers import Engines
from geoapp.services.snapshot.batch import MOST_ROWS, pieces_of
from geoapp.services.snapshot.query import parse_snapshot
from geoapp.services.snapshot.request import Earlier, Look, Orientation, SheetContent, SheetPlace, SnapshotRequest
from geoapp.services.snapshot.snapshots import Snapshots
from geoapp.services.spoken import speaker

Tell = Callable[[int, int, str], None]


def run_atlas(context: JobContext, arguments: Arguments) -> None:
    """Write the atlas and keep it."""
    query: dict[str, str] = dict(arguments["query"])
    language = query.get("language") or context.language
    province = SheetPlace(View.PROVINCE)
    first = parse_snapshot(
        query, province, language=language, reader=context.reader, site=str(arguments.get("site", ""))
    )
    made = Snapshots(context.engines, context.catalogue, MOST_ROWS)

    def tell(done: int, total: int, name: str) -> None:
        context.tell(done, total, N_("Drawing %(name)s"), name=name)

    target = context.folder / "atlas.pdf"
    count = write_atlas(made, context.engines, first, target, tell, arguments.get("parks"))
    context.tell(count, count)
    context.save(f"tap-ban-do-{first.asked.as_of or 'moi-nhat'}.pdf", "application/pdf", pieces_of(target))


def write_atlas(
    made: Snapshots,
    engines: Engines,
    first: SnapshotRequest,
    target: Path,
    tell: Tell,
    parks: list[str] | None = None,
) -> int:
    """Write the atlas to a file; the number of its maps. Args: first - day, paper and language of all pages.

    Raises: InvalidRequest, NotFound.
    """
    rows: Any = read_parks(engines.map, first.asked)
    listed = sorted((row for row in rows if not parks or row.slug in parks), key=lambda row: in_order(row.name_vi))
    say = speaker(first.language)
    title = say(N_("Atlas of the industrial parks of Ninh Bình"))
    total = len(listed) + 1

    def pages() -> Iterator[tuple[str, Page]]:
        overview = replace(first, look=Look(), earlier=Earlier(), paper=_upright(first, None))
        tell(0, total, title)
        yield say(N_("Overview of the province")), made.page(overview)
        for number, row in enumerate(listed, start=1):
            name = getattr(row, f"name_{first.language}") or row.name_vi
            tell(number, total, name)
            yield name, made.page(_of_park(first, row.slug))

    with target.open("wb") as file:
        write_pages(pages(), file, title=title, contents=say(N_("Contents")))
    return total


def _of_park(first: SnapshotRequest, slug: str) -> SnapshotRequest:
    place = SheetPlace(View.PARK, slug)
    return replace(first, place=place, look=Look(), content=SheetContent.PAGE, paper=_upright(first, None))


def _upright(first: SnapshotRequest, title: str | None) -> Any:
    return replace(first.paper, orientation=Orientation.PORTRAIT, title=title)


def _told(arguments: Arguments) -> Sentence:
    query = arguments.get("query", {})
    if query.get("since"):
        return Sentence(
            N_("data to %(day)s, changes since %(since)s"), {"day": query.get("as_of"), "since": query["since"]}
        )
    return Sentence(N_("data to %(day)s"), {"day": query.get("as_of") or "…"})


SNAPSHOT_ATLAS = JobKind("snapshot.atlas", N_("Atlas of all parks"), Permission.JOB_RUN, run_atlas, _told)
