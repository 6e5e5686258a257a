"""The doors of the room: a page as PNG, PDF or SVG, many pages as one PDF, and where a picture lies on the ground."""

import io
from collections.abc import Iterable
from html import escape
from typing import BinaryIO

from geoapp.core.coordinates import vn2000_wkt
from geoapp.errors import N_, InvalidRequest, TooLarge
from geoapp.maps.sheet.compose import compose, sheet_of
from geoapp.maps.sheet.contents import contents_pages
from geoapp.maps.sheet.model import Form, Limits, Page, Sheet, WorldFile
from geoapp.maps.sheet.pdf_book import MM_PER_INCH, Drawn, PdfBook

LIMITS = Limits()


def draw(page: Page, form: Form, *, dpi: int = 300, limits: Limits = LIMITS) -> bytes:
    """A page as a file; the same page gives the same bytes. Args: dpi - of a PNG.

    Raises: InvalidRequest - a paper, a scale, an extent or dots an inch that cannot be drawn; ``parameter`` names it.
    TooLarge - a picture of more pixels than the limits allow.
    """
    sheet = sheet_of(page)
    if form is Form.PNG:
        _check_dpi(dpi, limits)
    drawn = compose(page, limits).drawn
    # What writes pictures takes a second to load: a server that starts has no use for it yet.
    if form is Form.PNG:
        from geoapp.maps.sheet.png_file import write_png  # noqa: PLC0415

        _check_pixels(drawn, dpi, limits)
        return write_png(drawn, dpi, sheet.title)
    if form is Form.SVG:
        from geoapp.maps.sheet.svg_file import write_svg  # noqa: PLC0415

        return write_svg(drawn, title=sheet.title, language=sheet.language)
    target = io.BytesIO()
    book = PdfBook(target, title=sheet.title, author=sheet.agency, language=sheet.language)
    book.add(drawn)
    book.close()
    return target.getvalue()


def write_pages(pages: Iterable[tuple[str, Page]], target: BinaryIO, *, title: str, contents: str = "") -> int:
    """One PDF of many pages with bookmarks, page after page, so that only one is in memory; the number of pages.

    Args: pages - name in the bookmarks and the contents, and the page; contents - heading of first pages that list
    them with their page numbers, empty for none.
    Raises: InvalidRequest - there is no page, or one cannot be drawn.
    """
    book: PdfBook | None = None
    names: list[str] = []
    first: Sheet | None = None
    for name, page in pages:
        if book is None:
            first = sheet_of(page)
            book = PdfBook(target, title=title, author=first.agency, language=first.language)
        book.add(compose(page, LIMITS).drawn, name)
        names.append(name)
    if book is None or first is None:
        raise InvalidRequest(N_("There is no page to draw. Choose at least one."), parameter="pages")
    lists = contents_pages(first, title, contents, names) if contents else []
    for one in reversed(lists):
        book.add(one, first=True)
    book.close()
    return len(names) + len(lists)


def georeference(sheet: Sheet, *, dpi: int = 300, limits: Limits = LIMITS) -> WorldFile:
    """Where the PNG of a sheet lies: the world file and the projection that go beside it."""
    composed = compose(sheet, limits)
    ground = composed.grounds[0]
    height = composed.drawn.size_px(dpi)[1]
    pixel = MM_PER_INCH / dpi * ground.scale / 1000
    west = ground.west - ground.frame.x * ground.scale / 1000
    # Rows are counted from the upper edge of the picture, which is whole pixels high.
    north = ground.south - ground.frame.y * ground.scale / 1000 + height * pixel
    values = (pixel, 0.0, 0.0, -pixel, west + pixel / 2, north - pixel / 2)
    wkt = vn2000_wkt(sheet.epsg)
    auxiliary = f"<PAMDataset>\n  <SRS>{escape(wkt, quote=False)}</SRS>\n</PAMDataset>\n"
    return WorldFile("".join(f"{value:.10f}\n" for value in values), wkt, auxiliary)


def _check_dpi(dpi: int, limits: Limits) -> None:
    least, most = limits.dpi
    if not least <= dpi <= most:
        raise InvalidRequest(
            N_("A picture of %(dpi)s dots an inch cannot be drawn. Choose %(least)s to %(most)s; print needs 300."),
            parameter="dpi",
            dpi=dpi,
            least=least,
            most=most,
        )


def _check_pixels(drawn: Drawn, dpi: int, limits: Limits) -> None:
    width, height = drawn.size_px(dpi)
    if width * height > limits.pixels:
        raise TooLarge(
            N_(
                "A picture of %(width)s x %(height)s pixels is more than the %(most)s that are drawn. "
                "Choose a smaller paper, fewer dots an inch, or PDF."
            ),
            parameter="dpi",
            width=width,
            height=height,
            most=limits.pixels,
        )
