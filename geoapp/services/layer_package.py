"""Long work ``export.layers``: all layers that a person may take away, as of a day, as files in one ZIP."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from geoapp.catalog.model import Label, Layer
from geoapp.core.permissions import Permission, Person
from geoapp.errors import N_, InvalidRequest
from geoapp.kinds import AccessClass
from geoapp.services.export import ExportRequest, write_layer
from geoapp.services.job_kinds import Arguments, JobContext, JobKind, Sentence
from geoapp.services.readers import reading_layer
from geoapp.store.acting import acting, audit

FORMS = {"gpkg": "GeoPackage", "geojson": "GeoJSON"}
_TAKES = {AccessClass.PUBLIC: Permission.EXPORT, AccessClass.INTERNAL: Permission.EXPORT_INTERNAL}
_INDEX = Label("danh-muc.csv", "index.csv")
_NAME = Label("lop-ban-do", "map-layers")
_HEADS = {
    "vi": ("Tệp", "Lớp bản đồ", "Phân loại", "Số dòng", "Số liệu đến ngày", "Theo dữ liệu biết đến", "Nguồn dữ liệu"),
    "en": ("File", "Layer", "Class", "Rows", "Data to", "As known on", "Source of the data"),
}
_CLASSES = {
    AccessClass.PUBLIC: Label("công khai", "public"),
    AccessClass.INTERNAL: Label("nội bộ", "internal"),
}
_NO_ROWS = Label("(không có số liệu, không có tệp)", "(no data, no file)")
_SOURCE = Label("ghi trong từng dòng của tệp, cột “source”", "in each row of the file, column “source”")
_PIECE = 1_000_000


@dataclass(frozen=True)
class PackageAsked:
    """Which day, known when (None: all that is known when the work begins), and in which form."""

    form: str
    as_of: date
    known_at: datetime | None = None

    def arguments(self) -> dict[str, str | None]:
        """As it is kept with the job."""
        known = self.known_at.isoformat() if self.known_at else None
        return {"form": self.form, "as_of": self.as_of.isoformat(), "known_at": known}


def parse_package(arguments: Arguments) -> PackageAsked:
    """What was kept with the job. Raises: InvalidRequest - it cannot be understood."""
    try:
        known = arguments.get("known_at")
        asked = PackageAsked(
            str(arguments["form"]),
            date.fromisoformat(arguments["as_of"]),
            datetime.fromisoformat(known) if known else None,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidRequest(
            N_("What was asked for cannot be understood. Start it again."), parameter="as_of"
        ) from error
    if asked.form not in FORMS:
        raise InvalidRequest(N_("What was asked for cannot be understood. Start it again."), parameter="form")
    return asked


def layers_for(person: Person, layers: Iterator[Layer]) -> list[Layer]:
    """The layers that a person may read and take away; restricted ones never leave in bulk."""
    return [layer for layer in layers if layer.access in _TAKES and _may_take(person, layer)]


def _may_take(person: Person, layer: Layer) -> bool:
    reads = Permission.READ_PUBLIC if layer.access is AccessClass.PUBLIC else Permission.READ_INTERNAL
    return person.may(reads) and person.may(_TAKES[layer.access])


def _run(context: JobContext, arguments: Arguments) -> None:
    asked = parse_package(arguments)
    known_at = asked.known_at or datetime.now(UTC)
    layers = layers_for(context.person, iter(context.catalogue.layers.values()))
    target = context.folder / "package.zip"
    rows = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, layer in enumerate(layers):
            title = layer.title.text(context.language)
            context.tell(number, len(layers), N_("Layer “%(layer)s”"), layer=title)
            file = context.folder / f"{layer.id}.{asked.form}"
            count = _write(
                context, layer, ExportRequest(layer.id, asked.as_of, known_at, language=context.language), file
            )
            if count:
                archive.write(file, file.name)
            file.unlink()
            rows.append((file.name if count else _NO_ROWS.text(context.language), title, layer, count))
        archive.writestr(_INDEX.text(context.language), _index(rows, asked.as_of, known_at, context.language))
    context.tell(len(layers), len(layers))
    name = f"{_NAME.text(context.language)}-{asked.as_of.isoformat()}-{asked.form}.zip"
    context.save(name, "application/zip", _pieces(target))


def _write(context: JobContext, layer: Layer, request: ExportRequest, file: Path) -> int:
    """One layer, as the person sees it; noted in the log under the person."""
    with reading_layer(context.engines, layer, context.reader) as connection:
        count = write_layer(connection, context.catalogue, request, file)
    with acting(context.engines.staff, context.person.id) as connection:
        told = {"job": context.job_id, "as_of": request.as_of, "rows": count}
        audit(connection, f"export.{file.suffix.lstrip('.')}", f"layer {layer.id}", told)
    return count


def _index(rows: list[tuple[str, str, Layer, int]], as_of: date, known_at: datetime, language: str) -> str:
    """What is in the package, as a table that spreadsheets open."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADS[language])
    for name, title, layer, count in rows:
        access = _CLASSES[layer.access].text(language)
        known = known_at.isoformat(timespec="seconds")
        writer.writerow([name, title, access, count, as_of.isoformat(), known, _SOURCE.text(language)])
    return "\ufeff" + out.getvalue()


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            yield piece


def _summary(arguments: Arguments) -> Sentence:
    form = FORMS.get(str(arguments.get("form")), "")
    return Sentence(N_("%(form)s, data to %(day)s"), {"form": form, "day": str(arguments.get("as_of"))})


EXPORT_LAYERS = JobKind("export.layers", N_("Map layers as files"), Permission.EXPORT, _run, _summary)
