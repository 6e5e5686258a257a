"""Words and addresses of the rows of a difference. A page has hundreds of them: what they share is looked up once."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from flask import url_for
from flask_babel import gettext

from geoapp.services.changes import STEPS
from geoapp.services.changes_figures import REASONS, Figure
from geoapp.web.change_words import as_difference, reason_words, state_words
from geoapp.web.formats import day, number, unit_sign
from geoapp.web.languages import language
from geoapp.web.page_parts import code_label

_SPACE = "\u00a0"


class RowWords:
    """What the rows of one figure say, in the language of the request. Args: keep - the clocks that links keep."""

    def __init__(self, figure: Figure, keep: dict[str, str]) -> None:
        self._figure = figure
        self._sign = unit_sign(figure.unit)
        self._spoken = language()
        self._query = f"?{urlencode(keep)}" if keep else ""
        self._reasons = {(step, reason): reason_words(figure, step, reason) for step in STEPS for reason in REASONS}
        self._since = str(gettext("since %(day)s", day="%s"))
        self._corrected = str(gettext("corrected on %(day)s", day="%s"))
        self._batch = str(gettext("batch %(number)s of %(day)s", number="%s", day="%s"))
        self.quality: Callable[[str], str] = cache(lambda code: code_label("quality", code))
        self._state = cache(lambda state, is_known: state_words(figure, state, is_known=is_known))
        self._day = cache(day)
        self._park: Callable[[str], str] = cache(lambda slug: str(url_for("pages.park", slug=slug)))

    def reason(self, row: Any) -> str:
        """Why the figure changed."""
        return self._reasons[row.step, row.reason]

    def state(self, state: str | None, measure: Decimal | None) -> str:
        """The state at one end."""
        return str(self._state(state, measure is not None))

    def amount(self, value: Decimal) -> str:
        """A size with its unit, all of its decimals written."""
        return f"{number(float(value), self._figure.decimals, keep=True)}{_SPACE}{self._sign}"

    def delta(self, value: Decimal) -> str:
        """A difference with its sign and unit."""
        return as_difference(value, self._figure.unit, self._figure.decimals)

    def name(self, row: Any) -> str:
        """The name of a thing; its code where it has none."""
        return str((row.name_en if self._spoken == "en" else row.name_vi) or row.code)

    def park_name(self, row: Any) -> str:
        """The name of the park."""
        return str((row.park_en if self._spoken == "en" else row.park_vi) or row.park_slug)

    def park(self, row: Any) -> str:
        """The page of the park."""
        return self._park(row.park_slug) + self._query

    def plot(self, row: Any) -> str:
        """The page of the plot."""
        return f"{self._park(row.park_slug)}/plots/{quote(row.code, safe='')}{self._query}"

    def when(self, row: Any) -> str:
        """Since when, and of a correction when it was made."""
        told = self._since % self._day(row.changed_on)
        if row.step == "correction":
            told += f" · {self._corrected % self._day(row.recorded_on)}"
        return told

    def batch(self, row: Any) -> str:
        """In which batch the row came."""
        return self._batch % (row.batch_id, self._day(row.loaded_at))
