"""A photo is taken as a whole or not at all, and its preview holds nothing but the picture."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from geoapp.errors import InvalidRequest
from geoapp.photos.read import read_photo
from geoapp.photos.sniff import MediaType
from tests.photos.photo_files import gps, photo

MPX = 40


def stored(tmp_path: Path, body: bytes) -> Path:
    """Bytes as a file."""
    path = tmp_path / "body"
    path.write_bytes(body)
    return path


def refusal(tmp_path: Path, body: bytes, mpx: int = MPX) -> str:
    """What is said of bytes that are refused."""
    with pytest.raises(InvalidRequest) as refused:
        read_photo(stored(tmp_path, body), "IMG_1.jpg", mpx)
    assert refused.value.parameter == "photo"
    return str(refused.value)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_three_forms_are_read(tmp_path: Path, form: str) -> None:
    """With size and place, whatever the name says."""
    read = read_photo(stored(tmp_path, photo(place=gps(106.1, 20.2), form=form)), "x.jpg", MPX)
    assert (MediaType[form], 640, 480) == (read.media_type, read.width, read.height)
    assert read.says.latitude == pytest.approx(20.2)


def test_a_preview_has_no_metadata(tmp_path: Path) -> None:
    """Neither place nor camera nor comment of the original is in it."""
    image = Image.open(BytesIO(photo(place=gps(106.1, 20.2), size=(3000, 2000))))
    body = BytesIO()
    image.save(body, "JPEG", exif=image.getexif(), comment=b"bi mat")
    preview = Image.open(BytesIO(read_photo(stored(tmp_path, body.getvalue()), "x", MPX).preview))
    assert (1280, 853) == preview.size
    assert ({}, None) == (dict(preview.getexif()), preview.info.get("comment"))


def test_a_preview_stands_upright(tmp_path: Path) -> None:
    """A phone held upright writes a turned picture and says so."""
    exif = Image.Exif()
    exif[0x0112] = 6
    body = BytesIO()
    Image.new("RGB", (400, 300), "red").save(body, "JPEG", exif=exif)
    assert (300, 400) == Image.open(BytesIO(read_photo(stored(tmp_path, body.getvalue()), "x", MPX).preview)).size


def test_a_pdf_named_jpg_is_refused(tmp_path: Path) -> None:
    """And told what it is."""
    assert "is a PDF file, not a photo" in refusal(tmp_path, b"%PDF-1.7\n" + b"x" * 100)


def test_heic_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """IPhones write it unless told otherwise."""
    assert "Most Compatible" in refusal(tmp_path, b"\0\0\0\x18ftypheic" + b"\0" * 100)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_that_is_cut_off_is_refused(tmp_path: Path, form: str) -> None:
    """Nine tenths of it are not the photo."""
    body = photo(form=form, size=(1600, 1200))
    assert "cut off or damaged" in refusal(tmp_path, body[: len(body) * 9 // 10])


def test_a_bomb_is_refused_before_it_is_unfolded(tmp_path: Path) -> None:
    """A small file of 20,000 x 20,000 pixels."""
    body = BytesIO()
    Image.new("1", (20_000, 20_000)).save(body, "PNG")
    assert "million pixels" in refusal(tmp_path, body.getvalue())


def test_too_many_pixels_are_told(tmp_path: Path) -> None:
    """What was found and what is taken."""
    assert "has 2 million pixels; at most 1" in refusal(tmp_path, photo(size=(2000, 1000)), mpx=1)
