"""The folder ``layers/`` into a catalogue. Everything that is wrong in any file is told at once."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from geoapp.catalog import statement
from geoapp.catalog.declaration import Folder, read_layer
from geoapp.catalog.model import (
    DAYS_PARAMETERS,
    LEVEL_PARAMETERS,
    Catalogue,
    Days,
    Delivery,
    Label,
    Layer,
    Level,
    Refresh,
    View,
)
from geoapp.catalog.rules import check_layer
from geoapp.catalog.section import Section, is_name, nearest
from geoapp.errors import N_, CatalogError

CODES_FILE = "codes.toml"
GROUPS_FILE = "groups.toml"
LAYER_FILE = "layer.toml"
SQL_FILE = "layer.sql"
DAYS_SUFFIX = ".days.sql"


def load_catalogue(directory: Path) -> Catalogue:
    """Read all layers of a folder.

    Raises: CatalogError - with every fault of every file, each as "file: key: expected ..., found ...".
    """
    return _Reader(directory).read()


class _Reader:
    """Reads one folder, gathering faults on the way."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._faults: list[str] = []
        self._groups: dict[str, Label] = {}
        self._codes: dict[str, Mapping[str, Label]] = {}

    def read(self) -> Catalogue:
        """The catalogue, or all faults."""
        layers: list[Layer] = []
        if self._directory.is_dir():
            self._groups = self._read_groups()
            self._codes = self._read_codes()
            layers = [layer for path in self._layer_folders() if (layer := self._read_layer(path)) is not None]
            self._check_together(layers)
        else:
            self._faults.append(f"{self._directory.name}: expected a folder with layers, found nothing")
        if self._faults:
            raise CatalogError(
                N_("The map layers cannot be used: %(count)s fault(s). Mend the files named here and start again."),
                self._faults,
                count=len(self._faults),
            )
        places = list(self._groups)
        layers.sort(key=lambda layer: (places.index(layer.group), layer.order, layer.id))
        return Catalogue({layer.id: layer for layer in layers}, self._groups, self._codes)

    def _read_groups(self) -> dict[str, Label]:
        top = self._open(self._directory / GROUPS_FILE)
        groups = {name: top.required_label(name) for name in top.own_keys()} if top else {}
        for name in groups:
            if not is_name(name):
                self._note(GROUPS_FILE, name, "a name of lower-case letters, digits and underscores", repr(name))
        return groups

    def _read_codes(self) -> dict[str, Mapping[str, Label]]:
        top = self._open(self._directory / CODES_FILE)
        codes: dict[str, Mapping[str, Label]] = {}
        for name in top.own_keys() if top else ():
            part = top.section(name) if top else None
            if part is not None:
                codes[name] = {code: part.required_label(code) for code in part.own_keys()}
        return codes

    def _layer_folders(self) -> list[Path]:
        """Folders two levels down; anything else lying about is a fault, so that no layer is lost silently."""
        folders = []
        for group in sorted(path for path in self._directory.iterdir() if not path.name.startswith(".")):
            if group.is_dir():
                found = sorted(path for path in group.iterdir() if not path.name.startswith("."))
                if self._groups and group.name not in self._groups:
                    hint = nearest(group.name, list(self._groups))
                    self._note(group.name, "", f"a group of {GROUPS_FILE} ({hint})", repr(group.name))
                folders += [path for path in found if path.is_dir()]
                strays = [path for path in found if not path.is_dir()]
            else:
                strays = [] if group.name in {CODES_FILE, GROUPS_FILE} else [group]
            for stray in strays:
                self._note(self._place(stray), "", f"a folder with {LAYER_FILE} and {SQL_FILE}", "a file")
        return folders

    def _read_layer(self, path: Path) -> Layer | None:
        if not is_name(path.name):
            self._note(self._place(path), "", "a name of lower-case letters, digits and underscores", repr(path.name))
        sql = self._read_text(path / SQL_FILE)
        top = self._open(path / LAYER_FILE)
        if top is None:
            return None
        layer = read_layer(top, Folder(path.parent.name, path.name, path, sql or ""), self._codes)
        check_layer(layer, self._codes, top.fault)
        if sql is not None:
            place = self._name(path / SQL_FILE)
            found = statement.find_faults(sql, clocks=_clocks(layer))
            self._faults += [f"{place}: {fault}" for fault in found]
        levels = tuple(self._read_level(level, layer) for level in layer.levels)
        days = self._read_days(path / SQL_FILE)
        if days and layer.delivery is not Delivery.TILES:
            name = (path / SQL_FILE).with_suffix(DAYS_SUFFIX)
            self._note(self._place(name), "", f'this file only with delivery = "{Delivery.TILES}"', "it without")
        return replace(layer, levels=levels, days=days)

    def _read_level(self, level: Level, layer: Layer) -> Level:
        path = layer.path / f"{level.name}.sql"
        sql = self._read_text(path) if level.name else None
        if sql is None:
            return level
        found = statement.find_faults(sql, clocks=_clocks(layer), known=LEVEL_PARAMETERS)
        self._faults += [f"{self._name(path)}: {fault}" for fault in found]
        return replace(level, sql=sql, parameters=statement.parameters_of(sql), days=self._read_days(path))

    def _read_days(self, twin: Path) -> Days | None:
        """The file of all days beside a file of one day, where there is one."""
        path = twin.with_suffix(DAYS_SUFFIX)
        if not path.exists():
            return None
        sql = self._read_text(path) or ""
        found = statement.find_faults(sql, clocks=("known_at",), known=DAYS_PARAMETERS)
        self._faults += [f"{self._name(path)}: {fault}" for fault in found]
        return Days(sql, statement.parameters_of(sql))

    def _check_together(self, layers: list[Layer]) -> None:
        for one, other in combinations(layers, 2):
            if one.id == other.id:
                self._note(
                    self._place(other.path), "", f"a name of its own (also in group {one.group})", repr(other.id)
                )
        for view in View:
            first: dict[str, Layer] = {}
            for layer in (layer for layer in layers if view in layer.shown and layer.exclusive):
                before = first.setdefault(layer.exclusive or "", layer)
                if before is not layer:
                    told = f"one layer of '{layer.exclusive}' shown at first on the page {view} (there is {before.id})"
                    self._note(self._place(layer.path / LAYER_FILE), "shown", told, "another")

    def _open(self, path: Path) -> Section | None:
        text = self._read_text(path)
        if text is None:
            return None
        try:
            return Section(self._faults, self._name(path), "", tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            self._faults.append(f"{self._name(path)}: expected TOML, found a slip: {error}")
            return None

    def _read_text(self, path: Path) -> str | None:
        try:
            return path.read_text(encoding="utf-8").strip() + "\n"
        except FileNotFoundError:
            self._faults.append(f"{self._name(path)}: expected this file, found nothing")
        except UnicodeDecodeError:
            self._faults.append(f"{self._name(path)}: expected text in UTF-8, found other bytes")
        except OSError as error:
            self._faults.append(f"{self._name(path)}: expected a file that can be read, found: {error.strerror}")
        return None

    def _place(self, path: Path) -> str:
        return path.relative_to(self._directory).as_posix()

    def _name(self, path: Path) -> str:
        return f"{self._directory.name}/{self._place(path)}"

    def _note(self, place: str, key: str, expected: str, found: str) -> None:
        where = f"{self._directory.name}/{place}" + (f": {key}" if key else "")
        self._faults.append(f"{where}: expected {expected}, found {found}")


def _clocks(layer: Layer) -> tuple[str, ...]:
    """By what the SQL of a layer must ask: data that never change need no clock."""
    return () if layer.refresh is Refresh.NEVER else statement.CLOCKS
