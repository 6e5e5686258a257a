"""Tables of figures and paragraphs of text on a page about a park."""

from geoapp.errors import N_
from geoapp.maps.sheet.colours import INK, LINE, SECOND
from geoapp.maps.sheet.ink import Box, Ink, Look, Type
from geoapp.maps.sheet.lettering import BOLD, shorten, wrap
from geoapp.maps.sheet.model import FigureRow, FigureTable, ParkPage

# How many columns, and how large the letters: the first setting that holds all of it is taken.
_SETTINGS = ((1, 1.0), (1, 0.92), (1, 0.84), (2, 1.0), (1, 0.76), (2, 0.92), (2, 0.84), (2, 0.76), (2, 0.7), (2, 0.64))
# How much of a column label and value take, by the number of columns.
_SHARES = {1: (0.46, 0.28), 2: (0.38, 0.22)}
_SMALLEST_NOTE = 4.8
_BETWEEN = 4.0


def draw_tables(ink: Ink, room: Box, page: ParkPage) -> None:
    """Tables from above, then paragraphs; the largest letters at which all of it fits, in two columns if need be."""
    for columns, size in _SETTINGS:
        if not _Setting(Ink(), room, size * ink.symbol, columns).write(page):
            break
    _Setting(ink, room, size * ink.symbol, columns).write(page)


class _Setting:
    """Tables and text in letters of one size. ``room``: the column that is filled; ``rooms``: those to come."""

    def __init__(self, ink: Ink, room: Box, k: float, columns: int) -> None:
        self.ink, self.k = ink, k
        gap = _BETWEEN * k
        width = (room.width - gap * (columns - 1)) / columns
        places = [Box(room.x + i * (width + gap), room.y, width, room.height) for i in range(columns)]
        self.room, *self.rooms = places
        self.y = self.room.top
        self.plain, self.strong = Type(7.2 * k), Type(7.6 * k, BOLD)
        self.small = Type(max(5.8 * k, _SMALLEST_NOTE * ink.symbol), colour=SECOND)
        self.label, self.value = _SHARES[columns]
        self.left_out = self.cut = 0

    def write(self, page: ParkPage) -> int:
        """Write all that finds room; how many lines and values found none, or not enough."""
        for table in page.tables:
            self._table(table)
        for paragraph in page.paragraphs:
            self._paragraph(paragraph)
        if self.left_out:
            told = page.sheet.say(N_("… and %(count)s more; a larger paper shows them")) % {"count": self.left_out}
            self.ink.text((self.room.x, self.room.y), told, self.small)
        return self.left_out + self.cut

    def _table(self, table: FigureTable) -> None:
        # A title stands with a row below it.
        if not self._has_room(self.strong.leading * 2.2 + self.plain.leading * 2):
            self.left_out += len(table.rows)
            return
        self.ink.text((self.room.x, self.y - self.strong.height), table.title, self.strong)
        self.y -= self.strong.leading + 0.8 * self.k
        if any(table.columns):
            self._heads(table.columns)
        self._rule(INK)
        for row in table.rows:
            self._row(row)
        self.y -= 3 * self.k

    def _heads(self, columns: tuple[str, str, str]) -> None:
        label, value, note = self._places()
        y = self.y - self.small.height
        self.ink.text((label, y), columns[0], self.small)
        self.ink.text((value, y), columns[1], self.small, "right")
        heads = wrap(columns[2], self.small.size_pt, self.room.right - note)
        for i, line in enumerate(heads):
            self.ink.text((note, y - i * self.small.leading), line, self.small)
        self.y -= self.small.leading * max(len(heads), 1)

    def _row(self, row: FigureRow) -> None:
        _label, _value, note = self._places()
        labels = wrap(row.label, self.plain.size_pt, self.room.width * self.label - 2 * self.k)
        notes = wrap(row.note, self.small.size_pt, self.room.right - note)
        height = max(len(labels) * self.plain.leading, len(notes) * self.small.leading) + 1.4 * self.k
        if not self._has_room(height + self.small.leading):
            self.left_out += 1
            return
        label, value, note = self._places()
        top = self.y - 0.7 * self.k - self.plain.height
        for i, line in enumerate(labels):
            self.ink.text((label, top - i * self.plain.leading), line, self.plain)
        unit = f"\u00a0{row.unit}" if row.unit else ""
        end = value - self.small.width(unit)
        # The figure ends a hair before its unit, so that they stand apart however numbers are rounded.
        taken = max(self.plain.width(line) for line in labels) if labels else 0
        self._value(row.value, (end - 0.05 * self.k, top), end - label - taken - 2 * self.k)
        self.ink.text((end, top), unit, self.small)
        for i, line in enumerate(notes):
            self.ink.text((note, top - i * self.small.leading), line, self.small)
        self.y -= height
        self._rule(LINE)

    def _value(self, value: str, at: tuple[float, float], room: float) -> None:
        strong = Type(self.plain.size_pt, BOLD)
        told = shorten(value, strong.size_pt, room, BOLD)
        self.cut += told != value
        self.ink.text(at, told, strong, "right")

    def _paragraph(self, text: str) -> None:
        for line in wrap(text, self.plain.size_pt, self.room.width):
            if not self._has_room(self.plain.leading + self.small.leading):
                self.left_out += 1
                continue
            self.ink.text((self.room.x, self.y - self.plain.height), line, self.plain)
            self.y -= self.plain.leading
        self.y -= 1.5 * self.k

    def _places(self) -> tuple[float, float, float]:
        width = self.room.width
        end = self.label + self.value
        return self.room.x, self.room.x + width * end, self.room.x + width * (end + 0.03)

    def _rule(self, colour: str) -> None:
        width = 0.25 if colour == INK else 0.12
        self.ink.line([(self.room.x, self.y), (self.room.right, self.y)], Look(stroke=colour, width=width * self.k))

    def _has_room(self, height: float) -> bool:
        """Whether so much fits below, or at the top of the next column, which is then begun."""
        if self.y - height < self.room.y and self.rooms and not self.left_out:
            self.room = self.rooms.pop(0)
            self.y = self.room.top
        return self.y - height >= self.room.y
