"""Long work in words: states, sentences that were kept, times, sizes."""

import re
from datetime import date
from typing import Any

from flask_babel import gettext

from geoapp.errors import N_
from geoapp.services.job_kinds import Sentence
from geoapp.services.jobs import Job
from geoapp.web.formats import day, number

STATES = {
    "waiting": N_("Waiting to run"),
    "running": N_("At work"),
    "done": N_("Finished"),
    "failed": N_("Failed"),
    "cancelled": N_("Stopped"),
}
_STOPPING = N_("Stopping")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def state(job: Job) -> str:
    """How a job stands, in a word."""
    return str(gettext(_STOPPING if job.is_stopping else STATES[job.state]))


def title(job: Job) -> str:
    """What kind of work it is."""
    return str(gettext(job.title))


def sentence(kept: Sentence | None) -> str:
    """A sentence that was kept, in the language of the reader; days in it as people read them."""
    if kept is None:
        return ""
    template: str = gettext(kept.text)
    return template % {name: _plain(value) for name, value in kept.params.items()} if kept.params else template


def percent(job: Job) -> int | None:
    """How far it is, 0 to 100; None where that is not known."""
    if job.state == "done":
        return 100
    return min(100 * job.done // job.total, 100) if job.total else None


def size(count: int) -> str:
    """Bytes as people read them."""
    for unit, least in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if count >= least:
            return f"{number(count / least, 1)}\u00a0{unit}"
    return f"{count}\u00a0B"


def took(job: Job) -> str:
    """How long a job took that has ended."""
    if not job.started_at or not job.ended_at:
        return "–"
    seconds = round((job.ended_at - job.started_at).total_seconds())
    minutes, rest = divmod(seconds, 60)
    if minutes:
        return str(gettext("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=rest))
    return str(gettext("%(seconds)s s", seconds=rest))


def _plain(value: Any) -> Any:
    return day(date.fromisoformat(value)) if isinstance(value, str) and _DAY.fullmatch(value) else value
