"""Cases for the operator: opening proposals without a person, and the proof that nothing was changed afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine

from geoapp.services.cases import check_proposed_day
from geoapp.store import cases as store
from geoapp.store.engine import reading, writing


@dataclass(frozen=True)
class ChainProof:
    """What was found: how many events, the hash of the last one, and the first fault (None: the chain holds)."""

    events: int
    head: str
    fault: store.ChainFault | None


def open_proposals(engine: Engine, as_of: date, today: date) -> tuple[Sequence[Any], Sequence[Any]]:
    """Open what the clock shows on a day: rows of what was opened, and of signs that ended or came back.

    Args: engine - of the owner. Raises: InvalidRequest - a day that has not come yet.
    """
    check_proposed_day(as_of, today)
    with writing(engine) as connection:
        return store.propose(connection, as_of)


def verify(engine: Engine, expected: tuple[int, str] | None = None) -> ChainProof:
    """Prove the chain of all events. Args: expected - place and hash of an event as they were written down once."""
    with reading(engine) as connection:
        fault = store.find_chain_fault(connection)
        events, head = store.read_chain_head(connection)
        if fault is None and expected and store.find_hash(connection, expected[0]) != expected[1]:
            fault = store.ChainFault(expected[0], None, None, "its hash is not the one that was written down")
    return ChainProof(events, head, fault)
