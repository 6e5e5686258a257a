"""The frame of a PDF: objects written one after another as they are made, so that a long file never is in memory."""

import hashlib
import zlib
from collections.abc import Iterable
from typing import BinaryIO

# 1.7 is what PDFs with places on the ground (ISO 32000, measure dictionaries) need.
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_ZLIB_LEVEL = 6


class PdfFile:
    """A PDF that is being written. Numbers of objects can be reserved before their content is known."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._position = 0
        self._places: dict[int, int] = {}
        self._count = 0
        self._digest = hashlib.sha256()
        self._write(_HEADER)

    def reserve(self) -> int:
        """A number for an object that is written later."""
        self._count += 1
        return self._count

    def put(self, body: str, number: int | None = None) -> int:
        """Write an object; its number."""
        number = number or self.reserve()
        self._places[number] = self._position
        self._write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
        return number

    def put_stream(self, content: bytes, entries: str = "", number: int | None = None) -> int:
        """Write a packed stream; its number. Args: entries - of its dictionary."""
        number = number or self.reserve()
        packed = zlib.compress(content, _ZLIB_LEVEL)
        self._places[number] = self._position
        head = f"{number} 0 obj\n<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
        self._write(head.encode("latin-1"))
        self._write(packed)
        self._write(b"\nendstream\nendobj\n")
        return number

    def close(self, root: int, info: int) -> None:
        """Write the table of objects. The identity of the file is the hash of what is in it, so it repeats."""
        start = self._position
        identity = self._digest.hexdigest()[:32]
        lines = [f"xref\n0 {self._count + 1}\n0000000000 65535 f \n"]
        lines += [f"{self._places[number]:010d} 00000 n \n" for number in range(1, self._count + 1)]
        lines.append(
            f"trailer\n<< /Size {self._count + 1} /Root {root} 0 R /Info {info} 0 R"
            f" /ID [<{identity}> <{identity}>] >>\n"
            f"startxref\n{start}\n%%EOF\n"
        )
        self._write("".join(lines).encode("ascii"))

    def _write(self, data: bytes) -> None:
        self._target.write(data)
        self._digest.update(data)
        self._position += len(data)


def told(text: str) -> str:
    """A text of a dictionary, in any language."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


def references(numbers: Iterable[int]) -> str:
    """Objects as an array."""
    return f"[{' '.join(f'{number} 0 R' for number in numbers)}]"
