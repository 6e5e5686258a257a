"""The data that come with the program: the registry, the context, and the demonstration set made from its recipe."""

import hashlib
import tempfile
from pathlib import Path

from sqlalchemy import Connection

import geoapp.demo
from geoapp.demo.bundle import write_demo
from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import Loaded, Report, load_bundle
from geoapp.kinds import Dataset
from geoapp.store import loading
from geoapp.store.engine import Role, make_engine, writing


def load_default(url: str, data_dir: Path, *, with_demo: bool = True, report: Report = print) -> list[Loaded]:
    """Load what is new or changed in ``data/``; what was done, bundle by bundle.

    The demonstration set is left out for good once it was replaced by the board's own files.
    Raises: DataError, StoreError, StoreUnavailable.
    """
    engine = make_engine(url, role=Role.OWNER)
    try:
        done = []
        for name in ("context", "registry"):
            bundle = read_bundle(data_dir / name)
            done.append(load_bundle(engine, bundle, report=report))
        with writing(engine) as connection:
            digest = recipe_digest(data_dir)
            wanted = with_demo and not loading.is_loaded(connection, digest) and demo_is_wanted(connection)
        if wanted:
            with tempfile.TemporaryDirectory() as folder:
                bundle = read_bundle(write_demo(data_dir, Path(folder)))
            done.append(load_bundle(engine, bundle, replace=Dataset.DEMO, digest=digest, report=report))
        return [loaded for loaded in done if loaded]
    finally:
        engine.dispose()


def demo_is_wanted(connection: Connection) -> bool:
    """Whether the demonstration may be shown: it was not replaced, and the board has no data of its own there."""
    return not (loading.is_retired(connection, Dataset.DEMO) or loading.has_dataset(connection, Dataset.BOARD))


def recipe_digest(data_dir: Path) -> str:
    """What the demonstration set is made of: the data it starts from, its recipe, and the code that follows it."""
    digest = hashlib.sha256()
    code = Path(geoapp.demo.__file__).parent
    for root, pattern in ((data_dir, "**/*"), (code, "**/*.py")):
        for path in sorted(p for p in root.glob(pattern) if p.is_file()):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
