"""Fonts in a PDF: of every face the glyphs that its pages use, with what they mean, so that text can be copied."""

import hashlib

from geoapp.maps.sheet.font_subset import subset
from geoapp.maps.sheet.lettering import READING, Face, Run
from geoapp.maps.sheet.pdf_file import PdfFile

_TAG_LETTERS = 6


class PdfFonts:
    """The faces that the pages of a file have used so far."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self._used: dict[Face, dict[int, str]] = {}
        self.number = file.reserve()
        """The object that names them."""

    def shown(self, run: Run) -> tuple[str, str]:
        """Name of the face in the page, and the letters as its glyphs."""
        used = self._used.setdefault(run.face, {})
        for letter, glyph in zip(run.text, run.glyphs, strict=True):
            used.setdefault(glyph, letter)
        return run.face.name, "".join(f"{glyph:04x}" for glyph in run.glyphs)

    def write(self) -> None:
        """Write them all, after the last page."""
        written = {face.name: self._write_face(face, used) for face, used in self._used.items()}
        entries = " ".join(f"/{name} {number} 0 R" for name, number in written.items())
        self._file.put(f"<< {entries} >>", self.number)

    def _write_face(self, face: Face, used: dict[int, str]) -> int:
        file = self._file
        numbers = sorted(used)
        tag = hashlib.sha256(repr(numbers).encode()).digest()[:_TAG_LETTERS]
        name = "".join(chr(ord("A") + byte % 26) for byte in tag) + f"+{face.name}"
        program = subset(face, numbers)
        data = file.put_stream(program, f"/Length1 {len(program)}")
        descriptor = file.put(_descriptor(face, name, data))
        widths = " ".join(f"{number} [{face.advances[number] * 1000:.0f}]" for number in numbers)
        descendant = file.put(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDToGIDMap /Identity /DW 500 /W [{widths}]"
            f" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /FontDescriptor {descriptor} 0 R >>"
        )
        meaning = file.put_stream(_meaning(used).encode("ascii"))
        return file.put(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H"
            f" /DescendantFonts [{descendant} 0 R] /ToUnicode {meaning} 0 R >>"
        )


def _descriptor(face: Face, name: str, data: int) -> str:
    scale = 1000 / face.units
    with READING:
        head, hhea = face.font["head"], face.font["hhea"]
    box = " ".join(f"{value * scale:.0f}" for value in (head.xMin, head.yMin, head.xMax, head.yMax))
    return (
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{box}] /ItalicAngle 0 /StemV 80"
        f" /Ascent {hhea.ascent * scale:.0f} /Descent {hhea.descent * scale:.0f} /CapHeight 700"
        f" /FontFile2 {data} 0 R >>"
    )


def _meaning(used: dict[int, str]) -> str:
    """The map from glyphs to letters that readers copy by."""
    pairs = [f"<{glyph:04x}> <{letter.encode('utf-16-be').hex()}>" for glyph, letter in sorted(used.items())]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )
