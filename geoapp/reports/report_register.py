"""The last appendix of a report: notes, sources, and every figure of the text by its reference."""

import re
from collections.abc import Mapping
from typing import Any

from geoapp.core.report_model import Figure, SourceNote
from geoapp.errors import N_
from geoapp.reports.blocks import Align, Form
from geoapp.reports.docx_xml import Box, Ink, paragraph, run, table
from geoapp.reports.report_blocks import Maker
from geoapp.reports.report_numbers import measure_text

_WIDTHS = (12.0, 56.0, 32.0, 19.0, 46.0)
_SIZE = 9.0
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_HEAD = Form(size=13, align=Align.LEFT, first_line_mm=10, before=6, after=3, keep_with_next=True)
_LINE = Form(size=11, align=Align.JUSTIFY, first_line_mm=10, before=0, after=3)
_SOURCE = Form(size=10, align=Align.LEFT, before=0, after=1)
# Letter of the part and number; those of tables are told by their place.
_IN_TEXT = re.compile(r"[A-Z]\.\d+")
QUALITIES: Mapping[str, str] = {
    "official": N_("official"),
    "published": N_("published"),
    "estimated": N_("estimated"),
    "demo": N_("demo"),
}


def register_number(maker: Maker) -> str:
    """The number of the appendix: the one after all others."""
    return _ROMAN[len(maker.content.annexes)]


def register_blocks(maker: Maker) -> list[Any]:
    """Notes, sources and the register, below the head of the appendix."""
    say = maker.speech.say
    return [
        _heading("1.", say(N_("Notes"))),
        *(paragraph(run(note, Ink(11)), _LINE) for note in maker.content.notes),
        _heading("2.", say(N_("Sources of the figures"))),
        *(paragraph(run(_source(maker, source), Ink(10)), _SOURCE) for source in maker.content.sources),
        _heading("3.", say(N_("References"))),
        paragraph(run(_explained(maker), Ink(11)), _LINE),
        _table(maker),
    ]


def _heading(number: str, title: str) -> str:
    return paragraph(run(f"{number} {title}", Ink(bold=True)), _HEAD)


def _source(maker: Maker, source: SourceNote) -> str:
    speech = maker.speech
    about = ", ".join(filter(None, (source.publisher, source.published)))
    last = speech.told(N_("figures to %(day)s"), day=speech.day(source.last)) if source.last else ""
    demo = speech.say(N_("demonstration data, not official")) if source.has_demo else ""
    rest = "; ".join(filter(None, (about, last, demo)))
    return f"- {source.title}{f' ({rest})' if rest else ''}."


def _explained(maker: Maker) -> str:
    return maker.speech.say(
        N_(
            "The code in brackets beside a figure is its reference. In tables it is table, row and column; in the"
            " appendices PL1 (parks) and PL3 (slow land use), row and number of the column, such as PL1.7.2. Under its"
            " reference each figure opens on the page of the report with the rows and the map that make it up. Figures"
            " of the text:"
        )
    )


def _table(maker: Maker) -> str:
    say = maker.speech.say
    heads = (N_("Ref."), N_("Figure"), N_("Value"), N_("Data to"), N_("Quality, source"))
    form = Form(size=_SIZE, align=Align.CENTRE, before=1, after=1, keep_with_next=True)
    rows = [[Box(paragraph(run(say(head), Ink(_SIZE, bold=True)), form)) for head in heads]]
    told = [figure for figure in maker.content.figures if _IN_TEXT.fullmatch(figure.ref)]
    rows += [_row(maker, figure) for figure in sorted(told, key=lambda figure: figure.ref)]
    return table(_WIDTHS, 1, rows, 0.8)


def _row(maker: Maker, figure: Figure) -> list[Box]:
    speech, link = maker.speech, maker.link(figure.ref)
    quality = speech.say(QUALITIES[figure.quality]) if figure.quality else ""
    sources = figure.source.split("; ") if figure.source else []
    more = speech.told(N_("and %(count)s more sources"), count=len(sources) - 1) if len(sources) > 1 else ""
    told = "; ".join(filter(None, (quality, *sources[:1], more))) or "–"
    cells = (figure.ref, figure.title, measure_text(figure, speech), speech.day(figure.as_of), told)
    form = Form(size=_SIZE, align=Align.LEFT, before=1, after=1)
    return [
        Box(paragraph(run(cell, Ink(_SIZE, link=link if place == 0 else "")), form)) for place, cell in enumerate(cells)
    ]
