"""What a periodic report says, put together from one snapshot of the database. Structure: domain reference, 5.3."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from geoapp.catalog.model import Catalogue
from geoapp.core.plan_kinds import TargetMeasure
from geoapp.core.report_model import Annex, Content, MapAt, SourceNote
from geoapp.core.target_model import Actual
from geoapp.errors import N_
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.services.report.book import Book
from geoapp.services.report.compare import compare_table, obstacle_table
from geoapp.services.report.desk import Desk, period_name
from geoapp.services.report.invest import investment_table
from geoapp.services.report.land import land_annex
from geoapp.services.report.outline import sections_of
from geoapp.services.report.outlook import forecast_table
from geoapp.services.report.parks import parks_annex
from geoapp.services.report.request import ReportRequest, Span
from geoapp.services.report.source import Links, read_report_source
from geoapp.services.report.targets import TargetRows, target_table
from geoapp.services.report.themes import MAP_CLEARANCE, MAP_OCCUPANCY, charts_of, maps_of
from geoapp.services.target_measures import LandFigures, measure_land
from geoapp.services.targets import Targets, read_all_targets
from geoapp.store.pages import read_rows


def build_content(connection: Connection, catalogue: Catalogue, request: ReportRequest) -> Content:
    """The content of a report. The same request over the same rows gives the same content.

    Args: connection - one that only reads, in one snapshot, as somebody who is told of all parks.
    Raises: InvalidRequest - a period that has not begun or is before all data, a moment before anything was stored;
    Forbidden - who asks is held to some parks.
    """
    span = request.span()
    moment = choose_moment(connection, Asked(span.as_of, request.known_at, request.today))
    targets = read_all_targets(connection, moment)
    source = read_report_source(connection, span, request.known_at, targets.land.plant_history)
    links = Links(span.as_of, request.known_at)
    desk = Desk(Book(request.say), span, source, links, catalogue, request.language, request.say)
    rows = _target_rows(connection, span, moment, targets)
    # The tables first: sentences take figures from them.
    tables = [
        target_table(desk, rows),
        investment_table(desk),
        compare_table(desk),
        obstacle_table(desk),
        forecast_table(desk, rows),
    ]
    sections = sections_of(desk, rows)
    annexes, listed = _annexes(desk)
    period = period_name(span.period, request.say, request.language)
    return Content(
        kind=request.kind,
        first=span.period.first,
        last=span.period.last,
        as_of=span.as_of,
        known_at=request.known_at,
        language=request.language,
        subject=desk.told(N_("Results on targets and tasks, %(period)s"), period=period),
        period=period,
        figures=desk.book.figures,
        sections=sections,
        tables=(*tables, *listed),
        annexes=annexes,
        charts=charts_of(desk),
        maps=maps_of(desk),
        sources=_sources(connection, desk.book.sources),
        notes=_notes(desk, request),
        has_demo=desk.book.has_demo,
    )


def _annexes(desk: Desk) -> tuple[tuple[Annex, ...], list[Any]]:
    parks, park_table = parks_annex(desk, "I")
    maps = Annex("maps", "II", desk.say(N_("Maps")), (MapAt(MAP_OCCUPANCY), MapAt(MAP_CLEARANCE)))
    land, land_table = land_annex(desk, "III")
    return (parks, maps, land), [park_table, land_table]


def _target_rows(connection: Connection, span: Span, moment: Moment, found: Targets) -> TargetRows:
    """Targets, months of the three spans, and what the system measured itself on their last days."""
    spans = {
        "now": (span.period.first, span.as_of),
        "before": (span.before.first, span.before.last),
        "year": (span.year_before.first, span.year_as_of),
    }
    asked = {
        "labels": list(spans),
        "firsts": [first for first, _ in spans.values()],
        "lasts": [last for _, last in spans.values()],
        "known_at": moment.known_at,
    }
    rows: Sequence[Any] = read_rows(connection, "report_months", asked)
    new_parks = sorted({row.park_id for named in found.named.values() for row in named})
    measures = {state.measure for state in found.states} - {TargetMeasure.REPORTED, TargetMeasure.NOT_MEASURED}
    land: dict[tuple[str, str], Actual | None] = {}
    for day in ("before", "year"):
        then = Moment(span.days[day], None, None, moment.known_at)
        figures = LandFigures(connection, then, new_parks)
        land |= {(day, measure): measure_land(figures, measure, 0).actual for measure in sorted(measures)}
    return TargetRows(found.states, {(row.label, row.indicator): row for row in rows}, land)


def _sources(connection: Connection, notes: Sequence[SourceNote]) -> tuple[SourceNote, ...]:
    """Sources with who published them, when and where."""
    rows: Sequence[Any] = read_rows(connection, "report_sources", {"titles": [note.title for note in notes]})
    known = {row.title: row for row in rows}
    return tuple(
        replace(
            note,
            publisher=known[note.title].publisher or "",
            published=known[note.title].published or "",
            address=known[note.title].address or "",
        )
        if note.title in known
        else note
        for note in notes
    )


def _notes(desk: Desk, request: ReportRequest) -> tuple[str, ...]:
    """What is always printed: the two clocks, the sources' state, demonstration data, how numbers are rounded."""
    span = desk.span
    clocks = N_("Data to %(day)s, as known on %(known)s. Filters: all parks of the board; nothing is left out.")
    open_end = N_(
        "The period ends on %(last)s and is not over: figures are to %(day)s, of the whole period they are expected"
        " ones."
    )
    found = [
        desk.told(clocks, day=desk.day(span.as_of), known=desk.day(request.known_at.date())),
        "" if span.is_over else desk.told(open_end, last=desk.day(span.period.last), day=desk.day(span.as_of)),
        desk.say(N_("Demonstration data are in this report; they are no official figures."))
        if desk.book.has_demo
        else "",
        desk.say(
            N_(
                "Hectares have two decimals, shares one; sums are made of unrounded figures. What is missing is told as"
                " missing and never counts as 0. Outlines of parks are approximate, not surveyed."
            )
        ),
    ]
    return tuple(note for note in found if note)
