"""What is wrong with a monthly figure, in sentences: what was found, what was expected, what to do."""

from collections.abc import Callable, Mapping
from datetime import date

from flask_babel import gettext as _

from geoapp.core.figure_checks import DENOMINATOR, NUMERATOR, Fault, FaultKind
from geoapp.services.figure_entry import FigureSheet, SheetRow
from geoapp.web.formats import day, local, number, unit_sign


def sentence(fault: Fault, sheet: FigureSheet) -> str:
    """A fault for people."""
    if fault.kind is FaultKind.WRONG_UNIT:
        units = {one.code: one.unit for one in sheet.indicators}
        return str(
            _(
                "the unit is “%(found)s”, expected is “%(unit)s”; convert the figure and write this unit",
                found=fault.found,
                unit=unit_sign(units.get(fault.expected, fault.expected)),
            )
        )
    return _SENTENCES[fault.kind](fault)


def figure_name(row: SheetRow) -> str:
    """How a figure is named in a sentence: indicator, and park where it is of one."""
    park = local(row.park_name, "name") if row.park_name else row.park
    return ", ".join(part for part in (local(row.indicator, "name"), park) if part)


def where(fault: Fault, sheet_name: str) -> str:
    """The place of a fault in a workbook."""
    return str(_("sheet “%(sheet)s”, cell %(cell)s", sheet=sheet_name, cell=fault.cell or f"A{fault.place}"))


def _part(fault: Fault) -> str:
    if fault.field == NUMERATOR:
        return str(_("the numerator is missing; a share needs both parts"))
    if fault.field == DENOMINATOR:
        return str(_("the denominator is missing; a share needs both parts"))
    return str(_("the figure is missing"))


def _convention(fault: Fault) -> str:
    if fault.expected == "vi":
        return str(
            _("“%(found)s” is written the English way; write 1.234,5 with a comma before decimals", found=fault.found)
        )
    return str(
        _("“%(found)s” is written the Vietnamese way; write 1,234.5 with a point before decimals", found=fault.found)
    )


def _jump(fault: Fault) -> str:
    return str(
        _(
            "%(found)s is far from the month before (%(before)s); check it, and say in the remark why, if it is right",
            found=number(float(fault.found), 2),
            before=number(float(fault.expected), 2),
        )
    )


def _not_over(fault: Fault) -> str:
    return str(
        _(
            "the month %(month)s is not over; its actual figures can be entered from %(day)s on",
            month=fault.found,
            day=day(date.fromisoformat(fault.expected)),
        )
    )


_SENTENCES: Mapping[FaultKind, Callable[[Fault], str]] = {
    FaultKind.UNKNOWN_INDICATOR: lambda f: str(
        _("no indicator has the code “%(found)s”; take the codes of the form", found=f.found)
    ),
    FaultKind.OTHER_DEPARTMENT: lambda f: str(
        _("the indicator “%(found)s” is reported by another department; leave it out", found=f.found)
    ),
    FaultKind.UNKNOWN_PARK: lambda f: str(
        _("no park is called “%(found)s”; take a code from the list of parks", found=f.found)
    ),
    FaultKind.NOT_BY_PARK: lambda f: str(
        _("this indicator is not reported by park; leave the park empty (found “%(found)s”)", found=f.found)
    ),
    FaultKind.WHOLE_PROVINCE: lambda _fault: str(
        _("no park is named, and you enter figures of your own parks only; name the park, or leave the row out")
    ),
    FaultKind.NOT_A_NUMBER: lambda f: str(
        _("“%(found)s” is not a number; write digits only, and put words into the remark", found=f.found)
    ),
    FaultKind.OTHER_CONVENTION: _convention,
    FaultKind.NEGATIVE: lambda f: str(_("“%(found)s” is below nought; write the amount itself", found=f.found)),
    FaultKind.TOO_LARGE: lambda f: str(_("“%(found)s” is too large; look at the unit", found=f.found)),
    FaultKind.PART_MISSING: _part,
    FaultKind.OVER_WHOLE: lambda f: str(
        _("the numerator %(found)s is more than the denominator, or the denominator is nought", found=f.found)
    ),
    FaultKind.EXTRA_NUMBER: lambda f: str(
        _("“%(found)s” stands in a column that this indicator does not have; clear it", found=f.found)
    ),
    FaultKind.DUPLICATE: lambda f: str(
        _(
            "the indicator “%(found)s” of this park stands in row %(row)s already; keep one row",
            found=f.found,
            row=f.expected,
        )
    ),
    FaultKind.JUMP: _jump,
    FaultKind.REMARK_TOO_LONG: lambda f: str(
        _("the remark has %(found)s characters, at most %(most)s are kept", found=f.found, most=f.expected)
    ),
    FaultKind.FUTURE_MONTH: lambda f: str(
        _("the month %(month)s has not come yet; choose one up to today", month=f.found)
    ),
    FaultKind.MONTH_NOT_OVER: _not_over,
    FaultKind.MONTH_OVER: lambda f: str(
        _("the month %(month)s is over: enter its actual figures, not an estimate", month=f.found)
    ),
}
