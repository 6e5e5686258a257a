"""A document as a list of blocks, which the writers of PDF and DOCX both follow: the same content, the same form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# What XML, and so both kinds of file, cannot hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Align(StrEnum):
    """Where the lines of a paragraph stand."""

    LEFT = "left"
    CENTRE = "centre"
    JUSTIFY = "justify"


@dataclass(frozen=True)
class Form:
    """How a paragraph is set: size, space before and after and leading in points, indents in millimetres."""

    size: float = 13
    align: Align = Align.JUSTIFY
    first_line_mm: float = 0
    before: float = 0
    after: float = 6
    keep_with_next: bool = False

    @property
    def leading(self) -> float:
        """From line to line, in points: single spacing and a little more, within single to 1.5."""
        return round(self.size * 1.2, 1)


# Decree 30/2020, Appendix I: body 13-14, first line in by 1 or 1.27 cm, at least 6 pt between paragraphs.
BODY = Form(first_line_mm=10)
KIND = Form(size=14, align=Align.CENTRE, before=10, after=0, keep_with_next=True)
SUBJECT = Form(size=13, align=Align.CENTRE, before=0, after=0, keep_with_next=True)
GROUNDS = Form(first_line_mm=10)
HEADING = Form(size=13, align=Align.LEFT, first_line_mm=10, before=6, after=4, keep_with_next=True)
ITEM = Form(size=13, align=Align.LEFT, first_line_mm=10, after=2, keep_with_next=True)
APPENDIX = Form(size=14, align=Align.CENTRE, before=0, after=0, keep_with_next=True)
CENTRED = Form(size=13, align=Align.CENTRE, before=0, after=6)
CAPTION = Form(size=11, align=Align.CENTRE, before=2, after=8)
NOTE = Form(size=11, align=Align.JUSTIFY, before=2, after=4)
CELL = Form(size=11, align=Align.LEFT, before=1, after=1)
CELL_HEAD = Form(size=11, align=Align.CENTRE, before=1, after=1)


@dataclass(frozen=True)
class Run:
    """A piece of text in one face."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Para:
    """A paragraph."""

    runs: tuple[Run, ...]
    form: Form = BODY


@dataclass(frozen=True)
class Rule:
    """A line in the middle, such as below a subject. ``width_mm`` long."""

    width_mm: float


@dataclass(frozen=True)
class Fill:
    """Room to write by hand: a text, dots to the end of the line, and ``lines`` more lines of dots."""

    text: str
    lines: int = 0


@dataclass(frozen=True)
class Table:
    """A table with borders. Args: widths_mm - of the columns; head - bold; rows - one paragraph a cell."""

    widths_mm: tuple[float, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture in the middle of the page, in its size on paper; ``caption`` below it stays with it."""

    data: bytes
    width_mm: float
    height_mm: float
    caption: tuple[Run, ...] = ()
    alternative: str = ""


@dataclass(frozen=True)
class Signatures:
    """Who signs, two side by side in a row: title (``|`` breaks it) and what stands in brackets below it."""

    rows: tuple[tuple[tuple[str, str], tuple[str, str]], ...]


@dataclass(frozen=True)
class Together:
    """Blocks that stay on one page: nobody signs a page that says nothing."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True)
class Letterhead:
    """The head of page 1: two cells without borders."""

    parent: str
    agency: tuple[str, ...]
    nation: str
    motto: str
    sign: str
    place: str


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a page of its own."""


Block = Para | Rule | Fill | Table | Picture | Signatures | Together | Letterhead | NewPage


@dataclass(frozen=True)
class Attached:
    """What both kinds of file carry unseen: the manifest, and what describes the file."""

    manifest: bytes
    title: str
    author: str
    language: str
    footer: str


def plain(text: str, *, bold: bool = False, italic: bool = False) -> tuple[Run, ...]:
    """One run of a text that may come from anywhere."""
    return (Run(clean(text), bold, italic),)


def clean(text: str) -> str:
    """A text without what cannot be written; line breaks become spaces."""
    return re.sub(r"\s*\n\s*", " ", _FORBIDDEN.sub("", text)).strip()


def row(*cells: str | tuple[Run, ...]) -> tuple[tuple[Run, ...], ...]:
    """A row of a table."""
    return tuple(plain(cell) if isinstance(cell, str) else cell for cell in cells)


def paragraphs(texts: Sequence[str], form: Form = BODY) -> list[Block]:
    """One paragraph a text."""
    return [Para(plain(text), form) for text in texts]
