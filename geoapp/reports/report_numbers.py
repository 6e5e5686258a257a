"""How the figures of a report are printed: the same rounding everywhere, missing ones never as 0."""

from babel.numbers import format_decimal

from geoapp.core.report_check import printed
from geoapp.core.report_model import Figure
from geoapp.errors import N_
from geoapp.reports.speech import Speech

_SPACE = "\u00a0"
MISSING = N_("no data yet")


def number_text(figure: Figure, speech: Speech) -> str:
    """A number without its unit, 1.234,50 or 1,234.50; a difference with its sign; what is missing as missing."""
    if figure.value is None:
        return speech.say(MISSING)
    value = printed(figure)
    told = fixed(abs(value), figure.decimals, speech.language)
    if value == 0:
        return told
    sign = "−" if value < 0 else "+" if figure.is_change else ""
    return f"{sign}{told}"


def measure_text(figure: Figure, speech: Speech) -> str:
    """A number with its unit on the same line; why it is missing where it is."""
    if figure.value is None:
        return f"{speech.say(MISSING)} ({figure.missing})" if figure.missing else speech.say(MISSING)
    return with_unit(number_text(figure, speech), figure.unit)


def change_text(figure: Figure, speech: Speech) -> str:
    """A difference in a sentence: up 1.2 points, down 3, unchanged."""
    if figure.value is None:
        return measure_text(figure, speech)
    value = printed(figure)
    if value == 0:
        return speech.say(N_("unchanged"))
    told = with_unit(fixed(abs(value), figure.decimals, speech.language), figure.unit)
    return speech.told(N_("up %(value)s"), value=told) if value > 0 else speech.told(N_("down %(value)s"), value=told)


def with_unit(told: str, unit: str) -> str:
    """A number with its unit on the same line."""
    return f"{told}{_SPACE}{unit}" if unit else told


def fixed(value: float, decimals: int, language: str) -> str:
    """A number with just so many decimals."""
    form = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    return str(format_decimal(value, format=form, locale=language))
