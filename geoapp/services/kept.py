"""Answers that take work to reckon, kept as long as the data stand as they do."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache
from sqlalchemy import Connection

from geoapp.store.versions import read_version

Answer = TypeVar("Answer")


class Kept(Generic[Answer]):
    """The answers that were asked for last. The version is read in the snapshot of the question, so none is ever older.

    Args: most - how many answers are kept. They are shared between requests: nobody may change them.
    """

    def __init__(self, most: int) -> None:
        self._answers: LRUCache[Hashable, Answer] = LRUCache(most)
        self._lock = Lock()

    def answer(self, connection: Connection, question: Hashable, reckon: Callable[[], Answer]) -> Answer:
        """The answer to a question, reckoned where it is not kept; by several at once where they ask at once."""
        key = (read_version(connection), question)
        with self._lock:
            found = self._answers.get(key)
        if found is None:
            found = reckon()
            with self._lock:
                self._answers[key] = found
        return found
