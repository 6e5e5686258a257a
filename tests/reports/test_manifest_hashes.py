"""The manifest: written one way, compared part by part."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

import dossier_sample as sample

from geoapp.reports.manifest import Difference, canonical, compare_manifests, digest, parse_manifest


def test_a_value_is_written_in_one_way() -> None:
    """Sorted keys, no spaces, letters as they are, days as ISO, moments in UTC."""
    here = datetime(2026, 11, 14, 9, 12, tzinfo=timezone(timedelta(hours=7)))
    value = {"b": date(2026, 1, 2), "a": here, "ă": [1.5, None]}
    assert '{"a":"2026-11-14T02:12:00+00:00","b":"2026-01-02","ă":[1.5,null]}'.encode() == canonical(value)
    assert canonical(value) == canonical({**value, "a": here.astimezone(UTC)})


def test_a_hash_is_that_of_the_text() -> None:
    """As any other program computes it."""
    assert hashlib.sha256(b'{"a":1}').hexdigest() == digest({"a": 1})


def test_its_own_hash_is_that_of_its_bytes() -> None:
    """So that it can be checked without us."""
    made = sample.manifest()
    assert hashlib.sha256(made.body).hexdigest() == made.sha256
    assert made == parse_manifest(made.body)


def test_equal_manifests_differ_in_nothing() -> None:
    """Made twice."""
    assert [] == compare_manifests(sample.manifest(), sample.manifest())


def test_what_changed_came_and_went_is_named() -> None:
    """By part and item, with the hash before and after."""
    now = sample.manifest(plots={"A5": {"area_ha": 1.26}, "A7": {"area_ha": 1}})
    expected = [
        Difference("plots", "A5", digest({"area_ha": 1.25}), digest({"area_ha": 1.26})),
        Difference("plots", "A6", digest({"area_ha": 2.5}), None),
        Difference("plots", "A7", None, digest({"area_ha": 1})),
    ]
    assert expected == compare_manifests(sample.manifest(), now)
