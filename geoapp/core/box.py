"""A box on the map."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """West, south, east, north in degrees, EPSG:4326."""

    west: float
    south: float
    east: float
    north: float
