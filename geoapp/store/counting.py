"""How many statements the present request has run, and how long they took: for the log, and for budgets in tests."""

import time
from contextvars import ContextVar
from dataclasses import dataclass, field

from sqlalchemy import Engine, event


@dataclass
class Spent:
    """Statements of a request, and their seconds; ``began`` is when the running one did."""

    statements: int = 0
    seconds: float = 0.0
    began: float = field(default=0.0, repr=False)


_spent: ContextVar[Spent] = ContextVar("spent")


def count_statements(engine: Engine) -> None:
    """Count and time every statement that an engine runs, per thread of work."""
    event.listen(engine, "before_cursor_execute", _begin)
    event.listen(engine, "after_cursor_execute", _end)


def start_counting() -> None:
    """Begin anew at nought."""
    _spent.set(Spent())


def spent_so_far() -> Spent:
    """Statements and seconds since the count was begun."""
    return _spent.get(Spent())


def _begin(*_: object) -> None:
    spent = _spent.get(None)
    if spent is not None:
        spent.statements += 1
        spent.began = time.perf_counter()


def _end(*_: object) -> None:
    spent = _spent.get(None)
    if spent is not None:
        spent.seconds += time.perf_counter() - spent.began


def count_statement(seconds: float) -> None:
    """One more that went to the driver as it stands, and how long it took."""
    spent = _spent.get(None)
    if spent is not None:
        spent.statements += 1
        spent.seconds += seconds
