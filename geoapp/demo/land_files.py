"""Land files of the demonstration: from the contract to completion, or to where the matter is stuck."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geoapp.demo.land_draft import Draft, LandEvent, Portion, later
from geoapp.demo.land_fates import Fate, choose_fate
from geoapp.demo.land_trouble import TROUBLES
from geoapp.demo.projects import Project
from geoapp.demo.recipe import Recipe
from geoapp.demo.registry import Park
from geoapp.kinds import LandEventKind as Kind

_WITHOUT_HANDOVER = frozenset({Fate.NO_RECORD, Fate.NO_HANDOVER})


@dataclass(frozen=True)
class LandFile:
    """The file of one project: its portions and its events in the order of their codes."""

    fate: Fate
    portions: tuple[Portion, ...]
    events: tuple[LandEvent, ...]

    @property
    def is_handed_over(self) -> bool:
        """Whether a handover on site is on record."""
        return any(event.kind is Kind.HANDOVER for event in self.events)


def build_land_file(park: Park, project: Project, recipe: Recipe) -> LandFile:
    """The land file of a project that holds its land by the last day; the same every time."""
    dice = recipe.dice(park, f"land/{project.code}")
    fate = choose_fate(project, recipe.table("land_files"), recipe.last_day, dice)
    draft = Draft(project, recipe.last_day, dice)
    _begin(draft, fate)
    _STORIES[fate](draft)
    return LandFile(fate, draft.portions, tuple(_in_order(draft.events)))


def _in_order(events: list[LandEvent]) -> list[LandEvent]:
    """The events in the order of their days, with codes to match."""
    ordered = sorted(events, key=lambda event: event.on or date.max)
    codes = {event.code: f"{number:02d}" for number, event in enumerate(ordered, start=1)}
    return [
        replace(
            event,
            code=codes[event.code],
            facts={name: codes[str(fact)] if name == "about" else fact for name, fact in event.facts.items()},
        )
        for event in ordered
    ]


def _begin(draft: Draft, fate: Fate) -> None:
    """What every file starts with: the right to the land and, in most, the handover."""
    project = draft.project
    subleased = draft.dice.random() < 0.8
    contracted = max(project.licensed_on, project.leased_on - draft.days(1, 12))
    if subleased:
        draft.tell(Kind.LAND_BASIS, contracted, basis="sublease")
    else:
        draft.tell(Kind.ALLOCATION, contracted, area_ha=round(project.land_ha, 2))
        draft.tell(Kind.LAND_BASIS, contracted, basis="lease", document_no=None)
    if fate not in _WITHOUT_HANDOVER:
        draft.tell(Kind.HANDOVER, project.leased_on, area_ha=round(project.land_ha, 2))


def _progress(draft: Draft, end: date) -> None:
    """The end of the progress as the certificate writes it: mostly a date, sometimes a quarter."""
    if draft.dice.random() < 0.25 and end > draft.last:
        draft.tell(
            Kind.PROGRESS,
            draft.project.licensed_on,
            progress_form="quarter",
            progress_quarter=f"{end.year}-Q{(end.month + 2) // 3}",
        )
    else:
        draft.promise(end)


def _completed(draft: Draft) -> None:
    draft.tell(Kind.COMPLETION, draft.project.opened_on, evidence="Biên bản nghiệm thu hoàn thành toàn bộ hạng mục")


def _complete(draft: Draft) -> None:
    opened = draft.project.opened_on or draft.last
    if draft.dice.random() < 0.2:
        months = draft.dice.choice((30, 36))
        draft.tell(
            Kind.PROGRESS, draft.project.licensed_on, progress_form="months_from_handover", progress_months=months
        )
    else:
        _progress(draft, opened + draft.days(-120, 240))
    draft.begin_works()
    _completed(draft)


def _complete_late(draft: Draft) -> None:
    """The certificate named a day that had passed before the land was handed over."""
    draft.promise(draft.project.leased_on - draft.days(20, 60))
    draft.begin_works()
    _completed(draft)


def _on_track(draft: Draft) -> None:
    _progress(draft, max(draft.project.opened_on or draft.last, draft.last) + draft.days(200, 640))
    draft.begin_works()


def _due_soon(draft: Draft) -> None:
    _progress(draft, draft.last + draft.days(*draft.dice.choice(((5, 27), (40, 170)))))
    draft.begin_works()


def _delayed(draft: Draft) -> None:
    """Works waited for authorities: those days do not count into the progress."""
    wait = draft.days(45, 110)
    _progress(draft, draft.last - wait + draft.days(5, 200))
    draft.begin_works()
    until = draft.last - draft.days(60, 120)
    draft.tell(
        Kind.AUTHORITY_DELAY, until, from_on=until - wait, to_on=until - timedelta(days=1), decided_by="other",
        evidence="Chờ điều chỉnh quy hoạch phân khu",
    )  # fmt: skip


def _late(draft: Draft) -> None:
    _progress(draft, max(draft.project.leased_on + timedelta(days=270), draft.before_last(15, 600)))
    draft.begin_works()


def _no_progress(draft: Draft) -> None:
    draft.begin_works()


def _no_record(draft: Draft) -> None:
    """Nobody knows when the land was handed over."""
    _progress(draft, later(draft.project.leased_on, 36))


def _no_handover(draft: Draft) -> None:
    _progress(draft, later(draft.project.leased_on, 30))
    on = draft.last - draft.days(1, 25)
    draft.tell(Kind.NO_HANDOVER, on, evidence="Biên bản làm việc: mặt bằng chưa bàn giao, còn vướng đường vào lô")


_STORIES: dict[Fate, Callable[[Draft], None]] = {
    Fate.COMPLETE: _complete,
    Fate.COMPLETE_LATE: _complete_late,
    Fate.ON_TRACK: _on_track,
    Fate.DUE_SOON: _due_soon,
    Fate.DELAYED: _delayed,
    Fate.LATE: _late,
    Fate.NO_PROGRESS: _no_progress,
    Fate.NO_RECORD: _no_record,
    Fate.NO_HANDOVER: _no_handover,
    **TROUBLES,
}
