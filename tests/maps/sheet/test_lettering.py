"""The typeface of maps: letters, widths, and no file that is left open."""

import shutil
from pathlib import Path

import pytest

from geoapp.maps.sheet.lettering import REGULAR, Face, faces, runs


def test_a_font_file_is_not_held_open(tmp_path: Path) -> None:
    """Two who ask for the first time at once make two faces; the one that is dropped leaves no open file."""
    copy = tmp_path / "copy.ttf"
    shutil.copy(faces(REGULAR)[0].path, copy)
    face = Face("Copy", copy)
    assert face.font is not None
    open_files = {path.resolve() for path in Path("/proc/self/fd").iterdir() if path.exists()}
    assert copy not in open_files
    assert face.glyphs[ord("ữ")] > 0


@pytest.mark.parametrize("text", ["Khu kinh tế Ninh Cơ", "ĐẤT CHƯA GIẢI PHÓNG MẶT BẰNG", "75,3 %"])
def test_one_face_writes_what_a_map_says(text: str) -> None:
    """Be Vietnam Pro has every letter of Vietnamese: nothing falls back."""
    assert [text] == [run.text for run in runs(text, REGULAR)]
