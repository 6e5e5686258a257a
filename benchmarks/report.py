"""Figures of one run: samples, ratios, targets, and how they are written down. Nothing is measured here."""

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum


class BenchError(Exception):
    """A measurement cannot be made or means nothing; the text says why. No figure is written in its place."""


@dataclass(frozen=True)
class Samples:
    """Values of several rounds, in one unit."""

    values: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise BenchError("No value was measured.")

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    @property
    def span(self) -> tuple[float, float]:
        """Lowest and highest value."""
        return min(self.values), max(self.values)


class Better(StrEnum):
    """Which way a figure is good."""

    LOWER = "lower"
    HIGHER = "higher"


class Verdict(StrEnum):
    """What came of a target; ``REPORTED`` has none."""

    MET = "met"
    MISSED = "not met"
    REPORTED = "reported"


@dataclass(frozen=True)
class Finding:
    """One figure of ours, beside that of a peer where there is one.

    ``ratio`` is how many times better we are; for a ``growth`` it is our figure over its ``base`` (the same at fewer
    plots). ``target`` is the least ratio wanted, for a growth the greatest.
    """

    what: str
    unit: str
    ours: Samples
    peer: str | None = None
    theirs: Samples | None = None
    better: Better = Better.LOWER
    target: float | None = None
    growth: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """See the class; None without a peer, or where one side is 0."""
        if self.theirs is None or 0 in (self.ours.median, self.theirs.median):
            return None
        ours_first = self.growth or self.better is Better.HIGHER
        return self.ours.median / self.theirs.median if ours_first else self.theirs.median / self.ours.median

    @property
    def verdict(self) -> Verdict:
        """Whether the target is met."""
        if self.target is None:
            return Verdict.REPORTED
        if self.ratio is None:
            return Verdict.MISSED
        met = self.ratio <= self.target if self.growth else self.ratio >= self.target
        return Verdict.MET if met else Verdict.MISSED


@dataclass(frozen=True)
class Section:
    """What one benchmark found; ``missing`` are sentences about what could not be measured, and why."""

    title: str
    findings: Sequence[Finding] = ()
    missing: Sequence[str] = ()


@dataclass
class Run:
    """Everything about one run; ``about`` says where and how it was made."""

    about: dict[str, str]
    sections: list[Section] = field(default_factory=list)


def interleave(sides: dict[str, Callable[[], float]], rounds: int, warm_up: int = 1) -> dict[str, Samples]:
    """Measure all sides in turn, A B A B, so that what disturbs the machine disturbs all; warm-ups are not counted.

    Args: sides - name to a measurement that returns its value.
    """
    values: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(warm_up + rounds):
        for name, measure in sides.items():
            value = measure()
            if turn >= warm_up:
                values[name].append(value)
    return {name: Samples(tuple(found)) for name, found in values.items()}


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share (0 to 1) of all values does not exceed."""
    if not values:
        raise BenchError("No value was measured.")
    ordered = sorted(values)
    at = max(0, -(-int(share * 1_000_000) * len(ordered) // 1_000_000) - 1)
    return ordered[min(at, len(ordered) - 1)]


def number(value: float) -> str:
    """A figure with three significant digits, thousands apart."""
    if value == 0:
        return "0"
    size = abs(value)
    decimals = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
    return f"{value:,.{decimals}f}".replace(",", " ")


def lines_of(section: Section) -> list[tuple[str, str, str, str, str]]:
    """The rows of a table: what, ours, theirs, ratio, verdict."""
    return [
        (
            f"{finding.what}, {finding.unit}",
            _spread(finding.ours),
            f"{_spread(finding.theirs)} {finding.peer or ''}".strip() if finding.theirs else "–",
            f"{number(finding.ratio)}×" if finding.ratio is not None else "–",
            _judged(finding),
        )
        for finding in section.findings
    ]


def as_markdown(run: Run) -> str:
    """The run as tables in Markdown."""
    parts = ["| | |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in run.about.items())]
    for section in run.sections:
        parts += ["", f"## {section.title}", ""]
        if section.findings:
            parts += [
                "| figure | ours: median (min–max) | beside it | ratio | target |",
                "| --- | --: | --: | --: | --- |",
            ]
            parts += [f"| {' | '.join(row)} |" for row in lines_of(section)]
        notes = dict.fromkeys(finding.note for finding in section.findings if finding.note)
        parts += [f"\n{note}" for note in (*notes, *(f"Not measured: {reason}" for reason in section.missing))]
    return "\n".join(parts) + "\n"


def as_text(section: Section) -> str:
    """A section as it is printed while the run goes on."""
    rows = [("", "ours: median (min–max)", "beside it", "ratio", "target"), *lines_of(section)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    body = []
    for what, ours, theirs, ratio, judged in rows:
        figures = (ours.rjust(widths[1]), theirs.rjust(widths[2]), ratio.rjust(widths[3]))
        body.append("  ".join((what.ljust(widths[0]), *figures, judged)))
    notes = dict.fromkeys(finding.note for finding in section.findings if finding.note)
    tail = [*(f"  {note}" for note in notes), *(f"  not measured: {reason}" for reason in section.missing)]
    return "\n".join([f"\n== {section.title}", *(body if section.findings else []), *tail])


def as_json(run: Run) -> str:
    """The run with every single value."""
    sections = [
        {
            "title": section.title,
            "missing": list(section.missing),
            "findings": [{**asdict(f), "ratio": f.ratio, "verdict": f.verdict} for f in section.findings],
        }
        for section in run.sections
    ]
    return json.dumps({"about": run.about, "sections": sections}, ensure_ascii=False, indent=1)


def _spread(samples: Samples) -> str:
    low, high = samples.span
    if low == high:
        return number(samples.median)
    return f"{number(samples.median)} ({number(low)}–{number(high)})"


def _judged(finding: Finding) -> str:
    if finding.target is None:
        return "reported"
    bound = "at most" if finding.growth else "at least"
    return f"{finding.verdict}: {bound} {number(finding.target)}×"
