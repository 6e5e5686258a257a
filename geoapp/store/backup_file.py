"""The file of a backup: a zip of a manifest and a dump. Checked whole before anybody uses what is in it."""

import errno
import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from geoapp.core.zips import BROKEN_ZIP
from geoapp.errors import N_, DataError, StoreError

FORMAT = "geoapp backup 1"
_MANIFEST = "manifest.json"
_DUMP = "database.dump"
_LARGEST_MANIFEST = 1_000_000
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Manifest:
    """What is said about a dump: when it was made, from which schema, rows per table, and its SHA-256."""

    made_at: str
    revision: str
    rows: Mapping[str, int]
    sha256: str


def write_backup_file(target: Path, manifest: Manifest, dump: Path) -> None:
    """Write the file; it appears whole or not at all, readable by its owner only. Raises: StoreError."""
    part = target.with_name(f".{target.name}.part")
    try:
        try:
            part.touch(mode=0o600)
            with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr(_MANIFEST, json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1))
                archive.write(dump, _DUMP)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            N_("The backup %(file)s cannot be written: %(reason)s. Choose another place."),
            file=target,
            reason=error.strerror,
        ) from error


def read_backup_file(source: Path, folder: Path, *, newest_revision: str) -> tuple[Manifest, Path]:
    """The manifest, and the dump unpacked into a folder.

    Raises: DataError - the file is damaged, of another kind, or of a newer schema than ``newest_revision``;
    StoreError - it cannot be read or unpacked.
    """
    dump = folder / _DUMP
    try:
        with zipfile.ZipFile(source) as archive:
            said = json.loads(_head(archive))
            with archive.open(_DUMP) as packed, dump.open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
    except BROKEN_ZIP as error:
        raise _refused(source, f"it is no backup, or a damaged one ({error})") from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # a damaged place in the zip, before its beginning
            raise _refused(source, "it is damaged") from error
        raise StoreError(
            N_("The backup %(file)s cannot be read: %(reason)s."), file=source, reason=error.strerror
        ) from error
    manifest = _understood(source, said)
    if manifest.sha256 != sha256_of(dump):
        raise _refused(source, "its contents do not fit its checksum")
    if manifest.revision > newest_revision:
        raise _refused(source, f"it is of a newer program (schema {manifest.revision}); update this one first")
    return manifest, dump


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _head(archive: zipfile.ZipFile) -> bytes:
    with archive.open(_MANIFEST) as file:
        return file.read(_LARGEST_MANIFEST)


def _understood(source: Path, said: object) -> Manifest:
    match said:
        case {
            "format": str(kind),
            "made_at": str(made_at),
            "revision": str(revision),
            "rows": dict(rows),
            "sha256": str(sha256),
        } if kind == FORMAT and all(_NAME.fullmatch(str(name)) and type(count) is int for name, count in rows.items()):
            return Manifest(made_at, revision, rows, sha256)
        case {"format": str(kind)} if kind != FORMAT:
            raise _refused(source, f"it is of another kind: expected '{FORMAT}', found '{kind}'")
    raise _refused(source, "its manifest is not one of a backup")


def _refused(source: Path, reason: str) -> DataError:
    return DataError(N_("The backup %(file)s cannot be restored, and nothing was touched:"), [reason], file=source)
