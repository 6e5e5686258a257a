"""The closed lists of the plan: how targets are worded and stand, figures of departments, tasks and reports."""

from enum import StrEnum


class TargetDirection(StrEnum):
    """Whether a target is a floor, or a value that the document gives without one."""

    AT_LEAST = "at_least"
    EQUAL = "equal"


class TargetWording(StrEnum):
    """How the document words the value of a target."""

    AT_LEAST = "at_least"
    FROM = "from"
    ABOUT = "about"
    BARE = "bare"
    RANGE_LOW = "range_low"
    RANGE_HIGH = "range_high"


class TargetMeasure(StrEnum):
    """Where the actual figure of a target comes from."""

    OCCUPANCY = "occupancy"
    OCCUPANCY_NEW = "occupancy_new"
    PARKS_HELPED = "parks_helped"
    NEW_PARKS_STANDARD = "new_parks_standard"
    PARKS_STANDARD = "parks_standard"
    REPORTED = "reported"
    NOT_MEASURED = "not_measured"


class TargetStanding(StrEnum):
    """How a target stands; the rule is in ``core/target_rules.py`` and on the page that shows it."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    UNKNOWN = "unknown"


class DepartmentBasis(StrEnum):
    """Whether the document names the department, or it is our reading."""

    STATED = "stated"
    READING = "reading"


class FigureKind(StrEnum):
    """An actual figure of a month that is over, or an estimate of the running one."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"


class FigureState(StrEnum):
    """Where a monthly figure of a department stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class TaskDue(StrEnum):
    """How the plan says until when a task is due."""

    DAY = "day"
    YEAR = "year"
    CONSTANT = "constant"
    EACH_PLAN = "each_plan"
    NOT_STATED = "not_stated"


class TaskState(StrEnum):
    """What was last told of a task."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    STUCK = "stuck"
    DONE = "done"


class ReportEvery(StrEnum):
    """How often a report is due."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class ReportMark(StrEnum):
    """How sure the day of a report is."""

    LAW = "law"
    PLAN = "plan"
    READING = "reading"
    OLD = "old"
    EXAMPLE = "example"
