"""Tables of figures and paragraphs of text on a page about a park."""

from geoapp.errors import N_
from geoapp.maps.sheet.colours import INK, LINE, SECOND
from geoapp.maps.sheet.ink import Box, Ink, Look, Type
from geoapp.maps.sheet.lettering import BOLD, shorten, wrap
from geoapp.maps.sheet.model import FigureRow, FigureTable, ParkPage

_SIZES = (1.0, 0.92, 0.84, 0.76)
_LABEL, _VALUE = 0.46, 0.28


def draw_tables(ink: Ink, room: Box, page: ParkPage) -> None:
    """Tables from above, then paragraphs; the largest letters at which all of it fits."""
    for size in _SIZES:
        setting = _Setting(Ink(), room, size * ink.symbol)
        if setting.write(page) >= room.y:
            break
    _Setting(ink, room, size * ink.symbol).write(page)


class _Setting:
    """Tables and text in letters of one size."""

    def __init__(self, ink: Ink, room: Box, k: float) -> None:
        self.ink, self.room, self.k, self.y = ink, room, k, room.top
        self.plain, self.strong = Type(7.2 * k), Type(7.6 * k, BOLD)
        self.small = Type(5.8 * k, colour=SECOND)
        self.left_out = 0

    def write(self, page: ParkPage) -> float:
        """Write all that finds room; where it ended, below the room if something did not."""
        for table in page.tables:
            self._table(table)
        for paragraph in page.paragraphs:
            self._paragraph(paragraph)
        if self.left_out:
            told = page.sheet.say(N_("… and %(count)s more; a larger paper shows them")) % {"count": self.left_out}
            self.ink.text((self.room.x, self.room.y), told, self.small)
            return self.room.y - 1
        return self.y

    def _table(self, table: FigureTable) -> None:
        if not self._has_room(self.strong.leading * 2.2):
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
        self.ink.text((note, y), columns[2], self.small)
        self.y -= self.small.leading

    def _row(self, row: FigureRow) -> None:
        label, value, note = self._places()
        labels = wrap(row.label, self.plain.size_pt, self.room.width * _LABEL - 2 * self.k)
        notes = wrap(row.note, self.small.size_pt, self.room.right - note)[:3]
        height = max(len(labels) * self.plain.leading, len(notes) * self.small.leading) + 1.4 * self.k
        if not self._has_room(height + self.small.leading):
            self.left_out += 1
            return
        top = self.y - 0.7 * self.k - self.plain.height
        for i, line in enumerate(labels):
            self.ink.text((label, top - i * self.plain.leading), line, self.plain)
        unit = f"\u00a0{row.unit}" if row.unit else ""
        room = self.room.width * _VALUE - self.small.width(unit)
        end = value - self.small.width(unit)
        strong = Type(self.plain.size_pt, BOLD)
        self.ink.text((end, top), shorten(row.value, strong.size_pt, room, BOLD), strong, "right")
        self.ink.text((end, top), unit, self.small)
        for i, line in enumerate(notes):
            self.ink.text((note, top - i * self.small.leading), line, self.small)
        self.y -= height
        self._rule(LINE)

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
        return self.room.x, self.room.x + width * (_LABEL + _VALUE), self.room.x + width * (_LABEL + _VALUE + 0.03)

    def _rule(self, colour: str) -> None:
        width = 0.25 if colour == INK else 0.12
        self.ink.line([(self.room.x, self.y), (self.room.right, self.y)], Look(stroke=colour, width=width * self.k))

    def _has_room(self, height: float) -> bool:
        return self.y - height >= self.room.y
