"""Shares as they are written down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.core.shares import told_shares


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([1, 1, 1], [33.4, 33.3, 33.3]),
        ([1, 2, 1], [25.0, 50.0, 25.0]),
        ([0, 5], [0.0, 100.0]),
        ([0, 0], [0.0, 0.0]),
        ([], []),
    ],
)
def test_shares_are_told_with_one_decimal(parts: list[float], expected: list[float]) -> None:
    """What three thirds leave over goes to the first."""
    assert expected == told_shares(parts)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=20).filter(lambda parts: sum(parts) > 1))
def test_told_shares_add_up(parts: list[float]) -> None:
    """To 100 to the last decimal, and none is a step away from the exact one."""
    told = told_shares(parts)
    assert 1000 == sum(round(share * 10) for share in told)
    assert all(abs(share - 100 * part / sum(parts)) < 0.1001 for share, part in zip(told, parts, strict=True))
