"""The tables of the plan: targets, what departments report, tasks, and the calendar of reports."""

from geoapp.core import plan_kinds
from geoapp.ingest.columns import TRUST, VERSION, Column, Kind, Table
from geoapp.ingest.columns import number_column as _number
from geoapp.ingest.columns import text_column as _text


def _day(name: str, means: str, *, required: bool = False) -> Column:
    return Column(name, Kind.DATE, means, required)


def _both(name: str, means: str, *, required: bool = False) -> tuple[Column, Column]:
    return (
        _text(f"{name}_vi", f"{means}, in Vietnamese", required=required),
        _text(f"{name}_en", f"{means}, in English", required=required),
    )


_ORDINAL = Column("ordinal", Kind.INTEGER, "place in lists", required=True)
_DEPARTMENT = (
    _text("department", "department as its people have it; empty: nobody said"),
    _text("department_basis", "who says so; empty without a department", choices=plan_kinds.DepartmentBasis),
)
TARGETS = Table(
    "targets",
    "Targets of a plan or decision. A later decision is a row with a later valid_from; the old value stays for the days"
    " before.",
    ("code",),
    (
        _text("code", "code such as CT-01", required=True),
        _ORDINAL,
        *_both("name", "name", required=True),
        _number("value", "value in the unit", required=True),
        _text("unit", "%, pct_year, vnd_bn, usd_m, parks, workers or vnd_m_month", required=True),
        _text("direction", "whether it is a floor", required=True, choices=plan_kinds.TargetDirection),
        _text("wording", "how the document words the value", required=True, choices=plan_kinds.TargetWording),
        _day("period_from", "first day of the period, as the document states it; empty: it does not"),
        _day("period_to", "last day of the period, as the document states it; empty: it does not"),
        _day("reading_from", "first day as we read it where the document is silent"),
        _day("reading_to", "last day as we read it where the document is silent"),
        *_both("reading", "why it is read so"),
        _text("section", "section of the document", required=True),
        *_DEPARTMENT,
        _text("measure", "where the actual figure comes from", required=True, choices=plan_kinds.TargetMeasure),
        _text("indicator", "reported indicator, where departments report the figure"),
        *_both("scope", "what is counted"),
        *VERSION,
    ),
    versioned=True,
)
TARGET_PARKS = Table(
    "target_parks",
    "Parks that a target names.",
    ("target", "park"),
    (
        _text("target", "code of the target", required=True),
        _text("park", "slug of the park", required=True),
        _text("named_as", "its name as the document writes it", required=True),
        *VERSION,
    ),
    versioned=True,
)
FIGURE_DUTIES = Table(
    "figure_duties",
    "Which department reports which indicator each month.",
    ("indicator",),
    (_text("indicator", "reported indicator", required=True), *_DEPARTMENT, *VERSION),
    versioned=True,
)
DEPARTMENT_FIGURES = Table(
    "department_figures",
    "Monthly figures of departments. Figures that people enter on the page take their place, never the other way"
    " round.",
    ("indicator", "park", "month", "kind"),
    (
        _text("indicator", "reported indicator", required=True),
        _text("park", "slug of the park; empty: the zone and all parks together"),
        _day("month", "first day of the month", required=True),
        _text("kind", "actual or estimate", required=True, choices=plan_kinds.FigureKind),
        _number("value", "value in the unit of the indicator; of a share 100 × numerator / denominator", required=True),
        _number("numerator", "numerator of a share"),
        _number("denominator", "denominator of a share"),
        _text("state", "where the figure stands", required=True, choices=plan_kinds.FigureState),
        _text("department", "department that reported it; empty: the one that reports the indicator"),
        *TRUST,
    ),
)
TASKS = Table(
    "tasks",
    "Tasks of the plan.",
    ("code",),
    (
        _text("code", "short name, such as III.2.A-1", required=True),
        _ORDINAL,
        _text("section", "section of the plan", required=True),
        *_both("title", "the task", required=True),
        *_both("asks", "layer or function that it asks for"),
        _text("due_kind", "how the plan says until when", required=True, choices=plan_kinds.TaskDue),
        _day("due_on", "last day, of a year its 31 December; empty where no day is stated"),
        *_DEPARTMENT,
        Column("layers", Kind.LIST, "layers that show it, split by ;"),
        *VERSION,
    ),
    versioned=True,
)
TASK_PARKS = Table(
    "task_parks",
    "Parks that a task names.",
    ("task", "park"),
    (
        _text("task", "code of the task", required=True),
        _text("park", "slug of the park", required=True),
        _text("named_as", "its name as the plan writes it", required=True),
        *VERSION,
    ),
    versioned=True,
)
TASK_UPDATES = Table(
    "task_updates",
    "What was told of a task, a row for each day.",
    ("task", "happened_on"),
    (
        _text("task", "code of the task", required=True),
        _day("happened_on", "day of what is told", required=True),
        _text("state", "where the task stands then", required=True, choices=plan_kinds.TaskState),
        *TRUST,
    ),
)
REPORT_CALENDAR = Table(
    "report_calendar",
    "Who reports what to whom, when. The day is the one before which a report is due, as the text has it.",
    ("code",),
    (
        _text("code", "short name, lower case", required=True),
        _ORDINAL,
        *_both("name", "name of the report", required=True),
        *_both("from", "who reports", required=True),
        *_both("to", "to whom", required=True),
        _text("every", "how often", required=True, choices=plan_kinds.ReportEvery),
        Column("before_month", Kind.INTEGER, "month of the day, of a yearly report; empty: the month after the period"),
        Column("before_day", Kind.INTEGER, "day of the month before which it is due; empty: no day is stated"),
        Column("on_day", Kind.BOOLEAN, "true: due on that day itself", required=True),
        Column("then_working_days", Kind.INTEGER, "working days that are added to that day"),
        Column("by_board", Kind.BOOLEAN, "true: the board itself reports", required=True),
        *_both("law", "legal basis", required=True),
        _text("mark", "how sure the day is", required=True, choices=plan_kinds.ReportMark),
        *VERSION,
    ),
    versioned=True,
)
