"""Which class of its layer each feature has: the same rules as on screen (web/static/map/style.js)."""

import geopandas
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geoapp.catalog.model import Layer, StyleKind
from geoapp.maps.style import classes_of


def classify(layer: Layer, frame: geopandas.GeoDataFrame) -> NDArray[np.int64]:
    """The place of each row's class in ``classes_of(layer)``; what is not known has the last one."""
    style, count = layer.style, len(classes_of(layer))
    if style.kind is StyleKind.SINGLE or style.field is None:
        return np.zeros(len(frame), dtype=np.int64)
    found = np.full(len(frame), count - 1, dtype=np.int64)
    values = frame[style.field]
    if style.kind is StyleKind.CATEGORY:
        place = {one.value: i for i, one in enumerate(style.classes)}
        return np.array([place.get(value, count - 1) for value in values], dtype=np.int64)
    numbers = pd.to_numeric(values).to_numpy(dtype=np.float64, na_value=np.nan)
    last = len(style.classes) - 1
    for i, one in enumerate(style.classes):
        within = np.ones(len(numbers), dtype=bool) if one.lower is None else numbers >= one.lower
        if one.upper is not None:
            within &= (numbers <= one.upper) if i == last else (numbers < one.upper)
        found[within & ~np.isnan(numbers)] = i
    return found
