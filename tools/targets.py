"""The targets of the set-up: which steps each needs, and what it starts at the end."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tools import print_assets, translations
from tools.assets import fetch_modules, install_assets
from tools.machine import check_browser, check_postgis, check_python, check_readers, check_typeface
from tools.packages import PYTHON, install_python_packages
from tools.steps import LOG, ROOT, VENV, Progress, Stop, explain, run_quietly

Step = Callable[[Progress], None]


def start(arguments: Sequence[str]) -> int:
    """Set up and start one target; the exit code. Failures are told in a sentence, never with a traceback."""
    if len(arguments) != 1 or arguments[0] not in TARGETS:
        print(f"usage: bootstrap.py {'|'.join(TARGETS)}", file=sys.stderr)
        return 2
    steps, finish = TARGETS[arguments[0]]
    os.chdir(ROOT)
    try:
        with _alone():
            progress = Progress(len(steps))
            for step in steps:
                step(progress)
        return finish()
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Start again to go on where it was.", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"\n{error.filename or 'The system'}: {error.strerror}. {explain(str(error))}", file=sys.stderr)
        return 1


@contextmanager
def _alone() -> Iterator[None]:
    """One set-up at a time in this checkout; another one waits."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with (LOG.parent / "setup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up is at work here; waiting for it …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _packages(progress: Progress) -> None:
    install_python_packages(progress, tests=False)


def _test_packages(progress: Progress) -> None:
    install_python_packages(progress, tests=True)


def _browser(progress: Progress) -> None:
    os.environ["CHROMIUM"] = check_browser(progress)


def _translations(progress: Progress) -> None:
    progress.begin("Translations")
    outdated = translations.find_outdated()
    if outdated:
        run_quietly([str(PYTHON), "-m", "tools.translations"], "compiling the translations")
    progress.end(f"{len(outdated)} compiled" if outdated else "as they are")


def _print_assets(progress: Progress) -> None:
    progress.begin("Typeface and outlines for maps on paper")
    if print_assets.stands():
        progress.end("as they are")
        return
    if not print_assets.can_build():
        fetch_modules(progress)
    run_quietly([str(PYTHON), "-m", "tools.print_assets"], "making the typeface for maps on paper")
    progress.end("made")


def _become(*command: str) -> int:
    """Turn this process into the command, so that signals reach it directly."""
    sys.stdout.flush()
    os.execv(command[0], command)


def _run() -> int:
    # Ctrl-C waits until the program has begun and can end in order; it is let through there.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    return _become(str(VENV / "bin" / "geoapp"), "serve")


def _test() -> int:
    # A worker per core, each with a cluster and a browser of its own; the tests of a file stay together.
    return _become(str(PYTHON), "-m", "pytest", "-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")


def _check() -> int:
    """Every check, so that one round of mending is enough; 1 where any failed."""
    checks = (
        ("format", "-m", "ruff", "format", "--check", "--quiet", "."),
        ("lint", "-m", "ruff", "check", "--quiet", "."),
        ("types", "-m", "mypy"),
        ("import directions", "-m", "pytest", "-q", "tests/contract/test_imports.py"),
    )
    failed = []
    for name, *arguments in checks:
        print(f"-- {name}", flush=True)
        if os.spawnv(os.P_WAIT, PYTHON, [str(PYTHON), *arguments]) != 0:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def _bench() -> int:
    return _become(str(PYTHON), "-m", "benchmarks")


def _wheel() -> int:
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    run_quietly([str(PYTHON), "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"], "building the wheel")
    print(*(path.relative_to(ROOT) for path in (ROOT / "dist").glob("*.whl")))
    return 0


def _done() -> int:
    return 0


# What can be missing on the machine comes first: it is told before anything long begins.
_BASE: tuple[Step, ...] = (check_python, check_postgis, check_typeface, install_assets)
TARGETS: dict[str, tuple[tuple[Step, ...], Callable[[], int]]] = {
    "run": ((*_BASE, _packages, _print_assets, _translations), _run),
    "test": ((*_BASE, _browser, check_readers, _test_packages, _print_assets, _translations), _test),
    "check": ((check_python, _test_packages), _check),
    "bench": ((*_BASE, _browser, check_readers, _test_packages, _print_assets, _translations), _bench),
    "assets": ((check_python, install_assets, _packages, _print_assets, _translations), _done),
    "wheel": ((check_python, install_assets, _packages, _print_assets, _translations), _wheel),
}
