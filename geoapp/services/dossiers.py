"""Dossiers of cases: made as files for a person, noted with who took them, and checked afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine

from geoapp.catalog.model import Catalogue
from geoapp.photos.shelf import Shelf
from geoapp.services.dossier_check import Checker, DossierCheck, same_dossier
from geoapp.services.dossier_manifest import manifest_of
from geoapp.services.dossier_source import DossierAsked, read_source
from geoapp.services.dossier_text import DossierParts, DossierTeller, DossierWords
from geoapp.store.acting import acting, acting_reading, audit
from geoapp.store.dossier import add_dossier

PROGRAM = f"geoapp {version('geoapp')}"
# Case, event, hash of the manifest -> where the code of the dossier leads.
AddressOf = Callable[[int, int, str], str]


@dataclass(frozen=True)
class DossierFile:
    """A dossier as a file, with the hash of its manifest."""

    body: bytes
    case: int
    event: int
    manifest: str


class Dossiers:
    """Dossiers of one database. Args: engine - of the staff role; photos - folder of photos."""

    def __init__(self, engine: Engine, catalogue: Catalogue, photos: Path) -> None:
        self._engine, self._catalogue = engine, catalogue
        self._shelf = Shelf(photos)
        self._checker = Checker(photos, PROGRAM)

    def make(
        self, person_id: int, asked: DossierAsked, kind: str, words: DossierWords, address_of: AddressOf
    ) -> DossierFile:
        """A dossier as pdf or docx, noted in the log of what was taken.

        Raises: NotFound - no such case or event that the person may see; InvalidRequest - a moment before the event.
        """
        # What draws and writes is large, and most processes never need it.
        from geoapp.reports.files import write_dossier  # noqa: PLC0415
        from geoapp.reports.fonts import find_typeface  # noqa: PLC0415
        from geoapp.services.dossier_map import build_map  # noqa: PLC0415

        with acting_reading(self._engine, person_id) as connection:
            source = read_source(connection, asked)
            map_png = build_map(connection, source, self._catalogue, words.language, words.say)
        manifest = manifest_of(source, self._shelf, PROGRAM)
        address = address_of(asked.case, source.event, manifest.sha256)
        told = DossierTeller(self._catalogue, self._shelf, words).tell(source, DossierParts(manifest, address, map_png))
        body = write_dossier(told, kind, words.say, find_typeface())
        made: dict[str, object] = {
            "sha256": manifest.sha256, "case_id": asked.case, "event": source.event,
            "manifest": manifest.body.decode("utf-8"),
        }  # fmt: skip
        digest = sha256(body).hexdigest()
        file: dict[str, object] = {
            "sha256": digest,
            "dossier": manifest.sha256,
            "kind": kind,
            "language": words.language,
        }
        with acting(self._engine, person_id) as connection:
            add_dossier(connection, made, file)
            audit(connection, f"dossier.{kind}", f"case {asked.case}", {"event": source.event, "sha256": digest})
        return DossierFile(body, asked.case, source.event, manifest.sha256)

    def check(self, person_id: int, case: int, event: int, manifest: str) -> DossierCheck | None:
        """Check a dossier by what its code says; None where the hash leads to another case or event."""
        with acting_reading(self._engine, person_id) as connection:
            found = self._checker.check_hash(connection, manifest)
        return found if same_dossier(found, case, event) else None
