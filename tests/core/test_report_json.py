"""The content of a report as JSON and back."""

import json

import pytest

from geoapp.core.report_json import dump_content, load_content
from geoapp.errors import DataError
from tests.report_sample import content


def test_what_is_written_is_read_as_it_was() -> None:
    """Days, moments, unions of blocks and missing values come back as they were."""
    assert content() == load_content(dump_content(content()))


def test_the_same_content_gives_the_same_bytes() -> None:
    """Two contents that were made apart."""
    assert dump_content(content()) == dump_content(content())


def test_json_that_a_database_has_parsed_is_read_too() -> None:
    """A driver hands JSON over as a mapping."""
    assert content() == load_content(json.loads(dump_content(content())))


@pytest.mark.parametrize("body", [b"{}", b"[", b'{"format": "geoapp-report-1", "kind": "month"}', b"[1]"])
def test_what_is_no_content_is_refused(body: bytes) -> None:
    """With an error that says so, never with a traceback."""
    with pytest.raises(DataError, match="cannot be read"):
        load_content(body)
