"""Maps of many parks as long work: the atlas and the batch, run as a worker runs them."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pypdf import PdfReader

from geoapp.core.permissions import VISITOR
from geoapp.errors import InvalidRequest
from geoapp.services.job_kinds import Cancelled
from geoapp.services.snapshot.atlas import run_atlas
from geoapp.services.snapshot.batch import run_batch
from geoapp.services.snapshot.snapshots import Snapshots
from tests.snapshot.conftest import DAY, SITE

QUERY = {"as_of": DAY, "known_at": "2099-01-01T00:00:00Z", "language": "vi", "paper": "a4"}


class Worker(SimpleNamespace):
    """What a kind of work is handed, kept in memory. ``stop_after``: steps until somebody stops it."""

    def tell(self, done: int, total: int, note: str = "", **params: object) -> None:
        """Keep how far it is. Raises: Cancelled."""
        self.steps.append((done, total, note % params if params else note))
        if self.stop_after is not None and len(self.steps) > self.stop_after:
            raise Cancelled

    def save(self, name: str, media_type: str, body: bytes | Iterable[bytes]) -> None:
        """Keep a file."""
        self.files[name] = (media_type, body if isinstance(body, bytes) else b"".join(body))


def worker(snapshots: Snapshots, folder: Path, stop_after: int | None = None) -> Any:
    """A worker with a folder of its own."""
    folder.mkdir(exist_ok=True)
    return Worker(
        engines=snapshots.engines, catalogue=snapshots.catalogue, language="vi", reader=VISITOR, folder=folder,
        steps=[], files={}, stop_after=stop_after,
    )  # fmt: skip


def atlas_of(snapshots: Snapshots, folder: Path) -> bytes:
    """The atlas of two parks, with changes of a year."""
    at_work = worker(snapshots, folder)
    query = {**QUERY, "since": "2025-10-31"}
    run_atlas(at_work, {"query": query, "site": SITE, "parks": ["xuan-kien", "khanh-phu"]})
    ((name, (media_type, body)),) = at_work.files.items()
    assert (f"tap-ban-do-{DAY}.pdf", "application/pdf") == (name, media_type)
    assert [0, 1, 2] == [done for done, _, _ in at_work.steps][:3]
    return bytes(body)


@pytest.fixture(scope="module")
def atlas(snapshots: Snapshots, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The atlas of two parks."""
    return atlas_of(snapshots, tmp_path_factory.mktemp("atlas"))


def test_an_atlas_has_bookmarks(atlas: bytes) -> None:
    """One for each page: the province, then the parks by their names."""
    outline = PdfReader(io.BytesIO(atlas)).outline
    titles = [str(one.title) for one in outline if not isinstance(one, list)]
    assert ["Bản đồ chung toàn tỉnh", "KCN Khánh Phú", "KCN Xuân Kiên"] == [one for one in titles if one != "Mục lục"]


def test_an_atlas_has_contents(atlas: bytes) -> None:
    """The first page lists what follows."""
    reader = PdfReader(io.BytesIO(atlas))
    told = reader.pages[0].extract_text()
    assert 4 == len(reader.pages)
    assert [] == [word for word in ("Mục lục", "KCN Khánh Phú", "KCN Xuân Kiên") if word not in told]


def test_an_atlas_marks_what_changed(atlas: bytes) -> None:
    """On the page of a park: the mark in the legend, and how many things it stands for."""
    told = PdfReader(io.BytesIO(atlas)).pages[2].extract_text()
    assert "Thay đổi so với 31/10/2025" in told
    assert "mới 0, thay đổi 1, không còn 0" in told


def test_the_same_atlas_has_the_same_bytes(snapshots: Snapshots, atlas: bytes, tmp_path: Path) -> None:
    """Made once more of the same day and knowledge."""
    assert atlas == atlas_of(snapshots, tmp_path / "again")


def test_a_batch_holds_every_park_and_form(snapshots: Snapshots, tmp_path: Path) -> None:
    """One folder a park; a park that has no map on the day is told of, and spoils nothing."""
    at_work = worker(snapshots, tmp_path / "batch")
    about = {"view": "park", "all_parks": True, "parks": ["khanh-phu", "khong-co"], "themes": ["plot_use"]}
    run_batch(at_work, {"query": QUERY, "site": SITE, "forms": ["svg", "html"], **about})
    ((_, (media_type, body)),) = at_work.files.items()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = archive.namelist()
        left_out = archive.read("not-made.txt").decode()
    made = ["khanh-phu/khanh-phu-plot_use.svg", "khanh-phu/khanh-phu-plot_use.html"]
    assert ("application/zip", [*made, "not-made.txt"]) == (media_type, names)
    assert 2 == left_out.count("khong-co/")
    assert 2 == left_out.count("Không có khu công nghiệp khong-co.")
    assert "2 maps made, 2 not" in at_work.steps[-1][2]


def test_a_batch_that_makes_nothing_fails(snapshots: Snapshots, tmp_path: Path) -> None:
    """With the reason of its first map; there is no empty archive."""
    at_work = worker(snapshots, tmp_path / "none")
    about = {"view": "park", "all_parks": True, "parks": ["khanh-phu"], "themes": ["nope"], "forms": ["pdf"]}
    with pytest.raises(InvalidRequest, match="nope"):
        run_batch(at_work, {"query": QUERY, "site": "", **about})
    assert {} == at_work.files


def test_a_batch_that_is_stopped_leaves_no_file(snapshots: Snapshots, tmp_path: Path) -> None:
    """Stopped between two maps."""
    at_work = worker(snapshots, tmp_path / "stopped", stop_after=1)
    about = {"view": "park", "all_parks": True, "parks": ["khanh-phu", "xuan-kien"], "forms": ["svg"]}
    with pytest.raises(Cancelled):
        run_batch(at_work, {"query": QUERY, "site": "", **about})
    assert {} == at_work.files
