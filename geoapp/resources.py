"""Where the layers and the data lie: beside the package in a checkout, inside it in an installed wheel."""

from pathlib import Path

from geoapp.errors import N_, ConfigError

_PACKAGE = Path(__file__).parent


def layers_dir() -> Path:
    """The folder of layer declarations. Raises: ConfigError - neither place has it."""
    return _find("layers")


def data_dir() -> Path:
    """The folder of the data that come with the program. Raises: ConfigError - neither place has it."""
    return _find("data")


def static_dir() -> Path:
    """The folder of scripts, styles and fonts as pages load them."""
    return _PACKAGE / "web" / "static"


def translations_dir() -> Path:
    """The folder of the texts in other languages than English."""
    return _PACKAGE / "web" / "translations"


def working_dir(var_dir: Path) -> Path:
    """The folder for the cluster and logs; a relative one counts from the checkout, or from where a wheel is used."""
    checkout = _PACKAGE.parent
    return (checkout if (checkout / "pyproject.toml").exists() else Path.cwd()) / var_dir


def imagery_dir(named: Path | None, var_dir: Path) -> Path:
    """The folder of registered pictures: the one that is named, else one in the working folder."""
    return named or working_dir(var_dir) / "imagery"


def evidence_dir(named: Path | None, var_dir: Path) -> Path:
    """The folder of photos of cases: the one that is named, else one in the working folder."""
    return named or working_dir(var_dir) / "evidence"


def _find(name: str) -> Path:
    places = (_PACKAGE / "bundled" / name, _PACKAGE.parent / name)
    for place in places:
        if place.is_dir():
            return place
    raise ConfigError(
        N_("The folder %(name)s was not found in %(places)s. Install the program again."),
        name=name,
        places=" or ".join(str(place) for place in places),
    )
