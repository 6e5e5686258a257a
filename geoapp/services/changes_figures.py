"""The figures whose difference can be explained: what is counted, in which unit, and what a clerk calls a change."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from geoapp.errors import N_
from geoapp.kinds import ClearanceStage, PlotState, PlotUse
from geoapp.services.themes import PARK_INDICATORS

ALL_USES = tuple(str(use) for use in PlotUse)
LETTABLE_USES = (str(PlotUse.SKK), str(PlotUse.TMD))
LEASED_STATES = (str(PlotState.LEASED), str(PlotState.BUILDING), str(PlotState.OPERATING))
CLEARED_STATES = tuple(str(state) for state in PlotState if state is not PlotState.NOT_CLEARED)
_PLOTS, _AREAS, _ITEMS, _PLANTS = "plots", "clearance_areas", "infrastructure_items", "wastewater_plants"
# Square metres, hundredths of a billion dong, cubic metres: what parts are rounded to before anything is added.
_HA, _VND, _M3 = 4, 2, 0
REASONS = ("entered", "left", "remeasured", "added", "removed")
_ADDED, _REMOVED = N_("newly recorded"), N_("no longer recorded")


@dataclass(frozen=True)
class Figure:
    """A figure that is the sum of what things contribute.

    ``things``: the kind of thing; ``parameters``: which of them count; ``codes``: the list that names their states;
    ``words``: what each reason is called, as messages to translate.
    """

    code: str
    group: str
    title: str
    unit: str
    decimals: int
    things: str
    codes: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


def _words(entered: str, left: str, remeasured: str = N_("re-measured")) -> dict[str, str]:
    return dict(zip(REASONS, (entered, left, remeasured, _ADDED, _REMOVED), strict=True))


def _of_plots(code: str, title: str, states: tuple[str, ...], uses: tuple[str, ...], *words: str) -> Figure:
    parameters = {"states": list(states), "uses": list(uses)}
    group = N_("Land by plot") if len(states) > 1 else N_("Plots by state")
    return Figure(code, group, title, "ha", _HA, _PLOTS, "plot_state", parameters, _words(*words))


def _of_areas(code: str, title: str, stage: ClearanceStage, *words: str) -> Figure:
    group = N_("Land clearance by area")
    return Figure(code, group, title, "ha", _HA, _AREAS, "clearance_stage", {"stage": str(stage)}, _words(*words))


_BECAME, _IS_NOT = N_("came into this state"), N_("passed into another state")
_STATES = {
    PlotState.NOT_CLEARED: (N_("Plots not cleared"), N_("counted again as not cleared"), N_("newly cleared")),
    PlotState.CLEARED: (N_("Plots cleared, not yet served"), N_("newly cleared"), _IS_NOT),
    PlotState.AVAILABLE: (N_("Plots ready to lease"), N_("newly ready to lease"), N_("reserved or leased")),
    PlotState.RESERVED: (N_("Plots reserved"), N_("newly reserved"), N_("leased or given up")),
    PlotState.LEASED: (N_("Plots leased, not yet built on"), N_("newly leased"), N_("construction begun or returned")),
    PlotState.BUILDING: (N_("Plots under construction"), N_("construction begun"), _IS_NOT),
    PlotState.OPERATING: (N_("Plots in operation"), N_("newly in operation"), N_("no longer in operation")),
    PlotState.SHARED: (N_("Shared infrastructure land"), _BECAME, _IS_NOT),
}
_CLEARED_WORDS = (N_("newly cleared"), N_("no longer counted as cleared"))
_ALL = (
    _of_plots("land_cleared", N_("Land cleared"), CLEARED_STATES, ALL_USES, *_CLEARED_WORDS),
    _of_plots("land_leased", N_("Land leased"), LEASED_STATES, LETTABLE_USES, N_("newly leased"), N_("returned")),
    _of_areas("area_cleared", N_("Area cleared to date"), ClearanceStage.C6, *_CLEARED_WORDS),
    _of_areas(
        "area_clean", N_("Clean site area"), ClearanceStage.C8, N_("newly clean"), N_("no longer counted as clean")
    ),
    _of_areas(
        "area_handed_over",
        N_("Land handed over on site"),
        ClearanceStage.C9,
        N_("newly handed over"),
        N_("handover withdrawn"),
    ),
    *(
        _of_plots(f"plots_{state}", title, (str(state),), ALL_USES, *words)
        for state, (title, *words) in _STATES.items()
    ),
    Figure(
        "infrastructure_done",
        N_("Infrastructure and wastewater"),
        N_("Infrastructure value done"),
        "vnd_bn",
        _VND,
        _ITEMS,
        "infrastructure_state",
        words=_words(N_("works done"), N_("works done put lower"), N_("planned value adjusted")),
    ),
    Figure(
        "wastewater_capacity",
        N_("Infrastructure and wastewater"),
        N_("Wastewater capacity in operation"),
        "m3_day",
        _M3,
        _PLANTS,
        "plant_state",
        words=_words(N_("newly in operation"), N_("no longer in operation"), N_("capacity changed")),
    ),
)
FIGURES: Mapping[str, Figure] = {figure.code: figure for figure in _ALL}
DEFAULT_FIGURE = "land_leased"
# Shares of the monthly reports, and the figure of things that should explain their numerator.
SHARE_FIGURES: Mapping[str, str] = {
    "clearance_cumulative": "area_cleared",
    "clean_site": "area_clean",
    "infrastructure_completeness": "infrastructure_done",
    "occupancy": "land_leased",
}
assert set(SHARE_FIGURES) == set(PARK_INDICATORS)  # noqa: S101 - every share of the reports is explained
