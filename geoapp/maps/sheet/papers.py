"""Sizes of paper."""

from collections.abc import Mapping

from geoapp.errors import N_, InvalidRequest
from geoapp.maps.sheet.model import Paper

# Millimetres, upright; ISO 216.
SIZES: Mapping[str, tuple[float, float]] = {
    "A4": (210.0, 297.0),
    "A3": (297.0, 420.0),
    "A2": (420.0, 594.0),
    "A1": (594.0, 841.0),
}


def get_paper(name: str, *, landscape: bool) -> Paper:
    """A paper by its name. Raises: InvalidRequest - it is none that is drawn on."""
    if name not in SIZES:
        raise InvalidRequest(
            N_("There is no paper %(paper)s. Choose one of %(known)s."),
            parameter="paper",
            paper=name[:40],
            known=", ".join(SIZES),
        )
    width, height = SIZES[name]
    return Paper(name, height, width) if landscape else Paper(name, width, height)


def check_paper(paper: Paper) -> None:
    """Raises: InvalidRequest - a paper of another size than its name says, such as 10 m x 10 m."""
    sides = tuple(sorted((paper.width_mm, paper.height_mm)))
    if SIZES.get(paper.name) != sides:
        raise InvalidRequest(
            N_("A paper of %(width)s x %(height)s mm cannot be drawn on. Choose one of %(known)s."),
            parameter="paper",
            width=f"{paper.width_mm:g}",
            height=f"{paper.height_mm:g}",
            known=", ".join(SIZES),
        )
