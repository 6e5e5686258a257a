"""A PDF of pages: what they share, bookmarks, links, and where a map on a page lies on the ground."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import quote

from geoapp.catalog.model import Pattern
from geoapp.maps.sheet.ink import Box, Item, Link, Look
from geoapp.maps.sheet.lettering import MM_PER_PT
from geoapp.maps.sheet.outlines import DOT_RADIUS, DOTS, LINES, PX_MM, TILE_PX
from geoapp.maps.sheet.pdf_file import PdfFile, references, told
from geoapp.maps.sheet.pdf_fonts import PdfFonts
from geoapp.maps.sheet.pdf_page import PdfPage, colour

MM_PER_INCH = 25.4
# What stays as it is in an address; brackets of PDF strings are not among it.
_IN_ADDRESSES = "%/:?&=#,+;@!~*'$[]-._"


@dataclass(frozen=True)
class Viewport:
    """A map on a page. ``wkt``: its projection.

    ``corners``: longitude and latitude of its corners in the datum of the projection, from the lower left round by the
    lower right.
    """

    box: Box
    corners: tuple[tuple[float, float], ...]
    wkt: str
    name: str


@dataclass(frozen=True)
class Drawn:
    """A page that is ready to be written. ``symbol``: how much larger than on screen its patterns are."""

    width_mm: float
    height_mm: float
    items: Sequence[Item]
    symbol: float = 1.0
    viewports: tuple[Viewport, ...] = ()

    def size_px(self, dpi: int) -> tuple[int, int]:
        """Width and height in pixels."""
        return round(self.width_mm / MM_PER_INCH * dpi), round(self.height_mm / MM_PER_INCH * dpi)


class PdfBook:
    """A PDF that grows by pages; nothing of a page stays in memory but its number and name."""

    def __init__(self, target: BinaryIO, *, title: str, author: str, language: str) -> None:
        self._file = PdfFile(target)
        self._about = (title, author, language)
        self._tree = self._file.reserve()
        self._fonts = PdfFonts(self._file)
        self._shared: dict[str, int] = {}
        self._pages: list[tuple[int, str]] = []

    def add(self, page: Drawn, name: str = "", *, first: bool = False) -> None:
        """Write a page; ``name``: of its bookmark, none where empty; ``first``: it comes before the others."""
        drawing = PdfPage(self._fonts, lambda look: self._pattern(look, page.symbol), self._opacity)
        drawing.draw(page.items)
        content = self._file.put_stream(drawing.content())
        notes = references([self._link(link, first=first) for link in drawing.links])
        number = self._file.put(
            f"<< /Type /Page /Parent {self._tree} 0 R /MediaBox [0 0 {page.width_mm / MM_PER_PT:.4f}"
            f" {page.height_mm / MM_PER_PT:.4f}] /Contents {content} 0 R /Annots {notes} {self._resources()}"
            f" {self._viewports(page.viewports)} >>"
        )
        if first:
            self._pages.insert(0, (number, name))
        else:
            self._pages.append((number, name))

    def close(self) -> None:
        """Write what all pages share, and the end of the file."""
        file, (title, author, language) = self._file, self._about
        self._fonts.write()
        numbers = [number for number, _ in self._pages]
        file.put(f"<< /Type /Pages /Count {len(numbers)} /Kids {references(numbers)} >>", self._tree)
        marks = self._bookmarks([(number, name) for number, name in self._pages if name])
        root = file.put(
            f"<< /Type /Catalog /Pages {self._tree} 0 R /Lang ({language}) {marks}"
            " /ViewerPreferences << /DisplayDocTitle true >> >>"
        )
        file.close(root, file.put(f"<< /Title {told(title)} /Author {told(author)} /Creator (geoapp) >>"))

    def _bookmarks(self, named: Sequence[tuple[int, str]]) -> str:
        if not named:
            return ""
        top = self._file.reserve()
        marks = [self._file.reserve() for _ in named]
        for i, (page, name) in enumerate(named):
            before = f"/Prev {marks[i - 1]} 0 R" if i else ""
            after = f"/Next {marks[i + 1]} 0 R" if i + 1 < len(marks) else ""
            place = f"/Title {told(name)} /Parent {top} 0 R /Dest [{page} 0 R /Fit]"
            self._file.put(f"<< {place} {before} {after} >>", marks[i])
        ends = f"/First {marks[0]} 0 R /Last {marks[-1]} 0 R /Count {len(marks)}"
        self._file.put(f"<< /Type /Outlines {ends} >>", top)
        return f"/Outlines {top} 0 R /PageMode /UseOutlines"

    def _link(self, link: Link, *, first: bool) -> int:
        box = link.box
        edges = " ".join(f"{value / MM_PER_PT:.2f}" for value in (box.x, box.y, box.right, box.top))
        if link.page is None:
            address = quote(link.address, safe=_IN_ADDRESSES)
            goal = f"/A << /S /URI /URI ({address}) >>"
        else:
            inner = [number for number, name in self._pages if name] if first else [number for number, _ in self._pages]
            goal = f"/Dest [{inner[link.page]} 0 R /Fit]"
        return self._file.put(f"<< /Type /Annot /Subtype /Link /Rect [{edges}] /Border [0 0 0] {goal} >>")

    def _resources(self) -> str:
        shared = self._shared
        states = " ".join(f"/{name} {number} 0 R" for name, number in shared.items() if name.startswith("G"))
        patterns = " ".join(f"/{name} {number} 0 R" for name, number in shared.items() if name.startswith("P"))
        return f"/Resources << /Font {self._fonts.number} 0 R /ExtGState << {states} >> /Pattern << {patterns} >> >>"

    def _opacity(self, share: float) -> str:
        name = f"G{round(share * 100)}"
        if name not in self._shared:
            self._shared[name] = self._file.put(f"<< /Type /ExtGState /ca {share:g} >>")
        return name

    def _pattern(self, look: Look, symbol: float) -> str:
        name = f"P{look.pattern}{(look.fill or 'none').lstrip('#')}{look.lines.lstrip('#')}{symbol * 100:.0f}"
        if name not in self._shared:
            scale = PX_MM / MM_PER_PT * symbol
            # A tile is drawn from above, as on screen.
            entries = (
                f"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 {TILE_PX:g} {TILE_PX:g}]"
                f" /XStep {TILE_PX:g} /YStep {TILE_PX:g} /Resources << >> /Matrix [{scale:.6f} 0 0 {-scale:.6f} 0 0]"
            )
            self._shared[name] = self._file.put_stream(_tile(look).encode("ascii"), entries)
        return name

    def _viewports(self, maps: Iterable[Viewport]) -> str:
        made = [self._viewport(one) for one in maps]
        return f"/VP [{' '.join(made)}]" if made else ""

    def _viewport(self, one: Viewport) -> str:
        box = one.box
        edges = " ".join(f"{value / MM_PER_PT:.4f}" for value in (box.x, box.y, box.right, box.top))
        ground = " ".join(f"{lat:.9f} {lon:.9f}" for lon, lat in one.corners)
        square = "0 0 1 0 1 1 0 1"
        measure = self._file.put(
            f"<< /Type /Measure /Subtype /GEO /Bounds [{square}] /LPTS [{square}] /GPTS [{ground}]"
            f" /GCS << /Type /PROJCS /WKT ({one.wkt.replace('(', '[').replace(')', ']')}) >>"
            " /PDU [/M /SQM /DEG] >>"
        )
        return f"<< /Type /Viewport /BBox [{edges}] /Name {told(one.name)} /Measure {measure} 0 R >>"


def _tile(look: Look) -> str:
    parts = []
    if look.fill:
        parts.append(f"{colour(look.fill)} rg 0 0 {TILE_PX:g} {TILE_PX:g} re f")
    if look.pattern is Pattern.DOTS:
        parts.append(f"{colour(look.lines)} RG 1 J {2 * DOT_RADIUS:g} w")
        parts += [f"{x:g} {y:g} m {x:g} {y:g} l S" for x, y in DOTS]
    else:
        lines, width = LINES[look.pattern]
        parts.append(f"{colour(look.lines)} RG {width:g} w")
        parts += [f"{x1:g} {y1:g} m {x2:g} {y2:g} l S" for x1, y1, x2, y2 in lines]
    return "\n".join(parts)
