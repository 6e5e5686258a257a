"""Photos come in in pieces: what has arrived stays, whatever breaks, and what is no photo is thrown away."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from textwrap import dedent

import pytest

from geoapp.errors import Conflict, InvalidRequest, NotFound, TooLarge
from geoapp.services.evidence import Evidence
from geoapp.services.field_reports import AnnouncedPhoto, Announcement
from tests.field_work import LIMITS, TODAY, Ground, flag, ground_of, person_id, put, staff_engine
from tests.photos.photo_files import photo

HALF = 20_000


class Broken:
    """A connection that breaks after some bytes."""

    def __init__(self, body: bytes) -> None:
        self._body = BytesIO(body)

    def read(self, size: int, /) -> bytes:
        """What is left, then the break."""
        block = self._body.read(size)
        if not block:
            raise ConnectionResetError("the network is gone")
        return block


@pytest.fixture(scope="module")
def ground(field_url: str) -> Ground:
    """A plot."""
    return ground_of(field_url)


@pytest.fixture(scope="module")
def inspector(field_url: str) -> int:
    """Who sends."""
    return person_id(field_url, "inspector")


@pytest.fixture
def evidence(field_url: str, tmp_path: Path) -> Iterator[Evidence]:
    """The evidence of the loaded database, with a folder of its own."""
    engine = staff_engine(field_url)
    yield Evidence(engine, tmp_path, LIMITS)
    engine.dispose()


@pytest.fixture(scope="module")
def body() -> bytes:
    """A photo that comes in several pieces."""
    return photo(size=(1600, 1200), mark="pieces")


def announce(evidence: Evidence, inspector: int, ground: Ground, *bodies: bytes, **changes: object) -> Announcement:
    """A report that was announced."""
    told = flag(ground, *bodies, **changes)
    evidence.reports.announce(inspector, told, TODAY)
    return told


def files(folder: Path) -> list[Path]:
    """All files in a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def test_pieces_make_the_photo(evidence: Evidence, inspector: int, ground: Ground, body: bytes, tmp_path: Path) -> None:
    """Byte for byte, under its hash; the preview beside it."""
    told = announce(evidence, inspector, ground, body)
    sha256 = hashlib.sha256(body).hexdigest()
    here = 0
    while here < len(body):
        here = evidence.upload.receive(inspector, told.id, sha256, here, BytesIO(body[here : here + HALF]))
        assert (here, len(body)) == evidence.upload.offset(inspector, told.id, sha256)
    assert body == (tmp_path / "originals" / sha256[:2] / sha256).read_bytes()
    assert 2 == len(files(tmp_path))


def test_a_broken_connection_loses_nothing(evidence: Evidence, inspector: int, ground: Ground, body: bytes) -> None:
    """What had come before it broke is there, and the rest follows."""
    told = announce(evidence, inspector, ground, body)
    sha256 = hashlib.sha256(body).hexdigest()
    with pytest.raises(Exception, match="cannot store|gone"):
        evidence.upload.receive(inspector, told.id, sha256, 0, Broken(body[:HALF]))
    assert HALF == evidence.upload.offset(inspector, told.id, sha256)[0]
    assert len(body) == evidence.upload.receive(inspector, told.id, sha256, HALF, BytesIO(body[HALF:]))


def test_a_killed_server_loses_nothing(
    evidence: Evidence, inspector: int, ground: Ground, body: bytes, field_url: str, tmp_path: Path
) -> None:
    """The process that receives is killed without notice while it holds the part; the next one goes on from there."""
    told = announce(evidence, inspector, ground, body)
    sha256 = hashlib.sha256(body).hexdigest()
    program = dedent(f"""
        import os, signal, sys
        from pathlib import Path
        from uuid import UUID
        from geoapp.services.evidence import Evidence
        from geoapp.services.field_reports import PhotoLimits
        from geoapp.store.engine import Role, make_engine
        class Killing:
            given = False
            def read(self, size):
                if self.given:
                    os.kill(os.getpid(), signal.SIGKILL)
                self.given = True
                return sys.stdin.buffer.read({HALF})
        engine = make_engine({field_url!r}, role=Role.STAFF)
        evidence = Evidence(engine, Path({str(tmp_path)!r}), PhotoLimits(10**7, 20, 5))
        evidence.upload.receive({inspector}, UUID("{told.id}"), "{sha256}", 0, Killing())
    """)
    ended = subprocess.run([sys.executable, "-c", program], input=body, check=False, capture_output=True, timeout=60)
    assert -9 == ended.returncode, ended.stderr.decode()
    here = evidence.upload.offset(inspector, told.id, sha256)[0]
    assert HALF == here
    evidence.upload.receive(inspector, told.id, sha256, here, BytesIO(body[here:]))
    assert 1 == len(evidence.reports.send(inspector, told.id).photos)


def test_another_offset_is_refused(evidence: Evidence, inspector: int, ground: Ground, body: bytes) -> None:
    """Neither a gap nor a second time; how much is here is told."""
    told = announce(evidence, inspector, ground, body)
    sha256 = hashlib.sha256(body).hexdigest()
    evidence.upload.receive(inspector, told.id, sha256, 0, BytesIO(body[:HALF]))
    for offset in (0, HALF + 1):
        with pytest.raises(Conflict, match=f"{HALF} bytes of this photo are here"):
            evidence.upload.receive(inspector, told.id, sha256, offset, BytesIO(body[offset:]))


def test_two_senders_at_once_do_not_mix(evidence: Evidence, inspector: int, ground: Ground, body: bytes) -> None:
    """The second one is told to wait while the first writes."""
    told = announce(evidence, inspector, ground, body)
    sha256 = hashlib.sha256(body).hexdigest()

    class Meddled(BytesIO):
        refused = 0

        def read(self, size: int | None = -1, /) -> bytes:
            with pytest.raises(Conflict, match="another window"):
                evidence.upload.receive(inspector, told.id, sha256, 0, BytesIO(b"zzzz"))
            self.refused += 1
            return super().read(size)

    stream = Meddled(body)
    assert len(body) == evidence.upload.receive(inspector, told.id, sha256, 0, stream)
    assert stream.refused > 1


def test_other_bytes_than_announced_begin_anew(
    evidence: Evidence, inspector: int, ground: Ground, body: bytes, tmp_path: Path
) -> None:
    """The hash is looked at when all is there; nothing of the wrong photo stays."""
    told = announce(evidence, inspector, ground, body)
    sha256 = hashlib.sha256(body).hexdigest()
    wrong = body[:-2] + b"\0\0"
    with pytest.raises(Conflict, match="damaged on the way"):
        evidence.upload.receive(inspector, told.id, sha256, 0, BytesIO(wrong))
    assert (0, []) == (evidence.upload.offset(inspector, told.id, sha256)[0], files(tmp_path))
    assert len(body) == evidence.upload.receive(inspector, told.id, sha256, 0, BytesIO(body))


def test_more_than_announced_is_refused(evidence: Evidence, inspector: int, ground: Ground, body: bytes) -> None:
    """No further than one byte is read."""
    told = announce(evidence, inspector, ground, body)
    stream = BytesIO(body + b"x" * 1_000_000)
    with pytest.raises(TooLarge):
        evidence.upload.receive(inspector, told.id, hashlib.sha256(body).hexdigest(), 0, stream)
    assert len(body) + 1 == stream.tell()


@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"\0\0\0\x18ftypheic", b"<svg xmlns=", b"MZ\x90\0"])
def test_what_is_no_photo_is_refused_at_its_first_bytes(
    evidence: Evidence, inspector: int, ground: Ground, start: bytes, tmp_path: Path
) -> None:
    """Whatever its name says; nothing of it stays."""
    told = announce(evidence, inspector, ground, start + b"x" * 100_000)
    with pytest.raises(InvalidRequest) as error:
        evidence.upload.receive(inspector, told.id, told.photos[0].sha256, 0, BytesIO(start + b"x" * 100))
    assert ("photo", []) == (error.value.parameter, files(tmp_path))


def test_a_photo_that_was_not_announced_is_not_taken(
    evidence: Evidence, inspector: int, ground: Ground, body: bytes, field_url: str
) -> None:
    """Nor one that somebody else has announced."""
    told = announce(evidence, inspector, ground, body)
    with pytest.raises(NotFound):
        evidence.upload.offset(inspector, told.id, "0" * 64)
    with pytest.raises(NotFound):
        put(evidence, person_id(field_url, "head"), told, body)


def test_a_hash_alone_does_not_open_a_photo(
    evidence: Evidence, inspector: int, ground: Ground, body: bytes, field_url: str
) -> None:
    """Who only knows the hash of a photo of others has to send its bytes too."""
    first = announce(evidence, inspector, ground, body)
    put(evidence, inspector, first, body)
    second = announce(evidence, person_id(field_url, "head"), ground, body)
    sha256 = first.photos[0].sha256
    assert (0, (sha256,)) == (
        evidence.upload.offset(person_id(field_url, "head"), second.id, sha256)[0],
        evidence.reports.status(person_id(field_url, "head"), second.id).missing,
    )


def test_parts_that_nobody_goes_on_with_are_thrown_away(
    evidence: Evidence, inspector: int, ground: Ground, body: bytes, tmp_path: Path
) -> None:
    """After the days of the setting, at the next report; they can be sent from the start."""
    told = announce(evidence, inspector, ground, body)
    evidence.upload.receive(inspector, told.id, told.photos[0].sha256, 0, BytesIO(body[:HALF]))
    (part,) = files(tmp_path)
    old = part.stat().st_mtime - (LIMITS.stale_days + 1) * 86_400
    os.utime(part, (old, old))
    announce(evidence, inspector, ground)
    assert 0 == evidence.upload.offset(inspector, told.id, told.photos[0].sha256)[0]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 64 + "/../x", "..", "A" * 64])
def test_no_name_becomes_a_path(evidence: Evidence, inspector: int, ground: Ground, name: str, tmp_path: Path) -> None:
    """Only a hash names a file; anything else is no photo."""
    told = announce(evidence, inspector, ground, photos=(AnnouncedPhoto("1" * 64, 5, name),))
    with pytest.raises(NotFound):
        evidence.upload.receive(inspector, told.id, name, 0, BytesIO(b"12345"))
    with pytest.raises(NotFound):
        evidence.photo(inspector, name, preview=False)
    assert [] == files(tmp_path)
