"""The features of a layer, for the map and the API."""

from dataclasses import dataclass

from geoapp.catalog.model import Catalogue, Layer
from geoapp.core.permissions import VISITOR, Reader
from geoapp.errors import N_, InvalidRequest, NotFound
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.services.readers import Engines, get_layer, reading_layer
from geoapp.store.features import Features, read_features
from geoapp.store.subjects import get_park_id, get_zone_id
from geoapp.store.versions import read_version


@dataclass(frozen=True)
class FeatureRequest:
    """Features of one layer, of all parks and zones or of one. ``known_version``: the data that the caller has."""

    layer: str
    asked: Asked
    park: str | None = None
    zone: str | None = None
    known_version: str | None = None
    reader: Reader = VISITOR


@dataclass(frozen=True)
class FeatureAnswer:
    """The features and the version of the data they come from; no features where the caller has that version."""

    layer: Layer
    moment: Moment
    version: str
    features: Features | None


def find_feature(engines: Engines, catalogue: Catalogue, request: FeatureRequest, feature_id: str) -> FeatureAnswer:
    """One feature of a layer.

    Raises: NotFound - no such layer, or no such feature then; InvalidRequest - see the moment.
    """
    layer = get_layer(catalogue, request.layer, request.reader)
    with reading_layer(engines, layer, request.reader) as connection:
        version = read_version(connection)
        moment = choose_moment(connection, request.asked)
        at = {**moment.parameters, "park_id": None, "zone_id": None}
        found = read_features(connection, layer.sql, {name: at[name] for name in layer.parameters}, 1, feature_id)
    if found.count == 0:
        raise NotFound(
            N_("The layer %(layer)s has no feature %(feature)s on %(day)s."),
            layer=layer.id,
            feature=feature_id,
            day=moment.as_of,
        )
    return FeatureAnswer(layer, moment, version, found)


def find_features(engines: Engines, catalogue: Catalogue, request: FeatureRequest, *, most: int) -> FeatureAnswer:
    """The features of a layer, unless the caller has the present version of the data.

    Raises: NotFound - no such layer, park or zone; InvalidRequest - a moment without data, or more features than one
    answer holds (``most``).
    """
    layer = get_layer(catalogue, request.layer, request.reader)
    with reading_layer(engines, layer, request.reader) as connection:
        version = read_version(connection)
        moment = choose_moment(connection, request.asked)
        parameters = {
            **moment.parameters,
            "park_id": get_park_id(connection, request.park) if request.park else None,
            "zone_id": get_zone_id(connection, request.zone) if request.zone else None,
        }
        if version == request.known_version:
            return FeatureAnswer(layer, moment, version, None)
        features = read_features(connection, layer.sql, {name: parameters[name] for name in layer.parameters}, most)
    if features.count > most:
        raise InvalidRequest(
            N_("The layer %(layer)s has more than %(most)s features here. Ask for one park: ?park=…"),
            parameter="park",
            layer=layer.id,
            most=most,
        )
    return FeatureAnswer(layer, moment, version, features)
