"""A worker of the web server that leaves new connections to a worker with fewer."""

import socket
import time

from gunicorn.workers.gthread import ThreadWorker

_STEP_S = 0.00015
_MOST_STEPS = 8


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
