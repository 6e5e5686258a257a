"""Many maps at once, as long work: every park, theme and form that was chosen, in one ZIP."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geoapp.catalog.model import View
from geoapp.core.permissions import Permission
from geoapp.core.words import in_order
from geoapp.errors import N_, InvalidRequest, NotFound
from geoapp.services.job_kinds import Arguments, JobContext, JobKind, Sentence
from geoapp.services.pages import read_parks
from geoapp.services.snapshot.query import parse_snapshot
from geoapp.services.snapshot.request import Ground, SheetFile, SheetPlace, SnapshotRequest
from geoapp.services.snapshot.snapshots import Snapshots, add_file
from geoapp.services.spoken import speaker

_PIECE = 1 << 20
MOST_MAPS = 600
MOST_ROWS = 100_000


@dataclass(frozen=True)
class OneMap:
    """One file of a batch, and its place in the archive."""

    request: SnapshotRequest
    form: SheetFile
    path: str


def run_batch(context: JobContext, arguments: Arguments) -> None:
    """Draw all maps into one archive. What could not be drawn is told in the archive; where nothing could, it fails."""
    made = Snapshots(context.engines, context.catalogue, MOST_ROWS)
    maps = plan_batch(context, arguments)
    archive, faults = context.folder / "maps.zip", []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for number, one in enumerate(maps):
            context.tell(number, len(maps), N_("Drawing %(name)s"), name=one.path)
            try:
                add_file(target, one.path, made.make(one.request, one.form).body)
            except (InvalidRequest, NotFound) as error:
                # One park without figures on the day does not spoil the others.
                faults.append((one.path, error))
        if len(faults) == len(maps):
            raise faults[0][1]
        if faults:
            say = speaker(context.language)
            lines = [f"{path}: {say(error.template) % error.params}\n" for path, error in faults]
            add_file(target, "not-made.txt", "".join(lines).encode())
    context.tell(
        len(maps), len(maps), N_("%(made)s maps made, %(left)s not"), made=len(maps) - len(faults), left=len(faults)
    )
    context.save(f"ban-do-{maps[0].request.asked.as_of or 'moi-nhat'}.zip", "application/zip", pieces_of(archive))


def plan_batch(context: JobContext, arguments: Arguments) -> list[OneMap]:
    """All files of a batch, in order. Raises: InvalidRequest - none, or more than one archive holds."""
    requests = requests_of(context, arguments)
    forms = [SheetFile(form) for form in arguments["forms"]]
    themes: list[str | None] = list(arguments.get("themes") or [None])
    maps = []
    for request in requests:
        for theme in themes:
            asked = with_theme(context, request, theme) if theme else request
            for form in forms:
                name = "-".join(filter(None, (request.place.name, theme)))
                maps.append(OneMap(asked, form, f"{request.place.name}/{name}.{form}"))
    if not maps or len(maps) > MOST_MAPS:
        raise InvalidRequest(
            N_("%(parameter)s: expected from 1 to %(most)s maps in one batch, found %(found)s. Choose fewer."),
            parameter="forms",
            most=MOST_MAPS,
            found=len(maps),
        )
    return maps


def requests_of(context: JobContext, arguments: Arguments) -> list[SnapshotRequest]:
    """The maps that are asked for, one for each park, or the one of the province or zone.

    The frame of the screen holds for the map that it came from; of many parks each has a frame of its own.
    """
    query: dict[str, str] = dict(arguments["query"])
    place = SheetPlace(View(arguments["view"]), arguments.get("slug"))
    language = query.get("language") or context.language
    first = parse_snapshot(query, place, language=language, reader=context.reader, site=str(arguments.get("site", "")))
    if place.view is not View.PARK or not arguments.get("all_parks"):
        return [first]
    slugs = arguments.get("parks") or park_slugs(context, first)
    ground = Ground(scale=first.ground.scale)
    return [replace(first, place=SheetPlace(View.PARK, slug), ground=ground) for slug in slugs]


def park_slugs(context: JobContext, request: SnapshotRequest) -> list[str]:
    """Names of all parks on the day, in the order of their titles."""
    rows: Any = read_parks(context.engines.map, request.asked)
    return [row.slug for row in sorted(rows, key=lambda row: in_order(row.name_vi))]


def with_theme(context: JobContext, request: SnapshotRequest, theme: str) -> SnapshotRequest:
    """The same map with another of the layers of which one is shown at a time."""
    layers = context.catalogue.layers
    view = request.place.view
    if theme not in layers:
        return replace(request, look=replace(request.look, layers=(theme,)))
    shown = request.look.layers
    if shown is None:
        shown = tuple(layer.id for layer in context.catalogue.of_view(view) if view in layer.shown)
    others = [name for name in shown if name not in layers or layers[name].exclusive != layers[theme].exclusive]
    hidden = {name: keys for name, keys in request.look.hidden.items() if name in others}
    return replace(request, look=replace(request.look, layers=(*others, theme), hidden=hidden))


def pieces_of(path: Path) -> Iterator[bytes]:
    """A file a piece at a time."""
    with path.open("rb") as source:
        while piece := source.read(_PIECE):
            yield piece


def _told(arguments: Arguments) -> Sentence:
    forms = ", ".join(str(form).upper() for form in arguments.get("forms", ()))
    if arguments.get("all_parks"):
        parks = arguments.get("parks")
        if parks:
            return Sentence(N_("%(count)s parks as %(forms)s"), {"count": len(parks), "forms": forms})
        return Sentence(N_("all parks as %(forms)s"), {"forms": forms})
    return Sentence(N_("%(place)s as %(forms)s"), {"place": arguments.get("slug") or "ninh-binh", "forms": forms})


SNAPSHOT_BATCH = JobKind("snapshot.batch", N_("Maps in one ZIP"), Permission.JOB_RUN, run_batch, _told)
