"""The set-up: what is missing is told in a sentence, and what it installs is what the locks name."""

import ast
import json
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import assets, bundle, machine, steps, translations
from tools.steps import Progress, Stop

ROOT = Path(__file__).parents[2]


@pytest.fixture
def quiet_progress(capsys: pytest.CaptureFixture[str]) -> Progress:
    """Progress whose lines are captured."""
    capsys.readouterr()
    return Progress(1)


@pytest.fixture
def bare_checkout(tmp_path: Path) -> Path:
    """What the set-up needs of a clone, with nothing installed in it."""
    for name in ("tools", "geoapp/store", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("geoapp/__init__.py", "geoapp/errors.py", "package.json", "package-lock.json", "pyproject.toml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    return tmp_path


def start(checkout: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the set-up of a checkout."""
    return subprocess.run(
        [sys.executable, str(checkout / "tools" / "bootstrap.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        timeout=120,
    )


def test_an_old_python_can_read_the_entry() -> None:
    """Python 3.4 gets as far as saying that it is too old."""
    ast.parse((ROOT / "tools" / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 4))


def test_an_unknown_target_is_answered_with_the_known_ones() -> None:
    """Exit code 2 and one line."""
    done = start(ROOT, "dance")
    assert (2, "usage: bootstrap.py run|test|check|bench|assets|wheel\n") == (done.returncode, done.stderr)


def test_without_node_it_stops_early_with_a_sentence(bare_checkout: Path, tmp_path: Path) -> None:
    """No traceback: what was not found, what it is for, what to do; and nothing was installed before."""
    empty = tmp_path / "bin"
    empty.mkdir()
    done = start(bare_checkout, "run", PATH=str(empty), DATABASE_URL="postgresql://nobody@/none")
    assert 1 == done.returncode
    assert "Node.js with npm was not found" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert not (bare_checkout / ".venv").exists()


def test_without_network_it_stops_with_a_sentence(bare_checkout: Path) -> None:
    """A proxy where nobody listens stands for a network that is away."""
    away = "http://127.0.0.1:9"
    cache = str(bare_checkout / "cache")
    done = start(
        bare_checkout,
        "run",
        DATABASE_URL="postgresql://nobody@/none",
        HTTPS_PROXY=away,
        https_proxy=away,
        npm_config_https_proxy=away,
        npm_config_fetch_retries="0",
        npm_config_cache=cache,
    )
    assert 1 == done.returncode
    assert steps.NO_NETWORK in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("npm error code ENOSPC", steps.DISK_FULL),
        ("OSError: [Errno 28] No space left on device", steps.DISK_FULL),
        ("npm error code EAI_AGAIN", steps.NO_NETWORK),
        ("Temporary failure resolving 'deb.example'", steps.NO_NETWORK),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7", "Another package manager"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that was locked"),
        ("npm error code EINTEGRITY", "not the one that was locked"),
        ("ERROR: No matching distribution found for shapely==2.1.2", "does not exist for this Python"),
        ("OSError: [Errno 13] Permission denied: '.venv'", "belongs to another user"),
        ("first\n\nsomething nobody knows\n", "something nobody knows"),
    ],
)
def test_the_failure_of_a_tool_is_told_by_its_meaning(output: str, expected: str) -> None:
    """What pip, npm and apt print becomes a sentence; what we do not know is quoted."""
    assert expected in steps.explain(output)


def test_a_failed_command_leaves_its_whole_output_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the log."""
    monkeypatch.setattr(steps, "LOG", tmp_path / "setup.log")
    with pytest.raises(Stop, match=r"(?s)Failed while testing.*ENOENT-like.*setup\.log"):
        steps.run_quietly([sys.executable, "-c", "import sys; sys.exit('ENOENT-like')"], "testing")
    assert "ENOENT-like" in (tmp_path / "setup.log").read_text()


def test_too_little_room_is_told_before_anything_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the number of megabytes that are free and that are needed."""
    small: Callable[[object], object] = lambda _: shutil._ntuple_diskusage(10**10, 10**10, 7_000_000)  # type: ignore[attr-defined]  # noqa: E731
    monkeypatch.setattr(shutil, "disk_usage", small)
    with pytest.raises(Stop, match="Only 7 MB are free .* needs about 1500 MB"):
        steps.check_space()


def test_the_newest_postgis_that_apt_knows_is_taken() -> None:
    """By number, not by letter; servers that are too old do not count."""
    names = "postgresql-9.6-postgis-3\npostgresql-15-postgis-3\npostgresql-16-postgis-3-scripts\npostgresql-16\n"
    assert "postgresql-15-postgis-3" == machine.newest_postgis(names)
    assert "postgresql-17-postgis-3" == machine.newest_postgis(names + "postgresql-17-postgis-3\n")
    assert machine.newest_postgis("postgresql-14-postgis-3\n") is None


def test_who_may_not_install_is_told_the_one_command(quiet_progress: Progress, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ordinary user without sudo."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    with pytest.raises(Stop, match=r"\n  sudo apt-get install -y --no-install-recommends postgresql-15-postgis-3$"):
        machine.install_packages(quiet_progress, ["postgresql-15-postgis-3"])


def test_the_npm_lock_names_no_server() -> None:
    """Packages are known by hash; where they come from is a matter of the machine."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert all("resolved" not in package and "integrity" in package for package in packages.values())
    declared = {**lock["packages"][""]["dependencies"], **lock["packages"][""]["devDependencies"]}
    assert declared == {name: packages[f"node_modules/{name}"]["version"] for name in declared}
    assert {asset.package for asset in assets.ASSETS} == set(lock["packages"][""]["dependencies"])


def test_the_assets_are_those_of_the_lock() -> None:
    """What the pages serve has the versions of package.json, and every file of the list is there."""
    manifest = json.loads((assets.VENDOR / "manifest.json").read_text(encoding="utf-8"))
    declared = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {asset.name: declared[asset.package] for asset in assets.ASSETS} == manifest["packages"]
    assert all((assets.VENDOR / name).stat().st_size for name in manifest["files"])


def test_style_sheets_lead_nowhere_else() -> None:
    """Every url() of a style sheet is a file beside it, or data inside it."""
    for css in assets.VENDOR.rglob("*.css"):
        links = [part.split(")")[0].strip("'\"") for part in css.read_text(encoding="utf-8").split("url(")[1:]]
        wrong = [link for link in links if not link.startswith(("data:", "#")) and not (css.parent / link).is_file()]
        assert [] == wrong, css


def test_translations_with_faults_are_not_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place that the original has and the translation lacks is told with file and line."""
    po = tmp_path / "en" / "LC_MESSAGES" / "messages.po"
    po.parent.mkdir(parents=True)
    po.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        '#, python-format\nmsgid "%(count)s khu"\nmsgstr "%(number)s parks"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"messages\.po:\d+: .*"):
        translations.compile_outdated()
    assert not po.with_suffix(".mo").exists()


def test_translations_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second look finds nothing to do."""
    po = tmp_path / "en" / "LC_MESSAGES" / "messages.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid ""\nmsgstr ""\n\nmsgid "khu"\nmsgstr "park"\n', encoding="utf-8")
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    assert [po] == translations.compile_outdated()
    assert [] == translations.compile_outdated()


def test_what_pages_load_is_made_of_the_sources_as_they_are() -> None:
    """The joined scripts and style sheets are there, none older than a source."""
    assert bundle.stands()
    built = {path.name for path in bundle.BUILT.iterdir()}
    entries = [*bundle.SCRIPTS, *bundle.SMALL_SCRIPTS, *bundle.STYLES]
    assert {Path(entry).name for entry in entries} <= built


def test_a_source_that_changed_is_joined_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quiet_progress: Progress
) -> None:
    """What stands was made of other sources, so it does not stand any more."""
    shutil.copytree(bundle.STATIC, tmp_path / "static")
    monkeypatch.setattr(bundle, "STATIC", tmp_path / "static")
    monkeypatch.setattr(bundle, "BUILT", tmp_path / "static" / "built")
    with (tmp_path / "static" / "map" / "main.js").open("a", encoding="utf-8") as file:
        file.write("console.info('one more line');\n")
    assert not bundle.stands()
    bundle.build(quiet_progress)
    assert bundle.stands()
    assert "one more line" in (tmp_path / "static" / "built" / "main.js").read_text(encoding="utf-8")


def test_a_script_with_a_fault_leaves_what_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quiet_progress: Progress
) -> None:
    """The fault is told with file and line, and pages go on with what they had."""
    shutil.copytree(bundle.STATIC, tmp_path / "static")
    monkeypatch.setattr(bundle, "STATIC", tmp_path / "static")
    monkeypatch.setattr(bundle, "BUILT", tmp_path / "static" / "built")
    before = (bundle.BUILT / "main.js").read_bytes()
    (tmp_path / "static" / "map" / "main.js").write_text("const half = ;\n", encoding="utf-8")
    with pytest.raises(Stop, match=r"map/main\.js:1:13"):
        bundle.build(quiet_progress)
    assert before == (bundle.BUILT / "main.js").read_bytes()


def test_a_script_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quiet_progress: Progress
) -> None:
    """An import that leads nowhere is no matter of the network."""
    shutil.copytree(bundle.STATIC, tmp_path / "static")
    monkeypatch.setattr(bundle, "STATIC", tmp_path / "static")
    monkeypatch.setattr(bundle, "BUILT", tmp_path / "static" / "built")
    (tmp_path / "static" / "map" / "dom.js").unlink()
    with pytest.raises(Stop, match=r'Could not resolve "\.{1,2}/(map/)?dom\.js"'):
        bundle.build(quiet_progress)


def test_a_typeface_without_vietnamese_letters_is_not_taken(tmp_path: Path) -> None:
    """Version 1 of Liberation Serif, which Debian 12 has as fonts-liberation, lacks them; version 2 has them."""
    face = tmp_path / "liberation" / "LiberationSerif-Regular.ttf"
    face.parent.mkdir()
    assert not machine.has_typeface(tmp_path)
    # The table "head" alone: its place, then its own version and that of the font.
    for version, expected in ((1.07, False), (2.1, True)):
        head = struct.pack(">4sHHHH4sIII", b"\0\1\0\0", 1, 0, 0, 0, b"head", 0, 28, 8)
        face.write_bytes(head + struct.pack(">ii", 65536, round(version * 65536)))
        assert expected == machine.has_typeface(tmp_path)


def test_where_no_typeface_can_be_installed_another_stands_in(
    quiet_progress: Progress, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told in a sentence, and the set-up goes on."""
    monkeypatch.setattr(machine, "has_typeface", lambda: False)
    monkeypatch.setenv("PATH", "")
    machine.check_typeface(quiet_progress)
    assert "DejaVu Serif stands in for Times New Roman" in capsys.readouterr().out
