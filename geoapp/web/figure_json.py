"""Figures and series for programs: codes and numbers, no words of a language but names."""

from collections.abc import Sequence
from typing import Any

from geoapp.maps.style import Plain
from geoapp.services.figure_card import FigureCard, Other, Part, Revision, Standing
from geoapp.services.series import WASTEWATER, Mark, Series, Subject


def series_as_json(series: Series) -> Plain:
    """A series with its forecast."""
    ahead, goal = series.forecast, series.goal
    return {
        **_head(series.subject, series.indicator, series),
        "target": {"lower": series.target.lower, "upper": series.target.upper} if series.target else None,
        "capacity": series.capacity,
        "values": [_mark(mark) for mark in series.marks],
        "forecast": None
        if ahead is None
        else {
            "method": "theil_sen_12_months",
            "per_month": ahead.pace.per_month,
            "per_month_low": ahead.pace.low,
            "per_month_high": ahead.pace.high,
            "points": ahead.pace.points,
            "values": [
                {"day": one.day.isoformat(), "value": one.value, "low": one.low, "high": one.high}
                for one in ahead.ahead
            ],
            "goal": {"value": goal.value, "reach": goal.reach, "day": goal.day} if goal else None,
        },
    }


def card_as_json(card: FigureCard) -> Plain:
    """A figure with its source, batch, parts, earlier values, revisions and the figures of others."""
    return {
        **_head(card.subject, card.indicator, card.series),
        "figure": _standing(card.standing) if card.standing else None,
        "parts": [_part(part) for part in card.parts],
        "values": [_row(row) for row in card.rows],
        "revisions": [_revision(revision) for revision in card.revisions],
        "others": [_other(other) for other in card.others],
        "batches": [_batch(row) for row in card.batches],
    }


def _head(subject: Subject, indicator: Any, series: Series) -> Plain:
    moment = series.moment
    return {
        "subject": {"kind": subject.kind, "name": subject.name, "name_vi": subject.name_vi, "name_en": subject.name_en},
        "indicator": WASTEWATER if indicator is None else indicator.code,
        "unit": "%" if indicator is None else indicator.unit,
        "as_of": moment.as_of.isoformat(),
        "known_at": moment.known_at.isoformat() if moment.known_at else None,
        "is_total": series.is_total,
    }


def _mark(mark: Mark) -> Plain:
    return {
        "day": mark.valid_on,
        "precision": mark.date_precision,
        "value": mark.value,
        "numerator": mark.numerator,
        "denominator": mark.denominator,
        "quality": mark.quality,
        "source": mark.source_key,
        "source_title": mark.source_title,
        "is_main": mark.is_main,
    }


def _standing(standing: Standing) -> Plain:
    return {
        "value": standing.value,
        "numerator": standing.numerator,
        "denominator": standing.denominator,
        "day": standing.valid_on,
        "precision": standing.date_precision,
        "quality": standing.quality,
        "method": standing.method_vi,
        "is_stale": standing.is_stale,
        "id": standing.row.id if standing.row else None,
    }


def _row(row: Any) -> Plain:
    return {
        "id": row.id,
        "day": row.valid_on,
        "precision": row.date_precision,
        "value": row.value,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "method": row.method,
        "quality": row.quality,
        "note": row.note,
        "source": _source(row),
        "batch": row.batch_id,
        "known_from": row.known_from.isoformat(),
        "known_until": row.known_until.isoformat() if row.known_until else None,
    }


def _source(row: Any) -> Plain:
    return {
        "key": row.source_key,
        "title": row.source_title,
        "publisher": row.publisher,
        "published": row.published,
        "address": row.address,
        "licence": row.licence,
    }


def _revision(revision: Revision) -> Plain:
    successor = revision.successor
    return {**_row(revision.row), "replaced_by": None if successor is None else _row(successor)}


def _other(other: Other) -> Plain:
    return {**_row(other.row), "difference": other.difference, "same_day": other.same_day}


def _part(part: Part) -> Plain:
    row = part.row
    return {
        "park": row.slug,
        "name_vi": row.name_vi,
        "name_en": row.name_en,
        "told": part.told,
        "numerator": part.numerator,
        "denominator": part.denominator,
        "day": row.valid_on,
        "quality": row.quality,
        "source": row.source_key,
        "batch": row.batch_id,
    }


def _batch(row: Any) -> Plain:
    files: Sequence[str] = sorted(row.files) if row.files else []
    return {
        "id": row.batch_id,
        "title": row.batch_title,
        "dataset": row.dataset,
        "loaded_by": row.loaded_by,
        "loaded_at": row.loaded_at.isoformat(),
        "files": files,
        "source_crs": row.source_crs,
    }
