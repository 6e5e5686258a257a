"""The proof that no event of a report was changed, and that closed reports say what they said when they were closed."""

from dataclasses import dataclass

from sqlalchemy import Engine

from geoapp.store import reports as store
from geoapp.store.engine import reading


@dataclass(frozen=True)
class ReportProof:
    """What was found: how many events, the hash of the last one, and the first fault (None: all holds)."""

    events: int
    head: str
    fault: store.ReportFault | None


def verify(engine: Engine, expected: tuple[int, str] | None = None) -> ReportProof:
    """Prove it. Args: engine - of the owner; expected - place and hash of an event as they were written down once."""
    with reading(engine) as connection:
        fault = store.find_report_fault(connection)
        events, head = store.read_report_head(connection)
        if fault is None and expected and store.find_report_hash(connection, expected[0]) != expected[1]:
            fault = store.ReportFault(expected[0], None, None, "its hash is not the one that was written down")
    return ReportProof(events, head, fault)
