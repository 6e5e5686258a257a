"""Plants, readings and loads of the demonstration set."""

from datetime import date

import pandas as pd
import pytest

from tests.demo.conftest import LAST_DAY, Tables

PARAMETERS = {"ph", "cod", "bod5", "tss", "ammonium", "total_nitrogen", "total_phosphorus", "coliform"}


@pytest.fixture(scope="module")
def loads(demo: Tables, registry: Tables) -> pd.DataFrame:
    """Loads with the capacity of their plant."""
    plants = pd.concat([registry.all("wastewater_plants"), demo.at("wastewater_plants", LAST_DAY)])
    plants = plants.assign(subject=plants["park"] + "/" + plants["code"])
    capacity = pd.to_numeric(plants.set_index("subject")["capacity_m3_day"])
    frame = demo.figures("wastewater_load")
    return frame.assign(share=frame["value"] / frame["subject"].map(capacity))


def test_a_published_plant_is_left_as_it_was_published(demo: Tables, registry: Tables) -> None:
    """The set has no version of a plant of the registry: it would supersede what was published."""
    key = ["park", "code"]
    published = set(registry.all("wastewater_plants")[key].itertuples(index=False, name=None))
    assert published
    assert set() == published & set(demo.all("wastewater_plants")[key].itertuples(index=False, name=None))


def test_a_plant_stands_in_its_park_on_land_set_apart_for_it(demo: Tables) -> None:
    """The point of a plant lies in a DRA plot of its park."""
    plots = demo.at("plots", LAST_DAY)
    plots = plots[plots["use_code"] == "DRA"].set_index("park").geometry
    plants = demo.at("wastewater_plants", LAST_DAY)
    wrong = [row.park for row in plants.itertuples() if not plots[[row.park]].contains(row.geometry).any()]
    assert [] == wrong


def test_states_of_a_plant_go_forward(demo: Tables) -> None:
    """Planned, building, trial, operating; only suspension comes after."""
    rank = {"none": 0, "planned": 1, "building": 2, "trial": 3, "operating": 4, "suspended": 5}
    frame = demo.all("wastewater_plants").sort_values(["park", "valid_from"])
    assert (frame["state"].map(rank).groupby(frame["park"]).diff().dropna() >= 0).all()


def test_water_is_treated_only_by_a_plant_that_runs(demo: Tables) -> None:
    """Loads and readings fall into days on which the plant is on trial or in operation."""
    plants = demo.all("wastewater_plants")
    plants = plants[~plants["state"].isin(["trial", "operating"])]
    idle = {(row.park, row.code): (row.valid_from, row.valid_to or "9999") for row in plants.itertuples()}
    readings = demo.all("wastewater_readings")
    days = list(zip(readings["park"], readings["plant"], readings["measured_on"], strict=True))
    days += [
        (*subject.split("/"), day)
        for subject, day in demo.figures("wastewater_load")[["subject", "valid_on"]].itertuples(index=False)
    ]
    wrong = [
        (park, plant, day)
        for park, plant, day in days
        if idle.get((park, plant), ("9999", ""))[0] <= day < idle.get((park, plant), ("9999", ""))[1]
    ]
    assert [] == wrong


def test_one_plant_takes_in_more_than_it_is_built_for(loads: pd.DataFrame) -> None:
    """Overload is seen on the last day, in a plant or two, not everywhere."""
    last = loads[loads["valid_on"] == LAST_DAY.isoformat()]
    assert 1 <= (last["share"] > 1).sum() <= 2
    assert last["share"].max() < 1.4


def test_one_plant_is_suspended_and_one_has_no_permit(demo: Tables) -> None:
    """The two ways of not meeting the standard that are no question of readings."""
    plants = demo.at("wastewater_plants", LAST_DAY)
    assert 1 == (plants["state"] == "suspended").sum()
    assert 1 == ((plants["state"] == "operating") & (plants["permit_granted"] == "false")).sum()


def test_readings_have_the_usual_parameters(demo: Tables) -> None:
    """Eight at least, each month, for a plant that has readings at all."""
    assert set(demo.all("wastewater_readings")["parameter"]) >= PARAMETERS


def test_one_plant_sends_nothing_for_months(demo: Tables) -> None:
    """A gap of more than three months up to the last day in a plant that operates."""
    newest = demo.all("wastewater_readings").groupby("park")["measured_on"].max()
    operating = demo.at("wastewater_plants", LAST_DAY)
    operating = operating[operating["state"] == "operating"]["park"]
    silent = [slug for slug in operating if slug in newest and newest[slug] < date(2026, 7, 31).isoformat()]
    assert 1 == len(silent)


def test_some_exceedances_are_confirmed_and_some_not_examined(demo: Tables) -> None:
    """Confirmed, dismissed and open ones are there to tell apart."""
    assert {"true", "false", ""} == set(demo.all("wastewater_readings")["confirmed"])
