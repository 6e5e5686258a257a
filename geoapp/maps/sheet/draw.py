"""The doors of the room: a page as PNG, PDF or SVG, many pages as one PDF, and where a picture lies on the ground."""

from collections.abc import Iterable
from typing import BinaryIO

from geoapp.maps.sheet.model import Form, Limits, Page, Sheet, WorldFile

LIMITS = Limits()


def draw(page: Page, form: Form, *, dpi: int = 300, limits: Limits = LIMITS) -> bytes:
    """A page as a file; the same page gives the same bytes. Args: dpi - of a PNG.

    Raises: InvalidRequest - a paper, a scale, an extent or dots an inch that cannot be drawn; ``parameter`` names it.
    TooLarge - a picture of more pixels than the limits allow.
    """
    raise NotImplementedError


def write_pages(pages: Iterable[tuple[str, Page]], target: BinaryIO, *, title: str, contents: str = "") -> int:
    """One PDF of many pages with bookmarks, page after page, so that only one is in memory; the number of pages.

    Args: pages - name in the bookmarks and the contents, and the page; contents - heading of a first page that lists
    them with their page numbers, empty for none.
    """
    raise NotImplementedError


def georeference(sheet: Sheet, *, dpi: int = 300) -> WorldFile:
    """Where the PNG of a sheet lies: the world file and the projection that go beside it."""
    raise NotImplementedError
