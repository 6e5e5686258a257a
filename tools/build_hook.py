"""Build hook of the wheel: translations are compiled, and nothing is packed without its browser assets."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_ROOT = str(Path(__file__).parents[1])


class CustomBuildHook(BuildHookInterface[Any]):
    """Run by hatchling before it packs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Take layers and data along, and refuse a wheel that could not show its pages.

        An editable install needs none of it: layers and data are found beside the package.
        """
        if version == "editable":
            return
        build_data["force_include"] |= {name: f"geoapp/bundled/{name}" for name in ("layers", "data")}
        static = Path(self.root, "geoapp", "web", "static")
        printed = Path(self.root, "geoapp", "maps", "built", "made-from.txt")
        made = (static / "vendor" / "manifest.json", static / "built" / "made-from.txt", printed)
        if not all(path.exists() for path in made):
            sys.exit("The assets are not there, the wheel would show and print no map. Run `make assets` first.")
        sys.path.insert(0, _ROOT)
        try:
            from tools import translations  # noqa: PLC0415 - a build starts in any folder

            translations.compile_outdated()
        except ImportError:
            sys.exit("Babel is needed to compile the translations. Run `make assets` first, which does it.")
        except ValueError as error:
            sys.exit(f"The translations have faults:\n{error}")
        finally:
            sys.path.remove(_ROOT)
