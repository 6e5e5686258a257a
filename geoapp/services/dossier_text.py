"""The rows of a dossier in words, in one language, ready to be written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from geoapp.catalog.model import Catalogue
from geoapp.core.photo_strength import Weakness
from geoapp.errors import N_
from geoapp.photos.printed import shrink
from geoapp.photos.shelf import Shelf
from geoapp.reports.dossier import (
    DatedFact,
    DocumentLine,
    Dossier,
    EventLine,
    Finding,
    Ground,
    PhotoLine,
    PlotLine,
    PrintedPhoto,
    Step,
    StepMark,
)
from geoapp.reports.grounds import grounds_on
from geoapp.reports.manifest import Manifest
from geoapp.reports.speech import Speech
from geoapp.services import clock_working
from geoapp.services.dossier_manifest import find_photo_file
from geoapp.services.dossier_source import ClockSource, DossierSource
from geoapp.services.land_file import DayCount

_DEADLINES = ("progress_end", "d12", "d24", "effective_end", "termination_end")
# The surest first; a step is as sure as the least sure of what it rests on.
_MARKS = (StepMark.LAW, StepMark.READING, StepMark.OWN, StepMark.UNVERIFIED)


@dataclass(frozen=True)
class DossierWords:
    """One language. ``say``: the text of a message; ``days``, ``weak``, ``date_name``: words that pages have, too."""

    language: str
    say: Callable[[str], str]
    days: Callable[[DayCount], str]
    weak: Callable[[tuple[Weakness, ...]], list[str]]
    date_name: Callable[[str], str]


@dataclass(frozen=True)
class DossierParts:
    """What a dossier has beside its rows: its manifest, where its code leads, its map as PNG."""

    manifest: Manifest
    address: str
    map_png: bytes


class DossierTeller:
    """Tells rows in words. Args: catalogue - whose lists of codes have the labels; shelf - where photos lie."""

    def __init__(self, catalogue: Catalogue, shelf: Shelf, words: DossierWords) -> None:
        self._catalogue, self._shelf, self._words = catalogue, shelf, words
        self._speech = Speech(words.language, words.say)

    def tell(self, source: DossierSource, parts: DossierParts) -> Dossier:
        """The whole dossier."""
        case = source.case
        clock = source.clock
        return Dossier(
            number=str(case.id),
            event_number=source.event,
            project=case.project_name or self._words.say(N_("Land without a project")),
            investor=case.investor or "",
            ground=self._ground(source),
            finding=self._finding(source),
            as_of=source.as_of,
            known_at=source.known_at,
            manifest=parts.manifest,
            address=parts.address,
            map_png=parts.map_png,
            language=self._words.language,
            is_demo=source.is_demo,
            unit="" if case.unit in (None, "project") else self._speech.told(N_("portion %(code)s"), code=case.unit),
            grounds=tuple(self._words.say(text) for text in grounds_on(source.as_of)),
            dates=tuple(self._dates(clock)) if clock else (),
            steps=tuple(self._step(step, clock) for step in clock.steps) if clock else (),
            events=tuple(self._event(event) for event in source.events),
            photos=tuple(self._photo(photo, weak) for photo, weak in source.photos),
            documents=tuple(self._documents(clock)) if clock else (),
        )

    def _label(self, codes: str, code: str | None) -> str:
        """The label of a code; the code itself where the list does not have it."""
        label = self._catalogue.codes[codes].get(code or "")
        return label.text(self._words.language) if label else code or ""

    def _spoken(self, row: Any, name: str) -> str:
        return getattr(row, f"{name}_{self._words.language}") or ""

    def _ground(self, source: DossierSource) -> Ground:
        case = source.case
        plots = tuple(PlotLine(plot.code, plot.area_ha, self._label("plot_state", plot.state)) for plot in source.plots)
        known = [plot.area_ha for plot in source.plots if plot.area_ha is not None]
        rough = any(plot.approximate for plot in source.plots)
        communes = (case.location_vi,) if case.location_vi else ()
        return Ground(self._spoken(case, "park"), communes, plots, sum(known) if known else case.area_ha, rough)

    def _finding(self, source: DossierSource) -> Finding:
        """The sign for which the case was opened, and where the case stands."""
        case, clock = source.case, source.clock
        sign = self._label("clock_state", case.clock_state) if case.clock_state else self._label("case_kind", case.kind)
        told = [self._speech.told(N_("%(sign)s (proposal)"), sign=_capital(sign))]
        if clock and clock.verdict.state != case.clock_state:
            now = self._label("clock_state", clock.verdict.state)
            told.append(
                self._speech.told(N_("as of %(day)s: %(state)s"), day=self._speech.day(source.as_of), state=now)
            )
        stands = self._label("case_state", source.events[-1].to_state)
        told.append(self._speech.told(N_("state of the case: %(state)s"), state=stands))
        days = self._words.days(clock.days) if clock and clock.days else ""
        return Finding("; ".join(told), case.rule or "", self._law(case), _capital(days), case.area_ha)

    def _law(self, case: Any) -> str:
        law = case.law_vi if self._words.language == "vi" else case.law_en
        if not law:
            return "–"
        since = (
            self._speech.told(N_("in force from %(day)s"), day=self._speech.day(case.law_from)) if case.law_from else ""
        )
        mark = self._words.say(N_("[unverified]")) if case.law_mark == StepMark.UNVERIFIED else ""
        return "; ".join(filter(None, (f"{law} {mark}".strip(), since)))

    def _dates(self, clock: ClockSource) -> Iterator[DatedFact]:
        """The dates that matter on one line, those that were found and those that are computed."""
        found = [fact for event in clock.events for fact in self._dates_of(event)]
        found += [
            DatedFact(day, _capital(self._words.date_name(name)), "", computed=True)
            for name in _DEADLINES
            if (day := getattr(clock.verdict, name)) is not None
        ]
        return iter(sorted(found, key=lambda fact: (fact.on or date.max, fact.what)))

    def _dates_of(self, event: Any) -> Iterator[DatedFact]:
        what = _capital(self._label("land_event_kind", event.kind))
        document = _document(event)
        yield DatedFact(event.from_on or event.happened_on or event.document_on, what, document, event.to_on)
        if event.kind == "check" and event.report_on:
            yield DatedFact(event.report_on, _capital(self._words.date_name("report")), document)

    def _documents(self, clock: ClockSource) -> Iterator[DocumentLine]:
        for event in clock.events:
            if event.document_no:
                about = _capital(self._label("land_event_kind", event.kind))
                yield DocumentLine(
                    about, event.document_no, event.document_on or event.happened_on, event.issued_by or ""
                )

    def _step(self, step: clock_working.Step, clock: ClockSource) -> Step:
        rule = clock.rules.get(step.rule or "")
        readings = [clock.readings[key] for key in step.readings if key in clock.readings]
        marks = [StepMark(row.mark) for row in readings] + ([StepMark(rule.mark)] if rule else [])
        told = [f"{self._words.say(step.title)}."]
        told += [self._words.say(one.template) % self._shown(one.params) for one in step.how]
        told += [f"{self._spoken(row, 'name')}: {self._spoken(row, 'taken').rstrip('.')}." for row in readings]
        law = (rule.law_vi if self._words.language == "vi" else rule.law) if rule else ""
        return Step(" ".join(told), step.day, law or "", max(marks, key=_MARKS.index, default=StepMark.LAW))

    def _shown(self, params: Mapping[str, object]) -> dict[str, object]:
        return {key: self._speech.day(value) if isinstance(value, date) else value for key, value in params.items()}

    def _event(self, event: Any) -> EventLine:
        told = [_capital(self._label("case_step", event.step))]
        if event.to_state != event.from_state:
            told.append(f"→ {self._label('case_state', event.to_state)}")
        if event.assignee:
            told.append(f"({event.assignee})")
        if event.months:
            told.append(self._speech.told(N_("%(months)s months"), months=event.months))
        if event.document_no:
            told.append(f"{event.document_no} {self._speech.day(event.document_on or event.happened_on)}")
        reason = "; ".join(filter(None, (event.reason, event.note)))
        who = event.person or self._words.say(N_("the program"))
        return EventLine(event.number, event.at, who, " ".join(told), reason, event.computed)

    def _photo(self, photo: Any, weak: tuple[Weakness, ...]) -> PhotoLine:
        return PhotoLine(
            photo.sha256,
            self._picture(photo.sha256),
            photo.taken_at,
            photo.longitude,
            photo.latitude,
            photo.heading_deg,
            photo.distance_m,
            photo.person_name,
            tuple(self._words.weak(weak)) if weak else (),
        )

    def _picture(self, sha256: str) -> PrintedPhoto | None:
        path = find_photo_file(self._shelf, sha256)
        small = shrink(path) if path else None
        return PrintedPhoto(*small) if small else None


def _document(event: Any) -> str:
    return "; ".join(filter(None, (event.document_no, event.issued_by, event.evidence)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
