"""Photos on the disk: originals and previews by their hash, and the parts of those that are still coming in.

Names on the disk are made of hashes and numbers of our own only; what a device calls a file never becomes a path.
"""

import fcntl
import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from geoapp.errors import N_, NotFound

_HASH = re.compile(r"[0-9a-f]{64}")
_BLOCK = 1 << 16


class PartTaken(Exception):  # noqa: N818 - says what it is
    """Another request is writing to this part just now."""


class Shelf:
    """The folder of photos. Args: folder - made when it is first needed; may be shared by several processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def original(self, sha256: str) -> Path:
        """Where an original lies or will lie."""
        return self._place("originals", sha256)

    def preview(self, sha256: str) -> Path:
        """Where the preview of a photo lies or will lie."""
        return self._place("previews", sha256)

    def offset(self, report: UUID, sha256: str) -> int:
        """How many bytes of a photo have come in."""
        try:
            return self._part(report, sha256).stat().st_size
        except FileNotFoundError:
            return 0

    @contextmanager
    def part(self, report: UUID, sha256: str) -> Iterator[BinaryIO]:
        """The part of a photo, open at its end, for one writer at a time; the lock goes with the process that held it.

        Raises: PartTaken - another request writes to it.
        """
        path = self._part(report, sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise PartTaken from error
            # Who had the lock before may have put the part in its place, or thrown it away: this file is then nowhere.
            if not _is_at(file, path):
                raise PartTaken
            yield file

    def keep(self, report: UUID, sha256: str, preview: bytes) -> None:
        """Put a part whose hash was checked in its place, for ever; the caller holds it."""
        _write_whole(self.preview(sha256), preview)
        target = self.original(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = self._part(report, sha256)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.chmod(0o440)
        part.replace(target)
        _sync_folder(target.parent)

    def drop(self, report: UUID, sha256: str) -> None:
        """Throw a part away: it was not what was announced."""
        self._part(report, sha256).unlink(missing_ok=True)

    def drop_stale(self, days: int) -> int:
        """Throw away parts that nobody has added to for so many days; how many. They can be sent anew."""
        oldest = time.time() - days * 86_400
        dropped = 0
        folder = self._folder / "parts"
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
                dropped += 1
        return dropped

    def free_bytes(self) -> int:
        """Room that is left on the disk."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self._folder).free

    def part_path(self, report: UUID, sha256: str) -> Path:
        """Where a part lies, for reading."""
        return self._part(report, sha256)

    def _part(self, report: UUID, sha256: str) -> Path:
        return self._folder / "parts" / f"{report}-{_checked(sha256)}"

    def _place(self, kind: str, sha256: str) -> Path:
        return self._folder / kind / _checked(sha256)[:2] / sha256


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _checked(sha256: str) -> str:
    if not _HASH.fullmatch(sha256):
        raise NotFound(N_("There is no such photo."))
    return sha256


def _is_at(file: BinaryIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _write_whole(path: Path, body: bytes) -> None:
    """A file that is there wholly or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    draft.write_bytes(body)
    draft.replace(path)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
