"""The blocks of a report as WordprocessingML: paragraphs, tables, charts, maps, places to fill in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from geoapp.core.report_model import (
    Blank,
    Block,
    Cell,
    ChartAt,
    Content,
    MapAt,
    Picture,
    Row,
    Section,
    Table,
    TableAt,
    Text,
)
from geoapp.errors import N_
from geoapp.reports.blocks import BODY, CAPTION, CELL, Align, Form
from geoapp.reports.docx_xml import Box, Ink, LinkMaker, paragraph, picture, run, table
from geoapp.reports.report_layout import PORTRAIT_MM, size_of, widths_of
from geoapp.reports.report_numbers import MISSING, change_text, measure_text, number_text
from geoapp.reports.speech import Speech

_REF = 6.5
_TITLE = Form(size=13, align=Align.CENTRE, before=8, after=0, keep_with_next=True)
_CUT_OFF = Form(size=11, align=Align.CENTRE, before=0, after=4, keep_with_next=True)
_NOTE = Form(size=10, align=Align.JUSTIFY, before=3, after=3)
_AFTER_TABLE = Form(size=6, align=Align.LEFT, before=0, after=0)
_HEADINGS = {
    1: Form(size=13, align=Align.LEFT, first_line_mm=10, before=8, after=4, keep_with_next=True),
    2: Form(size=13, align=Align.LEFT, first_line_mm=10, before=6, after=3, keep_with_next=True),
    3: Form(size=13, align=Align.LEFT, first_line_mm=10, before=4, after=3, keep_with_next=True),
}
_FILL = Form(size=13, align=Align.LEFT, first_line_mm=10, before=0, after=6)


@dataclass(frozen=True)
class Maker:
    """Makes XML of the blocks of one content.

    ``texts``: by the keys of blanks; ``pictures``: by the keys of charts and maps; ``link``: see ``LinkMaker``;
    ``inline``: a PNG with its size on paper as the library places it.
    """

    content: Content
    texts: Mapping[str, str]
    pictures: Mapping[str, Picture]
    speech: Speech
    link: LinkMaker
    inline: Callable[[Picture, str], Any]

    def heading(self, section: Section) -> str:
        """A heading: I. in bold capitals, 1. in bold, a) upright."""
        bold = section.level < 3
        return paragraph(
            run(f"{section.number} {section.title}", Ink(bold=bold)),
            _HEADINGS[section.level],
            outline=section.level - 1,
        )

    def blocks(self, blocks: Sequence[Block]) -> list[Any]:
        """Blocks in their order."""
        return [item for block in blocks for item in self._block(block)]

    def _block(self, block: Block) -> list[Any]:
        made: list[Any]
        match block:
            case Text():
                made = [paragraph(self._sentence(block), BODY)]
            case Blank():
                made = self._blank(block)
            case TableAt(key):
                made = self.table(self.content.table(key))
            case ChartAt(key):
                chart = self.content.chart(key)
                made = self._picture(key, chart.title, chart.note)
            case MapAt(key):
                sheet = self.content.map(key)
                made = self._picture(key, sheet.title, sheet.note)
        return made

    def _sentence(self, block: Text) -> str:
        said = []
        for piece in block.pieces:
            if piece.ref:
                figure = self.content.figure(piece.ref)
                told = change_text if figure.is_change else measure_text if piece.with_unit else number_text
                link = self.link(piece.ref)
                said.append(run(told(figure, self.speech), Ink(link=link)) + self._ref(piece.ref, link))
            else:
                said.append(run(piece.text, Ink()))
        return "".join(said)

    def _ref(self, ref: str, link: str) -> str:
        return run(f"[{ref}]", Ink(size=11, raised=True, link=link))

    def _blank(self, blank: Blank) -> list[str]:
        """What people wrote, a paragraph a line; dots where they wrote nothing."""
        lines = [line for line in self.texts.get(blank.key, "").split("\n") if line.strip()]
        if lines:
            return [paragraph(run(line.strip(), Ink()), BODY) for line in lines]
        told = run(f"[…] ({blank.hint}) ", Ink(italic=True)) + "<w:r><w:tab/></w:r>"
        return [paragraph(told, _FILL, fill_mm=PORTRAIT_MM)]

    def _picture(self, key: str, title: str, note: str) -> list[Any]:
        drawn = self.pictures.get(key)
        if drawn is None:
            missing = self.speech.say(N_("(the picture is missing)"))
            return [paragraph(run(f"{title} {missing}", Ink(size=11, italic=True)), CAPTION)]
        told = run(title, Ink(size=11, bold=True)) + (run(f"\n{note}", Ink(size=10, italic=True)) if note else "")
        return [picture(self.inline(drawn, title)), paragraph(told, CAPTION)]

    def table(self, given: Table) -> list[Any]:
        """A table with its title, the line that says to which day, and what is missing in it."""
        made: list[Any] = [
            paragraph(run(given.title, Ink(bold=True)), _TITLE),
            paragraph(run(f"({given.cut_off})", Ink(size=11, italic=True)), _CUT_OFF),
        ]
        if given.rows:
            rows = [*self._heads(given), *(self._row(given, row) for row in given.rows)]
            made.append(table(widths_of(given), 2 if given.by_place else 1, rows, 0.8))
        notes = [*given.notes, *self._missing(given)]
        made += [paragraph(run(note, Ink(size=10, italic=True)), _NOTE) for note in notes]
        return made if notes else [*made, paragraph("", _AFTER_TABLE)]

    def _heads(self, given: Table) -> list[list[Box]]:
        size = size_of(given)
        form = Form(size=size, align=Align.CENTRE, before=1, after=1, keep_with_next=True)
        heads = [
            Box(paragraph(run(f"{one.title} ({one.unit})" if one.unit else one.title, Ink(size=size, bold=True)), form))
            for one in given.columns
        ]
        if not given.by_place:
            return [heads]
        places, number = [], 0
        for column in given.columns:
            number += column.is_number
            told = f"({number})" if column.is_number else ""
            places.append(Box(paragraph(run(told, Ink(size=size - 1, italic=True)), form)))
        return [heads, places]

    def _row(self, given: Table, row: Row) -> list[Box]:
        size = size_of(given)
        made = []
        for column, cell in zip(given.columns, row.cells, strict=True):
            if cell.ref:
                made.append(Box(self._number(given, cell, Ink(size=size, bold=row.is_total))))
                continue
            centred = column.is_number or column.key in {"place", "unit", "since", "day"}
            form = Form(size=size, align=Align.CENTRE if centred else Align.LEFT, before=1, after=1)
            made.append(Box(paragraph(run(cell.text, Ink(size=size, bold=row.is_total)), form)))
        return made

    def _number(self, given: Table, cell: Cell, ink: Ink) -> str:
        """A number to the right; below it its reference, with its day where that is not the day of the table."""
        figure, link = self.content.figure(cell.ref), self.link(cell.ref)
        told = number_text(figure, self.speech)
        if figure.value is None:
            told = "–" if given.by_place else told
            ink = Ink(size=ink.size if given.by_place else ink.size - 1.5, italic=True)
        elif cell.with_unit:
            # The unit may stand on a line of its own: these columns are narrow.
            told = f"{told} {figure.unit}"
        inner = run(f"{cell.text}{told}", Ink(ink.size, ink.bold, ink.italic, link=link))
        form = Form(size=ink.size, align=CELL.align, before=1, after=1)
        if given.by_place:
            return paragraph(inner, form, right=True)
        told_days = {None, self.content.as_of, *(column.day for column in given.columns)}
        says_days = any(column.key == "day" for column in given.columns)
        is_other_day = figure.value is not None and figure.as_of not in told_days and not says_days
        day = f" {self.speech.day(figure.as_of)}" if is_other_day else ""
        return paragraph(
            inner + "<w:r><w:br/></w:r>" + run(f"[{cell.ref}]{day}", Ink(_REF, link=link)), form, right=True
        )

    def _missing(self, given: Table) -> list[str]:
        """Why figures of a table are missing, each reason once with the references that it is of."""
        lacking = [
            (figure.missing, cell.ref)
            for row in given.rows
            for cell in row.cells
            if cell.ref and (figure := self.content.figure(cell.ref)).value is None
        ]
        if not lacking:
            return []
        by_reason = [
            (reason, [ref for _, ref in some]) for reason, some in groupby(sorted(lacking, key=_reason), key=_reason)
        ]
        if given.by_place:
            told = "; ".join(f"{reason}: {len(refs)}" for reason, refs in by_reason)
            return [self.speech.told(N_("A dash: %(missing)s. Number of cells by reason: %(reasons)s."),
                                     missing=self.speech.say(MISSING), reasons=told)]  # fmt: skip
        told = "; ".join(f"{reason} [{_ranges(refs)}]" for reason, refs in by_reason)
        return [f"{self.speech.say(MISSING).capitalize()}: {told}."]


def _reason(pair: tuple[str, str]) -> str:
    return pair[0]


def _ranges(refs: Sequence[str]) -> str:
    """References, the columns of one row together. Example: 1.2.3, 1.2.4 and 1.5.1 are told as 1.2.3-4, 1.5.1."""
    rows: dict[str, list[int]] = {}
    for ref in refs:
        row, _, column = ref.rpartition(".")
        rows.setdefault(row, []).append(int(column))
    told = []
    for row, columns in rows.items():
        columns.sort()
        is_run = columns == list(range(columns[0], columns[-1] + 1)) and len(columns) > 1
        told.append(f"{row}.{columns[0]}-{columns[-1]}" if is_run else ", ".join(f"{row}.{one}" for one in columns))
    return ", ".join(told)
