"""Shares that add up when they are written with few decimals."""

from collections.abc import Sequence
from math import floor


def told_shares(parts: Sequence[float], decimals: int = 1) -> list[float]:
    """Per cent of the sum, rounded so that the rounded ones add up to 100: what is left over goes to the largest rests.

    Args: parts - none below 0. Returns: per cent in the order of the parts; nothing but 0 where all are 0.
    Example: three equal parts are told as 33.4, 33.3 and 33.3.
    """
    whole = sum(parts)
    if whole <= 0:
        return [0.0 for _ in parts]
    steps = 100 * 10**decimals
    exact = [part / whole * steps for part in parts]
    told = [floor(share) for share in exact]
    by_rest = sorted(range(len(parts)), key=lambda i: (told[i] - exact[i], i))
    for i in by_rest[: round(steps - sum(told))]:
        told[i] += 1
    return [share / 10**decimals for share in told]
