"""The dates of one unit on one line: where each stands between the first and the last, and the time between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

# The computed dates that are deadlines, in the order of the law.
_DEADLINES = ("progress_end", "d12", "d12_fm", "d24", "d24_fm", "effective_end", "termination_end")
# Where no clock of 12 or 24 months runs, only the end of the progress means something.
_WITHOUT_CLOCK = frozenset({"COMPLETE", "COMPLETE_LATE", "NO_CLOCK"})
_PAD = 2.0


@dataclass(frozen=True)
class Mark:
    """A date on the line. ``place``: per cent from its left end; ``kind``: of an event, or the name of a deadline."""

    on: date
    kind: str
    place: float
    is_deadline: bool


@dataclass(frozen=True)
class Span:
    """Time between two places on the line: ``progress``, ``late``, ``violation``, ``extended`` or ``force_majeure``."""

    kind: str
    start: float
    end: float


@dataclass(frozen=True)
class Timeline:
    """All dates of a unit in their order, the spans between, and where the day that is shown stands."""

    first: date
    last: date
    today: float
    marks: Sequence[Mark]
    spans: Sequence[Span]


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def __call__(self, day: date) -> float:
        length = max((self.last - self.first).days, 1)
        share = min(max((day - self.first).days / length, 0.0), 1.0)
        return round(_PAD + (100 - 2 * _PAD) * share, 2)


def build_timeline(clock: Any, events: Sequence[Any], as_of: date) -> Timeline | None:
    """The line of a unit; None where nothing on it is dated.

    Args: clock - its row of ``land_clocks``; events - those that count for the unit; as_of - the day that is shown.
    """
    dated = [(e.happened_on or e.document_on, e.kind, False) for e in events if e.kind != "force_majeure"]
    dated += [(e.report_on, "report", False) for e in events if e.kind == "check" and e.report_on]
    dated += [(getattr(clock, name), name, True) for name in _shown_deadlines(clock)]
    known = sorted((on, kind, due) for on, kind, due in dated if on)
    if not known:
        return None
    ends = [e.to_on for e in events if e.kind == "force_majeure"]
    scale = _Scale(known[0][0], max(known[-1][0], as_of, *ends))
    marks = [Mark(on, kind, scale(on), is_deadline) for on, kind, is_deadline in known]
    spans = list(_spans(clock, events, as_of, scale))
    return Timeline(scale.first, scale.last, scale(as_of), marks, spans)


def _shown_deadlines(clock: Any) -> Iterable[str]:
    """Deadlines that still mean something; those with days of force majeure only where they differ."""
    if clock.state in _WITHOUT_CLOCK:
        return ("progress_end",)
    begun = clock.construction_start_date
    same = {name for name in ("d12", "d24") if getattr(clock, name) == getattr(clock, f"{name}_fm")}
    skipped = {f"{name}_fm" for name in same}
    if begun and (clock.d12 is None or begun <= clock.d12):
        skipped |= {"d12", "d12_fm"}
    return [name for name in _DEADLINES if name not in skipped]


def _spans(clock: Any, events: Sequence[Any], as_of: date, scale: _Scale) -> Iterable[Span]:
    done = clock.all_items_complete_date
    until = min(day for day in (as_of, done) if day)
    if clock.handover_date and clock.progress_end:
        yield Span("progress", scale(clock.handover_date), scale(clock.progress_end))
    if clock.progress_end and clock.d24 and until > clock.progress_end:
        yield Span("late", scale(clock.progress_end), scale(min(until, clock.d24)))
    for violation in clock.violations or ():
        start = date.fromisoformat(violation["from"])
        end = date.fromisoformat(violation["to"]) if violation["to"] else as_of
        yield Span("violation", scale(start), scale(end))
    for event in events:
        if event.kind == "force_majeure":
            yield Span("force_majeure", scale(event.from_on), scale(event.to_on))
        if event.kind == "extension" and (end := event.ends_on or clock.extension_end):
            yield Span("extended", scale(event.starts_on or event.happened_on), scale(end))
