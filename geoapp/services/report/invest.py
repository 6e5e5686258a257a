"""What a report says of investment: projects licensed, adjusted, ended in the period, and those in force."""

from collections.abc import Mapping
from typing import Any

from geoapp.core.report_model import Block, Cell, Column, Row, SumRule, Table, TableAt
from geoapp.errors import N_
from geoapp.services.report.book import Measure, Shape, number, ref
from geoapp.services.report.desk import Desk
from geoapp.services.report.source import of_things

TABLE = "investment"
NUMBER = 2
_KINDS: Mapping[str, str] = {
    "licensed": N_("Newly licensed in the period"),
    "adjusted": N_("Capital adjusted in the period (change)"),
    "ended": N_("Ended or withdrawn in the period"),
    "in_force": N_("In force at the end of the data"),
}
_COLUMNS = ("projects", "vnd_bn", "usd_m", "land_ha")
_NOT_SPLIT = N_("the data of projects do not say whether the capital is foreign or domestic")


def investment_blocks(desk: Desk) -> list[Block]:
    """The sentence about new projects, the table, and what the data do not tell."""
    book = desk.book
    new = {day: count_of(desk, day, "licensed") for day in desk.span.days}
    shape = Shape(desk.say(N_("projects")), 0)
    refs = {
        "now": book.add("A", desk.say(_KINDS["licensed"]), shape, new["now"]),
        "before": book.add("A", desk.say(N_("Newly licensed in the period before")), shape, new["before"]),
        "year": book.add("A", desk.say(N_("Newly licensed in the same period last year")), shape, new["year"]),
    }
    said = book.sentence(
        N_(
            "Newly licensed in the period: %(now)s; in the period before %(before)s, in the same period last year"
            " %(year)s. Foreign (FDI) and domestic capital (DDI) are not told apart: %(reason)s; capital registered in"
            " USD and in dong stand in columns of their own and are not converted."
        ),
        **{name: ref(told) for name, told in refs.items()},
        reason=desk.say(_NOT_SPLIT),
    )
    return [said, TableAt(TABLE)]


def count_of(desk: Desk, day: str, kind: str) -> Measure:
    """How many projects there are of a kind; none is a count too, where the data reach so far."""
    row = desk.source.projects.get((day, kind))
    link = desk.links.to("/")
    if row is not None:
        return of_things("project_version", row, row.projects, desk.span.days[day], link)
    first = desk.source.first
    if first is None or desk.span.days[day] < first:
        return Measure(None, desk.reason(day), link=link)
    return Measure(0, as_of=desk.span.days[day], link=link)


def investment_table(desk: Desk) -> Table:
    """Projects by what happened to them, with capital in both currencies and land."""
    rows, place = [], 0
    for kind, title in _KINDS.items():
        place += 1
        rows.append(_row(desk, kind, f"{place}", desk.say(title), desk.source.projects.get(("now", kind))))
        if kind == "licensed":
            for key, part in (("fdi", N_("of which foreign (FDI)")), ("ddi", N_("of which domestic (DDI)"))):
                place += 1
                rows.append(_unknown(desk, key, f"{place}", desk.say(part)))
    return Table(
        TABLE,
        desk.told(N_("Table %(number)s. Investment projects"), number=NUMBER),
        desk.told(
            N_("Data to %(day)s; in the period: %(first)s to %(day)s"),
            day=desk.day(desk.span.as_of),
            first=desk.day(desk.span.period.first),
        ),
        (
            Column("place", desk.say(N_("No.")), is_number=False),
            Column("what", desk.say(N_("Projects, by what happened")), is_number=False),
            Column("projects", desk.say(N_("Number of projects"))),
            Column("vnd_bn", desk.say(N_("Capital registered in dong")), desk.unit("vnd_bn", 0).unit),
            Column("usd_m", desk.say(N_("Capital registered in USD")), desk.unit("usd_m", 1).unit),
            Column("land_ha", desk.say(N_("Land")), desk.ha.unit),
        ),
        tuple(rows),
        sums=(SumRule("licensed", ("fdi", "ddi"), _COLUMNS),),
        notes=_notes(desk),
    )


def _notes(desk: Desk) -> tuple[str, ...]:
    row = desk.source.projects.get(("now", "in_force"))
    if row is None:
        return ()
    return (
        desk.told(
            N_(
                "Of the projects in force %(capital)s tell no capital and %(day)s no day of licence; the latter count"
                " in no period."
            ),
            capital=row.without_capital,
            day=row.without_day,
        ),
    )


def _shapes(desk: Desk) -> tuple[Shape, ...]:
    return (Shape(desk.say(N_("projects")), 0), desk.unit("vnd_bn", 0), desk.unit("usd_m", 1), desk.ha)


def _row(desk: Desk, kind: str, place: str, title: str, row: Any) -> Row:
    count = count_of(desk, "now", kind)
    values = [count, *(_amount(desk, row, count, name) for name in _COLUMNS[1:])]
    cells = [
        number(desk.book.place(f"{NUMBER}.{place}.{column}", f"{title}: {name}", shape, value))
        for column, (name, shape, value) in enumerate(zip(_names(desk), _shapes(desk), values, strict=True), 1)
    ]
    return Row(kind, (Cell(place), Cell(title), *cells), is_total=kind == "in_force")


def _names(desk: Desk) -> tuple[str, ...]:
    messages = (N_("Number of projects"), N_("Capital registered in dong"), N_("Capital registered in USD"), N_("Land"))
    return tuple(desk.say(message) for message in messages)


def _amount(desk: Desk, row: Any, count: Measure, name: str) -> Measure:
    """Capital or land of projects; no projects have none, and projects that tell none have no figure."""
    if row is None:
        return Measure(0 if count.value == 0 else None, count.missing, count.as_of, link=count.link)
    value = getattr(row, name)
    missing = "" if value is not None else desk.say(N_("none of these projects tells it"))
    return of_things("project_version", row, value, desk.span.as_of) if value is not None else Measure(None, missing)


def _unknown(desk: Desk, key: str, place: str, title: str) -> Row:
    reason = Measure(None, desk.say(_NOT_SPLIT))
    cells = [
        number(desk.book.place(f"{NUMBER}.{place}.{column}", f"{title}: {name}", shape, reason))
        for column, (name, shape) in enumerate(zip(_names(desk), _shapes(desk), strict=True), 1)
    ]
    return Row(key, (Cell(place), Cell(title), *cells))
