"""How the land of a demonstration project fares: which of the states of the legal clock its file is to show."""

import random
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from geoapp.demo.projects import Project


class Fate(StrEnum):
    """What the file of a project tells on the last day of the set."""

    COMPLETE = "complete"
    COMPLETE_LATE = "complete_late"
    ON_TRACK = "on_track"
    DUE_SOON = "due_soon"
    DELAYED = "delayed"
    LATE = "late"
    NO_PROGRESS = "no_progress"
    LATE_24 = "late_24"
    LATE_PORTION = "late_portion"
    EXTENDED_24 = "extended_24"
    EXPIRED_24 = "expired_24"
    HOLD = "hold"
    UNDECIDED = "undecided"
    UNUSED_12 = "unused_12"
    LATE_UNUSED = "late_unused"
    EXTENDED_12 = "extended_12"
    EXPIRED_12 = "expired_12"
    TERMINATED = "terminated"
    NO_RECORD = "no_record"
    NO_HANDOVER = "no_handover"
    SPECIAL = "special"


# Days since the handover without which a story has no room.
_ROOM: Mapping[Fate, int] = {
    Fate.LATE: 320,
    Fate.DELAYED: 300,
    Fate.LATE_24: 960,
    Fate.LATE_PORTION: 960,
    Fate.EXTENDED_24: 1500,
    Fate.EXPIRED_24: 1830,
    Fate.HOLD: 1050,
    Fate.UNDECIDED: 1050,
    Fate.UNUSED_12: 400,
    Fate.LATE_UNUSED: 960,
    Fate.EXTENDED_12: 760,
    Fate.EXPIRED_12: 1200,
    Fate.TERMINATED: 900,
    Fate.SPECIAL: 900,
}
# From the handover to the last item, where an end of progress that had passed before the handover is 24 months behind.
_LATE_COMPLETION_DAYS = 750


def choose_fate(project: Project, shares: Mapping[str, Mapping[str, float]], last: date, dice: random.Random) -> Fate:
    """A fate that fits what is built on the plots of the project.

    Args: shares - for each stage of a project, fate -> how often, of those for which there is room.
    """
    age = (last - project.leased_on).days
    fates = {Fate(name): share for name, share in shares[_stage(project, last)].items()}
    room = {fate: share for fate, share in fates.items() if _ROOM.get(fate, 0) <= age and _fits(fate, project)}
    return dice.choices(list(room), list(room.values()))[0]


def _fits(fate: Fate, project: Project) -> bool:
    if fate is Fate.COMPLETE_LATE:
        return project.opened_on is not None and (project.opened_on - project.leased_on).days > _LATE_COMPLETION_DAYS
    return fate is not Fate.LATE_PORTION or len(project.plots) > 1


def _stage(project: Project, last: date) -> str:
    if project.built_on is None:
        return "idle"
    if project.built_on > last:
        return "waiting"
    if project.opened_on is None:
        return "stalled"
    return "operating" if project.opened_on <= last else "building"
