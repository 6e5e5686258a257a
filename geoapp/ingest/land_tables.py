"""The tables of the land files: portions of a project, and dated events with their documents."""

from geoapp import kinds
from geoapp.ingest.columns import TRUST, VERSION, Column, Kind, Table
from geoapp.ingest.columns import number_column as _number
from geoapp.ingest.columns import text_column as _text


def _day(name: str, means: str) -> Column:
    return Column(name, Kind.DATE, means)


LAND_PORTIONS = Table(
    "land_portions",
    "Portions of a project whose land was allocated or leased by progress; each has a clock of its own.",
    ("project", "code"),
    (
        _text("project", "code of the project", required=True),
        _text("code", "short name of the portion inside the project", required=True),
        _number("area_ha", "area of the portion, ha"),
        _text("park", "slug of the park that the plots lie in"),
        Column("plots", Kind.LIST, "codes of its plots, split by ;"),
        *VERSION,
    ),
    versioned=True,
)
LAND_EVENTS = Table(
    "land_events",
    "What happened to the land of a project, a row for each event with its document. A row with the code of an earlier"
    " one corrects it. docs/land-files.md says what each kind needs.",
    ("project", "code"),
    (
        _text("project", "code of the project", required=True),
        _text("portion", "code of the portion; empty: the whole project"),
        _text("code", "name of the event in the file of the project, such as 07", required=True),
        _text("kind", "what happened", required=True, choices=kinds.LandEventKind),
        _day("happened_on", "day of the event or of the decision; empty: the day is not known"),
        _day("from_on", "first day of an interval"),
        _day("to_on", "last day of an interval, included"),
        _text("document_no", "number of the document"),
        _day("document_on", "date of the document, where it is not that of the event"),
        _text("issued_by", "who issued the document"),
        _text("evidence", "what proves it"),
        _text("basis", "right to the land", choices=kinds.LandBasis),
        _text("progress_form", "how the end of the progress is written", choices=kinds.ProgressForm),
        _day("progress_end_on", "end of the progress, a date; empty: not known"),
        _text("progress_quarter", "end of the progress, a quarter such as 2027-Q4"),
        Column("progress_months", Kind.INTEGER, "end of the progress, months from the handover or the decision"),
        _text("ground", "ground of an extension", choices=kinds.ExtensionGround),
        Column("extension_no", Kind.INTEGER, "which extension of the project it is: 1, 2"),
        _day("starts_on", "start of the extension as printed"),
        Column("months", Kind.INTEGER, "months of the extension"),
        _day("ends_on", "end of the extension as printed; it wins over a computed one"),
        _number("area_ha", "area allocated, handed over, extended or recovered, ha"),
        Column("paid", Kind.BOOLEAN, "the extra amount for the extension is paid; empty: not known"),
        _text("decided_by", "who decided on the interval", choices=kinds.DecidedBy),
        _day("announced_on", "day on which the decision to check was announced"),
        _day("record_on", "day of the record of the check"),
        _day("report_on", "day of the report or conclusion of the check"),
        _text("regime", "special regime", choices=kinds.SpecialRegime),
        _number("amount_vnd", "amount paid, VND"),
        _text("about", "code of the event that a payment, publication or remedy is about"),
        Column("withdrawn", Kind.BOOLEAN, "true: it was entered in error and counts for nothing any more"),
        *TRUST,
    ),
)
