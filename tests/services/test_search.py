"""What is found for a text, and in which order."""

from datetime import date

import pytest
from sqlalchemy import Engine

from geoapp.core.words import fold
from geoapp.errors import InvalidRequest
from geoapp.services.moment import Asked
from geoapp.services.search import Found, find

NOW = Asked(None, None, date(2026, 11, 1))


def found(engine: Engine, text: str, most: int = 6) -> Found:
    """The finds of today."""
    return find(engine, text, NOW, most)


def names(answer: Found, kind: str) -> list[str]:
    """The Vietnamese names of one kind, in order."""
    return [row.name_vi for group in answer.groups if group.kind == kind for row in group.finds]


@pytest.mark.parametrize(
    "text", ["khanh phu", "Khánh Phú", "KHANH PHU", "  khánh   phú ", "KCN Khánh Phú", "Kha\u0301nh Phu\u0301"]
)
def test_a_park_is_found_however_it_is_typed(map_engine: Engine, text: str) -> None:
    """With and without accents, in any case, composed or not; the park before all else."""
    answer = found(map_engine, text)
    assert ("park", ["KCN Khánh Phú"]) == (answer.groups[0].kind, names(answer, "park"))


@pytest.mark.parametrize("text", ["kim bang iv", "Kim Bảng IV"])
def test_a_park_is_found_by_another_name(map_engine: Engine, text: str) -> None:
    """Kim Bảng 4 is also written Kim Bảng IV."""
    assert ["KCN Kim Bảng 4"] == names(found(map_engine, text), "park")


def test_accents_that_are_typed_are_meant(map_engine: Engine) -> None:
    """Of communes that differ in accents only, the one that is typed comes first."""
    for text in ("Yên Mô", "yên mô", "Nam Ninh"):
        first = names(found(map_engine, text, 50), "commune")[0]
        assert text.lower() in first.lower()


def test_a_plot_is_found_by_park_and_code(map_engine: Engine) -> None:
    """Words of the park, then the code; the code alone finds it in every park."""
    plots = [
        row for group in found(map_engine, "bao minh a1-02", 50).groups if group.kind == "plot" for row in group.finds
    ]
    assert ["bao-minh/A1-02"] == [row.id for row in plots if row.place == "bao-minh"]
    (everywhere,) = [group for group in found(map_engine, "a1-0", 50).groups if group.kind == "plot"]
    assert everywhere.of_all > 1


def test_an_investor_leads_to_its_projects(map_engine: Engine) -> None:
    """Found by name, with as many projects as it has."""
    answer = found(map_engine, "nhà đầu tư minh họa 01")
    (investor,) = [row for group in answer.groups if group.kind == "investor" for row in group.finds if row.rank == 0]
    assert int(investor.about_vi) >= 1
    assert names(answer, "project")


def test_nothing_is_found_of_another_day(map_engine: Engine) -> None:
    """What was not known then is not found."""
    with pytest.raises(InvalidRequest):
        find(map_engine, "khanh phu", Asked(date(2000, 1, 1), None, date(2026, 11, 1)))


@pytest.mark.parametrize("text", ["%", "_", "\\", "a%b"])
def test_signs_of_the_database_are_only_signs(map_engine: Engine, text: str) -> None:
    """They stand for themselves."""
    assert [] == list(found(map_engine, text).groups)


def test_a_slip_finds_what_is_spelt_alike(map_engine: Engine) -> None:
    """And says that it does not fit."""
    answer = found(map_engine, "kanh phu")
    assert (True, "KCN Khánh Phú") == (answer.alike, names(answer, "park")[0])


@pytest.mark.parametrize("text", ["", "\u0301", "   ", "\0", "x" * 101])
def test_nothing_and_too_much_are_refused(map_engine: Engine, text: str) -> None:
    """By the name of the parameter."""
    with pytest.raises(InvalidRequest, match="q: expected 1 to 100"):
        found(map_engine, text)


def test_folding_here_is_folding_there(map_engine: Engine) -> None:
    """The program and the database take accents off in the same way."""
    text = "Đồng Văn – ƯỚC Ỗ Ỵ ấẬ ß"
    with map_engine.connect() as connection:
        assert fold(text) == connection.exec_driver_sql("SELECT fold(%s)", (text,)).scalar()
