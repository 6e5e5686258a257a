"""What stands on one paper: a map, two maps side by side, or the page of a park."""

from dataclasses import replace
from datetime import date

from geoapp.catalog.model import Catalogue
from geoapp.errors import N_
from geoapp.maps.sheet.model import Compare, FigureRow, FigureTable, Page, ParkPage, Sheet
from geoapp.reports.speech import Speech
from geoapp.services.moment import Asked, choose_moment
from geoapp.services.pages import build_park_page
from geoapp.services.readers import Engines
from geoapp.services.snapshot.park import ParkTables
from geoapp.services.snapshot.reading import SnapshotReading
from geoapp.services.snapshot.request import Earlier, SheetContent
from geoapp.services.snapshot.sheet import LayersChanged, build_marked_sheet, build_sheet
from geoapp.services.spoken import speaker


class PageMaker:
    """Makes what stands on a paper. Args: engines - for the figures of a park, which are public."""

    def __init__(self, engines: Engines, catalogue: Catalogue) -> None:
        self._engines, self._catalogue = engines, catalogue

    def page(self, read: SnapshotReading) -> Page:
        """The page that is asked for. Raises: InvalidRequest, NotFound."""
        request = read.request
        if request.earlier.base:
            return self._compare(read)
        sheet, changed = build_marked_sheet(read)
        if request.content is SheetContent.PAGE:
            return self._park_page(read, sheet, changed)
        return sheet

    def _compare(self, read: SnapshotReading) -> Compare:
        """The earlier day left, the later one right with what changed; one frame and one scale for both."""
        request = read.request
        base = request.earlier.base
        asked = replace(request.asked, as_of=base)
        moment = choose_moment(read.connection, asked, parameter="base")
        left = replace(read, moment=moment, request=replace(request, asked=asked, earlier=Earlier()))
        right = replace(read, request=replace(request, earlier=Earlier(since=base)))
        later, earlier = build_sheet(right), build_sheet(left)
        # The code opens the later day; sources, notes and all else of the left sheet hold for both.
        sources = tuple(dict.fromkeys([*earlier.sources, *later.sources]))
        notes = tuple(dict.fromkeys([*earlier.notes, *later.notes]))
        return Compare(replace(earlier, link=later.link, sources=sources, notes=notes), later)

    def _park_page(self, read: SnapshotReading, sheet: Sheet, changed: LayersChanged) -> ParkPage:
        request = read.request
        asked = Asked(read.moment.as_of, request.asked.known_at, request.asked.today)
        park = build_park_page(self._engines.map, request.place.slug or "", asked)
        speech = Speech(request.language, speaker(request.language))
        page = ParkTables(self._catalogue, speech).page(sheet, park)
        since = request.earlier.since
        if since is None:
            return page
        return replace(page, tables=(*page.tables, _changes_table(sheet, changed, speech, since)))


def _changes_table(sheet: Sheet, changed: LayersChanged, speech: Speech, since: date) -> FigureTable:
    """How much changed on each layer of the map since the earlier day."""
    titles = {one.layer.id: one.layer.title.text(speech.language) for one in sheet.layers}
    rows = [
        FigureRow(
            titles[name],
            speech.number(len(one.ids) + len(one.removed), 0),
            "",
            speech.told(
                N_("%(added)s new, %(changed)s changed, %(removed)s gone"),
                added=len(one.added), changed=len(one.changed), removed=len(one.removed),
            ),
        )
        for name, one in changed.items()
    ]  # fmt: skip
    rows = rows or [FigureRow(speech.say(N_("Nothing changed on this map.")), "")]
    return FigureTable(speech.told(N_("Changed since %(day)s"), day=speech.day(since)), tuple(rows))
