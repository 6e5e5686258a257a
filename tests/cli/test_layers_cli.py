"""``geoapp layers`` as an operator runs it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from geoapp.resources import layers_dir

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def own_layers(tmp_path: Path) -> Path:
    """A copy of the layers that a test may change."""
    return Path(shutil.copytree(layers_dir(), tmp_path / "layers"))


@pytest.fixture
def run(own_layers: Path, tmp_path: Path) -> Run:
    """Runs ``geoapp layers ...`` on that copy."""

    def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        own = {key: value for key, value in os.environ.items() if not key.startswith("GEOAPP_")}
        own |= {"GEOAPP_LAYERS_DIR": str(own_layers), "GEOAPP_VAR_DIR": str(tmp_path / "var"), **environ}
        command = [sys.executable, "-m", "geoapp", "layers", *arguments]
        return subprocess.run(command, env=own, capture_output=True, text=True, check=False, timeout=120)

    return run


def test_check_passes_on_sound_layers(run: Run, database_url: str) -> None:
    """The layers that come along fit the schema that comes along."""
    done = run("check", DATABASE_URL=database_url)
    assert (0, "") == (done.returncode, done.stderr)
    assert "the database answers as they say" in done.stdout


def test_check_tells_a_broken_declaration(run: Run, own_layers: Path) -> None:
    """Exit code 1, the file, the key, what was expected; no traceback."""
    path = own_layers / "occupancy/park_occupancy/layer.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("#e2f0ea", "green"), encoding="utf-8")
    done = run("check", "--static")
    assert 1 == done.returncode
    assert (
        "  - layers/occupancy/park_occupancy/layer.toml: style.classes[0].fill:"
        " expected a colour like #1b2c3d, found 'green'"
    ) in done.stderr.splitlines()


def test_check_tells_a_broken_statement(run: Run, own_layers: Path, database_url: str) -> None:
    """What only the database knows is told in the same form."""
    path = own_layers / "parks/park_status/layer.sql"
    path.write_text(path.read_text(encoding="utf-8").replace("p.established", "p.founded"), encoding="utf-8")
    done = run("check", DATABASE_URL=database_url)
    assert 1 == done.returncode
    assert "layers/parks/park_status/layer.sql: expected a statement that the database runs" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_does_not_migrate(run: Run, databases: object) -> None:
    """A check changes nothing; it says what to run."""
    done = run("check", DATABASE_URL=databases.make())  # type: ignore[attr-defined]
    assert 1 == done.returncode
    assert "geoapp db migrate" in done.stderr


def test_the_static_check_needs_no_database(run: Run) -> None:
    """Files can be checked where no server is."""
    done = run("check", "--static", DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    assert 0 == done.returncode


@pytest.mark.parametrize(("lang", "title"), [("vi", "Tỷ lệ lấp đầy theo KCN"), ("en", "Occupancy by park")])
def test_list_tells_titles_in_a_language(run: Run, lang: str, title: str) -> None:
    """Both languages at a glance."""
    assert any(line.endswith(title) for line in run("list", "--lang", lang).stdout.splitlines())


@pytest.mark.parametrize("geometry", ["point", "line", "polygon", "mixed"])
def test_a_new_layer_passes_the_check(run: Run, database_url: str, geometry: str) -> None:
    """What ``new`` writes works at once, with no change of Python."""
    assert 0 == run("new", "parks/my_layer", "--geometry", geometry).returncode
    done = run("check", DATABASE_URL=database_url)
    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("park/my_layer", "group: expected a group of groups.toml (did you mean 'parks'?), found 'park'"),
        ("parks/My-Layer", "id: expected a name of lower-case letters, digits and underscores, found 'My-Layer'"),
        ("zone/park_status", "id: expected a name that no layer has yet, found 'park_status'"),
        ("my_layer", "expected GROUP/ID, for example parks/my_layer, found 'my_layer'"),
        ("parks/../x", "expected GROUP/ID, for example parks/my_layer, found 'parks/../x'"),
    ],
)
def test_new_refuses_a_name_that_cannot_be(run: Run, own_layers: Path, name: str, told: str) -> None:
    """Nothing is written."""
    before = sorted(own_layers.rglob("*"))
    done = run("new", name)
    assert 0 != done.returncode
    assert told in done.stderr
    assert before == sorted(own_layers.rglob("*"))


def test_the_worked_example_of_the_docs_passes_the_check(
    run: Run, own_layers: Path, repository: Path, database_url: str
) -> None:
    """The layer of docs/layers.md, copied from the page, is served as it stands."""
    page = (repository / "docs/layers.md").read_text(encoding="utf-8")
    files = re.findall(r"`layers/(\S+)`:\n\n```\w+\n(.*?)```", page, re.DOTALL)
    assert ["parks/park_workers/layer.toml", "parks/park_workers/layer.sql"] == [place for place, _ in files]
    for place, content in files:
        (own_layers / place).parent.mkdir(exist_ok=True)
        (own_layers / place).write_text(content, encoding="utf-8")
    done = run("check", DATABASE_URL=database_url)
    assert (0, "") == (done.returncode, done.stderr)
    assert "Workers by park" in run("list", "--lang", "en").stdout


def test_the_docs_name_every_key(repository: Path) -> None:
    """Each key that a declaration may have stands in docs/layers.md."""
    page = (repository / "docs/layers.md").read_text(encoding="utf-8")
    source = (repository / "geoapp/catalog/declaration.py").read_text(encoding="utf-8")
    keys = set(re.findall(r'(?:top|part)\.\w+\("(\w+)"', source))
    assert {"title", "hide_empty", "ring"} <= keys
    fences = re.findall(r"```\w+\n(.*?)```", page, re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", page, flags=re.DOTALL))
    assert set() == keys - set(re.findall(r"\w+", " ".join([*fences, *spans])))
