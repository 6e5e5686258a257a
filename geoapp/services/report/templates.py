"""Word templates of reports: brought by the office, checked, all kept, one in use for each language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from geoapp.errors import N_, InvalidRequest, NotFound
from geoapp.services.report.acting import ReportDesk, Say, SayIn
from geoapp.store import reports as store
from geoapp.store.acting import audit
from geoapp.store.pages import find_row, read_rows

MOST_BYTES = 20_000_000
_BUILTIN = "geoapp"


class TemplateFaulty(InvalidRequest):
    """A template that cannot be used. ``template_faults``: every fault with its place, see ``check_template``."""

    def __init__(self, name: str, faults: Sequence[Any]) -> None:
        super().__init__(
            N_("“%(name)s” is not taken: it has %(count)s faults, listed here with their places. Mend them in Word and"
               " bring it again."),
            parameter="file", name=name, count=len(faults),
        )  # fmt: skip
        self.template_faults = tuple(faults)


@dataclass(frozen=True)
class NewTemplate:
    """A template as it is brought."""

    name: str
    language: str
    body: bytes


class ReportTemplates:
    """The templates of one database."""

    def __init__(self, desk: ReportDesk, say_in: SayIn) -> None:
        self._desk, self._say_in = desk, say_in

    def list(self) -> Sequence[Any]:
        """All templates, newest first."""
        with self._desk.reading() as connection:
            return read_rows(connection, "report_templates", {})

    def get(self, template: int) -> Any:
        """A template with its bytes. Raises: NotFound."""
        with self._desk.reading() as connection:
            return get_template(connection, template)

    def builtin(self, language: str) -> bytes:
        """The template that comes with the program, to begin from."""
        # What reads and writes Word files is large, and most processes never need it.
        from geoapp.reports.report_template import build_template  # noqa: PLC0415

        return build_template(self._say_in(language))

    def add(self, template: NewTemplate) -> int:
        """Keep a template and take it into use; its number.

        Raises: TemplateFaulty - it has faults; InvalidRequest - too large; Forbidden.
        """
        from geoapp.reports.template_check import check_template  # noqa: PLC0415

        if len(template.body) > MOST_BYTES:
            raise InvalidRequest(
                N_("The template is larger than %(most)s MB."), parameter="file", most=MOST_BYTES // 1_000_000
            )
        faults = check_template(template.body)
        if faults:
            raise TemplateFaulty(template.name, faults)
        with self._desk.writing() as connection:
            number = store.add_template(connection, template.name, template.language, template.body, is_builtin=False)
            _choose(connection, number)
            audit(connection, "report.template", f"template {number}", {"name": template.name})
        return number

    def choose(self, template: int) -> None:
        """Take a template into use that is there already. Raises: NotFound; Forbidden."""
        with self._desk.writing() as connection:
            _choose(connection, template)
            audit(connection, "report.template", f"template {template}")


def get_template(connection: Connection, template: int) -> Any:
    """A template with its bytes. Raises: NotFound."""
    row = find_row(connection, "report_template", {"template": template})
    if row is None:
        raise NotFound(N_("There is no template %(number)s. They are listed at /reports/templates."), number=template)
    return row


def current_template(connection: Connection, language: str, say: Say) -> int:
    """The number of the template that new reports take; that of the program is kept when it is first used."""
    from geoapp.reports.report_template import build_template  # noqa: PLC0415

    row: Any = find_row(connection, "report_template_current", {"language": language})
    if row is not None:
        return int(row.id)
    return store.add_template(connection, _BUILTIN, language, build_template(say), is_builtin=True)


def _choose(connection: Connection, template: int) -> None:
    if find_row(connection, "report_choose_template", {"template": template}) is None:
        raise NotFound(N_("There is no template %(number)s. They are listed at /reports/templates."), number=template)
