"""Our own scripts and style sheets joined into few files: a first visit asks for a dozen instead of sixty.

The sources stay what is written and read: modules below static/, each small. Pages load what esbuild makes of them in
static/built. What only some readers need (coordinates of VN-2000, measuring) stays a file of its own, and its name
holds a digest of its content.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from tools.steps import ROOT, Progress, run_quietly

STATIC = ROOT / "geoapp" / "web" / "static"
BUILT = STATIC / "built"
# The npm package has one program for each kind of machine, and npm installs the one that fits.
_PROGRAMS = ROOT / "node_modules" / "@esbuild"
_MADE_FROM = "made-from.txt"
_NOT_OURS = ("vendor", "built", "built.new")
SCRIPTS = ("map/main.js",)
"""With parts that are fetched when they are wanted."""
SMALL_SCRIPTS = (
    "search.js", "wait.js", "place/plain.js", "job_progress.js", "report_page.js", "takeaway/takeaway.js",
    "sheets/sheet-form.js",
)  # fmt: skip
"""Each whole in itself."""
STYLES = ("css/screen.css", "css/takeaway.css")
_COMMON = ("--bundle", "--minify", "--log-level=warning", "--target=es2022,chrome109,firefox115,safari16.4")
# Other people's scripts are fetched as they are. static/built is as deep as static/map, so their paths stay right.
_MODULES = ("--format=esm", "--external:../vendor/*")


def stands() -> bool:
    """Whether the files are there and made from the sources as they are now."""
    try:
        return (BUILT / _MADE_FROM).read_text(encoding="utf-8") == _digest()
    except OSError:
        return False


def can_build() -> bool:
    """Whether the npm package that does it is there."""
    return any(_PROGRAMS.glob("*/bin/esbuild"))


def build(progress: Progress) -> None:
    """Join them into a fresh folder and put it in place when whole. Raises: Stop - a source has a fault."""
    progress.note("joining scripts and styles")
    draft = BUILT.with_name("built.new")
    shutil.rmtree(draft, ignore_errors=True)
    made_from = _digest()
    target = ("--entry-names=[name]", "--chunk-names=[name]-[hash]", f"--outdir={draft}")
    _esbuild(*_paths(SCRIPTS), "--splitting", *_MODULES, *target)
    _esbuild(*_paths(SMALL_SCRIPTS), *_MODULES, *target)
    _esbuild(*_paths(STYLES), *target)
    (draft / _MADE_FROM).write_text(made_from, encoding="utf-8")
    shutil.rmtree(BUILT, ignore_errors=True)
    draft.rename(BUILT)


def _esbuild(*arguments: str) -> None:
    program = next(_PROGRAMS.glob("*/bin/esbuild"))
    run_quietly([str(program), *arguments, *_COMMON], "joining scripts and style sheets")


def _paths(names: tuple[str, ...]) -> list[str]:
    return [str(STATIC / name) for name in names]


def _digest() -> str:
    """What the files depend on: the sources, the lock and this program."""
    digest = hashlib.sha256((ROOT / "package-lock.json").read_bytes() + Path(__file__).read_bytes())
    for path in sorted(path for kind in ("*.js", "*.css") for path in STATIC.rglob(kind)):
        name = path.relative_to(STATIC)
        if name.parts[0] not in _NOT_OURS:
            digest.update(name.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
