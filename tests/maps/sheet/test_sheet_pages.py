"""Many pages in one PDF: bookmarks, contents, links; and no more memory for more pages."""

import io
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import sheet_sample as sample

from geoapp.maps.sheet.draw import write_pages
from geoapp.maps.sheet.model import Sheet
from geoapp.maps.sheet.papers import get_paper

NAMES = ["KCN Khánh Phú", "KCN Hòa Xá", "KCN Tam Điệp"]


def some(count: int) -> Iterator[tuple[str, Sheet]]:
    """Pages with few plots."""
    paper = get_paper("A4", landscape=False)
    for i in range(count):
        yield NAMES[i % 3], sample.sheet(paper=paper, title=NAMES[i % 3], layers=(sample.plots(6, 5),))


@pytest.fixture(scope="module")
def atlas() -> pypdf.PdfReader:
    """Three pages with contents."""
    target = io.BytesIO()
    write_pages(some(3), target, title="Tập bản đồ", contents="Mục lục")
    return pypdf.PdfReader(target)


def test_every_page_has_a_bookmark_that_opens_it(atlas: pypdf.PdfReader) -> None:
    """The names in order, after the page of contents."""
    marks = [(mark.title, atlas.get_destination_page_number(mark)) for mark in atlas.outline]  # type: ignore[union-attr,arg-type]
    assert list(zip(NAMES, [1, 2, 3], strict=True)) == marks


def test_the_contents_list_pages_with_their_numbers(atlas: pypdf.PdfReader) -> None:
    """Title, heading, and for each page its name and number."""
    text = atlas.pages[0].extract_text()
    assert all(expected in text for expected in ("Tập bản đồ", "Mục lục", *NAMES))
    assert {"2", "3", "4"} <= set(text.split())


def test_a_row_of_the_contents_opens_its_page(atlas: pypdf.PdfReader) -> None:
    """The links lead to the pages in order."""
    goals = [note.get_object()["/Dest"][0].idnum for note in atlas.pages[0]["/Annots"]]
    assert [page.indirect_reference.idnum for page in atlas.pages][1:] == goals  # type: ignore[union-attr]


def test_memory_does_not_grow_with_the_pages() -> None:
    """Six pages need as much as two, but for their names and numbers."""

    class Nowhere(io.RawIOBase):
        def write(self, data: object) -> int:
            return len(data)  # type: ignore[arg-type]

    def peak(count: int) -> int:
        tracemalloc.start()
        write_pages(some(count), Nowhere(), title="Tập bản đồ", contents="Mục lục")  # type: ignore[arg-type]
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(1)
    assert peak(6) < 1.3 * peak(2)
