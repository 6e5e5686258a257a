"""Reflectances of the demonstration picture: a delta coast in October, painted over the kinds of ground."""

import numpy as np

from geoapp.demo.noise import Chance, Grid, blurred
from geoapp.demo.scene import Ground, Scene

BANDS = ("blue", "green", "red", "nir")
SCALE = 10_000
"""A reflectance of 1 is this; 0 means no data."""

# Reflectance in the bands, of the usual size for Sentinel-2 over such ground.
_LOOKS = {
    "deep": (0.070, 0.070, 0.046, 0.014),
    "shallow": (0.094, 0.118, 0.096, 0.030),
    "silt": (0.098, 0.126, 0.126, 0.050),
    "mud": (0.104, 0.120, 0.128, 0.120),
    "beach": (0.150, 0.178, 0.198, 0.245),
    "mangrove": (0.028, 0.048, 0.034, 0.245),
    "pond": (0.062, 0.076, 0.062, 0.032),
    "salt": (0.128, 0.142, 0.140, 0.120),
    "green": (0.036, 0.070, 0.040, 0.330),
    "ripe": (0.052, 0.092, 0.078, 0.300),
    "stubble": (0.074, 0.098, 0.112, 0.205),
    "flooded": (0.064, 0.080, 0.070, 0.075),
    "trees": (0.034, 0.058, 0.042, 0.280),
    "roofs": (0.104, 0.116, 0.122, 0.190),
    "halls": (0.190, 0.200, 0.208, 0.250),
    "street": (0.118, 0.128, 0.140, 0.170),
    "bare": (0.112, 0.146, 0.186, 0.262),
    "sand": (0.158, 0.188, 0.216, 0.272),
    "lawn": (0.044, 0.078, 0.056, 0.290),
    "cloud": (0.560, 0.560, 0.570, 0.580),
}
_NUMBERS = {look: number for number, look in enumerate(_LOOKS)}
# What grows in a field, by how ripe it is.
_CROPS, _RIPE = ("green", "ripe", "stubble", "flooded"), (0.36, 0.60, 0.80)
# The sea is smooth: it is painted from every fourth pixel.
_COARSE = 4
_STRIP = 192
# The farmland lies turned by so many radians; blocks, fields and rows of villages in pixels of 10 m.
_TURN = 0.21
_BLOCK = (46.0, 84.0)
_FIELD = (3.6, 12.0)
_VILLAGE_EVERY = 132.0
_THICK = 0.62


def paint(scene: Scene, ground: Grid) -> Grid:
    """The picture as (bands, rows, columns) of 16-bit numbers. Args: ground - the kind of ground of each pixel."""
    whole = (scene.height, scene.width)
    shore = blurred(ground != Ground.SEA, 90, _COARSE)
    sea = _sea(scene.seed, shore)
    clouds = _clouds(scene, (shore.shape[0], shore.shape[1]))
    numbers = np.empty((len(BANDS), *whole), dtype=np.uint16)
    # In strips: what a strip needs stays in the cache of the processor.
    for top in range(0, scene.height, _STRIP):
        rows = (top, min(top + _STRIP, scene.height))
        strip = _Strip(Chance(whole, scene.seed, rows), ground[slice(*rows)], shore, top)
        strip.paint(sea, clouds, numbers[:, slice(*rows)])
    return numbers


class _Strip:
    """Some rows of the picture."""

    def __init__(self, chance: Chance, ground: Grid, shore: Grid, top: int) -> None:
        self._chance = chance
        self._is_land = ground != Ground.SEA
        self._plan = _Plan(chance.shape)
        _plan_farmland(self._plan, chance, self._is_land, chance.stretched(shore), top)
        self._plan.lay("silt", ground == Ground.CHANNEL, 0.10 * chance.rough(120, 30))
        _plan_parks(self._plan, chance, ground)

    def paint(self, sea: list[Grid], clouds: Grid, numbers: Grid) -> None:
        """Write the numbers of all bands: what is planned for the land, sea, clouds, and a grain over all."""
        chance = self._chance
        thickness = chance.stretched(clouds) + 0.05 * chance.smooth(5)
        veil = np.clip(thickness * 1.5, 0, 1) * 0.9
        light = (1 + self._plan.light * self._is_land) * (1 + 0.025 * chance.grain())
        for number, out in enumerate(numbers):
            looks = np.array([look[number] for look in _LOOKS.values()], dtype=np.float32)
            value = np.where(self._is_land, looks[self._plan.looks], chance.stretched(sea[number])) * light
            value += (_LOOKS["cloud"][number] - value) * veil
            out[:] = np.clip(value * SCALE + (9 + number) * chance.grain(), 1, 12_000)
            out[thickness > _THICK] = 0


class _Plan:
    """Which look each pixel of the land has, and by how much it is lighter or darker."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self.looks = np.zeros(shape, dtype=np.uint8)
        self.light = np.zeros(shape, dtype=np.float32)

    def lay(self, look: str, where: Grid, light: Grid | float = 0.0) -> None:
        """Lay a look over where it is."""
        self.looks[where] = _NUMBERS[look]
        np.copyto(self.light, light, where=where)


def _sea(seed: int, near: Grid) -> list[Grid]:
    """The bands of the sea, of every fourth pixel: deep water, silt towards the coast, flats that fall dry."""
    coarse = Chance((near.shape[0], near.shape[1]), seed + 1)
    drift = coarse.rough(105, 40, 15, 6)
    shares = {
        "shallow": np.clip(near * 3.2 + 0.28 * drift + 0.16, 0, 1),
        "silt": np.clip(near * 3.0 - 0.42 + 0.36 * drift, 0, 1) * 0.8,
        "mud": np.clip((near - 0.42 + 0.10 * drift) * 14, 0, 1) * 0.85,
    }
    bands = []
    for number, _ in enumerate(BANDS):
        value = np.full(near.shape, _LOOKS["deep"][number], dtype=np.float32)
        for look, share in shares.items():
            value += (_LOOKS[look][number] - value) * share
        bands.append(value)
    return bands


def _plan_farmland(plan: _Plan, chance: Chance, is_land: Grid, shore: Grid, top: int) -> None:
    """Paddies in strips between canals, villages in rows, ponds and mangrove behind the dyke."""
    rows, columns = (line.astype(np.float32) for line in np.ogrid[: chance.shape[0], : chance.shape[1]])
    rows += top
    bend = chance.rough(260, 80) * 14
    across = columns * np.float32(np.cos(_TURN)) + rows * np.float32(np.sin(_TURN)) + bend
    along = rows * np.float32(np.cos(_TURN)) - columns * np.float32(np.sin(_TURN)) + bend
    block = (_cell(across, _BLOCK[0]), _cell(along, _BLOCK[1]))
    field = (_cell(across, _FIELD[0]), _cell(along, _FIELD[1]))
    ripeness = chance.of_cells(*block, 1) * 0.5 + chance.of_cells(*field, 2) * 0.5 + 0.16 * chance.smooth(300)
    plan.looks[:] = np.array([_NUMBERS[look] for look in _CROPS], dtype=np.uint8)[np.digitize(ripeness, _RIPE)]
    plan.light[:] = (chance.of_cells(*field, 3) - 0.5) * 0.2
    patchy = chance.smooth(90)
    wet = is_land & (shore < 0.86 + 0.06 * patchy)
    pond_light = (chance.of_cells(_cell(across, 9), _cell(along, 14), 4) - 0.5) * 0.5
    plan.lay("pond", wet, pond_light)
    plan.lay("salt", wet & (chance.of_cells(*block, 5) > 0.76), pond_light * 0.5)
    plan.lay("stubble", wet & ((np.mod(across, 9) < 1.1) | (np.mod(along, 14) < 1.1)))
    plan.lay("mangrove", is_land & (shore < 0.60 + 0.08 * patchy), 0.2 * chance.smooth(6))
    plan.lay("beach", is_land & (shore < 0.53 + 0.02 * patchy))
    _plan_lines(plan, chance, is_land & ~wet, across, along)


def _plan_lines(plan: _Plan, chance: Chance, dry: Grid, across: Grid, along: Grid) -> None:
    """Canals and lanes between blocks, and villages along some of them: roofs and trees in each other's shade."""
    plan.lay("flooded", dry & (np.mod(across, _BLOCK[0]) < 1.6))
    plan.lay("street", dry & (np.mod(along, _BLOCK[1]) < 1.3))
    fray = chance.smooth(45)
    near = np.abs(np.mod(across + 6 * fray, _VILLAGE_EVERY) - _VILLAGE_EVERY / 2)
    village = dry & (near < 13 + 9 * fray) & (chance.smooth(95) > -0.32)
    roofs = chance.smooth(2.1) + 0.4 * chance.smooth(5)
    plan.lay("trees", village, 0.25 * roofs + 0.1)
    plan.lay("roofs", village & (roofs > 0.15), 0.15 * roofs - 0.1)
    plan.lay("street", village & (near < 0.8))


def _plan_parks(plan: _Plan, chance: Chance, ground: Grid) -> None:
    """Bare ground where land is cleared, streets, halls where firms are at work."""
    patches = chance.rough(40, 12, 5)
    plan.lay("bare", (ground == Ground.BARE) | (ground == Ground.OPEN_PLOT), 0.16 * patches)
    plan.lay("lawn", (ground == Ground.OPEN_PLOT) & (patches > 0.35), 0.1 * patches)
    plan.lay("street", ground == Ground.STREET)
    plan.lay("sand", ground == Ground.BUILDING_SITE, 0.2 * patches)
    built = ground == Ground.BUILT
    plan.lay("street", built, 0.1 * patches)
    plan.lay("halls", built & (chance.smooth(7) + 0.3 * patches > -0.1), 0.2 * patches)
    plan.lay("lawn", ground == Ground.GREEN, 0.1 * patches)
    plan.lay("pond", ground == Ground.POND)


def _clouds(scene: Scene, shape: tuple[int, int]) -> Grid:
    """How thick the clouds are, of every fourth pixel: 1 in their middles, 0 beyond their frayed edges."""
    pixel = scene.pixel_m * _COARSE
    frayed = 0.42 * Chance(shape, scene.seed + 2).rough(11, 4, 1.6)
    rows, columns = np.ogrid[: shape[0], : shape[1]]
    total = np.zeros(shape, dtype=np.float32)
    for cloud in scene.clouds:
        down, right = rows - (scene.north - cloud.y) / pixel, columns - (cloud.x - scene.west) / pixel
        away = np.hypot(down, right * 0.8) / (cloud.radius_m / pixel)
        total += np.clip(1.15 - away + frayed, 0, 1) * np.clip(1.6 - away, 0, 1)
    return total


def _cell(values: Grid, size: float) -> Grid:
    found: Grid = np.floor(values * np.float32(1 / size)).astype(np.int32)
    return found
