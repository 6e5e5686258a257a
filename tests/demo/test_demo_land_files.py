"""Land files of the demonstration: one for each project, at one with the plots, nothing after the last day."""

from tests.demo.conftest import LAST_DAY, Tables

HAPPENED = ("happened_on", "document_on", "announced_on", "record_on", "report_on")


def test_every_project_has_a_file(demo: Tables) -> None:
    """No demonstration project is without events."""
    assert set(demo.all("projects")["code"]) == set(demo.all("land_events")["project"])


def test_nothing_has_happened_after_the_last_day(demo: Tables) -> None:
    """Deadlines may lie ahead, events may not."""
    frame = demo.all("land_events")
    assert {} == {name: late for name in HAPPENED if (late := int((frame[name] > LAST_DAY.isoformat()).sum()))}


def test_the_codes_of_a_file_follow_its_days(demo: Tables) -> None:
    """Read in the order of their codes, the events of a file are in the order of their days."""
    frame = demo.all("land_events")
    dated = frame[frame["happened_on"] != ""].sort_values(["project", "code"])
    assert dated.groupby("project")["happened_on"].apply(lambda days: days.is_monotonic_increasing).all()


def test_land_on_which_nothing_stands_is_not_begun(demo: Tables) -> None:
    """A project begins its works when its plots become building sites."""
    events = demo.all("land_events")
    begun = set(events[events["kind"] == "construction_start"]["project"])
    held = demo.at("project_plots", LAST_DAY).merge(
        demo.at("plots", LAST_DAY), left_on=["park", "plot"], right_on=["park", "code"]
    )
    assert set(held[held["state"].isin(["building", "operating"])]["project"]) == begun


def test_completed_projects_operate(demo: Tables) -> None:
    """All items are complete where all plots are in operation."""
    events = demo.all("land_events")
    completed = set(events[events["kind"] == "completion"]["project"])
    projects = demo.at("projects", LAST_DAY)
    assert set(projects[projects["state"] == "operating"]["code"]) == completed


def test_the_portions_of_a_project_share_its_plots(demo: Tables) -> None:
    """Each plot of a project with portions lies in just one of them."""
    portions, held = demo.all("land_portions"), demo.at("project_plots", LAST_DAY)
    assert len(portions) > 0
    for code, rows in portions.groupby("project"):
        shared = [plot for cell in rows["plots"] for plot in cell.split(";")]
        assert sorted(held[held["project"] == code]["plot"]) == sorted(shared)
