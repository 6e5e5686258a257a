"""Dossiers of stored cases: the same input gives the same bytes, and what was changed afterwards is found."""

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from babel.support import Translations
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import Catalogue
from geoapp.errors import InvalidRequest, NotFound
from geoapp.photos.shelf import Shelf
from geoapp.resources import layers_dir
from geoapp.services.dossier_check import Checker, DossierCheck
from geoapp.services.dossier_source import DossierAsked
from geoapp.services.dossier_text import DossierWords
from geoapp.services.dossiers import PROGRAM, DossierFile, Dossiers
from geoapp.store.engine import Role, make_engine, reading
from tests.case_land import person
from tests.cases.conftest import ClerkMaker, number

WORDS = DossierWords("vi", Translations.load(Path(__file__).parents[2] / "geoapp/web/translations", ["vi"]).gettext,
                     str, list, str)  # fmt: skip


@cache
def catalogue() -> Catalogue:
    """The layers, read once."""
    return load_catalogue(layers_dir())


@dataclass
class Office:
    """The case of rule R9, and who makes and checks dossiers of it."""

    owner: Engine
    dossiers: Dossiers
    checker: Checker
    case: int
    inspector: int

    def make(self, kind: str = "pdf", **asked: object) -> DossierFile:
        """A dossier as the inspector takes it."""
        wanted = DossierAsked(self.case, **asked)  # type: ignore[arg-type]
        return self.dossiers.make(self.inspector, wanted, kind, WORDS, lambda *told: "/".join(map(str, told)))

    def check(self, body: bytes) -> DossierCheck:
        """A file, checked as the operator does."""
        with reading(self.owner) as connection:
            return self.checker.check_file(connection, body)

    def check_hash(self, sha256: str) -> DossierCheck:
        """A hash, checked as the operator does."""
        with reading(self.owner) as connection:
            return self.checker.check_hash(connection, sha256)


@pytest.fixture
def office(owner: Engine, tmp_path: Path) -> Iterator[Office]:
    """The case as it was proposed; all that the test changes is put back, but for the dossiers that were made."""
    staff = make_engine(owner.url.render_as_string(hide_password=False), role=Role.STAFF, pool_size=2)
    made = Dossiers(staff, catalogue(), tmp_path)
    yield Office(owner, made, Checker(tmp_path, PROGRAM), number(owner, "R9"), person(owner, "an"))
    staff.dispose()


def test_the_same_event_gives_the_same_bytes(office: Office) -> None:
    """Twice, of both kinds, whatever time has passed."""
    assert office.make("pdf").body == office.make("pdf").body
    assert office.make("docx").body == office.make("docx").body


def test_an_untouched_dossier_agrees(office: Office) -> None:
    """As a file of either kind, and by the hash that is printed on it, spaces or not."""
    made = office.make()
    found = office.check(made.body)
    assert (True, True) == (found.agrees, found.file and found.file.as_made)
    assert office.check(office.make("docx").body).agrees
    assert office.check_hash(f"{made.manifest[:32]} {made.manifest[32:]}").agrees


def test_it_has_the_working_of_the_clock(office: Office) -> None:
    """Handover, twelve months later, the sign as a proposal: as a person reads it."""
    pages = PdfReader(io.BytesIO(office.make().body)).pages
    read = " ".join(" ".join(page.extract_text().split()) for page in pages)
    for words in ("10/03/2025", "10/03/2026", "Không sử dụng đất 12 tháng liên tục (đề xuất)", "A1", "BB-01"):
        assert words in read


def test_the_case_going_on_does_not_change_an_older_dossier(office: Office, clerk: ClerkMaker) -> None:
    """Made again of its event after the next step: the same bytes; of the last event: other ones."""
    before = office.make()
    clerk("an").send(f"/cases/{office.case}", step="confirm", last_event=1, note="đã xem")
    assert before.body == office.make(event=1).body
    assert before.body != office.make().body
    assert office.check(before.body).agrees


TAMPERED = {
    "UPDATE case_events SET note = 'khác' WHERE case_id = :case": "events",
    "UPDATE case_events SET details = details || '{\"area_ha\": 1}' WHERE case_id = :case": "chain",
    "UPDATE cases SET rule = 'R8' WHERE id = :case": "case",
    "UPDATE plot_versions SET geom = ST_Translate(geom, 0.00001, 0) WHERE :case > 0": "plots",
    "UPDATE land_events SET document_no = 'BB-99' WHERE kind = 'handover' AND :case > 0": "dates",
    "UPDATE land_events SET happened_on = '2025-06-10' WHERE kind = 'handover' AND :case > 0": "working",
}


def test_what_was_changed_behind_the_triggers_is_found(office: Office) -> None:
    """And named by its part; put back as it was, the dossier agrees again."""
    made = office.make()
    found: dict[str, set[str]] = {}
    for statement in TAMPERED:
        with office.owner.connect() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(statement), {"case": office.case})
            found[statement] = {one.part for one in office.checker.check_file(connection, made.body).differences}
            connection.rollback()
    assert [] == [(statement, found[statement]) for statement, part in TAMPERED.items() if part not in found[statement]]
    assert office.check(made.body).agrees


def test_a_changed_page_is_found(office: Office) -> None:
    """The manifest in the file still agrees, but the file is none that was handed out."""
    made = office.make()
    at = made.body.rindex(b"endstream")
    found = office.check(made.body[: at - 20] + b"\x00" + made.body[at - 19 :])
    assert found.file is not None
    assert (True, False) == (found.agrees, found.file.as_made)


def test_a_manifest_made_up_is_found(office: Office) -> None:
    """Another hash in it gives another manifest, which was never made here."""
    made = office.make()
    digest = office.check(made.body).then.content["parts"]["case"]["opened"]
    found = office.check(made.body.replace(digest.encode(), b"0" * 64))
    assert found.made is None
    assert [("case", "opened")] == [(one.part, one.item) for one in found.differences]
    assert not found.agrees


def test_an_unknown_hash_is_told(office: Office) -> None:
    """What is no hash at all is told in another way."""
    with pytest.raises(NotFound, match="was made here"):
        office.check_hash("0" * 64)
    with pytest.raises(InvalidRequest, match="expected the 64 signs"):
        office.check_hash("abc")


@pytest.mark.parametrize("change", ["UPDATE dossiers SET event = 2", "DELETE FROM dossier_files"])
def test_what_was_handed_out_is_never_forgotten(office: Office, change: str) -> None:
    """The tables take no change, not even by their owner."""
    office.make()
    with pytest.raises(DBAPIError, match="never changed"), office.owner.begin() as connection:
        connection.execute(text(change))


def test_each_download_is_in_the_log(office: Office) -> None:
    """Who, which case, and the hash of the file."""
    office.make("docx")
    with office.owner.connect() as connection:
        row = connection.execute(text("SELECT * FROM audit_log WHERE action = 'dossier.docx' ORDER BY id DESC")).first()
    assert row is not None
    assert (office.inspector, f"case {office.case}") == (row.person_id, row.subject)
    assert 64 == len(row.details["sha256"])


def test_the_code_leads_to_a_page_that_agrees(clerk: ClerkMaker, office: Office) -> None:
    """By page as a person does it: download, read what is attached, open its address."""
    an = clerk("an")
    answer = an.client.get(f"/cases/{office.case}/dossier.pdf")
    assert (200, "application/pdf") == (answer.status_code, answer.mimetype)
    found = office.check(answer.data)
    page = an.get(f"/dossiers/{office.case}/1/{found.then.sha256}")
    assert "Hồ sơ in khớp với dữ liệu đang lưu." in page
    an.get(f"/dossiers/{office.case}/2/{found.then.sha256}", 404)


@pytest.mark.parametrize(("login", "expected"), [("xem", 403), ("tri", 403), ("binh", 404), ("quy", 200)])
def test_who_may_take_a_dossier(clerk: ClerkMaker, office: Office, login: str, expected: int) -> None:
    """Not who may not read cases, and not who is held to another park."""
    answer = clerk(login).client.get(f"/cases/{office.case}/dossier.docx")
    assert expected == answer.status_code


@pytest.mark.parametrize(
    ("query", "expected"), [("event=9", 404), ("event=x", 400), ("as_of=never", 400), ("known_at=2020-01-01", 400)]
)
def test_what_cannot_be_is_refused(clerk: ClerkMaker, office: Office, query: str, expected: int) -> None:
    """An event that the case does not have, a day that is none, a moment before the event."""
    clerk("an").get(f"/cases/{office.case}/dossier.pdf?{query}", expected)


REPORT = """
INSERT INTO field_reports (id, park_id, person_id, reason, observed_on, geom, announced_sha256, announced_at, sent_at,
                           receipt_sha256, case_id)
SELECT '00000000-0000-4000-8000-000000000001', c.park_id, :person, 'unused', '2026-11-20',
       ST_MakeEnvelope(106.102, 20.202, 106.104, 20.204, 4326), :digest, c.opened_at, c.opened_at, :digest, c.id
FROM cases AS c WHERE c.id = :case
"""
PHOTO = """
INSERT INTO field_photos (report_id, sha256, ordinal, bytes, name, arrived_at, media_type, taken_at, geom, heading_deg)
SELECT r.id, :digest, 1, :bytes, 'IMG.jpg', r.sent_at, 'image/jpeg', '2026-11-20 08:00+07',
       ST_SetSRID(ST_MakePoint(106.103, 20.203), 4326), 90
FROM field_reports AS r WHERE r.case_id = :case
"""


@pytest.fixture
def photo_file(office: Office) -> Iterator[Path]:
    """A photo of the case, in the database and in the folder; gone again after the test."""
    target = io.BytesIO()
    Image.linear_gradient("L").resize((800, 600)).convert("RGB").save(target, "JPEG")
    digest = hashlib.sha256(target.getvalue()).hexdigest()
    bound = {"case": office.case, "person": office.inspector, "digest": digest, "bytes": len(target.getvalue())}
    with office.owner.begin() as connection:
        # As if it had come in before the case was opened: the triggers would ask for more than this test is about.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(REPORT), bound)
        connection.execute(text(PHOTO), bound)
    path = Shelf(office.checker.photos).original(digest)
    path.parent.mkdir(parents=True)
    path.write_bytes(target.getvalue())
    yield path
    with office.owner.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("DELETE FROM field_photos"))
        connection.execute(text("DELETE FROM field_reports"))


def test_a_photo_is_in_the_dossier(office: Office, photo_file: Path) -> None:
    """With its hash, its place against the land, and the picture itself beside map and code."""
    made = office.make()
    page = PdfReader(io.BytesIO(made.body)).pages[5]
    read = " ".join(page.extract_text().split())
    for words in ("Chụp lúc 20/11/2026 08:00", "trong khu đất", "hướng chụp 90°", photo_file.name):
        assert words in read
    assert 1 == len(page.images)
    assert office.check(made.body).agrees


@pytest.mark.parametrize("harm", ["changed", "lost"])
def test_a_photo_that_was_changed_or_lost_is_found(office: Office, photo_file: Path, harm: str) -> None:
    """By the bytes that lie in the folder, not by what the database says of them."""
    made = office.make()
    photo_file.unlink() if harm == "lost" else photo_file.write_bytes(photo_file.read_bytes() + b"\0")
    found = office.check(made.body)
    assert [("photos", photo_file.name)] == [(one.part, one.item) for one in found.differences]


def verify(office: Office, what: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """The command, on the database of the case."""
    url = office.owner.url.render_as_string(hide_password=False)
    environment = {**os.environ, "DATABASE_URL": url, "GEOAPP_VAR_DIR": str(folder), "GEOAPP_EVIDENCE_DIR": str(folder)}
    command = [sys.executable, "-m", "geoapp", "dossier", "verify", what]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)


def test_the_command_verifies(office: Office, tmp_path: Path) -> None:
    """A PDF as handed out: exit code 0; with another manifest in it: 1, and what differs by name."""
    made = office.make()
    file = tmp_path / "ho-so.pdf"
    file.write_bytes(made.body)
    good = verify(office, str(file), tmp_path)
    assert (0, "") == (good.returncode, good.stderr)
    assert "byte for byte as it was handed out" in good.stdout
    digest = office.check(made.body).then.content["parts"]["case"]["opened"]
    file.write_bytes(made.body.replace(digest.encode(), b"0" * 64))
    bad = verify(office, str(file), tmp_path)
    assert 1 == bad.returncode
    assert "does not agree" in bad.stderr
    assert "case opened: was 000" in bad.stderr
    assert "pages may have been changed" in bad.stderr
