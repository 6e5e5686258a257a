"""The virtual environment: locked packages, and the project itself."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.steps import ROOT, VENV, Progress, check_space, run_quietly

PYTHON = VENV / "bin" / "python"
_STAMP = VENV / ".installed"
_RUN = ("run.txt",)
_TEST = ("run.txt", "test.txt")


def install_python_packages(progress: Progress, *, tests: bool) -> None:
    """Make the environment, unless it stands as the lock files say. Raises: Stop."""
    progress.begin("Python packages")
    wanted = _digest(_TEST if tests else _RUN)
    # What tests need holds all that running needs.
    if _stands() and _stamp() in ({wanted} if tests else {wanted, _digest(_TEST)}):
        progress.end("as locked")
        return
    check_space()
    if not _stands():
        progress.note("making the environment")
        run_quietly([sys.executable, "-m", "venv", "--clear", str(VENV)], "making the Python environment")
    _STAMP.unlink(missing_ok=True)
    progress.note("installing them, which takes a minute the first time")
    files = [argument for name in (_TEST if tests else _RUN) for argument in ("-r", f"requirements/{name}")]
    _pip(["--require-hashes", "--only-binary=:all:", *files], "installing the Python packages")
    _pip(["--no-deps", "--no-build-isolation", "--no-index", "-e", "."], "installing the project into its environment")
    _STAMP.write_text(wanted, encoding="ascii")
    progress.end("as locked")


def _pip(arguments: Sequence[str], what: str) -> None:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--retries", "3"]
    run_quietly([str(PYTHON), "-m", "pip", "install", *quiet, *arguments], what)


def _stands() -> bool:
    """Whether the environment works and is one of the Python that runs this."""
    if not PYTHON.exists():
        return False
    script = "import sys, pip; print(sys.version_info[:2])"
    asked = subprocess.run([PYTHON, "-c", script], capture_output=True, text=True, check=False)
    return asked.returncode == 0 and asked.stdout.strip() == str(sys.version_info[:2])


def _stamp() -> str:
    return _STAMP.read_text(encoding="ascii") if _STAMP.exists() else ""


def _digest(names: Sequence[str]) -> str:
    """What the environment depends on: the locks, the project's own declaration, and where it stands."""
    digest = hashlib.sha256(str(ROOT).encode())
    for path in (*(Path("requirements", name) for name in names), Path("pyproject.toml")):
        digest.update(path.name.encode() + b"\0" + (ROOT / path).read_bytes())
    return digest.hexdigest()
