"""The typeface of maps: Be Vietnam Pro as the set-up made it, DejaVu Sans behind it; widths and lines of text."""

import io
import logging
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont


FOLDER = Path(__file__).parents[1] / "built"
REGULAR, BOLD = 400, 600
MM_PER_PT = 25.4 / 72
# Signs that no font need have, and what is written for them.
_WRITTEN = {"\u2009": "\u00a0", "\u202f": "\u00a0", "\t": " ", "\n": " "}
READING = threading.RLock()
"""Held while a font file is read: it is one file with one place in it, whoever asks."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Face:
    """One font file. ``name``: without blanks, as it stands in a PDF."""

    name: str
    path: Path

    @cached_property
    def font(self) -> "TTFont":
        """The file, in memory; its tables are read when they are asked for."""
        # A part of a second of a start that has no use for letters yet.
        from fontTools.ttLib import TTFont  # noqa: PLC0415

        return TTFont(io.BytesIO(self.path.read_bytes()), lazy=True)

    @cached_property
    def glyphs(self) -> Mapping[int, int]:
        """Number of the glyph of each letter."""
        with READING:
            number = self.font.getReverseGlyphMap()
            return {code: number[name] for code, name in self.font.getBestCmap().items()}

    @cached_property
    def advances(self) -> Sequence[float]:
        """Width of every glyph in shares of the size of the type."""
        with READING:
            order, metrics = self.font.getGlyphOrder(), self.font["hmtx"].metrics
            return [metrics[name][0] / self.units for name in order]

    @cached_property
    def units(self) -> int:
        """Units of the drawing of a letter in the size of the type."""
        with READING:
            return int(self.font["head"].unitsPerEm)


@dataclass(frozen=True)
class Run:
    """Letters of one face that stand together; ``width``: in shares of the size of the type."""

    face: Face
    text: str
    glyphs: tuple[int, ...]
    width: float


@cache
def faces(weight: int) -> tuple[Face, ...]:
    """The faces of a weight: the first that has a letter writes it."""
    import matplotlib as mpl  # noqa: PLC0415

    fallback = "DejaVuSans" if weight == REGULAR else "DejaVuSans-Bold"
    stand_in = Face(fallback, Path(mpl.get_data_path()) / "fonts" / "ttf" / f"{fallback}.ttf")
    own = FOLDER / f"BeVietnamPro-{weight}.ttf"
    if own.is_file():
        return (Face("BeVietnamPro-Regular" if weight == REGULAR else "BeVietnamPro-SemiBold", own), stand_in)
    _LOG.warning("Be Vietnam Pro was not made: maps on paper use DejaVu Sans. Run `make assets`.")
    return (stand_in,)


@cache
def _letter(letter: str, weight: int) -> tuple[Face, int]:
    known = faces(weight)
    for face in known:
        if ord(letter) in face.glyphs:
            return face, face.glyphs[ord(letter)]
    return known[-1], 0


@lru_cache(maxsize=16384)
def written(text: str) -> str:
    """A text as it is set: composed letters, no signs that no font has."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text
    composed = unicodedata.normalize("NFC", text)
    for sign, instead in _WRITTEN.items():
        composed = composed.replace(sign, instead)
    return "".join(letter for letter in composed if letter.isprintable() or letter == "\u00a0")


@lru_cache(maxsize=16384)
def runs(text: str, weight: int) -> tuple[Run, ...]:
    """A text, as ``written`` gives it, in runs of one face."""
    found: list[tuple[Face, list[str], list[int]]] = []
    for letter in text:
        face, glyph = _letter(letter, weight)
        if not found or found[-1][0] is not face:
            found.append((face, [], []))
        found[-1][1].append(letter)
        found[-1][2].append(glyph)
    return tuple(
        Run(face, "".join(letters), tuple(glyphs), sum(face.advances[glyph] for glyph in glyphs))
        for face, letters, glyphs in found
    )


def width_mm(text: str, size_pt: float, weight: int = REGULAR) -> float:
    """How wide a text is on paper."""
    return sum(run.width for run in runs(written(text), weight)) * size_pt * MM_PER_PT


@lru_cache(maxsize=4096)
def wrap(text: str, size_pt: float, room_mm: float, weight: int = REGULAR) -> tuple[str, ...]:
    """A text in lines that fit; words longer than a line are broken."""
    lines: list[str] = []
    line = ""
    for word in written(text).split(" "):
        longer = f"{line} {word}" if line else word
        if width_mm(longer, size_pt, weight) <= room_mm:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, size_pt, room_mm, weight)
        lines += whole
    return (*lines, line) if line else tuple(lines)


def shorten(text: str, size_pt: float, room_mm: float, weight: int = REGULAR) -> str:
    """A text that fits, with an ellipsis where it was cut."""
    if width_mm(text, size_pt, weight) <= room_mm:
        return text
    while text and width_mm(f"{text}…", size_pt, weight) > room_mm:
        text = text[:-1].rstrip()
    return f"{text}…"


def _broken(word: str, size_pt: float, room_mm: float, weight: int) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and width_mm(parts[-1] + letter, size_pt, weight) > room_mm:
            parts.append("")
        parts[-1] += letter
    return parts
