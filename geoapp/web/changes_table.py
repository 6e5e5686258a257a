"""A difference as a table for a file: its parts, each with what it was, what it is, why, since when, and from where."""

from typing import Any

from flask_babel import gettext

from geoapp.errors import N_
from geoapp.kinds import Quality
from geoapp.services.changes import Changes
from geoapp.services.changes_figures import Figure
from geoapp.services.changes_moments import Pair
from geoapp.services.changes_shares import ShareChanges
from geoapp.services.table_files import FileColumn, TableFile, Value
from geoapp.web.change_words import SHARE_REASONS, STEP_WORDS, figure_title, reason_words, state_words
from geoapp.web.file_answers import column, filters_told, known_until, local_day, notices
from geoapp.web.formats import local
from geoapp.web.languages import language
from geoapp.web.page_parts import code_label

_FILTERS = {
    "park": N_("Park"),
    "zone": N_("Economic zone"),
    "place": N_("Scope"),
    "step": N_("Kind of change"),
    "reason": N_("Reason"),
}
# Marked for translation: headings that only files have.
_WORDS = (N_("Thing"), N_("Known since"), N_("Batch"), N_("Batch title"), N_("Entered by"), N_("Entered on"))
_MORE_WORDS = (N_("Numerator before"), N_("Numerator after"), N_("Denominator before"), N_("Denominator after"))
_LAST_WORDS = (N_("Share before"), N_("Share after"), N_("Explained row by row"), N_("Date before"), N_("Date after"))


def changes_table(found: Changes) -> TableFile:
    """The parts of the difference of a figure, in the language of the request."""
    figure, pair = found.figure, found.pair
    unit, decimals = figure.unit, figure.decimals
    said = notices(has_demo=found.has_demo, is_approximate=found.is_approximate)
    columns = _change_columns(unit, decimals)
    rows = [_change_row(figure, row) for row in found.rows]
    total = sum((row.delta for row in found.rows), start=found.delta * 0)
    sums: list[Value] = [gettext("Total"), None, None, None, total, *[None] * (len(columns) - 5)]
    head: list[tuple[str, Value]] = [
        (gettext("Figure"), gettext(figure.title)),
        *_moments(pair),
        (gettext("On the first day"), float(found.level_from)),
        (gettext("On the second day"), float(found.level_to)),
        (gettext("Difference"), float(found.delta)),
        *filters_told(_FILTERS),
    ]
    return TableFile(gettext("What changed"), language(), head, said, columns, rows, sums)


def _change_columns(unit: str, decimals: int) -> list[FileColumn]:
    return [
        column("Park"), column("Thing"), column("Kind of change"), column("Reason"),
        column("Difference", unit, decimals), column("State before"), column("Size before", unit, decimals),
        column("State after"), column("Size after", unit, decimals), column("Date"), column("Known since"),
        column("Quality"), column("Source"), column("Batch"), column("Batch title"), column("Entered by"),
        column("Entered on"), column("Note"), column("Notice"),
    ]  # fmt: skip


def _change_row(figure: Figure, row: Any) -> list[Value]:
    return [
        local(row, "park") or row.park_slug, local(row, "name") or row.code, gettext(STEP_WORDS[row.step]),
        reason_words(figure, row.step, row.reason), row.delta,
        state_words(figure, row.before_state, is_known=row.before_measure is not None), row.before_measure,
        state_words(figure, row.after_state, is_known=row.after_measure is not None), row.after_measure, row.changed_on,
        local_day(row.recorded_on) if row.recorded_on else None, code_label("quality", row.quality),
        row.source_title, row.batch_id, row.batch_title, row.loaded_by, local_day(row.loaded_at), row.note,
        _notice(row.quality, is_approximate=row.approximate),
    ]  # fmt: skip


def share_table(found: ShareChanges) -> TableFile:
    """The parts of the difference of a share, in the language of the request."""
    unit = found.unit
    said = notices(has_demo=found.has_demo, is_approximate=False)
    rows: list[list[Value]] = [_share_row(row) for row in found.rows]
    columns = _share_columns(unit)
    explained, unexplained = (found.explained, found.unexplained) if found.is_reconciled else (None, None)
    sums: list[Value] = [gettext("Total"), *[None] * 8, found.numerator, explained, unexplained, found.delta]
    sums += [None] * (len(columns) - len(sums))
    first, _, last = found.levels
    head: list[tuple[str, Value]] = [
        (gettext("Figure"), figure_title(found.indicator)),
        *_moments(found.pair),
        (gettext("On the first day"), None if first.value is None else float(first.value)),
        (gettext("On the second day"), None if last.value is None else float(last.value)),
        (gettext("Method"), local(found.method, "method") if found.method else None),
        *filters_told(_FILTERS),
    ]
    return TableFile(gettext("What changed"), language(), head, said, columns, rows, sums)


def _share_columns(unit: str) -> list[FileColumn]:
    return [
        column("Park"), column("Kind of change"), column("Reason"), column("Share before", "%", 2),
        column("Numerator before", unit, 4), column("Denominator before", unit, 4), column("Share after", "%", 2),
        column("Numerator after", unit, 4), column("Denominator after", unit, 4), column("Numerator", unit, 4),
        column("Explained row by row", unit, 4), column("Not explained", unit, 4), column("Effect", "pp", 4),
        column("Date before"), column("Date after"), column("Quality"), column("Source"), column("Notice"),
    ]  # fmt: skip


def _share_row(row: Any) -> list[Value]:
    def part(side: Any, name: str) -> Value:
        return getattr(side, name) if side is not None else None

    was, now = row.before, row.after
    quality = part(now, "quality") or part(was, "quality")
    return [
        local(row.park, "name"), gettext(STEP_WORDS[row.step]), gettext(SHARE_REASONS[row.reason]),
        *(part(side, name) for side in (was, now) for name in ("value", "numerator", "denominator")),
        row.numerator, row.explained, row.unexplained, row.effect,
        part(was, "valid_on"), part(now, "valid_on"), code_label("quality", str(quality)) if quality else None,
        part(now, "source_title") or part(was, "source_title"), _notice(str(quality)),
    ]  # fmt: skip


def _notice(quality: str, *, is_approximate: bool = False) -> str:
    return "; ".join(notices(has_demo=quality == Quality.DEMO, is_approximate=is_approximate))


def _moments(pair: Pair) -> list[tuple[str, Value]]:
    return [
        (gettext("First day"), pair.from_day),
        (gettext("First day as known on"), known_until(pair.from_known)),
        (gettext("Second day"), pair.to_day),
        (gettext("Second day as known on"), known_until(pair.to_known)),
    ]
