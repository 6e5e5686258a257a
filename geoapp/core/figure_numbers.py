"""Numbers as people type them: 1.234,5 in Vietnamese, 1,234.5 in English. One form or file has one convention.

A lone group of three digits after a dot ("508.619") means 508 619 in the one and 508.619 in the other, so the
convention is never guessed from a number.
"""

import math
import re
from enum import StrEnum

_FORMS = {
    "vi": re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?"),
    "en": re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"),
}
_SPACES = str.maketrans("", "", " \u00a0\u202f\t")


class Convention(StrEnum):
    """How numbers are written."""

    VI = "vi"
    EN = "en"


class NumberFault(StrEnum):
    """What is wrong with a number."""

    NOT_A_NUMBER = "not_a_number"
    OTHER_CONVENTION = "other_convention"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"


MOST = 1e12


def parse_number(typed: str | float, convention: Convention) -> float | NumberFault:
    """A number, or what is wrong with it. Numbers of a spreadsheet's own type have no convention.

    Example: "1.234,5" is 1234.5 in Vietnamese and of the other convention in English.
    """
    if isinstance(typed, str):
        plain = typed.translate(_SPACES).replace("\u2212", "-")
        if plain.startswith("-"):
            return NumberFault.NEGATIVE
        if not _FORMS[convention].fullmatch(plain):
            other = Convention.EN if convention is Convention.VI else Convention.VI
            return NumberFault.OTHER_CONVENTION if _FORMS[other].fullmatch(plain) else NumberFault.NOT_A_NUMBER
        thousands, point = (".", ",") if convention is Convention.VI else (",", ".")
        value = float(plain.replace(thousands, "").replace(point, "."))
    else:
        # A whole number of a spreadsheet may have hundreds of digits, more than fit.
        value = float(max(-1, min(typed, MOST))) if isinstance(typed, int) else typed
    if not math.isfinite(value):
        return NumberFault.NOT_A_NUMBER
    if value < 0:
        return NumberFault.NEGATIVE
    return value if value < MOST else NumberFault.TOO_LARGE
