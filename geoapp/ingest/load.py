"""Loading: a bundle is read, judged and stored in one transaction, or not at all."""

import getpass
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from sqlalchemy import Connection, Engine

from geoapp.errors import N_, DataError, StoreError, StoreUnavailable
from geoapp.ingest.bundle import Bundle, Sheet, read_bundle
from geoapp.ingest.check import fill_versions, find_faults
from geoapp.ingest.tables import TABLES, Column, Kind, Shape
from geoapp.kinds import Dataset
from geoapp.store import loading
from geoapp.store.engine import translating, writing

Report = Callable[[str], None]

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True)
class Loaded:
    """What a load did: per table rows added, closed and known already; how many rows a replaced dataset lost."""

    dataset: Dataset
    title: str
    tables: dict[str, loading.Stored]
    replaced_rows: int


def load_bundle(
    engine: Engine, bundle: Bundle, *, replace: Dataset | None = None, digest: str | None = None, report: Report = print
) -> Loaded | None:
    """Store a bundle in one transaction; with ``replace``, all that dataset says now is closed first.

    None when the very same bundle is stored already and nothing is left to replace. One load runs at a time: of two
    that start together the second waits, and finds what the first stored.

    Args: digest - what the batch is recognised by later; by default that of the files.
    Raises: DataError - every fault with file, row and column, nothing stored; StoreError, StoreUnavailable.
    """
    faults = find_faults(bundle)
    if faults:
        raise DataError(N_("The bundle %(title)s is refused, nothing was stored:"), faults, title=bundle.title)
    digest = digest or bundle.digest
    with writing(engine) as connection:
        loading.wait_for_turn(connection)
        known = loading.is_loaded(connection, digest)
        # A dataset that is its own replacement is left as it is.
        replaced = (
            loading.close_dataset(connection, replace) if replace and not (known and replace == bundle.dataset) else 0
        )
        if known:
            return Loaded(bundle.dataset, bundle.title, {}, replaced) if replaced else None
        batch = loading.open_batch(
            connection,
            loading.Batch(
                bundle.dataset,
                bundle.title,
                getpass.getuser(),
                digest,
                bundle.files,
                bundle.source_crs,
            ),
        )
        stored = {name: _store(connection, bundle, name, batch) for name in TABLES if name in bundle.sheets}
        loading.refresh_statistics(connection)
    report(f"{bundle.title}:")
    for name, counts in stored.items():
        held = f", {counts.outranked} held back by surer rows" if counts.outranked else ""
        report(f"  {name}: {counts.added} added, {counts.closed} closed, {counts.unchanged} unchanged{held}")
    return Loaded(bundle.dataset, bundle.title, stored, replaced)


def load_directory(
    engine: Engine, directory: Path, *, replace: Dataset | None = None, report: Report = print
) -> Loaded | None:
    """Load a folder; None when the very same files are stored already."""
    return load_bundle(engine, read_bundle(directory), replace=replace, report=report)


def _store(connection: Connection, bundle: Bundle, name: str, batch: int) -> loading.Stored:
    sheet = bundle.sheets[name]
    staged = _staged(bundle, sheet)
    loading.stage(connection, staged)
    if name == "sources":
        return _said(sheet, lambda: loading.store(connection, name, batch))
    dangling = loading.find_dangling(connection, staged)
    if dangling:
        faults = [
            f"{sheet.origin}, row {row}, {column}: {value!r} is not known; it must be in the database or in this bundle"
            for row, column, value in dangling
        ]
        raise DataError(N_("The bundle %(title)s is refused, nothing was stored:"), faults, title=bundle.title)
    return _said(sheet, lambda: loading.store(connection, name, batch))


def _said(sheet: Sheet, action: Callable[[], loading.Stored]) -> loading.Stored:
    """The action, with the refusal of the database said of the file it came from."""
    try:
        with translating():
            return action()
    except StoreUnavailable:
        raise
    except StoreError as error:
        raise DataError(
            N_("The database refuses %(table)s, nothing was stored:"), [str(error)], table=sheet.origin
        ) from error


def _staged(bundle: Bundle, sheet: Sheet) -> loading.StagedTable:
    table = TABLES[sheet.name]
    cells = fill_versions(sheet.cells, table) if table.versioned else sheet.cells.copy()
    for column in table.columns:
        if column.name not in cells.columns:
            cells[column.name] = ""
        default = {"quality": str(bundle.quality), "source": bundle.source}.get(column.name)
        if default:
            cells[column.name] = cells[column.name].where(cells[column.name] != "", default)
    columns = [c for c in table.columns if sheet.name != "sources" or c.name != "source"]
    return loading.StagedTable(
        sheet.name,
        [(c.name, c.kind) for c in columns],
        table.shape is not Shape.NONE,
        _copy_rows(sheet, [(c, cells[c.name].tolist()) for c in columns], table.shape is not Shape.NONE),
    )


def _copy_rows(sheet: Sheet, columns: list[tuple[Column, list[str]]], has_geometry: bool) -> Iterator[str]:
    count = len(sheet.cells)
    parts = [[str(sheet.row_no(i)) for i in range(count)]]
    parts += [[_copy_cell(column, cell) for cell in cells] for column, cells in columns]
    if has_geometry:
        parts.append(["\\N"] * count if sheet.geometry is None else _copy_geometries(sheet.geometry))
    return ("\t".join(row) + "\n" for row in zip(*parts, strict=True))


def _copy_cell(column: Column, cell: str) -> str:
    if cell == "":
        return "\\N"
    if column.kind is Kind.LIST:
        items = (item.strip().replace("\\", "\\\\").replace('"', '\\"') for item in cell.split(";"))
        cell = "{" + ",".join(f'"{item}"' for item in items if item) + "}"
    return cell.translate(_ESCAPES)


def _copy_geometries(geometry: np.ndarray) -> list[str]:
    geometry = shapely.set_srid(shapely.force_2d(geometry), 4326)
    return [wkb or "\\N" for wkb in shapely.to_wkb(geometry, hex=True, include_srid=True).tolist()]
