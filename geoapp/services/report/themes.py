"""What a report says of planning, clearance, infrastructure, occupancy and wastewater; with their charts and maps."""

from geoapp.core.report_model import Block, Chart, ChartAt, ChartLine, ChartPoint, MapSheet, RowId, Text
from geoapp.errors import N_
from geoapp.kinds import ParkStatus
from geoapp.services.report.book import Measure, Shape, ref, total, worst
from geoapp.services.report.desk import Desk
from geoapp.services.report.source import HOUSEHOLDS, ShareParts, of_rows
from geoapp.services.themes import OCCUPANCY_TARGET, WASTEWATER_TARGET

CLEARANCE_CHART, OCCUPANCY_CHART = "clearance", "occupancy"
MAP_OCCUPANCY, MAP_CLEARANCE = "map_occupancy", "map_clearance"
_CLEARANCE = N_(
    "Cleared to date: %(area)s of %(whole)s to be cleared, %(share)s (%(parks)s parks with figures); %(before)s since"
    " the end of the period before, %(year)s since the same day last year (%(then)s parks then)."
)
_CLEAN = N_(
    "Clean site: %(area)s of the target of %(whole)s, %(share)s (%(parks)s parks with figures); %(before)s since the"
    " end of the period before, %(year)s since the same day last year (%(then)s parks then)."
)
_INFRASTRUCTURE = N_(
    "Infrastructure completeness of the parks that have figures (%(parks)s parks) is %(share)s; %(before)s since the"
    " end of the period before, %(year)s since the same day last year (%(then)s parks then)."
)
_OCCUPANCY = N_(
    "Land leased: %(area)s of %(whole)s of industrial and service land, occupancy %(share)s (%(parks)s parks with"
    " figures); %(before)s since the end of the period before, %(year)s since the same day last year (%(then)s parks"
    " then)."
)
_HOUSEHOLDS = N_("Households and organisations paid: %(paid)s of %(all)s that are affected.")


def planning_blocks(desk: Desk) -> list[Block]:
    """How many parks there are, by where they stand."""
    book = desk.book
    counts = {status: _parks_of(desk, status) for status in ParkStatus}
    shape = Shape(desk.say(N_("parks")), 0)
    all_parks = book.add("B", desk.say(N_("Parks that are followed")), shape, total(list(counts.values()), ""))
    by_status = {
        str(status): ref(book.add("B", desk.label("park_status", status), shape, measure), with_unit=False)
        for status, measure in counts.items()
    }
    return [
        book.sentence(
            N_(
                "%(all)s are followed: %(operating)s in operation, %(building)s with infrastructure under construction,"
                " %(preparing)s in preparation, %(planned)s planned."
            ),
            all=ref(all_parks),
            **by_status,
        )
    ]


def _parks_of(desk: Desk, status: str) -> Measure:
    rows = [park for park in desk.source.parks if park.status == status]
    return Measure(
        len(rows),
        as_of=desk.span.as_of,
        quality=worst(row.quality for row in rows),
        sources=tuple(dict.fromkeys(row.source_title for row in rows)),
        rows=tuple(RowId("park", row.slug) for row in rows),
        link=desk.links.to("/"),
    )


def clearance_blocks(desk: Desk) -> list[Block]:
    """Land cleared, clean sites, households paid."""
    book = desk.book
    affected, paid = (_sum_of(desk, indicator) for indicator in HOUSEHOLDS)
    shape = Shape(desk.say(N_("households and organisations")), 0)
    told_paid = book.add("B", desk.say(N_("Households and organisations paid")), shape, paid)
    told_all = book.add("B", desk.say(N_("Households and organisations affected")), shape, affected)
    return [
        _of_share(desk, "clearance_cumulative", _CLEARANCE, N_("Area cleared to date"), N_("Area to be cleared")),
        _of_share(desk, "clean_site", _CLEAN, N_("Clean site"), N_("Target of clean site")),
        book.sentence(_HOUSEHOLDS, paid=ref(told_paid, with_unit=False), all=ref(told_all)),
        ChartAt(CLEARANCE_CHART),
    ]


def infrastructure_blocks(desk: Desk) -> list[Block]:
    """How far the infrastructure has come."""
    return [_of_share(desk, "infrastructure_completeness", _INFRASTRUCTURE, "", "")]


def occupancy_blocks(desk: Desk) -> list[Block]:
    """Land leased."""
    said = _of_share(desk, "occupancy", _OCCUPANCY, N_("Land leased"), N_("Industrial and service land"))
    return [said, ChartAt(OCCUPANCY_CHART)]


def _sum_of(desk: Desk, indicator: str) -> Measure:
    rows = [row for row in desk.source.figures.get(("now", indicator), ()) if not row.is_stale]
    return of_rows(rows, sum(row.value for row in rows) if rows else None, "", desk.reason("now"))


def _of_share(desk: Desk, indicator: str, message: str, numerator: str, denominator: str) -> Text:
    """The sentence about a share. Args: numerator, denominator - titles of the parts; empty where none is told."""
    book, parts = desk.book, desk.parts("now", indicator)
    title = desk.say(SHARE_TITLES[indicator])
    values = {}
    if numerator:
        values["area"] = ref(book.add("B", desk.say(numerator), desk.ha, parts.numerator))
        values["whole"] = ref(book.add("B", desk.say(denominator), desk.ha, parts.denominator))
    values["share"] = ref(book.add("B", title, desk.share, parts.share))
    values["parks"] = ref(_counted(desk, title, parts), with_unit=False)
    ago = desk.told(N_("%(title)s, a year ago"), title=title)
    values["then"] = ref(_counted(desk, ago, desk.parts("year", indicator)), with_unit=False)
    for then, name in (
        ("before", N_("%(title)s: change on the period before")),
        ("year", N_("%(title)s: change in a year")),
    ):
        change = desk.share_change(indicator, then)
        values[then] = ref(book.add("B", desk.told(name, title=title), desk.points, change))
    return book.sentence(message, **values)


def _counted(desk: Desk, title: str, parts: ShareParts) -> str:
    measure = Measure(parts.counted, as_of=parts.share.as_of, rows=parts.share.rows, link=parts.share.link)
    shape = Shape(desk.say(N_("parks")), 0)
    return desk.book.add("B", desk.told(N_("%(title)s: parks with figures"), title=title), shape, measure)


SHARE_TITLES = {
    "clearance_cumulative": N_("Cleared to date"),
    "clean_site": N_("Clean site"),
    "infrastructure_completeness": N_("Infrastructure completeness"),
    "occupancy": N_("Occupancy"),
}


def charts_of(desk: Desk) -> tuple[Chart, ...]:
    """The charts: shares month by month to the day of the data."""
    lines = {indicator: _line(desk, indicator, title) for indicator, title in SHARE_TITLES.items()}
    plants = _line(desk, None, N_("Operating parks whose plant meets the standard"))
    note = desk.say(N_("Last days of months; the last point is the day of the data."))
    dashed = desk.say(N_("Dashed: 80 and 90 per cent, the target of occupancy in the plan."))
    cleared = [lines["clearance_cumulative"], lines["clean_site"], lines["infrastructure_completeness"]]
    wanted = (OCCUPANCY_TARGET.lower, OCCUPANCY_TARGET.upper or WASTEWATER_TARGET.lower)
    return (
        Chart(
            CLEARANCE_CHART,
            desk.say(N_("Chart 1. Clearance and infrastructure over all parks")),
            "%",
            tuple(line for line in cleared if line.points),
            note=note,
            link=desk.links.share("clearance_cumulative"),
        ),
        Chart(
            OCCUPANCY_CHART,
            desk.say(N_("Chart 2. Occupancy, and operating parks whose wastewater plant meets the standard")),
            "%",
            tuple(line for line in (lines["occupancy"], plants) if line.points),
            wanted,
            note=f"{note} {dashed}",
            link=desk.links.share("occupancy"),
        ),
    )


def _line(desk: Desk, indicator: str | None, title: str) -> ChartLine:
    told = {figure.title: figure.ref for figure in desk.book.figures if not figure.is_change}
    name = desk.say(title)
    points = tuple(
        ChartPoint(day, value, told.get(name, "") if day == desk.span.as_of else "")
        for day, value in desk.source.history.get(indicator, ())
    )
    return ChartLine(indicator or "wastewater", name, points)


def maps_of(desk: Desk) -> tuple[MapSheet, ...]:
    """The maps of the province."""
    return (
        MapSheet(
            MAP_OCCUPANCY,
            desk.say(N_("Map 1. Occupancy of the parks")),
            ("land", "coast", "park_occupancy"),
            link=desk.links.to("/") + "#layers=coast,land,park_occupancy",
        ),
        MapSheet(
            MAP_CLEARANCE,
            desk.say(N_("Map 2. Land cleared to date in the parks")),
            ("land", "coast", "park_clearance_cumulative"),
            link=desk.links.to("/") + "#layers=coast,land,park_clearance_cumulative",
        ),
    )
