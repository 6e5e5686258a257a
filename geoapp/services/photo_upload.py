"""Photos coming in, in pieces: what has arrived stays, whatever breaks; a photo counts when its hash is right."""

from typing import BinaryIO, Protocol
from uuid import UUID

from sqlalchemy import Engine

from geoapp.errors import N_, Conflict, InvalidRequest, NotFound, StoreUnavailable, TooLarge
from geoapp.photos.read import read_photo
from geoapp.photos.shelf import PartTaken, Shelf, digest_of
from geoapp.photos.sniff import LEAST_BYTES, media_type_of
from geoapp.services.field_reports import AnnouncedPhoto, PhotoLimits
from geoapp.store.acting import acting
from geoapp.store.evidence import find_own_photo, set_arrived

_BLOCK = 1 << 16


class ByteStream(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        ...


class PhotoUpload:
    """The way in for photos. Args: engine - of the staff role; shelf - where they lie; limits - of one photo."""

    def __init__(self, engine: Engine, shelf: Shelf, limits: PhotoLimits) -> None:
        self._engine = engine
        self._shelf = shelf
        self._limits = limits

    def offset(self, person_id: int, report: UUID, sha256: str) -> tuple[int, int]:
        """How many bytes of a photo are here, and how many it has. Raises: NotFound."""
        photo, has_arrived = self._announced(person_id, report, sha256)
        return (photo.bytes if has_arrived else self._shelf.offset(report, sha256)), photo.bytes

    def receive(self, person_id: int, report: UUID, sha256: str, offset: int, stream: ByteStream) -> int:
        """Add bytes from an offset on; how many are here then. The last one makes the photo whole.

        Args: stream - no longer than what is missing is read of it, block by block.
        Raises: NotFound; Conflict - the offset is not where the photo ends so far, another request writes to it, or
        what came is not what was announced (it begins anew); InvalidRequest - it is no photo; TooLarge.
        """
        photo, has_arrived = self._announced(person_id, report, sha256)
        if has_arrived:
            return photo.bytes
        try:
            with self._shelf.part(report, sha256) as file:
                return self._append(person_id, report, photo, offset, stream, file)
        except PartTaken:
            raise Conflict(N_("This photo is being sent by another window just now. Wait a moment.")) from None
        except OSError as error:
            raise StoreUnavailable(
                N_("The server cannot store the photo: %(reason)s. The draft stays on the device."),
                reason=error.strerror,
            ) from error

    def _announced(self, person_id: int, report: UUID, sha256: str) -> tuple[AnnouncedPhoto, bool]:
        with acting(self._engine, person_id) as connection:
            row = find_own_photo(connection, report, sha256)
        if row is None:
            raise NotFound(N_("No such photo was announced."))
        return AnnouncedPhoto(row.sha256, row.bytes, row.name), row.has_arrived

    def _append(
        self, person_id: int, report: UUID, photo: AnnouncedPhoto, offset: int, stream: ByteStream, file: BinaryIO
    ) -> int:
        here = file.seek(0, 2)
        if offset != here:
            raise Conflict(N_("%(here)s bytes of this photo are here. Go on from there."), here=here)
        while here < photo.bytes and (block := stream.read(min(_BLOCK, photo.bytes - here))):
            file.write(block)
            here += len(block)
        if here == photo.bytes and stream.read(1):
            self._shelf.drop(report, photo.sha256)
            raise TooLarge(N_("“%(name)s” is longer than was announced."), parameter="photo", name=photo.name)
        file.flush()
        try:
            if here >= min(LEAST_BYTES, photo.bytes):
                file.seek(0)
                media_type_of(file.read(LEAST_BYTES), photo.name)
            if here == photo.bytes:
                self._finish(person_id, report, photo)
        except (InvalidRequest, Conflict):
            # What cannot become the photo is not kept; other failures leave the part to go on from.
            self._shelf.drop(report, photo.sha256)
            raise
        return here

    def _finish(self, person_id: int, report: UUID, photo: AnnouncedPhoto) -> None:
        path = self._shelf.part_path(report, photo.sha256)
        if digest_of(path) != photo.sha256:
            raise Conflict(N_("“%(name)s” was damaged on the way. Send it again from the start."), name=photo.name)
        read = read_photo(path, photo.name, self._limits.mpx)
        self._shelf.keep(report, photo.sha256, read.preview)
        says = read.says
        with acting(self._engine, person_id) as connection:
            set_arrived(
                connection,
                {
                    "id": report, "sha256": photo.sha256, "media_type": read.media_type, "width": read.width,
                    "height": read.height, "taken_at": says.taken_at, "zone_known": says.zone_known,
                    "longitude": says.longitude, "latitude": says.latitude, "accuracy_m": says.accuracy_m,
                    "heading_deg": says.heading_deg, "heading_magnetic": says.heading_magnetic, "camera": says.camera,
                },
            )  # fmt: skip
