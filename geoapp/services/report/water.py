"""What a report says of wastewater: operating parks whose plant meets the standard, capacity, flow, monitoring."""

from geoapp.core.report_model import Block, RowId
from geoapp.errors import N_
from geoapp.services.report.book import Measure, Shape, difference, ref, worst
from geoapp.services.report.desk import Desk
from geoapp.services.report.source import Rows

TITLE = N_("Operating parks whose plant meets the standard")


def water_share(desk: Desk, day: str) -> Measure:
    """Per cent of the operating parks whose plant meets the standard."""
    row = desk.source.plants[day]
    first = desk.source.first
    if first is None or desk.span.days[day] < first or not row.denominator:
        return Measure(None, desk.reason(day), link=desk.links.to("/wastewater"))
    parks = [park for park in desk.source.parks if park.status == "operating"]
    return Measure(
        100 * row.numerator / row.denominator,
        as_of=desk.span.days[day],
        quality=worst(park.plant_quality for park in parks),
        sources=_sources(parks),
        rows=tuple(RowId("park", park.slug) for park in parks),
        link=desk.links.to("/wastewater"),
    )


def water_blocks(desk: Desk) -> list[Block]:
    """The share with its parts, and what the plants can take and do take."""
    book, row = desk.book, desk.source.plants["now"]
    parks = [park for park in desk.source.parks if park.status == "operating"]
    shape = Shape(desk.say(N_("parks")), 0)
    share = water_share(desk, "now")

    def counted(title: str, value: int) -> str:
        measure = Measure(value, as_of=desk.span.as_of, quality=share.quality, rows=share.rows, link=share.link)
        return book.add("E", desk.say(title), shape, measure)

    met = counted(N_("Operating parks that meet the standard"), row.numerator)
    operating = counted(N_("Operating parks"), row.operating)
    unjudged = counted(N_("Operating parks that cannot be judged"), row.no_data)
    told = book.add("E", desk.say(TITLE), desk.share, share)
    changes = {
        then: book.add(
            "E", desk.told(name, title=desk.say(TITLE)), desk.points, difference(share, water_share(desk, then))
        )
        for then, name in (
            ("before", N_("%(title)s: change on the period before")),
            ("year", N_("%(title)s: change in a year")),
        )
    }
    return [
        book.sentence(
            N_(
                "%(met)s of %(operating)s in operation have a central wastewater plant that meets the standard,"
                " %(share)s; %(unjudged)s cannot be judged for want of data. The share moved by %(before)s since the"
                " end of the period before and by %(year)s since the same day last year."
            ),
            met=ref(met, with_unit=False),
            operating=ref(operating),
            share=ref(told),
            unjudged=ref(unjudged),
            **{name: ref(change) for name, change in changes.items()},
        ),
        _flow(desk, parks),
    ]


def _flow(desk: Desk, parks: Rows) -> Block:
    """Capacity and flow of the plants that operate; flow only of those that tell it."""
    book = desk.book
    able = [park for park in parks if park.capacity_m3_day is not None]
    told = [park for park in parks if park.load_m3_day is not None]
    capacity = _sum(desk, able, "capacity_m3_day", N_("no capacity is on record"))
    flow = _sum(desk, told, "load_m3_day", N_("no flow of the last twelve months is on record"))
    unit = desk.unit("m3_day", 0)
    return book.sentence(
        N_(
            "Plants in operation can treat %(capacity)s; the flow that is measured or told comes to %(flow)s (of the"
            " plants of %(parks)s)."
        ),
        capacity=ref(book.add("E", desk.say(N_("Capacity of the plants in operation")), unit, capacity)),
        flow=ref(book.add("E", desk.say(N_("Flow into the plants in operation")), unit, flow)),
        parks=ref(
            book.add(
                "E",
                desk.say(N_("Parks whose plants tell a flow")),
                Shape(desk.say(N_("parks")), 0),
                Measure(len(told), as_of=desk.span.as_of, quality=flow.quality, rows=flow.rows),
            )
        ),
    )


def _sum(desk: Desk, parks: Rows, name: str, missing: str) -> Measure:
    if not parks:
        return Measure(None, desk.say(missing))
    return Measure(
        sum(getattr(park, name) for park in parks),
        as_of=desk.span.as_of,
        quality=worst(park.plant_quality for park in parks),
        sources=_sources(parks),
        rows=tuple(RowId("plant", str(plant)) for park in parks for plant in park.plant_ids),
        link=desk.links.to("/wastewater"),
    )


def _sources(parks: Rows) -> tuple[str, ...]:
    return tuple(dict.fromkeys(title for park in parks for title in park.plant_sources or ()))
