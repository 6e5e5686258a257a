"""The typeface of documents: Liberation Serif, which has the widths of Times New Roman, from the distribution."""

import logging
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import matplotlib as mpl
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont, TTFontFile

# Where Debian, Ubuntu, Fedora, Arch and openSUSE put it. The first is the newer one where both are there.
FOLDERS = tuple(
    Path("/usr/share/fonts") / name
    for name in (
        "truetype/liberation2",
        "truetype/liberation",
        "liberation-serif-fonts",
        "liberation-serif",
        "liberation",
        "truetype",
    )
)
# Version 1 of the type, which Debian 12 still has as fonts-liberation, lacks most of these.
_VIETNAMESE = "ăâđêôơưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẾếỀềỂểỄễỆệỊịỌọỐốỒồỔổỖỗỘộỚớỜờỢợỤụỦủỨứỪừỬửỰựỲỳỴỵỶỷỸỹ"
_FACES = ("Regular", "Bold", "Italic", "BoldItalic")
_STAND_IN = ("DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic", "DejaVuSerif-BoldItalic")
_REGISTERING = threading.Lock()
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Typeface:
    """Four faces of one type, as files. ``is_stand_in``: the type of the form rules is not on this machine."""

    name: str
    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path
    is_stand_in: bool = False


@cache
def find_typeface(folders: tuple[Path, ...] = FOLDERS) -> Typeface:
    """Liberation Serif, or DejaVu Serif, which a library brings along, where it is in none of the folders."""
    for folder in folders:
        found = _typeface("LiberationSerif", [folder / f"LiberationSerif-{face}.ttf" for face in _FACES])
        faces = (found.regular, found.bold, found.italic, found.bold_italic)
        if all(face.is_file() and _speaks_vietnamese(face) for face in faces):
            return found
    _LOG.warning("Liberation Serif 2 was not found: documents use DejaVu Serif. Install the package fonts-liberation2.")
    own = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return _typeface("DejaVuSerif", [own / f"{face}.ttf" for face in _STAND_IN], is_stand_in=True)


def register(face: Typeface) -> str:
    """Make a typeface known to the writer of PDF; its name there."""
    with _REGISTERING:
        if face.name not in pdfmetrics.getRegisteredFontNames():
            names = [face.name, f"{face.name}-Bold", f"{face.name}-Italic", f"{face.name}-BoldItalic"]
            for name, path in zip(names, (face.regular, face.bold, face.italic, face.bold_italic), strict=True):
                pdfmetrics.registerFont(TTFont(name, str(path)))
            pdfmetrics.registerFontFamily(face.name, *names)
    return face.name


def _typeface(name: str, faces: list[Path], *, is_stand_in: bool = False) -> Typeface:
    regular, bold, italic, bold_italic = faces
    return Typeface(name, regular, bold, italic, bold_italic, is_stand_in)


def _speaks_vietnamese(face: Path) -> bool:
    try:
        glyphs = TTFontFile(str(face)).charToGlyph
    except (TTFError, OSError):
        return False
    return all(ord(letter) in glyphs for letter in _VIETNAMESE)
