"""Clearance of land, area by area: stages C0 to C9, households, and what it is stuck on."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from shapely.geometry.base import BaseGeometry

from geoapp.demo.outlines import Outline
from geoapp.demo.recipe import Recipe, Story, Stuck
from geoapp.demo.streets import Streets
from geoapp.demo.timeline import History, between
from geoapp.kinds import ClearanceStage, ObstacleReason

CLEARED = ClearanceStage.C6
CLEAN = ClearanceStage.C8
HANDED_OVER = ClearanceStage.C9

# When each stage is reached, as a share of the time from the first meeting to the handover on site.
_PACE = {
    ClearanceStage.C0: 0.0,
    ClearanceStage.C1: 0.06,
    ClearanceStage.C2: 0.25,
    ClearanceStage.C3: 0.4,
    ClearanceStage.C4: 0.54,
    ClearanceStage.C5: 0.64,
    ClearanceStage.C6: 0.76,
    ClearanceStage.C7: 0.84,
    ClearanceStage.C8: 0.93,
    ClearanceStage.C9: 1.0,
}
# Half of the households are paid on the way from the approved plan to the end of payments.
_HALF_PAID = 0.59
# Published areas are rounded.
_ROUNDING = 1.0003
_STUCK_AFTER = timedelta(days=25)


class Standing(NamedTuple):
    """Where an area stands: stage (None: not begun), obstacle with its words, households paid."""

    stage: ClearanceStage | None = None
    obstacle: ObstacleReason | None = None
    note: str = ""
    paid: int = 0


@dataclass(frozen=True)
class ClearanceArea:
    """An area of clearance in the park's own axes; ``planned`` says whether it belongs to the running phase."""

    code: str
    shape: BaseGeometry
    households: int
    planned: bool
    history: History[Standing]

    @property
    def area_ha(self) -> float:
        """Area on the ellipsoid."""
        return self.shape.area / 1e4

    def reached_on(self, stage: ClearanceStage) -> date | None:
        """The first day of a stage or a later one; None where it never comes, as far as is planned."""
        return next((day for day, now in self.history.events if now.stage and now.stage >= stage), None)

    def has_reached(self, stage: ClearanceStage, day: date) -> bool:
        """Whether a stage is reached on a day."""
        now = self.history.at(day).stage
        return now is not None and now >= stage


def build_clearance(outline: Outline, streets: Streets, story: Story, recipe: Recipe) -> tuple[ClearanceArea, ...]:
    """Areas of a park, those nearest to the gate first and cleared first."""
    dice = recipe.dice(outline.park, "clearance")
    rules = recipe.table("clearance")
    planned = count_planned(outline, streets, story)
    areas = []
    for number, shape in enumerate(streets.areas):
        households = round(shape.area / 1e4 * dice.uniform(*rules["households_per_ha"]))
        days = dice.randint(*rules["days"])
        area = ClearanceArea(f"GPMB-{number + 1:02d}", shape, households, number < planned, History(Standing(), ()))
        if story.handover and area.planned:
            handover = between(*story.handover, number / max(planned - 1, 1))
            stuck = next((item for item in story.stuck if item.order == number), None)
            area = replace(area, history=_history(households, handover, days, stuck, dice))
        areas.append(area)
    return tuple(areas)


def count_planned(outline: Outline, streets: Streets, story: Story) -> int:
    """How many areas, counted from the gate, belong to the running phase; 0 where nothing has begun.

    Together they are no larger than the approved area, where one is published.
    """
    if story.handover is None:
        return 0
    approved = outline.park.approved_ha or outline.area_ha
    together = accumulate(area.area / 1e4 for area in streets.areas)
    within = sum(size <= approved * _ROUNDING for size in together)
    return max(1, min(round(story.phase * len(streets.areas)), within))


def _history(households: int, handover: date, days: int, stuck: Stuck | None, dice: random.Random) -> History[Standing]:
    if stuck:
        halt = ClearanceStage(stuck.stage)
        handover = stuck.since - _STUCK_AFTER + timedelta(days=round(days * (1 - _PACE[halt])))
    first = handover - timedelta(days=days)
    nearly = round(households * dice.uniform(0.93, 0.98))
    paid = {ClearanceStage.C5: nearly}
    events = []
    for stage, share in _PACE.items():
        so_far = households if stage >= CLEARED else paid.get(stage, 0)
        events.append((between(first, handover, share), Standing(stage, paid=so_far)))
        if stage is ClearanceStage.C4:
            half = Standing(stage, paid=round(households * dice.uniform(0.35, 0.6)))
            events.append((between(first, handover, _HALF_PAID), half))
    if stuck:
        events = [event for event in events if event[0] < stuck.since]
        last = events[-1][1]
        events.append((stuck.since, Standing(last.stage, ObstacleReason(stuck.reason), stuck.note, last.paid)))
    return History(Standing(), tuple(events))
