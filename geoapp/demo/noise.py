"""Chance over a grid: smooth noise of several sizes, and a number for each cell of a mosaic. The same every time."""

import numpy as np

Grid = np.ndarray
_TABLE = 1 << 16


class Chance:
    """Noise over some rows of a grid, from one seed: asked in the same order, the rows of one grid fit each other."""

    def __init__(self, whole: tuple[int, int], seed: int, rows: tuple[int, int] | None = None) -> None:
        self._whole = whole
        self._rows = rows or (0, whole[0])
        self.shape = (self._rows[1] - self._rows[0], whole[1])
        self._dice = np.random.default_rng(seed)
        self._grains = np.random.default_rng((seed, self._rows[0]))
        self._table = self._dice.random(_TABLE, dtype=np.float32)

    def smooth(self, pixels: float) -> Grid:
        """Noise between -1 and 1 whose hills are so many pixels apart."""
        rows, columns = (int(size / pixels) + 3 for size in self._whole)
        coarse = self._dice.random((rows, columns), dtype=np.float32) * 2 - 1
        return self.stretched(coarse)

    def rough(self, *pixels: float) -> Grid:
        """Noise of several sizes, the first one strongest."""
        total = self.smooth(pixels[0])
        for number, size in enumerate(pixels[1:], start=1):
            total += self.smooth(size) / 2**number
        return total

    def grain(self) -> Grid:
        """Noise of each pixel for itself, about one in size."""
        return self._grains.standard_normal(self.shape, dtype=np.float32)

    def of_cells(self, across: Grid, along: Grid, salt: int) -> Grid:
        """A number from 0 to 1 for each cell (whole numbers across and along)."""
        mixed = across * np.int32(73856093) ^ along * np.int32(19349663) ^ np.int32(salt * 8349279)
        return np.take(self._table, (mixed ^ (mixed >> 15)) & (_TABLE - 1))

    def stretched(self, coarse: Grid) -> Grid:
        """The rows of a coarse grid that is laid smoothly over the whole."""
        low, high = self._rows
        row, down = (part[low:high] for part in _places(coarse.shape[0], self._whole[0]))
        column, right = _places(coarse.shape[1], self._whole[1])
        first = row[0]
        few = coarse[first : row[-1] + 2]
        # Along the few rows first: then whole rows are taken, which is quick.
        wide = few[:, column] * (1 - right) + few[:, column + 1] * right
        found: Grid = wide[row - first]
        found += (wide[row - first + 1] - found) * down[:, None]
        return found


def blurred(mask: Grid, pixels: int, step: int) -> Grid:
    """The share of a mask within so many pixels around, of every so many pixels."""
    few = mask[::step, ::step].astype(np.float32)
    size = 2 * max(pixels // step, 1) + 1
    for axis in (0, 1, 0, 1):
        pads = [(size // 2 + 1, size // 2) if a == axis else (0, 0) for a in (0, 1)]
        total = np.cumsum(np.pad(few, pads, mode="edge"), axis=axis, dtype=np.float64)
        high = total.take(np.arange(size, total.shape[axis]), axis)
        few = ((high - total.take(np.arange(total.shape[axis] - size), axis)) / size).astype(np.float32)
    return few


def _places(few: int, many: int) -> tuple[Grid, Grid]:
    at = np.linspace(0, few - 1.001, many, dtype=np.float32)
    whole = at.astype(np.int32)
    part = at - whole
    return whole, part * part * (3 - 2 * part)
