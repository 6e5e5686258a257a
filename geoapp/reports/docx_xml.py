"""Pieces of WordprocessingML as text: whole tables at once, which the library builds cell by cell, and slowly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from geoapp.reports.blocks import Align, Form, clean

_ALIGN = {Align.LEFT: "left", Align.CENTRE: "center", Align.JUSTIFY: "both"}
_TWIPS = 56.6929
"""Twentieths of a point in a millimetre."""
_SPACES = nsdecls("w", "r", "wp", "a", "pic")


@dataclass(frozen=True)
class Ink:
    """How a run looks. ``size``: points; ``link``: id of the relationship that it leads to."""

    size: float = 13
    bold: bool = False
    italic: bool = False
    raised: bool = False
    link: str = ""


def twips(millimetres: float) -> int:
    """Millimetres as the format counts."""
    return round(millimetres * _TWIPS)


def run(text: str, ink: Ink) -> str:
    """A run; a line break in the text stays one."""
    said = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in _kept(text))
    return _linked(f"<w:r>{_face(ink)}{said}</w:r>", ink.link)


def _kept(text: str) -> list[str]:
    """Lines of a text without what XML cannot hold, their outer spaces kept."""
    lines = []
    for line in text.split("\n"):
        inner = clean(line)
        head = line[: len(line) - len(line.lstrip(" "))]
        tail = line[len(line.rstrip(" ")) :] if inner else ""
        lines.append(f"{head}{inner}{tail}")
    return lines


def _face(ink: Ink) -> str:
    half_points = round(ink.size * 2)
    return (
        "<w:rPr>"
        + ("<w:b/>" if ink.bold else "")
        + ("<w:i/>" if ink.italic else "")
        + f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
        + ('<w:vertAlign w:val="superscript"/>' if ink.raised else "")
        + "</w:rPr>"
    )


def _linked(inner: str, link: str) -> str:
    return f'<w:hyperlink r:id="{link}" w:history="1">{inner}</w:hyperlink>' if link else inner


def paragraph(inner: str, form: Form, *, outline: int | None = None, right: bool = False, fill_mm: float = 0) -> str:
    """A paragraph around runs. Args: outline - its level in the navigation; fill_mm - where dots end, 0 for none."""
    align = "right" if right else _ALIGN[form.align]
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(fill_mm)}"/></w:tabs>' if fill_mm else ""
    indent = f'<w:ind w:firstLine="{twips(form.first_line_mm)}"/>' if form.first_line_mm else '<w:ind w:firstLine="0"/>'
    level = f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    return (
        "<w:p><w:pPr>"
        + ("<w:keepNext/>" if form.keep_with_next else "")
        + tabs
        + f'<w:spacing w:before="{round(form.before * 20)}" w:after="{round(form.after * 20)}"'
        + f' w:line="{round(form.leading * 20)}" w:lineRule="{"exact" if form.size < 7 else "atLeast"}"/>'
        + indent
        + f'<w:jc w:val="{align}"/>{level}</w:pPr>{inner}</w:p>'
    )


@dataclass(frozen=True)
class Box:
    """A cell of a table: its paragraphs as XML."""

    inner: str


def table(widths_mm: Sequence[float], head: int, rows: Sequence[Sequence[Box]], side_mm: float) -> str:
    """A table with borders. Args: head - how many rows at the top repeat on each page; side_mm - room beside texts."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths_mm)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(f'<w:{side} w:w="{twips(side_mm)}" w:type="dxa"/>' for side in ("left", "right"))
    body = "".join(_row(widths_mm, cells, is_head=place < head) for place, cells in enumerate(rows))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twips(width) for width in widths_mm)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def _row(widths_mm: Sequence[float], cells: Sequence[Box], *, is_head: bool) -> str:
    told = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{cell.inner}</w:tc>"
        for width, cell in zip(widths_mm, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{told}</w:tr>"


def picture(inline: Any) -> Any:
    """A paragraph with a picture in the middle, as an element. Args: inline - as the library makes it."""
    made = parse_xml(
        f'<w:p {_SPACES}><w:pPr><w:keepNext/><w:spacing w:before="60" w:after="0"/><w:ind w:firstLine="0"/>'
        '<w:jc w:val="center"/></w:pPr><w:r><w:drawing/></w:r></w:p>'
    )
    made.xpath(".//w:drawing")[0].append(inline)
    return made


def elements(items: Sequence[Any]) -> list[Any]:
    """Paragraphs and tables as elements. Args: items - XML texts, and elements, which stay as they are."""
    made: list[Any] = []
    for is_text, group in groupby(items, lambda item: isinstance(item, str)):
        some = list(group)
        made += list(parse_xml(f"<w:body {_SPACES}>{''.join(some)}</w:body>")) if is_text else some
    return made


LinkMaker = Callable[[str], str]
"""Reference of a figure -> id of a relationship; empty where nothing is linked."""
