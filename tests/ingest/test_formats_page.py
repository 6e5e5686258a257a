"""The page of data formats."""

from pathlib import Path

from geoapp.ingest.formats_page import build_formats_page


def test_the_page_in_the_docs_is_the_declared_one(repository: Path) -> None:
    """docs/data-formats.md says what the program accepts; `geoapp load --columns` writes it."""
    assert build_formats_page() == (repository / "docs" / "data-formats.md").read_text(encoding="utf-8")
