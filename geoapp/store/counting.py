"""How many statements the present request has run: a number for the log, and a budget that tests can hold."""

from contextvars import ContextVar

from sqlalchemy import Engine, event

_count: ContextVar[int] = ContextVar("statements", default=0)


def count_statements(engine: Engine) -> None:
    """Count every statement that an engine runs, per thread of work."""
    event.listen(engine, "before_cursor_execute", _add)


def start_counting() -> None:
    """Begin anew at nought."""
    _count.set(0)


def statements_so_far() -> int:
    """Statements since the count was begun."""
    return _count.get()


def _add(*_: object) -> None:
    _count.set(_count.get() + 1)
