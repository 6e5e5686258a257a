"""Who may take which layer away on paper: the class of a layer is obeyed in every file."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.staff import MARK, SECRET_LAYERS

INTERNAL = "/sheets/province/map.svg?layers=land,secret_internal&language=vi"
RESTRICTED = "/sheets/province/map.svg?layers=land,secret_restricted"
COLOUR = "#123456"
"""In which the layers that are not public are drawn."""
WHO = [
    (None, INTERNAL, 400), ("viewer", INTERNAL, 403), ("planner", INTERNAL, 200), ("inspector", INTERNAL, 200),
    ("admin", INTERNAL, 403), ("planner", RESTRICTED, 400), ("head", RESTRICTED, 200),
]  # fmt: skip


@pytest.mark.parametrize(("who", "address", "status"), WHO, ids=[f"{who}-{address[28:50]}" for who, address, _ in WHO])
def test_a_layer_leaves_with_whom_it_may(
    site: Flask, browsers: dict[str, FlaskClient], who: str | None, address: str, status: int
) -> None:
    """For a visitor it does not exist; who may only look is told so; who takes it has its class on the sheet."""
    client = browsers[who] if who else site.test_client()
    answer = client.get(address)
    assert status == answer.status_code
    if status == 200:
        assert "private, no-store" == answer.headers["Cache-Control"]
    assert (status == 200) is (COLOUR in answer.get_data(as_text=True))


def test_the_class_is_printed(browsers: dict[str, FlaskClient]) -> None:
    """A sheet with an internal layer says that it is internal."""
    told = browsers["planner"].get(INTERNAL).get_data(as_text=True)
    assert "nội bộ" in told


def test_a_map_in_one_file_holds_no_more_than_its_class(browsers: dict[str, FlaskClient]) -> None:
    """Public by itself, also for those who may see more; with all internal layers where that is asked for."""
    client = browsers["inspector"]
    plain = client.get("/sheets/province/map.html?access=public&layers=land,secret_internal").get_data(as_text=True)
    more = client.get("/sheets/province/map.html?access=internal").get_data(as_text=True)
    assert [] == [name for name in (MARK, *SECRET_LAYERS) if name in plain]
    assert ["secret_internal"] == [name for name in SECRET_LAYERS if name in more]


def test_a_class_above_ones_rights_is_refused(site: Flask, browsers: dict[str, FlaskClient]) -> None:
    """A viewer may look at internal layers, and not take them; a visitor gets what is public."""
    assert 403 == browsers["viewer"].get("/sheets/province/map.html?access=internal").status_code
    seen = site.test_client().get("/sheets/province/map.html?access=restricted").get_data(as_text=True)
    assert [] == [name for name in (MARK, *SECRET_LAYERS) if name in seen]


def test_the_form_names_just_the_layers_of_the_reader(site: Flask, browsers: dict[str, FlaskClient]) -> None:
    """A layer that a reader may not see is not in the list either."""
    seen = {
        who: [name for name in SECRET_LAYERS if name in client.get("/sheets/province").get_data(as_text=True)]
        for who, client in (("visitor", site.test_client()), ("planner", browsers["planner"]))
    }
    assert {"visitor": [], "planner": ["secret_internal"]} == seen
