"""The models as rows of the documented tables."""

import json
from collections.abc import Iterator
from datetime import date

from shapely.geometry.base import BaseGeometry

from geoapp.demo.figures import count_figures
from geoapp.demo.land_tables import note_of_plot
from geoapp.demo.park_model import ParkModel
from geoapp.demo.plane import geojson
from geoapp.demo.projects import Project
from geoapp.demo.recipe import Recipe
from geoapp.demo.timeline import History
from geoapp.demo.zone_areas import ZoneArea

Cell = str | float | int | bool | date | None
Row = dict[str, Cell]
# A row with its geometry as GeoJSON text.
Feature = tuple[Row, str]

_APPROXIMATE = "Ranh giới minh họa, gần đúng, chưa đo đạc."


def outline_rows(model: ParkModel, recipe: Recipe) -> Iterator[Feature]:
    """``park_outlines``; how far the outline lies from the published point is said in the note."""
    shift = round(model.outline.shift_m)
    moved = f" Dời {shift} m khỏi điểm đã công bố để không chồng lên khu khác hoặc ra ngoài đất liền." if shift else ""
    row: Row = {
        "park": model.slug,
        "approximate": True,
        "valid_from": recipe.first_day,
        "note": f"{_APPROXIMATE} Hình dạng giả định, diện tích bằng diện tích đã công bố.{moved}",
    }
    yield row, _text(model.outline.shape)


def plot_rows(model: ParkModel, recipe: Recipe) -> Iterator[Feature]:
    """``plots``: a version for each state."""
    for plot in model.plots:
        place = _text(model.outline.out(plot.shape))
        for day, state in model.plot_states[plot.code].versions(recipe.first_day, recipe.last_day):
            yield (
                {
                    "park": model.slug,
                    "code": plot.code,
                    "block": plot.block,
                    "use_code": plot.use,
                    "state": state,
                    "approximate": True,
                    "valid_from": day,
                },
                place,
            )


def project_rows(model: ParkModel, recipe: Recipe) -> Iterator[Row]:
    """``projects``: a version for each state."""
    for project in _let(model, recipe):
        history = History(None, project.events)
        for day, state in history.versions(recipe.first_day, recipe.last_day):
            if state is not None:
                yield {
                    "code": project.code,
                    "name": project.name,
                    "park": model.slug,
                    "zone": model.outline.park.zone,
                    "investor": project.investor,
                    "sector": project.sector,
                    "land_ha": round(project.land_ha, 2),
                    "capital_vnd_bn": project.capital_vnd_bn,
                    "licensed_on": project.licensed_on,
                    "state": state,
                    "valid_from": day,
                    "note": "Dự án minh họa, không có thật.",
                }


def project_plot_rows(model: ParkModel, recipe: Recipe) -> Iterator[Row]:
    """``project_plots``: from the handover on site on, or from the first day of the set; the note has the day."""
    for project in _let(model, recipe):
        for plot in project.plots:
            yield {
                "project": project.code,
                "park": model.slug,
                "plot": plot.code,
                "valid_from": max(project.leased_on, recipe.first_day),
                "note": note_of_plot(model, project),
            }


def clearance_rows(model: ParkModel, recipe: Recipe) -> Iterator[Feature]:
    """``clearance_areas``: a version for each stage, payment and obstacle."""
    for area in model.areas:
        place = _text(model.outline.out(area.shape))
        for day, now in area.history.versions(recipe.first_day, recipe.last_day):
            row: Row = {
                "park": model.slug,
                "code": area.code,
                "stage": now.stage,
                "obstacle": now.obstacle,
                "obstacle_note": now.note,
                "households": area.households,
                "households_paid": now.paid,
                "approximate": True,
                "valid_from": day,
            }
            yield row, place


def infrastructure_rows(model: ParkModel, recipe: Recipe) -> Iterator[Feature]:
    """``infrastructure_items``: a version for each change, by quarters while works go on."""
    phased = any(area.planned for area in model.areas) and not all(area.planned for area in model.areas)
    for number, item in enumerate(model.items, start=1):
        place = _text(model.outline.out(item.shape))
        for day, now in item.history.versions(recipe.first_day, recipe.last_day):
            row: Row = {
                "park": model.slug,
                "code": f"HT-{number:02d}",
                "kind": item.kind,
                "name_vi": item.name_vi,
                "name_en": item.name_en,
                "state": now.state,
                "progress_pct": now.per_cent,
                "planned_value_vnd_bn": item.value_vnd_bn,
                "approximate": True,
                "valid_from": day,
                "note": "Phần của giai đoạn đang triển khai." if phased else "",
            }
            yield row, place


def plant_rows(model: ParkModel, recipe: Recipe) -> Iterator[Feature]:
    """``wastewater_plants``: a version for each state and permit; the code is that of the registry."""
    plant, park = model.plant, model.outline.park
    if plant.published:
        return
    place = _text(model.outline.out(plant.place))
    for day, now in plant.history.versions(recipe.first_day, recipe.last_day):
        permit = plant.permit(now)
        row: Row = {
            "park": model.slug,
            "code": "TT",
            "name_vi": f"Nhà máy xử lý nước thải tập trung {park.name_vi}",
            "name_en": f"{park.short_name} central wastewater treatment plant",
            "state": now.state,
            "capacity_m3_day": plant.capacity_m3_day,
            "discharge_column": plant.column if permit.granted else None,
            "kq": plant.kq if permit.granted else None,
            "kf": plant.kf if permit.granted else None,
            "permit_granted": permit.granted,
            "permit_no": permit.number,
            "permit_from": permit.first,
            "permit_to": permit.last,
            "monitoring_connected": plant.connected,
            "expected_on": plant.expected_on(day),
            "approximate": True,
            "valid_from": day,
        }
        yield row, place


def norm_rows(recipe: Recipe) -> Iterator[Row]:
    """``wastewater_norms`` of land uses and sectors; the general one is no part of the demonstration."""
    for norm in recipe.norms:
        yield {
            "code": norm["code"],
            "use_code": norm.get("use_code"),
            "sector": norm.get("sector"),
            "name_vi": norm["name_vi"],
            "name_en": norm["name_en"],
            "m3_ha_day": norm["m3_ha_day"],
            "assumed": True,
            "valid_from": recipe.first_day,
            "note": "Định mức minh họa, không lấy từ văn bản nào.",
        }


def permit_limit_rows(model: ParkModel) -> Iterator[Row]:
    """``permit_limits`` of permits that name their limits themselves."""
    if model.plant.names_limits_from:
        for parameter, upper in model.plant.limits.items():
            yield {
                "park": model.slug,
                "plant": "TT",
                "parameter": parameter,
                "lower": 5.5 if parameter == "ph" else None,
                "upper": upper,
                "valid_from": model.plant.names_limits_from,
            }


def reading_rows(model: ParkModel) -> Iterator[Row]:
    """``wastewater_readings``."""
    for reading in model.readings:
        yield {
            "park": model.slug,
            "plant": "TT",
            "measured_on": reading.on,
            "parameter": reading.parameter,
            "value": reading.value,
            "confirmed": reading.confirmed,
        }


def observation_rows(model: ParkModel, recipe: Recipe) -> Iterator[Row]:
    """``observations``."""
    for figure in count_figures(model, recipe):
        yield {
            "subject_kind": "plant" if figure.of_plant else "park",
            "subject": f"{model.slug}/TT" if figure.of_plant else model.slug,
            "indicator": figure.indicator,
            "valid_on": figure.on,
            "date_precision": "month",
            "value": figure.value,
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "method": figure.method,
        }


def zone_area_rows(areas: list[ZoneArea], first_day: date) -> Iterator[Feature]:
    """``zone_areas``, from ``first_day`` on."""
    for area in areas:
        row: Row = {
            "zone": area.zone,
            "code": area.code,
            "name_vi": area.name_vi,
            "name_en": area.name_en,
            "function": area.function,
            "approximate": True,
            "valid_from": first_day,
            "note": f"{_APPROXIMATE} Vị trí và quy mô giả định; quy hoạch chung chưa được phê duyệt.",
        }
        yield row, _text(area.shape)


def _let(model: ParkModel, recipe: Recipe) -> list[Project]:
    """Projects that hold their land by the last day; the others have only reserved it."""
    return [project for project in model.projects if project.leased_on <= recipe.last_day]


def _text(shape: BaseGeometry) -> str:
    return json.dumps(geojson(shape))
