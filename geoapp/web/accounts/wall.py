"""A first wall before the forms to sign in: what comes too fast costs neither a look at the database nor a hash.

Counted in the memory of each worker, so it is a bound for a flood and no more. What locks a name is counted in the
database and holds for all workers together; see ``services/accounts.py``.
"""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import ParamSpec, TypeVar

from cachetools import TTLCache
from flask import current_app, request

from geoapp.errors import N_, TooOften

P = ParamSpec("P")
Answer = TypeVar("Answer")
_MOST, _SECONDS = 30, 60
_ADDRESSES = 20_000


class Wall:
    """Lets through so many requests of one address in a stretch of time. Safe among threads."""

    def __init__(self, most: int = _MOST, seconds: float = _SECONDS) -> None:
        self._most = most
        self._counts: TTLCache[str, list[int]] = TTLCache(_ADDRESSES, seconds)
        self._lock = Lock()

    def check(self, address: str) -> None:
        """Count one more. Raises: TooOften."""
        with self._lock:
            # The stretch begins with the first request: what is kept is counted up, and not put in anew.
            count = self._counts.setdefault(address, [0])
            count[0] += 1
            is_too_many = count[0] > self._most
        if is_too_many:
            raise TooOften(N_("There were too many requests from here. Wait a little."))


def walled(view: Callable[P, Answer]) -> Callable[P, Answer]:
    """A view behind the wall of the application."""

    @wraps(view)
    def entered(*args: P.args, **kwargs: P.kwargs) -> Answer:
        wall: Wall = current_app.extensions["wall"]
        wall.check(request.remote_addr or "")
        return view(*args, **kwargs)

    return entered
