"""Whether a dossier still agrees with the stored data: its manifest is made again and compared part by part."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from geoapp.errors import N_, InvalidRequest, NotFound
from geoapp.photos.shelf import Shelf
from geoapp.reports.manifest import Difference, Manifest, compare_manifests, parse_manifest
from geoapp.services.dossier_manifest import manifest_of
from geoapp.services.dossier_source import DossierAsked, DossierSource, read_source
from geoapp.store.dossier import find_dossier, find_dossier_file

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class FileNote:
    """What is known of a file itself. ``as_made``: byte for byte as it was handed out."""

    kind: str
    as_made: bool


@dataclass(frozen=True)
class DossierCheck:
    """What came of checking a dossier.

    ``made``: the row of the dossier where one with this hash was made here, else None; ``source``: the data as they
    are now; ``differences``: what is not as it was; ``file``: None where only a hash was given.
    """

    then: Manifest
    now: Manifest
    made: Any
    source: DossierSource
    differences: list[Difference]
    file: FileNote | None = None

    @property
    def agrees(self) -> bool:
        """Whether it was made here and every part is as it was."""
        return self.made is not None and not self.differences


@dataclass(frozen=True)
class Checker:
    """Checks dossiers of one database. Args: photos - folder of photos; program - name and version of this program."""

    photos: Path
    program: str

    def check_hash(self, connection: Connection, sha256: str) -> DossierCheck:
        """Check a dossier by the hash that is printed on it. Raises: NotFound; InvalidRequest - no hash."""
        wanted = re.sub(r"\s", "", sha256).lower()
        if not _HASH.fullmatch(wanted):
            raise InvalidRequest(
                N_("%(parameter)s: expected the 64 signs of the SHA-256 in Appendix V, found “%(found)s”."),
                parameter="hash",
                found=sha256[:80],
            )
        made = find_dossier(connection, wanted)
        if made is None:
            raise NotFound(
                N_(
                    "No dossier with the SHA-256 %(sha256)s was made here. Compare it with Appendix V; if it stands"
                    " there like this, the paper is not from this system or was changed."
                ),
                sha256=wanted,
            )
        return self._compare(connection, parse_manifest(made.manifest.encode("utf-8")), made, None)

    def check_file(self, connection: Connection, body: bytes) -> DossierCheck:
        """Check a PDF or DOCX. Raises: InvalidRequest - there is no manifest in it; NotFound - its case is not here."""
        # What reads and writes documents is large, and most processes never need it.
        from geoapp.reports.files import read_manifest  # noqa: PLC0415

        then = read_manifest(body)
        handed_out = find_dossier_file(connection, hashlib.sha256(body).hexdigest())
        note = FileNote("pdf" if body.startswith(b"%PDF-") else "docx", handed_out is not None)
        return self._compare(connection, then, find_dossier(connection, then.sha256), note)

    def _compare(self, connection: Connection, then: Manifest, made: Any, note: FileNote | None) -> DossierCheck:
        source = read_source(connection, asked_of(then))
        now = manifest_of(source, Shelf(self.photos), self.program)
        return DossierCheck(then, now, made, source, compare_manifests(then, now), note)


def asked_of(manifest: Manifest) -> DossierAsked:
    """Which dossier a manifest is of. Raises: InvalidRequest - it does not say that."""
    said = manifest.content
    try:
        return DossierAsked(
            int(said["case"]),
            int(said["event"]),
            date.fromisoformat(said["as_of"]),
            datetime.fromisoformat(said["known_at"]),
        )
    except (ValueError, TypeError) as error:
        raise InvalidRequest(
            N_("The manifest in the file cannot be read; it was changed."), parameter="file"
        ) from error


def same_dossier(check: DossierCheck, case: int, event: int) -> bool:
    """Whether an address names the dossier that its hash leads to."""
    return check.made is not None and (check.made.case_id, check.made.event) == (case, event)
