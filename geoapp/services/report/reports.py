"""Reports as somebody works on them: made of the data, written, commented, approved, signed.

What a version says is made once and kept; only ``refresh`` makes it anew, in draft and for comment. Rights and the
order of the states are those of the database, whoever calls.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from geoapp.catalog.model import Catalogue
from geoapp.core.report_check import check_content
from geoapp.core.report_json import dump_content
from geoapp.core.report_model import Content, ReportKind
from geoapp.core.report_open_part import open_part
from geoapp.core.report_period import Period, period_of
from geoapp.core.report_period_name import name_period
from geoapp.errors import N_, Conflict, InvalidRequest
from geoapp.services.report.acting import ReportDesk, SayIn
from geoapp.services.report.calendar import NextReport, next_reports
from geoapp.services.report.content import build_content
from geoapp.services.report.remake import remake
from geoapp.services.report.request import ReportRequest
from geoapp.services.report.stored import ReportPage, Rows, get_file, get_report, read_page
from geoapp.services.report.templates import current_template
from geoapp.store import reports as store
from geoapp.store.acting import audit
from geoapp.store.pages import find_row, read_rows
from geoapp.store.reports import ReportStep

__all__ = ["NewReport", "ReportStep", "Reports"]
LONGEST_TEXT = 20_000
LONGEST_COMMENT = 4_000


@dataclass(frozen=True)
class NewReport:
    """What is to be made. ``as_of``: day of the data, None: the last of the period, or today where it is not over.

    ``expected``: number of the newest version that was seen: a second report of a period is a new version, and who
    makes it must have been told.
    """

    period: Period
    language: str
    today: date
    as_of: date | None = None
    expected: int = 0


@dataclass(frozen=True)
class SavedText:
    """A text as it is sent: ``seen``: revision of the text that was written over."""

    block: str
    seen: int
    body: str


class Reports:
    """The reports of one database. Args: say_in - what gives the texts of a language."""

    def __init__(self, desk: ReportDesk, catalogue: Catalogue, say_in: SayIn) -> None:
        self._desk, self._catalogue, self._say_in = desk, catalogue, say_in

    def list(self) -> Rows:
        """All versions of all reports, the newest period first."""
        with self._desk.reading() as connection:
            return store.list_versions(connection)

    def due(self, day: date) -> Sequence[NextReport]:
        """What the board has to report from a day on, by the calendar of reports; those without a day come last."""
        with self._desk.reading() as connection:
            return [one for one in next_reports(connection, day) if one.row.by_board]

    def of_period(self, period: Period) -> Rows:
        """The versions of the report of a period, newest first."""
        with self._desk.reading() as connection:
            return store.list_of_period(connection, period.kind, period.first)

    def page(self, version: int) -> ReportPage:
        """A version with all that belongs to it. Raises: NotFound."""
        with self._desk.reading() as connection:
            return read_page(connection, self._desk, version)

    def revisions(self, version: int, block: str) -> Rows:
        """All revisions of a text, newest first."""
        with self._desk.reading() as connection:
            return read_rows(connection, "report_text_revisions", {"version": version, "block": block})

    def make(self, asked: NewReport) -> int:
        """A new version of the report of a period; its number.

        Raises: InvalidRequest - the period has not come; Conflict - there is a version that was not seen; Forbidden.
        """
        with self._desk.reading() as connection:
            there = store.list_of_period(connection, asked.period.kind, asked.period.first)
            content = self._built(connection, asked)
            _check_seen(there, asked)
        period = asked.period
        with self._desk.writing() as connection:
            template = current_template(connection, asked.language, self._say_in(asked.language))
            version = store.open_version(connection, period.kind, period.first, period.last, asked.language)
            store.add_content(connection, _new_content(version, 1, content, template))
            if there:
                store.copy_texts(connection, version, there[0].id, [blank.key for blank in content.blanks])
            store.add_event(connection, ReportStep(version, 1, "make"))
            told = {"period": name_period(period), "as_of": content.as_of, "known_at": content.known_at}
            audit(connection, "report.make", f"report {version}", told)
        return version

    def refresh(self, version: int, seen: int, today: date) -> None:
        """Make what a version says anew of what is known now; texts and comments stay.

        Args: seen - number of the last event that was seen.
        Raises: NotFound; Conflict - somebody was there before; InvalidRequest - it is approved or signed; Forbidden.
        """
        with self._desk.reading() as connection:
            row = get_report(connection, self._desk, version).row
            # A period that was not over then may be now, so the day of the data is found anew.
            content = self._built(connection, NewReport(_period_of(row), row.language, today))
        with self._desk.writing(version) as connection:
            template = current_template(connection, row.language, self._say_in(row.language))
            store.add_content(connection, _new_content(version, row.revision + 1, content, template))
            store.add_event(connection, ReportStep(version, seen + 1, "refresh"))
            audit(connection, "report.refresh", f"report {version}", {"known_at": content.known_at})

    def save_text(self, version: int, text: SavedText) -> int:
        """Keep a text; the number of its revision.

        Raises: NotFound; Conflict - somebody wrote meanwhile; InvalidRequest - no such place, or closed; Forbidden.
        """
        self._check_block(version, text.block)
        with self._desk.writing(version) as connection:
            store.add_text(connection, version, text.block, text.seen + 1, text.body)
            told = {"block": text.block, "revision": text.seen + 1, "characters": len(text.body)}
            audit(connection, "report.text", f"report {version}", told)
        return text.seen + 1

    def comment(self, version: int, place: str, body: str) -> None:
        """A comment on a section. Raises: NotFound; InvalidRequest - no such section, or closed; Forbidden."""
        with self._desk.reading() as connection:
            content = get_report(connection, self._desk, version).content
        known = [*(one.key for one in content.sections), *(one.key for one in content.annexes)]
        if place not in known:
            raise InvalidRequest(N_("The report has no such section. Its page lists them."), parameter="place")
        with self._desk.writing(version) as connection:
            store.add_comment(connection, version, place, body, None)
            audit(connection, "report.comment", f"report {version}", {"place": place})

    def settle(self, version: int, comment: int, words: str) -> None:
        """Settle a comment, with words or without. Raises: NotFound; InvalidRequest - settled already; Forbidden."""
        with self._desk.writing(version) as connection:
            rows: Sequence[Any] = read_rows(connection, "report_comments", {"version": version})
            if not any(row.id == comment and not row.is_settled for row in rows):
                raise Conflict(N_("This comment is settled already. Load the page again to see by whom."))
            store.add_comment(connection, version, "", words, comment)
            audit(connection, "report.settle", f"report {version}", {"comment": comment})

    def step(self, step: ReportStep) -> None:
        """A step of a version: submit, withdraw, approve, return or sign.

        Raises: NotFound; Conflict - somebody was there before, or the data do not give the report any more;
        InvalidRequest - no such step now, a field is missing, or a total is not the sum of its parts; Forbidden.
        """
        if step.step == "approve":
            self._check_sound(step.version)
        with self._desk.writing(step.version) as connection:
            store.add_event(connection, step)
            told = {name: value for name, value in vars(step).items() if value is not None}
            audit(connection, f"report.{step.step}", f"report {step.version}", told)

    def attach(self, step: ReportStep, name: str, body: bytes) -> None:
        """Keep the paper with signature and seal beside a signed report. Raises: as ``step``."""
        with self._desk.writing(step.version) as connection:
            store.add_paper(connection, step.version, name, body)
            store.add_event(connection, replace(step, step="attach", note=name))
            audit(connection, "report.attach", f"report {step.version}", {"name": name})

    def file(self, version: int, kind: str) -> Any:
        """The current file of a kind: body, sha256, at. Raises: NotFound."""
        with self._desk.reading() as connection:
            return get_file(connection, version, kind)

    def paper(self, version: int, paper: int) -> Any:
        """A signed paper: name, body, sha256; None where there is none."""
        with self._desk.reading() as connection:
            return find_row(connection, "report_paper", {"version": version, "paper": paper})

    def _built(self, connection: Connection, asked: NewReport) -> Content:
        say, known_at = self._say_in(asked.language), store.read_moment(connection)
        kind, first = asked.period.kind, asked.period.first
        request = ReportRequest(kind, first, asked.as_of, known_at, asked.today, asked.language, say)
        return build_content(connection, self._catalogue, request)

    def _check_block(self, version: int, block: str) -> None:
        with self._desk.reading() as connection:
            content = get_report(connection, self._desk, version).content
        if block not in {blank.key for blank in content.blanks}:
            raise InvalidRequest(
                N_("The report has no such text. Its page lists the places to fill in."), parameter="block"
            )

    def _check_sound(self, version: int) -> None:
        """Nothing is approved whose totals are not the sums of their parts, or that its data do not give."""
        made = remake(self._desk, self._catalogue, version, self._say_in)
        faults = check_content(made.then)
        if faults:
            raise InvalidRequest(
                N_("The report is not approved: %(count)s of its totals are not what their parts give. They are listed"
                   " on its page, with the place."),
                parameter="content", count=len(faults),
            )  # fmt: skip
        if not made.comparison.agrees:
            raise Conflict(
                N_("The report is not approved: data were being stored while its figures were made, so that they cannot"
                   " be made again as they stand. Bring the figures up to date, and look at them once more.")
            )  # fmt: skip


def _check_seen(there: Rows, asked: NewReport) -> None:
    newest = there[0].number if there else 0
    if newest != asked.expected:
        raise Conflict(
            N_("There is a report of %(period)s already: version %(number)s. Another one would be version %(next)s."
               " Look at it first, and then make the new version from its page or from the list."),
            period=name_period(asked.period), number=newest, next=newest + 1,
        )  # fmt: skip


def _new_content(version: int, revision: int, content: Content, template: int) -> store.NewContent:
    return store.NewContent(
        version,
        revision,
        content.as_of,
        content.known_at,
        template,
        dump_content(content).decode(),
        dump_content(open_part(content)).decode(),
    )


def _period_of(row: Any) -> Period:
    """The period of a stored report, its kind no bare text."""
    return period_of(ReportKind(row.kind), row.first)
