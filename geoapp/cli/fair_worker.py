"""A worker of the web server that shares: connections with the other workers, its threads among the connections."""

import socket
import time
from typing import Any

from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker

_STEP_S = 0.00015
_MOST_STEPS = 8
_PATIENCE_S = 0.01


class FairWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn comes without types
    """All workers wake up for a new connection, and the first one takes it.

    Often that is the same one several times: all connections of a browser went to one process, on one processor, while
    the others had nothing to do. Who has connections waits a moment, the longer the more there are, and mostly finds
    the new one taken.
    """

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection, if it is still there."""
        if self.cfg.workers > 1:
            time.sleep(_STEP_S * min(self.nr_conns, _MOST_STEPS))
        super().accept(listener)

    def handle(self, conn: TConn) -> Any:
        """Answer a request. Browsers open connections ahead of need: a thread would wait five seconds for each."""
        is_new = not conn.initialized and not conn.data_ready
        return _DEFER if is_new and not conn.wait_for_data(_PATIENCE_S) else super().handle(conn)
