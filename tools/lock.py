"""Lock the newest versions that requirements/*.in and package.json allow, with their hashes.

Only who maintains the project runs this; it needs uv and npm. No lock file names a server.
"""

from __future__ import annotations

import json
import shutil
import sys

from tools.steps import ROOT, Stop, run_quietly


def main() -> None:
    """Write requirements/run.txt, requirements/test.txt and package-lock.json anew."""
    try:
        for name in ("run", "test"):
            _lock_python(name)
        _lock_npm()
    except Stop as stop:
        sys.exit(str(stop))
    print("Locked. Look at the differences, run `make test`, and commit them.")


def _lock_python(name: str) -> None:
    uv = shutil.which("uv")
    if uv is None:
        raise Stop("uv was not found; it writes locks for all Python versions at once. Install it: pip install uv")
    arguments = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--upgrade", "--quiet"]
    run_quietly(
        [uv, "pip", "compile", *arguments, f"requirements/{name}.in", "-o", f"requirements/{name}.txt"],
        f"locking requirements/{name}.in",
    )


def _lock_npm() -> None:
    path = ROOT / "package-lock.json"
    path.unlink(missing_ok=True)
    run_quietly(["npm", "install", "--package-lock-only", "--ignore-scripts"], "locking package.json")
    lock = json.loads(path.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        # Known by its hash; where it comes from is a matter of the machine.
        package.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
