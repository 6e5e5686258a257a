# ruff: noqa: E501 - a table of messages reads best with one line each
"""Every kind of fault in a declaration is told with its file, its key, what was expected and what was found."""

from pathlib import Path

import pytest

from geoapp.catalog.load import load_catalogue
from geoapp.errors import CatalogError
from tests.catalog.layer_files import CATEGORY, GRADUATED, LAYER, SINGLE, SQL, add_layer

TOML = "layers/parks/first/layer.toml"
STATEMENT = "layers/parks/first/layer.sql"
LABEL = '{ vi = "x", en = "x" }'


def faults_of(folder: Path) -> list[str]:
    """The faults that loading a folder reports."""
    with pytest.raises(CatalogError) as caught:
        load_catalogue(folder)
    return list(caught.value.faults)


def broken(old: str, new: str, *, style: str = GRADUATED) -> str:
    """The sound layer with one text in place of another."""
    whole = LAYER + style
    assert old in whole
    return whole.replace(old, new, 1)


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        (broken("#112233", "blue"), "style.classes[0].fill: expected a colour like #1b2c3d, found 'blue'"),
        (broken("#112233", "#ABCDEF"), "style.classes[0].fill: expected a colour like #1b2c3d, found '#ABCDEF'"),
        (broken('access = "public"\n', ""), "access: expected one of public, internal, restricted, found nothing"),
        (
            broken('"polygon"', '"polygn"'),
            "geometry: expected one of point, line, polygon, mixed, found 'polygn'",
        ),
        (broken("order = 10\n", ""), "order: expected a whole number, found nothing"),
        (broken("order = 10", "order = 10.5"), "order: expected a whole number from 0 to 999, found 10.5"),
        (broken("order = 10", "order = true"), "order: expected a whole number from 0 to 999, found True"),
        (broken('views = ["province", "park"]\n', ""), "views: expected a list of pages, found nothing"),
        (broken('"park"]', '"park", "town"]'), "views[2]: expected one of province, zone, park, found 'town'"),
        (broken('shown = ["province"]', 'shown = ["zone"]'), "shown: expected only pages that are in views, found 'zone'"),
        (broken('"theme"', '"The Me"'), "exclusive: expected a name of lower-case letters, digits and underscores, found 'The Me'"),
        (
            broken("tooltip", "tooltips"),
            "tooltips: expected a known key (did you mean 'tooltip'?), found 'tooltips'",
        ),
        (broken(', en = "Test layer"', ""), "title.en: expected a text, found nothing"),
        (broken('"Test layer"', '""'), "title.en: expected a text, found ''"),
        (broken('{ vi = "Lớp thử", en = "Test layer" }', '"Lớp"'), "title: expected texts { vi = ..., en = ... }, found 'Lớp'"),
        (broken('en = "Test layer"', 'en = "x", fr = "x"'), "title.fr: expected a known key (known: vi, en), found 'fr'"),
        (broken('label = "name"', 'label = "nam"'), "label: expected a field of the layer (did you mean 'name'?), found 'nam'"),
        (broken('tooltip = ["share"]', 'tooltip = ["shre"]'), "tooltip[0]: expected a field of the layer (did you mean 'share'?), found 'shre'"),
        (broken('"share", "state"]', '"share", "stat"]'), "popup[1]: expected a field of the layer (did you mean 'state'?), found 'stat'"),
        (broken('"share", "state"]', '"share", "share"]'), "popup[1]: expected each name once, found 'share'"),
        (
            broken('tooltip = ["share"]', 'tooltip = ["share"]\nparts = ["share", "state"]'),
            "parts: expected a numerator and a denominator in one unit, found 'share, state'",
        ),
        (broken('tooltip = ["share"]', 'tooltip = "share"'), "tooltip: expected a list, found 'share'"),
        (
            broken("order = 10", "order = 10\nmin_zoom = 12\nmax_zoom = 9"),
            "min_zoom: expected a zoom up to max_zoom 9, found 12",
        ),
        (broken('codes = "state"', 'codes = "stat"'), "fields.state.codes: expected a list of codes.toml (did you mean 'state'?), found 'stat'"),
        (broken('codes = "state"', ""), "fields.state.codes: expected the name of a list in codes.toml, found nothing"),
        (
            broken("localized = true", 'localized = true\nunit = "ha"'),
            "fields.name.unit: expected this key only with type integer or number, found type text",
        ),
        (
            broken('type = "number"', 'type = "numbr"'),
            "fields.share.type: expected one of text, number, integer, date, boolean, code, found 'numbr'",
        ),
        (broken("[fields.share]", "[fields.geom]"), "fields.geom: expected a name that is not reserved, found 'geom'"),
        (broken("[fields.share]", "[fields.Share]"), "fields.Share: expected a name of lower-case letters, digits and underscores, found 'Share'"),
        (LAYER, "style: expected a table, found nothing"),
        (broken('kind = "graduated"', 'kind = "ramp"'), "style.kind: expected one of single, category, graduated, found 'ramp'"),
        (broken('field = "share"\n', ""), "style.field: expected the field that a graduated style shows, found nothing"),
        (broken('field = "share"', 'field = "state"'), "style.field: expected a field of type number or integer in a graduated style, found type code"),
        (broken('field = "share"', 'field = "shar"'), "style.field: expected a field of the layer (did you mean 'share'?), found 'shar'"),
        (broken("from = 1500.5", "from = 1600"), "style.classes[1].from: expected 1500.5, where the class before ends, found 1600"),
        (broken("to = 1500.5", "to = 0"), "style.classes[0]: expected a range with from below to, found 0 to 0"),
        (broken("to = 1500.5\n", ""), "style.classes[0].to: expected a number (only the ends may be open), found nothing"),
        (broken("from = 1500.5\n", ""), "style.classes[1].from: expected a number (only the ends may be open), found nothing"),
        (broken('fill = "#445566"', ""), "style.classes[1].fill: expected a fill or a stroke, found nothing"),
        (broken('dash = "6 4"', 'dash = "6,4"'), "style.classes[0].dash: expected a dash pattern like '6 4', found '6,4'"),
        (broken('pattern = "hatch"', 'pattern = "wavy"'), "style.no_data.pattern: expected one of none, hatch, cross, dots, found 'wavy'"),
        (broken('dash = "6 4"', "opacity = 2"), "style.classes[0].opacity: expected a number from 0 to 1, found 2"),
        (broken("at = 80, ", ""), "style.marks[0].at: expected a number, found nothing"),
        (
            LAYER + '[style]\nkind = "graduated"\nfield = "share"\n' + GRADUATED[GRADUATED.index("[[style.classes") :],
            "style.no_data: expected how features without a value are drawn, found nothing",
        ),
        (LAYER + '[style]\nkind = "single"\n', "style.classes: expected at least one class, found nothing"),
        (LAYER + SINGLE + f'[[style.classes]]\nlabel = {LABEL}\nfill = "#112233"\n', "style.classes[1]: expected one class in a single style, found another"),
        (broken('kind = "single"', 'kind = "single"\nfield = "share"', style=SINGLE), "style.field: expected nothing in a single style, found field"),
        (broken('value = "empty"', 'value = "emty"', style=CATEGORY), "style.classes[1].value: expected a code of the list state (did you mean 'empty'?), found 'emty'"),
        (broken('value = "empty"', 'value = "built"', style=CATEGORY), "style.classes[1].value: expected each code once (no_data is drawn by style.no_data), found 'built' again"),
        (broken('value = "empty"\nstroke', 'value = "built"\nstroke', style=CATEGORY), "style.classes: expected a class for every code of the list state, found none for 'empty'"),
        (broken('field = "state"', 'field = "share"', style=CATEGORY), "style.field: expected a field of type code in a category style, found type number"),
    ],
)  # fmt: skip
def test_a_fault_of_a_declaration_is_told_with_its_key(layers: Path, toml: str, fault: str) -> None:
    """The message names the file, the key, what was expected and what was found."""
    add_layer(layers, "parks/first", toml)
    assert f"{TOML}: {fault}" in faults_of(layers)


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        (f"{SQL}; SELECT 2", "expected one statement without a semicolon, found ';'"),
        (f"{SQL};", "expected one statement without a semicolon, found ';'"),
        ("DELETE FROM parks WHERE :as_of > :known_at", "expected a SELECT or WITH statement, found DELETE"),
        (f"WITH gone AS (DELETE FROM parks) {SQL}", "expected a statement that only reads, found DELETE"),
        ("", "expected a SELECT or WITH statement, found nothing"),
        (
            f"{SQL} WHERE slug = :parc_id",
            "expected only known parameters (did you mean 'park_id'?), found ':parc_id'; a plain colon is written '\\:'",
        ),
        (
            "SELECT 1 FROM parks_at(:as_of, now())",
            'expected the parameter :known_at (or refresh = "never"), found none',
        ),
    ],
)
def test_a_fault_of_the_sql_is_told(layers: Path, sql: str, fault: str) -> None:
    """What can be seen without a database is seen at start."""
    add_layer(layers, "parks/first", LAYER + GRADUATED, sql)
    assert f"{STATEMENT}: {fault}" in faults_of(layers)


DAYS = "SELECT id, valid FROM plots_over(:known_at) AS t"


@pytest.mark.parametrize(
    ("sql", "delivery", "fault"),
    [
        (DAYS, "features", 'expected this file only with delivery = "tiles", found it without'),
        (f"{DAYS} WHERE valid @> :as_of", "tiles", "expected only known parameters (known: known_at, park_id, box), found ':as_of'; a plain colon is written '\\:'"),
        ("SELECT id, valid FROM plots_over(now()) AS t", "tiles", 'expected the parameter :known_at (or refresh = "never"), found none'),
        (f"{DAYS};", "tiles", "expected one statement without a semicolon, found ';'"),
    ],
)  # fmt: skip
def test_a_fault_of_the_sql_of_all_days_is_told(layers: Path, sql: str, delivery: str, fault: str) -> None:
    """It has no day to ask by, and belongs to a layer that is drawn from tiles."""
    add_layer(layers, "parks/first", broken("order", f'delivery = "{delivery}"\norder'))
    (layers / "parks/first/layer.days.sql").write_text(sql, encoding="utf-8")
    assert f"layers/parks/first/layer.days.sql: {fault}" in faults_of(layers)


@pytest.mark.parametrize(
    "sql",
    [
        f"{SQL} WHERE 'a;b' <> 'DELETE' -- once; insert",
        f'{SQL} /* drop; */ WHERE "update" IS NULL',
        f"WITH p AS ({SQL}) SELECT id::text FROM p",
        f"{SQL} WHERE $$;call$$ <> ''",
    ],
)
def test_words_in_literals_and_comments_are_no_fault(layers: Path, sql: str) -> None:
    """Only what the database would run is judged."""
    add_layer(layers, "parks/first", LAYER + GRADUATED, sql)
    assert sql + "\n" == load_catalogue(layers).layers["first"].sql


def test_all_faults_of_all_files_are_told_at_once(layers: Path) -> None:
    """One round of mending is enough."""
    add_layer(layers, "parks/first", broken("#112233", "blue").replace("#445566", "red"), "SELECT 1;")
    add_layer(layers, "other/second", broken('"public"', '"open"'))
    told = faults_of(layers)
    assert {
        f"{TOML}: style.classes[0].fill",
        f"{TOML}: style.classes[1].fill",
        STATEMENT,
        "layers/other/second/layer.toml: access",
    } <= {fault.split(": expected")[0] for fault in told}


def test_a_stand_in_brings_no_faults_of_its_own(layers: Path) -> None:
    """One slip, one message."""
    add_layer(layers, "parks/first", broken('kind = "graduated"', 'kind = "ramp"'))
    assert 1 == len(faults_of(layers))


def test_toml_with_a_slip_is_told_with_its_line(layers: Path) -> None:
    """A file that is not TOML is named with the place of the slip."""
    (layers / "parks/first/layer.toml").write_text('title = "open\n', encoding="utf-8")
    (fault,) = faults_of(layers)
    assert fault.startswith(f"{TOML}: expected TOML, found a slip: ")
    assert "line 1" in fault


@pytest.mark.parametrize("name", ["layer.toml", "layer.sql"])
def test_a_missing_file_is_told(layers: Path, name: str) -> None:
    """A folder of a layer holds both files."""
    (layers / "parks/first" / name).unlink()
    assert f"layers/parks/first/{name}: expected this file, found nothing" in faults_of(layers)


def test_a_file_in_another_encoding_is_told(layers: Path) -> None:
    """Old Windows encodings are refused, not guessed."""
    (layers / "parks/first/layer.toml").write_bytes('title = "Lớp"'.encode("cp1258", "replace") + b"\xff")
    assert f"{TOML}: expected text in UTF-8, found other bytes" in faults_of(layers)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """A wrong path is not an empty catalogue."""
    assert ["layers: expected a folder with layers, found nothing"] == faults_of(tmp_path / "layers")


def test_a_group_must_be_declared(layers: Path) -> None:
    """A folder with a slip in its name would otherwise have no title."""
    add_layer(layers, "park/second", LAYER.replace("shown", "# shown") + SINGLE)
    assert "layers/park: expected a group of groups.toml (did you mean 'parks'?), found 'park'" in faults_of(layers)


def test_a_stray_file_is_told(layers: Path) -> None:
    """Nothing lies in the folder unread."""
    (layers / "parks/notes.txt").touch()
    assert ["layers/parks/notes.txt: expected a folder with layer.toml and layer.sql, found a file"] == faults_of(
        layers
    )


def test_an_id_belongs_to_one_layer(layers: Path) -> None:
    """Ids are names in addresses, so groups do not set them apart."""
    add_layer(layers, "other/first", LAYER.replace("shown", "# shown") + SINGLE)
    assert ["layers/parks/first: expected a name of its own (also in group other), found 'first'"] == faults_of(layers)


def test_an_id_is_a_plain_name(layers: Path) -> None:
    """Ids stand in addresses, HTML and SQL."""
    add_layer(layers, "other/Second-1", LAYER.replace("shown", "# shown") + SINGLE)
    (fault,) = faults_of(layers)
    assert (
        "layers/other/Second-1: expected a name of lower-case letters, digits and underscores, found 'Second-1'"
        == fault
    )


def test_two_layers_of_a_theme_cannot_both_be_shown_at_first(layers: Path) -> None:
    """Of the layers with the same word only one is on."""
    add_layer(layers, "other/second", LAYER + SINGLE)
    (fault,) = faults_of(layers)
    assert (
        "layers/parks/first/layer.toml: shown: expected one layer of 'theme' shown at first on the page province"
        " (there is second), found another" == fault
    )


def test_a_code_needs_both_languages(layers: Path) -> None:
    """A code list without an English word is refused at start."""
    codes = layers / "codes.toml"
    codes.write_text(codes.read_text(encoding="utf-8").replace(', en = "built"', ""), encoding="utf-8")
    assert "layers/codes.toml: state.built.en: expected a text, found nothing" in faults_of(layers)
