"""Browser assets: fetched with npm from the lock file, what the pages use of them copied to static/vendor, ours joined.

The program serves these files itself; no page ever names another host.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tools import bundle
from tools.machine import check_node
from tools.steps import ROOT, Progress, Stop, run_quietly

VENDOR = ROOT / "geoapp" / "web" / "static" / "vendor"
_MODULES = ROOT / "node_modules"
_MANIFEST = VENDOR / "manifest.json"


@dataclass(frozen=True)
class Asset:
    """What is used of one npm package: ``files`` are patterns in it, copied to the folder ``name``."""

    package: str
    name: str
    files: tuple[str, ...]


ASSETS = (
    Asset("leaflet", "leaflet", ("dist/leaflet.js", "dist/leaflet.css", "dist/images/*", "LICENSE")),
    Asset(
        "leaflet.fullscreen",
        "leaflet.fullscreen",
        ("dist/Control.FullScreen.umd.js", "dist/Control.FullScreen.css", "LICENSE.md"),
    ),
    Asset("protomaps-leaflet", "protomaps-leaflet", ("dist/protomaps-leaflet.js", "LICENSE*")),
    Asset(
        "leaflet.locatecontrol",
        "leaflet.locatecontrol",
        ("dist/L.Control.Locate.min.js", "dist/L.Control.Locate.min.css", "LICENSE*"),
    ),
    Asset("geographiclib-geodesic", "geographiclib-geodesic", ("geographiclib-geodesic.min.js", "LICENSE*")),
    Asset("proj4", "proj4", ("dist/proj4.js", "LICENSE*")),
    Asset("vega", "vega", ("build/vega.min.js", "LICENSE*")),
    Asset("vega-lite", "vega-lite", ("build/vega-lite.min.js", "LICENSE*")),
    Asset("vega-embed", "vega-embed", ("build/vega-embed.min.js", "LICENSE*")),
    Asset(
        "@fontsource/be-vietnam-pro",
        "be-vietnam-pro",
        (
            *(f"{weight}.css" for weight in (400, 500, 600)),
            *(
                f"files/be-vietnam-pro-{script}-{weight}-normal.woff2"
                for script in ("latin", "latin-ext", "vietnamese")
                for weight in (400, 500, 600)
            ),
            "LICENSE",
        ),
    ),
)


def install_assets(progress: Progress) -> None:
    """Fetch and copy the browser assets, unless they stand as the lock says. Raises: Stop."""
    progress.begin("Browser assets")
    wanted = _digest()
    copied, joined = _stands(wanted), bundle.stands()
    if not (copied and joined):
        check_node()
    if not copied or not (joined or bundle.can_build()):
        fetch_modules(progress)
    try:
        if not copied:
            _copy_all(wanted)
        if not joined:
            bundle.build(progress)
    except OSError as error:
        raise Stop(f"The browser assets cannot be written to {VENDOR.parent}: {error.strerror}.") from error
    versions = json.loads(_MANIFEST.read_text(encoding="utf-8"))["packages"]
    progress.end(", ".join(f"{name} {version}" for name, version in versions.items()))


def fetch_modules(progress: Progress) -> None:
    """Fetch the npm packages that the lock file names. Raises: Stop."""
    check_node()
    progress.note("fetching them")
    run_quietly(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], "fetching the browser assets with npm")


def _digest() -> str:
    """What the copy depends on: the lock and this list."""
    return hashlib.sha256((ROOT / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()


def _stands(wanted: str) -> bool:
    try:
        manifest = json.loads(_MANIFEST.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return manifest.get("made_from") == wanted and all((VENDOR / name).exists() for name in manifest["files"])


def _copy_all(made_from: str) -> None:
    """Copy into a fresh folder and put it in place when whole, so that a broken run leaves no half of it."""
    draft = VENDOR.with_name("vendor.new")
    shutil.rmtree(draft, ignore_errors=True)
    files = {copied.relative_to(draft).as_posix(): None for asset in ASSETS for copied in _copy(asset, draft)}
    manifest = {
        "made_from": made_from,
        "packages": {asset.name: _version(asset.package) for asset in ASSETS},
        "files": sorted(files),
    }
    (draft / _MANIFEST.name).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(VENDOR, ignore_errors=True)
    draft.rename(VENDOR)


def _copy(asset: Asset, draft: Path) -> list[Path]:
    """Copy the files of one asset. Raises: Stop - the package does not hold what is listed."""
    source = _MODULES / asset.package
    copied = []
    for pattern in asset.files:
        found = sorted(source.glob(pattern))
        if not found:
            raise Stop(f"The npm package {asset.package} has no {pattern}; mend the list in tools/assets.py.")
        for path in found:
            target = draft / asset.name / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".css":
                target.write_text(without_woff(path.read_text(encoding="utf-8")), encoding="utf-8")
            else:
                shutil.copyfile(path, target)
            copied.append(target)
    return copied


def without_woff(css: str) -> str:
    """Style sheet without the old font format: browsers read woff2, and no link may lead nowhere."""
    return re.sub(r",\s*url\([^)]*\.woff\) format\('woff'\)", "", css)


def _version(package: str) -> str:
    declared = json.loads((_MODULES / package / "package.json").read_text(encoding="utf-8"))
    return str(declared["version"])
