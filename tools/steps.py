"""What every step of the set-up shares: progress, quiet commands, and failures told in one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
# The same folder as that of the program; it may stand on another disk.
LOG = Path(os.environ.get("GEOAPP_VAR_DIR") or ROOT / "var") / "setup.log"

DISK_FULL = "The disk is full. Free some space (about 1.5 GB are needed) and start again; what is done stays done."
NO_NETWORK = (
    "The package server cannot be reached. Check the network (and the proxy settings of pip, npm and apt) and start"
    " again; what is done stays done."
)
# What a tool prints when it fails, and what that means to a person. The first one found counts.
_MEANINGS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("No space left on device", "ENOSPC", "not enough free space", "Disk quota exceeded"), DISK_FULL),
    (
        ("Could not get lock", "is another process using it", "Unable to acquire the dpkg frontend lock"),
        "Another package manager is at work on this machine. Wait until it has finished and start again.",
    ),
    (
        ("DO NOT MATCH THE HASHES", "EINTEGRITY"),
        "A downloaded package is not the one that was locked. Empty the package cache and start again.",
    ),
    (
        (
            "Temporary failure in name resolution",
            "Temporary failure resolving",
            "Could not resolve host",
            # as apt names a server; esbuild names a file of ours in other quotes
            "Could not resolve '",
            "Name or service not known",
            "Failed to establish a new connection",
            "Network is unreachable",
            "Connection refused",
            "Connection timed out",
            "Read timed out",
            "Could not connect to",
            "Cannot initiate the connection",
            "ProxyError",
            "EAI_AGAIN",
            "ENOTFOUND",
            "ECONNREFUSED",
            "ECONNRESET",
            "ENETUNREACH",
            "ETIMEDOUT",
            "ERR_SOCKET_TIMEOUT",
        ),
        NO_NETWORK,
    ),
    (
        ("No matching distribution found",),
        "A package does not exist for this Python on this machine. Use CPython 3.11 to 3.14 on 64-bit Linux (glibc).",
    ),
    (
        ("Permission denied", "EACCES", "EPERM"),
        "Something here belongs to another user. Give the folder to the user who starts this (chown -R).",
    ),
)


class Stop(Exception):  # noqa: N818 - it ends the set-up, it is not a fault of the code
    """The set-up cannot go on; the text says what was found and what to do."""


class Progress:
    """Numbered lines: "[2/6] PostGIS ... PostgreSQL 15 with PostGIS 3.3.2"."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0

    def begin(self, title: str) -> None:
        """The next step begins."""
        self._done += 1
        print(f"[{self._done}/{self._total}] {title} …", end=" ", flush=True)

    @staticmethod
    def note(text: str) -> None:
        """Something that takes long begins inside a step."""
        print(f"{text} …", end=" ", flush=True)

    @staticmethod
    def end(text: str) -> None:
        """The step is done; what was found or made."""
        print(text, flush=True)


def run_quietly(command: Sequence[str], what: str, extra_env: Mapping[str, str] | None = None) -> str:
    """Run a command and show nothing of it, unless it fails; its standard output.

    Args: what - the doing in words ("installing Python packages"), for the message.
    Raises: Stop - it failed: the reason in a sentence; its whole output is in the log.
    """
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **(extra_env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise Stop(f"{Path(command[0]).name} could not be started while {what}: {error.strerror}.") from error
    if done.returncode == 0:
        return done.stdout
    raise Stop(f"Failed while {what}. {explain(done.stdout + done.stderr)}{_logged(command, done)}")


def explain(output: str) -> str:
    """What the output of a failed tool means, in a sentence; its last lines where we do not know."""
    for marks, meaning in _MEANINGS:
        if any(mark in output for mark in marks):
            return meaning
    lines = [line for line in output.splitlines() if line.strip()]
    return "Its last words:\n  " + "\n  ".join(lines[-6:] or ["(nothing)"])


def check_space(needed_mb: int = 1500) -> None:
    """Refuse to begin what the disk cannot hold. Raises: Stop."""
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < needed_mb:
        raise Stop(
            f"Only {free} MB are free on the disk of {ROOT}, the set-up needs about {needed_mb} MB."
            " Free some space and start again; what is done stays done."
        )


def _logged(command: Sequence[str], done: subprocess.CompletedProcess[str]) -> str:
    try:
        LOG.parent.mkdir(parents=True, exist_ok=True)
        LOG.write_text(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}", encoding="utf-8")
    except OSError:
        return ""
    return f"\n(All it said is in {LOG}.)"
