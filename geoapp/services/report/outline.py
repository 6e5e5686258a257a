"""The parts of a report in the order of the reference (5.3), with the places that people fill in."""

from collections.abc import Sequence

from geoapp.core.report_model import Blank, Block, Section, TableAt
from geoapp.errors import N_
from geoapp.services.report.compare import COMPARE, OBSTACLES
from geoapp.services.report.desk import ALPHABET, Desk
from geoapp.services.report.invest import investment_blocks
from geoapp.services.report.land import land_blocks
from geoapp.services.report.outlook import (
    LABOUR,
    PROCEDURES,
    PRODUCTION,
    PUBLIC_CAPITAL,
    forecast_blocks,
    result_blocks,
    standing_blocks,
)
from geoapp.services.report.targets import TABLE as TARGETS
from geoapp.services.report.targets import TargetRows
from geoapp.services.report.themes import (
    clearance_blocks,
    infrastructure_blocks,
    occupancy_blocks,
    planning_blocks,
)
from geoapp.services.report.water import water_blocks

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


def sections_of(desk: Desk, rows: TargetRows) -> tuple[Section, ...]:
    """All sections with their numbers."""
    return (
        _main(desk, 1, "direction", N_("DIRECTION AND MANAGEMENT"), [_blank(desk, "direction", _HINTS["direction"])]),
        _main(desk, 2, "results", N_("RESULTS"), []),
        *_results(desk, rows),
        _main(desk, 3, "assessment", N_("ASSESSMENT"), [*standing_blocks(desk, rows), *_blanks(desk, "reasons")]),
        _main(
            desk,
            4,
            "difficulties",
            N_("DIFFICULTIES AND OBSTACLES"),
            [TableAt(OBSTACLES), *_blanks(desk, "difficulties")],
        ),
        _main(
            desk,
            5,
            "forecast",
            N_("WHAT IS EXPECTED"),
            [*forecast_blocks(desk, rows), *_blanks(desk, "forecast")],
        ),
        _main(desk, 6, "next_tasks", N_("TASKS OF THE NEXT PERIOD"), _blanks(desk, "next_tasks")),
        _main(desk, 7, "proposals", N_("PROPOSALS"), _blanks(desk, "proposals")),
    )


_HINTS = {
    "direction": N_("documents issued, meetings, how the leaders of the board directed the work in the period"),
    "investment": N_("notable projects, promotion"),
    "works": N_("progress of works, documents of planning, clearance in each park"),
    "production": N_("what moved production and trade"),
    "labour": N_("recruiting, disputes, housing of workers"),
    "environment": N_("incidents, checks, waste"),
    "land": N_("checks made, notices sent, extensions and recoveries proposed"),
    "reform": N_("procedures, systems, data"),
    "reasons": N_("reasons, and who is responsible"),
    "difficulties": N_("what the rules, money or others hold up"),
    "forecast": N_("how sure the board is of it, and what it rests on"),
    "next_tasks": N_("task, unit, day"),
    "proposals": N_("to whom, what, until when"),
}


def _results(desk: Desk, rows: TargetRows) -> list[Section]:
    """Part II: point by point."""
    points = (
        ("planning", N_("Planning and establishment"), planning_blocks(desk)),
        ("clearance", N_("Land clearance"), clearance_blocks(desk)),
        ("infrastructure", N_("Infrastructure"), infrastructure_blocks(desk)),
        ("public_capital", N_("Public investment"), result_blocks(desk, rows, PUBLIC_CAPITAL)),
        ("occupancy", N_("Occupancy"), [*occupancy_blocks(desk), *_blanks(desk, "works")]),
    )
    works = [
        Section(key, 3, f"{ALPHABET[place]})", desk.say(title), tuple(blocks))
        for place, (key, title, blocks) in enumerate(points)
    ]
    return [
        _clause(desk, 1, "targets", N_("Targets of the plan"), [TableAt(TARGETS)]),
        _clause(
            desk,
            2,
            "investment",
            N_("Investment attraction"),
            [*investment_blocks(desk), *_blanks(desk, "investment")],
        ),
        _clause(desk, 3, "works", N_("Planning, clearance, infrastructure"), []),
        *works,
        _clause(
            desk,
            4,
            "production",
            N_("Production and business"),
            [*result_blocks(desk, rows, PRODUCTION), *_blanks(desk, "production")],
        ),
        _clause(
            desk,
            5,
            "labour",
            N_("Firms, labour, income"),
            [*result_blocks(desk, rows, LABOUR), *_blanks(desk, "labour")],
        ),
        _clause(
            desk,
            6,
            "environment",
            N_("Resources, environment, wastewater"),
            [*water_blocks(desk), *_blanks(desk, "environment")],
        ),
        _clause(desk, 7, "land", N_("Slow land use"), [*land_blocks(desk), *_blanks(desk, "land")]),
        _clause(
            desk,
            8,
            "reform",
            N_("Administrative reform, digital transformation"),
            [*result_blocks(desk, rows, PROCEDURES), *_blanks(desk, "reform")],
        ),
        _clause(desk, 9, "compare", N_("Beside the period before and the same period last year"), [TableAt(COMPARE)]),
    ]


def _main(desk: Desk, place: int, key: str, title: str, blocks: Sequence[Block]) -> Section:
    return Section(key, 1, f"{_ROMAN[place - 1]}.", desk.say(title), tuple(blocks))


def _clause(desk: Desk, place: int, key: str, title: str, blocks: Sequence[Block]) -> Section:
    return Section(f"results_{key}", 2, f"{place}.", desk.say(title), tuple(blocks))


def _blanks(desk: Desk, key: str) -> list[Block]:
    return [_blank(desk, key, _HINTS[key])]


def _blank(desk: Desk, key: str, hint: str) -> Blank:
    return Blank(key, desk.say(hint))
