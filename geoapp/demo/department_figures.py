"""Monthly figures of the departments, and what was told of tasks: made up, from the recipe, the same each time."""

import hashlib
import random
from collections.abc import Iterator
from datetime import date
from typing import Any

from geoapp.core.plan_kinds import FigureKind, FigureState
from geoapp.demo.recipe import Recipe
from geoapp.demo.timeline import month_ends

Cell = str | float | int | bool | date | None
Row = dict[str, Cell]
_YEAR = 12


def department_figure_rows(recipe: Recipe) -> Iterator[Row]:
    """``department_figures``: every month of the set but those that were never reported."""
    told = recipe.table("department_figures")
    months = [day.replace(day=1) for day in month_ends(recipe.first_day, recipe.last_day)]
    for code, item in told["indicators"].items():
        dice = _dice(recipe, code)
        for place, month in enumerate(months):
            value, numerator, denominator = _figure(item, place, len(months), month, dice)
            if month in item["missing"]:
                continue
            state = FigureState.APPROVED if month <= told["approved_to"] else FigureState.SUBMITTED
            yield _row(code, month, FigureKind.ACTUAL, state, (value, numerator, denominator))
        if code in told["estimates"]:
            guess = _stepped(value * dice.uniform(*told["estimate_factor"]), item["step"])
            yield _row(code, months[-1], FigureKind.ESTIMATE, FigureState.APPROVED, (guess, None, None))


def task_update_rows(recipe: Recipe) -> Iterator[Row]:
    """``task_updates``."""
    for told in recipe.task_updates:
        yield {"task": told["task"], "happened_on": told["on"], "state": told["state"], "note": told["note"]}


def _figure(
    item: dict[str, Any], place: int, count: int, month: date, dice: random.Random
) -> tuple[float, float | None, float | None]:
    """Value, numerator and denominator of a month, rounded as they are written."""
    if "share" not in item:
        trend = item["start"] * (1 + item["growth"]) ** (place / _YEAR) * item["season"][month.month - 1]
        return _stepped(trend * dice.uniform(1 - item["noise"], 1 + item["noise"]), item["step"]), None, None
    low, high = item["share"]
    if "plans" in item:
        year = place // _YEAR
        denominator = item["plans"][year]
        share = (low + (high - low) * place / (count - 1)) * item["season"][month.month - 1]
    else:
        denominator = _stepped(dice.uniform(*item["total"]), item["step"])
        share = min(low + (high - low) * place / (count - 1) + dice.uniform(-0.015, 0.015), 1.0)
    numerator = _stepped(denominator * share, item["step"])
    return round(100 * numerator / denominator, 2), numerator, denominator


def _row(
    code: str, month: date, kind: FigureKind, state: FigureState, figure: tuple[float, float | None, float | None]
) -> Row:
    value, numerator, denominator = figure
    return {
        "indicator": code,
        "park": None,
        "month": month,
        "kind": kind,
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "state": state,
    }


def _stepped(value: float, step: float) -> float:
    return round(round(value / step) * step, 4)


def _dice(recipe: Recipe, code: str) -> random.Random:
    digest = hashlib.sha256(f"{recipe.seed}/department/{code}".encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))  # noqa: S311 - chance for drawing, not for secrets
