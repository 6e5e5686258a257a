"""Land files in which something went wrong: unused, far behind, extended, held up, ended."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from geoapp.demo.land_draft import Draft, Portion, later
from geoapp.demo.land_fates import Fate
from geoapp.kinds import LandEventKind as Kind

# The storm of September 2024, made longer than it was for any real project.
_STORM = date(2024, 9, 7)
_FLOOD = "Bão số 3 năm 2024 và ngập lụt (minh họa)"


def _checked(draft: Draft, found: date) -> None:
    """Some way along the inspector's path, as far as the time since the finding allows."""
    steps = draft.dice.randint(0, 3)
    begins = max(found + draft.days(30, 90), draft.before_last(60, 200))
    if not steps or begins > draft.last - timedelta(days=45):
        return
    announced = begins + timedelta(days=4)
    record, report = announced + timedelta(days=6), announced + timedelta(days=17)
    check = draft.tell(Kind.CHECK, begins, announced_on=announced, record_on=record, report_on=report)
    if steps > 1:
        draft.tell(Kind.EXTENSION_REQUEST, report + draft.days(3, 15))
    if steps > 2:
        draft.tell(Kind.PUBLICATION, report + timedelta(days=3), about=check)


def _late_24(draft: Draft) -> None:
    end = draft.before_last(760, 930)
    draft.promise(end)
    draft.begin_works()
    _checked(draft, later(end, 24))


def _late_portion(draft: Draft) -> None:
    """Land handed over by progress: the first portion is far behind, the second still has time."""
    plots = draft.project.plots
    parts = (plots[:1], plots[1:])
    draft.portions = tuple(
        Portion(f"GĐ{number}", round(sum(plot.area_ha for plot in part), 2), tuple(plot.code for plot in part))
        for number, part in enumerate(parts, start=1)
    )
    draft.begin_works()
    draft.promise(draft.before_last(760, 930), "GĐ1")
    draft.promise(draft.last + draft.days(190, 500), "GĐ2")


def _extended(draft: Draft, ground: str, decided: date, months: int) -> str:
    draft.tell(Kind.CHECK, decided - timedelta(days=50), announced_on=decided - timedelta(days=46),
               record_on=decided - timedelta(days=40), report_on=decided - timedelta(days=29))  # fmt: skip
    draft.tell(Kind.EXTENSION_REQUEST, decided - timedelta(days=21))
    return draft.tell(
        Kind.EXTENSION, decided, ground=ground, extension_no=1, starts_on=decided, months=months,
        ends_on=later(decided, months), area_ha=round(draft.project.land_ha, 2),
    )  # fmt: skip


def _paid(draft: Draft, extension: str, decided: date) -> None:
    """The extra amount, in most files; made up, in whole millions."""
    on = decided + draft.days(15, 28)
    if draft.dice.random() < 0.65 and on <= draft.last:
        amount = round(draft.project.land_ha * draft.dice.uniform(90, 240)) * 1_000_000
        draft.tell(Kind.PAYMENT, on, about=extension, amount_vnd=amount)


def _extended_24(draft: Draft) -> None:
    decided = draft.before_last(30, 480)
    draft.promise(later(decided, -24) - draft.days(70, 200))
    draft.begin_works()
    months = 12 if (draft.last - decided).days < 200 else draft.dice.choice((18, 24))
    _paid(draft, _extended(draft, "24m", decided, months), decided)


def _expired_24(draft: Draft) -> None:
    decided = draft.before_last(570, 900)
    draft.promise(later(decided, -24) - draft.days(70, 120))
    draft.begin_works()
    _paid(draft, _extended(draft, "24m", decided, draft.dice.choice((12, 18))), decided)


def _hold(draft: Draft) -> None:
    """24 months are over, but not without the days that the Chairman decided on."""
    draft.promise(date(2024, 7, 15) + draft.days(0, 45))
    draft.begin_works()
    draft.tell(
        Kind.FORCE_MAJEURE, _STORM + draft.days(150, 200), from_on=_STORM, to_on=_STORM + timedelta(days=129),
        decided_by="chairman", evidence=_FLOOD,
    )  # fmt: skip


def _undecided(draft: Draft) -> None:
    """Force majeure is asked for, but the Chairman has not decided: it has no effect."""
    end = date(2024, 3, 1) + draft.days(0, 180)
    draft.promise(end)
    draft.begin_works()
    draft.tell(
        Kind.FORCE_MAJEURE, _STORM + draft.days(60, 120), from_on=_STORM, to_on=_STORM + timedelta(days=60),
        decided_by="other", issued_by="Nhà đầu tư minh họa", document_no=f"{draft.dice.randint(10, 99)}/CV-NĐT",
        evidence=f"Nhà đầu tư đề nghị tính thời gian bất khả kháng. {_FLOOD}",
    )  # fmt: skip
    _checked(draft, later(end, 24))


def _unused_12(draft: Draft) -> None:
    """Not begun; the progress was stretched, so that only the twelve months are over."""
    first = later(draft.project.leased_on, 24)
    new_end = draft.last + draft.days(100, 500)
    draft.promise(first)
    # Before the 24 months after the first end are over, where that is still possible.
    decided = min(first - draft.days(10, 90), draft.before_last(20, 200))
    draft.tell(Kind.PROGRESS_CHANGE, decided, progress_form="date", progress_end_on=new_end)
    _checked(draft, later(draft.project.leased_on, 12))


def _late_unused(draft: Draft) -> None:
    end = draft.before_last(760, 900)
    draft.promise(end)
    _checked(draft, later(end, 24))


def _extended_12(draft: Draft) -> None:
    decided = draft.before_last(30, 300)
    draft.promise(later(decided, 24))
    _paid(draft, _extended(draft, "12m", decided, draft.dice.choice((12, 18))), decided)


def _expired_12(draft: Draft) -> None:
    decided = draft.before_last(410, 700)
    draft.promise(later(decided, 30))
    _extended(draft, "12m", decided, 12)


def _terminated(draft: Draft) -> None:
    draft.promise(later(draft.project.leased_on, 30))
    draft.begin_works()
    draft.tell(Kind.TERMINATION, draft.before_last(60, 500))


def _special(draft: Draft) -> None:
    draft.promise(later(draft.project.leased_on, 36))
    draft.begin_works()
    draft.tell(Kind.SPECIAL_REGIME, draft.before_last(40, 200), regime="backlog", evidence="Danh mục dự án tồn đọng")


TROUBLES: Mapping[Fate, Callable[[Draft], None]] = {
    Fate.LATE_24: _late_24,
    Fate.LATE_PORTION: _late_portion,
    Fate.EXTENDED_24: _extended_24,
    Fate.EXPIRED_24: _expired_24,
    Fate.HOLD: _hold,
    Fate.UNDECIDED: _undecided,
    Fate.UNUSED_12: _unused_12,
    Fate.LATE_UNUSED: _late_unused,
    Fate.EXTENDED_12: _extended_12,
    Fate.EXPIRED_12: _expired_12,
    Fate.TERMINATED: _terminated,
    Fate.SPECIAL: _special,
}
"""Fate -> what its file tells after the handover."""
